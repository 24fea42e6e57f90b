#include "engine/tell/structures/watched.h"
#include "engine/tell/structures/member_path.h"

namespace sockwalk::tell {

namespace {

bool changes(const Journal& j, const WatchedMember& m, EventIndex event) {
  return touchOf(j, event, m.place) == Touch::Changes;
}

WatchedNow::Life lifeAt(const Journal& j, const WatchedMember& m, EventIndex position) {
  if (m.global) return WatchedNow::Alive;
  const Allocation* object = j.allocationBornAt(m.born);
  if (!object || position <= object->born) return WatchedNow::NotYet;
  return object->died < position ? WatchedNow::Gone : WatchedNow::Alive;
}

} // namespace

WatchedMember WatchedMember::of(std::string object, std::string_view type, std::string member, u32 base,
                                EventIndex born, bool global) {
  WatchedMember out{std::move(object), std::move(member), layoutNamed(type), base, born, global, {}};
  if (out.layout) out.place = memberNamed(*out.layout, out.member, base);
  const u64 end = u64{base} + (out.layout ? out.layout->size : 0);
  const bool heap = base >= Arena::HeapBegin && end <= Arena::HeapEnd;
  const bool data = base >= Arena::DataBegin && end <= Arena::DataEnd;
  if (!heap && !data) out.place = {};
  return out;
}

WatchedMember WatchedMember::of(const Playhead& at, const StructureSubject& subject, std::string member) {
  return of(subjectName(at, subject), subject.layout ? subject.layout->name : "", std::move(member), subject.base,
            subject.born, subject.cache.empty());
}

WatchedNow watchedNow(const Playhead& at, const WatchedMember& m, StepRange step) {
  const Journal& j = at.journal();
  WatchedNow now;
  now.life = lifeAt(j, m, at.position());
  if (now.life != WatchedNow::Alive) return now;
  now.value = valueNow(at, m.place);
  EventIndex last = NoEvent;
  for (EventIndex i = step.from; i < step.to && i < j.size(); ++i)
    if (i > m.born && changes(j, m, i)) last = i;
  if (last == NoEvent) return now;
  Playhead past(j);
  past.seek(step.from);
  now.before = lifeAt(j, m, step.from) == WatchedNow::Alive ? valueNow(past, m.place) : Text();
  now.changed = now.before != now.value;
  now.writer = writerOf(j, last);
  return now;
}

EventIndex firstChange(const Journal& j, const WatchedMember& m, EventIndex from, EventIndex to) {
  for (EventIndex i = from; i < to; ++i)
    if (lifeAt(j, m, i + 1) == WatchedNow::Alive && changes(j, m, i)) return i + 1;
  for (EventIndex i = from; i > to; --i)
    if (lifeAt(j, m, i) == WatchedNow::Alive && changes(j, m, i - 1)) return i - 1;
  return NoEvent;
}

} // namespace sockwalk::tell
