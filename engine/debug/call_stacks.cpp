#include "engine/debug/call_stacks.h"
#include "engine/tell/source/source_frames.h"
#include <algorithm>
#include <map>

namespace sockwalk::debug {

namespace {

constexpr u64 Stacks = 0xffffc90100000000, StackStep = 0x100000; // above what the arena calls a kernel stack
constexpr u32 NoTask = 1;                                        // what runs outside of any task; no task has this pid

struct OpenCall {
  EventIndex call;
  u64 instruction;
};

// Outermost first. Where the innermost stands, the last event says: at its entry, back from a call, or in a line.
std::vector<OpenCall> openCalls(const Playhead& at, const Functions& functions) {
  const Journal& journal = at.journal();
  std::vector<tell::SourceFrame> frames = tell::sourceFrames(at);
  const bool back = at.position() && journal[at.current()].type == EventType::Return;
  if (back) frames.pop_back(); // the call that has just ended
  std::vector<OpenCall> out;
  for (size_t i = 0; i < frames.size(); ++i) {
    const FunctionInfo& f = journal.function(journal[frames[i].call]);
    const bool waits = back || i + 1 < frames.size();
    const bool entered = frames[i].call == at.current();
    out.push_back({frames[i].call, entered ? functions.of(f).entry : functions.addressAt(f, frames[i].line, waits)});
  }
  return out;
}

// What a function's prologue leaves, from the top down: the address to go back to, the caller's frame, its arguments.
void putFrame(CallStack& stack, u64 top, u64 comesBackTo, std::span<const u64> arguments) {
  std::string bytes;
  for (size_t i = arguments.size(); i-- > 0;) putBytes(bytes, arguments[i], 8);
  putBytes(bytes, stack.frame, 8);
  putBytes(bytes, comesBackTo, 8);
  stack.memory.insert(0, bytes);
  stack.frame = top - stack.memory.size() + arguments.size() * 8;
}

CallStack stackOf(const Playhead& at, const Functions& functions, u32 thread) {
  CallStack out{.thread = thread, .instruction = functions.outside()};
  const u64 top = Stacks + (thread + u64{1}) * StackStep;
  u64 comesBackTo = functions.outside() + 1; // a debugger looks up the byte before
  for (const OpenCall& call : openCalls(at, functions)) {
    putFrame(out, top, comesBackTo, at.journal().arguments(at.journal()[call.call]));
    out.innermost = call.call;
    out.instruction = comesBackTo = call.instruction;
  }
  out.stack = top - out.memory.size();
  if (at.position() && at.journal()[at.current()].type == EventType::Return)
    out.result = at.journal()[at.current()].data;
  return out;
}

// Of each task that ran before, but does not run now: the position at which it ran last.
std::map<u32, EventIndex> sleepers(const Journal& journal, EventIndex position) {
  std::map<u32, EventIndex> out;
  const auto& contexts = journal.contexts();
  for (size_t i = 0; i + 1 < contexts.size() && contexts[i + 1].event < position; ++i)
    if (contexts[i].kind == Context::Task) out[contexts[i].task] = contexts[i + 1].event;
  if (position) out.erase(journal.contextAt(position - 1).task);
  return out;
}

bool isOpen(const Playhead& at, EventIndex call) {
  if (call == NoEvent) return false;
  const EventIndex end = Journal::returnOf(at.journal()[call]);
  return end == NoEvent || end >= at.position();
}

} // namespace

CallStack stackAt(const Playhead& at, const Functions& functions) {
  if (!at.position()) return stackOf(at, functions, NoTask);
  const Context& now = at.journal().contextAt(at.current());
  return stackOf(at, functions, now.kind == Context::Task ? now.task : NoTask);
}

std::vector<CallStack> sleepingStacks(const Playhead& at, const Functions& functions) {
  std::vector<CallStack> out;
  const auto asleep = sleepers(at.journal(), at.position());
  if (asleep.empty()) return out;
  const std::vector<EventIndex> running = at.callStack();
  Playhead past(at.journal());
  for (const auto& [pid, position] : asleep) {
    past.seek(position);
    CallStack stack = stackOf(past, functions, pid);
    if (isOpen(at, stack.innermost) && std::ranges::find(running, stack.innermost) == running.end())
      out.push_back(std::move(stack));
  }
  return out;
}

} // namespace sockwalk::debug
