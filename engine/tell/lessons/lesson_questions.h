// The questions of a lesson for a learning system: as GIFT, which is text, or as Moodle XML. The answers are the engine's.
// What the engine alone can judge, a click in the picture, a call that is written, a lab, is left out, and that is said.
#pragma once
#include "engine/tell/lessons/lesson_file.h"

namespace sockwalk::tell {

struct QuizAnswer {
  std::string text;
  bool right = false;
  std::string feedback{};
};
struct QuizQuestion {
  enum Kind : u8 { Choose, Number, Text, Match } kind = Choose;
  std::string name, ask, because, hint;
  int points = 1;
  std::vector<QuizAnswer> answers{};                        // not of Match
  std::vector<std::pair<std::string, std::string>> pairs{}; // of Match
};
struct Quiz {
  std::string title;
  std::vector<QuizQuestion> questions{};
  std::vector<Text> left{};    // what is left out, a sentence each
  std::vector<Text> changed{}; // what is asked in another way there
};
// Of a lesson without problems, in a record that is complete.
Result<Quiz> quizOf(const Lesson& lesson, const scenario::Session& session);
std::string gift(const Quiz& quiz);
std::string moodleXml(const Quiz& quiz);

} // namespace sockwalk::tell
