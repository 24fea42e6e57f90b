#include "engine/tell/values.h"
#include "views/structure/compare_pane.h"
#include "views/structure/history_pane.h"
#include "views/structure/structure_filter.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_view.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QStackedWidget>
#include <QTreeView>

namespace sockwalk {

void StructureView::buildMenu() {
  m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(m_tree, &QTreeView::customContextMenuRequested, this, &StructureView::openMenu);
  auto* watch = new QAction(tr("Watch the chosen member, or no longer"), m_tree);
  watch->setShortcut(QKeySequence(Qt::Key_W));
  watch->setShortcutContext(Qt::WidgetShortcut); // a letter is for typing elsewhere
  m_tree->addAction(watch);
  connect(watch, &QAction::triggered, this, [this] { toggleWatch(m_tree->currentIndex()); });
}

// None for holes and borders.
tell::WatchedMember StructureView::memberAt(const QModelIndex& filtered) const {
  const QModelIndex row = m_filter->mapToSource(filtered).siblingAtColumn(0);
  if (!m_walk.isOpen() || !row.isValid() || !m_model->placeOf(row)) return {};
  return tell::WatchedMember::of(m_walk.playhead(), m_subject,
                                 row.data(StructureModel::PathRole).toString().toStdString());
}

void StructureView::toggleWatch(const QModelIndex& filtered) {
  const tell::WatchedMember member = memberAt(filtered);
  if (!member.place)
    return emit m_walk.boundaryReached(tr("Choose a member first: what lies between members cannot be watched."));
  Watches& watches = m_walk.watches();
  if (!watches.add(member)) return watches.remove(watches.indexOf(member));
  emit m_walk.boundaryReached(tr("Watched; the Watch tab shows it with its value."));
}

// Who else holds it: a pointer, a number or an address as it is, a value that has a name by the name of its member.
void StructureView::addSearches(QMenu& menu, const QModelIndex& row) {
  const u64 pointer = row.siblingAtColumn(0).data(StructureModel::PointerRole).toULongLong();
  const QString value = row.siblingAtColumn(StructureModel::ValueColumn).data().toString();
  const QString name = row.siblingAtColumn(StructureModel::MemberColumn).data().toString();
  const bool bare = !value.isEmpty() && std::ranges::all_of(value, [](QChar c) { return c.isDigit() || c == '.'; });
  const QString wish = pointer                    ? text(addressText(pointer))
                       : bare && value.size() > 1 ? value
                                                  : QStringLiteral("%1 = %2").arg(name, value);
  if (!value.isEmpty()) menu.addAction(tr("Who &else holds this value?"), this, [this, wish] { findValue(wish); });
  const QString object = text(tell::subjectName(m_walk.playhead(), m_subject));
  const QString there = object.contains('#') ? object : text(addressText(Arena::addressOf(m_subject.base)));
  menu.addAction(tr("Who &points at %1?").arg(object), this, [this, there] { findValue(there); });
}

void StructureView::openMenu(const QPoint& at) {
  const QModelIndex row = m_tree->indexAt(at);
  const tell::WatchedMember member = memberAt(row);
  if (!member.place)
    return void(QMenu::exec(m_pages->actions() + m_tree->actions(), m_tree->viewport()->mapToGlobal(at)));
  m_tree->setCurrentIndex(row);
  Watches& watches = m_walk.watches();
  const int watched = watches.indexOf(member);
  const bool stops = watched >= 0 && watches.all()[size_t(watched)].stops;
  QMenu menu(this);
  menu.addAction(watched < 0 ? tr("&Watch this") : tr("No longer &watch this"), QKeySequence(Qt::Key_W), this,
                 [this, row] { toggleWatch(row); });
  QAction* stop = menu.addAction(tr("&Stop on change"));
  stop->setCheckable(true);
  stop->setChecked(stops);
  connect(stop, &QAction::toggled, this, [&watches, member](bool on) {
    if (!watches.add(member, on)) watches.setStops(watches.indexOf(member), on);
  });
  menu.addSeparator();
  const auto toWrite = [&](const QString& words, bool forward) {
    menu.addAction(words, this, [this, member, forward] {
      m_walk.toNextWrite(member.place.offset(), member.place.member.size, forward);
    });
  };
  toWrite(tr("To the &next write"), true);
  toWrite(tr("To the &previous write"), false);
  menu.addSeparator();
  const QString value = row.siblingAtColumn(StructureModel::ValueColumn).data().toString();
  menu.addAction(tr("&Copy the value"), this, [value] { QGuiApplication::clipboard()->setText(value); });
  addSearches(menu, row);
  menu.addSeparator();
  QMenu* compare = menu.addMenu(tr("C&ompare with"));
  m_compare->fillMenu(*compare);
  menu.addActions(m_pages->actions());
  menu.addSeparator();
  menu.addActions(m_tree->actions()); // what every picture can do
  menu.exec(m_tree->viewport()->mapToGlobal(at));
}

} // namespace sockwalk
