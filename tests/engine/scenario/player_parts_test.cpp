// The parts of a script's player, each alone on a machine.
#include "engine/scenario/relive_coverage.h"
#include "engine/scenario/script_cases.h"
#include "engine/scenario/script_clock.h"
#include "engine/scenario/script_tasks.h"
#include <gtest/gtest.h>

namespace sockwalk::scenario {

namespace {

constexpr s64 Ms = 1'000'000;

struct Parts : ::testing::Test {
  Stage stage{kernel::MachineOptions{}};
  std::optional<ScriptContext> context;
  void SetUp() override { begin({}); }
  void begin(std::vector<Option> options) {
    stage.machine.boot();
    Script script;
    script.file = "parts.pkt";
    script.options = std::move(options);
    context.emplace(std::move(script), stage);
  }
};

Event at(TimeKind kind, s64 from, s64 to) { return {{3, 1}, {kind, from, to}, NoteMark{}}; }

// ---- clock

struct Clock : Parts {
  void SetUp() override { begin({{{}, "tolerance_usecs", "", "2000", 0}}); }
};

TEST_F(Clock, CountsFromTheScriptsBeginningOrFromTheEventBefore) {
  ScriptClock clock(*context);
  stage.machine.runUntil(500 * Ms);
  clock.begin();
  const s64 start = stage.machine.now();
  EXPECT_EQ(clock.dueAt({TimeKind::Absolute, 7, 7}), start + 7);
  clock.eventOver(start + 100);
  EXPECT_EQ(clock.dueAt({TimeKind::Relative, 7, 7}), start + 107);
  EXPECT_EQ(clock.dueAt({TimeKind::Any, 0, 0}), start);
  EXPECT_EQ(clock.endOf({TimeKind::Absolute, 0, 0}, 9), start + 9);
  EXPECT_EQ(clock.endOf({TimeKind::Relative, 0, 0}, 9), start + 109);
  clock.eventOverAfter(start + 50);
  EXPECT_EQ(clock.lastEvent(), start + 100) << "the later of two counts";
}

TEST_F(Clock, TellsWhatCameTooEarlyOrTooLate) {
  ScriptClock clock(*context);
  clock.begin();
  const s64 start = clock.start();
  const Event event = at(TimeKind::AbsoluteRange, 10 * Ms, 12 * Ms);
  EXPECT_FALSE(clock.lateness(event, start + 8 * Ms)) << "two milliseconds may be missing";
  EXPECT_FALSE(clock.lateness(event, start + 14 * Ms));
  EXPECT_EQ(clock.lateness(event, start + 7 * Ms)->what, "the packet left 3000 us earlier than the script says");
  EXPECT_EQ(clock.lateness(event, start + 15 * Ms)->what, "the packet left 3000 us later than the script says");
  EXPECT_FALSE(clock.lateness(at(TimeKind::Any, 0, 0), start + 99 * Ms));
  EXPECT_EQ(clock.tolerance(start + 80 * Ms), 10 * Ms) << "an eighth of a long wait";
}

void firesAndDoesNothing(const void*) {}

TEST_F(Clock, TellsOfEachTimerOnTheWay) {
  ScriptClock clock(*context);
  clock.begin();
  stage.machine.interrupt("arm", [&] {
    stage.machine.armTimer(1, 50 * Ms, {fn<firesAndDoesNothing>, t_arena->base()});
    stage.machine.armTimer(2, 70 * Ms, {fn<firesAndDoesNothing>, t_arena->base()});
  });
  std::string told;
  clock.onTimer = [&](s64 timer) { told += std::to_string(timer / Ms) + " "; };
  clock.onPassed = [&] { told += "passed "; };
  clock.advanceTo(60 * Ms);
  EXPECT_EQ(told, "50 passed ");
  EXPECT_EQ(clock.now() / Ms, 60);
  EXPECT_FALSE(clock.advanceToTimer(65 * Ms));
  EXPECT_TRUE(clock.advanceToTimer(70 * Ms));
}

// ---- cases

struct Cases : Parts {
  ScriptCases& cases() {
    if (!m_cases) m_cases.emplace(*context);
    m_cases->isInCall = [this](kernel::TaskId) { return inCall; };
    return *m_cases;
  }
  u32 stimulus() {
    return stage.machine.interrupt("something", [] {});
  }
  std::optional<ScriptCases> m_cases;
  bool inCall = false;
};

TEST_F(Cases, LastFromTheirStimulusToTheNextEvent) {
  cases().name("one");
  const u32 first = stimulus();
  cases().open(first);
  EXPECT_EQ(cases().named(), "");
  const u32 last = stimulus();
  cases().close();
  stimulus();
  cases().close(); // it is closed
  ASSERT_EQ(stage.cases.size(), 1u);
  EXPECT_EQ(stage.cases[0].name, "one");
  EXPECT_EQ(stage.cases[0].first, first);
  EXPECT_EQ(stage.cases[0].end, last + 1);
}

TEST_F(Cases, ACallThatBlocksKeepsItsCaseOpen) {
  cases().name("blocked");
  const u32 first = stimulus();
  cases().openFor(5, first);
  inCall = true;
  cases().close();
  stimulus();
  inCall = false;
  cases().callReturned(5);
  cases().close();
  EXPECT_EQ(stage.cases[0].end, first + 2);
}

TEST_F(Cases, ATimerLongAfterTheCallIsNoPartOfIt) {
  cases().name("short");
  cases().open(stimulus());
  const s64 now = stage.machine.now();
  cases().closeBefore(now + ScriptCases::CaseTail);
  EXPECT_TRUE(cases().takesAlong());
  const u32 inside = stimulus();
  cases().closeBefore(now + ScriptCases::CaseTail + 1);
  stimulus();
  EXPECT_EQ(stage.cases[0].end, inside + 1);
}

TEST_F(Cases, NothingIsOpenedWithoutAName) {
  cases().open(stimulus());
  cases().name("given up");
  cases().forgetName();
  cases().open(stimulus());
  cases().name("of nothing");
  cases().open(stage.lastStimulus() + 1);
  cases().close();
  EXPECT_EQ(stage.cases.size(), 0u) << "one in which nothing happened is none";
}

// ---- tasks

struct Tasks : Parts {};

TEST_F(Tasks, AreMadeWhenTheyAreFirstNamed) {
  ScriptTasks tasks(*context);
  const kernel::TaskId main = tasks.named("");
  EXPECT_EQ(tasks.named("main"), main);
  EXPECT_EQ(tasks.current(), main);
  EXPECT_FALSE(tasks.find("server"));
  tasks.switchTo("server");
  const kernel::TaskId server = tasks.current();
  EXPECT_EQ(tasks.find("server"), server);
  EXPECT_EQ(tasks.secondThread("server"), tasks.secondThread("server"));
  EXPECT_EQ(tasks.sleeperOf(server), server) << "its other thread is in no call";
}

TEST_F(Tasks, HaveDescriptorsOfTheirOwnShareThemOrHaveCopies) {
  ScriptTasks tasks(*context);
  const kernel::TaskId main = tasks.named("");
  tasks.remember(main, 17, 3, {});
  EXPECT_EQ(tasks.kernelFd(main, 17, {}), 3);
  EXPECT_THROW(tasks.remember(main, 17, 4, {}), PlayError);
  EXPECT_THROW(tasks.kernelFd(tasks.named("other"), 17, {}), PlayError);
  tasks.make({"thread", "main", true});
  tasks.make({"child", "main", false});
  tasks.closed(*tasks.find("thread"), 3);
  EXPECT_EQ(tasks.kernelFd(*tasks.find("child"), 17, {}), 3) << "a copy";
  tasks.closed(*tasks.find("child"), 3);
  EXPECT_EQ(tasks.kernelFd(main, 17, {}), 17) << "nobody has it: the kernel is to say so";
}

TEST_F(Tasks, ANumberThatAnotherFileHasIsNotTakenForIt) {
  ScriptTasks tasks(*context);
  const kernel::TaskId main = tasks.named("");
  tasks.remember(main, 17, 3, {});
  EXPECT_GT(tasks.kernelFd(main, 3, {}), 1000) << "the script never got 3: EBADF, though the kernel has a 3";
}

// ---- which bytes a capture shows

TEST(ReliveCoverage, PiecesGrowTogetherAndLeaveGaps) {
  Coverage shown(1000);
  shown.add(1100, 1200);
  shown.add(1300, 1400);
  EXPECT_EQ(shown.gaps(1500), (std::vector<std::pair<u32, u32>>{{1000, 1100}, {1200, 1300}, {1400, 1500}}));
  shown.add(1200, 1300);
  shown.add(900, 1050); // what lies before the start does not count
  EXPECT_EQ(shown.gaps(1400), (std::vector<std::pair<u32, u32>>{{1050, 1100}}));
  EXPECT_TRUE(shown.has(1399));
  EXPECT_FALSE(shown.has(1400));
  EXPECT_TRUE(shown.touches(1090, 1101));
  EXPECT_FALSE(shown.touches(1050, 1100));
  EXPECT_EQ(shown.end(), 1400u);
}

TEST(ReliveCoverage, NumbersBeginAgainBehindTheLast) {
  Coverage shown(0xffffff00);
  shown.add(0xffffff00, 0x10);
  shown.add(0x20, 0x30);
  EXPECT_TRUE(shown.has(0xffffffff) && shown.has(0) && shown.has(0xf));
  EXPECT_EQ(shown.gaps(0x30), (std::vector<std::pair<u32, u32>>{{0x10, 0x20}}));
  EXPECT_TRUE(shown.gaps(0xfffffe00).empty());
}

} // namespace
} // namespace sockwalk::scenario
