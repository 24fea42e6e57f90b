// Each lesson from its first stop to its last without a window: every stop is found, what it looks at is alive, right
// answers are accepted and wrong ones refused. And lessons that are wrong say where and why.
#include "engine/scenario/session.h"
#include "views/lesson/lesson_places.h"
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <iostream>

using namespace sockwalk;

namespace {

std::vector<std::string> lessonsInTree() {
  std::vector<std::string> out;
  for (auto& entry : std::filesystem::directory_iterator(SOCKWALK_SOURCE_DIR "/lessons"))
    if (std::filesystem::exists(entry.path() / "lesson.md")) out.push_back((entry.path() / "lesson.md").string());
  std::sort(out.begin(), out.end());
  return out;
}

class EveryLesson : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryLesson, RunsFromItsFirstStopToItsLast) {
  auto lesson = readLesson(GetParam());
  ASSERT_TRUE(lesson) << lesson.error().message;
  auto session = scenario::Session::openFile(lesson->scenario);
  ASSERT_TRUE(session) << session.error().message;
  (*session)->runAll();
  for (auto& f : (*session)->failures()) ADD_FAILURE() << f.message;
  auto stops = findStops((*session)->journal(), *lesson);
  ASSERT_TRUE(stops) << stops.error().message;
  Playhead playhead((*session)->journal());
  for (size_t i = 0; i < stops->size(); ++i) {
    const LessonStop& stop = lesson->stops[i];
    SCOPED_TRACE(stop.heading);
    EXPECT_TRUE(!i || (*stops)[i] >= (*stops)[i - 1]) << "this stop is before the one before it";
    playhead.seek((*stops)[i]);
    EXPECT_TRUE(stop.focus.empty() || newestObject(playhead, stop.focus))
        << "nothing of type " << stop.focus << " is alive";
    for (auto& q : stop.questions) {
      auto right = askEngine(playhead, q, (*stops)[i]);
      ASSERT_TRUE(right) << q.ask << ": " << right.error().message;
      std::cout << q.ask << " -> " << *right << "\n";
      int accepted = 0;
      for (auto& choice : q.choices) accepted += sameAnswer(choice, *right);
      EXPECT_EQ(accepted, q.choices.empty() ? 0 : 1)
          << q.ask << ": the engine says '" << *right << "', one choice must too";
      EXPECT_FALSE(sameAnswer("certainly not this", *right));
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Lessons, EveryLesson, ::testing::ValuesIn(lessonsInTree()), [](auto& lesson) {
  std::string name = std::filesystem::path(lesson.param).parent_path().filename().string();
  for (char& c : name)
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

std::string complaint(const std::string& text) {
  auto l = parseLesson(text, "bad.md");
  return l ? "" : l.error().message;
}
const std::string head = "---\ntitle: T\nscenario: s.pkt\n---\n";

TEST(BadLesson, SaysFileAndLine) {
  EXPECT_EQ(complaint("hello"), "bad.md:1: a lesson begins with a YAML head between two lines '---'");
  EXPECT_EQ(complaint("---\nscenario: x\n---\n# A\n"), "bad.md:2: the head needs 'title:'");
  EXPECT_EQ(complaint(head + "words\n"), "bad.md:5: text before the first heading '# ...'");
  EXPECT_EQ(complaint(head + "# A\n```stop\nat: call f\n"), "bad.md:6: this stop block is not closed with ```");
  EXPECT_NE(complaint(head + "# A\n```stop\nat: somewhere\n```\n").find("bad.md:7: expected a place"),
            std::string::npos);
  EXPECT_NE(complaint(head + "# A\ntext\n").find("the stop 'A' has no ```stop block"), std::string::npos);
  EXPECT_NE(complaint(head + "# A\n```question\nask: x\n```\n").find("needs 'ask:' and 'answer:'"), std::string::npos);
  EXPECT_NE(complaint("---\ntitle: [\n---\n").find("bad.md:"), std::string::npos);
}

} // namespace
