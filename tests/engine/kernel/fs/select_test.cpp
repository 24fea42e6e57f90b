// poll(2) and select(2), call by call: what is ready is told at once, what is not is slept for, and nothing is left on
// the wait queues. (How scripts play them: tests/engine/scenario/poll_test.cpp.)
#include "engine/kernel/include/linux/poll.h"
#include "tests/engine/kernel/fs/descriptors.h"

namespace sockwalk::kernel {
namespace {

constexpr u16 In = 1, Out = 4, Invalid = 0x20;

struct Select : DescriptorTest {
  struct Pollfd {
    s32 fd;
    u16 events, revents;
  };
  u64 where = 0;
  // poll(2) of these; INT64_MIN: it sleeps. revents(n) are what it has told.
  s64 poll(std::vector<Pollfd> fds, int milliseconds) {
    where = m.user(fds.data(), static_cast<u32>(fds.size() * sizeof(Pollfd)));
    const u64 at = where;
    const u32 count = static_cast<u32>(fds.size());
    return m.call([=] { return __x64_sys_poll(at, count, milliseconds); });
  }
  u16 revents(u32 n) { return m.at<Pollfd>(where + n * sizeof(Pollfd)).revents; }
};

TEST_F(Select, PollTellsEachDescriptorsState) {
  const int in = receiver(), out = sender();
  EXPECT_EQ(poll({{in, In, 0}, {out, In | Out, 0}, {-1, In, 0}, {77, In, 0}}, 0), 2);
  EXPECT_EQ(revents(0), 0);
  EXPECT_EQ(revents(1), Out);
  EXPECT_EQ(revents(2), 0) << "below zero is passed over";
  EXPECT_EQ(revents(3), Invalid);
  write(out, "x");
  EXPECT_EQ(poll({{in, In, 0}}, 0), 1);
}

TEST_F(Select, PollSleepsUntilTheTimeIsUp) {
  const int in = receiver();
  EXPECT_EQ(poll({{in, In, 0}}, 50), INT64_MIN);
  const u32 stimulus = static_cast<u32>(m.machine.journal().stimuli().size()) - 1;
  pass(40'000'000);
  EXPECT_TRUE(m.machine.busy(m.task));
  pass(20'000'000);
  EXPECT_FALSE(m.machine.busy(m.task));
  EXPECT_EQ(m.resultOf(stimulus), 0);
}

TEST_F(Select, PollIsWokenByADatagramAndLeavesNoEntryBehind) {
  const int in = receiver();
  const TaskId other = m.machine.createTask("other", m.task, Descriptors::Shared);
  const int out = sender();
  EXPECT_EQ(poll({{in, In, 0}}, -1), INT64_MIN);
  const u32 stimulus = static_cast<u32>(m.machine.journal().stimuli().size()) - 1;
  const u64 letter = m.user("x", 1);
  EXPECT_EQ(m.callOf(other, [=] { return __x64_sys_write(static_cast<u32>(out), letter, 1); }), 1);
  EXPECT_EQ(m.resultOf(stimulus), 1);
  EXPECT_EQ(revents(0), In);
  EXPECT_EQ(read(in), "x");
  EnterMachine enter(m.machine);
  const file* f = files_lookup_fd(m.machine.task(m.task).task->files, static_cast<u32>(in));
  const auto* sock = static_cast<const socket*>(f->private_data.get());
  EXPECT_TRUE(list_empty(&sock->wq.wait.head)) << "somebody still waits";
}

TEST_F(Select, SelectReadsAndWritesItsThreeSets) {
  const int in = receiver(), out = sender();
  write(out, "x");
  const u64 wanted = 1ull << in | 1ull << out, zero[2] = {0, 0};
  const u64 read = m.user(&wanted, 8), written = m.user(&wanted, 8), at = m.user(zero, 16);
  const int n = out + 1;
  EXPECT_EQ(m.call([=] { return __x64_sys_select(n, read, written, 0, at); }), 3);
  EXPECT_EQ(m.at<u64>(read), 1ull << in);
  EXPECT_EQ(m.at<u64>(written), wanted);
  const u64 nobody = 1ull << 40, strange = m.user(&nobody, 8);
  EXPECT_EQ(m.call([=] { return __x64_sys_select(41, strange, 0, 0, at); }), -EBADF);
  EXPECT_EQ(m.call([=] { return __x64_sys_select(-1, 0, 0, 0, at); }), -EINVAL);
}

TEST_F(Select, ASignalEndsTheSleep) {
  const int in = receiver();
  const u64 handler = 0x400000;
  m.call([=] { return __x64_sys_rt_sigaction(10, handler); });
  EXPECT_EQ(poll({{in, In, 0}}, -1), INT64_MIN);
  const u32 stimulus = static_cast<u32>(m.machine.journal().stimuli().size()) - 1;
  sendSignal(m.machine, m.task, 10);
  EXPECT_EQ(m.resultOf(stimulus), -EINTR);
}

} // namespace
} // namespace sockwalk::kernel
