#include "engine/tell/structures/history.h"
#include "engine/journal/queries.h"
#include "engine/tell/values.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

u8 byteBefore(const Journal::Change& w, u32 at) { return w.oldBytes ? w.oldBytes[at - w.offset] : 0; }
u8 byteAfter(const Journal::Change& w, u32 at) { return w.newBytes ? w.newBytes[at - w.offset] : w.fillValue; }

// The bits of `size` bytes at `at`, at most eight, that a write made others.
u64 flippedBits(const Journal::Change& w, u32 at, u32 size) {
  u64 flipped = 0;
  for (u32 i = std::max(at, w.offset); i < std::min(at + std::min(size, 8u), w.offset + w.size); ++i)
    flipped |= u64(byteBefore(w, i) ^ byteAfter(w, i)) << (8 * (i - at));
  return flipped;
}
bool changesBytes(const Journal::Change& w, u32 at, u32 size) {
  for (u32 i = std::max(at, w.offset); i < std::min(at + size, w.offset + w.size); ++i)
    if (byteBefore(w, i) != byteAfter(w, i)) return true;
  return false;
}

bool isOneValue(const MemberInfo& m) {
  return m.kind != MemberKind::Struct && m.kind != MemberKind::Aggregate && m.kind != MemberKind::Union;
}

} // namespace

Text valueNow(const Playhead& at, const MemberPlace& place) {
  const MemberInfo& m = place.member;
  const bool points = !m.array && (m.kind == MemberKind::Pointer || m.kind == MemberKind::Function);
  if (points) return addressName(at, readUnsigned(at, m, place.base));
  const bool small = m.kind == MemberKind::Struct && m.size <= 8 && layoutNamed(m.target);
  const std::string value = isOneValue(m) || small ? valueText(at, *place.layout, m, place.base) : "{...}";
  return isOneValue(m) || value != "{...}" ? Text(value) : say("(some of its bytes)");
}

Touch touchOf(const Journal& j, EventIndex event, const MemberPlace& place) {
  const MemberInfo& m = place.member;
  const u32 at = place.offset();
  const Event& e = j[event];
  if (!isWrite(e) || e.where >= at + m.size || at >= e.where + writtenSize(e)) return Touch::None;
  const Journal::Change w = j.change(e);
  const u64 bits = m.bits ? ((1ull << m.bits) - 1) << m.bit : 0;
  if (m.bits) return flippedBits(w, at, m.size) & bits ? Touch::Changes : Touch::None;
  return changesBytes(w, at, m.size) ? Touch::Changes : Touch::Same;
}

int MemberWrites::madeValueAt(EventIndex position) const {
  const auto later = std::lower_bound(writes.begin(), writes.end(), position,
                                      [](const MemberWrite& w, EventIndex p) { return w.event < p; });
  return static_cast<int>(later - writes.begin()) - 1;
}

MemberWritesReader::MemberWritesReader(const Journal& j, const StructureSubject& subject, const MemberPlace& place)
    : m_journal(j), m_place(place), m_next(subject.born), m_end(place ? std::min(subject.died, j.size()) : 0) {}

MemberWritesReader::Grown MemberWritesReader::read(EventIndex events) {
  auto& writes = m_writes.writes;
  const size_t before = writes.size();
  for (EventIndex looked = 0; !atEnd() && looked < events;) {
    const Stretch stretch = stretchAt(m_journal, m_next, m_place.offset(), m_place.member.size);
    const EventIndex begin = m_next, end = std::min(m_end, stretch.to);
    m_next = end;
    if (stretch.quiet) continue;
    for (EventIndex i = begin; i < end; ++i)
      if (const Touch touch = touchOf(m_journal, i, m_place); touch != Touch::None)
        writes.push_back({i, touch == Touch::Same});
    looked += end - begin;
  }
  const size_t added = writes.size() - before, over = writes.size() - std::min(writes.size(), MemberWrites::Most);
  writes.erase(writes.begin(), writes.begin() + static_cast<std::ptrdiff_t>(over));
  m_writes.cut = m_writes.cut || over;
  return {std::min(over, before), std::min(added, writes.size())};
}

std::vector<EventIndex> writesInto(const Journal& j, u32 offset, u32 size, EventIndex from, EventIndex to) {
  std::vector<EventIndex> out;
  const EventIndex end = std::min(to, j.size());
  for (EventIndex begin = from; begin < end;) {
    const Stretch stretch = stretchAt(j, begin, offset, size);
    const EventIndex next = std::min(end, stretch.to);
    for (EventIndex i = begin; !stretch.quiet && i < next; ++i)
      if (const Event& e = j[i]; isWrite(e) && e.where < offset + size && offset < e.where + writtenSize(e))
        out.push_back(i);
    begin = next;
  }
  return out;
}

MemberWrites writesOf(const Journal& j, const StructureSubject& subject, const MemberPlace& place) {
  MemberWritesReader reader(j, subject, place);
  reader.read(j.size());
  return reader.writes();
}

Text writerOf(const Journal& j, EventIndex event) {
  const EventIndex call = j.callAround(event);
  return call == NoEvent ? say("(no function)") : Text(j.function(j[call]).name);
}

WrittenValue writtenValue(Playhead& past, const MemberPlace& place, EventIndex event) {
  WrittenValue out;
  past.seek(event);
  out.before = valueNow(past, place);
  past.seek(event + 1);
  out.after = valueNow(past, place);
  return out;
}

Text writeInWords(const Journal& j, const MemberWrite& write, const WrittenValue& value, const Text& step) {
  const Text writer = writerOf(j, write.event);
  return write.same ? say("%1  %2  %3 again", step, writer, value.after)
                    : say("%1  %2  %3 → %4", step, writer, value.before, value.after);
}

} // namespace sockwalk::tell
