#include "engine/tell/running.h"

namespace sockwalk::tell {

std::vector<EventIndex> runningCalls(const Playhead& at) {
  std::vector<EventIndex> calls = at.callStack();
  if (!at.position()) return calls;
  const Event& now = at.journal()[at.position() - 1];
  if (now.type == EventType::Return) calls.push_back(now.where);
  return calls;
}

EventIndex runningCall(const Playhead& at) {
  const std::vector<EventIndex> calls = runningCalls(at);
  return calls.empty() ? NoEvent : calls.back();
}

} // namespace sockwalk::tell
