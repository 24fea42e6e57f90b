// What is wrong with a lesson: where, and what its author can do about it.
#pragma once
#include "engine/tell/text.h"
#include <string>
#include <vector>

namespace sockwalk::tell {

// A place in a file, as editors count; line 0: the file as a whole.
struct Spot {
  int line = 0, column = 0;
  bool operator==(const Spot&) const = default;
};

struct LessonProblem {
  std::string file;
  Spot spot;
  Text what, remedy; // sentences without a full stop; a remedy may be empty where the sentence says it
};
// "lesson.md:12:5: there is no view 'objcts'; the nearest is objects"
std::string line(const LessonProblem& problem);
std::vector<std::string> lines(const std::vector<LessonProblem>& problems);

// The problems of one file, as they are found. A lesson is read to its end, so that all of them are said at once.
class Problems {
public:
  explicit Problems(std::string file) : m_file(std::move(file)) {}
  void add(Spot spot, Text what, Text remedy); // what has been told of that place already is not told again
  const std::string& file() const { return m_file; }
  const std::vector<LessonProblem>& all() const { return m_all; }
  bool none() const { return m_all.empty(); }

private:
  std::string m_file;
  std::vector<LessonProblem> m_all;
};

Text withoutStop(std::string sentence); // as the first half of one

// "did you mean objects?", or all that there are, if none is near.
Text nearestOf(const std::string& word, const std::vector<std::string>& names);

} // namespace sockwalk::tell
