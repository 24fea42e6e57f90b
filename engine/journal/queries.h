// Questions to a journal. All of them only read; none needs bookkeeping while recording.
#pragma once
#include "engine/journal/journal.h"
#include <functional>

namespace sockwalk {

// ---- calls
// The calls made directly by `call`; with NoEvent, the outermost calls of the whole journal.
std::vector<EventIndex> calleesOf(const Journal& journal, EventIndex call);
int depthOf(const Journal& journal, EventIndex call); // 0 for an outermost call
// Where `call` ends: the position after its Return, or the journal's end while it has not returned.
EventIndex endOf(const Journal& journal, EventIndex call);

// ---- steps, as positions. Each gives `from` back unchanged where there is nowhere to go.
enum class Unit { Event, Call, Stimulus }; // Call: a function is entered or left, or a stimulus begins
EventIndex stepInto(const Journal& journal, EventIndex from, Unit unit);
EventIndex stepBackInto(const Journal& journal, EventIndex from, Unit unit);
EventIndex stepOver(const Journal& journal, EventIndex from); // past the call just entered, else one step
EventIndex stepBackOver(const Journal& journal, EventIndex from);
EventIndex stepOut(const Journal& journal, EventIndex from);     // after the running function's return
EventIndex stepBackOut(const Journal& journal, EventIndex from); // just before the running function was called
EventIndex nextCall(const Journal& journal, EventIndex from, u16 function, bool forward);
EventIndex nextWrite(const Journal& journal, EventIndex from, u32 offset, u32 size, bool forward);
// The events from one keyframe to the next, around `at`. quiet: certainly none of them writes any of these bytes, for
// keyframes share the pages that nobody wrote between them; who searches leaves them out at one look.
struct Stretch {
  EventIndex from, to;
  bool quiet;
};
Stretch stretchAt(const Journal& journal, EventIndex at, u32 offset, u32 size);

// ---- memory
struct FieldChange {
  EventIndex event;
  std::vector<u8> before, after; // of exactly the bytes asked for
};
// Who wrote any of these bytes, when, and what they were. `from`/`to` bound the events looked at.
std::vector<FieldChange> fieldHistory(const Journal& journal, u32 offset, u32 size, EventIndex from = 0,
                                      EventIndex to = NoEvent);
// The objects alive at a position, oldest first; `type`: only those (TypeNone: all).
std::vector<const Allocation*> liveAt(const Journal& journal, EventIndex position, u16 type = 0xffff);
// The life of an object: its allocation, every write into it, calls that were handed it, its end.
std::vector<EventIndex> lifeOf(const Journal& journal, const Allocation& object);

// ---- buffers
// Which argument of a function is an sk_buff, by the type that it says it has; -1: none.
int bufferArgument(const FunctionInfo& function);
// The sk_buff that a call was handed; 0 if none.
u64 bufferOf(const Journal& journal, const Event& call);

} // namespace sockwalk
