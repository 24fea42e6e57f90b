// A goal of a lab: a condition over a whole record.
//
//   count(retransmit) == 1 && count(rto) == 0     how often since boot something is noted, called, dropped
//   drop == SOCKET_RCVBUFF                        a packet was dropped for that reason
//   result(connect) == ECONNREFUSED               what a //@case of the script gave back
//   sock.sk_state == TCP_TIME_WAIT                at some moment: the conditions of until.h
//
// What && joins may be of both kinds: the run's hold of the record as a whole, and those of a moment together once in it.
// A comparison, or what stands in brackets, is of one kind. It is the record that is asked, never a text. A goal may speak
// of a part of the record: from a call on, which `result(call)` then names.
#pragma once
#include "engine/scenario/session.h"
#include "engine/tell/expression/expression.h"
#include "engine/tell/lessons/problem.h"

namespace sockwalk::tell {

struct GoalPart {
  EventIndex from = 0;          // what was before is not counted
  std::optional<u32> call = {}; // the stimulus that 'call' is the name of
};

class RunVocabulary final : public expression::Vocabulary {
public:
  explicit RunVocabulary(const Journal& journal, const GoalPart& part = {});
  std::optional<expression::Name> find(std::string_view word) const override;
  std::vector<expression::Name> names() const override;
  std::vector<expression::Constant> constants(const expression::Name& name) const override;
  std::vector<expression::Constant> arguments(const expression::Name& name) const override;
  static bool knows(std::string_view word); // of the run; anything else is of a moment

private:
  std::vector<expression::Constant> m_countable, m_cases;
};

// What is wrong with the text, if something is.
std::optional<expression::Problem> troubleWithGoal(const scenario::Session& session, const std::string& goal,
                                                   const GoalPart& part = {});
// Whether the record shows it; a goal with a problem is never reached.
bool isReached(const scenario::Session& session, const std::string& goal, const GoalPart& part = {});

} // namespace sockwalk::tell
