#include "engine/scenario/script_clock.h"
#include <algorithm>

namespace sockwalk::scenario {

s64 ScriptClock::dueAt(const EventTime& time) const {
  switch (time.kind) {
  case TimeKind::Absolute:
  case TimeKind::AbsoluteRange: return m_start + time.from;
  case TimeKind::Relative:
  case TimeKind::RelativeRange: return m_last + time.from;
  default: return now();
  }
}

s64 ScriptClock::endOf(const EventTime& time, s64 end) const {
  return (time.kind == TimeKind::Absolute ? m_start : m_last) + end;
}

s64 ScriptClock::tolerance(s64 expected) const {
  s64 tolerance = 4'000'000;
  if (auto usecs = m_context.script.option("tolerance_usecs")) tolerance = std::stoll("0" + *usecs) * 1000;
  double percent = 12.5; // of the time since the event before
  if (auto given = m_context.script.option("tolerance_percent")) percent = std::strtod(given->c_str(), nullptr);
  return std::max(tolerance, static_cast<s64>(static_cast<double>(expected - m_last) * percent / 100));
}

std::optional<PlayError> ScriptClock::lateness(const Event& event, s64 sent) const {
  const EventTime& time = event.time;
  if (time.kind == TimeKind::Any || time.kind == TimeKind::Unspecified) return std::nullopt;
  const s64 from = dueAt(time), to = from + (time.to - time.from);
  const bool early = sent<from - tolerance(from), late = sent> to + tolerance(to);
  if (!early && !late) return std::nullopt;
  return PlayError{event.position, "the packet left " + std::to_string(std::abs(sent - (early ? from : to)) / 1000) +
                                       " us " + (early ? "earlier" : "later") + " than the script says"};
}

void ScriptClock::advanceTo(s64 time) {
  kernel::Machine& machine = m_context.machine();
  while (machine.nextTimer() >= 0 && machine.nextTimer() <= time && !machine.panicked()) {
    onTimer(machine.nextTimer());
    machine.runUntil(machine.nextTimer());
    onPassed();
  }
  if (time > machine.now()) machine.runUntil(time);
}

bool ScriptClock::advanceToTimer(s64 latest) {
  kernel::Machine& machine = m_context.machine();
  const s64 timer = machine.nextTimer();
  if (timer < 0 || timer > latest) return false;
  machine.runUntil(timer);
  onPassed();
  return true;
}

} // namespace sockwalk::scenario
