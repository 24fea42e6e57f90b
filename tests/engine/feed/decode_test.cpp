#include "engine/feed/capture_file.h"
#include "engine/feed/decode.h"
#include "tests/engine/feed/frames.h"
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

/// "Layer/Field=value @offset+length", one a line.
std::string dump(const std::vector<FrameField>& fields, const std::string& path = "") {
  std::string text;
  for (const FrameField& field : fields) {
    text += path + field.name + "=" + field.value + " @" + std::to_string(field.offset) + "+" +
            std::to_string(field.length) + "\n";
    text += dump(field.children, path + field.name + "/");
  }
  return text;
}

TEST(Decode, AUdpDatagramFieldByField) {
  Result<CaptureFile> file = CaptureFile::open(asset("hello-udp.pcap"));
  ASSERT_TRUE(file);
  ByteView frame = file->frame(8).bytes; // the first hello
  std::vector<FrameField> tree = decodeFrame(frame);
  ASSERT_EQ(tree.size(), 4u);
  EXPECT_EQ(tree[2].layer, FrameLayer::Udp);
  std::string text = dump(tree);
  for (const char* line : {"Ethernet=02:00:0a:09:00:01 → 02:00:0a:09:00:02 @0+14",
                           "Ethernet/Destination=02:00:0a:09:00:02 @0+6", "Ethernet/Type=0x0800 (IPv4) @12+2",
                           "IPv4/Header length=20 bytes (5 words) @14+1", "IPv4/Total length=33 @16+2",
                           "IPv4/Flags=DF @20+1", "IPv4/Protocol=17 (UDP) @23+1", "IPv4/Destination=10.9.0.2 @30+4",
                           "UDP/Destination port=7777 @36+2", "UDP/Length=13 @38+2", "Payload=5 bytes: hello @42+5"})
    EXPECT_NE(text.find(std::string(line) + "\n"), std::string::npos) << line << "\nis not in\n" << text;
}

TEST(Decode, EveryChecksumOfTheAssetIsCorrect) {
  Result<CaptureFile> file = CaptureFile::open(asset("two-hosts.pcap"));
  ASSERT_TRUE(file);
  int correct = 0;
  for (std::size_t i = 0; i < file->size(); ++i) {
    std::string text = dump(decodeFrame(file->frame(i).bytes));
    ASSERT_EQ(text.find("(wrong)"), std::string::npos) << "frame " << i + 1 << "\n" << text;
    correct += text.find("(correct)") != std::string::npos;
  }
  EXPECT_GT(correct, 1000);
}

TEST(Decode, ASpoiltByteMakesTheChecksumWrong) {
  Result<CaptureFile> file = CaptureFile::open(asset("hello-udp.pcap"));
  ASSERT_TRUE(file);
  Bytes frame(file->frame(8).bytes.begin(), file->frame(8).bytes.end());
  frame[42] ^= 1;
  std::string text = dump(decodeFrame(frame));
  EXPECT_NE(text.find("UDP/Checksum"), std::string::npos);
  EXPECT_NE(text.find("(wrong) @40+2"), std::string::npos) << text;
  EXPECT_NE(text.find("(correct) @24+2"), std::string::npos) << text;
}

TEST(Decode, TcpOptionsOfASyn) {
  Bytes options = fromHex("020405b4 0402 080a 00000001 00000002 01 030307");
  Bytes segment = tcp(1, 2, 3, 0, 2);
  segment[12] = 0xa0;
  std::string text = dump(decodeFrame(ethernet(2, 1, 0x0800) + ipv4(1, 2, 6, segment + options)));
  for (const char* line : {"TCP/Options=20 bytes @54+20", "TCP/Options/Option=Maximum segment size 1460 @54+4",
                           "TCP/Options/Option=SACK permitted @58+2", "TCP/Options/Option=Timestamps 1, echo 2 @60+10",
                           "TCP/Options/Option=No operation @70+1", "TCP/Options/Option=Window scale 7 @71+3"})
    EXPECT_NE(text.find(std::string(line) + "\n"), std::string::npos) << line << "\nis not in\n" << text;
}

TEST(Decode, ImpossibleOptionLengthsEndTheOptions) {
  for (const std::uint8_t length : std::initializer_list<std::uint8_t>{0, 1, 9, 255}) {
    std::string text =
        dump(decodeFrame(ethernet(2, 1, 0x0800) + ipv4(1, 2, 17, udp(1, 2, {}), 0, {148, length, 0, 0})));
    EXPECT_NE(text.find("IPv4/Options/Option=option 148 with an impossible length @34+4"), std::string::npos) << text;
  }
}

TEST(Decode, PaddingIsShownAsPadding) {
  Bytes frame = ethernet(2, 1, 0x0800) + ipv4(1, 2, 17, udp(1, 2, {'h', 'i'}));
  frame.resize(60);
  std::string text = dump(decodeFrame(frame));
  EXPECT_NE(text.find("Payload=2 bytes: hi @42+2\nPadding=16 bytes @44+16\n"), std::string::npos) << text;
}

TEST(Decode, ChecksumOfRfc1071) {
  EXPECT_EQ(internetChecksum(fromHex("0001 f203 f4f5 f6f7")), static_cast<std::uint16_t>(~0xddf2));
  EXPECT_EQ(internetChecksum(fromHex("01")), static_cast<std::uint16_t>(~0x0100));
}

} // namespace
