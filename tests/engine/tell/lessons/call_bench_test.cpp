// A call that a learner writes is made where the lesson stands, on a machine of its own, and the record says what it was.
#include "engine/tell/lessons/call_bench.h"
#include "engine/tell/lessons/lesson_place.h"
#include "tests/support/walks.h"

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct Bench : ::testing::Test {
  std::unique_ptr<scenario::Session> session =
      tests::walkOfScript("//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                          "//@case bind\n+.5 bind(3, {sa_family = AF_INET, sin_port = htons(8080), "
                          "sin_addr = inet_addr(\"127.0.0.1\")}, 16) = 0\n"
                          "//@case close\n+.1 close(3) = 0\n");
  EventIndex place(const std::string& kind, const std::string& name) { return *findPlace(*session, {kind, name}, 0); }
  CallBench at(EventIndex stop, const std::string& goal, const std::vector<std::string>& others = {}) {
    return {*session, stop, goal, others};
  }
};

TEST_F(Bench, ACallFindsTheMachineAsItStandsThere) {
  for (const auto& [kind, name, line, result] : {std::tuple("stimulus", "make", "listen(3, 1)", "-1 EBADF (9)"),
                                                 {"end", "make", "listen(3, 1)", "0"},
                                                 {"stimulus", "bind", "listen(3, 1)", "0"},
                                                 {"end", "close", "listen(3, 1)", "-1 EBADF (9)"},
                                                 {"end", "bind", "fd = socket(AF_INET, SOCK_DGRAM, 0);", "4"}}) {
    const CallOutcome outcome = at(place(kind, name), "count(__sys_socket) == 0").run(line);
    EXPECT_EQ(outcome.trouble, "") << line;
    EXPECT_EQ(outcome.result, result) << kind << " " << name;
    EXPECT_EQ(outcome.reached, std::string(line).starts_with("listen")) << "what was before is not counted";
  }
}

TEST_F(Bench, TheGoalIsOverWhatTheCallBringsAbout) {
  const CallBench bench = at(place("end", "make"), "tcp_sock.sk_max_ack_backlog == 7",
                             {"result(call) == EBADF", "count(inet_csk_listen_start) == 1"});
  EXPECT_TRUE(bench.run("listen(3, 7)").reached);
  const CallOutcome other = bench.run("listen(3, 8)");
  EXPECT_FALSE(other.reached);
  EXPECT_EQ(other.others, (std::vector<bool>{false, true}));
  EXPECT_EQ(bench.run("listen(5, 7)").others, (std::vector<bool>{true, false}));
  EXPECT_FALSE(bench.reachedWithout());
  EXPECT_TRUE(at(place("end", "make"), "count(sk_alloc) == 0").reachedWithout());
}

TEST_F(Bench, ItMakesWhatIsNotMadeInTheMiddleOfACall) {
  EXPECT_TRUE(at(place("end", "make"), "drop").ready());
  EXPECT_TRUE(at(place("stimulus", "close"), "drop").ready());
  EXPECT_TRUE(at(session->journal().size(), "drop").ready());
  EXPECT_FALSE(at(place("call", "inet_create"), "drop").ready());
  EXPECT_FALSE(at(1, "drop").ready()) << "the machine boots";
  EXPECT_NE(at(place("call", "inet_create"), "drop").run("listen(3, 1)").trouble, "");
}

TEST_F(Bench, ALineThatIsNoCallIsToldAndNotJudged) {
  const CallBench bench = at(place("end", "make"), "count(sk_alloc) == 0");
  for (const char* line : {"", "listen", "listen(3", "listen(3, 1) = 0", "lisen(3, 1)", "listen(fd, 1)", "wait 3",
                           "sysctl net.ipv4.ip_forward=1", "socket(AF_INET, SOCK_STREM, 0)"}) {
    const CallOutcome outcome = bench.run(line);
    EXPECT_NE(outcome.trouble, "") << line;
    EXPECT_FALSE(outcome.reached) << line;
  }
}

TEST_F(Bench, ACallThatSleepsHasNoResult) {
  const CallOutcome outcome =
      CallBench(*tests::walkOfScript("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"),
                tests::walkOfScript("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n")->journal().size(), "sleeps")
          .run("recv(3, ..., 10, 0)");
  EXPECT_EQ(outcome.trouble, "");
  EXPECT_EQ(outcome.result, "");
  EXPECT_TRUE(outcome.reached);
}

// The walk's own record stays as it is, and each call meets the same machine.
TEST_F(Bench, TheWalkIsLeftAlone) {
  const auto before = session->journal().size();
  const CallBench bench = at(place("end", "make"), "result(call) == 4");
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(bench.run("socket(AF_INET, SOCK_STREAM, 0)").reached);
  EXPECT_EQ(session->journal().size(), before);
}

} // namespace
