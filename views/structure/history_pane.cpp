#include "views/structure/history_pane.h"
#include "views/structure/structure_delegate.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <QFrame>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockwalk {

static QPushButton* link(const QString& words, const QString& toolTip, QWidget* parent) {
  auto* b = new QPushButton(words, parent);
  b->setProperty("link", true);
  b->setToolTip(toolTip);
  return b;
}

HistoryPane::HistoryPane(Walk& walk, QWidget* parent)
    : QWidget(parent), m_walk(walk), m_history(new MemberHistory(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 4, 0);
  column->setSpacing(0);
  column->addWidget(buildHead());
  m_writes = new QListView(this);
  m_writes->setAccessibleName(tr("History of the member"));
  m_history->setCovers(&m_walk.covers());
  m_writes->setModel(m_history);
  m_writes->setItemDelegate(new HistoryDelegate(m_writes));
  m_writes->setFrameShape(QFrame::NoFrame);
  m_writes->setMouseTracking(true);
  column->addWidget(m_writes, 1);
  const auto go = [this](const QModelIndex& i) { m_walk.seek(i.data(MemberHistory::EventRole).toUInt() + 1); };
  connect(m_writes, &QListView::clicked, this, go);
  connect(m_writes, &QListView::activated, this, go);
  connect(m_history, &MemberHistory::grown, this, &HistoryPane::showCurrent);
  restyle();
  hide();
}

// Whose history it is, and what can be done with it, in one line.
QWidget* HistoryPane::buildHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  m_title = new ElidedLabel(head, Qt::ElideMiddle); // the member itself stands at the end
  m_title->setProperty("role", "title");
  m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_watch = link(tr("watch"), tr("Keep this member in the list of what is watched (W)"), head);
  m_watch->setCheckable(true);
  m_stop = link(tr("stop on change"), tr("While the walk runs, stop where this member changes"), head);
  m_stop->setCheckable(true);
  m_previous = link(tr("previous write"), tr("Go back to the write before this moment"), head);
  m_next = link(tr("next write"), tr("Go to the next write of this member"), head);
  row->addWidget(m_title, 1);
  for (QPushButton* b : {m_watch, m_stop, m_previous, m_next}) row->addWidget(b);
  connect(m_watch, &QPushButton::toggled, this, &HistoryPane::watch);
  connect(m_stop, &QPushButton::toggled, this, &HistoryPane::stopOnChange);
  connect(&m_walk.watches(), &Watches::changed, this, &HistoryPane::showWatch);
  connect(m_previous, &QPushButton::clicked, this, [this] { toWrite(false); });
  connect(m_next, &QPushButton::clicked, this, [this] { toWrite(true); });
  return head;
}

void HistoryPane::clear() {
  m_shown = {};
  m_member = {};
  m_place = {};
  showWatch();
  m_history->clear();
}

// Three writes at least: the last one, and what came before it.
void HistoryPane::restyle() {
  constexpr int Rows = 3;
  m_writes->setMinimumHeight(Rows * m_writes->itemDelegate()->sizeHint({}, {}).height() + 2);
  m_writes->doItemsLayout();
}

void HistoryPane::show(const tell::StructureSubject& subject, const tell::MemberPlace& place, const QString& name,
                       bool room) {
  m_place = place;
  setVisible(place && room);
  if (!place) {
    m_history->showNothing();
    m_shown = {};
    m_member = {};
    return;
  }
  const Shown shown{place.base,        place.member.offset, place.member.size,      place.member.bit,
                    place.member.bits, subject.born,        m_walk.journal().size()};
  if (shown != m_shown) {
    m_shown = shown;
    m_history->show(m_walk.journal(), subject, place);
  }
  m_history->setPosition(m_walk.position());
  m_name = name;
  showCurrent();
  m_member = tell::WatchedMember::of(m_walk.playhead(), subject, name.toStdString());
  showWatch();
}

void HistoryPane::showCurrent() {
  showTitle();
  if (m_history->current() >= 0) m_writes->scrollTo(m_history->index(m_history->current()));
}

void HistoryPane::showTitle() {
  const int writes = m_history->rowCount();
  m_title->setWords(m_history->reading() ? tr("Who wrote %1 (the record is being read)").arg(m_name)
                    : m_history->cut()   ? tr("History of %1 (the last %2 writes)").arg(m_name).arg(writes)
                    : writes             ? tr("Who wrote %1").arg(m_name)
                                         : tr("%1 is never written").arg(m_name));
}

void HistoryPane::toWrite(bool forward) {
  if (!m_place) return;
  const u32 size = m_place.member.size;
  if (!m_place.member.bits) return m_walk.toNextWrite(m_place.offset(), size, forward);
  // A bit-field shares its bytes with others: its own writes are those in the list.
  const int now = m_history->current();
  const bool justWritten =
      now >= 0 && m_history->index(now).data(MemberHistory::EventRole).toUInt() + 1 == m_walk.position();
  const QModelIndex to = m_history->index(forward ? now + 1 : justWritten ? now - 1 : now);
  if (to.isValid()) m_walk.seek(to.data(MemberHistory::EventRole).toUInt() + 1);
}

void HistoryPane::watch(bool on) {
  Watches& watches = m_walk.watches();
  if (on) watches.add(m_member);
  else watches.remove(watches.indexOf(m_member));
}

void HistoryPane::stopOnChange(bool on) {
  Watches& watches = m_walk.watches();
  if (!watches.add(m_member, on)) watches.setStops(watches.indexOf(m_member), on);
}

void HistoryPane::showWatch() {
  const int at = m_walk.watches().indexOf(m_member);
  const QSignalBlocker quiet(m_watch), quietToo(m_stop);
  m_watch->setChecked(m_place && at >= 0);
  m_stop->setChecked(m_place && at >= 0 && m_walk.watches().all()[size_t(at)].stops);
}

} // namespace sockwalk
