// Every variant of the two formats, made by hand, and what the reader makes of it.
#include "engine/feed/packet_reader.h"
#include "engine/feed/pcapng_writer.h"
#include "tests/engine/feed/packet_files.h"
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

struct Read {
  std::string error, problem;
  bool cut = false;
  std::vector<PacketRecord> packets;
  std::vector<Bytes> bytes;
  std::vector<CaptureInterface> interfaces;
  std::vector<std::string> comments;
  std::map<std::uint32_t, std::string> names;
};

Read readAll(const Bytes& file) {
  Read read;
  auto source = ByteSource::over(file);
  if (!source) return read.error = source.error().message, read;
  auto reader = readPackets(*std::move(source));
  if (!reader) return read.error = reader.error().message, read;
  for (PacketRecord packet; (*reader)->next(packet);) {
    read.bytes.emplace_back(packet.bytes.begin(), packet.bytes.end());
    read.packets.push_back(packet);
  }
  read.problem = (*reader)->problem();
  read.cut = (*reader)->cut();
  read.interfaces = (*reader)->interfaces();
  read.comments = (*reader)->comments();
  read.names = (*reader)->names();
  return read;
}

const Bytes frameA(60, 'a'), frameB(61, 'b');

TEST(PacketReader, PcapOfBothByteOrdersAndBothUnits) {
  for (const bool big : {false, true})
    for (const auto& [magic, unit] : {std::pair{0xa1b2c3d4u, 1000}, std::pair{0xa1b23c4du, 1}}) {
      const Order o{big};
      const Read read =
          readAll(pcapHeaderOf(o, magic, 113) + pcapRecord(o, 5, 7, frameA) + pcapRecord(o, 6, 8, frameB));
      ASSERT_EQ(read.error + read.problem, "");
      ASSERT_EQ(read.packets.size(), 2u);
      EXPECT_EQ(read.packets[0].epochNs, 5'000'000'000 + 7 * unit);
      EXPECT_EQ(read.packets[1].originalLength, 61u);
      EXPECT_EQ(read.bytes[1], frameB);
      EXPECT_EQ(read.interfaces.at(0).linkType, 113u);
      EXPECT_EQ(read.interfaces.at(0).snapLength, 65535u);
    }
}

TEST(PacketReader, APartOfASecondIsLessThanOne) {
  const Order o{false};
  const Read read = readAll(pcapHeaderOf(o, 0xa1b2c3d4, 1) + pcapRecord(o, 5, 0x80000000, frameA));
  ASSERT_EQ(read.packets.size(), 1u);
  EXPECT_EQ(read.packets[0].epochNs, 5'999'999'000);
}

TEST(PacketReader, ModifiedPcapTellsTheDirection) {
  const Order o;
  const auto more = [&](std::uint8_t kind) { return o.u32(3) + Bytes{8, 0, kind, 0}; }; // interface, protocol, kind
  const Read read = readAll(pcapHeaderOf(o, 0xa1b2cd34, 1) + pcapRecord(o, 1, 0, frameA, more(4)) +
                            pcapRecord(o, 2, 0, frameB, more(0)));
  ASSERT_EQ(read.packets.size(), 2u) << read.problem;
  EXPECT_EQ(read.bytes[0], frameA);
  EXPECT_EQ(read.packets[0].direction, FrameDirection::Out);
  EXPECT_EQ(read.packets[1].direction, FrameDirection::In);
}

TEST(PacketReader, IxiaPutsALengthBehindTheHeader) {
  const Order o;
  const Read read = readAll(pcapHeaderOf(o, 0x1c0001ac, 1) + o.u32(99) + pcapRecord(o, 1, 5, frameA));
  ASSERT_EQ(read.packets.size(), 1u) << read.problem;
  EXPECT_EQ(read.packets[0].epochNs, 1'000'000'005);
}

TEST(PacketReader, OldVersionsHaveTheTwoLengthsSwapped) {
  const Order o;
  const Bytes swapped = o.u32(1) + o.u32(0) + o.u32(1514) + o.u32(60) + frameA; // on the wire, then here
  for (const unsigned minor : {2u, 3u}) {
    const Read read = readAll(pcapHeaderOf(o, 0xa1b2c3d4, 1, minor) + swapped);
    ASSERT_EQ(read.packets.size(), 1u) << read.problem;
    EXPECT_EQ(read.packets[0].originalLength, 1514u);
    EXPECT_EQ(read.bytes[0], frameA);
  }
}

TEST(PacketReader, TheUpperBitsOfTheLinkTypeTellOfTheCheckSequence) {
  const Order o;
  EXPECT_EQ(readAll(pcapHeaderOf(o, 0xa1b2c3d4, 0x24000001)).interfaces.at(0).checkLength, 4u);
  const Read other = readAll(pcapHeaderOf(o, 0xa1b2c3d4, 0x30000001)); // said, but not meant
  EXPECT_EQ(other.interfaces.at(0).checkLength, 0u);
  EXPECT_EQ(other.interfaces.at(0).linkType, 1u);
}

TEST(PacketReader, PcapngOfBothByteOrdersWithAllThatAFileSays) {
  for (const bool big : {false, true}) {
    const Order o{big};
    const Bytes name = option(o, 2, text("eth0")) + option(o, 3, text("the first"));
    const Bytes statistics =
        block(o, 5,
              o.u32(0) + o.u32(0) + o.u32(9) + option(o, 4, big ? be32(0) + be32(70) : le32(70) + le32(0)) +
                  option(o, 5, big ? be32(0) + be32(3) : le32(3) + le32(0)));
    const Bytes names =
        block(o, 4, o.u16(1) + o.u16(12) + Bytes{10, 0, 0, 1} + text("gateway") + Bytes{0} + o.u16(0) + o.u16(0));
    const Read read = readAll(
        sectionHeader(o, option(o, 1, text("a page load"))) + interfaceBlock(o, 1, name) + names +
        block(o, 0xbad, o.u32(32473) + text("whatever")) +
        enhancedPacket(o, 0, 5'000'007, frameB,
                       option(o, 1, text("one")) + option(o, 2, o.u32(2)) + option(o, 1, text("two")) + o.u32(0)) +
        statistics);
    ASSERT_EQ(read.error + read.problem, "");
    ASSERT_EQ(read.packets.size(), 1u);
    EXPECT_EQ(read.bytes[0], frameB);
    EXPECT_EQ(read.packets[0].epochNs, 5'000'007'000);
    EXPECT_EQ(read.packets[0].comment, "one\ntwo");
    EXPECT_EQ(read.packets[0].direction, FrameDirection::Out);
    EXPECT_EQ(read.comments, std::vector<std::string>{"a page load"});
    EXPECT_EQ(read.interfaces.at(0).name, "eth0");
    EXPECT_EQ(read.interfaces[0].description, "the first");
    EXPECT_EQ(read.interfaces[0].received, 70u);
    EXPECT_EQ(read.interfaces[0].dropped, 3u);
    EXPECT_EQ(read.names.at(0x0a000001), "gateway");
  }
}

TEST(PacketReader, EachInterfaceHasItsOwnLinkTypeAndUnitOfTime) {
  const Order o;
  const auto unit = [&](std::uint8_t u) { return option(o, 9, {u}); };
  const Bytes offset = option(o, 14, le32(100) + le32(0)); // seconds
  const Read read = readAll(sectionHeader(o) + interfaceBlock(o, 1, unit(3)) + interfaceBlock(o, 101, unit(0x80 | 10)) +
                            interfaceBlock(o, 113, unit(9) + offset) + interfaceBlock(o, 276, unit(12)) +
                            enhancedPacket(o, 0, 2'500, frameA) + enhancedPacket(o, 1, 1'536, frameA) +
                            enhancedPacket(o, 2, 7, frameA) + enhancedPacket(o, 3, 3'000'000'001'999, frameA));
  ASSERT_EQ(read.packets.size(), 4u) << read.problem;
  EXPECT_EQ(read.packets[0].epochNs, 2'500'000'000);
  EXPECT_EQ(read.packets[1].epochNs, 1'500'000'000);
  EXPECT_EQ(read.packets[2].epochNs, 100'000'000'007);
  EXPECT_EQ(read.packets[3].epochNs, 3'000'000'001);
  EXPECT_EQ(read.interfaces[read.packets[3].interface].linkType, 276u);
}

TEST(PacketReader, SimpleAndObsoletePacketsAreRead) {
  const Order o;
  const Bytes simple = block(o, 3, o.u32(200) + Bytes(100, 'c')); // cut at the interface's snap length
  const Bytes obsolete =
      block(o, 2, o.u16(0) + o.u16(5) + o.u32(0) + o.u32(1'000'000) + o.u32(60) + o.u32(60) + frameA);
  const Read read = readAll(sectionHeader(o) + interfaceBlock(o, 1, {}, 100) + obsolete + simple);
  ASSERT_EQ(read.packets.size(), 2u) << read.problem;
  EXPECT_EQ(read.packets[0].epochNs, 1'000'000'000);
  EXPECT_EQ(read.bytes[0], frameA);
  EXPECT_EQ(read.packets[1].epochNs, 1'000'000'000); // it has no time of its own
  EXPECT_EQ(read.packets[1].originalLength, 200u);
  EXPECT_EQ(read.bytes[1], Bytes(100, 'c'));
}

TEST(PacketReader, SectionsOfOtherByteOrderBeginTheirInterfacesAnew) {
  const Order little, big{true};
  const Read read = readAll(sectionHeader(little) + interfaceBlock(little, 1) + enhancedPacket(little, 0, 1, frameA) +
                            sectionHeader(big) + interfaceBlock(big, 101) + enhancedPacket(big, 0, 2, frameB));
  ASSERT_EQ(read.packets.size(), 2u) << read.problem;
  EXPECT_EQ(read.packets[1].interface, 1u);
  EXPECT_EQ(read.interfaces.at(1).linkType, 101u);
  EXPECT_EQ(read.bytes[1], frameB);
}

TEST(PacketReader, SaysWhatIsDamaged) {
  const Order o;
  const Bytes begin = sectionHeader(o) + interfaceBlock(o, 1) + enhancedPacket(o, 0, 1, frameA);
  EXPECT_EQ(readAll(begin + enhancedPacket(o, 7, 1, frameA)).problem, "its interface 7 was not described");
  EXPECT_EQ(readAll(begin + o.u32(6) + o.u32(0x7fffffff)).problem, "a block's length is said to be 2147483647");
  EXPECT_EQ(readAll(begin + o.u32(9) + o.u32(12) + o.u32(16)).problem, "a block's two lengths differ");
  EXPECT_EQ(readAll(begin + block(o, 6, o.u32(0))).problem, "a packet's block is too short");
  EXPECT_EQ(readAll(begin + block(o, 6, o.u32(0) + o.u32(0) + o.u32(0) + o.u32(500) + o.u32(500))).problem,
            "its length is said to be 500");
  EXPECT_EQ(readAll(sectionHeader(o) + interfaceBlock(o, 1, option(o, 9, {77}))).problem,
            "an interface's unit of time is too small");
  Bytes half = begin;
  half.resize(half.size() - 10);
  EXPECT_TRUE(readAll(half).cut);
  EXPECT_EQ(readAll(o.u32(0x0a0d0d0a) + o.u32(28) + Bytes(20)).error,
            "not a capture file (a section has no byte-order magic); expected pcap or pcapng, as tcpdump -w writes");
}

TEST(PacketReader, WhatIsPackedIsUnpacked) {
  const Read plain = readAll(readFile(SOCKWALK_CASES "/udp-lo.pcap"));
  ASSERT_FALSE(plain.bytes.empty()) << plain.error;
  for (const char* name : {"/udp-lo.pcap.gz", "/udp-lo.pcap.zst", "/udp-lo.pcap.xz"}) {
    const Read read = readAll(readFile(std::string(SOCKWALK_CASES) + name));
    EXPECT_EQ(read.error + read.problem, "") << name;
    EXPECT_EQ(read.bytes, plain.bytes) << name;
  }
}

TEST(PacketReader, APackedFileThatIsCutGivesWhatStoodBefore) {
  Bytes packed = readFile(SOCKWALK_CASES "/udp-lo.pcap.gz");
  packed.resize(packed.size() - 20);
  const Read read = readAll(packed);
  EXPECT_FALSE((read.error + read.problem).empty());
}

TEST(PacketReader, TimesOfAllUnits) {
  EXPECT_EQ(nanoseconds(1, 1, 0), 1'000'000'000);
  EXPECT_EQ(nanoseconds(~0ull, 1, 0), 8'000'000'000'000'000'000);
  EXPECT_EQ(nanoseconds(5, 10, -1), 500'000'000); // never before 1970
  EXPECT_EQ(nanoseconds(std::uint64_t{3} << 62, std::uint64_t{1} << 63, 0), 1'500'000'000);
  EXPECT_EQ(nanoseconds(12'345'678'901'234'567'890u, 10'000'000'000'000'000'000u, 0), 1'234'567'890);
}

// ---- the writer

TEST(PcapngWriter, WhatIsWrittenIsReadBack) {
  PcapngWriter writer("sockwalk", "a walk");
  CaptureInterface eth;
  eth.linkType = 1, eth.name = "eth0", eth.description = "simulated";
  CaptureInterface lo;
  lo.linkType = 101, lo.snapLength = 96;
  EXPECT_EQ(writer.interface(eth), 0u);
  EXPECT_EQ(writer.interface(lo), 1u);
  writer.frame({0, 1'234'567'890'123'456'789, 60, frameA, FrameDirection::In, "tcp_v4_rcv: delivered"});
  writer.frame({1, 5, 1514, frameB, FrameDirection::Unknown, ""});
  const std::string file = writer.take();
  EXPECT_EQ(writer.take(), "");
  const Read read = readAll({file.begin(), file.end()});
  ASSERT_EQ(read.error + read.problem, "");
  ASSERT_EQ(read.packets.size(), 2u);
  EXPECT_EQ(read.comments, std::vector<std::string>{"a walk"});
  EXPECT_EQ(read.interfaces.at(0).name, "eth0");
  EXPECT_EQ(read.interfaces.at(0).description, "simulated");
  EXPECT_EQ(read.interfaces.at(1).snapLength, 96u);
  EXPECT_EQ(read.packets[0].epochNs, 1'234'567'890'123'456'789);
  EXPECT_EQ(read.packets[0].comment, "tcp_v4_rcv: delivered");
  EXPECT_EQ(read.packets[0].direction, FrameDirection::In);
  EXPECT_EQ(read.packets[1].interface, 1u);
  EXPECT_EQ(read.packets[1].originalLength, 1514u);
  EXPECT_EQ(read.bytes, (std::vector<Bytes>{frameA, frameB}));
}

} // namespace
