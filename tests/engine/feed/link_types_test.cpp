// Frames of every kind of link, as the simulated card receives them.
#include "engine/feed/capture_file.h"
#include "engine/feed/link_types.h"
#include "tests/engine/feed/packet_files.h"
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

// One frame of such a link as a file, opened.
CaptureFile fileOf(unsigned link, const std::vector<Bytes>& packets) {
  Bytes file = pcapHeader(link);
  for (const Bytes& p : packets) file = file + pcapFrame(1, 0, p);
  auto opened = CaptureFile::read("made", {file.begin(), file.end()});
  EXPECT_TRUE(opened) << opened.error().message;
  return *std::move(opened);
}

const Bytes datagram = ipv4(1, 2, IpUdp, udp(5000, 53, {'h', 'i'}));
const char* const made = "02000a000002"
                         "02000a000001"
                         "0800"; // to 10.0.0.2 from 10.0.0.1, IPv4

TEST(LinkTypes, IpWithoutALinkHeaderGetsOneMadeOfItsAddresses) {
  const std::vector<std::pair<unsigned, Bytes>> kinds{
      {101, {}}, // RAW
      {12, {}},
      {14, {}},
      {228, {}},                             // IPV4
      {0, {2, 0, 0, 0}},                     // NULL, of a little-endian host
      {0, {0, 0, 0, 2}},                     // of a big-endian one
      {108, {0, 0, 0, 2}},                   // LOOP
      {12, {0, 0, 0, 2}},                    // what OpenBSD calls its loopback
      {9, {0xff, 3, 0, 0x21}},               // PPP
      {9, {0x21}},                           // with everything left out that may be
      {50, {0xff, 3, 0, 0x21}},              // PPP_SERIAL
      {50, {0x0f, 0, 8, 0}},                 // as Cisco frames it
      {104, {0x0f, 0, 8, 0}},                // C_HDLC
      {51, {0x11, 0, 0, 1, 0, 34, 0, 0x21}}, // PPP_ETHER
      {107, {0x18, 0x41, 3, 0xcc}},          // FRELAY
  };
  for (const auto& [link, before] : kinds) {
    const CaptureFile file = fileOf(link, {before + datagram});
    ASSERT_EQ(file.size(), 1u);
    EXPECT_EQ(toHex(file.frame(0).bytes), made + toHex(datagram)) << link;
    EXPECT_EQ(file.frame(0).originalLength, 14 + datagram.size()) << link;
    EXPECT_TRUE(file.frame(0).facts.madeLink);
    EXPECT_FALSE(file.frame(0).facts.loopback);
    EXPECT_EQ(file.frame(0).linkType, link);
  }
}

TEST(LinkTypes, SerialLinesTellTheDirection) {
  const CaptureFile file = fileOf(204, {Bytes{1, 0xff, 3, 0, 0x21} + datagram, Bytes{0, 0xff, 3, 0, 0x21} + datagram});
  EXPECT_EQ(file.frame(0).direction, FrameDirection::Out);
  EXPECT_EQ(file.frame(1).direction, FrameDirection::In);
  EXPECT_EQ(fileOf(8, {Bytes{1} + Bytes(15) + datagram}).frame(0).direction, FrameDirection::Out);
}

Bytes cooked(unsigned kind, std::uint8_t sender, const Bytes& rest, unsigned protocol = EtherIpv4,
             unsigned device = 1) {
  return be16(kind) + be16(device) + be16(6) + mac(sender) + Bytes(2) + be16(protocol) + rest;
}
Bytes cooked2(unsigned kind, std::uint8_t sender, const Bytes& rest, unsigned index) {
  return be16(EtherIpv4) + be16(0) + be32(index) + be16(1) + Bytes{static_cast<std::uint8_t>(kind), 6} + mac(sender) +
         Bytes(2) + rest;
}

TEST(LinkTypes, CookedCapturesTellTheSenderAndInTheEndTheReceiver) {
  const Bytes answer = ipv4(2, 1, IpUdp, udp(53, 5000, {}));
  for (const bool two : {false, true}) {
    const CaptureFile file = two ? fileOf(276, {cooked2(4, 1, datagram, 3), cooked2(0, 9, answer, 3)})
                                 : fileOf(113, {cooked(4, 1, datagram), cooked(0, 9, answer)});
    EXPECT_EQ(file.frame(0).direction, FrameDirection::Out);
    EXPECT_EQ(file.frame(1).direction, FrameDirection::In);
    EXPECT_EQ(toHex(file.frame(0).bytes), toHex(mac(9) + mac(1) + be16(EtherIpv4) + datagram));
    EXPECT_EQ(toHex(file.frame(1).bytes), toHex(mac(1) + mac(9) + be16(EtherIpv4) + answer));
    EXPECT_TRUE(file.warnings().empty());
  }
}

TEST(LinkTypes, WhatCookedCapturesSayOfLoAndOfBroadcasts) {
  EXPECT_TRUE(fileOf(113, {cooked(0, 0, datagram, EtherIpv4, 772)}).frame(0).facts.loopback);
  EXPECT_EQ(toHex(fileOf(113, {cooked(1, 7, datagram)}).frame(0).bytes.first(12)), "ffffffffffff020000000007");
}

TEST(LinkTypes, LoopbackIsKnownWithAndWithoutALinkHeader) {
  const auto lo = [](std::uint8_t to) {
    return Bytes{0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, to} + udp(1, 2, {});
  };
  const auto loopback = [](unsigned link, const Bytes& packet) {
    return fileOf(link, {packet}).frame(0).facts.loopback;
  };
  EXPECT_TRUE(loopback(1, Bytes(12) + be16(EtherIpv4) + lo(1)));
  EXPECT_TRUE(loopback(0, Bytes{2, 0, 0, 0} + lo(5)));
  EXPECT_TRUE(loopback(101, ipv4(1, 1, IpUdp, udp(1, 2, {}))));
  EXPECT_FALSE(loopback(101, datagram));
  EXPECT_FALSE(loopback(1, ethernet(2, 1, EtherIpv4) + lo(1)));
}

TEST(LinkTypes, HostsThatShareAMacAreToldByTheirAddresses) {
  const CaptureFile file = fileOf(1, {ethernet(7, 7, EtherIpv4) + datagram});
  EXPECT_EQ(toHex(file.frame(0).bytes.first(14)), made);
  ASSERT_EQ(file.warnings().size(), 1u);
  EXPECT_NE(file.warnings()[0].find("1 of 1 frames bear the same MAC address on both sides"), std::string::npos);
}

TEST(LinkTypes, WhatCannotBePlayedIsNamedWithAdvice) {
  const auto errorOf = [](unsigned link) {
    const Bytes file = pcapHeader(link) + pcapFrame(1, 0, Bytes(60));
    auto opened = CaptureFile::read("made", {file.begin(), file.end()});
    return opened ? "(it opened)" : opened.error().message;
  };
  EXPECT_EQ(errorOf(105), "made: its link type is IEEE802_11 (802.11); these are radio frames, mostly management or "
                          "encrypted; capture on the wireless interface without monitor mode (tcpdump -i wlan0), where "
                          "packets look like Ethernet");
  EXPECT_NE(errorOf(189).find("no IP packets travel there"), std::string::npos) << errorOf(189);
  EXPECT_NE(errorOf(143).find("capture on an Ethernet interface"), std::string::npos) << errorOf(143);
  EXPECT_EQ(errorOf(9), "made: its link type is PPP (a serial line); it carries neither IP nor ARP");
}

TEST(LinkTypes, AFileOfSeveralLinksKeepsAllNumbersAndSaysWhatIsNotPlayed) {
  const Order o;
  const Bytes bytes = sectionHeader(o) + interfaceBlock(o, 105) + interfaceBlock(o, 1) +
                      enhancedPacket(o, 0, 1, Bytes(60)) +
                      enhancedPacket(o, 1, 2, ethernet(2, 1, EtherIpv4) + datagram, option(o, 1, text("the one")));
  const auto file = CaptureFile::read("made", {bytes.begin(), bytes.end()});
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->size(), 2u);
  EXPECT_TRUE(file->frame(0).bytes.empty());
  EXPECT_EQ(file->frame(1).number, 2u);
  EXPECT_EQ(file->frame(1).interface, 1u);
  EXPECT_EQ(file->frame(1).comment, "the one");
  ASSERT_EQ(file->warnings().size(), 1u);
  EXPECT_NE(file->warnings()[0].find("1 of 2 frames are of link type IEEE802_11 (802.11) and cannot be played"),
            std::string::npos);
}

// ---- offload

Bytes withMss(Bytes segment, unsigned mss) {
  segment[12] = 0x60;
  return segment + Bytes{2, 4} + be16(mss);
}
CaptureFile connectionOf(unsigned mss, const std::vector<Bytes>& more) {
  std::vector<Bytes> frames{ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpTcp, withMss(tcp(4000, 80, 1, 0, TcpSyn), mss)),
                            ethernet(1, 2, EtherIpv4) +
                                ipv4(2, 1, IpTcp, withMss(tcp(80, 4000, 1, 2, TcpSyn | TcpAck), mss))};
  for (const Bytes& m : more) frames.push_back(ethernet(2, 1, EtherIpv4) + m);
  return fileOf(1, frames);
}
Bytes data(std::size_t size) { return tcp(4000, 80, 2, 2, TcpAck, Bytes(size)); }

TEST(Offload, ABufferOfSeveralSegmentsIsKnownByWhatTheSynsAgreedOn) {
  const CaptureFile file = connectionOf(1460, {ipv4(1, 2, IpTcp, data(1460)), ipv4(1, 2, IpTcp, data(2920))});
  EXPECT_EQ(file.frame(2).facts.segmentSize, 0);
  EXPECT_EQ(file.frame(3).facts.segmentSize, 1460);
  EXPECT_FALSE(file.frame(3).facts.jumbo);
  EXPECT_EQ(file.offload().buffers, 1u);
  EXPECT_EQ(connectionOf(536, {ipv4(1, 2, IpTcp, data(1072))}).frame(2).facts.segmentSize, 536);
}

TEST(Offload, AJumboFrameIsOneFrame) {
  const CaptureFile file = connectionOf(8960, {ipv4(1, 2, IpTcp, data(8960)), ipv4(1, 2, IpTcp, data(17920))});
  EXPECT_EQ(file.frame(2).facts.segmentSize, 0);
  EXPECT_TRUE(file.frame(2).facts.jumbo);
  EXPECT_EQ(file.frame(3).facts.segmentSize, 8960);
  EXPECT_TRUE(file.frame(3).facts.jumbo);
}

TEST(Offload, WithoutTheSynsTheFramesThemselvesTell) {
  const auto sizes = [](const std::vector<std::size_t>& lengths) {
    std::vector<Bytes> frames;
    for (const std::size_t n : lengths) frames.push_back(ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpTcp, data(n)));
    const CaptureFile file = fileOf(1, frames);
    std::vector<unsigned> found;
    for (std::size_t i = 0; i < file.size(); ++i) found.push_back(file.frame(i).facts.segmentSize);
    return found;
  };
  EXPECT_EQ(sizes({2920, 100}), (std::vector<unsigned>{1460, 0}));
  EXPECT_EQ(sizes({1400, 2800, 100}), (std::vector<unsigned>{0, 1400, 0}));
  EXPECT_EQ(sizes({8948, 8948, 8948}), (std::vector<unsigned>{0, 0, 0})); // jumbo
}

TEST(Offload, AnIpLengthOfZeroIsAllThatIsThere) {
  Bytes packet = ipv4(1, 2, IpTcp, data(2920));
  packet[2] = packet[3] = 0;
  const CaptureFile file = connectionOf(1460, {packet});
  EXPECT_TRUE(file.frame(2).facts.lengthRepaired);
  EXPECT_EQ(loadBe16(file.frame(2).bytes, 16), 2960);
  EXPECT_EQ(file.frame(2).facts.segmentSize, 1460);
}

TEST(Offload, AChecksumThatWasLeftToTheCardIsKnown) {
  Bytes segment = udp(5000, 53, {'h', 'i'});
  const unsigned pseudo = 0x0a00 + 1 + 0x0a00 + 2 + 17 + 10;
  segment[6] = pseudo >> 8, segment[7] = pseudo & 0xff;
  const CaptureFile file = fileOf(1, {ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpUdp, segment)});
  EXPECT_TRUE(file.frame(0).facts.partialChecksum);
  EXPECT_EQ(file.offload().partialChecksums, 1u);
  ASSERT_EQ(file.warnings().size(), 1u);
  EXPECT_NE(file.warnings()[0].find("CHECKSUM_PARTIAL"), std::string::npos);
  EXPECT_FALSE(fileOf(1, {ethernet(2, 1, EtherIpv4) + datagram}).frame(0).facts.partialChecksum);
}

} // namespace
