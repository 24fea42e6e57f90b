// Who runs at a moment, by one rule for every place that says it: a function that has just returned stays the running
// one until the next step. Its source still shows its last line and its result stands beside it, so path, list and
// words keep it too; the caller runs again once something else has happened.
#pragma once
#include "engine/journal/playhead.h"
#include <vector>

namespace sockwalk::tell {

// The calls on the way to the function that runs, outermost first, itself last.
std::vector<EventIndex> runningCalls(const Playhead& at);
EventIndex runningCall(const Playhead& at); // the last of them; NoEvent outside of all functions

} // namespace sockwalk::tell
