#include "engine/journal/queries.h"
#include <algorithm>
#include <cstring>

namespace sockwalk {

EventIndex endOf(const Journal& j, EventIndex call) {
  const EventIndex r = Journal::returnOf(j[call]);
  return r == NoEvent ? j.size() : r + 1;
}

std::vector<EventIndex> calleesOf(const Journal& j, EventIndex call) {
  std::vector<EventIndex> out;
  const EventIndex end = call == NoEvent ? j.size() : endOf(j, call);
  for (EventIndex i = call == NoEvent ? 0 : call + 1; i < end;) {
    const Event& e = j[i];
    if (e.type == EventType::Call && e.where == call) out.push_back(i);
    // A call that was put to sleep has other tasks' events inside: those are walked one by one.
    const bool skip = e.type == EventType::Call && e.where == call && Journal::returnOf(e) != NoEvent;
    i = skip && call != NoEvent ? Journal::returnOf(e) + 1 : i + 1;
  }
  return out;
}

int depthOf(const Journal& j, EventIndex call) {
  int depth = -1;
  for (; call != NoEvent; call = j.callerOf(call)) ++depth;
  return depth;
}

static bool isStep(const Journal& j, EventIndex i, Unit unit) {
  const EventType t = j[i].type;
  if (unit == Unit::Event) return true;
  if (unit == Unit::Stimulus) return t == EventType::Stimulus;
  // Where a stimulus begins is a place to stand as well: the call is about to be made.
  return t == EventType::Call || t == EventType::Return || t == EventType::Stimulus;
}

EventIndex stepInto(const Journal& j, EventIndex from, Unit unit) {
  for (EventIndex p = from; p < j.size(); ++p)
    if (isStep(j, p, unit)) return p + 1;
  return j.size();
}
EventIndex stepBackInto(const Journal& j, EventIndex from, Unit unit) {
  for (EventIndex p = from; p-- > 1;)
    if (isStep(j, p - 1, unit)) return p;
  return 0;
}

EventIndex stepOver(const Journal& j, EventIndex from) {
  if (from && j[from - 1].type == EventType::Call) {
    const EventIndex r = Journal::returnOf(j[from - 1]);
    if (r != NoEvent && r + 1 > from) return r + 1;
  }
  return stepInto(j, from, Unit::Call);
}
EventIndex stepBackOver(const Journal& j, EventIndex from) {
  if (from && j[from - 1].type == EventType::Return) return j[from - 1].where + 1;
  return stepBackInto(j, from, Unit::Call);
}

// The call that runs at a position: after a Return it is the caller.
static EventIndex running(const Journal& j, EventIndex position) {
  if (!position) return NoEvent;
  const EventIndex call = j.callAround(position - 1);
  return call != NoEvent && j[position - 1].type == EventType::Return ? j.callerOf(call) : call;
}
EventIndex stepOut(const Journal& j, EventIndex from) {
  const EventIndex call = running(j, from);
  return call == NoEvent ? stepInto(j, from, Unit::Call) : endOf(j, call);
}
EventIndex stepBackOut(const Journal& j, EventIndex from) {
  const EventIndex call = running(j, from);
  return call == NoEvent ? stepBackInto(j, from, Unit::Call) : call;
}

EventIndex nextCall(const Journal& j, EventIndex from, u16 function, bool forward) {
  const auto is = [&](EventIndex i) { return j[i].type == EventType::Call && j[i].b == function; };
  if (forward) {
    for (EventIndex i = from; i < j.size(); ++i)
      if (is(i)) return i + 1;
  } else {
    for (EventIndex i = from; i-- > 1;)
      if (is(i - 1)) return i;
  }
  return from;
}

static bool writesInto(const Journal& j, EventIndex i, u32 offset, u32 size) {
  const Event& e = j[i];
  if (e.type != EventType::Write && e.type != EventType::Fill) return false;
  const u32 n = e.type == EventType::Write && e.a ? e.a : static_cast<u32>(e.data >> 32);
  return e.where < offset + size && offset < e.where + n;
}

static bool sharesPages(const Journal& j, const Keyframe& before, const Keyframe& after, u32 offset, u32 size) {
  for (u32 page = offset / Arena::PageSize; page <= (offset + size - 1) / Arena::PageSize; ++page) {
    const u32 slot = j.pageSlot(page * Arena::PageSize);
    if (slot >= after.pages.size()) continue; // nobody had written there yet
    if (slot >= before.pages.size() || before.pages[slot] != after.pages[slot]) return false;
  }
  return true;
}

Stretch stretchAt(const Journal& j, EventIndex at, u32 offset, u32 size) {
  const size_t block = at / Journal::KeyframeEvery;
  const EventIndex from = static_cast<EventIndex>(block) * Journal::KeyframeEvery;
  if (block + 1 >= j.keyframes().size()) return {from, j.size(), !size};
  const Keyframe &before = j.keyframes()[block], &after = j.keyframes()[block + 1];
  return {from, after.position, !size || sharesPages(j, before, after, offset, size)};
}

static EventIndex writeAfter(const Journal& j, EventIndex from, u32 offset, u32 size) {
  for (EventIndex i = from; i < j.size();) {
    const Stretch stretch = stretchAt(j, i, offset, size);
    if (stretch.quiet) i = stretch.to;
    for (; i < stretch.to; ++i)
      if (writesInto(j, i, offset, size)) return i + 1;
  }
  return from;
}

static EventIndex writeBefore(const Journal& j, EventIndex from, u32 offset, u32 size) {
  for (EventIndex i = from; i > 1;) { // the position `from` itself is the moment after the event before it
    const Stretch stretch = stretchAt(j, i - 2, offset, size);
    if (stretch.quiet) i = stretch.from + 1;
    for (; i > stretch.from + 1; --i)
      if (writesInto(j, i - 2, offset, size)) return i - 1;
  }
  return from;
}

EventIndex nextWrite(const Journal& j, EventIndex from, u32 offset, u32 size, bool forward) {
  return forward ? writeAfter(j, from, offset, size) : writeBefore(j, from, offset, size);
}

std::vector<FieldChange> fieldHistory(const Journal& j, u32 offset, u32 size, EventIndex from, EventIndex to) {
  std::vector<FieldChange> out;
  std::vector<u8> value(size, 0);
  to = std::min(to, j.size());
  for (EventIndex i = 0; i < to; ++i) {
    if (!writesInto(j, i, offset, size)) continue;
    const auto c = j.change(j[i]);
    FieldChange f{i, value, {}};
    for (u32 k = 0; k < size; ++k) {
      const s64 at = s64(offset) + k - c.offset;
      if (at < 0 || at >= c.size) continue;
      f.before[k] = c.oldBytes ? c.oldBytes[at] : 0;
      value[k] = c.newBytes ? c.newBytes[at] : c.fillValue;
    }
    f.after = value;
    if (i >= from) out.push_back(std::move(f));
  }
  return out;
}

std::vector<const Allocation*> liveAt(const Journal& j, EventIndex position, u16 type) {
  std::vector<const Allocation*> out;
  for (auto& a : j.allocations()) {
    if (a.born >= position) break;
    if (a.died >= position && (type == 0xffff || a.type == type)) out.push_back(&a);
  }
  return out;
}

std::vector<EventIndex> lifeOf(const Journal& j, const Allocation& object) {
  std::vector<EventIndex> out;
  const u64 address = Arena::addressOf(object.offset);
  const EventIndex end = object.died == NoEvent ? j.size() : object.died + 1;
  for (EventIndex i = object.born; i < end; ++i) {
    const Event& e = j[i];
    const auto args = e.type == EventType::Call ? j.arguments(e) : std::span<const u64>{};
    if (i == object.born || i == object.died || writesInto(j, i, object.offset, object.size) ||
        std::find(args.begin(), args.end(), address) != args.end())
      out.push_back(i);
  }
  return out;
}

int bufferArgument(const FunctionInfo& function) {
  for (size_t i = 0; i < function.argumentTypes.size(); ++i)
    if (function.argumentTypes[i] == "sk_buff") return static_cast<int>(i);
  return -1;
}

u64 bufferOf(const Journal& journal, const Event& call) {
  static const std::vector<int> which = [] {
    std::vector<int> out;
    for (const FunctionInfo* f : Symbols::get().functions()) out.push_back(bufferArgument(*f));
    return out;
  }();
  const int argument = which[call.b];
  const auto values = journal.arguments(call);
  return argument >= 0 && argument < static_cast<int>(values.size()) ? values[static_cast<size_t>(argument)] : 0;
}

} // namespace sockwalk
