// The clock of a script: when an event is due, how far off it may be, and letting time pass until then.
//
// A script counts from its own time 0, or from when the event before was over. Time passes from timer to timer; after each,
// whoever waits for what it changed is told (`onPassed`), so that a call that it woke returns at its moment and not later.
#pragma once
#include "engine/scenario/script_context.h"

namespace sockwalk::scenario {

class ScriptClock {
public:
  static constexpr s64 LongestWait = 60'000'000'000; // ns that a call may block before the play goes on without it

  explicit ScriptClock(ScriptContext& context) : m_context(context) {}
  void begin() { m_start = m_last = now(); } // the script's time 0

  std::function<void(s64 timer)> onTimer; // one is about to fire
  std::function<void()> onPassed;         // it has, or an event is through

  s64 now() const { return m_context.machine().now(); }
  s64 start() const { return m_start; }
  s64 lastEvent() const { return m_last; } // ns; when the event before was over
  void eventOver(s64 time) { m_last = time; }
  void eventOverAfter(s64 time) { m_last = std::max(m_last, time); } // events may overlap: the later one counts

  s64 dueAt(const EventTime& time) const;
  s64 endOf(const EventTime& time, s64 end) const; // of a call that blocks: on the same base as its beginning
  s64 tolerance(s64 expected) const;
  // What to say of a packet that left at `sent`, if that is not when the event says.
  std::optional<PlayError> lateness(const Event& event, s64 sent) const;

  void advanceTo(s64 time);
  bool advanceToTimer(s64 latest); // to the next one; false: there is none, or it fires later than that

private:
  ScriptContext& m_context;
  s64 m_start = 0, m_last = 0;
};

} // namespace sockwalk::scenario
