// Segments that a peer sends as it likes: out of order, twice, in part, urgent, too old, beyond the window, with RST.
#include "engine/kernel/include/net/tcp.h"
#include "tests/engine/kernel/net/ipv4/tcp_peer.h"

namespace sockwalk::kernel {
namespace {

constexpr u8 FIN = TCPHDR_FIN, SYN = TCPHDR_SYN, RST = TCPHDR_RST, ACK = TCPHDR_ACK, PSH = TCPHDR_PSH, URG = TCPHDR_URG;
using Ranges = std::vector<std::pair<u32, u32>>;

class TcpInput : public TcpPeer {
protected:
  static std::string bytes(u32 n, char first = 'a') {
    std::string s(n, ' ');
    for (u32 i = 0; i < n; ++i) s[i] = static_cast<char>(first + i % 26);
    return s;
  }
  Segment lastSent() {
    const auto sent = all();
    Segment none;
    none.flags = 0;
    return sent.empty() ? none : sent.back();
  }
};

// ---- data in and out of order
TEST_F(TcpInput, DataInOrderIsReadAndAcknowledged) {
  accepted();
  data(1, "hello");
  EXPECT_EQ(read(), "hello");
  const Segment s = next();
  EXPECT_EQ(s.ack, 6u);
  EXPECT_TRUE(s.sack.empty());
  EXPECT_EQ(readResult(), -EAGAIN);
}

TEST_F(TcpInput, DataBeyondAHoleWaitsAndIsReported) {
  accepted();
  data(101, bytes(100));
  EXPECT_EQ(held(&tp()->out_of_order_queue), "101-201");
  EXPECT_EQ(readResult(), -EAGAIN);
  Segment s = lastSent();
  EXPECT_EQ(s.ack, 1u);
  EXPECT_EQ(s.sack, (Ranges{{101, 201}}));
  data(301, bytes(100));
  EXPECT_EQ(lastSent().sack, (Ranges{{301, 401}, {101, 201}})) << "the latest comes first";
  data(1, std::string(100, 'x'));
  EXPECT_EQ(held(&tp()->out_of_order_queue), "301-401");
  s = lastSent();
  EXPECT_EQ(s.ack, 201u);
  EXPECT_EQ(s.sack, (Ranges{{301, 401}}));
  EXPECT_EQ(read(), std::string(100, 'x') + bytes(100));
  data(201, std::string(100, 'y'));
  s = lastSent();
  EXPECT_EQ(s.ack, 401u);
  EXPECT_TRUE(s.sack.empty());
  EXPECT_EQ(read(), std::string(100, 'y') + bytes(100));
}

TEST_F(TcpInput, OverlapsBeyondAHoleAreJoinedWithoutDoubling) {
  accepted();
  const std::string stream = bytes(1000);
  const auto part = [&](u32 from, u32 to) { data(from, stream.substr(from - 1, to - from)); };
  part(201, 301);
  part(501, 601);
  part(251, 551); // over the end of one and the beginning of the other
  part(401, 451); // all of it is there
  pass(5);
  Segment s = lastSent();
  EXPECT_EQ(s.ack, 1u);
  ASSERT_EQ(s.sack.size(), 2u);
  EXPECT_EQ(s.sack[0], (std::pair<u32, u32>{401, 451})) << "the duplicate is told first (D-SACK)";
  EXPECT_EQ(s.sack[1], (std::pair<u32, u32>{201, 601}));
  part(1, 201);
  EXPECT_EQ(held(&tp()->out_of_order_queue), "");
  EXPECT_EQ(lastSent().ack, 601u);
  EXPECT_EQ(read(), stream.substr(0, 600));
}

TEST_F(TcpInput, ASegmentThatCoversOthersReplacesThem) {
  accepted();
  const std::string stream = bytes(1000);
  const auto part = [&](u32 from, u32 to) { data(from, stream.substr(from - 1, to - from)); };
  part(301, 351);
  part(401, 451);
  part(301, 501);
  EXPECT_EQ(held(&tp()->out_of_order_queue), "301-501");
  part(1, 301);
  EXPECT_EQ(read(), stream.substr(0, 500));
}

TEST_F(TcpInput, WhatCameTwiceIsReportedByDsack) {
  accepted();
  data(1, bytes(100));
  read();
  clear();
  data(1, bytes(100));
  const Segment s = next();
  EXPECT_EQ(s.ack, 101u);
  EXPECT_EQ(s.sack, (Ranges{{1, 101}}));
  EXPECT_EQ(readResult(), -EAGAIN);
  data(51, bytes(100)); // half of it is new
  EXPECT_EQ(read().size(), 50u);
}

TEST_F(TcpInput, FourBlocksAreReportedAndTheOldestIsForgotten) {
  accepted();
  for (u32 i = 0; i < 6; ++i) data(101 + 200 * i, bytes(100));
  pass(10);
  const Segment s = lastSent();
  EXPECT_EQ(s.sack, (Ranges{{1101, 1201}, {901, 1001}, {701, 801}, {501, 601}}));
}

TEST_F(TcpInput, WithoutSackAHoleMakesPlainDuplicates) {
  Segment syn = synWithSack();
  syn.sackPermitted = false;
  accepted(syn);
  for (u32 i = 0; i < 3; ++i) {
    data(101 + 100 * i, bytes(100));
    const Segment s = next();
    EXPECT_EQ(s.ack, 1u);
    EXPECT_TRUE(s.sack.empty());
  }
  data(1, bytes(100));
  EXPECT_EQ(lastSent().ack, 401u);
  EXPECT_EQ(read().size(), 400u);
}

TEST_F(TcpInput, AFinBeyondAHoleWaitsToo) {
  accepted();
  data(101, bytes(100), ACK | FIN);
  EXPECT_EQ(state(), TCP_ESTABLISHED);
  data(1, bytes(100));
  EXPECT_EQ(state(), TCP_CLOSE_WAIT);
  EXPECT_EQ(lastSent().ack, 202u);
  EXPECT_EQ(read().size(), 200u);
  EXPECT_EQ(readResult(), 0) << "end of file";
}

TEST_F(TcpInput, ManyDuplicatesAreAnsweredTogether) {
  accepted();
  data(1, bytes(1000)), read();
  pass(50);
  clear();
  for (u32 i = 0; i < 20; ++i) data(2001 + 100 * i, bytes(100));
  EXPECT_LT(all().size(), 20u);
  EXPECT_GT(tp()->compressed_ack, 0);
  pass(5);
  const Segment s = lastSent();
  EXPECT_EQ(s.ack, 1001u);
  EXPECT_EQ(s.sack, (Ranges{{2001, 4001}}));
  EXPECT_EQ(tp()->compressed_ack, 0);
}

// ---- the window
TEST_F(TcpInput, DataBeyondTheWindowIsRefused) {
  accepted();
  const u32 edge = tp()->rcv_nxt + tcp_receive_window(tp()) - (tp()->rcv_nxt - 1);
  data(edge + 1000, "beyond");
  EXPECT_EQ(held(&tp()->out_of_order_queue), "");
  EXPECT_EQ(next().ack, 1u);
}

TEST_F(TcpInput, TheWindowClosesWhenNobodyReadsAndOpensWhenSomebodyDoes) {
  begin(true);
  setInt(1 /* SOL_SOCKET */, 8 /* SO_RCVBUF */, 16384);
  handshake(synWithSack());
  u32 seq = 1;
  u16 window = 1;
  for (int i = 0; i < 200 && window; ++i) {
    data(seq, bytes(1000));
    pass(50);
    const auto sent = all();
    if (sent.empty()) continue;
    seq = sent.back().ack;
    window = sent.back().window;
  }
  EXPECT_EQ(window, 0);
  data(seq, "x"); // a probe
  Segment s = lastSent();
  EXPECT_EQ(s.ack, seq);
  EXPECT_EQ(s.window, 0);
  u32 got = 0;
  for (s64 n; (n = readResult(2000)) > 0;) got += static_cast<u32>(n);
  EXPECT_EQ(got, seq - 1);
  s = lastSent();
  EXPECT_GT(s.window, 1000) << "the peer learns that there is room again";
}

TEST_F(TcpInput, OutOfOrderDataGoesWhenMemoryIsShort) {
  begin(true);
  setInt(1, 8, 8192);
  handshake(synWithSack());
  for (u32 i = 0; i < 60; ++i) data(2001 + 1000 * i, bytes(900)), pass(1);
  EXPECT_LE(sk_rmem_alloc_get(sk()), 2 * sk()->sk_rcvbuf);
  data(1, bytes(1000));
  EXPECT_EQ(read(1000).size(), 1000u);
}

// ---- urgent data
TEST_F(TcpInput, AnUrgentByteIsReadApart) {
  accepted();
  Segment s{.flags = static_cast<u8>(ACK | PSH | URG), .seq = 1, .ack = 1};
  s.urgent = 3; // one past the urgent byte
  s.data = "abcdef";
  receive(s);
  EXPECT_EQ(tp()->urg_seq, tp()->copied_seq + 2);
  EXPECT_EQ(read(10, 1 /* MSG_OOB */), "c");
  EXPECT_EQ(read(), "ab") << "reading stops at the mark";
  EXPECT_EQ(read(), "def");
}

TEST_F(TcpInput, AnUrgentPointerMayRunAhead) {
  accepted();
  Segment s{.flags = static_cast<u8>(ACK | PSH | URG), .seq = 1, .ack = 1};
  s.urgent = 8;
  s.data = "abcd";
  receive(s);
  EXPECT_EQ(readResult(10, 1), -EAGAIN);
  data(5, "efgh");
  EXPECT_EQ(read(10, 1), "h");
}

// ---- what does not belong here
TEST_F(TcpInput, ATimestampFromThePastIsRefused) {
  Segment syn = synWithSack();
  syn.tsval = 1000;
  accepted(syn);
  m_clock = 2000;
  data(1, "new");
  EXPECT_EQ(read(), "new");
  clear();
  Segment old{.flags = ACK | PSH, .seq = 4, .ack = 1};
  old.tsval = 500;
  old.data = "old";
  receive(old);
  EXPECT_EQ(readResult(), -EAGAIN);
  EXPECT_EQ(next().ack, 4u);
}

TEST_F(TcpInput, AResetAtTheExpectedNumberEndsTheConnection) {
  accepted();
  receive({.flags = RST, .seq = 1});
  EXPECT_EQ(state(), TCP_CLOSE);
  EXPECT_EQ(readResult(), -ECONNRESET);
  EXPECT_EQ(readResult(), 0);
}

TEST_F(TcpInput, AResetElsewhereInTheWindowIsChallenged) {
  accepted();
  receive({.flags = RST, .seq = 100});
  EXPECT_EQ(state(), TCP_ESTABLISHED);
  EXPECT_EQ(next().ack, 1u);
  receive({.flags = RST, .seq = 500000});
  EXPECT_TRUE(silent()) << "out of the window: no answer to a RST";
}

TEST_F(TcpInput, ASynInAConnectionIsChallenged) {
  accepted();
  receive({.flags = SYN, .seq = 7});
  EXPECT_EQ(state(), TCP_ESTABLISHED);
  const Segment s = next();
  EXPECT_EQ(s.flags, ACK);
  EXPECT_EQ(s.ack, 1u);
}

TEST_F(TcpInput, AnAcknowledgementOfWhatWasNeverSentChangesNothing) {
  accepted();
  receive({.flags = ACK, .seq = 1, .ack = 5000});
  EXPECT_EQ(tp()->snd_una, tp()->snd_nxt);
  EXPECT_EQ(state(), TCP_ESTABLISHED);
}

// ---- opening and closing at the same time
TEST_F(TcpInput, CrossedSynsMakeOneConnection) {
  begin(false);
  EXPECT_EQ(next().flags, SYN);
  Segment syn = synWithSack();
  syn.flags = SYN;
  receive(syn);
  EXPECT_EQ(state(), TCP_SYN_RECV);
  const Segment answer = next();
  EXPECT_EQ(answer.flags, SYN | ACK);
  EXPECT_EQ(answer.seq, 0u);
  EXPECT_EQ(answer.ack, 1u);
  Segment synack = synWithSack();
  synack.flags = SYN | ACK;
  synack.ack = 1;
  receive(synack);
  EXPECT_EQ(state(), TCP_ESTABLISHED);
  data(1, "hi");
  EXPECT_EQ(read(), "hi");
}

TEST_F(TcpInput, ARefusedConnection) {
  begin(false);
  next();
  receive({.flags = RST | ACK, .seq = 0, .ack = 1});
  EXPECT_EQ(state(), TCP_CLOSE);
  EXPECT_EQ(sk()->sk_err, 0) << "connect() took it";
}

TEST_F(TcpInput, CrossedFinsPassThroughClosing) {
  accepted();
  shutdown(1);
  EXPECT_EQ(next().flags, FIN | ACK);
  EXPECT_EQ(state(), TCP_FIN_WAIT1);
  receive({.flags = FIN | ACK, .seq = 1, .ack = 1});
  EXPECT_EQ(state(), TCP_CLOSING);
  EXPECT_EQ(lastSent().ack, 2u);
  EXPECT_EQ(readResult(), 0);
  receive({.flags = ACK, .seq = 2, .ack = 2});
  EXPECT_EQ(state(), TCP_CLOSE) << "a TIME_WAIT socket stands for it";
}

TEST_F(TcpInput, DataAfterCloseIsAnsweredByReset) {
  accepted();
  close();
  EXPECT_EQ(next().flags, FIN | ACK);
  receive({.flags = ACK, .seq = 1, .ack = 2});
  receive({.flags = ACK | PSH, .seq = 1, .ack = 2, .data = "too late"});
  EXPECT_TRUE(lastSent().is(RST));
}

} // namespace
} // namespace sockwalk::kernel
