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
  const PlayedFile file = lesson->played({});
  const auto session = tests::played(scenario::Session::openFile(file.path, file.options));
  ASSERT_TRUE(session);
  auto stops = findStops(*session, *lesson);
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
      auto right = askEngine(*session, playhead, q, (*stops)[i]);
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
  EXPECT_EQ(stop("at: frame one"), "bad.md:7: 'one' is no number of a frame");
  EXPECT_EQ(complaint(head + "# A\n```question\nask: x\nanswer: frame 3 colour\n```\n"),
            "bad.md:7: of a frame ask 'frame N verdict' or 'frame N function'");
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
  const auto stops = stopPlaces(*session, *lesson);
  ASSERT_EQ(stops.size(), 3u);
  ASSERT_NE(stops[0].position, NoEvent);
  EXPECT_EQ(stops[1].position, NoEvent);
  EXPECT_GT(stops[2].position, stops[0].position);
  const std::string why = "some.md:11: after event " + std::to_string(stops[0].position) + " there is no call udp_rcv";
  EXPECT_EQ(lines(stops)[0], "1. A (event " + std::to_string(stops[0].position) + ", call inet_create)");
  EXPECT_EQ(lines(stops)[1], "2. B (" + why + ")");
  EXPECT_EQ(findStops(*session, *lesson).error().message, why);
  const nlohmann::json json = tell::json(stops);
  EXPECT_EQ(json[0]["event"], stops[0].position);
  EXPECT_EQ(json[1].value("missing", ""), why);
  EXPECT_EQ(json[2]["view"], "objects");
}

// Frames are found by their numbers, those that arrive and those that our kernel sends.
TEST(LessonPlaces, FramesOfACaptureArePlacesAndHaveVerdicts) {
  const std::string file = SOCKWALK_SOURCE_ROOT "/assets/captures/refused-port.pcapng";
  const auto session = tests::walkOf(file);
  const Journal& j = session->journal();
  const auto frame = [&](const char* number) { return findPlace(*session, {"frame", number, 1, 0}, 0); };
  ASSERT_TRUE(frame("3") && frame("4"));
  EXPECT_EQ(j[*frame("3") - 1].type, EventType::PacketIn);
  EXPECT_EQ(j[*frame("4") - 1].type, EventType::PacketOut);
  EXPECT_LT(*frame("3"), *frame("4"));
  EXPECT_EQ(frame("7").error().message, "the capture has no frame 7, it has 6");
  const auto ask = [&](std::vector<std::string> answer) {
    Playhead playhead(j);
    Question question;
    question.answer = std::move(answer);
    const auto said = askEngine(*session, playhead, question, 0);
    return said ? *said : said.error().message;
  };
  EXPECT_EQ(ask({"frame", "4", "function"}), "tcp_v4_send_reset");
  EXPECT_EQ(ask({"frame", "4", "verdict"}), "same");
  EXPECT_EQ(ask({"frame", "3", "verdict"}), "frame 3 has no verdict"); // it came from another host
  const auto script = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  EXPECT_EQ(findPlace(*script, {"frame", "1", 1, 0}, 0).error().message,
            "the scenario is no capture of a host, so it has no frame 1");
}

} // namespace
