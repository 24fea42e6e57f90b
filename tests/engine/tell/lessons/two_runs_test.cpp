// What is asked of pointers and of two runs, and what of that a learning system is asked.
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_questions.h"
#include "tests/support/walks.h"
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

namespace fs = std::filesystem;

constexpr const char* OneSocket =
    "//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n//@case close\n+.1 close(3) = 0\n";
constexpr const char* TwoSockets =
    "//@case make\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 socket(AF_INET, SOCK_STREAM, 0) = 4\n"
    "//@case close\n+.1 close(3) = 0\n";

struct Asked : ::testing::Test {
  fs::path folder = fs::path(testing::TempDir()) / ("runs-" + std::to_string(getpid()));
  std::unique_ptr<scenario::Session> session;
  Lesson lesson;

  void SetUp() override { fs::create_directories(folder); }
  void TearDown() override { fs::remove_all(folder); }
  void write(const char* name, const std::string& text) { std::ofstream(folder / name) << text; }

  Result<RightAnswer> ask(const std::string& predict, const std::string& script = OneSocket,
                          const std::string& stop = "end close") {
    write("scenario.pkt", script);
    write("other.pkt", TwoSockets);
    const ReadLesson read = parseLesson("---\ntitle: T\nscenario: scenario.pkt\n---\n# A\n```stop\nat: " + stop +
                                            "\n```\n```predict\n" + predict + "```\n",
                                        (folder / "lesson.md").string());
    EXPECT_EQ(lines(read.problems), std::vector<std::string>());
    lesson = read.lesson;
    if (lesson.stops.empty()) return Error{"no lesson"};
    session = std::move(*playedToEnd(lesson.played({})));
    Playhead playhead(session->journal());
    return askEngine(*session, playhead, question(), *findPlace(*session, lesson.stops[0].at, 0));
  }
  const Question& question() const { return lesson.stops[0].questions[0]; }
};

// ---- two runs

TEST_F(Asked, TheOtherRunHasAnAnswerOfItsOwn) {
  const std::string compare = "kind: compare\nask: Which\nother: other.pkt\nanswer: count(sk_alloc)\n";
  auto right = ask(compare);
  ASSERT_TRUE(right) << right.error().message;
  EXPECT_TRUE(isRight(question(), *right, {"2"}));
  EXPECT_FALSE(isRight(question(), *right, {"1"})) << "that is this run";
  EXPECT_EQ(saidAsText(question(), *right), "2 (1 here, 2 in the other run)");
  right = ask(compare + "how: difference\n");
  EXPECT_TRUE(isRight(question(), *right, {"1"}));
  right = ask(compare + "how: relation\n");
  ASSERT_EQ(question().choices.size(), 3u) << "they need not be written";
  EXPECT_TRUE(isRight(question(), *right, {"more"}));
  EXPECT_FALSE(isRight(question(), *right, {"same"}));
  EXPECT_EQ(saidAsText(question(), *right), "more than here (1 here, 2 in the other run)");
}

TEST_F(Asked, AMomentIsLookedForInBothRuns) {
  const auto right =
      ask("kind: compare\nask: Which\nother: other.pkt\nanswer: sock.sk_protocol\nwhen: return inet_create\n");
  ASSERT_TRUE(right) << right.error().message;
  EXPECT_EQ(right->here, "IPPROTO_TCP");
  EXPECT_EQ(right->there, "IPPROTO_UDP");
}

TEST_F(Asked, CallsMayHaveAnotherOrderInTheOtherRun) {
  const auto right = ask("kind: compare\nask: Which\nother: other.pkt\ncalls: [tcp_init_sock, udp_init_sock]\n");
  ASSERT_TRUE(right) << right.error().message;
  EXPECT_EQ(right->list, (std::vector<std::string>{"udp_init_sock", "tcp_init_sock"}));
  EXPECT_EQ(answeredAs(question()), AnswerKind::Order);
}

TEST_F(Asked, SettingsAreMadeBeforeTheScenarioBegins) {
  const auto right = ask("kind: compare\nask: Which\nsysctl: {net.ipv4.tcp_rmem: 4096 8192 16384}\nanswer: "
                         "tcp_sock.sk_rcvbuf\nwhen: return tcp_v4_init_sock\n");
  ASSERT_TRUE(right) << right.error().message;
  EXPECT_EQ(right->here, "131072");
  EXPECT_EQ(right->there, "8192");
  EXPECT_EQ(question().other->differences(), std::vector<std::string>{"sysctl net.ipv4.tcp_rmem=4096 8192 16384"});
}

// On each of two hosts, and in a namespace that the script makes only later.
TEST_F(Asked, SettingsAreMadeOnEveryHost) {
  const std::string compare = "kind: compare\nask: Which\nsysctl: {net.ipv4.tcp_rmem: 4096 8192 16384}\nanswer: "
                              "tcp_sock.sk_rcvbuf\nwhen: return tcp_v4_init_sock\n";
  const std::string make = "//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n//@case close\n+.1 close(3) = 0\n";
  for (const std::string& script : {"//@link veth\n//@task server\n" + make, "//@link wire\n//@task client\n" + make,
                                    "`ip netns add far`\n//@task one@far\n" + make}) {
    const auto right = ask(compare, script);
    ASSERT_TRUE(right) << right.error().message;
    EXPECT_EQ(right->here, "131072") << script;
    EXPECT_EQ(right->there, "8192") << script;
  }
}

TEST_F(Asked, ASettingThatNoHostHasIsRefused) {
  for (const char* name : {"net.ipv4.tcp_fack", "net.ipv4.conf.eth7.forwarding", "net.ipv4.tcp_sakc"}) {
    const auto right = ask("kind: compare\nask: Which\nsysctl: {" + std::string(name) + ": 1}\nanswer: count(drop)\n");
    EXPECT_FALSE(right) << name;
  }
  EXPECT_TRUE(ask("kind: compare\nask: Which\nsysctl: {net.ipv4.conf.eth0.forwarding: 1}\nanswer: count(drop)\n"));
}

TEST_F(Asked, WhatDiffersIsSaidLineByLine) {
  ASSERT_TRUE(ask("kind: compare\nask: Which\nother: other.pkt\nanswer: count(sk_alloc)\n"));
  EXPECT_EQ(question().other->differences(), (std::vector<std::string>{"− 0 socket(AF_INET, SOCK_STREAM, 0) = 3",
                                                                       "+ 0 socket(AF_INET, SOCK_DGRAM, 0) = 3",
                                                                       "+ +0 socket(AF_INET, SOCK_STREAM, 0) = 4"}));
}

// ---- pointers

TEST_F(Asked, PointersStandWhereTheRecordHasThem) {
  const std::string script = SOCKWALK_SOURCE_ROOT "/lessons/10-sk-buff/scenario.pkt";
  std::stringstream text;
  text << std::ifstream(script).rdbuf();
  const auto right = ask("kind: drag\nask: Which\npointers: [data, tail]\nwhen: call __dev_queue_xmit\nwrong: {data "
                         "30: No., tail 63: Nor.}\n",
                         text.str(), "stimulus send");
  ASSERT_TRUE(right) << right.error().message;
  EXPECT_EQ(saidAsText(question(), *right), "data 2, tail 49");
  EXPECT_TRUE(isRight(question(), *right, {"", {"2", "49"}}));
  EXPECT_FALSE(isRight(question(), *right, {"", {"49", "2"}}));
  EXPECT_EQ(wrongSaid(question(), *right, {"", {"30", "49"}}), &question().wrong[0]);
  EXPECT_EQ(wrongSaid(question(), *right, {"", {"3", "63"}}), &question().wrong[1]);
  EXPECT_EQ(wrongSaid(question(), *right, {"", {"3", "49"}}), nullptr);
  EXPECT_FALSE(right->board->living) << "it is not born yet";
  EXPECT_EQ(right->board->range, 64u);
}

TEST_F(Asked, WhatIsAskedInAnotherWayThereIsSaid) {
  std::stringstream text;
  text << std::ifstream(SOCKWALK_SOURCE_ROOT "/lessons/10-sk-buff/scenario.pkt").rdbuf();
  ASSERT_TRUE(ask("kind: drag\nid: d\nask: Which\npointers: [data, tail]\nwhen: call __dev_queue_xmit\n", text.str(),
                  "stimulus send"));
  const auto quiz = quizOf(lesson, *session);
  ASSERT_TRUE(quiz);
  ASSERT_EQ(quiz->changed.size(), 1u);
  EXPECT_NE(spoken(quiz->changed[0]).find("'d'"), std::string::npos);
  EXPECT_EQ(quiz->questions[0].pairs,
            (std::vector<std::pair<std::string, std::string>>{{"data", "2"}, {"tail", "49"}}));
  ASSERT_TRUE(ask("kind: write\nid: w\nask: Which\ngoal: result(call) == EBADF\nsolution: listen(3, 1)\n"));
  EXPECT_NE(spoken(quizOf(lesson, *session)->left.at(0)).find("'w'"), std::string::npos);
  ASSERT_TRUE(ask("kind: compare\nask: Which\nother: other.pkt\nanswer: count(sk_alloc)\nhow: relation\n"));
  EXPECT_EQ(quizOf(lesson, *session)->questions[0].kind, QuizQuestion::Choose);
}

} // namespace
