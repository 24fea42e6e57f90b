// Control messages in both directions, the notices of MSG_ZEROCOPY, and the options of datagram and raw sockets.
#include "engine/kernel/include/linux/in.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

struct Control {
  s32 level, type;
  std::string data;
  template <class T> T as() const {
    T v{};
    std::memcpy(&v, data.data(), std::min(sizeof v, data.size()));
    return v;
  }
};

struct Messages : KernelMachine {
  u64 data = userRoom(65536);
  ~Messages() { EXPECT_FALSE(machine.panicked()) << machine.panicText(); }
  int udp(u16 port) {
    const int fd = socket(2, 2, 0);
    const u64 a = address(INADDR_LOOPBACK, port);
    if (port) {
      EXPECT_EQ(call([=] { return __x64_sys_bind(fd, a, 16); }), 0);
    }
    return fd;
  }
  s64 setOption(int fd, int level, int option, s32 value) {
    const u64 v = user(&value, 4);
    return call([=] { return __x64_sys_setsockopt(fd, level, option, v, 4); });
  }
  // A user_msghdr with one buffer of `size` bytes at `data`.
  u64 message(u32 size, u64 name, u64 control, u64 controllen) {
    const u64 iov[2] = {data, size};
    user_msghdr h;
    std::memset(static_cast<void*>(&h), 0, sizeof h);
    h.msg_name.value = name;
    h.msg_namelen = name ? 16 : 0;
    h.msg_iov.value = user(iov, sizeof iov);
    h.msg_iovlen = 1;
    h.msg_control.value = control;
    h.msg_controllen = controllen;
    return user(&h, sizeof h);
  }
  s64 sendWith(int fd, u16 port, const std::vector<Control>& controls) {
    std::string bytes;
    for (const Control& c : controls) {
      const u64 len = 16 + c.data.size();
      bytes.append(reinterpret_cast<const char*>(&len), 8);
      bytes.append(reinterpret_cast<const char*>(&c.level), 4);
      bytes.append(reinterpret_cast<const char*>(&c.type), 4);
      bytes += c.data;
      bytes.resize((bytes.size() + 7) / 8 * 8);
    }
    const u64 m =
        message(5, address(INADDR_LOOPBACK, port), user(bytes.data(), static_cast<u32>(bytes.size())), bytes.size());
    return call([=] { return __x64_sys_sendmsg(fd, m, 0); });
  }
  std::vector<Control> receive(int fd, u32 flags = 0, u64 room = 512) {
    const u64 control = userRoom(512);
    last = message(65536, 0, control, room);
    const u64 m = last;
    result = call([=] { return __x64_sys_recvmsg(fd, m, flags); });
    std::vector<Control> got;
    if (result < 0) return got;
    const u64 filled = at<u64>(m + offsetof(user_msghdr, msg_controllen));
    for (u64 p = 0; p + 16 <= filled;) {
      const u64 len = at<u64>(control + p);
      got.push_back(
          {at<s32>(control + p + 8), at<s32>(control + p + 12),
           std::string(reinterpret_cast<const char*>(machine.recorder().arena().at(u32(control + p + 16))), len - 16)});
      p += (len + 7) / 8 * 8;
    }
    return got;
  }
  u32 flagsOfLast() { return at<u32>(last + offsetof(user_msghdr, msg_flags)); }
  u64 last = 0;
  s64 result = 0;
};
std::string word(s32 v) { return std::string(reinterpret_cast<const char*>(&v), 4); }

TEST(ControlMessages, WhatAReceiverAsksForAndASenderSays) {
  Messages m;
  const int r = m.udp(9000), s = m.udp(0);
  for (int option : {IP_PKTINFO, IP_RECVTTL, IP_RECVTOS}) EXPECT_EQ(m.setOption(r, SOL_IP, option, 1), 0);
  EXPECT_EQ(m.setOption(r, SOL_SOCKET, SO_TIMESTAMP, 1), 0);
  m.machine.runUntil(m.machine.now() + 3000000000);
  EXPECT_EQ(m.sendWith(s, 9000, {{SOL_IP, IP_TTL, word(7)}, {SOL_IP, IP_TOS, word(0x10)}}), 5);
  const auto got = m.receive(r);
  EXPECT_EQ(m.result, 5);
  ASSERT_EQ(got.size(), 4u);
  EXPECT_EQ(got[0].level, SOL_SOCKET);
  EXPECT_EQ(got[0].type, SO_TIMESTAMP);
  EXPECT_GE(got[0].as<s64>(), 3);
  EXPECT_EQ(got[1].type, IP_PKTINFO);
  EXPECT_EQ(got[1].as<s32>(), 1); // lo
  EXPECT_EQ(got[2].type, IP_TTL);
  EXPECT_EQ(got[2].as<s32>(), 7);
  EXPECT_EQ(got[3].type, IP_TOS);
  EXPECT_EQ(got[3].as<u8>(), 0x10);
  EXPECT_EQ(m.sendWith(s, 9000, {}), 5); // the next packet is an ordinary one again
  EXPECT_EQ(m.receive(r)[2].as<s32>(), 64);
}

TEST(ControlMessages, TooLittleRoomIsTold) {
  Messages m;
  const int r = m.udp(9000), s = m.udp(0);
  EXPECT_EQ(m.setOption(r, SOL_IP, IP_RECVTTL, 1), 0);
  EXPECT_EQ(m.sendWith(s, 9000, {}), 5);
  EXPECT_TRUE(m.receive(r, 0, 8).empty());
  EXPECT_EQ(m.result, 5);
  EXPECT_EQ(m.flagsOfLast() & MSG_CTRUNC, u32{MSG_CTRUNC});
}

TEST(ControlMessages, MalformedOnesAreRefused) {
  Messages m;
  m.udp(9000);
  const int s = m.udp(0);
  EXPECT_EQ(m.sendWith(s, 9000, {{SOL_IP, IP_TTL, word(0)}}), -EINVAL);
  EXPECT_EQ(m.sendWith(s, 9000, {{SOL_IP, IP_TTL, "x"}}), -EINVAL);
  EXPECT_EQ(m.sendWith(s, 9000, {{SOL_IP, 77, word(1)}}), -EINVAL);
  EXPECT_EQ(m.sendWith(s, 9000, {{SOL_SOCKET, 77, word(1)}}), -EINVAL);
  const u64 lies[2] = {1000, 0};
  const u64 c = m.user(lies, 16), msg = m.message(5, m.address(INADDR_LOOPBACK, 9000), c, 16);
  EXPECT_EQ(m.call([=] { return __x64_sys_sendmsg(s, msg, 0); }), -EINVAL); // longer than the list
}

TEST(ControlMessages, ZeroCopyNoticesOfFollowingCallsAreJoined) {
  Messages m;
  const u64 a = m.address(INADDR_LOOPBACK, 8080);
  const int l = m.socket(2, 1, 0), c = m.socket(2, 1, 0);
  m.call([=] { return __x64_sys_bind(l, a, 16); });
  m.call([=] { return __x64_sys_listen(l, 5); });
  EXPECT_EQ(m.call([=] { return __x64_sys_connect(c, a, 16); }), 0);
  const int s = static_cast<int>(m.call([=] { return __x64_sys_accept(l, 0, 0); }));
  EXPECT_EQ(m.setOption(c, SOL_SOCKET, SO_ZEROCOPY, 1), 0);
  const u64 d = m.data;
  m.call([=] {
    const char text[] = "from my own pages";
    setBytes(t_arena->at(u32(d + 4090)), text, sizeof text);
    return s64(0);
  });
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(m.call([=] { return __x64_sys_sendto(c, d + 4090, 18, MSG_ZEROCOPY, 0, 0); }), 18); // across a page's end
    m.machine.runUntil(m.machine.now() + 500000000);
  }
  EXPECT_EQ(m.call([=] { return __x64_sys_read(u32(s), d + 20000, 100); }), 54);
  EXPECT_STREQ(reinterpret_cast<const char*>(m.machine.recorder().arena().at(u32(d + 20018))), "from my own pages");
  const auto got = m.receive(c, MSG_ERRQUEUE);
  ASSERT_EQ(got.size(), 1u);
  const auto* ee = reinterpret_cast<const u32*>(got[0].data.data());
  EXPECT_EQ(got[0].data[4], SO_EE_ORIGIN_ZEROCOPY);
  EXPECT_EQ(ee[2], 0u); // the first call
  EXPECT_EQ(ee[3], 2u); // and the last
  m.receive(c, MSG_ERRQUEUE | MSG_DONTWAIT);
  EXPECT_EQ(m.result, -EAGAIN);
}

TEST(ControlMessages, CorkedDatagramsLeaveAsOne) {
  Messages m;
  const int r = m.udp(9000), s = m.udp(0);
  EXPECT_EQ(m.setOption(s, SOL_UDP, 1, 1), 0); // UDP_CORK
  const u64 a = m.address(INADDR_LOOPBACK, 9000), text = m.user("abcdef", 6);
  EXPECT_EQ(m.call([=] { return __x64_sys_sendto(s, text, 3, 0, a, 16); }), 3);
  EXPECT_EQ(m.call([=] { return __x64_sys_sendto(s, text + 3, 3, 0, a, 16); }), 3);
  const u64 d = m.data;
  EXPECT_EQ(m.call([=] { return __x64_sys_recvfrom(r, d, 100, MSG_DONTWAIT, 0, 0); }), -EAGAIN);
  EXPECT_EQ(m.setOption(s, SOL_UDP, 1, 0), 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_recvfrom(r, d, 100, MSG_DONTWAIT, 0, 0); }), 6);
}

TEST(ControlMessages, SeveralDatagramsWithOneCall) {
  Messages m;
  const int r = m.udp(9000), s = m.udp(0);
  const u64 a = m.address(INADDR_LOOPBACK, 9000);
  EXPECT_EQ(m.call([=] { return __x64_sys_connect(s, a, 16); }), 0);
  u8 headers[3 * 64] = {};
  for (int i = 0; i < 3; ++i) {
    const u64 iov[2] = {m.data, static_cast<u64>(10 + i)}, v = m.user(iov, 16), one = 1;
    std::memcpy(headers + 64 * i + 16, &v, 8);
    std::memcpy(headers + 64 * i + 24, &one, 8);
  }
  const u64 h = m.user(headers, sizeof headers);
  EXPECT_EQ(m.call([=] { return __x64_sys_sendmmsg(s, h, 3, 0); }), 3);
  EXPECT_EQ(m.at<u32>(h + 64 + 56), 11u);
  EXPECT_EQ(m.call([=] { return __x64_sys_recvmmsg(r, h, 3, MSG_DONTWAIT, 0); }), 3);
  EXPECT_EQ(m.at<u32>(h + 128 + 56), 12u);
}

TEST(ControlMessages, OptionsThatBelongToAKindOfSocket) {
  Messages m;
  const int u = m.udp(9000), raw = m.socket(2, 3, 1);
  EXPECT_EQ(m.setOption(u, SOL_SOCKET, SO_PEEK_OFF, 0), 0);
  EXPECT_EQ(m.setOption(raw, SOL_IP, IP_HDRINCL, 1), 0);
  EXPECT_EQ(m.setOption(raw, SOL_RAW, 1, 0x100), 0); // ICMP_FILTER: no echo requests
  EXPECT_EQ(m.setOption(u, SOL_RAW, 1, 1), -ENOPROTOOPT);
  const u64 lo = m.user("lo", 2), none = m.user("eth9", 4);
  EXPECT_EQ(m.call([=] { return __x64_sys_setsockopt(u, SOL_SOCKET, SO_BINDTODEVICE, lo, 2); }), 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_setsockopt(u, SOL_SOCKET, SO_BINDTODEVICE, none, 4); }), -ENODEV);
  const s32 room = 40;
  const u64 v = m.userRoom(40), len = m.user(&room, 4);
  EXPECT_EQ(m.call([=] { return __x64_sys_getsockopt(u, SOL_SOCKET, SO_BINDTODEVICE, v, len); }), 0);
  EXPECT_EQ(m.at<s32>(len), 3);
  const u8 options[4] = {1, 1, 1, 0}; // three times "no operation", and the end
  const u64 o = m.user(options, 4), len2 = m.user(&room, 4);
  EXPECT_EQ(m.call([=] { return __x64_sys_setsockopt(u, SOL_IP, IP_OPTIONS, o, 4); }), 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_getsockopt(u, SOL_IP, IP_OPTIONS, v, len2); }), 0);
  EXPECT_EQ(m.at<s32>(len2), 4);
  EXPECT_EQ(m.at<u32>(v), 0x00010101u);
  const u8 bad[4] = {7, 2, 4, 0}; // a record route that is too short
  const u64 b = m.user(bad, 4);
  EXPECT_EQ(m.call([=] { return __x64_sys_setsockopt(u, SOL_IP, IP_OPTIONS, b, 4); }), -EINVAL);
}

} // namespace
} // namespace sockwalk::kernel
