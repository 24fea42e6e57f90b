#include "engine/tell/stimuli.h"
#include "engine/kernel/machine/machine.h"
#include "engine/tell/in_words.h"
#include "engine/tell/values.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

// Whoever sleeps does so in the scheduler; that it waits there says nothing.
bool isScheduler(std::string_view function) { return function == "schedule" || function == "schedule_timeout"; }

// The socket that a call was handed; 0 if none.
u64 socketOf(const Journal& j, const Event& call) {
  const FunctionInfo& f = j.function(call);
  const auto values = j.arguments(call);
  for (size_t i = 0; i < values.size() && i < f.argumentTypes.size(); ++i)
    if (f.argumentTypes[i] == "sock" && values[i]) return values[i];
  return 0;
}

// What is known from the calls that are open, the innermost first.
Text sleepsIn(const Playhead& at, u32 pid, EventIndex innermost) {
  const Journal& j = at.journal();
  std::string waits;
  u64 on = 0;
  for (EventIndex c = innermost; c != NoEvent && (waits.empty() || !on); c = j.callerOf(c)) {
    const std::string_view name = j.function(j[c]).name;
    if (waits.empty() && !isScheduler(name)) waits = name;
    if (!on) on = socketOf(j, j[c]);
  }
  if (waits.empty()) return say("task %1 sleeps", pid);
  return on ? say("task %1 sleeps in %2(), on %3", pid, waits, addressName(at, on))
            : say("task %1 sleeps in %2()", pid, waits);
}

Text outcomeOf(const Playhead& at, const kernel::Machine& machine, const StimulusRow& row) {
  const Stimulus& s = at.journal().stimuli()[size_t(row.number)];
  if (!row.call) return {};
  if (s.finished) return "= " + systemResult(s.result);
  Text on = waitsFor(at, machine, row.number);
  return on.empty() ? say("has not returned yet") : on;
}

} // namespace

Text waitsFor(const Playhead& at, const kernel::Machine& machine, int stimulus) {
  for (const auto& [pid, task] : machine.tasks())
    if (task->fibre && int(task->stimulus) == stimulus) return sleepsIn(at, u32(pid), task->openCall);
  return {};
}

StimulusRow stimulusRow(const Playhead& at, const kernel::Machine& machine, int number) {
  const Journal& j = at.journal();
  const Stimulus& s = j.stimuli()[size_t(number)];
  StimulusRow row;
  row.number = number;
  row.event = s.event;
  row.text = s.text;
  row.name = s.name;
  row.call = j.contextAt(s.event).kind == Context::Task;
  row.failed = row.call && s.finished && s.result < 0;
  row.waits = row.call && !s.finished;
  row.outcome = outcomeOf(at, machine, row);
  return row;
}

std::vector<StimulusRow> stimuli(const Playhead& at, const kernel::Machine& machine) {
  std::vector<StimulusRow> out;
  out.reserve(at.journal().stimuli().size());
  for (int i = 0; i < int(at.journal().stimuli().size()); ++i) out.push_back(stimulusRow(at, machine, i));
  return out;
}

std::vector<std::string> lines(const std::vector<StimulusRow>& stimuli) {
  std::vector<std::string> out;
  out.reserve(stimuli.size());
  for (const StimulusRow& s : stimuli)
    out.push_back(std::to_string(s.number) + "  " + spoken(Text::list(" ", {stimulusText(s.text), s.outcome})) +
                  (s.name.empty() ? "" : "   [" + s.name + "]"));
  return out;
}

nlohmann::json json(const std::vector<StimulusRow>& stimuli) {
  nlohmann::json out = nlohmann::json::array();
  for (const StimulusRow& s : stimuli)
    out.push_back({{"number", s.number},
                   {"event", s.event},
                   {"text", s.text},
                   {"name", s.name},
                   {"call", s.call},
                   {"failed", s.failed},
                   {"waits", s.waits},
                   {"outcome", english(s.outcome)}});
  return out;
}

} // namespace sockwalk::tell
