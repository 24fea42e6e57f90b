#include "engine/tell/structures/subject.h"
#include "engine/tell/position.h"
#include "engine/tell/values.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {
constexpr EventIndex Longest = 100000;

bool isContainer(const LayoutInfo& l) {
  return !l.members.empty() && l.members.size() <= 3 && std::all_of(l.members.begin(), l.members.end(), [](auto& m) {
    return m.kind == MemberKind::Struct && !m.array;
  });
}
// The innermost structure that begins exactly at `inside`, outermost type first; nullptr if none does.
const LayoutInfo* structureAt(const LayoutInfo& layout, u32 inside) {
  for (const MemberInfo& m : layout.members) {
    if (m.kind != MemberKind::Struct || !m.each || inside < m.offset || inside >= m.offset + m.size) continue;
    const LayoutInfo* inner = layoutNamed(m.target);
    if (!inner) continue;
    const u32 rest = (inside - m.offset) % m.each;
    return rest ? structureAt(*inner, rest) : inner;
  }
  return nullptr;
}
} // namespace

bool isWrite(const Event& e) { return e.type == EventType::Write || e.type == EventType::Fill; }
u32 writtenSize(const Event& e) { return e.type == EventType::Write && e.a ? e.a : static_cast<u32>(e.data >> 32); }

static void readLife(StructureSubject& s, const Playhead& at) {
  if (s.base < Arena::HeapBegin || s.base >= Arena::HeapEnd) return;
  const Allocation* a = at.journal().allocationBornAt(at.memory().recordOf(s.base).birth - 1);
  if (!a) return;
  s.born = a->born;
  s.died = a->died;
  s.cache = at.journal().caches()[a->cache].name;
}

static StructureSubject partOf(const StructureSubject& whole, u32 offset, u32 size, const LayoutInfo* layout) {
  StructureSubject part = whole;
  part.base += offset;
  part.size = size;
  part.layout = layout;
  return part;
}

// What holds nothing of its own (socket_alloc) is told by what it holds; a mere count beside it is no structure to see.
static std::vector<StructureSubject> partsOf(const StructureSubject& holder) {
  std::vector<StructureSubject> parts;
  for (const MemberInfo& m : holder.layout->members)
    if (const LayoutInfo* inner = m.size > 8 ? layoutNamed(m.target) : nullptr)
      parts.push_back(partOf(holder, m.offset, m.size, inner));
  return parts;
}

static StructureSubject wholeAt(const Playhead& at, u64 address) {
  StructureSubject s;
  s.object = objectAt(at, address);
  if (!s.object) return {};
  s.base = s.object.offset;
  s.size = s.object.size;
  s.layout = layoutOf(s.object.type);
  if (s.layout) s.size = std::min(s.size, s.layout->size);
  readLife(s, at);
  return s;
}

StructureSubject subjectAt(const Playhead& at, u64 address) {
  StructureSubject whole = wholeAt(at, address);
  if (!whole || !whole.layout) return whole;
  const u32 inside = static_cast<u32>(address) - whole.base;
  if (isContainer(*whole.layout)) {
    for (const StructureSubject& part : partsOf(whole))
      if (part.covers(whole.base + inside)) return part;
  } else if (inside) {
    const LayoutInfo* inner = structureAt(*whole.layout, inside);
    // a list_head alone says little: its owner says more
    if (inner && inner->size > 16) return partOf(whole, inside, inner->size, inner);
  }
  return whole;
}

std::vector<StructureSubject> subjectsOf(const Playhead& at, u32 offset) {
  const StructureSubject whole = wholeAt(at, Arena::addressOf(offset));
  if (!whole || !whole.layout) return {};
  std::vector<StructureSubject> parts;
  if (isContainer(*whole.layout)) parts = partsOf(whole);
  return parts.empty() ? std::vector{whole} : parts;
}

std::string subjectName(const Playhead& at, const StructureSubject& s) {
  return addressName(at, Arena::addressOf(s.base));
}

u32 cacheLines(u32 base, u32 size) { return size ? (base + size - 1) / 64 - base / 64 + 1 : 0; }

std::string subjectTitle(const StructureSubject& s) {
  if (!s.layout) return s.object.name;
  return (s.layout->isUnion ? "union " : "struct ") + std::string(plainName(s.layout->name));
}

Text subjectDetails(const StructureSubject& s) {
  const u32 lines = cacheLines(s.base, s.size);
  const std::string own = s.layout ? std::string(plainName(s.layout->name)) + " " : std::string();
  const bool whole = s.base == s.object.offset && s.object.name.starts_with(own);
  const std::string& name = s.object.name;
  const Text where = s.cache.empty() ? whole ? Text(name) : say("in %1", name)
                     : whole ? say("%1, slab cache %2", name, s.cache)
                                     : say("in %1, slab cache %2", name, s.cache);
  return Text::list(" · ", {bytes(s.size), lines == 1 ? say("1 cache line") : say("%1 cache lines", lines), where});
}

Text subjectFate(const Journal& j, const StructureSubject& s, EventIndex position) {
  if (s.cache.empty()) return {};
  if (position <= s.born)
    return say("At this moment it does not live yet: it is allocated at %1.", stepName(j, s.born + 1, position));
  if (s.died != NoEvent && position > s.died)
    return say("Freed at %1. What is shown is what was left in its memory.", stepName(j, s.died + 1, position));
  return {};
}

bool SubjectChanges::any(u32 offset, u32 size, bool onlyChanged) const {
  const auto& bytes = onlyChanged ? changed : written;
  for (u32 i = offset; i < offset + size && i < bytes.size(); ++i)
    if (bytes[i]) return true;
  return false;
}

SubjectChanges changesBetween(const Journal& j, const StructureSubject& s, EventIndex from, EventIndex to) {
  SubjectChanges c;
  c.written.assign(s.size, 0);
  c.changed.assign(s.size, 0);
  EventIndex begin = std::min(from, to), end = std::max(from, to);
  if (end - begin > Longest || begin == end) begin = to ? to - 1 : 0, end = to;
  std::vector<u8> before(s.size), after(s.size);
  for (EventIndex i = begin; i < end; ++i) {
    const Event& e = j[i];
    if (!isWrite(e) || e.where >= s.base + s.size || e.where + writtenSize(e) <= s.base) continue;
    const auto w = j.change(e);
    const u32 first = std::max(w.offset, s.base), last = std::min(w.offset + w.size, s.base + s.size);
    for (u32 at = first; at < last; ++at) {
      if (!c.written[at - s.base]) before[at - s.base] = w.oldBytes ? w.oldBytes[at - w.offset] : 0;
      c.written[at - s.base] = 1;
      after[at - s.base] = w.newBytes ? w.newBytes[at - w.offset] : w.fillValue;
    }
    if (c.first == NoEvent) c.first = i;
    c.last = i;
    c.firstOffset = first - s.base;
  }
  for (u32 i = 0; i < s.size; ++i) c.changed[i] = c.written[i] ? before[i] ^ after[i] : 0;
  return c;
}

u64 lastWritten(const Playhead& at, EventIndex from, EventIndex to) {
  const Journal& j = at.journal();
  const EventIndex begin = std::min(from, to), end = std::max(from, to);
  EventIndex looked = 0;
  for (EventIndex i = end; i-- > begin && looked < Longest; ++looked) {
    const Event& e = j[i];
    if (!isWrite(e)) continue;
    const u64 address = Arena::addressOf(e.where);
    const ObjectRef o = objectAt(at, address);
    if (o && layoutOf(o.type)) return address;
  }
  return 0;
}

} // namespace sockwalk::tell
