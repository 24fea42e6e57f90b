// The calls that are open at a moment, as a debugger reads stacks: registers, and memory in which every call has a frame
// with its arguments. They are made for the debugger and lie where the simulated kernel has no memory; those of one
// task always in one place, so that a frame is known again at another moment.
#pragma once
#include "engine/debug/functions.h"
#include "engine/journal/playhead.h"
#include <string>
#include <vector>

namespace sockwalk::debug {

struct CallStack {
  u32 thread = 0;                            // of a task its pid
  EventIndex innermost = NoEvent;            // the call that runs
  u64 instruction = 0, stack = 0, frame = 0; // rip, rsp, rbp
  u64 result = 0;                            // rax: what the call gave back that has just ended
  std::string memory = {};                   // from rsp on
};
// Of whoever runs.
CallStack stackAt(const Playhead& at, const Functions& functions);
// Of the tasks that sleep in a call, in the order of their pids.
std::vector<CallStack> sleepingStacks(const Playhead& at, const Functions& functions);

} // namespace sockwalk::debug
