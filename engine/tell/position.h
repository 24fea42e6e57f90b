// Positions of a walk by the words that people use for them.
#pragma once
#include "engine/base/result.h"
#include "engine/journal/queries.h"
#include "engine/scenario/session.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

// The steps of one stimulus (a system call, a frame), or of what happens before the first (-1: power off).
struct Steps {
  EventIndex begin = 0;                  // where it stands before its first step
  std::vector<EventIndex> ends;          // where each step ends, ascending
  int before(EventIndex position) const; // how many lie before a position
};
// With Unit::Stimulus the steps are those of the whole record, stimulus by stimulus.
Steps stepsOf(const Journal& journal, int stimulus, Unit unit);

// Remembers the steps that it counted last, so that who asks about one moment after another counts a stimulus once.
class StepCounter {
public:
  const Steps& of(const Journal& journal, int stimulus, Unit unit);
  void forget() { m_counted = NothingYet; } // another journal, or it grew

private:
  static constexpr int NothingYet = -2; // -1 is power off
  int m_counted = NothingYet;
  Unit m_unit = Unit::Call;
  Steps m_steps;
};

// How a person names moments: "step 57", as the toolbar counts the calls and returns of a system call or frame; of another
// one than that in which `here` stands (NoEvent: of any), with what it is: "step 57 of socket()".
class StepNames {
public:
  explicit StepNames(const Journal& journal) : m_journal(journal) {}
  Text name(EventIndex position, EventIndex here);

private:
  const Journal& m_journal;
  StepCounter m_steps;
};
// Of one moment; who names many keeps a StepNames.
inline Text stepName(const Journal& journal, EventIndex position, EventIndex here) {
  return StepNames(journal).name(position, here);
}

// The first position worth looking at: where the first named call of a script, or the first frame of a capture begins;
// else the first call after boot. NoEvent while that is not recorded yet.
EventIndex firstMoment(const scenario::Session& session);

// A position as a person writes it: "start", "end", "event 1200", a step of the stimulus in which `from` stands ("57",
// "step 57"), a stimulus by its number (0: the boot) or its //@case ("stimulus 3", "socket_tcp"), one of its steps ("socket_tcp step
// 12"), the next call of a function of the kernel ("inet_create"). Errors say what was expected.
Result<EventIndex> positionNamed(const Journal& journal, EventIndex from, std::string_view wish);

} // namespace sockwalk::tell
