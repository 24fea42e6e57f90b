// The calls of socket(2), close(2), bind(2) ... against recordings of the real kernel (tests/kernel_truth): each of
// these cases must be the kernel's own story, call by call.
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

enum { Unix = 1, Inet = 2, Netlink = 16, Packet = 17, Stream = 1, Dgram = 2, Raw = 3, Rdm = 4, Seqpacket = 5 };
constexpr int Cloexec = 02000000, Nonblock = 04000;
constexpr u32 Loopback = 0x7f000001;

void expectWhole(KernelMachine& m, std::size_t cases) {
  const auto all = scores(m);
  EXPECT_EQ(all.size(), cases);
  for (auto& [name, score] : all) EXPECT_EQ(score, 1.0) << name;
}

struct Creation {
  const char *socket, *close;
  int family, type, protocol;
  s64 result;
};
const Creation creations[] = {
    {"socket_tcp", "close_tcp", Inet, Stream, 0, 3},
    {"socket_tcp_cloexec_nonblock", "", Inet, Stream | Cloexec | Nonblock, 0, 3},
    {"socket_udp", "close_udp_unbound", Inet, Dgram, 0, 3},
    {"socket_udp_explicit_nonblock", "close_udp_explicit_nonblock", Inet, Dgram | Nonblock, 17, 3},
    {"socket_udplite", "close_udplite", Inet, Dgram, 136, 3},
    {"socket_raw_icmp", "close_raw_icmp", Inet, Raw, 1, 3},
    {"socket_raw_udp", "close_raw_udp", Inet, Raw, 17, 3},
    {"socket_raw_raw", "close_raw_raw", Inet, Raw, 255, 3},
    {"socket_ping", "close_ping", Inet, Dgram, 1, 3},
    {"socket_unix_stream", "close_unix", Unix, Stream, 0, 3},
    {"socket_unix_dgram", "close_unix_dgram", Unix, Dgram, 0, 3},
    {"socket_unix_seqpacket", "close_unix_seqpacket", Unix, Seqpacket, 0, 3},
    {"socket_unix_raw_becomes_dgram", "close_unix_raw_becomes_dgram", Unix, Raw, 0, 3},
    {"socket_netlink_route", "close_netlink", Netlink, Raw, 0, 3},
    {"socket_netlink_dgram_generic", "close_netlink_dgram_generic", Netlink, Dgram, 16, 3},
    {"socket_packet_raw", "close_packet", Packet, Raw, 0x0300, 3},
    {"socket_packet_dgram", "close_packet_dgram", Packet, Dgram, 0x0300, 3},
    {"socket_packet_raw_proto_0", "close_packet_raw_proto_0", Packet, Raw, 0, 3},
    {"socket_inet_sock_packet_is_af_packet", "close_inet_sock_packet_is_af_packet", Inet, 10, 0x0300, 3},
    {"socket_family_99_eafnosupport", "", 99, Stream, 0, -EAFNOSUPPORT},
    {"socket_family_46_eafnosupport", "", 46, Stream, 0, -EAFNOSUPPORT},
    {"socket_family_negative_eafnosupport", "", -1, Stream, 0, -EAFNOSUPPORT},
    {"socket_unspec_eafnosupport", "", 0, Stream, 0, -EAFNOSUPPORT},
    {"socket_appletalk_eafnosupport", "", 5, Dgram, 0, -EAFNOSUPPORT},
    {"socket_flags_einval", "", Inet, Stream | 0x100000, 0, -EINVAL},
    {"socket_type_0_esocktnosupport", "", Inet, 0, 0, -ESOCKTNOSUPPORT},
    {"socket_type_11_einval", "", Inet, 11, 0, -EINVAL},
    {"socket_rdm_esocktnosupport", "", Inet, Rdm, 0, -ESOCKTNOSUPPORT},
    {"socket_seqpacket_esocktnosupport", "", Inet, Seqpacket, 0, -ESOCKTNOSUPPORT},
    {"socket_stream_udp_eprotonosupport", "", Inet, Stream, 17, -EPROTONOSUPPORT},
    {"socket_stream_icmp_eprotonosupport", "", Inet, Stream, 1, -EPROTONOSUPPORT},
    {"socket_dgram_tcp_eprotonosupport", "", Inet, Dgram, 6, -EPROTONOSUPPORT},
    {"socket_raw_proto_0_eprotonosupport", "", Inet, Raw, 0, -EPROTONOSUPPORT},
    {"socket_proto_300_einval", "", Inet, Stream, 300, -EINVAL},
    {"socket_proto_negative_einval", "", Inet, Stream, -1, -EINVAL},
    {"socket_unix_proto_5_eprotonosupport", "", Unix, Stream, 5, -EPROTONOSUPPORT},
    {"socket_unix_rdm_esocktnosupport", "", Unix, Rdm, 0, -ESOCKTNOSUPPORT},
    {"socket_netlink_proto_99_eprotonosupport", "", Netlink, Raw, 99, -EPROTONOSUPPORT},
    {"socket_netlink_stream_esocktnosupport", "", Netlink, Stream, 0, -ESOCKTNOSUPPORT},
    {"socket_packet_stream_esocktnosupport", "", Packet, Stream, 0, -ESOCKTNOSUPPORT},
};

TEST(SocketTruth, CreationAndClose) {
  KernelMachine m;
  m.close(m.socket(Inet, 10, 0, ""),
          ""); // of the first of its kind the kernel's log is told: the recorded one was not it
  const auto before = m.census();
  std::size_t cases = 0;
  for (const Creation& c : creations) {
    const int fd = m.socket(c.family, c.type, c.protocol, c.socket);
    EXPECT_EQ(fd, c.result ? c.result : 3) << c.socket; // 0, 1 and 2 are the terminal
    cases += 1 + (*c.close != 0);
    if (fd >= 0) {
      EXPECT_EQ(m.close(fd, c.close), 0) << c.socket;
    }
    EXPECT_EQ(m.census(), before) << c.socket;
  }
  EXPECT_EQ(m.close(77, "close_ebadf"), -EBADF);
  expectWhole(m, cases + 1);
}

TEST(SocketTruth, WithoutCapabilities) {
  KernelMachine m;
  dropPrivileges(m.machine, m.task);
  EXPECT_EQ(m.socket(Inet, Raw, 1, "socket_raw_icmp_eperm"), -EPERM);
  EXPECT_EQ(m.socket(Packet, Raw, 0x0300, "socket_packet_raw_eperm"), -EPERM);
  EXPECT_GE(m.socket(Inet, Dgram, 0, "socket_udp_without_capabilities"), 0);
  expectWhole(m, 3);
}

TEST(SocketTruth, DescriptorsRunOut) {
  MachineOptions options;
  options.maxOpenFiles = 0;
  KernelMachine m(options);
  const auto before = m.census();
  EXPECT_EQ(m.socket(Inet, Stream, 0, "socket_tcp_emfile"), -EMFILE);
  EXPECT_EQ(m.socket(Inet, Dgram, 0, "socket_udp_emfile"), -EMFILE);
  EXPECT_EQ(m.census(), before);
  expectWhole(m, 2);
}

TEST(SocketTruth, FilesRunOut) {
  MachineOptions options;
  options.maxFiles = 0; // the terminal counts towards no limit
  KernelMachine m(options);
  dropPrivileges(m.machine, m.task);
  const auto before = m.census();
  EXPECT_EQ(m.socket(Inet, Stream, 0, "socket_tcp_enfile"), -ENFILE);
  EXPECT_EQ(m.socket(Inet, Dgram, 0, "socket_udp_enfile"), -ENFILE);
  EXPECT_EQ(m.census(), before);
  expectWhole(m, 2);
}

TEST(SocketTruth, BindOfUdp) {
  KernelMachine m;
  const auto bind = [&](int fd, u64 address, int len, const char* name) {
    return m.call([=] { return __x64_sys_bind(fd, address, len); }, name);
  };
  const auto before = m.census();
  const int a = m.socket(Inet, Dgram, 0), b = m.socket(Inet, Dgram, 0), c = m.socket(Inet, Dgram, 0);
  EXPECT_EQ(bind(a, m.address(Loopback, 5000), 16, "bind_udp"), 0);
  EXPECT_EQ(bind(b, m.address(Loopback, 5000), 16, "bind_udp_eaddrinuse"), -EADDRINUSE);
  EXPECT_EQ(bind(b, m.address(0, 5000), 16, "bind_udp_wildcard_eaddrinuse"), -EADDRINUSE);
  EXPECT_EQ(bind(a, m.address(Loopback, 5001), 16, "bind_udp_twice_einval"), -EINVAL);
  EXPECT_EQ(bind(b, m.address(Loopback, 5001, 10), 16, "bind_udp_eafnosupport"), -EAFNOSUPPORT);
  EXPECT_EQ(bind(b, m.address(Loopback, 5001), 8, "bind_udp_short_address_einval"), -EINVAL);
  EXPECT_EQ(bind(c, m.address(0, 0), 16, "bind_udp_port_0"), 0);
  const u64 name = m.userRoom(16), len = m.userRoom(4);
  const auto getsockname = [&](int fd, const char* caseName) {
    EnterMachine enter(m.machine);
    set(*t_arena->object<s32>(len), 16);
    m.call([=] { return __x64_sys_getsockname(fd, name, len); }, caseName);
    return __builtin_bswap16(m.at<u16>(name + 2));
  };
  EXPECT_EQ(getsockname(a, "getsockname_udp_bound"), 5000);
  EXPECT_EQ(getsockname(b, "getsockname_udp_unbound"), 0);
  EXPECT_GE(getsockname(c, ""), 32768);
  EXPECT_EQ(m.close(a, "close_udp_bound"), 0);
  EXPECT_EQ(m.close(b), 0);
  EXPECT_EQ(m.close(c), 0);
  EXPECT_EQ(m.census(), before);
  expectWhole(m, 10);
}

TEST(SocketTruth, BindOfTcp) {
  KernelMachine m;
  const auto bind = [&](int fd, u64 address, const char* name) {
    return m.call([=] { return __x64_sys_bind(fd, address, 16); }, name);
  };
  const auto before = m.census();
  const int a = m.socket(Inet, Stream, 0), b = m.socket(Inet, Stream, 0), c = m.socket(Inet, Stream, 0);
  EXPECT_EQ(bind(a, m.address(Loopback, 5000), "bind_tcp"), 0);
  EXPECT_EQ(bind(b, m.address(Loopback, 5000), "bind_tcp_eaddrinuse"), -EADDRINUSE);
  EXPECT_EQ(bind(b, m.address(0, 5000), ""), -EADDRINUSE);
  // The recorded host finds its default route on the way to this answer, so the case needs eth0 to be whole.
  EXPECT_EQ(bind(b, m.address(0xcb007109, 0), "bind_tcp_eaddrnotavail"), -EADDRNOTAVAIL);
  EXPECT_EQ(bind(b, m.address(0, 6000), ""), 0);
  EXPECT_EQ(bind(c, m.address(Loopback, 6000), ""), -EADDRINUSE);
  EXPECT_EQ(bind(c, m.address(Loopback, 0), ""), 0);
  for (int fd : {a, b, c}) EXPECT_EQ(m.close(fd), 0) << m.machine.panicText();
  EXPECT_EQ(m.census(), before);
  const auto all = scores(m);
  EXPECT_EQ(all.at("bind_tcp"), 1.0);
  EXPECT_EQ(all.at("bind_tcp_eaddrinuse"), 1.0);
  EXPECT_GE(all.at("bind_tcp_eaddrnotavail"), 0.96);
}

TEST(SocketTruth, SmallCalls) {
  KernelMachine m;
  const auto before = m.census();
  const int tcp = m.socket(Inet, Stream, 0), udp = m.socket(Inet, Dgram | Nonblock, 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_fcntl(u32(tcp), 4, 04000); }, "fcntl_setfl_nonblock"), 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_fcntl(u32(tcp), 3, 0); }), 04002);
  EXPECT_EQ(m.call([=] { return __x64_sys_dup(u32(tcp)); }, "dup_socket"), 5);
  EXPECT_EQ(m.call([=] { return __x64_sys_dup2(u32(tcp), 9); }), 9);
  const s32 one = 1;
  const u64 value = m.user(&one, 4), room = m.userRoom(64), four = m.user("\4\0\0\0", 4);
  EXPECT_EQ(m.call([=] { return __x64_sys_setsockopt(tcp, 1, 2, value, 4); }, "setsockopt_reuseaddr"), 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_getsockopt(tcp, 1, 2, room, four); }), 0);
  EXPECT_EQ(m.at<s32>(room), 1);
  const s64 second[2] = {0, 50000};
  const u64 timeout = m.user(second, 16);
  EXPECT_EQ(m.call([=] { return __x64_sys_setsockopt(udp, 1, 20, timeout, 16); }, "setsockopt_rcvtimeo"), 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_recvfrom(udp, room, 64, 0, 0, 0); }, "recv_udp_eagain"), -EAGAIN);
  EXPECT_EQ(m.call([=] { return __x64_sys_recvfrom(55, room, 64, 0, 0, 0); }, "recv_ebadf"), -EBADF);
  EXPECT_EQ(m.call([=] { return __x64_sys_ioctl(u32(udp), 0x541b, room); }, "ioctl_fionread_udp_empty"), 0);
  for (int fd : {tcp, 5, 9, udp}) EXPECT_EQ(m.close(fd), 0);
  EXPECT_EQ(m.census(), before);
  expectWhole(m, 7);
}

TEST(SocketTruth, ATimeoutEndsTheWait) {
  KernelMachine m;
  const int udp = m.socket(Inet, Dgram, 0);
  const s64 tv[2] = {0, 50000};
  const u64 timeout = m.user(tv, 16), room = m.userRoom(64);
  m.call([=] { return __x64_sys_setsockopt(udp, 1, 20, timeout, 16); });
  EXPECT_EQ(m.call([=] { return __x64_sys_recvfrom(udp, room, 64, 0, 0, 0); }, "recv_udp_timeout_eagain"), INT64_MIN);
  const u32 stimulus = static_cast<u32>(m.machine.journal().stimuli().size()) - 1;
  m.machine.runUntil(m.machine.now() + 40000000);
  EXPECT_TRUE(m.machine.busy(m.task));
  m.machine.runUntil(m.machine.now() + 20000000);
  EXPECT_FALSE(m.machine.busy(m.task)) << m.machine.panicText();
  EXPECT_EQ(m.resultOf(stimulus), -EAGAIN);
}

TEST(SocketTruth, UnixPair) {
  KernelMachine m;
  const auto before = m.census();
  const u64 vector = m.userRoom(8);
  EXPECT_EQ(m.call([=] { return __x64_sys_socketpair(Inet, Stream, 0, vector); }, "socketpair_inet_eopnotsupp"),
            -EOPNOTSUPP);
  EXPECT_EQ(m.census(), before);
  EXPECT_EQ(m.call([=] { return __x64_sys_socketpair(Unix, Stream, 0, vector); }, "socketpair_unix_stream"), 0);
  EXPECT_EQ(m.close(m.at<s32>(vector), "close_unix_pair_first"), 0);
  EXPECT_EQ(m.close(m.at<s32>(vector + 4), "close_unix_pair_second"), 0);
  EXPECT_EQ(m.census(), before);
  expectWhole(m, 4);
}

// 64 descriptors stand in files_struct itself; the 65th needs a bigger table, and shrinking does not happen.
TEST(Descriptors, TableGrows) {
  KernelMachine m;
  for (int i = 3; i < 300; ++i) ASSERT_EQ(m.socket(Inet, Dgram, 0), i) << m.machine.panicText();
  EXPECT_EQ(m.close(130), 0);
  EXPECT_EQ(m.socket(Inet, Stream, 0), 130);
  for (int i = 3; i < 300; ++i) ASSERT_EQ(m.close(i), 0);
}

} // namespace
} // namespace sockwalk::kernel
