#include "views/structure/member_history.h"
#include "views/walk/text.h"

namespace sockwalk {

constexpr EventIndex AtOnce = 1 << 18; // events that are looked at without a wait that one feels, even on every step

MemberHistory::MemberHistory(QObject* parent) : QAbstractListModel(parent) {
  connect(&m_later, &QTimer::timeout, this, &MemberHistory::readOn);
}

void MemberHistory::clear() {
  showNothing();
  m_past.reset();
  m_steps.reset();
  m_journal = nullptr;
}

// The playhead stays: to make another means to lay out all memory anew.
void MemberHistory::showNothing() {
  beginResetModel();
  m_later.stop();
  m_reader.reset();
  m_values.clear();
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
  m_reader.emplace(journal, subject, place);
  m_reader->read(AtOnce);
  m_values.clear();
  m_values.resize(writes().size());
  m_current = -1;
  endResetModel();
  reading() ? m_later.start(0) : m_later.stop();
}

const std::vector<tell::MemberWrite>& MemberHistory::writes() const {
  static const std::vector<tell::MemberWrite> none;
  return m_reader ? m_reader->writes().writes : none;
}

void MemberHistory::readOn() {
  const auto grown = m_reader->read(AtOnce);
  if (!reading()) m_later.stop();
  if (grown.left || grown.added) { // rows go and come in one piece
    beginResetModel();
    m_values.erase(m_values.begin(), m_values.begin() + static_cast<std::ptrdiff_t>(grown.left));
    m_values.resize(writes().size());
    m_current = m_reader->writes().madeValueAt(m_position);
    endResetModel();
  }
  emit this->grown();
}

const tell::WrittenValue& MemberHistory::valueOf(size_t row) const {
  if (!m_past) m_past = std::make_unique<Playhead>(*m_journal);
  auto& value = m_values[row];
  if (!value)
    value = std::make_unique<const tell::WrittenValue>(tell::writtenValue(*m_past, m_place, writes()[row].event));
  return *value;
}

tell::Text MemberHistory::stepOf(size_t row) const { return m_steps->name(writes()[row].event + 1, m_position); }

// While the member is asked for, what will be written is covered as well as what says the answer.
tell::WrittenValue MemberHistory::shownValue(size_t row) const {
  const tell::WrittenValue& value = valueOf(row);
  if (!m_covers || !m_covers->member(m_place.offset(), m_place.member.size)) return value;
  const tell::Text hatch(tell::Covers::Hatch);
  const EventIndex event = writes()[row].event;
  const bool comes = event >= m_position;
  return {comes ? hatch : m_covers->words(value.before), comes ? hatch : m_covers->words(value.after)};
}

void MemberHistory::setPosition(EventIndex position) {
  const bool covers = m_covers && !m_covers->empty();
  m_position = position;
  if (covers && rowCount()) emit dataChanged(index(0), index(rowCount() - 1));
  const int before = m_current, now = m_reader ? m_reader->writes().madeValueAt(position) : -1;
  if (now == before) return;
  m_current = now;
  for (const int row : {before, now})
    if (row >= 0 && row < rowCount()) emit dataChanged(index(row), index(row));
}

int MemberHistory::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(writes().size());
}

QVariant MemberHistory::data(const QModelIndex& i, int role) const {
  if (!i.isValid() || i.row() >= rowCount()) return {};
  const auto row = static_cast<size_t>(i.row());
  const tell::MemberWrite& write = writes()[row];
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
