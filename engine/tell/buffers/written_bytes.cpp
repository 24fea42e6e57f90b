#include "engine/tell/buffers/written_bytes.h"
#include "engine/memory/structures.h"
#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>

namespace sockwalk::tell {

namespace {

constexpr u32 LargestBuffer = 0x20000; // no write covers more

// Goes back through the record, for as long as the memory may hold what is meant for the packet.
class LookBack {
public:
  LookBack(const Journal& journal, u32 head, u32 size) : m_journal(journal), m_head(head), m_size(size) {}

  ByteRanges before(EventIndex i) {
    constexpr EventIndex Farthest = 4'000'000;
    const EventIndex stop = i > Farthest ? i - Farthest : 0;
    while (i > stop && !m_begun) look(--i);
    ByteRanges out;
    for (const Wrote& w : m_writes)
      if (w.event > m_cut) out.add(w.range.from, w.range.to);
    return out;
  }

private:
  struct Wrote {
    EventIndex event;
    ByteRange range;
  };

  void look(EventIndex i) {
    const Event& e = m_journal[i];
    switch (e.type) {
    case EventType::Write:
    case EventType::Fill: write(i, e); break;
    case EventType::Mark:
      if (static_cast<BufferMark>(e.a) == BufferMark::Released) m_released[e.where] = i;
      break;
    case EventType::Alloc:
      if (e.where <= m_head && m_head < e.where + static_cast<u32>(e.data >> 32)) taken(i);
      break;
    default: break;
    }
  }

  void write(EventIndex i, const Event& e) {
    if (headOfAnother(i, e)) return;
    if (e.where >= m_head + m_size || u64(e.where) + LargestBuffer <= m_head) return;
    const auto c = m_journal.change(e);
    const u32 from = std::max(c.offset, m_head), to = std::min(c.offset + c.size, m_head + m_size);
    if (from < to) m_writes.push_back({i, {from - m_head, to - m_head}});
  }

  // An earlier sk_buff was given this buffer: what came before its release was for that one.
  bool headOfAnother(EventIndex i, const Event& e) {
    if (e.type != EventType::Write || e.a != 8) return false;
    const auto c = m_journal.change(e);
    u64 value;
    std::memcpy(&value, c.newBytes, sizeof value);
    if (value != Arena::addressOf(m_head)) return false;
    const auto released = m_released.find(c.offset - static_cast<u32>(offsetof(kernel::sk_buff, head)));
    if (released == m_released.end()) return false;
    m_cut = released->second;
    m_begun = true;
    (void)i;
    return true;
  }

  // The allocator's own clearing is nobody's content.
  void taken(EventIndex i) {
    m_begun = true;
    const bool cleared = i + 1 < m_journal.size() && m_journal[i + 1].type == EventType::Fill &&
                         m_journal[i + 1].where == m_journal[i].where;
    m_cut = cleared ? i + 1 : i;
  }

  const Journal& m_journal;
  const u32 m_head, m_size;
  std::vector<Wrote> m_writes;
  std::unordered_map<u32, EventIndex> m_released; // the earliest seen so far, by sk_buff
  EventIndex m_cut = 0;
  bool m_begun = false;
};

} // namespace

ByteRanges writtenBefore(const Journal& journal, u32 head, u32 size, EventIndex i) {
  return LookBack(journal, head, size).before(i);
}

void WrittenBytes::keep(EventIndex i) {
  if (m_steps.empty() ? m_now.all().empty() : m_steps.back().bytes == m_now) return;
  m_steps.push_back({i, m_now});
}

const ByteRanges& WrittenBytes::at(EventIndex position) const {
  static const ByteRanges none;
  const auto next = std::ranges::lower_bound(m_steps, position, {}, &Step::event);
  return next == m_steps.begin() ? none : std::prev(next)->bytes;
}

bool WrittenBytes::settledAt(EventIndex position) const {
  return std::ranges::none_of(m_making, [position](const auto& making) {
    return position > making.first && (making.second == NoEvent || position <= making.second);
  });
}

void WrittenBytes::shapeChanged(const Journal& journal, EventIndex i, const BufferShape* before,
                                const BufferShape& now) {
  const u64 had = before ? before->head : 0;
  if (now.head == had) {
    if (m_newIn == NoEvent && before && now.tail < before->tail && now.data <= now.tail)
      m_now.remove(now.tail, before->tail);
  } else if (now.head && m_parent.known && !had && now.head == m_parent.shape.head) {
    m_now = m_parent.written; // a clone
  } else if (now.head) {
    m_newIn = journal.callAround(i);
    m_making.emplace_back(i, NoEvent);
    m_moves = had != 0;
    m_dataBefore = before ? before->data : 0;
    m_movedBytes = std::exchange(m_now, {});
  }
  keep(i);
}

void WrittenBytes::returned(const Journal& journal, EventIndex i, const BufferShape& now) {
  if (m_newIn == NoEvent || journal[i].where != m_newIn) return;
  m_newIn = NoEvent;
  m_making.back().second = i;
  m_now = writtenBefore(journal, static_cast<u32>(now.head), now.end, i);
  if (m_moves) m_now.keepOnly(m_movedBytes.shifted(s64(now.data) - m_dataBefore));
  keep(i);
}

// While others share the bytes, what is written outside of this packet's own stretch is theirs.
void WrittenBytes::bytesChanged(const Journal& journal, EventIndex i, const BufferShape& now, bool released) {
  const u32 head = static_cast<u32>(now.head);
  const Event& e = journal[i];
  if (!head || m_newIn != NoEvent || e.where >= head + now.end || u64(e.where) + LargestBuffer <= head) return;
  const auto c = journal.change(e);
  u32 from = std::max(c.offset, head), to = std::min(c.offset + c.size, head + now.end);
  if (from >= to) return;
  from -= head, to -= head;
  if (released) m_now.remove(from, to); // the memory is somebody else's by now
  else if (now.cloned) m_now.add(std::max(from, std::min(now.data, now.low)), std::min(to, now.tail));
  else m_now.add(from, to);
  keep(i);
}

// It took all that the other had, and of that only what had been written is content. Behind the other's linear part its
// pages were copied: they hold what was sent or received.
void WrittenBytes::copied(EventIndex i, const BufferShape& now) {
  if (!m_parent.known) return;
  const s64 shift = s64(now.data) - m_parent.shape.data;
  ByteRanges real = m_parent.written.shifted(shift);
  const s64 behind = s64(m_parent.shape.tail) + shift;
  if (behind < now.tail) real.add(static_cast<u32>(std::max<s64>(0, behind)), now.tail);
  m_now.keepOnly(real);
  keep(i);
}

} // namespace sockwalk::tell
