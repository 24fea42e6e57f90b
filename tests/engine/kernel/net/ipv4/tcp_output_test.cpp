// What leaves, when, and how often: window, Nagle, cork, segmentation, retransmission, probes, keepalive. The peer is
// played by hand; a segment that it does not acknowledge is one that was lost on the wire.
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "tests/engine/kernel/net/ipv4/tcp_peer.h"
#include <cmath>

namespace sockwalk::kernel {
namespace {

constexpr int SOL_SOCKET = 1, SO_KEEPALIVE = 9, SO_SNDBUF = 7;

class TcpOutput : public TcpPeer {
protected:
  // Milliseconds from now until our kernel sends, and what; fails after `limit`.
  std::pair<double, Segment> waitForSegment(s64 limit = 200000) {
    const s64 from = k.machine.now();
    while (silent()) {
      const s64 at = k.machine.nextTimer();
      if (at < 0 || at > from + limit * 1000000) {
        ADD_FAILURE() << "nothing was sent for " << limit << " ms";
        return {};
      }
      k.machine.runUntil(at);
    }
    return {std::round(static_cast<double>(k.machine.now() - from) / 1e6), next()};
  }
  std::string text(size_t n) {
    std::string s(n, 'x');
    for (size_t i = 0; i < n; ++i) s[i] = static_cast<char>('a' + i % 26);
    return s;
  }
  int errorOf() { return sk()->sk_err; }
};

TEST_F(TcpOutput, DataGoesAtOnceWithPush) {
  accepted();
  EXPECT_EQ(write("hello"), 5);
  const Segment s = next();
  EXPECT_EQ(s.data, "hello");
  EXPECT_EQ(s.seq, 1u);
  EXPECT_EQ(s.flags, TCPHDR_ACK | TCPHDR_PSH);
  EXPECT_TRUE(silent());
  EXPECT_EQ(tp()->packets_out, 1u);
  ack(6);
  EXPECT_EQ(tp()->packets_out, 0u);
  EXPECT_EQ(sk()->sk_wmem_queued, 0);
}

TEST_F(TcpOutput, ASmallSegmentWaitsForTheAcknowledgementOfTheOneBefore) { // Nagle
  accepted();
  write("first");
  clear();
  write("se");
  write("cond");
  EXPECT_TRUE(silent());
  ack(6);
  EXPECT_EQ(next().data, "second");
}

TEST_F(TcpOutput, NodelaySendsSmallSegmentsAtOnce) {
  accepted();
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_NODELAY, 1), 0);
  write("first");
  write("second");
  EXPECT_EQ(next().data, "first");
  EXPECT_EQ(next().data, "second");
}

TEST_F(TcpOutput, CorkHoldsAPartialSegmentFor200Milliseconds) {
  accepted();
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_CORK, 1), 0);
  write("abc");
  EXPECT_TRUE(silent());
  auto [after, s] = waitForSegment(1000);
  EXPECT_NEAR(after, 204, 8);
  EXPECT_EQ(s.data, "abc");
  ack(4);
  write("def");
  EXPECT_TRUE(silent());
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_CORK, 0), 0);
  EXPECT_EQ(next().data, "def");
}

TEST_F(TcpOutput, TheDeviceCutsALargeBuffer) { // TSO
  accepted();
  const std::string bytes = text(3500);
  EXPECT_EQ(write(bytes), 3500);
  std::string got;
  std::vector<size_t> sizes;
  for (const Segment& s : all()) {
    EXPECT_EQ(s.seq, 1 + got.size());
    got += s.data;
    sizes.push_back(s.data.size());
  }
  EXPECT_EQ(got, bytes);
  EXPECT_EQ(sizes, (std::vector<size_t>{1000, 1000, 1000, 500}));
}

TEST_F(TcpOutput, SoftwareCutsWhatTheDeviceCannot) { // GSO
  accepted();
  const net_device* eth0 = dev_get_by_index_rcu(init_net, 2);
  set(eth0->features, eth0->features & ~NETIF_F_TSO);
  const std::string bytes = text(3500);
  EXPECT_EQ(write(bytes), 3500);
  pass(1); // the queue's limit lets them out one by one
  std::string got;
  size_t count = 0;
  for (const Segment& s : all()) got += s.data, ++count;
  EXPECT_EQ(got, bytes);
  EXPECT_EQ(count, 4u);
  ack(3501);
  EXPECT_EQ(sk_wmem_alloc_get(sk()), 0);
  EXPECT_EQ(sk()->sk_wmem_queued, 0);
}

TEST_F(TcpOutput, TheDeviceCannotEvenSum) {
  accepted();
  const net_device* eth0 = dev_get_by_index_rcu(init_net, 2);
  set(eth0->features, eth0->features & ~(NETIF_F_TSO | NETIF_F_HW_CSUM | NETIF_F_SG));
  const std::string bytes = text(2500);
  EXPECT_EQ(write(bytes), 2500);
  pass(1);
  std::string got;
  for (const Segment& s : all()) got += s.data; // the peer checks the checksums
  EXPECT_EQ(got, bytes);
}

TEST_F(TcpOutput, TenSegmentsAreTheFirstWindowAndEachAcknowledgementAddsOne) { // IW10, slow start
  accepted();
  write(text(30000));
  size_t first = all().size();
  EXPECT_EQ(first, 10u);
  EXPECT_EQ(tp()->snd_cwnd, 10u);
  ack(2001);
  EXPECT_EQ(tp()->snd_cwnd, 12u);
  EXPECT_EQ(all().size(), 4u); // two that left the network, two that are new
}

TEST_F(TcpOutput, ThePeersWindowIsNotOverrun) {
  accepted(synWithSack(2500));
  write(text(6000));
  size_t bytes = 0;
  for (const Segment& s : all()) bytes += s.data.size();
  EXPECT_LE(bytes, 2500u);
  EXPECT_GE(bytes, 2000u);
  ack(static_cast<u32>(bytes) + 1, 6000);
  for (const Segment& s : all()) bytes += s.data.size();
  EXPECT_EQ(bytes, 6000u);
}

TEST_F(TcpOutput, ALostSegmentIsProbedThenSentAgainWithDoublingTimeouts) { // TLP, RTO
  accepted();
  write("lost");
  clear();
  auto [probe, p] = waitForSegment();
  EXPECT_EQ(p.data, "lost");
  EXPECT_NEAR(probe, 204, 12);
  auto [rto, r] = waitForSegment();
  EXPECT_EQ(r.data, "lost");
  EXPECT_NEAR(rto, 204, 12);
  EXPECT_EQ(inet_csk(sk())->icsk_ca_state, TCP_CA_Loss);
  EXPECT_EQ(tp()->snd_cwnd, 1u);
  double before = rto;
  for (int i = 0; i < 4; ++i) {
    auto [gap, s] = waitForSegment();
    EXPECT_EQ(s.data, "lost");
    EXPECT_NEAR(gap, 2 * before, 12);
    before = gap;
  }
  ack(5);
  EXPECT_EQ(tp()->packets_out, 0u);
  EXPECT_EQ(inet_csk(sk())->icsk_backoff, 5); // which of the six was acknowledged? no round trip was measured (Karn)
  EXPECT_EQ(write("next"), 4);
  EXPECT_EQ(next().data, "next");
  ack(9);
  EXPECT_EQ(inet_csk(sk())->icsk_backoff, 0);
}

TEST_F(TcpOutput, AConnectionIsGivenUpAfterFifteenRetransmissions) {
  accepted();
  write("lost");
  int sent = 0;
  while (k.machine.nextTimer() >= 0 && !errorOf() && sent < 40) {
    k.machine.runUntil(k.machine.nextTimer());
    sent += static_cast<int>(all().size());
  }
  EXPECT_EQ(errorOf(), ETIMEDOUT);
  EXPECT_EQ(state(), TCP_CLOSE);
  EXPECT_NEAR(static_cast<double>(k.machine.now()) / 1e9, 925, 15); // tcp_retries2: 924.6 s at 200 ms
  EXPECT_EQ(readResult(), -ETIMEDOUT);
}

TEST_F(TcpOutput, TheUserTimeoutEndsItSooner) {
  accepted();
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_USER_TIMEOUT, 1500), 0);
  const s64 from = k.machine.now();
  write("lost");
  while (k.machine.nextTimer() >= 0 && !errorOf()) k.machine.runUntil(k.machine.nextTimer());
  EXPECT_EQ(errorOf(), ETIMEDOUT);
  EXPECT_NEAR(static_cast<double>(k.machine.now() - from) / 1e6, 1700, 220);
}

TEST_F(TcpOutput, TheSynIsRepeatedSixTimes) {
  begin(false);
  EXPECT_TRUE(next().is(TCPHDR_SYN));
  double expected = 1000;
  for (int i = 0; i < 6; ++i, expected *= 2) {
    auto [gap, s] = waitForSegment();
    EXPECT_TRUE(s.is(TCPHDR_SYN));
    EXPECT_NEAR(gap, expected, 12);
  }
  pass(130000);
  EXPECT_TRUE(silent());
  EXPECT_FALSE(k.machine.busy(k.task)); // connect() came back with ETIMEDOUT
}

TEST_F(TcpOutput, AShutWindowIsProbed) { // zero window probe
  accepted();
  write("x");
  clear();
  ack(2, 0);
  write("waits");
  EXPECT_TRUE(silent());
  auto [first, p] = waitForSegment(2000);
  EXPECT_NEAR(first, 204, 12);
  EXPECT_EQ(p.data, "");
  EXPECT_EQ(p.seq, 1u); // an old number, so that the peer must answer
  ack(2, 0);
  auto [second, q] = waitForSegment(2000);
  EXPECT_NEAR(second, 408, 16);
  EXPECT_EQ(q.seq, 1u);
  ack(2, 65000);
  EXPECT_EQ(next().data, "waits");
}

TEST_F(TcpOutput, AWindowTooSmallForASegmentIsFilledAfterAWhile) { // sender's silly window avoidance
  accepted();
  write("x");
  clear();
  ack(2, 300);
  write(text(1000));
  EXPECT_TRUE(silent());
  auto [after, s] = waitForSegment(2000);
  EXPECT_NEAR(after, 204, 12);
  EXPECT_EQ(s.data.size(), 300u);
}

TEST_F(TcpOutput, KeepaliveProbesASilentPeerAndGivesUp) {
  accepted();
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_KEEPIDLE, 5), 0);
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_KEEPINTVL, 2), 0);
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_KEEPCNT, 3), 0);
  ASSERT_EQ(setInt(SOL_SOCKET, SO_KEEPALIVE, 1), 0);
  auto [idle, p] = waitForSegment();
  EXPECT_NEAR(idle, 5000, 12);
  EXPECT_EQ(p.seq, 0u);
  EXPECT_EQ(p.data, "");
  ack(1); // it lives: five seconds again
  auto [again, q] = waitForSegment();
  EXPECT_NEAR(again, 5000, 16);
  for (int i = 0; i < 2; ++i) EXPECT_NEAR(waitForSegment().first, 2000, 12);
  auto [end, r] = waitForSegment();
  EXPECT_NEAR(end, 2000, 12);
  EXPECT_TRUE(r.is(TCPHDR_RST));
  EXPECT_EQ(errorOf(), ETIMEDOUT);
}

TEST_F(TcpOutput, AcknowledgementsWaitForFortyMilliseconds) { // delayed ACK, once the quick ones are spent
  accepted();
  u32 at = 1;
  int delayed = 0;
  for (int i = 0; i < 40 && !delayed; ++i) {
    pass(30);
    data(at, "ab");
    at += 2;
    if (!silent()) {
      clear();
      continue;
    }
    ++delayed;
    auto [gap, s] = waitForSegment(1000);
    EXPECT_EQ(s.ack, at);
    EXPECT_EQ(s.data, "");
    EXPECT_LE(gap, 208);
    EXPECT_GE(gap, 36);
  }
  EXPECT_EQ(delayed, 1);
}

TEST_F(TcpOutput, TheFinRidesOnTheLastSegmentOrGoesAlone) {
  accepted();
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_CORK, 1), 0);
  write("end");
  EXPECT_TRUE(silent());
  shutdown(1);
  const Segment s = next();
  EXPECT_EQ(s.data, "end");
  EXPECT_TRUE(s.is(TCPHDR_FIN));
  EXPECT_EQ(state(), TCP_FIN_WAIT1);
  ack(5);
  EXPECT_EQ(state(), TCP_FIN_WAIT2);
}

TEST_F(TcpOutput, ALostFinIsSentAgain) {
  accepted();
  shutdown(1);
  EXPECT_TRUE(next().is(TCPHDR_FIN));
  EXPECT_TRUE(waitForSegment().second.is(TCPHDR_FIN));
  EXPECT_TRUE(waitForSegment().second.is(TCPHDR_FIN));
  ack(2);
  EXPECT_EQ(state(), TCP_FIN_WAIT2);
}

TEST_F(TcpOutput, ClosingWithUnreadDataResets) {
  accepted();
  data(1, "unread");
  clear();
  close();
  EXPECT_TRUE(next().is(TCPHDR_RST));
}

TEST_F(TcpOutput, SmallSegmentsAreJoinedWhenTheyAreSentAgain) {
  accepted();
  ASSERT_EQ(setInt(IPPROTO_TCP, TCP_NODELAY, 1), 0);
  for (const char* piece : {"one", "two", "three"}) write(piece);
  clear();
  std::string again;
  for (int i = 0; i < 3 && again.size() < 11; ++i) again = waitForSegment().second.data;
  EXPECT_EQ(again, "onetwothree");
}

TEST_F(TcpOutput, CubicLeavesAThirdOfTheWindowAfterALoss) {
  accepted();
  write(text(20000));
  clear();
  ack(1, 65000, {{1001, 5001}}); // the first segment is lost, four behind it arrived
  EXPECT_EQ(inet_csk(sk())->icsk_ca_state, TCP_CA_Recovery);
  EXPECT_EQ(tp()->snd_ssthresh, 7u); // 0.7 of 10
  bool again = false;
  for (const Segment& s : all()) again |= s.seq == 1 && s.data.size() == 1000;
  EXPECT_TRUE(again);
}

} // namespace
} // namespace sockwalk::kernel
