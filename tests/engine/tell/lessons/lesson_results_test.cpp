// Results: what is kept is read again, the better of two attempts stays, and tables and JSON have all of it.
#include "engine/tell/lessons/lesson_results.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace fs = std::filesystem;

namespace sockwalk::tell {
namespace {

LessonResults some() {
  LessonResult lesson{SOCKWALK_SOURCE_ROOT "/lessons/03-socket/lesson.md", {0, 1, 4}, 4, {}};
  lesson.questions["descriptor"] = {1, true, true, 1, "2026-11-30T09:12:00Z"};
  lesson.questions["which-proto"] = {2, false, false, 0, "2026-11-30T09:15:00Z"};
  lesson.questions["drawn"] = {1, true, true, 3, "2026-11-30T09:20:00Z", 4711};
  return {{"03-socket", lesson}};
}

class LessonResultsFile : public testing::Test {
protected:
  void SetUp() override {
    m_dir = fs::temp_directory_path() / ("results-test-" + std::to_string(getpid()));
    fs::remove_all(m_dir);
  }
  void TearDown() override { fs::remove_all(m_dir); }
  std::string why(const std::string& text) {
    fs::create_directories(m_dir);
    std::ofstream(m_dir / "results.json") << text;
    const auto read = readResults(m_dir / "results.json");
    return read ? "" : read.error().message;
  }
  fs::path m_dir;
};

TEST_F(LessonResultsFile, WhatIsKeptIsReadAgain) {
  const fs::path file = m_dir / "new" / "results.json";
  EXPECT_TRUE(readResults(file)->empty()) << "nothing is kept yet";
  ASSERT_TRUE(writeResults(file, some()).ok());
  const auto again = readResults(file);
  ASSERT_TRUE(again.ok()) << again.error().message;
  const LessonResult& lesson = again->at("03-socket");
  EXPECT_EQ(lesson.seen, (std::set{0, 1, 4}));
  EXPECT_EQ(lesson.last, 4);
  EXPECT_EQ(lesson.questions.at("which-proto").tries, 2);
  EXPECT_TRUE(lesson.questions.at("descriptor").atOnce);
  EXPECT_EQ(lesson.questions.at("drawn").seed, 4711u);
  EXPECT_EQ(lesson.questions.at("descriptor").seed, 0u) << "nothing is drawn for it";
  EXPECT_EQ(std::distance(fs::directory_iterator(file.parent_path()), {}), 1) << "nothing is left beside it";
}

TEST_F(LessonResultsFile, WhatIsNoneIsSaid) {
  for (const char* text : {"", "{", "[]", "{\"version\":1}", "{\"version\":1,\"lessons\":[1]}",
                           R"({"version":1,"lessons":{"a":{"file":1,"seen":[],"last":0,"questions":{}}}})",
                           R"({"version":1,"lessons":{"a":{"file":"","seen":["x"],"last":0,"questions":{}}}})"})
    EXPECT_NE(why(text).find("no results are in it"), std::string::npos) << text;
  EXPECT_NE(why(R"({"version":2,"lessons":{}})").find("later version"), std::string::npos);
}

TEST(LessonResult, WhoTakesALessonAgainLosesNothing) {
  QuestionResult kept;
  keepBetter(kept, {1, false, false, 0, "a"});
  EXPECT_EQ(kept.tries, 1);
  keepBetter(kept, {2, false, false, 0, "b"});
  EXPECT_EQ(kept.tries, 2) << "it goes on";
  keepBetter(kept, {3, true, false, 1, "c"});
  EXPECT_TRUE(kept.right);
  keepBetter(kept, {1, false, false, 0, "d"});
  EXPECT_EQ(kept.when, "c") << "the better one stays";
  keepBetter(kept, {1, true, true, 1, "e"});
  EXPECT_TRUE(kept.atOnce);
}

TEST(LessonResult, EachQuestionOfTheLessonHasALine) {
  const auto reports = reportOf(some());
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].title, "socket(2), step by step");
  EXPECT_EQ(reports[0].seen, 3);
  const std::string table = csv(reports, "Ada, \"the first\"");
  EXPECT_TRUE(table.starts_with(
      "person,lesson,title,seen,stops,stop,question,kind,tries,right,at_once,points,of,when,seed\r\n"
      "\"Ada, \"\"the first\"\"\",03-socket,\"socket(2), step by step\",3,14,A program asks for a socket,descriptor,"
      "number,1,yes,yes,1,1,2026-11-30T09:12:00Z,\r\n"))
      << table;
  EXPECT_NE(table.find(",no-tcp,lab,0,no,no,0,1,,\r\n"), std::string::npos) << "not tried yet";
  EXPECT_NE(table.find(",drawn,,1,yes,yes,3,0,2026-11-30T09:20:00Z,4711\r\n"), std::string::npos) << table;
  EXPECT_EQ(std::ranges::count(table, '\n'), std::ssize(reports[0].questions) + 1);
  const nlohmann::json all = json(reports, "Ada");
  EXPECT_EQ(all[0]["person"], "Ada");
  EXPECT_EQ(json(reports)[0]["person"], "") << "who says nothing";
  EXPECT_EQ(all[0]["questions"].back()["seed"], 4711);
  EXPECT_EQ(all[0]["points"], 4);
  EXPECT_EQ(all[0]["questions"].size(), reports[0].questions.size());
  EXPECT_EQ(all[0]["questions"][0]["question"], "descriptor");
}

TEST(LessonResult, OfALessonThatIsGoneTheResultsStay) {
  LessonResults results;
  results["gone"] = {"/nowhere/gone/lesson.md", {0}, 0, {}};
  results["gone"].questions["=1+1"] = {1, true, true, 2, "w"};
  const auto reports = reportOf(results);
  EXPECT_EQ(reports[0].title, "");
  EXPECT_NE(csv(reports).find(",gone,,1,0,,'=1+1,,1,yes,yes,2,0,w,\r\n"), std::string::npos)
      << "a table's program would compute it: " << csv(reports);
}

} // namespace
} // namespace sockwalk::tell
