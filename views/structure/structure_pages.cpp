// The pages of the structure view, one for each tab: members and groups share the tree.
#include "engine/tell/structures/groups.h"
#include "views/structure/compare_pane.h"
#include "views/structure/find_pane.h"
#include "views/structure/heat_pane.h"
#include "views/structure/memory_pane.h"
#include "views/structure/structure_filter.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_view.h"
#include "views/walk/text.h"
#include <QAction>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeView>

namespace sockwalk {

void StructureView::buildPages() {
  m_memory = new MemoryPane(m_pages);
  m_heat = new HeatPane(m_walk, m_pages);
  m_compare = new ComparePane(m_walk, m_pages);
  m_find = new FindPane(m_walk, m_pages);
  for (QWidget* page : {static_cast<QWidget*>(m_tree), static_cast<QWidget*>(m_memory), static_cast<QWidget*>(m_heat),
                        static_cast<QWidget*>(m_compare), static_cast<QWidget*>(m_find)})
    m_pages->addWidget(page);
  const std::pair<Tab, QString> tips[] = {
      {MembersTab, tr("As they lie in memory (M)")},
      {GroupsTab, tr("In the groups in which a person thinks of them: identity, queues, memory, timers (G)")},
      {MemoryTab, tr("Byte by byte")},
      {HeatTab, tr("How often each cache line was written, and by whom (H)")},
      {CompareTab, tr("What differs from another object, or from another moment (C)")},
      {FindTab, tr("Who holds a value, in all memory of this moment (F)")}};
  for (const auto& [tab, tip] : tips) m_tabs->setTabToolTip(tab, tip);
  connect(m_tabs, &QTabBar::currentChanged, this, &StructureView::showTab);
  const auto toMember = [this](quint32 offset) {
    setTab(MembersTab);
    selectMember(offset);
    m_tree->setFocus();
  };
  connect(m_heat, &HeatPane::lineChosen, this, toMember);
  connect(m_compare, &ComparePane::memberChosen, this, toMember);
  connect(m_compare, &ComparePane::compared, this, [this] { setTab(CompareTab); });
  connect(m_compare, &ComparePane::refused, &m_walk, &Walk::boundaryReached);
  connect(m_find, &FindPane::wanted, this, [this] { setTab(FindTab); });
  connect(m_find, &FindPane::chosen, &m_walk, &Walk::setFocus);
  addTabActions();
}

// Letters, while the members or a page have the keys.
void StructureView::addTabActions() {
  const std::tuple<Tab, QString, Qt::Key> tabs[] = {
      {MembersTab, tr("Members as they lie in memory"), Qt::Key_M},
      {GroupsTab, tr("Members in groups"), Qt::Key_G},
      {HeatTab, tr("Heat of the cache lines"), Qt::Key_H},
      {CompareTab, tr("Compare with another object or moment"), Qt::Key_C},
      {FindTab, tr("Find a value in all memory"), Qt::Key_F}};
  for (const auto& [tab, words, key] : tabs) {
    auto* action = new QAction(words, m_pages);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_pages->addAction(action);
    connect(action, &QAction::triggered, this, [this, to = tab] { setTab(to); });
  }
}

StructureView::Tab StructureView::tab() const { return static_cast<Tab>(m_tabs->currentIndex()); }

void StructureView::setTab(Tab tab) { m_tabs->setCurrentIndex(tab); }

bool StructureView::hasGroups() const { return m_subject.layout && tell::hasWholeGroups(*m_subject.layout); }
tell::RowOrder StructureView::order() const {
  return tab() == GroupsTab ? tell::RowOrder::Groups : tell::RowOrder::Memory;
}
// What is unfolded is remembered for each structure, and for either order.
QString StructureView::openKey() const {
  const QString title = text(tell::subjectTitle(m_subject));
  return order() == tell::RowOrder::Groups && hasGroups() ? title + QStringLiteral(" in groups") : title;
}

void StructureView::showTab(int tab) {
  QWidget* const pages[] = {m_tree, m_tree, m_memory, m_heat, m_compare, m_find};
  if (tab < 0) return;
  if (tab == GroupsTab && m_subject && !hasGroups())
    emit m_walk.boundaryReached(tr("This structure has no groups, so its members stand in the order of memory: a sock "
                                   "and an sk_buff have them."));
  m_pages->setCurrentWidget(pages[tab]);
  m_search->setVisible(pages[tab] == m_tree);
  if (pages[tab] == m_tree && m_subject) display(m_subject, false); // in this order
}

void StructureView::showPages() {
  m_memory->show(&m_walk.playhead(), m_subject, m_model->changes());
  m_heat->show(m_subject);
  m_compare->show(m_subject);
  m_find->moved();
}

void StructureView::findValue(const QString& wish) {
  m_body->setCurrentIndex(1); // memory may be looked through before anything is looked at
  setTab(FindTab);
  focusLine(m_find->line());
  if (!wish.isEmpty()) m_find->find(wish);
}

} // namespace sockwalk
