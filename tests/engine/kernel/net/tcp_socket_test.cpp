// What programs do with a connected TCP socket, beside plain reading and writing: flags, small windows, corks, urgent
// data, lingering, options, TCP_INFO, sendfile.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/in.h"
#include "engine/memory/constants/files.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/constants/tcp.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

// A client and a server's end over lo, in one task.
struct Pair : KernelMachine {
  int l, c, s;
  u64 buf;
  Pair() { open(); }
  void open() {
    const u64 a = address(INADDR_LOOPBACK, 8080);
    buf = userRoom(65536);
    l = socket(2, 1, 0);
    call([=, this] { return __x64_sys_bind(l, a, 16); });
    call([=, this] { return __x64_sys_listen(l, 5); });
    c = socket(2, 1, 0);
    EXPECT_EQ(call([=, this] { return __x64_sys_connect(c, a, 16); }), 0);
    s = static_cast<int>(call([=, this] { return __x64_sys_accept(l, 0, 0); }));
    EXPECT_GT(s, 0);
  }
  ~Pair() { EXPECT_FALSE(machine.panicked()) << machine.panicText(); }
  s64 send(int fd, const std::string& text, u32 flags = 0) {
    const u64 bytes = user(text.data(), static_cast<u32>(text.size()));
    return call([=] { return __x64_sys_sendto(fd, bytes, text.size(), flags, 0, 0); });
  }
  s64 recv(int fd, u32 size, u32 flags = 0) {
    return call([=, this] { return __x64_sys_recvfrom(fd, buf, size, flags, 0, 0); });
  }
  std::string text(s64 n) {
    return n < 0 ? ""
                 : std::string(reinterpret_cast<const char*>(machine.recorder().arena().at(static_cast<u32>(buf))),
                               static_cast<size_t>(n));
  }
  s64 setOption(int fd, int level, int option, s32 value) {
    const u64 v = user(&value, 4);
    return call([=] { return __x64_sys_setsockopt(fd, level, option, v, 4); });
  }
  s64 option(int fd, int level, int option) { // its value, or -errno
    const s32 four = 4;
    const u64 v = userRoom(8), len = user(&four, 4);
    const s64 err = call([=] { return __x64_sys_getsockopt(fd, level, option, v, len); });
    return err ? err : at<s32>(v);
  }
  s64 ioctl(int fd, u32 cmd) {
    const u64 v = userRoom(4);
    const s64 err = call([=] { return __x64_sys_ioctl(static_cast<u32>(fd), cmd, v); });
    return err ? err : at<s32>(v);
  }
  void pass(s64 ms) { machine.runUntil(machine.now() + ms * 1000000); }
};

TEST(TcpSocket, PeekLeavesAndTruncDiscards) {
  Pair p;
  EXPECT_EQ(p.send(p.c, "hello world"), 11);
  EXPECT_EQ(p.text(p.recv(p.s, 5, MSG_PEEK)), "hello");
  EXPECT_EQ(p.ioctl(p.s, 0x541b), 11);     // SIOCINQ
  EXPECT_EQ(p.recv(p.s, 6, MSG_TRUNC), 6); // nothing is copied: the bytes are gone
  EXPECT_EQ(p.text(p.recv(p.s, 100)), "world");
  EXPECT_EQ(p.recv(p.s, 100, MSG_DONTWAIT), -EAGAIN);
}

TEST(TcpSocket, AReaderSleepsUntilSomethingComesAndReadsAcrossSegments) {
  Pair p;
  EXPECT_EQ(p.setOption(p.c, SOL_TCP, TCP_NODELAY, 1), 0);
  for (const char* part : {"one", "two", "three"}) EXPECT_GT(p.send(p.c, part), 0);
  EXPECT_EQ(p.text(p.recv(p.s, 100)), "onetwothree");
  const s64 timeout[2] = {0, 200000};
  const u64 tv = p.user(timeout, 16);
  EXPECT_EQ(p.call([=, &p] { return __x64_sys_setsockopt(p.s, SOL_SOCKET, SO_RCVTIMEO, tv, 16); }), 0);
  const u32 read =
      p.machine.systemCall(p.task, "recv", [=, &p] { return __x64_sys_recvfrom(p.s, p.buf, 100, 0, 0, 0); });
  EXPECT_TRUE(p.machine.busy(p.task)); // asleep
  p.pass(250);
  EXPECT_FALSE(p.machine.busy(p.task));
  EXPECT_EQ(p.resultOf(read), -EAGAIN);
}

TEST(TcpSocket, CorkAndMoreHoldSmallSegmentsBack) {
  Pair p;
  EXPECT_EQ(p.setOption(p.c, SOL_TCP, TCP_CORK, 1), 0);
  EXPECT_EQ(p.send(p.c, "held"), 4);
  EXPECT_EQ(p.recv(p.s, 100, MSG_DONTWAIT), -EAGAIN);
  EXPECT_EQ(p.ioctl(p.c, 0x894b), 4); // SIOCOUTQNSD: not sent yet
  EXPECT_EQ(p.setOption(p.c, SOL_TCP, TCP_CORK, 0), 0);
  EXPECT_EQ(p.text(p.recv(p.s, 100)), "held");
  EXPECT_EQ(p.send(p.c, "first ", MSG_MORE), 6);
  EXPECT_EQ(p.recv(p.s, 100, MSG_DONTWAIT), -EAGAIN);
  EXPECT_EQ(p.send(p.c, "second"), 6);
  EXPECT_EQ(p.text(p.recv(p.s, 100)), "first second");
}

TEST(TcpSocket, AFullSendBufferGivesPartOfTheWriteThenEagain) {
  Pair p;
  EXPECT_EQ(p.setOption(p.c, SOL_SOCKET, SO_SNDBUF, 4096), 0);
  s64 sent = 0, n;
  while ((n = p.call([&] { return __x64_sys_sendto(p.c, p.buf, 65536, MSG_DONTWAIT, 0, 0); })) > 0) {
    sent += n;
    ASSERT_LT(sent, 16 << 20);
  }
  EXPECT_EQ(n, -EAGAIN);
  EXPECT_GT(sent, 4096);
  s64 read = 0;
  for (int turns = 0; read < sent && turns < 10000; ++turns) {
    const s64 r = p.recv(p.s, 65536, MSG_DONTWAIT);
    if (r > 0) read += r;
    else p.pass(250);
  }
  EXPECT_EQ(read, sent);
  EXPECT_EQ(p.send(p.c, "room again", MSG_DONTWAIT), 10);
}

TEST(TcpSocket, ABlockedWriterGivesUpWhenItsTimeIsOver) {
  Pair p;
  EXPECT_EQ(p.setOption(p.c, SOL_SOCKET, SO_SNDBUF, 4096), 0);
  const s64 timeout[2] = {1, 0};
  const u64 tv = p.user(timeout, 16);
  EXPECT_EQ(p.call([=, &p] { return __x64_sys_setsockopt(p.c, SOL_SOCKET, SO_SNDTIMEO, tv, 16); }), 0);
  s64 n = 1;
  for (int turns = 0; n > 0 && turns < 1000; ++turns)
    n = p.call([&] { return __x64_sys_write(u32(p.c), p.buf, 65536); });
  EXPECT_EQ(n, INT64_MIN); // nobody reads: the writer sleeps
  p.pass(1500);
  EXPECT_FALSE(p.machine.busy(p.task)); // what was queued counts, or it is EAGAIN
}

TEST(TcpSocket, ABlockedWriterWakesWhenTheReaderMakesRoom) {
  Pair p;
  EXPECT_EQ(p.setOption(p.c, SOL_SOCKET, SO_SNDBUF, 4096), 0);
  const TaskId reader = p.machine.createTask("reader", p.task, Descriptors::Shared);
  u32 write = 0;
  for (int turns = 0; turns < 1000; ++turns) {
    write = p.machine.systemCall(p.task, "write", [&p] { return __x64_sys_write(u32(p.c), p.buf, 65536); });
    if (p.machine.busy(p.task)) break;
  }
  ASSERT_TRUE(p.machine.busy(p.task));
  for (int turns = 0; p.machine.busy(p.task) && turns < 1000; ++turns) {
    p.callOf(reader, [&p] { return __x64_sys_recvfrom(p.s, p.buf, 65536, MSG_DONTWAIT, 0, 0); });
    p.pass(250);
  }
  EXPECT_FALSE(p.machine.busy(p.task));
  EXPECT_EQ(p.resultOf(write), 65536); // all of it went, in pieces
}

TEST(TcpSocket, UrgentDataStandsBesideTheStream) {
  Pair p;
  EXPECT_EQ(p.send(p.c, "ab"), 2);
  EXPECT_EQ(p.send(p.c, "!", MSG_OOB), 1);
  EXPECT_EQ(p.send(p.c, "cd"), 2);
  p.pass(100);
  EXPECT_EQ(p.ioctl(p.s, 0x8905), 0);        // SIOCATMARK: not yet
  EXPECT_EQ(p.text(p.recv(p.s, 100)), "ab"); // a read stops before the mark
  EXPECT_EQ(p.ioctl(p.s, 0x8905), 1);
  EXPECT_EQ(p.text(p.recv(p.s, 1, MSG_OOB)), "!");
  EXPECT_EQ(p.text(p.recv(p.s, 100)), "cd");
  EXPECT_EQ(p.recv(p.s, 1, MSG_OOB), -EINVAL); // read already
}

TEST(TcpSocket, ShutdownEndsOneDirection) {
  Pair p;
  EXPECT_EQ(p.call([&] { return __x64_sys_shutdown(p.c, SHUT_WR); }), 0);
  EXPECT_EQ(p.send(p.c, "x", MSG_NOSIGNAL), -EPIPE);
  EXPECT_EQ(p.recv(p.s, 100), 0);
  EXPECT_EQ(p.send(p.s, "still"), 5);
  EXPECT_EQ(p.text(p.recv(p.c, 100)), "still");
  EXPECT_EQ(p.call([&] { return __x64_sys_shutdown(p.c, 3); }), -EINVAL);
}

TEST(TcpSocket, ClosingWithUnreadDataResetsThePeer) {
  Pair p;
  EXPECT_EQ(p.send(p.c, "nobody reads this"), 17);
  EXPECT_EQ(p.close(p.s), 0);
  EXPECT_EQ(p.recv(p.c, 100), -ECONNRESET);
  EXPECT_EQ(p.send(p.c, "x", MSG_NOSIGNAL), -EPIPE);
}

TEST(TcpSocket, LingerOfZeroCutsTheConnectionOff) {
  Pair p;
  const s32 linger[2] = {1, 0};
  const u64 v = p.user(linger, 8);
  EXPECT_EQ(p.call([=, &p] { return __x64_sys_setsockopt(p.s, SOL_SOCKET, SO_LINGER, v, 8); }), 0);
  EXPECT_EQ(p.close(p.s), 0);
  EXPECT_EQ(p.option(p.c, SOL_SOCKET, SO_ERROR), ECONNRESET);
  EXPECT_EQ(p.option(p.c, SOL_SOCKET, SO_ERROR), 0); // it is taken once
}

TEST(TcpSocket, LingerWaitsUntilThePeerHasEverything) {
  Pair p;
  const s32 linger[2] = {1, 5};
  const u64 v = p.user(linger, 8);
  EXPECT_EQ(p.call([=, &p] { return __x64_sys_setsockopt(p.c, SOL_SOCKET, SO_LINGER, v, 8); }), 0);
  EXPECT_EQ(p.send(p.c, "all of it"), 9);
  const u32 close = p.machine.systemCall(p.task, "close", [&p] { return __x64_sys_close(static_cast<u32>(p.c)); });
  p.pass(300); // the FIN's acknowledgement may be delayed
  EXPECT_FALSE(p.machine.busy(p.task));
  EXPECT_EQ(p.resultOf(close), 0);
  EXPECT_EQ(p.text(p.recv(p.s, 100)), "all of it");
  EXPECT_EQ(p.recv(p.s, 100), 0);
}

TEST(TcpSocket, WaitallIsPatient) {
  Pair p;
  EXPECT_EQ(p.send(p.c, "abc"), 3);
  const TaskId other = p.machine.createTask("writer", p.task, Descriptors::Shared);
  const u32 read =
      p.machine.systemCall(p.task, "recv", [&p] { return __x64_sys_recvfrom(p.s, p.buf, 6, MSG_WAITALL, 0, 0); });
  EXPECT_TRUE(p.machine.busy(p.task)); // three bytes are not enough
  const u64 rest = p.user("def", 3);
  EXPECT_EQ(p.callOf(other, [&p, rest] { return __x64_sys_write(u32(p.c), rest, 3); }), 3);
  EXPECT_FALSE(p.machine.busy(p.task));
  EXPECT_EQ(p.resultOf(read), 6);
  EXPECT_EQ(p.text(6), "abcdef");
}

TEST(TcpSocket, NothingIsLeftAfterTimeWait) {
  Pair p;
  const auto end = [&p] {
    p.send(p.c, "bye");
    p.recv(p.s, 100);
    for (int fd : {p.c, p.s, p.l}) EXPECT_EQ(p.close(fd), 0);
    p.pass(61000);
    return p.census();
  };
  const auto before = end(); // a route, a neighbour and what is remembered of the peer stay
  p.open();
  auto after = end();
  for (auto& [cache, n] : before) EXPECT_EQ(after[cache], n) << cache;
}

TEST(TcpSocket, OptionsAreKept) {
  Pair p;
  const struct {
    int level, option;
    s32 set;
    s64 get;
  } kept[] = {
      {SOL_TCP, TCP_NODELAY, 1, 1},
      {SOL_TCP, TCP_CORK, 1, 1},
      {SOL_TCP, TCP_KEEPIDLE, 30, 30},
      {SOL_TCP, TCP_KEEPINTVL, 5, 5},
      {SOL_TCP, TCP_KEEPCNT, 3, 3},
      {SOL_TCP, TCP_SYNCNT, 2, 2},
      {SOL_TCP, TCP_LINGER2, 10, 10},
      {SOL_TCP, TCP_DEFER_ACCEPT, 3, 3},
      {SOL_TCP, TCP_WINDOW_CLAMP, 30000, 30000},
      {SOL_TCP, TCP_QUICKACK, 1, 1},
      {SOL_TCP, TCP_USER_TIMEOUT, 5000, 5000},
      {SOL_TCP, TCP_NOTSENT_LOWAT, 16384, 16384},
      {SOL_TCP, TCP_INQ, 1, 1},
      {SOL_SOCKET, SO_KEEPALIVE, 1, 1},
      {SOL_SOCKET, SO_RCVLOWAT, 10, 10},
      {SOL_SOCKET, SO_PRIORITY, 5, 5},
      {SOL_SOCKET, SO_MARK, 7, 7},
      {SOL_SOCKET, SO_OOBINLINE, 1, 1},
      {SOL_SOCKET, SO_SNDBUF, 10000, 20000},
      {SOL_SOCKET, SO_RCVBUF, 10000, 20000},
      {SOL_SOCKET, SO_ZEROCOPY, 1, 1},
      {SOL_SOCKET, SO_TIMESTAMP, 1, 1},
      {SOL_SOCKET, SO_INCOMING_CPU, 0, 0},
      {SOL_SOCKET, SO_REUSEPORT, 1, 1},
      {SOL_IP, IP_TOS, 0x10, 0x10},
      {SOL_IP, IP_TTL, 9, 9},
      {SOL_IP, IP_MTU_DISCOVER, 0, 0},
      {SOL_IP, IP_RECVERR, 1, 1},
      {SOL_IP, IP_RECVTTL, 1, 1},
      {SOL_IP, IP_PKTINFO, 1, 1},
      {SOL_IP, IP_FREEBIND, 1, 1},
      {SOL_IP, IP_MINTTL, 2, 2},
      {SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1, 1},
      {SOL_IP, IP_MULTICAST_LOOP, 0, 0},
  };
  for (auto& k : kept) {
    EXPECT_EQ(p.setOption(p.c, k.level, k.option, k.set), 0) << k.level << " " << k.option;
    EXPECT_EQ(p.option(p.c, k.level, k.option), k.get) << k.level << " " << k.option;
  }
}

TEST(TcpSocket, OptionsAreChecked) {
  Pair p;
  const struct {
    int level, option;
    s32 set;
    s64 error;
  } refused[] = {
      {SOL_TCP, TCP_KEEPCNT, 200, -EINVAL},
      {SOL_TCP, TCP_SYNCNT, 0, -EINVAL},
      {SOL_TCP, TCP_MAXSEG, 40, -EINVAL},
      {SOL_TCP, 99, 1, -ENOPROTOOPT},
      {SOL_SOCKET, SO_TYPE, 1, -ENOPROTOOPT},
      {SOL_SOCKET, SO_ZEROCOPY, 2, -EINVAL},
      {SOL_SOCKET, SO_PEEK_OFF, 0, -EOPNOTSUPP},
      {SOL_IP, IP_TTL, 300, -EINVAL},
      {SOL_IP, IP_HDRINCL, 1, -ENOPROTOOPT},
      {SOL_TCP, TCP_FASTOPEN, 1, -EINVAL},
      {41, 1, 1, -ENOPROTOOPT},
  };
  for (auto& r : refused) EXPECT_EQ(p.setOption(p.c, r.level, r.option, r.set), r.error) << r.level << " " << r.option;
  EXPECT_EQ(p.option(p.c, SOL_SOCKET, SO_ACCEPTCONN), 0);
  EXPECT_EQ(p.option(p.l, SOL_SOCKET, SO_ACCEPTCONN), 1);
  EXPECT_EQ(p.option(p.c, SOL_SOCKET, SO_PROTOCOL), 6);
}

TEST(TcpSocket, ThePathsMtuIsThatOfTheRouteWhileThereIsOne) {
  Pair p;
  EXPECT_EQ(p.option(p.c, SOL_IP, IP_MTU), 65535); // lo's is one more than a packet can be
  EXPECT_EQ(p.option(p.l, SOL_IP, IP_MTU), -ENOTCONN);
  EXPECT_EQ(p.setOption(p.c, SOL_IP, IP_TOS, 0x10), 0);
  EXPECT_EQ(p.option(p.c, SOL_IP, IP_MTU), -ENOTCONN); // IP_TOS made it forget its route
}

TEST(TcpSocket, CongestionControlByName) {
  Pair p;
  const u64 reno = p.user("reno", 4), nosuch = p.user("nosuch", 6);
  EXPECT_EQ(p.call([&] { return __x64_sys_setsockopt(p.c, SOL_TCP, TCP_CONGESTION, reno, 4); }), 0);
  EXPECT_EQ(p.call([&] { return __x64_sys_setsockopt(p.c, SOL_TCP, TCP_CONGESTION, nosuch, 6); }), -ENOENT);
  const s32 sixteen = 16;
  const u64 v = p.userRoom(16), len = p.user(&sixteen, 4);
  EXPECT_EQ(p.call([&] { return __x64_sys_getsockopt(p.c, SOL_TCP, TCP_CONGESTION, v, len); }), 0);
  EXPECT_STREQ(reinterpret_cast<const char*>(p.machine.recorder().arena().at(u32(v))), "reno");
}

TEST(TcpSocket, InfoTellsOfTheConnection) {
  Pair p;
  EXPECT_EQ(p.send(p.c, "hello"), 5);
  EXPECT_EQ(p.recv(p.s, 100), 5);
  p.pass(100);
  const s32 room = 1000;
  const u64 v = p.userRoom(1000), len = p.user(&room, 4);
  EXPECT_EQ(p.call([&] { return __x64_sys_getsockopt(p.c, SOL_TCP, TCP_INFO, v, len); }), 0);
  EXPECT_EQ(p.at<s32>(len), 232);
  EXPECT_EQ(p.at<u8>(v), TCP_ESTABLISHED);
  EXPECT_EQ(p.at<u8>(v + offsetof(tcp_info, tcpi_options)) & 7, 7); // timestamps, SACK, window scaling
  EXPECT_EQ(p.at<u64>(v + offsetof(tcp_info, tcpi_bytes_sent)), 5u);
  EXPECT_EQ(p.at<u64>(v + offsetof(tcp_info, tcpi_bytes_acked)), 6u); // and the SYN
  EXPECT_EQ(p.at<u32>(v + offsetof(tcp_info, tcpi_unacked)), 0u);
  EXPECT_EQ(p.at<u32>(v + offsetof(tcp_info, tcpi_data_segs_out)), 1u);
  EXPECT_EQ(p.at<u32>(v + offsetof(tcp_info, tcpi_snd_cwnd)), 10u);
  EXPECT_GT(p.at<u32>(v + offsetof(tcp_info, tcpi_rto)), 200000u - 1);
  EXPECT_EQ(p.call([&] { return __x64_sys_getsockopt(p.l, SOL_TCP, TCP_INFO, v, len); }), 0);
  EXPECT_EQ(p.at<u8>(v), TCP_LISTEN);
  EXPECT_EQ(p.at<u32>(v + offsetof(tcp_info, tcpi_sacked)), 5u); // the backlog
}

TEST(TcpSocket, SendfileReadvAndWritev) {
  Pair p;
  const u64 name = p.user("/tmp/page", 10);
  const int f = static_cast<int>(p.call([&] { return __x64_sys_open(name, O_RDWR | O_CREAT, 0644); }));
  ASSERT_GT(f, 0);
  EXPECT_EQ(p.call([&] { return __x64_sys_open(name, O_RDWR | O_CREAT | O_EXCL, 0644); }), -EEXIST);
  std::string content;
  for (int i = 0; i < 2000; ++i) content += std::to_string(i) + " ";
  const u64 bytes = p.user(content.data(), static_cast<u32>(content.size())), offset = p.userRoom(8);
  EXPECT_EQ(p.call([&] { return __x64_sys_write(u32(f), bytes, content.size()); }), s64(content.size()));
  EXPECT_EQ(p.call([&] { return __x64_sys_sendfile64(p.c, f, offset, content.size()); }), s64(content.size()));
  EXPECT_EQ(p.at<s64>(offset), s64(content.size()));
  std::string got;
  while (got.size() < content.size()) {
    const s64 n = p.recv(p.s, 65536, MSG_DONTWAIT);
    ASSERT_GT(n, 0);
    got += p.text(n);
  }
  EXPECT_EQ(got, content);
  EXPECT_EQ(p.call([&] { return __x64_sys_sendfile64(p.c, p.s, 0, 10); }), -EINVAL); // not from a socket
  EXPECT_EQ(p.call([&] { return __x64_sys_sendfile64(p.c, 99, 0, 10); }), -EBADF);
  const u64 vec[4] = {bytes, 3, bytes + 2, 4};
  const u64 v = p.user(vec, sizeof vec);
  EXPECT_EQ(p.call([&] { return __x64_sys_writev(u64(p.c), v, 2); }), 7);
  const u64 back[4] = {p.buf, 2, p.buf + 100, 50};
  const u64 b = p.user(back, sizeof back);
  EXPECT_EQ(p.call([&] { return __x64_sys_readv(u64(p.s), b, 2); }), 7);
  EXPECT_EQ(p.text(2), "0 ");
}

} // namespace
} // namespace sockwalk::kernel
