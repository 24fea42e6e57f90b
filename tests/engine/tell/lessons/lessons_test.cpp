// Each lesson from its first stop to its last without a window: every stop is found, what it looks at is alive, right
// answers are accepted and wrong ones refused. And lessons that are wrong say where and why.
#include "engine/tell/lessons/lesson_places.h"
#include "tests/support/walks.h"
#include <iostream>
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

std::vector<std::string> lessonsInTree() { return tests::filesBelow(SOCKWALK_SOURCE_ROOT "/lessons", "lesson.md"); }

class EveryLesson : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryLesson, RunsFromItsFirstStopToItsLast) {
  auto lesson = readLesson(GetParam());
  ASSERT_TRUE(lesson) << lesson.error().message;
  const auto session = tests::walkOf(lesson->scenario);
  ASSERT_TRUE(session);
  auto stops = findStops(session->journal(), *lesson);
  ASSERT_TRUE(stops) << stops.error().message;
  Playhead playhead(session->journal());
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

TEST(BadLesson, NothingIsTakenThatMeansNothing) {
  const auto stop = [](const std::string& lines) { return complaint(head + "# A\n```stop\n" + lines + "\n```\n"); };
  EXPECT_EQ(stop("at: call f 2"), "");
  for (const char* place : {"call f two", "call f 0", "call f 2 3", "stimulus one 2", "start here"})
    EXPECT_NE(stop(std::string("at: ") + place).find("too much is said"), std::string::npos) << place;
  EXPECT_EQ(stop("at: event drip"), "bad.md:7: of events only 'event drop' is a place");
  EXPECT_EQ(stop("at: start\nveiw: objects"), "bad.md:7: 'veiw:' means nothing here");
}

// What is nowhere says why, and what comes after it is found all the same.
TEST(LessonPlaces, SayWhereEachStopIsOrWhyItIsNowhere) {
  const auto session = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  const auto lesson = parseLesson(head + "# A\n```stop\nat: call inet_create\n```\n"
                                         "# B\n```stop\nat: call udp_rcv\n```\n"
                                         "# C\n```stop\nat: return inet_create\nview: objects\n```\n",
                                  "some.md");
  ASSERT_TRUE(lesson) << lesson.error().message;
  const auto stops = stopPlaces(session->journal(), *lesson);
  ASSERT_EQ(stops.size(), 3u);
  ASSERT_NE(stops[0].position, NoEvent);
  EXPECT_EQ(stops[1].position, NoEvent);
  EXPECT_GT(stops[2].position, stops[0].position);
  const std::string why = "some.md:11: after event " + std::to_string(stops[0].position) + " there is no call udp_rcv";
  EXPECT_EQ(lines(stops)[0], "1. A (event " + std::to_string(stops[0].position) + ", call inet_create)");
  EXPECT_EQ(lines(stops)[1], "2. B (" + why + ")");
  EXPECT_EQ(findStops(session->journal(), *lesson).error().message, why);
  const nlohmann::json json = tell::json(stops);
  EXPECT_EQ(json[0]["event"], stops[0].position);
  EXPECT_EQ(json[1].value("missing", ""), why);
  EXPECT_EQ(json[2]["view"], "objects");
}

} // namespace
