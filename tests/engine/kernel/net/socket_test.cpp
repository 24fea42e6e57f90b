// socket(2) and close(2): every kind, every error, and nothing left behind.
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

constexpr int Cloexec = 02000000, Nonblock = 04000;
enum { Unix = 1, Inet = 2, Netlink = 16, Packet = 17, Stream = 1, Dgram = 2, Raw = 3, Rdm = 4, Seqpacket = 5 };

struct Kind {
  const char* name;
  int family, type, protocol;
};
void PrintTo(const Kind& k, std::ostream* out) { *out << k.name; }
const Kind kinds[] = {
    {"tcp", Inet, Stream, 0},         {"udp", Inet, Dgram, 0},         {"raw_icmp", Inet, Raw, 1},
    {"raw_raw", Inet, Raw, 255},      {"ping", Inet, Dgram, 1},        {"udplite", Inet, Dgram, 136},
    {"unix_stream", Unix, Stream, 0}, {"unix_dgram", Unix, Dgram, 0},  {"unix_seqpacket", Unix, Seqpacket, 0},
    {"netlink", Netlink, Raw, 0},     {"packet", Packet, Raw, 0x0300}, {"packet_0", Packet, Dgram, 0},
};

class EveryKind : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Socket, EveryKind, testing::ValuesIn(kinds),
                         [](auto& kind) { return std::string(kind.param.name); });

TEST_P(EveryKind, IsGoneAfterClose) {
  KernelMachine m;
  const auto before = m.census();
  const Kind k = GetParam();
  const int fd = m.socket(k.family, k.type, k.protocol);
  ASSERT_EQ(fd, 3) << m.machine.panicText(); // 0, 1 and 2 are the terminal
  EXPECT_NE(m.census(), before);
  EXPECT_EQ(m.close(fd), 0) << m.machine.panicText();
  EXPECT_EQ(m.census(), before);
  EXPECT_EQ(m.close(fd), -EBADF);
}

// Each allocation that socket(2) makes fails once: the call says so, and undoes what it had done.
TEST_P(EveryKind, UnwindsEachFailedAllocation) {
  KernelMachine m;
  const Kind k = GetParam();
  const auto before = m.census();
  u32 failures = 0;
  for (u32 nth = 1; nth < 100; ++nth) {
    m.machine.failAllocation("__x64_sys_socket", nth);
    const int fd = m.socket(k.family, k.type, k.protocol);
    ASSERT_FALSE(m.machine.panicked()) << nth << ": " << m.machine.panicText();
    if (fd >= 0) {
      EXPECT_EQ(m.close(fd), 0);
      EXPECT_EQ(m.census(), before);
      break;
    }
    EXPECT_TRUE(fd == -ENFILE || fd == -ENOMEM || fd == -ENOBUFS) << nth << ": " << fd;
    EXPECT_EQ(m.census(), before) << "allocation " << nth;
    ++failures;
  }
  EXPECT_EQ(failures, 5u); // inode, sock, security label, dentry, file
}

} // namespace
} // namespace sockwalk::kernel
