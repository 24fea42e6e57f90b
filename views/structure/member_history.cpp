#include "views/structure/member_history.h"
#include "views/walk/text.h"

namespace sockwalk {

MemberHistory::MemberHistory(QObject* parent) : QAbstractListModel(parent) {}

void MemberHistory::clear() {
  beginResetModel();
  m_writes = {};
  m_values.clear();
  m_past.reset();
  m_steps.reset();
  m_journal = nullptr;
  m_current = -1;
  endResetModel();
}

void MemberHistory::show(const Journal& journal, const tell::StructureSubject& subject,
                         const tell::MemberPlace& place) {
  beginResetModel();
  if (m_journal != &journal) m_past.reset();
  m_journal = &journal;
  m_steps = std::make_unique<tell::StepNames>(journal);
  m_place = place;
  m_writes = tell::writesOf(journal, subject, place);
  m_values.clear();
  m_values.resize(m_writes.writes.size());
  m_current = -1;
  endResetModel();
}

const tell::WrittenValue& MemberHistory::valueOf(size_t row) const {
  if (!m_past) m_past = std::make_unique<Playhead>(*m_journal);
  auto& value = m_values[row];
  if (!value)
    value =
        std::make_unique<const tell::WrittenValue>(tell::writtenValue(*m_past, m_place, m_writes.writes[row].event));
  return *value;
}

tell::Text MemberHistory::stepOf(size_t row) const { return m_steps->name(m_writes.writes[row].event + 1, m_position); }

// While the member is asked for, what will be written is covered as well as what says the answer.
tell::WrittenValue MemberHistory::shownValue(size_t row) const {
  const tell::WrittenValue& value = valueOf(row);
  if (!m_covers || !m_covers->member(m_place.offset(), m_place.member.size)) return value;
  const tell::Text hatch(tell::Covers::Hatch);
  const EventIndex event = m_writes.writes[row].event;
  const bool comes = event >= m_position;
  return {comes ? hatch : m_covers->words(value.before), comes ? hatch : m_covers->words(value.after)};
}

void MemberHistory::setPosition(EventIndex position) {
  const bool covers = m_covers && !m_covers->empty();
  m_position = position;
  if (covers && rowCount()) emit dataChanged(index(0), index(rowCount() - 1));
  const int before = m_current, now = m_writes.madeValueAt(position);
  if (now == before) return;
  m_current = now;
  for (const int row : {before, now})
    if (row >= 0 && row < rowCount()) emit dataChanged(index(row), index(row));
}

int MemberHistory::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_writes.writes.size());
}

QVariant MemberHistory::data(const QModelIndex& i, int role) const {
  if (!i.isValid() || i.row() >= rowCount()) return {};
  const auto row = static_cast<size_t>(i.row());
  const tell::MemberWrite& write = m_writes.writes[row];
  const auto writer = [&] { return shown(tell::writerOf(*m_journal, write.event)); };
  switch (role) {
  case EventRole: return write.event;
  case StepRole: return shown(stepOf(row));
  case FunctionRole: return writer();
  case CurrentRole: return i.row() == m_current;
  case SameRole: return write.same;
  case BeforeRole: return shown(shownValue(row).before);
  case AfterRole: return shown(shownValue(row).after);
  case Qt::DisplayRole:
  case Qt::AccessibleTextRole: return shown(tell::writeInWords(*m_journal, write, shownValue(row), stepOf(row)));
  case Qt::ToolTipRole: return tr("Go to where %1() wrote this").arg(writer());
  default: return {};
  }
}

} // namespace sockwalk
