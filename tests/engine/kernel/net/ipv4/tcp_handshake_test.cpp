// Handshakes with a peer that does as it likes: what a listener keeps, repeats, refuses and forgets; SYN cookies; errors
// on the way; and TIME_WAIT at the other end of a connection's life.
#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "tests/engine/kernel/net/ipv4/tcp_peer.h"

namespace sockwalk::kernel {
namespace {

constexpr u8 FIN = TCPHDR_FIN, SYN = TCPHDR_SYN, RST = TCPHDR_RST, ACK = TCPHDR_ACK;

class TcpHandshake : public TcpPeer {
protected:
  const sock* sockOf(int fd) {
    const file* f = files_lookup_fd(k.machine.task(k.task).task->files, static_cast<u32>(fd));
    return static_cast<const struct socket*>(f->private_data.get())->sk;
  }
  const sock* listener() { return sockOf(m_listener); }
  int requests() { return reqsk_queue_len(&inet_csk(listener())->icsk_accept_queue); }
  u32 live(const std::string& cache) { return k.census()[cache]; }

  Segment syn(u16 port = 5555, u32 seq = 0) { // and what comes back
    m_peerPort = port;
    Segment s = synWithSack();
    s.flags = SYN;
    s.seq = seq;
    receive(s);
    Segment none;
    none.flags = 0;
    if (silent()) return none;
    m_isns[port] = m_theirIsn;
    return next();
  }
  void third(u16 port = 5555, u32 ack = 1) {
    m_peerPort = port;
    m_theirIsn = m_isns[port];
    Segment s;
    s.seq = 1, s.ack = ack;
    receive(s);
  }
  s64 accept() {
    const int fd = m_listener;
    k.call([=] { return __x64_sys_fcntl(static_cast<u32>(fd), 4 /* F_SETFL */, O_NONBLOCK); });
    return k.call([=] { return __x64_sys_accept(fd, 0, 0); });
  }
  u32 connectCall() { // the stimulus
    m_fd = k.socket(2, 1, 0);
    const u64 address = k.address(0x0a000202, 5555);
    const int fd = m_fd;
    return k.machine.systemCall(k.task, "connect", [=] { return __x64_sys_connect(fd, address, 16); });
  }
  void icmpAbout(u8 type, u8 code, u32 seq) { // quotes the first 8 bytes of a segment of ours
    Bytes f{0x52, 0x54, 0x00, 0x12, 0x34, 0x56, 0x52, 0x55, 0x0a, 0x00, 0x02, 0x02, 0x08, 0x00};
    const auto put = [&](std::initializer_list<u32> values) {
      for (u32 v : values) f.push_back(static_cast<u8>(v));
    };
    put({0x45, 0, 0, 56, 0, 1, 0, 0, 64, 1, 0, 0, 10, 0, 2, 2, 10, 0, 2, 15});
    put({type, code, 0, 0, 0, 0, 0, 0});
    put({0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 2, 15, 10, 0, 2, 2});
    put({u32(m_ourPort >> 8), m_ourPort & 255, 5555 >> 8, 5555 & 255});
    const u32 s = m_theirIsn + seq;
    put({s >> 24, s >> 16 & 255, s >> 8 & 255, s & 255});
    const auto sum = [&](size_t at, size_t from, size_t to) {
      u32 n = 0;
      for (size_t i = from; i < to; i += 2) n += u32(f[i] << 8 | f[i + 1]);
      while (n >> 16) n = (n & 0xffff) + (n >> 16);
      f[at] = static_cast<u8>(~n >> 8), f[at + 1] = static_cast<u8>(~n);
    };
    sum(24, 14, 34);
    sum(36, 34, f.size());
    receiveFrame(k.machine, 2, f, "ICMP");
  }
  std::map<u16, u32> m_isns;
};

// ---- what a listener keeps
TEST_F(TcpHandshake, ARequestIsAllThatASynCosts) {
  begin(true);
  const u32 full = live("TCP");
  const Segment answer = syn();
  EXPECT_EQ(answer.flags, SYN | ACK);
  EXPECT_EQ(answer.ack, 1u);
  EXPECT_EQ(answer.mss, 1460);
  EXPECT_EQ(requests(), 1);
  EXPECT_EQ(live("request_sock_TCP"), 1u);
  EXPECT_EQ(live("TCP"), full) << "no full socket before the third segment";
  third();
  EXPECT_EQ(requests(), 0);
  EXPECT_EQ(live("TCP"), full + 1);
  EXPECT_EQ(listener()->sk_ack_backlog, 1u);
  EXPECT_GE(accept(), 0);
  EXPECT_EQ(live("request_sock_TCP"), 0u) << "accept() ends the request";
  EXPECT_EQ(accept(), -EAGAIN);
}

TEST_F(TcpHandshake, TheSynAckIsRepeatedLaterAndLaterAndThenGivenUp) {
  begin(true);
  syn();
  std::vector<int> seconds;
  for (int s = 1; s <= 70; ++s) {
    pass(1000);
    if (!silent()) seconds.push_back(s);
    for (const Segment& again : all()) EXPECT_EQ(again.flags, SYN | ACK);
  }
  EXPECT_EQ(seconds, (std::vector<int>{1, 3, 7, 15, 31}));
  EXPECT_EQ(requests(), 0);
  EXPECT_EQ(live("request_sock_TCP"), 0u);
}

TEST_F(TcpHandshake, ASynThatComesAgainIsAnsweredAgain) {
  begin(true);
  const Segment first = syn();
  const Segment again = syn();
  EXPECT_EQ(again.flags, SYN | ACK);
  EXPECT_EQ(again.seq, first.seq);
  EXPECT_EQ(requests(), 1);
}

TEST_F(TcpHandshake, AnAcknowledgementOfWhatWasNeverSentIsReset) {
  begin(true);
  syn();
  third(5555, 77);
  const Segment reset = next();
  EXPECT_EQ(reset.flags, RST);
  EXPECT_EQ(reset.seq, 77u);
  EXPECT_EQ(requests(), 1) << "the request itself waits on";
  third();
  EXPECT_GE(accept(), 0);
}

TEST_F(TcpHandshake, AResetEndsTheRequest) {
  begin(true);
  syn();
  Segment s;
  s.flags = RST;
  s.seq = 1;
  receive(s);
  EXPECT_EQ(requests(), 0);
  EXPECT_TRUE(silent());
  EXPECT_EQ(live("request_sock_TCP"), 0u);
}

TEST_F(TcpHandshake, NobodyListensSoTheSynIsReset) {
  const Segment reset = syn();
  EXPECT_EQ(reset.flags, RST | ACK);
  EXPECT_EQ(reset.ack, 1u);
}

// ---- full queues
TEST_F(TcpHandshake, WhenConnectionsWaitForAcceptNoMoreAreMade) {
  m_backlog = 1;
  begin(true);
  syn(1001);
  third(1001);
  syn(1002), syn(1003);
  third(1002);
  EXPECT_EQ(listener()->sk_ack_backlog, 2u) << "one more than the backlog says";
  third(1003);
  EXPECT_TRUE(silent()) << "the last segment is passed over";
  EXPECT_EQ(requests(), 1);
  EXPECT_EQ(syn(1004).flags, 0) << "and new SYNs too";
  EXPECT_GE(accept(), 0);
  pass(1000);
  ASSERT_FALSE(silent()) << "the request's timer asks the peer again";
  EXPECT_EQ(next().flags, SYN | ACK);
  third(1003);
  EXPECT_EQ(requests(), 0);
  EXPECT_EQ(listener()->sk_ack_backlog, 2u);
}

TEST_F(TcpHandshake, AbortOnOverflowResetsInstead) {
  set(init_net->ipv4.sysctl_tcp_abort_on_overflow, 1);
  m_backlog = 0;
  begin(true);
  syn(1001);
  third(1001);
  EXPECT_EQ(listener()->sk_ack_backlog, 1u);
  EXPECT_EQ(syn(1002).flags, 0);
  EXPECT_GE(accept(), 0);
  syn(1002);
  set(listener()->sk_ack_backlog, 1); // as if another had come between
  third(1002);
  EXPECT_EQ(next().flags, RST);
  EXPECT_EQ(requests(), 0);
  set(listener()->sk_ack_backlog, 0);
}

TEST_F(TcpHandshake, TooManyRequestsAreAnsweredWithCookies) {
  m_backlog = 1;
  begin(true);
  syn(1001), syn(1002);
  EXPECT_EQ(requests(), 2);
  EXPECT_EQ(syn(1003).flags, SYN | ACK);
  EXPECT_EQ(requests(), 2) << "nothing is kept of the third";
  third(1003);
  EXPECT_EQ(listener()->sk_ack_backlog, 1u) << "but its answer proves that it is there";
  set(init_net->ipv4.sysctl_tcp_syncookies, 0);
  EXPECT_EQ(syn(1004).flags, 0) << "without cookies it is dropped";
}

TEST_F(TcpHandshake, ACookieBringsBackTheMssAndTheOptions) {
  set(init_net->ipv4.sysctl_tcp_syncookies, 2);
  begin(true);
  Segment s = synWithSack();
  s.flags = SYN;
  s.mss = 1400;
  s.scale = 7;
  s.tsval = 1;
  receive(s);
  const Segment answer = next();
  EXPECT_EQ(live("request_sock_TCP"), 0u);
  Segment back;
  back.seq = 1, back.ack = 1, back.tsval = 2, back.tsecr = *answer.tsval;
  receive(back);
  m_fd = static_cast<int>(accept());
  ASSERT_GE(m_fd, 0);
  EXPECT_EQ(tp()->rx_opt.mss_clamp, 1300) << "the greatest of four that fits";
  EXPECT_EQ(tp()->rx_opt.snd_wscale, 7);
  EXPECT_TRUE(tp()->rx_opt.sack_ok);
  data(1, "hello");
  EXPECT_EQ(read(), "hello");
}

TEST_F(TcpHandshake, ACookieThatIsNotOursOrTooOldIsReset) {
  set(init_net->ipv4.sysctl_tcp_syncookies, 2);
  begin(true);
  syn();
  third(5555, 77);
  EXPECT_EQ(next().flags, RST);
  EXPECT_EQ(accept(), -EAGAIN);
  pass(200000);
  third();
  EXPECT_EQ(next().flags, RST);
}

// ---- waiting
TEST_F(TcpHandshake, AcceptSleepsUntilTheThirdSegment) {
  begin(true);
  const int fd = m_listener;
  const u32 call = k.machine.systemCall(k.task, "accept", [=] { return __x64_sys_accept(fd, 0, 0); });
  EXPECT_TRUE(k.machine.busy(k.task));
  syn();
  EXPECT_TRUE(k.machine.busy(k.task));
  third();
  EXPECT_FALSE(k.machine.busy(k.task));
  EXPECT_GT(k.resultOf(call), fd);
}

TEST_F(TcpHandshake, ClosingAListenerResetsWhatNobodyAccepted) {
  begin(true);
  syn();
  third();
  const u32 full = live("TCP");
  k.close(m_listener);
  const Segment reset = next();
  EXPECT_TRUE(reset.is(RST));
  pass(100);
  EXPECT_EQ(live("TCP"), full - 2);
  EXPECT_EQ(live("request_sock_TCP"), 0u);
}

TEST_F(TcpHandshake, ARequestOutlivesItsListenerOnlyUntilTheNextSegment) {
  begin(true);
  syn();
  k.close(m_listener);
  third();
  EXPECT_EQ(next().flags, RST);
  EXPECT_EQ(live("request_sock_TCP"), 0u);
}

// ---- the other side
TEST_F(TcpHandshake, ConnectRepeatsItsSynAndTimesOut) {
  const u32 call = connectCall();
  std::vector<int> seconds;
  for (int s = 1; s <= 140; ++s) {
    clear();
    pass(1000);
    if (!silent()) seconds.push_back(s);
  }
  EXPECT_EQ(seconds, (std::vector<int>{1, 3, 7, 15, 31, 63}));
  EXPECT_EQ(k.resultOf(call), -ETIMEDOUT);
}

TEST_F(TcpHandshake, AResetAnswersConnect) {
  const u32 call = connectCall();
  next();
  Segment s;
  s.flags = RST | ACK;
  s.ack = 1;
  receive(s);
  EXPECT_EQ(k.resultOf(call), -ECONNREFUSED);
}

TEST_F(TcpHandshake, AnIcmpErrorEndsConnectIfItQuotesOurSegment) {
  const u32 call = connectCall();
  next();
  icmpAbout(3, 1, 12345);
  EXPECT_TRUE(k.machine.busy(k.task)) << "that number is not in flight";
  icmpAbout(3, 1, 0);
  EXPECT_EQ(k.resultOf(call), -EHOSTUNREACH);
}

TEST_F(TcpHandshake, AnEstablishedConnectionTakesAnIcmpErrorAsAHint) {
  accepted();
  write("x");
  icmpAbout(3, 1, 1);
  EXPECT_EQ(state(), TCP_ESTABLISHED);
  EXPECT_EQ(sk()->sk_err_soft, EHOSTUNREACH);
  EXPECT_EQ(sk()->sk_err, 0);
}

// ---- TIME_WAIT
class TcpTimeWait : public TcpHandshake {
protected:
  void closedByUs() { // FIN, its acknowledgement, the peer's FIN, ours: TIME_WAIT
    accepted();
    close();
    EXPECT_TRUE(next().is(FIN));
    finAt(1, 2);
    EXPECT_EQ(next().ack, 2u);
  }
  void finAt(u32 seq, u32 ack) {
    Segment s;
    s.flags = FIN | ACK;
    s.seq = seq, s.ack = ack;
    receive(s);
  }
};

TEST_F(TcpTimeWait, ASmallSocketStaysForAMinute) {
  const u32 full = live("TCP");
  closedByUs();
  EXPECT_EQ(live("tw_sock_TCP"), 1u);
  EXPECT_EQ(live("TCP"), full + 1) << "only the listener is left";
  pass(59000);
  EXPECT_EQ(live("tw_sock_TCP"), 1u);
  pass(2000);
  EXPECT_EQ(live("tw_sock_TCP"), 0u);
}

TEST_F(TcpTimeWait, ALateFinIsAcknowledgedAgainAndTheMinuteBeginsAnew) {
  closedByUs();
  pass(30000);
  finAt(1, 2);
  EXPECT_EQ(next().ack, 2u);
  pass(45000);
  EXPECT_EQ(live("tw_sock_TCP"), 1u);
  pass(16000);
  EXPECT_EQ(live("tw_sock_TCP"), 0u);
}

TEST_F(TcpTimeWait, AResetEndsIt) {
  closedByUs();
  Segment s;
  s.flags = RST;
  s.seq = 2;
  receive(s);
  EXPECT_EQ(live("tw_sock_TCP"), 0u);
  EXPECT_TRUE(silent());
}

TEST_F(TcpTimeWait, ANewSynOpensTheSameEndsAgain) {
  closedByUs();
  const Segment answer = syn(5555, 100000);
  EXPECT_EQ(answer.flags, SYN | ACK);
  EXPECT_EQ(answer.ack, 100001u);
  EXPECT_EQ(live("tw_sock_TCP"), 0u);
}

TEST_F(TcpTimeWait, AnOldSynIsOnlyAcknowledged) {
  closedByUs();
  const Segment answer = syn(5555, static_cast<u32>(-5000));
  EXPECT_EQ(answer.flags, ACK);
  EXPECT_EQ(live("tw_sock_TCP"), 1u);
}

TEST_F(TcpTimeWait, DataForAHalfClosedConnectionWithoutOwnerIsReset) {
  accepted();
  close();
  next();
  Segment s;
  s.seq = 1, s.ack = 2;
  receive(s); // FIN_WAIT2: the stand-in is there already
  EXPECT_EQ(live("tw_sock_TCP"), 1u);
  s.data = "late";
  receive(s);
  EXPECT_TRUE(next().is(RST));
  EXPECT_EQ(live("tw_sock_TCP"), 0u);
}

// ---- no memory
TEST_F(TcpHandshake, WithoutMemoryTheSegmentIsAsIfItWereLost) {
  begin(true);
  auto before = k.census();
  k.machine.failAllocation("inet_reqsk_alloc");
  EXPECT_EQ(syn().flags, 0);
  EXPECT_EQ(syn().flags, SYN | ACK);
  k.machine.failAllocation("sk_clone_lock");
  third();
  EXPECT_EQ(requests(), 1);
  third();
  EXPECT_EQ(listener()->sk_ack_backlog, 1u);
  k.close(static_cast<int>(accept()));
  next();
  Segment reset;
  reset.flags = RST | ACK;
  reset.seq = 1, reset.ack = 2;
  receive(reset);
  pass(1000);
  for (const char* cache : {"TCP", "request_sock_TCP", "tw_sock_TCP", "tcp_bind_bucket", "tcp_bind2_bucket"})
    EXPECT_LE(k.census()[cache], before[cache] + (std::string(cache) == "tcp_bind2_bucket")) << cache;
}

} // namespace
} // namespace sockwalk::kernel
