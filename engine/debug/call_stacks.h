// The calls that are open at a moment, as a debugger reads stacks: a thread for each task that is inside of a call, and one
// for whoever runs now, with registers, and a stack in which every call has a frame with its arguments. The stacks are
// made for the debugger; they lie where the simulated kernel has no memory.
#pragma once
#include "engine/debug/functions.h"
#include "engine/journal/playhead.h"
#include <string>
#include <vector>

namespace sockwalk::debug {

struct Thread {
  u32 id = 0;                                // of a task its pid
  std::string name;                          // "task 100", "softirq"
  u64 instruction = 0, stack = 0, frame = 0; // rip, rsp, rbp
  u64 memoryBegin = 0;                       // of its stack
  std::string memory;
};
// Whoever runs stands first; there is always one. Tasks follow in the order of their pids.
std::vector<Thread> threadsAt(const Playhead& at, const Functions& functions);

} // namespace sockwalk::debug
