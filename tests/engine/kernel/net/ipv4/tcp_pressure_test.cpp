// When something is short: the memory of all TCP, one receive buffer, the path's MTU, the rate that a program allows; and
// suspicions of loss that prove right or wrong.
#include "engine/kernel/include/net/tcp.h"
#include "tests/engine/kernel/net/ipv4/tcp_peer.h"

namespace sockwalk::kernel {

extern Global<s64[3]> sysctl_tcp_mem;
extern Global<u64> tcp_memory_pressure;
extern Global<s64> tcp_memory_allocated;

namespace {

constexpr int SOL_TCP_ = 6, SOL_SOCKET_ = 1, Linger2 = 8, RcvBuf = 8, MaxPacingRate = 47;

class TcpPressure : public TcpPeer {
protected:
  void limitPages(s64 low, s64 high, s64 most) { // net.ipv4.tcp_mem
    set(sysctl_tcp_mem[0], low);
    set(sysctl_tcp_mem[1], high);
    set(sysctl_tcp_mem[2], most);
  }
  std::string bytes(u32 size, char first = 'a') {
    std::string out;
    for (u32 i = 0; i < size; ++i) out += static_cast<char>(first + i % 20);
    return out;
  }
  int caState() { return inet_csk(sk())->icsk_ca_state; }
  u32 sentBytes() { // that were not sent before
    u32 sum = 0;
    for (const Segment& s : all()) {
      const u32 end = s.seq + static_cast<u32>(s.data.size());
      if (end <= m_highest) continue; // again
      sum += end - std::max(s.seq, m_highest);
      m_highest = end;
    }
    return sum;
  }
  u32 m_highest = 1;
};

// ---- memory

TEST_F(TcpPressure, AboveTheSecondLimitMemoryIsShortUntilTheReaderComes) {
  limitPages(3, 5, 1000);
  accepted();
  for (u32 i = 0; i < 20; ++i) data(1 + 1000 * i, bytes(1000));
  EXPECT_NE(*tcp_memory_pressure, 0u);
  EXPECT_GT(*tcp_memory_allocated, 5);
  EXPECT_EQ(read(30000).size(), 20000u);
  EXPECT_EQ(*tcp_memory_pressure, 0u) << "the reader gave the pages back";
  EXPECT_LE(*tcp_memory_allocated, 3);
}

TEST_F(TcpPressure, UnderPressureTheWindowStopsGrowing) {
  accepted();
  limitPages(1, 2, 1000);
  for (u32 i = 0; i < 20; ++i) data(1 + 1000 * i, bytes(1000));
  const u32 pressed = tp()->rcv_ssthresh;
  EXPECT_LE(pressed, std::max(4u * tp()->advmss, 64240u));
  limitPages(10000, 20000, 30000);
  read(30000);
  for (u32 i = 20; i < 40; ++i) data(1 + 1000 * i, bytes(1000));
  EXPECT_GE(tp()->rcv_ssthresh, pressed);
}

TEST_F(TcpPressure, AtTheHardLimitOnlyAnEmptyQueueTakesASegment) {
  accepted();
  limitPages(0, 0, 0);
  set(init_net->ipv4.sysctl_tcp_rmem[0], 0); // nobody has a least share
  data(1, bytes(1000));
  EXPECT_EQ(next().ack, 1001u) << "a reader with nothing to read gets its segment, limit or not";
  clear();
  for (u32 i = 0; i < 12; ++i) data(1001 + 1000 * i, bytes(1000));
  const u32 got = tp()->rcv_nxt - tp()->copied_seq;
  EXPECT_LT(got, 13000u) << "more is as if it were lost";
  EXPECT_EQ(read(30000).size(), got);
  limitPages(1000, 2000, 3000);
  data(1 + got, bytes(1000));
  EXPECT_EQ(read(30000), bytes(1000)) << "and comes when there is room";
}

TEST_F(TcpPressure, AFinIsSentWhateverTheLimit) {
  accepted();
  limitPages(0, 0, 0);
  EXPECT_EQ(shutdown(1), 0);
  EXPECT_TRUE(next().is(TCPHDR_FIN));
}

TEST_F(TcpPressure, UnderPressureTheFinRidesOnASegmentThatIsSentAgain) {
  accepted();
  write(bytes(100));
  clear();
  limitPages(0, 0, 1000);
  set(*tcp_memory_pressure, 1);
  EXPECT_EQ(shutdown(1), 0);
  EXPECT_TRUE(silent()) << "no buffer for it alone";
  EXPECT_TRUE(TCP_SKB_CB(skb_rb_last(&sk()->tcp_rtx_queue))->tcp_flags & TCPHDR_FIN);
  pass(1500);
  const auto again = all();
  ASSERT_FALSE(again.empty());
  EXPECT_TRUE(again.back().is(TCPHDR_FIN));
  EXPECT_EQ(again.back().data, bytes(100));
}

TEST_F(TcpPressure, BuffersThatWasteRoomAreCopiedTogether) {
  begin(true);
  setInt(SOL_SOCKET_, RcvBuf, 16384); // doubled
  handshake(synWithSack());
  std::string sent;
  u32 seq = 1;
  for (int i = 0; i < 60; ++i) { // with holes, so that they are not joined on arrival
    const std::string piece = bytes(10, static_cast<char>('a' + i % 5));
    data(seq + 10, piece.substr(0, 10)), data(seq, std::string(10, 'x'));
    sent += std::string(10, 'x') + piece;
    seq += 20;
  }
  EXPECT_LE(sk_rmem_alloc_get(sk()), sk()->sk_rcvbuf);
  EXPECT_EQ(read(10000), sent.substr(0, tp()->rcv_nxt - tp()->copied_seq)) << "no byte was lost or doubled";
}

TEST_F(TcpPressure, OutOfOrderBuffersAreCollapsedBeforeTheyAreDropped) {
  begin(true);
  setInt(SOL_SOCKET_, RcvBuf, 8192);
  handshake(synWithSack());
  for (u32 i = 0; i < 100; ++i) data(101 + 20 * i, bytes(20)), pass(1);
  EXPECT_LE(sk_rmem_alloc_get(sk()), 2 * sk()->sk_rcvbuf);
  data(1, bytes(100));
  const std::string got = read(10000);
  EXPECT_GE(got.size(), 100u);
  EXPECT_EQ(got.substr(0, 100), bytes(100));
  for (size_t i = 100; i + 20 <= got.size(); i += 20) EXPECT_EQ(got.substr(i, 20), bytes(20)) << i;
}

// ---- the path's MTU is searched from below (RFC 4821)

TEST_F(TcpPressure, MtuProbesRaiseTheSegmentSize) {
  set(init_net->ipv4.sysctl_tcp_mtu_probing, 2);
  Segment syn = synWithSack();
  syn.mss = 1460;
  connected(syn);
  const u32 small = tp()->mss_cache;
  EXPECT_LE(small, 1036u) << "tcp_base_mss and room for a time stamp";
  u32 acked = 1, largest = 0;
  for (int round = 0; round < 12 && tp()->mss_cache == small; ++round) {
    write(std::string(20 * small, 'd'));
    pass(10);
    for (const Segment& s : all()) {
      largest = std::max(largest, static_cast<u32>(s.data.size()));
      acked = std::max(acked, s.seq + static_cast<u32>(s.data.size()));
    }
    ack(acked);
  }
  EXPECT_GT(tp()->mss_cache, small) << "the probe arrived, so the path takes it";
  EXPECT_GT(largest, small);
}

// ---- a program's own limit on the rate

TEST_F(TcpPressure, PacingSpreadsSegmentsOverTime) {
  accepted();
  ASSERT_EQ(setInt(SOL_SOCKET_, MaxPacingRate, 100000), 0);                          // bytes in a second: 1000 in 10 ms
  for (u32 i = 0; i < 10; ++i) write(bytes(1000)), pass(5), ack(1 + 1000 * (i + 1)); // the first ten are not held back
  pass(500);
  EXPECT_EQ(sentBytes(), 10000u);
  ASSERT_EQ(write(bytes(8000)), 8000);
  pass(1);
  const u32 atOnce = sentBytes();
  EXPECT_LT(atOnce, 8000u);
  pass(30);
  const u32 later = sentBytes();
  EXPECT_LE(later, 5000u);
  pass(100);
  EXPECT_EQ(atOnce + later + sentBytes(), 8000u);
}

// ---- suspicions

TEST_F(TcpPressure, AProbeThatRepairedALossHalvesTheWindow) {
  m_roundTrip = 20;
  accepted();
  pass(100);
  write(bytes(5000));
  pass(20);
  clear();
  ack(4001); // the last of five is lost
  pass(250); // one segment alone: its acknowledgement may be delayed, so the probe waits for that too
  const auto probe = all();
  ASSERT_EQ(probe.size(), 1u);
  EXPECT_EQ(probe[0].seq, 4001u);
  EXPECT_NE(tp()->tlp_high_seq, 0u);
  const u32 before = tp()->snd_cwnd;
  pass(20);
  ack(5001);
  EXPECT_NE(tp()->tlp_high_seq, 0u) << "of the original or of the probe? the next acknowledgement tells";
  write(bytes(1000));
  pass(20);
  ack(6001);
  EXPECT_EQ(tp()->tlp_high_seq, 0u);
  EXPECT_EQ(caState(), TCP_CA_Open);
  EXPECT_LT(tp()->snd_cwnd, before) << "one loss, so the window shrinks, although no duplicate told of it";
}

TEST_F(TcpPressure, AProbeThatWasForNothingIsForgiven) {
  m_roundTrip = 20;
  accepted();
  pass(100);
  write(bytes(3000));
  pass(20);
  clear();
  pass(200);
  const auto probe = all();
  ASSERT_FALSE(probe.empty());
  EXPECT_EQ(probe[0].seq, 2001u);
  const u32 before = tp()->snd_cwnd;
  ack(3001, 65000, {{2001, 3001}}); // DSACK: the original had arrived
  EXPECT_EQ(tp()->tlp_high_seq, 0u);
  EXPECT_GE(tp()->snd_cwnd, before);
}

TEST_F(TcpPressure, FrtoTellsADelayFromALoss) { // RFC 5682, with SACK and without timestamps
  m_roundTrip = 20;
  accepted();
  pass(100);
  write(bytes(10000));
  pass(400); // the probe, then the timeout
  EXPECT_EQ(caState(), TCP_CA_Loss);
  EXPECT_TRUE(tp()->frto);
  clear();
  write(bytes(2000));
  ack(2001); // originals, late: the window moves beyond what was sent again
  EXPECT_TRUE(tp()->frto);
  EXPECT_FALSE(all().empty()) << "new data is tried instead of sending again";
  ack(3001);
  EXPECT_EQ(caState(), TCP_CA_Open) << "never sent again and yet acknowledged: the timeout was for nothing";
}

// ---- after close()

TEST_F(TcpPressure, Linger2SaysHowLongAFinIsWaitedFor) {
  accepted();
  ASSERT_EQ(setInt(SOL_TCP_, Linger2, 3), 0);
  const sock* before = sk();
  close();
  EXPECT_TRUE(next().is(TCPHDR_FIN));
  Segment a;
  a.seq = 1, a.ack = 2;
  receive(a);
  pass(1000);
  clear();
  Segment again{.flags = TCPHDR_ACK, .seq = 1, .ack = 2};
  again.data = "late";
  receive(again);
  EXPECT_FALSE(all().empty());
  pass(5000);
  clear();
  Segment fin{.flags = static_cast<u8>(TCPHDR_ACK | TCPHDR_FIN), .seq = 1, .ack = 2};
  receive(fin);
  EXPECT_TRUE(next().is(TCPHDR_RST)) << "forgotten after three seconds";
  EXPECT_NE(before, nullptr);
}

TEST_F(TcpPressure, Linger2BelowZeroDoesNotWait) {
  accepted();
  ASSERT_EQ(setInt(SOL_TCP_, Linger2, -1), 0);
  close();
  EXPECT_TRUE(next().is(TCPHDR_FIN));
  Segment a;
  a.seq = 1, a.ack = 2;
  receive(a);
  clear();
  Segment fin{.flags = static_cast<u8>(TCPHDR_ACK | TCPHDR_FIN), .seq = 1, .ack = 2};
  receive(fin);
  EXPECT_TRUE(next().is(TCPHDR_RST));
}

} // namespace
} // namespace sockwalk::kernel
