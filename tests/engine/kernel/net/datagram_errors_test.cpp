// What datagram sockets hear of errors, and what else IP does with datagrams: error queues, neighbours that do not
// answer, pieces that never come, packets with a header of one's own, ports that are shared.
#include "tests/engine/kernel/net/networks.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 Client = ThreeHosts::Client, Router = ThreeHosts::Router, RouterOut = ThreeHosts::RouterOut,
              Server = ThreeHosts::Server, Nowhere = ip4(10, 9, 9, 9), Nobody = ip4(10, 9, 1, 77),
              Lo = ip4(127, 0, 0, 1);
constexpr int SolIp = 0, IpTtl = 2, IpRecverr = 11, IpMtuDiscover = 10, MsgErrqueue = 0x2000;

struct Line : ThreeHosts {
  struct Reported {
    s64 result;
    u32 error;
    u8 origin, type, code;
    u32 info;
  };
  // One message of the error queue: recvmsg(MSG_ERRQUEUE) with room for a sock_extended_err.
  Reported reported(const Host& h, int fd) {
    const u64 data = m.userRoom(2000), control = m.userRoom(256), name = m.userRoom(16);
    const u64 iov[2] = {data, 2000};
    const u64 vec = m.user(iov, sizeof iov);
    struct {
      u64 name;
      s32 namelen, pad;
      u64 iov, iovlen, control, controllen;
      u32 flags, pad2;
    } msg{name, 16, 0, vec, 1, control, 256, 0, 0};
    const u64 at = m.user(&msg, sizeof msg);
    Reported r{};
    r.result = call(h, [=] { return __x64_sys_recvmsg(fd, at, MsgErrqueue | 0x40); });
    if (r.result < 0) return r;
    const u8* c = m.machine.recorder().arena().at(static_cast<u32>(control));
    std::memcpy(&r.error, c + 16, 4);
    r.origin = c[20], r.type = c[21], r.code = c[22];
    std::memcpy(&r.info, c + 24, 4);
    return r;
  }
  int raw(const Host& h, int protocol) {
    return static_cast<int>(call(h, [=] { return __x64_sys_socket(2, 3, protocol); }));
  }
};

TEST(DatagramErrors, AnErrorQueueTellsOfEachHopThatGaveUp) {
  Line l;
  const int c = l.udp(l.client);
  ASSERT_EQ(l.option(l.client, c, SolIp, IpRecverr, 1), 0);
  ASSERT_EQ(l.option(l.client, c, SolIp, IpTtl, 1), 0);
  EXPECT_EQ(l.sendTo(l.client, c, "tracing", Server, 7000), 7);
  const auto r = l.reported(l.client, c);
  EXPECT_EQ(r.result, 7); // what was sent comes back
  EXPECT_EQ(r.error, static_cast<u32>(EHOSTUNREACH));
  EXPECT_EQ(r.origin, 2); // SO_EE_ORIGIN_ICMP
  EXPECT_EQ(r.type, ICMP_TIME_EXCEEDED);
  EXPECT_EQ(l.reported(l.client, c).result, -EAGAIN);
}

TEST(DatagramErrors, ATooLargePacketIsReportedWithTheMtuThatWouldPass) {
  Line l;
  const int c = l.udp(l.client);
  ASSERT_EQ(l.option(l.client, c, SolIp, IpRecverr, 1), 0);
  ASSERT_EQ(l.option(l.client, c, SolIp, IpMtuDiscover, IP_PMTUDISC_DO), 0);
  EXPECT_EQ(l.sendTo(l.client, c, std::string(1400, 'x'), Server, 7000), 1400);
  const auto r = l.reported(l.client, c);
  EXPECT_EQ(r.error, static_cast<u32>(EMSGSIZE));
  EXPECT_EQ(r.info, 1000u);
}

TEST(DatagramErrors, APingSocketAndARawSocketAreToldToo) {
  Line l;
  const u8 echo[64] = {8, 0, 0xf7, 0xff};
  const u64 b = l.m.user(echo, sizeof echo), to = l.m.address(Nowhere, 0);
  for (const int type : {2, 3}) {
    const int s = static_cast<int>(l.call(l.client, [=] { return __x64_sys_socket(2, type, 1); }));
    ASSERT_GE(s, 0);
    ASSERT_EQ(l.option(l.client, s, SolIp, IpRecverr, 1), 0);
    EXPECT_EQ(l.call(l.client, [=] { return __x64_sys_sendto(s, b, 64, 0, to, 16); }), 64);
    const auto r = l.reported(l.client, s);
    EXPECT_EQ(r.error, static_cast<u32>(ENETUNREACH)) << type;
    EXPECT_EQ(r.type, ICMP_DEST_UNREACH) << type;
    l.call(l.client, [=] { return __x64_sys_close(static_cast<u32>(s)); });
    l.pass(2'000'000'000); // the router's ration for us fills again
  }
}

TEST(DatagramErrors, ANeighbourThatDoesNotAnswerFailsAfterThreeQuestions) {
  Line l;
  const int c = l.udp(l.client);
  ASSERT_EQ(l.option(l.client, c, SolIp, IpRecverr, 1), 0);
  EXPECT_EQ(l.sendTo(l.client, c, "anybody?", Nobody, 7000), 8);
  EXPECT_EQ(l.reported(l.client, c).result, -EAGAIN);
  l.pass(4'000'000'000);
  EXPECT_EQ(l.drops(SKB_DROP_REASON_NEIGH_FAILED), 1);
  const auto r = l.reported(l.client, c);
  EXPECT_EQ(r.error, static_cast<u32>(EHOSTUNREACH));
  int questions = 0;
  const Journal& j = l.m.machine.journal();
  for (EventIndex i = 0; i < j.size(); ++i)
    questions += j[i].type == EventType::Call && j.function(j[i]).name == "arp_solicit";
  EXPECT_GE(questions, 3);
}

TEST(DatagramErrors, WhatWaitsForANeighbourHasALimit) {
  Line l;
  const int c = l.udp(l.client);
  for (int i = 0; i < 400; ++i) l.sendTo(l.client, c, std::string(500, 'q'), Nobody, 7000);
  EXPECT_GT(l.drops(SKB_DROP_REASON_NEIGH_QUEUEFULL), 0);
}

TEST(DatagramErrors, AHeaderOfOnesOwnGoesOutAsWritten) {
  Line l;
  const int s = l.udp(l.router, Router, 7000), raw = l.raw(l.client, 255);
  u8 packet[33] = {0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17};
  const u32 to = htonl(Router);
  std::memcpy(packet + 16, &to, 4);
  const u8 udp[13] = {0x04, 0xd2, 0x1b, 0x58, 0, 13, 0, 0, 'm', 'i', 'n', 'e', '!'}; // 1234 to 7000, no checksum
  std::memcpy(packet + 20, udp, sizeof udp);
  const u64 b = l.m.user(packet, sizeof packet), a = l.m.address(Router, 0);
  EXPECT_EQ(l.call(l.client, [=] { return __x64_sys_sendto(raw, b, 33, 0, a, 16); }), 33);
  EXPECT_EQ(l.receive(l.router, s), "mine!");
}

TEST(DatagramErrors, PiecesWithoutTheRestAreGivenUpAndTheSenderIsTold) {
  Line l;
  const int raw = l.raw(l.client, 255);
  u8 packet[44] = {0x45, 0, 0, 0, 0x12, 0x34, 0x20, 0, 64, 17}; // MF: more is to come, but never does
  const u32 to = htonl(Router);
  std::memcpy(packet + 16, &to, 4);
  const u64 b = l.m.user(packet, sizeof packet), a = l.m.address(Router, 0);
  EXPECT_EQ(l.call(l.client, [=] { return __x64_sys_sendto(raw, b, 44, 0, a, 16); }), 44);
  l.pass(31'000'000'000);
  int expired = 0, told = 0;
  const Journal& j = l.m.machine.journal();
  for (EventIndex i = 0; i < j.size(); ++i) {
    if (j[i].type != EventType::Call) continue;
    expired += j.function(j[i]).name == "ip_expire";
    told += j.function(j[i]).name == "icmp_push_reply";
  }
  EXPECT_EQ(expired, 1);
  EXPECT_EQ(told, 1);
}

TEST(DatagramErrors, SocketsThatShareAPortShareItsFlows) {
  Line l;
  const auto before = l.m.census();
  constexpr int SolSocket = 1, SoReuseport = 15;
  int fds[3];
  for (int& fd : fds) {
    fd = l.udp(l.client);
    ASSERT_EQ(l.option(l.client, fd, SolSocket, SoReuseport, 1), 0);
    const u64 a = l.m.address(0, 7100);
    const int f = fd;
    ASSERT_EQ(l.call(l.client, [=] { return __x64_sys_bind(f, a, 16); }), 0);
  }
  const int alone = l.udp(l.client);
  const u64 a = l.m.address(0, 7100);
  EXPECT_EQ(l.call(l.client, [=] { return __x64_sys_bind(alone, a, 16); }), -EADDRINUSE); // it did not ask to share
  int got[3] = {}, all = 0;
  for (int flow = 0; flow < 24; ++flow) {
    const int c = l.udp(l.client);
    for (int i = 0; i < 2; ++i) l.sendTo(l.client, c, "x", Lo, 7100);
    int who = -1;
    for (int k = 0; k < 3; ++k)
      while (l.receive(l.client, fds[k]) == "x") {
        EXPECT_TRUE(who < 0 || who == k) << "a flow stays with its socket";
        who = k, ++got[k], ++all;
      }
    l.call(l.client, [=] { return __x64_sys_close(static_cast<u32>(c)); });
  }
  EXPECT_EQ(all, 48);
  for (int n : got) EXPECT_GT(n, 0);
  for (int fd : {fds[0], fds[1], fds[2], alone})
    l.call(l.client, [=] { return __x64_sys_close(static_cast<u32>(fd)); });
  l.pass(1'000'000);
  const auto after = l.m.census();
  for (const char* cache : {"UDP", "sock_inode_cache"}) {
    const auto count = [&](const std::map<std::string, u32>& c) { return c.count(cache) ? c.at(cache) : 0u; };
    EXPECT_EQ(count(after), count(before)) << cache;
  }
}

} // namespace
} // namespace sockwalk::kernel
