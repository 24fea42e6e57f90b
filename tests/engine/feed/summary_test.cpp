#include "engine/feed/capture_file.h"
#include "engine/feed/summary.h"
#include "tests/engine/feed/frames.h"
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

std::string infoOf(const Bytes& frame) { return summarize(frame, static_cast<std::uint32_t>(frame.size())).info; }
std::string ipInfo(const Bytes& packet) { return infoOf(ethernet(2, 1, EtherIpv4) + packet); }

Bytes arp(unsigned operation, std::uint8_t sender, std::uint8_t target) {
  return ethernet(2, 1, EtherArp) + be16(1) + be16(EtherIpv4) + Bytes{6, 4} + be16(operation) + mac(1) +
         (sender ? Bytes{10, 0, 0, sender} : be32(0)) + Bytes(6) + Bytes{10, 0, 0, target};
}

TEST(Summary, Arp) {
  EXPECT_EQ(infoOf(arp(1, 1, 2)), "Who has 10.0.0.2? Tell 10.0.0.1");
  EXPECT_EQ(infoOf(arp(2, 1, 2)), "10.0.0.1 is at 02:00:00:00:00:01");
  EXPECT_EQ(infoOf(arp(1, 0, 2)), "Who has 10.0.0.2? (probe)");
  EXPECT_EQ(infoOf(arp(1, 2, 2)), "Announcement: 10.0.0.2 is at 02:00:00:00:00:01");
}

TEST(Summary, Udp) {
  FrameSummary summary = summarize(ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpUdp, udp(53, 4242, Bytes(32))), 74);
  EXPECT_EQ(summary.protocol, "UDP");
  EXPECT_EQ(summary.source, "10.0.0.1");
  EXPECT_EQ(summary.destination, "10.0.0.2");
  EXPECT_EQ(summary.sourcePort, 53);
  EXPECT_EQ(summary.destinationPort, 4242);
  EXPECT_EQ(summary.length, 74u);
  EXPECT_EQ(summary.info, "UDP 53 → 4242 len 32");
  EXPECT_FALSE(summary.malformed);
}

TEST(Summary, Icmp) {
  EXPECT_EQ(ipInfo(ipv4(1, 2, IpIcmp, Bytes{8, 0, 0, 0} + be16(1) + be16(2))), "Echo request id=1 seq=2");
  EXPECT_EQ(ipInfo(ipv4(1, 2, IpIcmp, Bytes{0, 0, 0, 0} + be16(1) + be16(2))), "Echo reply id=1 seq=2");
  EXPECT_EQ(ipInfo(ipv4(2, 1, IpIcmp, Bytes{3, 3} + Bytes(6) + ipv4(1, 2, IpUdp, udp(5000, 9, {1})))),
            "Port unreachable (UDP 10.0.0.1:5000 → 10.0.0.2:9)");
  EXPECT_EQ(ipInfo(ipv4(2, 1, IpIcmp, Bytes{3, 4, 0, 0, 0, 0} + be16(1400))), "Fragmentation needed mtu=1400");
  EXPECT_EQ(ipInfo(ipv4(2, 1, IpIcmp, Bytes{77, 5} + Bytes(6))), "type 77 code 5");
}

TEST(Summary, Fragments) {
  EXPECT_EQ(ipInfo(ipv4(1, 2, IpUdp, be16(5) + be16(6) + be16(4008) + Bytes(1474), 0x2000)),
            "UDP 5 → 6 len 4000, first fragment id=0x1234");
  EXPECT_EQ(ipInfo(ipv4(1, 2, IpUdp, Bytes(1480), 0x2000 | 185)), "Fragment of UDP id=0x1234 offset=1480 len 1480");
  EXPECT_EQ(ipInfo(ipv4(1, 2, IpUdp, Bytes(1048), 370)), "Fragment of UDP id=0x1234 offset=2960 len 1048 (last)");
}

TEST(Summary, TcpNumbersAreRelativeToTheirSyn) {
  TcpBases bases;
  auto info = [&](const Bytes& packet) { return summarize(ethernet(2, 1, EtherIpv4) + packet, 60, &bases).info; };
  const unsigned isn = 0xfffffffe, theirs = 5000;
  EXPECT_EQ(info(ipv4(1, 2, IpTcp, tcp(1234, 80, isn, 0, TcpSyn))), "TCP SYN 1234 → 80 seq=0 win=64240");
  EXPECT_EQ(info(ipv4(2, 1, IpTcp, tcp(80, 1234, theirs, isn + 1, TcpSyn | TcpAck))),
            "TCP SYN,ACK 80 → 1234 seq=0 ack=1 win=64240");
  EXPECT_EQ(info(ipv4(1, 2, IpTcp, tcp(1234, 80, isn + 1, theirs + 1, TcpPsh | TcpAck, Bytes(10)))),
            "TCP PSH,ACK 1234 → 80 seq=1 ack=1 win=64240 len 10");
  EXPECT_EQ(info(ipv4(2, 1, IpTcp, tcp(80, 1234, theirs + 1, isn + 11, TcpFin | TcpAck))),
            "TCP FIN,ACK 80 → 1234 seq=1 ack=11 win=64240");
  EXPECT_EQ(ipInfo(ipv4(1, 2, IpTcp, tcp(1234, 80, 4000, 0, TcpSyn))), "TCP SYN 1234 → 80 seq=4000 win=64240");
}

TEST(Summary, TcpSeenFromTheMiddleStartsAtOne) {
  TcpBases bases;
  Bytes data = ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpTcp, tcp(1234, 80, 777, 888, TcpAck, Bytes(3)));
  EXPECT_EQ(summarize(data, 60, &bases).info, "TCP ACK 1234 → 80 seq=1 ack=1 win=64240 len 3");
}

TEST(Summary, OtherFrames) {
  EXPECT_EQ(infoOf(ethernet(2, 1, 0x88cc) + Bytes(46)), "EtherType 0x88cc");
  EXPECT_EQ(infoOf(ethernet(2, 1, 39) + Bytes(46)), "802.3 length 39");
  EXPECT_EQ(ipInfo(ipv4(1, 2, 89, Bytes(44))), "protocol 89 len 44");
  Bytes v6 = fromHex("6000 0000 0008 3aff") + Bytes(15) + Bytes{1} + Bytes(15) + Bytes{2} + Bytes(8);
  FrameSummary six = summarize(ethernet(2, 1, EtherIpv6) + v6, 62);
  EXPECT_EQ(six.protocol, "IPv6");
  EXPECT_EQ(six.source, "::1");
  EXPECT_EQ(six.destination, "::2");
  EXPECT_EQ(six.info, "next header 58 len 8");
}

TEST(Summary, SaysWhatIsMalformed) {
  FrameSummary summary = summarize(ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpUdp, Bytes(7)), 60);
  EXPECT_TRUE(summary.malformed);
  EXPECT_EQ(summary.info, "UDP len 7 [UDP header is cut short]");
  EXPECT_EQ(infoOf(Bytes(3)), "[Ethernet header is cut short]");
}

TEST(Summary, OfTheAssetAsItsTrafficWas) {
  Result<CaptureFile> file = CaptureFile::open(asset("hello-udp.pcap"));
  ASSERT_TRUE(file);
  auto info = [&](std::size_t number) {
    return summarize(file->frame(number - 1).bytes, file->frame(number - 1).originalLength).info;
  };
  EXPECT_EQ(info(1), "Who has 10.9.0.2? Tell 10.9.0.1");
  EXPECT_EQ(info(2), "10.9.0.2 is at 02:00:0a:09:00:02");
  EXPECT_EQ(info(9), "UDP 47777 → 7777 len 5");
  EXPECT_EQ(info(10), "UDP 7777 → 47777 len 15");
  EXPECT_EQ(info(20), "Port unreachable (UDP 10.9.0.1:41000 → 10.9.0.2:9)");
}

} // namespace
