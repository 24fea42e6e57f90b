// Loss, as the sender sees it: duplicate acknowledgements, SACK, timeouts, and suspicions that were wrong.
#include "engine/kernel/include/net/tcp_segments.h"
#include "tests/engine/kernel/net/ipv4/tcp_peer.h"

namespace sockwalk::kernel {
namespace {

constexpr u8 ACK = TCPHDR_ACK;

class TcpRecovery : public TcpPeer {
protected:
  TcpRecovery() { m_roundTrip = 20; }
  // Ten segments of 1000 bytes are out: numbers 1 to 10000.
  void tenSegments(Segment syn) {
    accepted(syn);
    pass(100);
    const u32 bytes = 10 * tp()->mss_cache;
    ASSERT_EQ(write(std::string(bytes, 'd')), static_cast<s64>(bytes));
    pass(1); // the device says that it is done with the first, and the rest goes
    u32 sent = 0;
    for (const Segment& s : all()) sent += static_cast<u32>(s.data.size());
    ASSERT_EQ(sent, bytes);
    ASSERT_EQ(tp()->packets_out, 10u);
    pass(19);
  }
  std::vector<u32> resent() { // numbers of the segments that went now
    std::vector<u32> out;
    for (const Segment& s : all())
      if (!s.data.empty()) out.push_back(s.seq);
    return out;
  }
  int caState() { return inet_csk(sk())->icsk_ca_state; }
};

TEST_F(TcpRecovery, AnAcknowledgementFreesTheQueueAndOpensTheWindow) {
  tenSegments(synWithSack());
  const u32 cwnd = tp()->snd_cwnd;
  ack(4001);
  EXPECT_EQ(tp()->packets_out, 6u);
  EXPECT_EQ(tp()->snd_cwnd, cwnd + 4) << "slow start";
  EXPECT_NEAR(tp()->srtt_us >> 3, 20000, 3000);
  ack(10001);
  EXPECT_EQ(tp()->packets_out, 0u);
  EXPECT_FALSE(tp()->inet_conn.icsk_pending) << "no timer is needed";
  EXPECT_TRUE(tcp_rtx_queue_empty(sk()));
}

TEST_F(TcpRecovery, ThreeReportsOfSackBringFastRetransmit) {
  tenSegments(synWithSack());
  ack(1, 65000, {{1001, 2001}});
  EXPECT_EQ(tp()->sacked_out, 1u);
  EXPECT_EQ(caState(), TCP_CA_Disorder);
  ack(1, 65000, {{1001, 3001}});
  EXPECT_TRUE(resent().empty());
  ack(1, 65000, {{1001, 4001}});
  EXPECT_EQ(caState(), TCP_CA_Recovery);
  const auto again = resent();
  ASSERT_FALSE(again.empty());
  EXPECT_EQ(again[0], 1u);
  EXPECT_EQ(tp()->lost_out, 1u);
  EXPECT_LT(tp()->snd_ssthresh, 10u);
  pass(20);
  ack(10001);
  EXPECT_EQ(caState(), TCP_CA_Open);
  EXPECT_EQ(tp()->sacked_out + tp()->lost_out + tp()->retrans_out + tp()->packets_out, 0u);
}

TEST_F(TcpRecovery, TwoHolesAreRepairedInOneRecovery) {
  tenSegments(synWithSack());
  ack(1, 65000, {{1001, 4001}});
  ack(1, 65000, {{5001, 9001}, {1001, 4001}});
  pass(5);
  ack(1, 65000, {{5001, 10001}, {1001, 4001}});
  std::vector<u32> again = resent();
  pass(20);
  ack(4001, 65000, {{5001, 10001}});
  for (u32 seq : resent()) again.push_back(seq);
  EXPECT_NE(std::find(again.begin(), again.end(), 1u), again.end());
  EXPECT_NE(std::find(again.begin(), again.end(), 4001u), again.end());
  EXPECT_EQ(again.size(), 2u) << "nothing that arrived goes again";
  pass(20);
  ack(10001);
  EXPECT_EQ(caState(), TCP_CA_Open);
}

TEST_F(TcpRecovery, WithoutSackThreeDuplicatesDoIt) {
  Segment syn = synWithSack();
  syn.sackPermitted = false;
  tenSegments(syn);
  ack(1);
  ack(1);
  EXPECT_TRUE(resent().empty());
  ack(1);
  EXPECT_EQ(caState(), TCP_CA_Recovery);
  EXPECT_EQ(resent(), std::vector<u32>{1});
  ack(3001); // a partial acknowledgement: the next hole begins there
  EXPECT_EQ(resent(), std::vector<u32>{3001});
  ack(10001);
  EXPECT_NE(caState(), TCP_CA_Loss);
  EXPECT_EQ(tp()->packets_out, 0u);
}

TEST_F(TcpRecovery, AWindowUpdateIsNoDuplicate) {
  tenSegments(synWithSack());
  for (const u16 window : std::initializer_list<u16>{60000, 61000, 62000, 63000}) ack(1, window);
  EXPECT_TRUE(resent().empty());
  EXPECT_EQ(caState(), TCP_CA_Open);
}

TEST_F(TcpRecovery, ALossProbeAndThenATimeout) {
  tenSegments(synWithSack());
  ack(5001);
  clear();
  pass(150);
  const auto probe = all();
  ASSERT_EQ(probe.size(), 1u) << "the probe is the last segment";
  EXPECT_EQ(probe[0].seq, 9001u);
  pass(600);
  EXPECT_EQ(caState(), TCP_CA_Loss);
  EXPECT_EQ(tp()->snd_cwnd, 1u);
  const auto again = resent();
  ASSERT_FALSE(again.empty());
  EXPECT_EQ(again[0], 5001u);
  ack(10001);
  EXPECT_EQ(tp()->packets_out, 0u);
}

TEST_F(TcpRecovery, TheTimeoutDoublesEachTime) {
  tenSegments(synWithSack());
  pass(3000);
  EXPECT_GE(tp()->inet_conn.icsk_retransmits, 2);
  EXPECT_GE(tp()->inet_conn.icsk_backoff, 2);
  ack(10001);
  EXPECT_EQ(tp()->inet_conn.icsk_retransmits, 0);
  EXPECT_GE(tp()->inet_conn.icsk_backoff, 2) << "Karn: what was sent twice tells no time, so the backoff stays";
}

TEST_F(TcpRecovery, DsackTakesTheReductionBack) {
  tenSegments(synWithSack());
  const u32 cwnd = tp()->snd_cwnd;
  ack(1, 65000, {{1001, 4001}});
  pass(10);
  ack(1, 65000, {{1001, 5001}});
  EXPECT_EQ(caState(), TCP_CA_Recovery);
  ASSERT_FALSE(resent().empty());
  pass(5);
  ack(5001);                     // the first segment was only late
  ack(5001, 65000, {{1, 1001}}); // and its retransmission arrived as well
  EXPECT_EQ(tp()->undo_marker, 0u);
  EXPECT_GE(tp()->snd_cwnd, cwnd);
  EXPECT_GE(tp()->snd_ssthresh, cwnd);
}

TEST_F(TcpRecovery, AnEchoedTimestampTakesATimeoutBack) {
  Segment syn = synWithSack();
  syn.tsval = 1000;
  tenSegments(syn);
  pass(2);
  Segment late;
  late.seq = 1, late.ack = 1 + 10 * tp()->mss_cache;
  late.tsval = m_clock;
  late.tsecr = static_cast<u32>(tcp_skb_timestamp(tcp_rtx_queue_head(sk()))) + tp()->tsoffset; // the original's
  pass(1000);
  EXPECT_EQ(caState(), TCP_CA_Loss);
  receive(late);
  EXPECT_EQ(caState(), TCP_CA_Open);
  EXPECT_GE(tp()->snd_cwnd, 10u) << "the timeout was for nothing";
}

TEST_F(TcpRecovery, AClosedWindowIsProbedUntilItOpens) {
  accepted();
  write("first");
  clear();
  pass(m_roundTrip);
  ack(6, 0);
  EXPECT_EQ(write("waits"), 5);
  EXPECT_TRUE(silent());
  pass(3000);
  const auto probes = all();
  ASSERT_GE(probes.size(), 2u);
  for (const Segment& s : probes) EXPECT_EQ(s.seq, 5u) << "one before: it asks for an answer only";
  ack(6, 5000);
  EXPECT_EQ(next().data, "waits");
}

} // namespace
} // namespace sockwalk::kernel
