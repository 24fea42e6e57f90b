// The object looked at beside another of its kind, or beside itself at another moment: what differs, and who wrote each.
// Its left side is the object at the playhead and moves with it; the right side stays where it was put. At first it is the
// object itself as it was before the call or frame of the playhead.
#pragma once
#include "engine/tell/structures/compare.h"
#include <memory>
#include <optional>
#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace sockwalk {

class CompareModel;
class ElidedLabel;
class Walk;

class ComparePane final : public QWidget {
  Q_OBJECT
public:
  explicit ComparePane(Walk& walk, QWidget* parent = nullptr);
  CompareModel* model() const { return m_model; }
  QTreeView* table() const { return m_table; }
  QCheckBox* all() const { return m_all; }

  // The object at the playhead. Reads nothing while nobody sees it.
  void show(const tell::StructureSubject& subject);
  void clear(); // another walk
  // Another object, at the playhead; or the same one at another moment.
  void compareWith(u64 address);
  void compareWithMoment(EventIndex position);
  void compareWithBefore();
  void fillMenu(QMenu& menu); // with what it may be compared with
  void restyle();

signals:
  void compared(); // a person has asked for it
  void memberChosen(quint32 offset);
  void refused(const QString& why);

protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  QWidget* buildHead();
  void addObjects(QMenu& menu);
  void addMoments(QMenu& menu);
  void askForMoment();
  EventIndex beforeCall() const;
  void fill();
  void seekWriters();
  void say(const QString& why); // instead of the table
  void fitColumns();

  Walk& m_walk;
  CompareModel* m_model;
  tell::StructureSubject m_subject;
  u64 m_other = 0;                                  // the object on the right; 0: the same one
  tell::StructureSubject m_otherOne;                // and who that was
  std::optional<EventIndex> m_moment;               // on the right, of the same one; none: before the playhead's call
  std::unique_ptr<Playhead> m_there;                // stands at m_moment
  std::unique_ptr<tell::ComparedWriters> m_writers; // of the comparison that stands there, while it is looked for
  QTimer m_later;
  ElidedLabel* m_summary;
  QCheckBox* m_all;
  QToolButton* m_with;
  QMenu* m_menu;
  QStackedWidget* m_pages;
  QLabel* m_why;
  QTreeView* m_table;
};

} // namespace sockwalk
