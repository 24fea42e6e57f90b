// A question as a lesson asks it, for the tests of pictures: what it asks for is covered.
#pragma once
#include "engine/tell/lessons/covers.h"
#include "engine/tell/lessons/problem.h"

namespace sockwalk::tests {

inline tell::Covers askedNow(const scenario::Session& session, EventIndex at, const std::string& formula) {
  tell::Question question;
  question.kind = tell::AnswerKind::Number;
  tell::Problems problems("question");
  question.answer = tell::formulaOf({formula, {}}, problems);
  tell::Covers out;
  out.add(session, at, question);
  return out;
}

} // namespace sockwalk::tests
