#include "views/structure/structure_subject.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QCoreApplication>

namespace sockwalk {

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
u32 writtenSize(const Event& e) { return e.type == EventType::Write && e.a ? e.a : static_cast<u32>(e.data >> 32); }
bool isWrite(const Event& e) { return e.type == EventType::Write || e.type == EventType::Fill; }
} // namespace

StructureSubject subjectAt(const Playhead& at, u64 address) {
  StructureSubject s;
  s.object = objectAt(at, address);
  if (!s.object) return {};
  s.base = s.object.offset;
  s.size = s.object.size;
  s.layout = layoutOf(s.object.type);
  if (s.layout) s.size = std::min(s.size, s.layout->size);
  if (s.base >= Arena::HeapBegin && s.base < Arena::HeapEnd) {
    const Allocation* a = at.journal().allocationBornAt(at.memory().recordOf(s.base).birth - 1);
    if (a) {
      s.born = a->born;
      s.died = a->died;
      s.cache = at.journal().caches()[a->cache].name;
    }
  }
  const u32 inside = static_cast<u32>(address) - s.base;
  if (!s.layout) return s;
  if (isContainer(*s.layout)) {
    for (const MemberInfo& m : s.layout->members)
      if (inside >= m.offset && inside < m.offset + m.size && m.size > 8)
        if (const LayoutInfo* inner = layoutNamed(m.target)) {
          s.base += m.offset;
          s.size = m.size;
          s.layout = inner;
          break;
        }
  } else if (inside) {
    const LayoutInfo* inner = structureAt(*s.layout, inside);
    if (inner && inner->size > 16) { // a list_head alone says little: its owner says more
      s.base += inside;
      s.size = inner->size;
      s.layout = inner;
    }
  }
  return s;
}

u32 cacheLines(u32 base, u32 size) { return size ? (base + size - 1) / 64 - base / 64 + 1 : 0; }

QString subjectTitle(const StructureSubject& s) {
  if (!s.layout) return QString::fromStdString(s.object.name);
  return QStringLiteral("%1 %2").arg(s.layout->isUnion ? "union" : "struct", text(s.layout->name));
}

QString subjectDetails(const StructureSubject& s) {
  const auto tr = [](const char* t, const char* about = nullptr) {
    return QCoreApplication::translate("StructureView", t, about);
  };
  const u32 lines = cacheLines(s.base, s.size);
  QStringList parts{tr("%1 bytes").arg(s.size), lines == 1 ? tr("1 cache line") : tr("%1 cache lines").arg(lines)};
  const std::string own = s.layout ? std::string(s.layout->name) + " " : std::string();
  const bool whole = s.base == s.object.offset && s.object.name.substr(0, own.size()) == own;
  const QString name = QString::fromStdString(s.object.name);
  if (s.cache.empty()) parts << (whole ? name : tr("in %1").arg(name));
  else
    parts << (whole ? tr("%1, slab cache %2", "sock #1, slab cache TCP")
                    : tr("in %1, slab cache %2", "inside of an object of a slab cache"))
                 .arg(name, QString::fromStdString(s.cache));
  return parts.join(QStringLiteral(" · "));
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

} // namespace sockwalk
