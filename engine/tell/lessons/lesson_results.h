// How far a person came in each lesson and how the questions were answered: results.json beside the person's settings. A
// lesson is its folder's name, a question its id: a lesson may be installed elsewhere tomorrow.
#pragma once
#include "engine/base/result.h"
#include "engine/base/types.h"
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

namespace sockwalk::tell {

struct QuestionResult {
  int tries = 0;
  bool right = false, atOnce = false; // at once: at the first try
  int points = 0;
  std::string when{}; // it was answered last: "2026-11-30T09:12:00Z"
  u32 seed = 0;       // of a lab that draws numbers: with which it was solved; 0: it draws none
};
struct LessonResult {
  std::string file;                                // where it lay when it was open last
  std::set<int> seen;                              // stops, from 0
  int last = -1;                                   // the stop that was shown last; -1: never begun
  std::map<std::string, QuestionResult> questions; // by id; labs, too
};
using LessonResults = std::map<std::string, LessonResult>;

std::string lessonName(const std::string& file); // "03-socket" of .../03-socket/lesson.md
inline constexpr const char* ResultsName = "results.json";
std::filesystem::path resultsFile(); // where the window keeps it
// Nothing is there: empty. The error says what is wrong with the file.
Result<LessonResults> readResults(const std::filesystem::path& file);
Result<void> writeResults(const std::filesystem::path& file, const LessonResults& results);
// Who takes a lesson again loses nothing: the better of both stays.
void keepBetter(QuestionResult& kept, const QuestionResult& now);

// ---- handed on
// Each result beside what the lesson says of it now.
struct QuestionReport {
  std::string stop, id, kind; // kind: "choose" ... "lab"
  QuestionResult result;
  int of = 0; // points there are; 0: the lesson has no such question any more
};
struct LessonReport {
  std::string name, title; // title "": it cannot be read any more
  int stops = 0, seen = 0;
  std::vector<QuestionReport> questions{};
};
std::vector<LessonReport> reportOf(const LessonResults& results); // of the lessons that were begun
// `person`: whose they are; "" if nobody says.
std::string csv(const std::vector<LessonReport>& reports, const std::string& person = ""); // a line for each question
nlohmann::json json(const std::vector<LessonReport>& reports, const std::string& person = "");
// By its ending, .csv or .json.
Result<std::string> reportFor(const std::string& file, const LessonResults& results, const std::string& person = "");

} // namespace sockwalk::tell
