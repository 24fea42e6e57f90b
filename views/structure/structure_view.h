// The thing looked at, as it lies in memory: members, holes, cache lines, values; what the last step changed;
// who wrote a member before, and who will. The same members in the groups in which a person thinks of them; how hot its
// cache lines are; what differs from another object or from itself at another moment; who else holds a value.
//
// In follow mode it shows the object that the last step wrote to. An object that is clicked anywhere
// (Walk::focus) is kept instead, until "follow" is pressed again.
#pragma once
#include "engine/tell/structures/watched.h"
#include "views/walk/view.h"
#include <QHash>
#include <QSet>

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QModelIndex;
class QStackedWidget;
class QTabBar;
class QToolButton;
class QTreeView;

namespace sockwalk {

class ComparePane;
class ElidedLabel;
class FindPane;
class HeatPane;
class HistoryPane;
class MemoryPane;
class StructureFilter;
class StructureModel;

class StructureView final : public View {
  Q_OBJECT
public:
  explicit StructureView(Walk& walk, QWidget* parent = nullptr);
  const tell::StructureSubject& subject() const { return m_subject; }
  StructureModel* model() const { return m_model; }
  HistoryPane* history() const { return m_history; }
  QTreeView* tree() const { return m_tree; }
  HeatPane* heat() const { return m_heat; }
  ComparePane* comparison() const { return m_compare; }
  FindPane* finder() const { return m_find; }
  enum Tab { MembersTab, GroupsTab, MemoryTab, HeatTab, CompareTab, FindTab };
  void setTab(Tab tab); // of a structure that has no groups, GroupsTab has the order of memory, and says so
  Tab tab() const;
  bool following() const { return m_follow; }
  bool find() override;

public slots:
  void setFollow(bool follow);
  void lookAt(quint64 address); // without changing the focus of the walk
  void back();
  void forward();
  void setFilter(const QString& text);
  void findValue(const QString& wish); // who holds it, in all memory
  void selectMember(quint32 offset);   // the member that covers this byte of the structure

private:
  QWidget* buildHeading();
  QWidget* buildTools();
  QWidget* buildBody();
  void buildPages();
  void showTab(int tab);
  void showPages();
  void addTabActions();
  bool hasGroups() const;
  tell::RowOrder order() const; // of the rows of the tree
  QString openKey() const;
  void buildMenu();
  void openMenu(const QPoint& at);
  void addSearches(QMenu& menu, const QModelIndex& filtered);
  tell::WatchedMember memberAt(const QModelIndex& filtered) const;
  void toggleWatch(const QModelIndex& filtered);
  QToolButton* button(int icon, const QString& toolTip);

  void opened() override { reset(); }
  void moved(EventIndex from, EventIndex position, bool jump) override;
  void recorded() override { showHistory(); }
  void focused(u64 address) override;
  void restyled() override { restyle(); }
  // ---- structure_selection.cpp
  void showSelection();
  void selectEverywhere(const QModelIndex& filtered);
  void markSelection();
  void reset();
  void display(const tell::StructureSubject& subject, bool remember);
  void refresh(EventIndex from, EventIndex position);
  void showHead();
  void showHistory();
  QAction* followAction();
  void openDefault();
  void openGroups(const QModelIndex& filtered);
  void reveal(const QModelIndex& row);
  void clicked(const QModelIndex& filtered);
  double widestName(const QModelIndex& parent, int depth) const;
  void fitColumns();
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keepInSight(int heightBefore);
  void restyle();

  tell::StructureSubject m_subject;
  EventIndex m_from = 0; // where the step shown began
  bool m_follow = true, m_quiet = false;
  std::vector<u64> m_past, m_future;    // addresses looked at
  QHash<QString, QSet<QString>> m_open; // expanded members, by structure

  StructureModel* m_model;
  StructureFilter* m_filter;
  HistoryPane* m_history;
  QLabel *m_title, *m_empty;
  ElidedLabel* m_details;
  QToolButton *m_back, *m_forward, *m_followButton;
  QTabBar* m_tabs;
  QLineEdit* m_search;
  QStackedWidget *m_pages, *m_body;
  QTreeView* m_tree;
  MemoryPane* m_memory;
  HeatPane* m_heat;
  ComparePane* m_compare;
  FindPane* m_find;
  bool m_chosen = false; // the member whose history shows was picked by the person
};

} // namespace sockwalk
