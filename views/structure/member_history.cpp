#include "views/structure/member_history.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cstring>

namespace sockwalk {

MemberHistory::MemberHistory(QObject* parent) : QAbstractListModel(parent) {}

void MemberHistory::clear() {
  beginResetModel();
  m_entries.clear();
  m_past.reset();
  m_journal = nullptr;
  m_current = -1;
  endResetModel();
}

// Whether a write made other bits of the member; a bit-field's neighbours share its bytes.
static bool changesBits(const Journal::Change& w, u32 at, const MemberInfo& m) {
  u64 flipped = 0;
  for (u32 i = 0; i < std::min<u32>(m.size, 8); ++i) {
    const s64 k = s64(at) + i - w.offset;
    if (k < 0 || k >= w.size) continue;
    const u8 before = w.oldBytes ? w.oldBytes[k] : 0, after = w.newBytes ? w.newBytes[k] : w.fillValue;
    flipped |= u64(before ^ after) << (8 * i);
  }
  return flipped & (((1ull << m.bits) - 1) << m.bit);
}
static bool changesBytes(const Journal::Change& w, u32 at, u32 size) {
  for (u32 i = std::max(at, w.offset); i < std::min(at + size, w.offset + w.size); ++i)
    if ((w.oldBytes ? w.oldBytes[i - w.offset] : 0) != (w.newBytes ? w.newBytes[i - w.offset] : w.fillValue))
      return true;
  return false;
}

void MemberHistory::show(const Journal& j, const StructureSubject& s, const StructureModel::MemberPlace& place) {
  beginResetModel();
  m_entries.clear();
  m_current = -1;
  m_cut = false;
  if (m_journal != &j) m_past.reset();
  m_journal = &j;
  m_layout = place.layout;
  if (place.member) {
    m_member = *place.member;
    m_base = place.base;
    const u32 at = m_base + m_member.offset, size = m_member.size;
    const EventIndex end = s.died == NoEvent ? j.size() : std::min(s.died, j.size());
    for (EventIndex i = s.born; i < end; ++i) {
      const Event& e = j[i];
      if (e.type != EventType::Write && e.type != EventType::Fill) continue;
      const u32 n = e.type == EventType::Write && e.a ? e.a : static_cast<u32>(e.data >> 32);
      if (e.where >= at + size || at >= e.where + n) continue;
      const auto w = j.change(e);
      if (m_member.bits && !changesBits(w, at, m_member)) continue;
      m_entries.push_back({i, !changesBytes(w, at, size), {}, {}});
    }
    if (m_entries.size() > Most) {
      m_cut = true;
      m_entries.erase(m_entries.begin(), m_entries.end() - Most);
    }
  }
  endResetModel();
}

void MemberHistory::read(const Entry& e) const {
  if (e.read || !m_journal) return;
  e.read = true;
  if (!m_past) m_past = std::make_unique<Playhead>(*m_journal);
  const auto words = [this] {
    if (m_member.kind == MemberKind::Struct && m_member.size <= 8 && layoutNamed(m_member.target))
      if (const QString v = QString::fromStdString(valueText(*m_past, *m_layout, m_member, m_base)); v != "{...}")
        return v;
    if (m_member.kind == MemberKind::Struct || m_member.kind == MemberKind::Aggregate ||
        m_member.kind == MemberKind::Union)
      return tr("(some of its bytes)");
    return QString::fromStdString(valueText(*m_past, *m_layout, m_member, m_base));
  };
  m_past->seek(e.event);
  e.before = words();
  m_past->seek(e.event + 1);
  e.after = words();
}

void MemberHistory::setPosition(EventIndex position) {
  auto it =
      std::lower_bound(m_entries.begin(), m_entries.end(), position, [](auto& e, EventIndex p) { return e.event < p; });
  const int now = static_cast<int>(it - m_entries.begin()) - 1;
  if (now == m_current) return;
  const int before = m_current;
  m_current = now;
  for (const int row : {before, now})
    if (row >= 0 && row < rowCount()) emit dataChanged(index(row), index(row));
}

int MemberHistory::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant MemberHistory::data(const QModelIndex& i, int role) const {
  if (!i.isValid() || i.row() >= rowCount()) return {};
  const Entry& e = m_entries[static_cast<size_t>(i.row())];
  const auto function = [&] {
    const EventIndex call = m_journal->callAround(e.event);
    if (call == NoEvent) return tr("(no function)");
    const std::string_view name = m_journal->function((*m_journal)[call]).name;
    return text(name);
  };
  switch (role) {
  case EventRole: return e.event;
  case FunctionRole: return function();
  case CurrentRole: return i.row() == m_current;
  case SameRole: return e.same;
  case BeforeRole: read(e); return e.before;
  case AfterRole: read(e); return e.after;
  case Qt::DisplayRole:
  case Qt::AccessibleTextRole:
    read(e);
    return e.same ? tr("event %1  %2  %3 again").arg(e.event + 1).arg(function(), e.after)
                  : tr("event %1  %2  %3 → %4").arg(e.event + 1).arg(function(), e.before, e.after);
  case Qt::ToolTipRole: return tr("Go to where %1() wrote this").arg(function());
  default: return {};
  }
}

} // namespace sockwalk
