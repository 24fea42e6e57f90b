#include "engine/tell/lessons/call_bench.h"
#include "engine/scenario/parser.h"
#include "engine/tell/messages.h"
#include "engine/tell/values.h"
#include <algorithm>

namespace sockwalk::tell {

CallBench::CallBench(const scenario::Session& session, EventIndex stop, std::string goal,
                     std::vector<std::string> others)
    : m_stimuli(session.stimuli()), m_setup(session.setup()), m_stop(stop), m_goal(std::move(goal)),
      m_others(std::move(others)) {}

// The stimulus that begins at an event, among those from `first` on: its call has not run yet.
static const Stimulus* beginsAt(const Journal& j, size_t first, EventIndex at) {
  const auto& all = j.stimuli();
  if (first < all.size() && at <= all[first].event) return &all[first];
  const auto found = std::find_if(all.begin() + static_cast<long>(std::min(first, all.size())), all.end(),
                                  [at](const Stimulus& s) { return s.event == at || s.event + 1 == at; });
  return found == all.end() ? nullptr : &*found;
}

// A machine cannot stop in the middle of a step: it is played once to see which step would go past the stop.
Result<CallBench::Start> CallBench::start() const {
  if (m_start) return *m_start;
  const Error within{"at this moment another call is in the middle of its way"};
  auto session = scenario::Session::open(m_stimuli, m_setup);
  if (!session) return session.error();
  const Journal& j = (*session)->journal();
  if (j.size() > m_stop) return within;
  Start out;
  for (; j.size() < m_stop && (*session)->pending(); ++out.steps) {
    const size_t stimuli = j.stimuli().size();
    (*session)->runNext();
    if (j.size() <= m_stop) continue;
    const Stimulus* const next = beginsAt(j, stimuli, m_stop);
    if (!next) return within;
    out.time = j.timeAt(next->event);
    break;
  }
  return m_start.emplace(out);
}

Result<void> CallBench::ready() const {
  if (const auto found = start(); !found) return found.error();
  return {};
}

Result<std::unique_ptr<scenario::Session>> CallBench::machineThere() const {
  const auto from = start();
  if (!from) return from.error();
  auto session = scenario::Session::open(m_stimuli, m_setup);
  if (!session) return session;
  for (size_t i = 0; i < from->steps && (*session)->pending(); ++i) (*session)->runNext();
  (*session)->passTime(from->time);
  return session;
}

constexpr s64 Second = 1'000'000'000; // ns

void CallBench::judge(const scenario::Session& session, const GoalPart& part, CallOutcome& out) const {
  out.reached = isReached(session, m_goal, part);
  for (const std::string& other : m_others) out.others.push_back(isReached(session, other, part));
}

CallOutcome CallBench::run(const std::string& line) const {
  CallOutcome out;
  const auto trouble = [&](const Error& why) { return out.trouble = spokenMessage(why.message), out; };
  if (const auto parsed = scenario::parseConsoleCall(line); !parsed) return trouble(parsed.error());
  auto session = machineThere();
  if (!session) return trouble(session.error());
  const auto call = (*session)->console(line);
  if (!call) return trouble(call.error());
  const Journal& j = (*session)->journal();
  (*session)->passTime((*session)->machine().now() + Second);
  const Stimulus& made = j.stimuli()[*call];
  out.text = made.text;
  if (made.finished) out.result = systemResult(made.result);
  judge(**session, {made.event, *call}, out);
  return out;
}

bool CallBench::reachedWithout() const {
  auto session = machineThere();
  if (!session) return false;
  CallOutcome out;
  const EventIndex from = (*session)->journal().size();
  (*session)->passTime((*session)->machine().now() + Second);
  judge(**session, {from, std::nullopt}, out);
  return out.reached;
}

} // namespace sockwalk::tell
