#include "app/cli_lesson_files.h"
#include "app/cli_command.h"
#include "engine/tell/lessons/lesson_bundle.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_questions.h"
#include "engine/tell/lessons/lesson_results.h"
#include "engine/tell/lessons/person.h"
#include "engine/tell/messages.h"
#include <cstdio>

namespace sockwalk::cli {

bool sayProblems(const std::string& folder, std::optional<u32> seed) {
  const auto problems = tell::checkLesson(folder, seed);
  for (const std::string& line : tell::lines(problems)) std::puts(line.c_str());
  return !problems.empty();
}

static int refused(const Error& error) { return say(tell::spokenMessage(error.message)), BadUsage; }

int packLesson(const std::string& folder, const std::string& out) {
  if (!tell::isLessonBundle(out)) return refused({"'" + out + "': a bundle is a file .swlesson"});
  if (sayProblems(folder)) return Failed;
  const auto bytes = tell::packLesson(folder);
  if (!bytes) return refused(bytes.error());
  return writeFile(out, *bytes) ? Done : BadUsage;
}

int unpackLesson(const std::string& bundle) {
  const auto lesson = tell::unpackLesson(bundle, tell::ownLessons());
  if (!lesson) return refused(lesson.error());
  std::puts(lesson->c_str());
  return Done;
}

int lessonQuestions(const std::string& folder, const std::string& out) {
  const bool xml = out.ends_with(".xml");
  if (!xml && !out.ends_with(".gift")) return refused({"'" + out + "': questions are written as .gift or .xml"});
  if (sayProblems(folder)) return Failed;
  const auto lesson = tell::readLesson(folder);
  if (!lesson) return refused(lesson.error());
  const auto session = tell::playedToEnd(lesson->played({}));
  if (!session) return refused(session.error());
  const auto quiz = tell::quizOf(*lesson, **session);
  if (!quiz) return refused(quiz.error());
  for (const auto* told : {&quiz->left, &quiz->changed})
    for (const tell::Text& sentence : *told) say(spoken(sentence));
  return writeFile(out, xml ? tell::moodleXml(*quiz) : tell::gift(*quiz)) ? Done : BadUsage;
}

int lessonResults(const std::string& out) {
  const auto results = tell::readResults(tell::resultsFile());
  if (!results) return refused(results.error());
  const auto person = tell::readPerson(tell::personFile());
  if (!person) return refused(person.error());
  const auto bytes = tell::reportFor(out.empty() ? ".csv" : out, *results, person->name);
  if (!bytes) return refused(bytes.error());
  if (!out.empty()) return writeFile(out, *bytes) ? Done : BadUsage;
  std::fputs(bytes->c_str(), stdout);
  return Done;
}

} // namespace sockwalk::cli
