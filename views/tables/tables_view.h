// The kernel's tables at the playhead: who is in which hash bucket, which routes and neighbours there are, which files
// are open. A step marks what it touched; a click looks at the entry in the other views.
#pragma once
#include "views/tables/table_rows.h"
#include "views/walk/walk.h"
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace sockwalk {

class TablesFilter;
class TablesModel;
class TablesTree;

class TablesView final : public QWidget {
  Q_OBJECT
public:
  explicit TablesView(Walk& walk, QWidget* parent = nullptr);
  TablesModel& model() { return *m_model; }
  TablesTree& tree() { return *m_tree; }

signals:
  void openRequested(); // the empty view's button

protected:
  void showEvent(QShowEvent* event) override;

private:
  void moved(EventIndex from, EventIndex to, bool jump);
  void read(EventIndex from, bool scroll);
  void showCount();
  void follow();
  void unfold();
  void lookAt(const QModelIndex& index);
  QWidget* makeEmpty();
  QWidget* makePage();

  Walk& m_walk;
  LiveObjects m_live;
  TablesModel* m_model;
  TablesFilter* m_filter;
  TablesTree* m_tree;
  QStackedWidget* m_pages;
  QLineEdit* m_words;
  QLabel *m_count, *m_emptyTitle, *m_emptyWords;
  QPushButton* m_emptyButton;
  EventIndex m_stepFrom = 0;
  bool m_stale = true; // it was hidden when the playhead moved
};

} // namespace sockwalk
