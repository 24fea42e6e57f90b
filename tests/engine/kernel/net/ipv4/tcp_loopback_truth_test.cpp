// A server and a client over lo, in one task, as the real kernel was recorded with them (tests/kernel_truth): the calls
// and the buffers of data going, arriving and ending must be the kernel's.
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

constexpr u32 Loopback = 0x7f000001;

class TcpLoopback : public testing::Test {
protected:
  KernelMachine k;
  TaskId m_writer = k.machine.createTask("writer");
  void pause() { k.machine.runUntil(k.machine.now() + 1000000000); }
  s64 write(int fd, u32 n, const std::string& name = "") {
    const u64 from = k.userRoom(n);
    const s64 r = k.call([=] { return __x64_sys_write(static_cast<u32>(fd), from, n); }, name);
    pause();
    return r;
  }
  s64 read(int fd, u32 n, const std::string& name = "", u32 flags = 0) {
    const u64 room = k.userRoom(n);
    const s64 r = flags ? k.call([=] { return __x64_sys_recvfrom(fd, room, n, flags, 0, 0); }, name)
                        : k.call([=] { return __x64_sys_read(static_cast<u32>(fd), room, n); }, name);
    pause();
    return r;
  }
};

TEST_F(TcpLoopback, DataAndTheEnd) {
  const int l = k.socket(2, 1, 0);
  const u64 a = k.address(Loopback, 8080), one = k.user("\1\0\0\0", 4), other = k.address(Loopback, 9);
  k.call([=] { return __x64_sys_setsockopt(l, 1, 2, one, 4); });
  ASSERT_EQ(k.call([=] { return __x64_sys_bind(l, a, 16); }), 0);
  ASSERT_EQ(k.call([=] { return __x64_sys_listen(l, 5); }), 0);
  const int x = k.socket(2, 1, 0);
  k.call([=] { return __x64_sys_connect(x, other, 16); }, "connect_tcp_econnrefused");
  k.close(x);
  const int c = k.socket(2, 1, 0);
  ASSERT_EQ(k.call([=] { return __x64_sys_connect(c, a, 16); }, "connect_tcp_lo"), 0);
  pause();
  const int s = static_cast<int>(k.call([=] { return __x64_sys_accept(l, 0, 0); }));
  ASSERT_GE(s, 0);
  EXPECT_EQ(write(c, 5, "write_tcp_lo_5"), 5);
  EXPECT_EQ(read(s, 100, "read_tcp_5"), 5);
  EXPECT_EQ(read(s, 100, "recv_tcp_eagain", 0x40), -EAGAIN);
  EXPECT_EQ(write(c, 65536, "write_tcp_lo_64k"), 65536);
  for (s64 n = 0, r; n < 65536 && (r = read(s, 100000)) > 0; n += r) {}
  EXPECT_EQ(k.call([=] { return __x64_sys_shutdown(c, 1); }, "shutdown_tcp_wr"), 0);
  pause();
  EXPECT_EQ(read(s, 100, "read_tcp_eof"), 0);
  EXPECT_EQ(k.close(s, "close_tcp_passive"), 0);
  pause();
  EXPECT_EQ(k.close(c, "close_tcp_active"), 0);
  ASSERT_FALSE(k.machine.panicked()) << k.machine.panicText();
  for (const char* kind : {"calls", "geometry"})
    for (auto& [name, score] : scores(k, kind)) EXPECT_GE(score, 0.94) << kind << " " << name;
}

} // namespace
} // namespace sockwalk::kernel
