// The machine: its clock and timers, its tasks and their memory, several of them side by side, and how one stops.
#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/include/linux/timer.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/kernel/softirq.h"
#include "tests/engine/kernel/kernel_machine.h"
#include "tests/support/stop_machine.h"
#include <gtest/gtest.h>
#include <thread>

namespace sockwalk::kernel {
namespace {

// ---- time
Global<u32[8]> machine_test_fired{"machine_test_fired"}; // how often, by the first byte of what was told
void countFiring(const void* which) { add(machine_test_fired[static_cast<u32>(*static_cast<const u8*>(which))], 1u); }

struct Clock : testing::Test {
  KernelMachine m;
  EnterMachine enter{m.machine};
  const u8* names[3]; // objects that say 0, 1 and 2
  void SetUp() override {
    for (u8 i = 0; i < 3; ++i) {
      names[i] = kmallocBuffer(8, GFP_KERNEL);
      setBytes(names[i], &i, 1);
    }
  }
  void arm(u32 i, s64 in, const char* text = "timer") {
    m.machine.armTimer(i, m.machine.now() + in, {fn<countFiring>, names[i]}, text);
  }
};

TEST_F(Clock, TimersFireInTheOrderOfTheirTimes) {
  arm(0, 3000000, "the late one");
  arm(1, 1000000, "the early one");
  arm(2, 2000000);
  EXPECT_TRUE(m.machine.cancelTimer(2));
  EXPECT_FALSE(m.machine.cancelTimer(2)) << "it is not armed any more";
  const size_t before = m.machine.journal().stimuli().size();
  m.machine.runUntil(m.machine.now() + 10000000);
  const auto& stimuli = m.machine.journal().stimuli();
  ASSERT_EQ(stimuli.size(), before + 2);
  EXPECT_EQ(stimuli[before].text, "the early one");
  EXPECT_EQ(stimuli[before + 1].text, "the late one");
  EXPECT_EQ(machine_test_fired[0], 1u);
  EXPECT_EQ(machine_test_fired[2], 0u);
  EXPECT_EQ(m.machine.nextTimer(), -1);
}

TEST_F(Clock, ATimerThatIsArmedAgainMovesAndFiresOnce) {
  arm(0, 1000000);
  arm(0, 5000000);
  m.machine.runUntil(m.machine.now() + 2000000);
  EXPECT_EQ(machine_test_fired[0], 0u);
  m.machine.runUntil(m.machine.now() + 5000000);
  EXPECT_EQ(machine_test_fired[0], 1u);
}

// ---- bottom halves
Global<u32> machine_test_served{"machine_test_served"};
constexpr int OfDisks = 4; // BLOCK_SOFTIRQ, of which nobody else makes use here
void countServing(const softirq_action*) { add(*machine_test_served, 1u); }

TEST(BottomHalves, WaitUntilTheOutermostScopeEnds) {
  KernelMachine m;
  const s64 done = m.call([] {
    open_softirq(OfDisks, fn<countServing>);
    {
      const BottomHalvesOff outer;
      machine().raiseSoftirq(OfDisks);
      machine().runSoftirqs();
      EXPECT_EQ(*machine_test_served, 0u);
      { const BottomHalvesOff inner; }
      EXPECT_EQ(*machine_test_served, 0u) << "the outer scope still holds them";
    }
    EXPECT_EQ(*machine_test_served, 1u);
    return 0;
  });
  EXPECT_EQ(done, 0);
}

TEST(BottomHalves, AreOnAgainAfterTheMachineStoppedInside) {
  KernelMachine m;
  m.call([]() -> s64 {
    const BottomHalvesOff locked;
    machine().raiseSoftirq(OfDisks);
    panic("in the middle");
  });
  EXPECT_NE(m.machine.panicText().find("in the middle"), std::string::npos) << m.machine.panicText();
}

TEST(BottomHalves, NobodySleepsWhileTheyAreOff) {
  KernelMachine m;
  m.call([] {
    const BottomHalvesOff locked;
    machine().sleepCurrent();
    return 0;
  });
  EXPECT_NE(m.machine.panicText().find("scheduling while atomic"), std::string::npos) << m.machine.panicText();
}

// ---- tasks
s64 exitOf(KernelMachine& m, TaskId task) {
  return m.callOf(task, [] { return __x64_sys_exit(0); });
}
// A socket bound by this task, whose address lies in the task's own memory: 0, or what bind(2) says.
s64 bindBy(KernelMachine& m, TaskId task) {
  const s64 fd = m.callOf(task, [] { return __x64_sys_socket(2, 2, 0); });
  EnterMachine enter(m.machine);
  const void* address = m.machine.userMemory(task, 16);
  const u8 any[16] = {2, 0};
  setBytes(address, any, 16);
  return m.callOf(task, [=] { return __x64_sys_bind(static_cast<int>(fd), Arena::address(address), 16); });
}

TEST(Tasks, TwoHundredComeAndGoAndLeaveNothing) {
  KernelMachine m;
  exitOf(m, m.machine.createTask("the first")); // caches fill up once
  const auto before = m.census();
  TaskId last = 0;
  for (int i = 0; i < 200; ++i) {
    const TaskId task = m.machine.createTask("");
    ASSERT_GT(task, last) << "numbers go up";
    last = task;
    ASSERT_EQ(bindBy(m, task), 0) << "task " << i << " has no memory of its own";
    ASSERT_EQ(exitOf(m, task), 0);
    ASSERT_TRUE(m.machine.task(task).ended);
  }
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
  EXPECT_EQ(m.census(), before);
}

TEST(Tasks, MoreThanFitAreRefusedUntilOneEnds) {
  KernelMachine m; // its own task is one of them
  std::vector<TaskId> all;
  for (u32 n = 1; n < Machine::MostTasks; ++n) all.push_back(m.machine.createTask(""));
  for (const TaskId task : all) ASSERT_EQ(bindBy(m, task), 0) << "the memory of task " << task << " is not its own";
  EXPECT_EQ(m.machine.createTask("one too many"), 0u);
  const void* before = m.machine.userMemory(all[20], 4);
  exitOf(m, all[20]);
  const TaskId heir = m.machine.createTask("heir");
  EXPECT_NE(heir, 0u);
  EXPECT_EQ(bindBy(m, heir), 0);
  EXPECT_EQ(Arena::offsetOf(before) >> 24, Arena::offsetOf(m.machine.userMemory(heir, 4)) >> 24)
      << "the region that became free is the heir's";
  EXPECT_EQ(m.machine.createTask("one too many again"), 0u);
}

TEST(Tasks, BeginWithMemoryThatIsAllZero) {
  KernelMachine m;
  const TaskId first = m.machine.createTask("");
  const u8* secret = static_cast<const u8*>(m.machine.userMemory(first, 64));
  {
    EnterMachine enter(m.machine);
    setBytes(secret, "secret", 6);
  }
  exitOf(m, first);
  const TaskId next = m.machine.createTask("");
  ASSERT_EQ(m.machine.userMemory(next, 64), secret);
  EXPECT_EQ(secret[0], 0);
}

// Linux's rule: upwards, then again from 300, past the numbers that are still in use.
TEST(Tasks, NumbersWrapPastThoseInUse) {
  MachineOptions silent;
  silent.recording = false;
  KernelMachine m(silent);
  TaskId task = 0, stays = 0;
  bool wrapped = false;
  for (int i = 0; i < 33000 && !wrapped; ++i) {
    const TaskId next = m.machine.createTask("");
    wrapped = next < task;
    task = next;
    if (task == 300) stays = task;
    else exitOf(m, task);
  }
  ASSERT_TRUE(wrapped);
  EXPECT_EQ(stays, 300u);
  EXPECT_EQ(task, 301u) << "300 is in use";
  EXPECT_FALSE(m.machine.task(stays).ended);
}

TEST(Tasks, ASignalToOneThatHasEndedReachesNobody) {
  KernelMachine m;
  const TaskId task = m.machine.createTask("gone");
  exitOf(m, task);
  sendSignal(m.machine, task, 9);
  EXPECT_FALSE(m.machine.panicked());
  EXPECT_EQ(m.machine.journal().stimuli().back().text, "signal 9 to gone, which has ended");
}

// ---- machines side by side
TEST(Machines, RunInSeveralThreadsWithoutKnowingOfOneAnother) {
  u64 hashes[3] = {};
  const auto run = [&hashes](int i) {
    KernelMachine m;
    for (int n = 0; n < 20; ++n) m.close(m.socket(2, 1 + n % 2, 0));
    hashes[i] = m.machine.journal().hash();
  };
  std::thread one(run, 0), other(run, 1);
  run(2);
  one.join();
  other.join();
  EXPECT_EQ(hashes[0], hashes[2]);
  EXPECT_EQ(hashes[1], hashes[2]);
}

TEST(Machines, MayBeEnteredOneInsideTheOther) {
  KernelMachine outer, inner;
  int fds[2] = {};
  outer.call([&] {
    const s64 fd = __x64_sys_socket(2, 2, 0);
    fds[0] = inner.socket(2, 2, 0);
    fds[1] = static_cast<int>(__x64_sys_socket(2, 2, 0));
    return fd;
  });
  EXPECT_EQ(fds[0], 3);
  EXPECT_EQ(fds[1], 4) << "the outer machine's task was not disturbed";
}

// ---- the end
TEST(Machine, ThatStopsInTheMiddleOfASoftirqSaysSoAndStays) {
  KernelMachine m;
  stopWithNextFrame(m.machine);
  EXPECT_FALSE(m.machine.panicked());
  const std::vector<u8> frame(60, 0xff); // to everybody
  receiveFrame(m.machine, 2, frame, "a frame");
  EXPECT_EQ(m.machine.panicText(),
            "this kernel does not simulate unsimulated_tap(), and a softirq was in the middle of it");
  EXPECT_EQ(m.machine.journal().stimuli().back().result, -1);
  const EventIndex at = m.machine.stoppedAt();
  ASSERT_NE(at, NoEvent);
  EXPECT_EQ(m.machine.journal()[at - 1].type, EventType::Panic);
  EXPECT_EQ(m.socket(2, 2, 0), -1);
}

TEST(Machine, GoesOnWhenOnlyACallNeededWhatIsMissing) {
  KernelMachine m;
  m.machine.interrupt("a slot whose function is not simulated",
                      [] { set(udp_prot->recvmsg, unbuilt<"unsimulated_recvmsg">); });
  const int fd = m.socket(2, 2, 0);
  const u64 room = m.userRoom(64);
  EXPECT_EQ(m.call([=] { return __x64_sys_recvfrom(fd, room, 64, 0x40, 0, 0); }), -ENOSYS);
  EXPECT_FALSE(m.machine.panicked());
  EXPECT_EQ(m.machine.stoppedAt(), NoEvent);
  EXPECT_EQ(m.socket(2, 2, 0), fd + 1);
}

} // namespace
} // namespace sockwalk::kernel
