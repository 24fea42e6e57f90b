// "Write the call": a line that a learner has written is made where a lesson stands, and what it brings about is held
// against a goal. It runs on a machine of its own, which is played again up to that moment: the walk keeps its record.
//
//   CallBench bench(session, stop, "result(call) == EBADF");
//   bench.run("listen(3, 1)").reached
//
// The call takes the place of the one that begins at the stop, if one does. A second passes after it, so that what it set
// going comes to its end. The goal (goal.h) is over what is recorded from the call on.
#pragma once
#include "engine/scenario/session.h"
#include "engine/tell/lessons/goal.h"

namespace sockwalk::tell {

struct CallOutcome {
  std::string trouble; // why no call was made; then nothing is judged
  std::string text;    // the call as it is listed: "listen(3, 1)"
  std::string result;  // "-1 EBADF (9)"; "": it sleeps
  bool reached = false;
  std::vector<bool> others; // whether each of the other goals is reached
};

class CallBench {
public:
  CallBench(const scenario::Session& session, EventIndex stop, std::string goal, std::vector<std::string> others = {});
  // An error: at this moment no call can be made, for another is in the middle of its way.
  Result<void> ready() const;
  CallOutcome run(const std::string& line) const;
  bool reachedWithout() const; // though nothing is called

private:
  struct Start {
    size_t steps = 0; // of the player
    s64 time = 0;     // to which it passes then, ns
  };
  Result<Start> start() const;
  Result<std::unique_ptr<scenario::Session>> machineThere() const;
  void judge(const scenario::Session& session, const GoalPart& part, CallOutcome& out) const;

  std::vector<scenario::SessionStimulus> m_stimuli;
  scenario::MachineSetup m_setup;
  EventIndex m_stop;
  std::string m_goal;
  std::vector<std::string> m_others;
  mutable std::optional<Start> m_start; // once it is known
};

} // namespace sockwalk::tell
