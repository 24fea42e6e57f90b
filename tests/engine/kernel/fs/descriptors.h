// One task with descriptors, its calls by their usual names: what the tests of fs share.
#pragma once
#include "engine/kernel/include/linux/fs.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {

struct DescriptorTest : testing::Test {
  static constexpr u32 Loopback = 0x7f000001;
  static constexpr u16 Port = 5400;
  KernelMachine m;

  s64 dup(int fd) {
    return m.call([=] { return __x64_sys_dup(static_cast<u32>(fd)); });
  }
  s64 fcntl(int fd, u32 command, u64 argument = 0) {
    return m.call([=] { return __x64_sys_fcntl(static_cast<u32>(fd), command, argument); });
  }
  s64 write(int fd, const std::string& text) {
    const u64 from = m.user(text.data(), static_cast<u32>(text.size())), size = text.size();
    return m.call([=] { return __x64_sys_write(static_cast<u32>(fd), from, size); });
  }
  // What read(2) gives, or the error as "-11"; "sleeps" if it does.
  std::string read(int fd, u32 room = 100) {
    const u64 to = m.userRoom(room);
    const s64 n = m.call([=] { return __x64_sys_read(static_cast<u32>(fd), to, room); });
    if (n == INT64_MIN) return "sleeps";
    return n < 0 ? std::to_string(n) : textAt(to, static_cast<u64>(n));
  }
  std::string textAt(u64 address, u64 size) {
    return {reinterpret_cast<const char*>(m.machine.recorder().arena().at(static_cast<u32>(address))), size};
  }
  // A datagram socket that is bound to Port of lo, and one that is connected to it; neither waits.
  int receiver() {
    const int fd = m.socket(2, 2 | 04000, 0);
    const u64 a = m.address(Loopback, Port);
    EXPECT_EQ(m.call([=] { return __x64_sys_bind(fd, a, 16); }), 0);
    return fd;
  }
  int sender() {
    const int fd = m.socket(2, 2 | 04000, 0);
    const u64 a = m.address(Loopback, Port);
    EXPECT_EQ(m.call([=] { return __x64_sys_connect(fd, a, 16); }), 0);
    return fd;
  }
  void pass(s64 ns) { m.machine.runUntil(m.machine.now() + ns); }
};

} // namespace sockwalk::kernel
