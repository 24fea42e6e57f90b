// Whether a lesson can be trusted: its scenario is played, each stop is looked for, each formula computed, each question
// asked of the engine, each lab solved by its kept solution. What the engine contradicts is a problem of the lesson, with
// file, line and column; it never becomes a wrong answer of a student.
#pragma once
#include "engine/tell/lessons/lesson_file.h"
#include <functional>

namespace sockwalk::tell {

// Of the folder, or its lesson.md: in all its languages. Labs with numbers of a person's own are checked with the smallest,
// the largest, and those of some seeds; or with those of one.
std::vector<LessonProblem> checkLesson(const std::string& path, std::optional<u32> seed = {});
// Of a lesson that has been read, in a record that is complete.
std::vector<LessonProblem> checkLesson(const Lesson& lesson, const scenario::Session& session);
// The same of its labs alone, which play scripts of their own.
std::vector<LessonProblem> checkLabs(const Lesson& lesson, std::optional<u32> seed = {});

// A record without an end is none to walk through: more events than this are not played.
constexpr EventIndex MaxLessonEvents = 40'000'000;
// Plays it to its end; the error says what cannot be opened or does not go as the script says.
Result<std::unique_ptr<scenario::Session>> playedToEnd(const PlayedFile& file);
Result<std::unique_ptr<scenario::Session>> toEnd(std::unique_ptr<scenario::Session> session, const std::string& name);

} // namespace sockwalk::tell
