// Between the numbers of a script and those on the wire.
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/parser.h"
#include "engine/scenario/tcp_connections.h"
#include "engine/scenario/tcp_option_bytes.h"
#include <gtest/gtest.h>

namespace sockwalk::scenario {

namespace {

constexpr Endpoint Local{0xc0a80001, 8080}, Remote{0xc0000201, 8080};

TcpPacket lineOf(const std::string& text) {
  const auto script = parseScript("0 " + text + "\n", "t");
  if (!script) {
    ADD_FAILURE() << script.error().what;
    return {};
  }
  return std::get<TcpPacket>(std::get<Packet>(script->events[0].action).body);
}

// A segment as the machine would send it.
Bytes sent(Endpoint from, Endpoint to, u32 seq, u32 ack, u8 flags, u16 window, const std::vector<TcpOption>& options,
           size_t payload) {
  Bytes o;
  for (const TcpOption& option : options) appendOption(o, option);
  Bytes s;
  putBe16(s, from.port), putBe16(s, to.port), putBe32(s, seq), putBe32(s, ack);
  s.push_back(static_cast<u8>((20 + o.size()) / 4 << 4));
  s.push_back(flags);
  putBe16(s, window), putBe16(s, 0), putBe16(s, 0);
  s.insert(s.end(), o.begin(), o.end());
  s.resize(s.size() + payload);
  return ipv4Packet({from.address, to.address, 6}, s);
}

} // namespace

TEST(TcpFlow, SynsAreAbsoluteAllElseCountsFromThem) {
  TcpFlow flow(Local, Remote, true);
  const Bytes syn = flow.segment(lineOf("< S 123:123(0) win 32792 <mss 1000,nop,wscale 7>"));
  EXPECT_EQ(loadBe32(syn, 4), 123u);
  EXPECT_EQ(loadBe16(syn, 14), 32792);
  EXPECT_EQ(transportChecksum(syn, Remote.address, Local.address, 6), 0);
  flow.expect(lineOf("> S. 0:0(0) ack 124 <...>"));
  const SeenSegment answer = flow.seen(sent(Local, Remote, 5000, 124, 0x12, 65535, {OptionMss{1460}}, 0));
  EXPECT_EQ(answer.packet.sequence.start, 0u);
  EXPECT_EQ(answer.packet.ack, 124u);
  EXPECT_EQ(flow.difference(lineOf("> S. 0:0(0) ack 124 <mss 1460>"), answer, 0, 0), std::nullopt);
  const Bytes ack = flow.segment(lineOf("< . 1:11(10) ack 1 win 257"));
  EXPECT_EQ(loadBe32(ack, 4), 124u);
  EXPECT_EQ(loadBe32(ack, 8), 5001u);
  EXPECT_EQ(ack.size(), 30u);
  const SeenSegment data = flow.seen(sent(Local, Remote, 5001, 134, 0x18, 100, {}, 7));
  EXPECT_EQ(flow.difference(lineOf("> P. 1:8(7) ack 11"), data, 0, 0), std::nullopt);
  EXPECT_EQ(flow.difference(lineOf("> P. 1:9(8) ack 11"), data, 0, 0), "the payload's length is 7, expected 8");
  EXPECT_EQ(flow.difference(lineOf("> . 1:8(7) ack 11"), data, 0, 0), "the flags are P., expected .");
  EXPECT_EQ(flow.difference(lineOf("> P. 1:8(7) ack 11 win 99"), data, 0, 0), "win is 100, expected 99");
  EXPECT_EQ(flow.difference(lineOf("> P. 1:8(7) ack 11 <nop,nop,sackOK>"), data, 0, 0),
            "the options are <>, expected <nop,nop,sackOK>");
}

TEST(TcpFlow, AnActiveOpenTellsItsPort) {
  TcpFlow flow({Local.address, 0}, Remote, false);
  const Bytes other = sent({Local.address, 40000}, {Remote.address, 9}, 1, 0, 2, 0, {}, 0);
  EXPECT_FALSE(flow.owns(other));
  const Bytes syn = sent({Local.address, 40000}, Remote, 77, 0, 2, 0, {}, 0);
  ASSERT_TRUE(flow.owns(syn));
  flow.expect(lineOf("> S 0:0(0) <...>"));
  flow.seen(syn);
  EXPECT_EQ(flow.local().port, 40000);
  EXPECT_FALSE(flow.owns(sent({Local.address, 40001}, Remote, 77, 0, 2, 0, {}, 0)));
  const Bytes answer = flow.segment(lineOf("< S. 0:0(0) ack 1 win 1000"));
  EXPECT_EQ(loadBe32(answer, 8), 78u);
  EXPECT_EQ(loadBe16(answer, 2), 40000);
}

TEST(TcpFlow, SackEdgesAndTimeStampEchoesShift) {
  TcpFlow flow(Local, Remote, true);
  flow.segment(lineOf("< S 0:0(0) win 100 <mss 1000,sackOK,TS val 1 ecr 0>"));
  const SeenSegment answer =
      flow.seen(sent(Local, Remote, 1000, 1, 0x12, 1, {OptionNop{}, OptionNop{}, OptionTimestamp{777, 1}}, 0));
  EXPECT_EQ(flow.difference(lineOf("> S. 0:0(0) ack 1 <nop,nop,TS val 100 ecr 1>"), answer, 0, 0), std::nullopt);
  const Bytes ack = flow.segment(lineOf("< . 1:1(0) ack 1 win 100 <nop,nop,TS val 2 ecr 100>"));
  EXPECT_EQ(loadBe32(ack, 28), 777u) << "the echo of what was sent";
  const Bytes sack = flow.segment(lineOf("< . 1:1(0) ack 1 win 100 <nop,nop,sack 1001:2001>"));
  EXPECT_EQ(loadBe32(sack, 24), 2001u);
  EXPECT_EQ(loadBe32(sack, 28), 3001u);
  const SeenSegment later =
      flow.seen(sent(Local, Remote, 1001, 1, 0x10, 1, {OptionNop{}, OptionNop{}, OptionTimestamp{797, 2}}, 0));
  EXPECT_EQ(flow.difference(lineOf("> . 1:1(0) ack 1 <nop,nop,TS val 120 ecr 2>"), later, 1'000'000, 4'000'000),
            std::nullopt);
  EXPECT_EQ(flow.difference(lineOf("> . 1:1(0) ack 1 <nop,nop,TS val 140 ecr 2>"), later, 1'000'000, 4'000'000),
            "TS val is 120, expected 140");
}

TEST(TcpFlow, OptionsGoToBytesAndBack) {
  for (const char* text : {"mss 1460,sackOK,TS val 5 ecr 6,nop,wscale 8", "nop,nop,sack 1:2 3:4", "FO abcd1234,nop,nop",
                           "FOEXP abcd1234", "nop,nop,md5 00112233445566778899aabbccddeeff", "eol,nop,nop,eol"}) {
    const TcpPacket line = lineOf(std::string("> S 0:0(0) <") + text + ">");
    Bytes bytes;
    for (const TcpOption& option : line.options) appendOption(bytes, option);
    std::string unknown;
    EXPECT_EQ(readOptions(bytes, unknown), line.options) << text;
    EXPECT_EQ(unknown, "") << text;
  }
  std::string unknown;
  readOptions(Bytes{99, 4, 0, 0}, unknown);
  EXPECT_EQ(unknown, "option 99");
}

TEST(TcpConnections, LinesAreAboutTheSocketUnderTest) {
  TcpConnections all(Local, Remote);
  all.bound(3, Local);
  all.listening(3);
  TcpFlow& first = all.forInbound(lineOf("< S 0:0(0) win 100"));
  EXPECT_TRUE(first.passive());
  first.segment(lineOf("< S 0:0(0) win 100"));
  EXPECT_EQ(&all.forOutbound(lineOf("> S. 0:0(0) ack 1")), &first);
  EXPECT_EQ(&all.forInbound(lineOf("< . 1:1(0) ack 1 win 100")), &first);
  all.accepted(4, first.remote().port);
  EXPECT_EQ(first.fd, 4);
  EXPECT_EQ(&all.forInbound(lineOf("< S 5000:5000(0) win 100")), &first) << "of a connection that is known";
  all.listening(3);
  TcpFlow& second = all.forInbound(lineOf("< S 0:0(0) win 100"));
  EXPECT_NE(&second, &first) << "the first SYN after listen() begins a connection";
  EXPECT_NE(second.remote().port, first.remote().port);
  TcpFlow& third = all.forInbound(lineOf("< 50000 > 8080 S 0:0(0) win 100"));
  EXPECT_EQ(third.remote().port, 50000);
  EXPECT_EQ(&all.forOutbound(lineOf("> 8080 > 50000 S. 0:0(0) ack 1")), &third);
  all.connecting(7, Endpoint{0x0a000001, 99});
  EXPECT_EQ(all.current()->remote(), (Endpoint{0x0a000001, 99}));
}

} // namespace sockwalk::scenario
