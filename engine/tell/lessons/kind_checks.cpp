#include "engine/tell/lessons/kind_checks.h"
#include "engine/tell/messages.h"
#include <algorithm>

namespace sockwalk::tell {

Text reasonOf(const Error& why) { return withoutStop(spokenMessage(why.message)); }

// ---- a call

namespace {

bool meansSomething(const scenario::Session& session, const std::string& goal, Spot spot, Problems& problems) {
  const auto problem = troubleWithGoal(session, goal, {0, 0});
  if (problem)
    problems.add({spot.line, spot.column + int(problem->from)}, problem->sentence,
                 say("a goal is, for example, %1", "result(call) == EBADF"));
  return !problem;
}

bool standsInWalk(const scenario::Session& session, const std::string& call) {
  return std::ranges::any_of(session.journal().stimuli(), [&](const Stimulus& s) { return s.text == call; });
}

} // namespace

void checkWrite(const scenario::Session& session, const Question& q, const RightAnswer& right, Spot where,
                Problems& problems) {
  bool good = meansSomething(session, q.goal.text, q.goal.spot, problems);
  for (const Wrong& w : q.wrong) good &= meansSomething(session, w.answer, w.spot, problems);
  if (!good) return;
  if (const auto ready = right.bench->ready(); !ready)
    return problems.add(where, reasonOf(ready.error()),
                        say("a call is made between two: stop, or say 'when:', at 'stimulus CASE' or 'end CASE'"));
  const CallOutcome solved = right.bench->run(q.solution.text);
  if (!solved.trouble.empty())
    return problems.add(q.solution.spot, reasonOf(Error{solved.trouble}), say("the solution is a call that is made"));
  if (!solved.reached)
    problems.add(q.goal.spot, say("the solution does not reach the goal"),
                 say("the engine says so: change one of the two"));
  for (size_t i = 0; i < q.wrong.size(); ++i)
    if (solved.others[i])
      problems.add(q.wrong[i].spot, say("'%1' is called wrong, and the solution brings it about", q.wrong[i].answer),
                   say("explain answers that are wrong"));
  if (right.bench->reachedWithout())
    problems.add(q.goal.spot, say("the goal is reached before anything is done"),
                 say("ask for something that only the call does"));
  if (standsInWalk(session, solved.text))
    problems.add(q.solution.spot, say("the walk makes this very call, so that it stands in its list"),
                 say("ask for a call that the scenario does not make"));
}

// ---- pointers

void checkDrag(const Question& q, const RightAnswer& right, Spot where, Problems& problems) {
  const std::string says = saidOf(right.pointers);
  const auto asWritten = [&](const Written& w, bool is, Text what, Text remedy) {
    const auto stands = standAs(w.text, right.pointers);
    if (!stands)
      problems.add(w.spot, say("'%1' says of no pointer where it stands", w.text), say("for example '%1'", says));
    else if (*stands != is) problems.add(w.spot, std::move(what), std::move(remedy));
  };
  if (!q.expect.text.empty())
    asWritten(q.expect, true, say("'%1' is expected, and the engine says '%2'", q.expect.text, says),
              say("look at 'pointers:' and 'when:'"));
  for (const Wrong& w : q.wrong)
    asWritten({w.answer, w.spot}, false, say("'%1' is called wrong, and the engine says '%2'", w.answer, says),
              say("explain answers that are wrong"));
  if (right.board->living && saidOf(right.board->asked) == says)
    problems.add(where, say("the pointers stand there at this stop already, for all to see"),
                 say("ask with 'when:' where they will stand"));
}

} // namespace sockwalk::tell
