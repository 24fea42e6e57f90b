// Fibres: a body that sleeps in its middle and goes on there, on a stack whose end is guarded.
#include "engine/kernel/machine/fibre.h"
#include "engine/kernel/machine/fibre_cancelled.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>
#include <unistd.h>

namespace sockwalk::kernel {
namespace {

TEST(Fibre, GoesOnWhereItSlept) {
  StackPool stacks;
  std::string story;
  Fibre* self = nullptr;
  Fibre fibre(
      [&] {
        story += "begins ";
        self->suspend();
        story += "goes on ";
      },
      stacks);
  self = &fibre;
  fibre.resume();
  story += "meanwhile ";
  EXPECT_FALSE(fibre.finished());
  fibre.resume();
  EXPECT_TRUE(fibre.finished());
  EXPECT_EQ(story, "begins meanwhile goes on ");
}

TEST(Fibre, GivenUpWhileItSleepsUnwindsItsStack) {
  struct Guest {
    bool& gone;
    ~Guest() { gone = true; }
  };
  StackPool stacks;
  bool gone = false, wentOn = false;
  {
    Fibre* self = nullptr;
    Fibre fibre(
        [&] {
          const Guest guest{gone};
          try {
            self->suspend();
            wentOn = true;
          } catch (const FibreCancelled&) {}
        },
        stacks);
    self = &fibre;
    fibre.resume();
    EXPECT_FALSE(gone);
  }
  EXPECT_TRUE(gone);
  EXPECT_FALSE(wentOn);
}

TEST(Fibre, ThatNeverRanDoesNotRunWhenItGoes) {
  StackPool stacks;
  bool ran = false;
  {
    Fibre fibre([&] { ran = true; }, stacks);
  }
  EXPECT_FALSE(ran);
}

// The host's kernel is asked whether it may read there: what it may not is a fault for us too.
bool readable(const char* at) {
  int ends[2];
  if (pipe(ends)) return false;
  const bool could = write(ends[1], at, 1) == 1;
  close(ends[0]);
  close(ends[1]);
  return could;
}

TEST(Stacks, HaveAPageBelowThemThatNobodyMayTouch) {
  StackPool stacks;
  char* one = stacks.take();
  char* other = stacks.take();
  for (const char* stack : {one, other}) {
    EXPECT_TRUE(readable(stack));
    EXPECT_TRUE(readable(stack + StackPool::StackSize - 1));
    EXPECT_FALSE(readable(stack - 1)) << "what runs over the end would write here";
    EXPECT_FALSE(readable(stack - StackPool::GuardSize));
  }
  stacks.giveBack(one);
  EXPECT_EQ(stacks.take(), one) << "a stack serves again, with its guard";
  EXPECT_FALSE(readable(one - 1));
  stacks.giveBack(one);
  stacks.giveBack(other);
}

// A recursion without end is stopped by a sentence before it reaches the guard.
int endless(int depth, int last) {
  KFUNC(endless, depth, last);
  return call.result(depth == last ? 0 : endless(depth + 1, last) + 1);
}
TEST(Stacks, ThatRunFullStopTheMachineWithASentence) {
  KernelMachine m;
  m.call([] { return s64(endless(0, 1 << 30)); });
  EXPECT_EQ(m.machine.panicText(), "kernel BUG: the kernel stack of test is full, at the call of endless()");
  const Journal& j = m.machine.journal();
  EXPECT_EQ(j[m.machine.stoppedAt() - 1].type, EventType::Panic) << "and the record ends there, whole";
  EXPECT_EQ(m.socket(2, 2, 0), -1) << "nothing moves a machine that has stopped";
}

} // namespace
} // namespace sockwalk::kernel
