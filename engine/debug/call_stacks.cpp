#include "engine/debug/call_stacks.h"
#include "engine/journal/queries.h"
#include "engine/tell/source/source_frames.h"
#include <algorithm>
#include <map>

namespace sockwalk::debug {

namespace {

constexpr u64 Stacks = 0xffffc90100000000, StackStep = 0x100000; // above what the arena calls a kernel stack
constexpr u32 NoTask = 1;                                        // what runs outside of any task; no task has this pid

// From the top down: the outermost call's frame first. A frame is what a function's prologue leaves: the address to go
// back to, the caller's frame, and below them its arguments.
void putFrame(Thread& thread, u64 top, u64 comesBackTo, std::span<const u64> arguments) {
  std::string bytes;
  for (size_t i = arguments.size(); i-- > 0;) putBytes(bytes, arguments[i], 8);
  putBytes(bytes, thread.frame, 8);
  putBytes(bytes, comesBackTo, 8);
  thread.memory.insert(0, bytes);
  thread.frame = top - thread.memory.size() + arguments.size() * 8;
}

Thread threadOf(const Journal& journal, const std::vector<tell::SourceFrame>& calls, const Functions& functions,
                u64 top) {
  Thread thread;
  u64 comesBackTo = 0;
  for (const tell::SourceFrame& call : calls) {
    const Event& event = journal[call.call];
    putFrame(thread, top, comesBackTo, journal.arguments(event));
    thread.instruction = functions.addressAt(journal.function(event), call.line);
    comesBackTo = thread.instruction + 1; // a debugger looks up the byte before
  }
  thread.stack = thread.memoryBegin = top - thread.memory.size();
  return thread;
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

} // namespace

std::vector<Thread> threadsAt(const Playhead& at, const Functions& functions) {
  const Journal& journal = at.journal();
  const auto running = tell::sourceFrames(at);
  std::vector<Thread> out;
  const auto add = [&](u32 id, const std::string& name, const std::vector<tell::SourceFrame>& calls) {
    out.push_back(threadOf(journal, calls, functions, Stacks + (out.size() + 1) * StackStep));
    out.back().id = id;
    out.back().name = name;
  };
  if (!at.position()) return add(NoTask, "", running), out;
  const Context& now = journal.contextAt(at.position() - 1);
  add(now.kind == Context::Task ? now.task : NoTask, now.name, running);
  const auto asleep = sleepers(journal, at.position());
  if (asleep.empty()) return out;
  Playhead past(journal);
  for (const auto& [pid, position] : asleep) {
    past.seek(position);
    const auto calls = tell::sourceFrames(past);
    const bool open = !calls.empty() && endOf(journal, calls.back().call) > at.position();
    if (open && std::ranges::find(running, calls.back().call, &tell::SourceFrame::call) == running.end())
      add(pid, journal.contextAt(position - 1).name, calls);
  }
  return out;
}

} // namespace sockwalk::debug
