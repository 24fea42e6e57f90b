// Descriptors and open files: the lowest free number, several numbers for one file, and a file that is closed when the
// last of them has gone.
#include "tests/engine/kernel/fs/descriptors.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 FdFlagsGet = 1, FdFlagsSet = 2, StatusGet = 3, StatusSet = 4;
constexpr u64 Nonblock = 04000;

struct File : DescriptorTest {};

TEST_F(File, TheLowestFreeNumberIsTheNextOne) {
  for (int wanted = 3; wanted < 7; ++wanted) EXPECT_EQ(m.socket(2, 2, 0), wanted);
  m.close(5);
  m.close(4);
  EXPECT_EQ(m.socket(2, 2, 0), 4);
  EXPECT_EQ(m.socket(2, 2, 0), 5);
  EXPECT_EQ(m.socket(2, 2, 0), 7);
}

TEST_F(File, ADuplicateIsTheSameOpenFile) {
  const int one = receiver();
  const s64 other = dup(one);
  EXPECT_EQ(other, one + 1);
  EXPECT_EQ(fcntl(one, StatusSet, 0), 0); // it may wait now
  EXPECT_EQ(static_cast<u64>(fcntl(static_cast<int>(other), StatusGet)) & Nonblock, 0u) << "status is the file's";
  EXPECT_EQ(fcntl(one, FdFlagsSet, 1), 0);
  EXPECT_EQ(fcntl(static_cast<int>(other), FdFlagsGet), 0) << "close-on-exec is the number's";
}

TEST_F(File, IsClosedWithItsLastNumberOnly) {
  const auto before = m.census();
  const int in = receiver(), out = sender();
  const int second = static_cast<int>(dup(in));
  EXPECT_EQ(m.close(in), 0);
  EXPECT_EQ(write(out, "still here"), 10);
  EXPECT_EQ(read(second), "still here");
  EXPECT_EQ(m.close(second), 0);
  EXPECT_EQ(m.close(out), 0);
  auto after = m.census();
  for (const char* stays : {"ip_dst_cache", "udp_bind_bucket"}) after.erase(stays); // routes are remembered
  for (const auto& [cache, count] : before)
    if (cache == "filp" || cache == "UDP" || cache == "sock_inode_cache" || cache == "dentry") {
      EXPECT_EQ(after[cache], count) << cache;
    }
}

TEST_F(File, Dup2TakesTheNumberFromWhoHadIt) {
  const int in = receiver(), other = m.socket(2, 1, 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_dup2(static_cast<u32>(in), static_cast<u32>(other)); }), other);
  write(sender(), "for both");
  EXPECT_EQ(read(other), "for both");
  EXPECT_EQ(m.call([=] { return __x64_sys_dup2(static_cast<u32>(in), static_cast<u32>(in)); }), in);
  EXPECT_EQ(m.call([=] { return __x64_sys_dup3(static_cast<u32>(in), static_cast<u32>(in), 0); }), -EINVAL);
  EXPECT_EQ(m.call([=] { return __x64_sys_dup2(77, 5); }), -EBADF);
}

TEST_F(File, TheTableGrowsUntilTheLimit) {
  m.machine.setMaxOpenFiles(300);
  int last = 0;
  for (int fd; (fd = m.socket(2, 2, 0)) >= 0;) last = fd;
  EXPECT_EQ(last, 299);
  EXPECT_EQ(m.socket(2, 2, 0), -EMFILE);
  EXPECT_EQ(m.close(150), 0);
  EXPECT_EQ(m.socket(2, 2, 0), 150);
}

TEST_F(File, AThreadSharesTheTableAndAChildHasACopy) {
  const int fd = receiver();
  const TaskId thread = m.machine.createTask("thread", m.task, Descriptors::Shared);
  const TaskId child = m.machine.createTask("child", m.task, Descriptors::Copied);
  const auto closes = [&](TaskId task) {
    return m.callOf(task, [=] { return __x64_sys_close(static_cast<u32>(fd)); });
  };
  EXPECT_EQ(closes(child), 0);
  EXPECT_EQ(read(fd), "-11") << "the parent's number still works";
  EXPECT_EQ(closes(thread), 0);
  EXPECT_EQ(read(fd), "-9") << "what a thread closes is closed for all";
}

TEST_F(File, WhatATaskHasOpenIsClosedWhenItEnds) {
  const TaskId child = m.machine.createTask("child");
  const u64 a = m.address(Loopback, Port);
  const s64 fd = m.callOf(child, [] { return __x64_sys_socket(2, 2, 0); });
  EXPECT_EQ(m.callOf(child, [=] { return __x64_sys_bind(static_cast<int>(fd), a, 16); }), 0);
  const int mine = m.socket(2, 2, 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_bind(mine, a, 16); }), -EADDRINUSE);
  m.callOf(child, [] { return __x64_sys_exit(0); });
  EXPECT_EQ(m.call([=] { return __x64_sys_bind(mine, a, 16); }), 0);
}

} // namespace
} // namespace sockwalk::kernel
