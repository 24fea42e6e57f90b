// Who holds a value at this moment: all memory is looked through, a piece at a time, and what is found so far stands there
// already. When the playhead moves, it is looked for again.
#pragma once
#include "engine/journal/event.h"
#include <memory>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QProgressBar;
class QPushButton;
class QTreeView;

namespace sockwalk::tell {
class MemberSearch;
}

namespace sockwalk {

class ElidedLabel;
class FoundModel;
class Walk;

class FindPane final : public QWidget {
  Q_OBJECT
public:
  explicit FindPane(Walk& walk, QWidget* parent = nullptr);
  ~FindPane() override;
  FoundModel* model() const { return m_model; }
  QTreeView* table() const { return m_table; }
  QLineEdit* line() const { return m_line; }
  QPushButton* stopButton() const { return m_stop; }
  QString said() const; // how far it is, and what came of it
  bool searching() const { return m_more.isActive(); }

  void find(const QString& wish);
  void stop();  // what was found stays
  void moved(); // the playhead did: nothing is looked through while nobody sees it
  void clear(); // another walk
  void restyle();

signals:
  void wanted(); // a person has asked for it
  void chosen(quint64 address);

protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

private:
  QWidget* buildHead();
  QWidget* buildFoot();
  void begin();
  void leaveOld();
  void goOn();
  void showState();
  void fitColumns();

  Walk& m_walk;
  FoundModel* m_model;
  std::unique_ptr<tell::MemberSearch> m_search;
  QTimer m_more, m_again;
  QLineEdit* m_line;
  QPushButton* m_stop;
  QProgressBar* m_progress;
  ElidedLabel* m_state;
  QTreeView* m_table;
  EventIndex m_moment = 0; // that is looked through
  bool m_stale = false;    // the playhead has moved since
  bool m_old = false;      // rows of the search before
  bool m_stopped = false;  // by the person
};

} // namespace sockwalk
