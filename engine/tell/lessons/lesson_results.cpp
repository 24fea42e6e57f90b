#include "engine/tell/lessons/lesson_results.h"
#include "engine/base/data.h"
#include "engine/base/whole_file.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/lessons/person.h"
#include <fstream>
#include <nlohmann/json.hpp>
#include <tuple>

namespace sockwalk::tell {

namespace fs = std::filesystem;
using Json = nlohmann::json;

static constexpr int Version = 1;

std::string lessonName(const std::string& file) { return fs::absolute(file).parent_path().filename().string(); }
fs::path resultsFile() { return settingsFile(ResultsName); }

// ---- the file

static QuestionResult questionOf(const Json& from) {
  return {from.at("tries").get<int>(),  from.at("right").get<bool>(),       from.at("atOnce").get<bool>(),
          from.at("points").get<int>(), from.at("when").get<std::string>(), from.value("seed", 0u)};
}

static LessonResult lessonOf(const Json& from) {
  LessonResult out{
      from.at("file").get<std::string>(), from.at("seen").get<std::set<int>>(), from.at("last").get<int>(), {}};
  for (const auto& [id, question] : from.at("questions").items()) out.questions[id] = questionOf(question);
  return out;
}

Result<LessonResults> readResults(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return LessonResults();
  try {
    const Json whole = Json::parse(in);
    if (whole.at("version") != Version)
      return Error{file.string() + ": the results were kept by a later version of the program"};
    LessonResults out;
    for (const auto& [name, lesson] : whole.at("lessons").items()) out[name] = lessonOf(lesson);
    return out;
  } catch (const Json::exception& e) {
    return Error{file.string() + ": no results are in it: " + e.what()};
  }
}

Result<void> writeResults(const fs::path& file, const LessonResults& results) {
  Json lessons = Json::object();
  for (const auto& [name, lesson] : results) {
    Json questions = Json::object();
    for (const auto& [id, q] : lesson.questions) {
      questions[id] = {
          {"tries", q.tries}, {"right", q.right}, {"atOnce", q.atOnce}, {"points", q.points}, {"when", q.when}};
      if (q.seed) questions[id]["seed"] = q.seed;
    }
    lessons[name] = {{"file", lesson.file}, {"seen", lesson.seen}, {"last", lesson.last}, {"questions", questions}};
  }
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const Json whole{{"version", Version}, {"lessons", lessons}};
  return writeWholeFile(file, whole.dump(1, ' ', false, Json::error_handler_t::replace) + '\n');
}

void keepBetter(QuestionResult& kept, const QuestionResult& now) {
  const auto worth = [](const QuestionResult& r) { return std::tuple(r.points, r.atOnce, r.right); };
  if (worth(now) >= worth(kept)) kept = now;
}

// ---- handed on

// What a lesson asks, of those results that there are; the rest of them behind.
static void addQuestions(LessonReport& report, const Lesson& lesson, std::map<std::string, QuestionResult> results) {
  const auto add = [&](const std::string& stop, const std::string& id, const std::string& kind, int of) {
    report.questions.push_back({stop, id, kind, results[id], of});
    results.erase(id);
  };
  for (const LessonStop& stop : lesson.stops) {
    for (const Question& q : stop.questions)
      add(stop.heading, q.id, answerKindNames()[static_cast<size_t>(q.kind)], q.points);
    for (const Lab& lab : stop.labs) add(stop.heading, lab.id, "lab", lab.points);
  }
  for (const auto& [id, result] : results) report.questions.push_back({"", id, "", result});
}

std::vector<LessonReport> reportOf(const LessonResults& results) {
  std::vector<LessonReport> out;
  for (const auto& [name, result] : results) {
    const fs::path known = dataFile("lessons/" + name + "/lesson.md");
    const auto lesson = readLesson(known.empty() || fs::exists(result.file) ? result.file : known.string());
    LessonReport report{name, lesson ? lesson->title : "", lesson ? static_cast<int>(lesson->stops.size()) : 0};
    for (const int stop : result.seen) report.seen += stop >= 0 && (!lesson || stop < report.stops);
    addQuestions(report, lesson ? *lesson : Lesson(), result.questions);
    out.push_back(std::move(report));
  }
  return out;
}

// A table's program takes what begins with such a sign for a formula, and a lesson may be a stranger's.
static std::string cell(std::string words) {
  if (!words.empty() && std::string_view("=+-@\t\r").find(words.front()) != std::string_view::npos)
    words.insert(0, "'");
  if (words.find_first_of(",\"\r\n") == words.npos) return words;
  for (size_t at = 0; (at = words.find('"', at)) != words.npos; at += 2) words.insert(at, "\"");
  return '"' + words + '"';
}

std::string csv(const std::vector<LessonReport>& reports, const std::string& person) {
  std::string out = "person,lesson,title,seen,stops,stop,question,kind,tries,right,at_once,points,of,when,seed\r\n";
  const auto line = [&](const LessonReport& lesson, const QuestionReport& q) {
    const std::vector<std::string> cells{person,
                                         lesson.name,
                                         lesson.title,
                                         std::to_string(lesson.seen),
                                         std::to_string(lesson.stops),
                                         q.stop,
                                         q.id,
                                         q.kind,
                                         std::to_string(q.result.tries),
                                         q.result.right ? "yes" : "no",
                                         q.result.atOnce ? "yes" : "no",
                                         std::to_string(q.result.points),
                                         std::to_string(q.of),
                                         q.result.when,
                                         q.result.seed ? std::to_string(q.result.seed) : ""};
    for (size_t i = 0; i < cells.size(); ++i) out += (i ? "," : "") + cell(cells[i]);
    out += "\r\n";
  };
  for (const LessonReport& lesson : reports) {
    for (const QuestionReport& q : lesson.questions) line(lesson, q);
    if (lesson.questions.empty()) line(lesson, {}); // so that one sees how far
  }
  return out;
}

nlohmann::json json(const std::vector<LessonReport>& reports, const std::string& person) {
  Json out = Json::array();
  for (const LessonReport& lesson : reports) {
    Json questions = Json::array();
    int points = 0, of = 0;
    for (const QuestionReport& q : lesson.questions) {
      points += q.result.points, of += q.of;
      questions.push_back({{"stop", q.stop},
                           {"question", q.id},
                           {"kind", q.kind},
                           {"tries", q.result.tries},
                           {"right", q.result.right},
                           {"atOnce", q.result.atOnce},
                           {"points", q.result.points},
                           {"of", q.of},
                           {"when", q.result.when}});
      if (q.result.seed) questions.back()["seed"] = q.result.seed;
    }
    out.push_back({{"person", person},
                   {"lesson", lesson.name},
                   {"title", lesson.title},
                   {"seen", lesson.seen},
                   {"stops", lesson.stops},
                   {"points", points},
                   {"of", of},
                   {"questions", questions}});
  }
  return out;
}

Result<std::string> reportFor(const std::string& file, const LessonResults& results, const std::string& person) {
  const auto reports = reportOf(results);
  if (file.ends_with(".csv")) return csv(reports, person);
  if (file.ends_with(".json")) return json(reports, person).dump(1) + '\n';
  return Error{"'" + file + "': results are written as .csv or .json"};
}

} // namespace sockwalk::tell
