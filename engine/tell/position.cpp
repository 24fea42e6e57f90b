#include "engine/tell/position.h"
#include "engine/base/whole_number.h"
#include "engine/journal/era_of.h"
#include "engine/tell/in_words.h"
#include <algorithm>

namespace sockwalk::tell {

int Steps::before(EventIndex position) const {
  return int(std::upper_bound(ends.begin(), ends.end(), position) - ends.begin());
}

Steps stepsOf(const Journal& j, int stimulus, Unit unit) {
  Steps steps;
  const auto& stimuli = j.stimuli();
  if (unit == Unit::Stimulus) {
    for (const Stimulus& s : stimuli) steps.ends.push_back(s.event + 1);
    return steps;
  }
  steps.begin = stimulus < 0 ? 0 : stimuli[size_t(stimulus)].event + 1;
  const bool last = stimulus + 1 >= int(stimuli.size());
  const EventIndex end = last ? j.size() : stimuli[size_t(stimulus) + 1].event;
  for (EventIndex p = steps.begin; p < end;) {
    p = stepInto(j, p, unit);
    if (p > end) break;
    const EventType type = j[p - 1].type;
    if (unit == Unit::Event || type == EventType::Call || type == EventType::Return) steps.ends.push_back(p);
  }
  return steps;
}

const Steps& StepCounter::of(const Journal& j, int stimulus, Unit unit) {
  if (stimulus != m_counted || unit != m_unit) m_steps = stepsOf(j, stimulus, unit);
  m_counted = stimulus;
  m_unit = unit;
  return m_steps;
}

static int stimulusBefore(const Journal& j, EventIndex position) { return position ? j.stimulusAt(position - 1) : -1; }

// "socket()" of a call, "frame on eth0" of a frame.
static Text shortName(const Journal& j, int stimulus) {
  if (stimulus < 0) return say("power off");
  const std::string& text = j.stimuli()[size_t(stimulus)].text;
  const size_t end = text.find_first_of("(,:");
  if (end == text.npos) return stimulusText(text);
  return text[end] == '(' ? Text(text.substr(0, end) + "()") : stimulusText(text.substr(0, end));
}

Text StepNames::name(EventIndex position, EventIndex here) {
  const int stimulus = stimulusBefore(m_journal, position);
  const int step = m_steps.of(m_journal, stimulus, Unit::Call).before(position);
  if (here != NoEvent && stimulus == stimulusBefore(m_journal, here)) return say("step %1", step);
  return say("step %1 of %2", step, shortName(m_journal, stimulus));
}

EventIndex firstMoment(const scenario::Session& session) {
  const auto& driven = session.stimuli();
  const bool capture = !driven.empty() && std::holds_alternative<scenario::CaptureStimulus>(driven.front());
  EventIndex first = NoEvent;
  for (const Stimulus& s : session.journal().stimuli()) {
    if (s.name == "boot") continue;
    const bool frame = s.text.find("on eth0") != std::string::npos; // "frame on eth0, ...", "3 frames on eth0, ..."
    if (capture ? frame : !s.name.empty()) return s.event + 1;
    if (first == NoEvent && session.journal().contextAt(s.event).kind != Context::Boot) first = s.event + 1;
  }
  return session.pending() ? NoEvent : first; // the better one may be still to come
}

namespace {

// What stands behind a word and a blank: after("event 12", "event") is "12".
std::optional<std::string_view> after(std::string_view wish, std::string_view word) {
  if (!wish.starts_with(word) || wish.size() <= word.size() || wish[word.size()] != ' ') return std::nullopt;
  return wish.substr(word.size() + 1);
}

Result<EventIndex> stepNumbered(const Journal& j, int stimulus, std::string_view digits) {
  const Steps steps = stepsOf(j, stimulus, Unit::Call);
  const auto number = wholeNumber<u32>(digits);
  if (!number) return Error{"'" + std::string(digits) + "' is no number of a step"};
  if (*number > steps.ends.size())
    return Error{(stimulus < 0 ? std::string("power off") : j.stimuli()[size_t(stimulus)].text) + " has " +
                 std::to_string(steps.ends.size()) + " steps, so there is no step " + std::to_string(*number)};
  return *number ? steps.ends[*number - 1] : steps.begin;
}

int stimulusNamed(const Journal& j, std::string_view name) { // -1: none
  const auto& all = j.stimuli();
  if (const auto digits = after(name, "stimulus")) {
    const auto number = wholeNumber<u32>(*digits);
    return number && *number < all.size() ? int(*number) : -1;
  }
  const auto found = std::find_if(all.begin(), all.end(), [&](const Stimulus& s) { return s.name == name; });
  return name.empty() || found == all.end() ? -1 : int(found - all.begin());
}

Result<EventIndex> callNamed(const Journal& j, EventIndex from, std::string_view name) {
  const FunctionInfo* f = functionNamed(j, name);
  if (!f)
    return Error{"'" + std::string(name) +
                 "' is no position: expected a step, \"event N\", \"stimulus N\", \"start\", \"end\", the name of a "
                 "//@case, or a function of the kernel"};
  EventIndex to = nextCall(j, from, f->id, true);
  if (to == from) to = nextCall(j, 0, f->id, true);
  if (to == 0) return Error{std::string(name) + " is not called in this walk"};
  return to;
}

} // namespace

Result<EventIndex> positionNamed(const Journal& j, EventIndex from, std::string_view wish) {
  if (wish == "start") return EventIndex(0);
  if (wish == "end") return j.size();
  const int here = from ? j.stimulusAt(from - 1) : -1;
  if (const auto digits = after(wish, "step")) return stepNumbered(j, here, *digits);
  if (wholeNumber<u32>(wish)) return stepNumbered(j, here, wish);
  if (const auto digits = after(wish, "event")) {
    const auto number = wholeNumber<u32>(*digits);
    if (number && *number <= j.size()) return EventIndex(*number);
    return Error{"the record has " + std::to_string(j.size()) + " events, so there is no event " +
                 std::string(*digits)};
  }
  const size_t step = wish.rfind(" step ");
  if (const int stimulus = stimulusNamed(j, wish.substr(0, step)); stimulus >= 0)
    return stepNumbered(j, stimulus, step == wish.npos ? "0" : wish.substr(step + 6));
  if (step != wish.npos || after(wish, "stimulus"))
    return Error{"there is no stimulus '" + std::string(wish.substr(0, step)) + "' in this walk; the last is number " +
                 std::to_string(j.stimuli().size() - 1)};
  return callNamed(j, from, wish);
}

} // namespace sockwalk::tell
