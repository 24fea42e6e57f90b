#include "tests/engine/scenario/parse_helpers.h"

namespace sockwalk::scenario {

namespace {

TcpPacket tcp(std::string_view source) { return std::get<TcpPacket>(only<Packet>(source).body); }

TEST(Packet, tcpWithEveryField) {
  const auto packet =
      only<Packet>("0 < (ect0, ttl 9) 5000 > 80 FP. 1:11(10) ack 7 win 257 urg 3 <nop,nop,mss 1460,eol,eol>");
  EXPECT_EQ(packet.direction, Direction::Inbound);
  EXPECT_EQ(packet.ip.ecn, Ecn::Ect0);
  EXPECT_EQ(packet.ip.ttl, 9);
  EXPECT_FALSE(packet.ip.tos);
  const auto& t = std::get<TcpPacket>(packet.body);
  EXPECT_EQ(t.ports, (Ports{5000, 80}));
  EXPECT_EQ(t.flags, tcpflag::Fin | tcpflag::Psh | tcpflag::Ack);
  EXPECT_EQ(t.sequence, (SequenceRange{1, 11, 10}));
  EXPECT_EQ(t.ack, 7u);
  EXPECT_EQ(t.window, 257);
  EXPECT_EQ(t.urgent, 3);
  ASSERT_EQ(t.options.size(), 5u);
  EXPECT_EQ(std::get<OptionMss>(t.options[2]).value, 1460);
}

TEST(Packet, whatIsNotWrittenIsNotThere) {
  const auto t = tcp("0 > S 0:0(0)");
  EXPECT_FALSE(t.ports);
  EXPECT_FALSE(t.ack);
  EXPECT_FALSE(t.window);
  EXPECT_FALSE(t.urgent);
  EXPECT_FALSE(t.anyOptions);
  EXPECT_TRUE(t.options.empty());
}

TEST(Packet, flagsOfEachForm) {
  EXPECT_EQ(tcp("0 > - 1:1(0)").flags, 0);
  EXPECT_EQ(tcp("0 > . 1:1(0)").flags, tcpflag::Ack);
  EXPECT_EQ(tcp("0 > FSRPEWUA. 1:1(0)").flags, 0x1ff);
  EXPECT_EQ(tcp("0 > .5 1:1(0)").flags, tcpflag::Ack | tcpflag::Ae | tcpflag::Ece);
  EXPECT_EQ(tcp("0 > P.2 1:1(0)").flags, tcpflag::Psh | tcpflag::Ack | tcpflag::Cwr);
}

TEST(Packet, sequenceNumbersWrapAround) {
  EXPECT_EQ(tcp("0 > . 4294967295:4(5) ack 4294967295").sequence, (SequenceRange{4294967295u, 4, 5}));
}

TEST(Packet, everyTcpOption) {
  const auto t = tcp("0 > S 0:0(0) <sackOK,TS val 4294967295 ecr 2,wscale 14,eol>");
  ASSERT_EQ(t.options.size(), 4u);
  EXPECT_EQ(std::get<OptionTimestamp>(t.options[1]), (OptionTimestamp{4294967295u, 2}));
  EXPECT_EQ(std::get<OptionWindowScale>(t.options[2]).shift, 14);
  const auto sack = tcp("0 > . 1:1(0) <nop,nop,sack 1:2 3:4 5:6 7:8>");
  EXPECT_EQ(std::get<OptionSack>(sack.options[2]).blocks.size(), 4u);
  EXPECT_EQ(encodedSize(sack.options[2]), 34u);
  const auto open = tcp("0 > S 0:0(0) <FO 0123456789abcdef,nop,nop,FOEXP,FO,nop,nop>");
  EXPECT_EQ(std::get<OptionFastOpen>(open.options[0]).cookie.size(), 8u);
  EXPECT_EQ(std::get<OptionFastOpen>(open.options[0]).cookie[1], 0x23);
  EXPECT_TRUE(std::get<OptionFastOpen>(open.options[3]).experimental);
  EXPECT_TRUE(std::get<OptionFastOpen>(open.options[4]).cookie.empty());
  const auto md5 = tcp("0 > S 0:0(0) <md5 00112233445566778899aabbccddeeff,nop,nop>");
  EXPECT_EQ(std::get<OptionMd5>(md5.options[0]).digest.back(), 0xff);
  const auto ecn = tcp("0 > S 0:0(0) <ECN e1b 1 ceb 0 e0b 16777215,nop>");
  EXPECT_EQ(std::get<OptionAccEcn>(ecn.options[0]).counters[2].second, 16777215u);
  EXPECT_TRUE(tcp("0 > S 0:0(0) <...>").anyOptions);
}

TEST(Packet, ipFieldsOfEachForm) {
  EXPECT_EQ(only<Packet>("0 > [ect01] . 1:1(0)").ip.ecn, Ecn::AnyEct);
  EXPECT_EQ(only<Packet>("0 > [noecn] . 1:1(0)").ip.ecn, Ecn::NotCapable);
  EXPECT_EQ(only<Packet>("0 > (ect1) . 1:1(0)").ip.ecn, Ecn::Ect1);
  EXPECT_EQ(only<Packet>("0 > (ce) . 1:1(0)").ip.ecn, Ecn::CongestionExperienced);
  EXPECT_EQ(only<Packet>("0 > (tos 0xfe) . 1:1(0)").ip.tos, 0xfe);
  EXPECT_EQ(only<Packet>("0 > (flowlabel 0x1) . 1:1(0)").ip.flowLabel, 1u);
}

TEST(Packet, udpWithAndWithoutPorts) {
  EXPECT_EQ(std::get<UdpPacket>(only<Packet>("0 < udp (1000)").body), (UdpPacket{std::nullopt, 1000}));
  EXPECT_EQ(std::get<UdpPacket>(only<Packet>("0 > udp 53 > 999 (0)").body), (UdpPacket{Ports{53, 999}, 0}));
}

TEST(Packet, icmpOfEachForm) {
  auto icmp = [](std::string_view source) { return std::get<IcmpPacket>(only<Packet>(source).body); };
  const auto tooBig = icmp("0 < icmp unreachable frag_needed mtu 1200 [1:1001(1000)]");
  EXPECT_EQ(tooBig.type, 3);
  EXPECT_EQ(tooBig.code, 4);
  EXPECT_EQ(tooBig.mtu, 1200u);
  EXPECT_EQ(std::get<SequenceRange>(tooBig.quoted).end, 1001u);
  const auto echo = icmp("0 < icmp echo_request id 7");
  EXPECT_EQ(echo.type, 8);
  EXPECT_EQ(echo.id, 7);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(echo.quoted));
  EXPECT_EQ(std::get<QuotedUdp>(icmp("0 < icmp unreachable port_unreachable [udp (8)]").quoted).payload, 8);
  EXPECT_EQ(std::get<QuotedRaw>(icmp("0 < icmp time_exceeded [raw (8)]").quoted).payload, 8);
  EXPECT_EQ(icmp("0 < icmp type_200 code_9").code, 9);
  const auto v6 = icmp("--ip_version=ipv6\n0 < icmp unreachable no_route");
  EXPECT_TRUE(v6.version6);
  EXPECT_EQ(v6.type, 1);
}

} // namespace

} // namespace sockwalk::scenario
