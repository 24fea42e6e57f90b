// A session by the clock: timers fire when they are due and not when the next frame comes, nothing wakes in between, and
// what passed plays again. The host's clock is a number here.
#include "engine/live/running_clock.h"
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace sockwalk::live {
namespace {

constexpr s64 Second = 1'000'000'000, Hour = 3600 * Second;

struct OnTheWire : ::testing::Test {
  std::unique_ptr<scenario::Session> session;
  std::vector<std::pair<s64, std::vector<u8>>> sent; // when, by the session's time
  s64 host = 5000 * Second;                          // begins anywhere
  std::unique_ptr<RunningClock> clock;

  void SetUp() override {
    auto opened = scenario::Session::open({scenario::TapStimulus{"10.77.0.2/24"}});
    ASSERT_TRUE(opened) << opened.error().message;
    session = std::move(*opened);
    session->onTransmit = [this](std::span<const u8> b) {
      sent.push_back({session->machine().now(), {b.begin(), b.end()}});
    };
    clock = std::make_unique<RunningClock>(*session, host);
  }
  s64 console(const std::string& line) { // gives its result; -1000: it sleeps
    clock->catchUp(host);
    const auto done = session->console(line);
    EXPECT_TRUE(done) << line << ": " << done.error().message;
    const Stimulus& call = session->journal().stimuli()[done ? *done : 0];
    return call.finished ? call.result : -1000;
  }
  // As a front end: sleeps until something is due, for so long. Gives how often it was woken.
  int sleepFor(s64 ns) {
    int woken = 0;
    for (const s64 until = host + ns;; ++woken) {
      const auto rest = clock->rest(host);
      if (!rest || host + *rest > until) return host = until, woken;
      host += *rest;
      clock->tick(host);
    }
  }
  // 10.77.0.1 says where it is.
  void answerArp() {
    const std::vector<u8> reply{0x52, 0x54, 0, 0x12, 0x34, 0x56, 2, 0,    0,    0,    0,  1,  8, 6,
                                0,    1,    8, 0,    6,    4,    0, 2,    2,    0,    0,  0,  0, 1,
                                10,   77,   0, 1,    0x52, 0x54, 0, 0x12, 0x34, 0x56, 10, 77, 0, 2};
    session->frame(reply, clock->arrival(host));
  }
  // Seconds between the first segment with `flags` and each of them.
  std::vector<double> momentsOf(u8 flags) const {
    std::vector<double> moments;
    s64 first = -1;
    for (const auto& [time, frame] : sent) {
      if (frame.size() < 54 || frame[12] != 8 || frame[13] != 0 || frame[23] != 6 || frame[47] != flags) continue;
      if (first < 0) first = time;
      moments.push_back(double(time - first) / Second);
    }
    return moments;
  }
};

TEST_F(OnTheWire, NothingWakesWhereNothingIsDue) {
  EXPECT_EQ(sleepFor(30 * 60 * Second), 0);
  EXPECT_EQ(session->stimuli().size(), 1u) << "and nothing is recorded";
  EXPECT_EQ(clock->present(host), clock->present(host));
}

TEST_F(OnTheWire, SynsIntoSilenceLeaveAfterOneThreeAndSevenSeconds) {
  EXPECT_EQ(console("s = socket(AF_INET, SOCK_STREAM, 0)"), 3);
  host += 2 * Second; // a person thinks: the call comes at its moment, not at that of the one before
  const s64 before = session->machine().now();
  EXPECT_EQ(console("connect(s, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr(\"10.77.0.1\")}, 16)"),
            -1000);
  EXPECT_GE(session->machine().now() - before, 2 * Second);
  EXPECT_LT(session->machine().now() - before, 2 * Second + 10'000'000);
  host += 1'000'000;
  answerArp();
  const int woken = sleepFor(8 * Second);
  const auto moments = momentsOf(0x02);
  ASSERT_EQ(moments.size(), 4u);
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(moments[i], (1 << i) - 1, 0.02) << "SYN " << i;
  EXPECT_LE(woken, 8) << "three timers of the connection, and the card's interrupts after what it sent";
}

TEST_F(OnTheWire, AQuestionOfArpIsRepeatedWithoutAFrameThatComes) {
  EXPECT_EQ(console("s = socket(AF_INET, SOCK_DGRAM, 0)"), 3);
  EXPECT_EQ(console("sendto(s, \"x\", 1, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = "
                    "inet_addr(\"10.77.0.1\")}, 16)"),
            1);
  sleepFor(5 * Second);
  EXPECT_EQ(sent.size(), 3u) << "asked three times, a second apart, and then given up";
}

TEST_F(OnTheWire, WhatPassedPlaysAgain) {
  console("s = socket(AF_INET, SOCK_STREAM, 0)");
  host += Second / 3;
  EXPECT_FALSE(session->console("close(nothing)")); // what cannot be done leaves no trace
  clock->catchUp(host);
  EXPECT_FALSE(session->console("close(nothing)")) << "nor if it has a moment of its own";
  console("connect(s, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr(\"10.77.0.1\")}, 16)");
  host += Second / 7;
  answerArp();
  sleepFor(4 * Second);
  const std::string path =
      (std::filesystem::temp_directory_path() / ("sockwalk_clock_" + std::to_string(::getpid()) + ".sockwalk"))
          .string();
  ASSERT_TRUE(session->save(path, 0, ""));
  auto again = scenario::Session::openFile(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(again) << again.error().message;
  (*again)->runAll();
  EXPECT_EQ((*again)->journal().hash(), session->journal().hash());
  EXPECT_EQ((*again)->stimuli(), session->stimuli());
}

TEST_F(OnTheWire, AFrameThatWaitedCameBeforeTheTimerThatIsOverdue) {
  console("s = socket(AF_INET, SOCK_STREAM, 0)");
  console("connect(s, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr(\"10.77.0.1\")}, 16)");
  host += 3 * Second; // the program was busy; the second and third question were due meanwhile
  answerArp();
  sleepFor(Second / 2);
  int questions = 0;
  for (const auto& [time, frame] : sent) questions += frame[12] == 8 && frame[13] == 6;
  EXPECT_EQ(questions, 1);
  EXPECT_GE(momentsOf(0x02).size(), 1u);
}

TEST_F(OnTheWire, AfterAWaitTheClockGoesOnFromThere) {
  ASSERT_TRUE(session->console("wait 100"));
  const s64 leapt = session->machine().now();
  EXPECT_EQ(clock->present(host), leapt);
  host += Second;
  EXPECT_EQ(clock->present(host), leapt + Second);
}

TEST_F(OnTheWire, ALongSleepIsNoPauseThatASessionRefuses) {
  sleepFor(50 * Hour);
  EXPECT_EQ(console("s = socket(AF_INET, SOCK_DGRAM, 0)"), 3);
  host += 90 * Hour; // the program itself was stopped
  answerArp();
  EXPECT_EQ(console("close(s)"), 0);
}

} // namespace
} // namespace sockwalk::live
