// Lessons that are wrong, each in a way of its own: what is said to their authors, with line, column and remedy. Each folder
// of broken/ has a lesson and, in problems.txt, all that a check must say.
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_template.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

namespace fs = std::filesystem;
const fs::path Broken = SOCKWALK_SOURCE_ROOT "/tests/engine/tell/lessons/broken";

std::vector<fs::path> brokenLessons() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(Broken)) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

std::string textOf(const fs::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}
void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

// What a check says, with the names of files as they are in the folder.
std::string saidOf(const fs::path& folder) {
  std::string out;
  for (std::string line : lines(checkLesson(folder.string()))) {
    const std::string here = folder.string() + "/";
    for (size_t at = line.find(here); at != line.npos; at = line.find(here)) line.erase(at, here.size());
    out += line + "\n";
  }
  return out;
}

class BrokenLesson : public ::testing::TestWithParam<fs::path> {};

TEST_P(BrokenLesson, IsToldWithPlaceAndRemedy) {
  const std::string said = saidOf(GetParam());
  EXPECT_EQ(said, textOf(GetParam() / "problems.txt"));
  EXPECT_NE(said, "");
  for (const LessonProblem& p : checkLesson(GetParam().string())) {
    EXPECT_TRUE(p.spot.line > 0 && p.spot.column > 0) << line(p);
    EXPECT_FALSE(p.remedy.empty()) << line(p);
  }
}
INSTANTIATE_TEST_SUITE_P(Lessons, BrokenLesson, ::testing::ValuesIn(brokenLessons()), [](auto& lesson) {
  std::string name = lesson.param.filename().string();
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(BrokenLessons, AreMany) { EXPECT_GE(brokenLessons().size(), 40u); }

// ---- what would be no good in a repository

struct OwnLesson : ::testing::Test {
  fs::path folder = fs::path(testing::TempDir()) / ("lesson-" + std::to_string(getpid()));
  void SetUp() override { ASSERT_TRUE(writeNewLesson(folder.string())); }
  void TearDown() override { fs::remove_all(folder); }
};

TEST_F(OwnLesson, FromTheTemplateIsRight) {
  EXPECT_EQ(saidOf(folder), "");
  EXPECT_FALSE(writeNewLesson(folder.string())) << "nothing is written over";
}

TEST_F(OwnLesson, IsNotReadWhereThereIsTooMuch) {
  write(folder / "lesson.md", textOf(folder / "lesson.md") + std::string(1 << 20, 'x'));
  EXPECT_EQ(saidOf(folder), "lesson.md: it is larger than 1 MiB; cut it into several lessons\n");
}

TEST_F(OwnLesson, IsReadWithWindowsLineEnds) {
  std::string text = textOf(folder / "lesson.md");
  for (size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 2)) text.insert(at, "\r");
  write(folder / "lesson.md", text);
  EXPECT_EQ(saidOf(folder), "");
}

TEST_F(OwnLesson, DoesNotFollowALinkOutOfItsFolder) {
  fs::remove(folder / "solution.pkt");
  fs::create_symlink("/etc/passwd", folder / "solution.pkt");
  EXPECT_NE(saidOf(folder).find("'solution.pkt' is a link that leads out of the lesson's folder"), std::string::npos);
}

// A thousand boxes in one another, lists in lists, quotations in quotations: told or read, and never the end of the program.
TEST_F(OwnLesson, SurvivesWhatIsNestedDeeply) {
  const std::string text = textOf(folder / "lesson.md");
  write(folder / "lesson.md", text + std::string(50'000, '>') + "\n" + std::string(20'000, '[') + "\n");
  saidOf(folder);
  std::string nested = text;
  nested.replace(nested.find("goals:"), 6, "needs: " + std::string(50'000, '[') + "\ngoals:");
  write(folder / "lesson.md", nested);
  EXPECT_NE(saidOf(folder).find("lesson.md:"), std::string::npos);
  std::string sum = "{{1";
  for (int i = 0; i < 5000; ++i) sum += " + 1";
  write(folder / "lesson.md", text + sum + "}}\n");
  EXPECT_NE(saidOf(folder).find("this formula is too long"), std::string::npos);
}

// Every prefix of a lesson is read to its end.
TEST_F(OwnLesson, CutOffAnywhereIsTold) {
  const std::string text = textOf(folder / "lesson.md");
  fs::remove(folder / "lesson.zh.md");
  for (size_t length = 0; length < text.size(); length += 37) {
    const ReadLesson read = parseLesson(text.substr(0, length), (folder / "lesson.md").string());
    for (const LessonProblem& p : read.problems) EXPECT_FALSE(line(p).empty());
    EXPECT_TRUE(length > text.size() / 2 || !read.problems.empty() || !read.lesson.stops.empty()) << length;
  }
}

} // namespace
