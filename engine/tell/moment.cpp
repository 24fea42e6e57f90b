#include "engine/tell/moment.h"
#include "engine/tell/in_words.h"
#include "engine/tell/position.h"
#include "engine/tell/running.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

Moment momentAt(const Playhead& at) {
  const Journal& j = at.journal();
  Moment m;
  m.position = at.position();
  m.events = j.size();
  if (!m.position) return m;
  const EventIndex last = m.position - 1;
  const int stimulus = j.stimulusAt(last);
  const Steps steps = stepsOf(j, stimulus, Unit::Call);
  m.step = steps.before(m.position);
  m.steps = int(steps.ends.size());
  if (stimulus >= 0) {
    m.stimulus = j.stimuli()[size_t(stimulus)].text;
    m.name = j.stimuli()[size_t(stimulus)].name;
  }
  m.time = j.timeAt(last);
  if (const Context& c = j.contextAt(last); c.kind == Context::Task) m.task = c.name;
  for (const EventIndex open : runningCalls(at))
    m.stack.push_back({open, call(at, open), std::string(j.function(j[open]).file)});
  m.sentence = event(at, last);
  return m;
}

std::vector<std::string> lines(const Moment& m) {
  std::vector<std::string> out{spoken(say("event %1 of %2, %3", m.position, m.events, time(m.time)))};
  const Text what = m.task.empty() ? stimulusText(m.stimulus) : Text::list(": ", {m.task, m.stimulus});
  if (!m.stimulus.empty())
    out.push_back(spoken(say("step %1 of %2 of %3", m.step, m.steps, what)) +
                  (m.name.empty() ? "" : "   [" + m.name + "]"));
  for (size_t depth = 0; depth < m.stack.size(); ++depth)
    out.push_back(std::string(2 * (depth + 1), ' ') + m.stack[depth].call);
  if (!m.sentence.empty()) out.push_back(spoken(m.sentence));
  return out;
}

nlohmann::json json(const Moment& m) {
  nlohmann::json stack = nlohmann::json::array();
  for (const RunningCall& c : m.stack) stack.push_back({{"event", c.event}, {"call", c.call}, {"file", c.file}});
  return {{"position", m.position},
          {"events", m.events},
          {"step", m.step},
          {"steps", m.steps},
          {"stimulus", m.stimulus},
          {"name", m.name},
          {"time_ns", m.time},
          {"task", m.task},
          {"stack", std::move(stack)},
          {"sentence", english(m.sentence)}};
}

} // namespace sockwalk::tell
