#include "views/watch/watch_model.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"

namespace sockwalk {

WatchModel::WatchModel(Walk& walk, QObject* parent) : QAbstractTableModel(parent), m_walk(walk) {
  connect(&walk.watches(), &Watches::changed, this, &WatchModel::reread);
}

void WatchModel::read() {
  m_now.clear();
  for (const Watch& watch : m_walk.watches().all())
    m_now.push_back(m_walk.isOpen() ? tell::watchedNow(m_walk.playhead(), watch.member, m_step) : tell::WatchedNow());
}

// What is chosen in a table stays so while the rows are as many.
void WatchModel::reread() {
  if (!m_now.empty() && m_now.size() == m_walk.watches().all().size()) return show(m_step);
  beginResetModel();
  read();
  endResetModel();
}

void WatchModel::show(tell::StepRange step) {
  m_step = step;
  read();
  if (!m_now.empty()) emit dataChanged(index(0, 0), index(int(m_now.size()) - 1, ColumnCount - 1));
}

int WatchModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_now.size()); }
int WatchModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(ColumnCount); }

QString WatchModel::textOf(int row, int column) const {
  const tell::WatchedMember& member = m_walk.watches().all()[size_t(row)].member;
  const tell::WatchedNow& now = m_now[size_t(row)];
  switch (column) {
  case Member: return QStringLiteral("%1 . %2").arg(text(member.object), text(member.member));
  case Value:
    if (now.life == tell::WatchedNow::NotYet) return tr("not born yet");
    return now.life == tell::WatchedNow::Gone ? tr("freed") : shown(now.value);
  case Before: return now.changed ? shown(now.before) : QString();
  case Writer: return now.changed ? shown(now.writer) : QString();
  default: return {};
  }
}

QVariant WatchModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const int row = index.row();
  const Watch& watch = m_walk.watches().all()[size_t(row)];
  const bool changed = m_now[size_t(row)].changed, alive = m_now[size_t(row)].life == tell::WatchedNow::Alive;
  switch (role) {
  case Qt::DisplayRole: return textOf(row, index.column());
  case Qt::ToolTipRole:
    return index.column() == Stops ? tr("While the walk runs, stop where this changes") : textOf(row, index.column());
  case Qt::CheckStateRole:
    return index.column() == Stops ? QVariant(watch.stops ? Qt::Checked : Qt::Unchecked) : QVariant();
  case Qt::AccessibleTextRole:
    return index.column() != Value || !changed ? QVariant() : QVariant(tr("%1, changed").arg(textOf(row, Value)));
  case Qt::FontRole: return theme().mono(11.5, changed && index.column() == Value ? QFont::Bold : QFont::Normal);
  case Qt::ForegroundRole:
    if (!alive || index.column() == Before) return theme().color(Role::Muted);
    return theme().color(changed && index.column() == Value ? Role::Changed : Role::Text);
  case Qt::BackgroundRole: return changed ? QVariant(theme().color(Role::ChangedFill)) : QVariant();
  case ChangedRole: return changed;
  case AddressRole: return quint64(Arena::addressOf(watch.member.place.offset()));
  default: return {};
  }
}

bool WatchModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::CheckStateRole || index.column() != Stops) return false;
  m_walk.watches().setStops(index.row(), value.toInt() == Qt::Checked);
  return true;
}

Qt::ItemFlags WatchModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  return index.column() == Stops ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant WatchModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return int(Qt::AlignLeft | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
  case Member: return tr("Member");
  case Value: return tr("Value now");
  case Before: return tr("Was");
  case Writer: return tr("Written by");
  default: return tr("Stop on change");
  }
}

} // namespace sockwalk
