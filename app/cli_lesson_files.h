// What `sockwalk lesson` writes of lessons: bundles, questions, results.
#pragma once
#include "engine/base/types.h"
#include <optional>
#include <string>

namespace sockwalk::cli {

int packLesson(const std::string& folder, const std::string& out);
int unpackLesson(const std::string& bundle);
int lessonQuestions(const std::string& folder, const std::string& out); // .gift or .xml
int lessonResults(const std::string& out);                              // .csv or .json; "": CSV, to stdout
// Prints what is wrong with the lesson; false if nothing is. Its labs are checked with the numbers of one seed, if it is said.
bool sayProblems(const std::string& folder, std::optional<u32> seed = {});

struct LabWish {
  std::string lab, answer;   // "": all of the lesson; only told
  std::optional<u32> seed{}; // none: the person's own
};
int lessonLabs(const std::string& folder, const LabWish& wish);

} // namespace sockwalk::cli
