// What `sockwalk lesson` writes of lessons: bundles, questions, results.
#pragma once
#include <string>

namespace sockwalk::cli {

int packLesson(const std::string& folder, const std::string& out);
int unpackLesson(const std::string& bundle);
int lessonQuestions(const std::string& folder, const std::string& out); // .gift or .xml
int lessonResults(const std::string& out);                              // .csv or .json; "": CSV, to stdout
bool sayProblems(const std::string& folder); // prints what is wrong with the lesson; false if nothing is

} // namespace sockwalk::cli
