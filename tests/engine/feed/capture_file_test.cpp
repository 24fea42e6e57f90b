#include "engine/feed/capture_file.h"
#include "tests/engine/feed/packet_files.h"
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The message that opening these bytes as a capture gives.
std::string errorOf(const Bytes& bytes) {
  TemporaryFile file(bytes);
  Result<CaptureFile> opened = CaptureFile::open(file.path());
  if (opened) return "(it opened)";
  EXPECT_TRUE(opened.error().message.starts_with(file.path() + ": ")) << opened.error().message;
  return opened.error().message.substr(file.path().size() + 2);
}

TEST(CaptureFile, ReadsThePcapAsset) {
  Result<CaptureFile> file = CaptureFile::open(asset("two-hosts.pcap"));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_GE(file->size(), 1000u);
  EXPECT_TRUE(file->warnings().empty());
  EXPECT_EQ(file->frame(0).timeNs, 0);
  EXPECT_GT(file->frame(0).epochNs, 1'600'000'000'000'000'000);
  for (const CapturedFrame& frame : file->frames()) {
    ASSERT_EQ(frame.bytes.size(), frame.originalLength);
    ASSERT_EQ(frame.timeNs, frame.epochNs - file->frame(0).epochNs);
  }
}

TEST(CaptureFile, PcapngHoldsTheSameFramesAsPcap) {
  Result<CaptureFile> pcap = CaptureFile::open(asset("hello-udp.pcap"));
  Result<CaptureFile> pcapng = CaptureFile::open(asset("hello-udp.pcapng"));
  ASSERT_TRUE(pcap) << pcap.error().message;
  ASSERT_TRUE(pcapng) << pcapng.error().message;
  ASSERT_EQ(pcap->size(), 20u);
  ASSERT_EQ(pcapng->size(), pcap->size());
  for (std::size_t i = 0; i < pcap->size(); ++i) {
    EXPECT_EQ(toHex(pcap->frame(i).bytes), toHex(pcapng->frame(i).bytes));
    EXPECT_EQ(pcap->frame(i).epochNs, pcapng->frame(i).epochNs);
  }
}

TEST(CaptureFile, FramesOutliveAMove) {
  Result<CaptureFile> opened = CaptureFile::open(asset("hello-udp.pcap"));
  ASSERT_TRUE(opened);
  CapturedFrame frame = opened->frame(8);
  CaptureFile moved = *std::move(opened);
  EXPECT_EQ(frame.bytes.data(), moved.frame(8).bytes.data());
}

TEST(CaptureFile, SaysWhatIsWrongWithAFileThatIsNoCapture) {
  Result<CaptureFile> missing = CaptureFile::open("/nowhere/x.pcap");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message,
            "/nowhere/x.pcap: cannot open: No such file or directory; expected a pcap or pcapng file");
  Result<CaptureFile> folder = CaptureFile::open("/tmp");
  ASSERT_FALSE(folder);
  EXPECT_TRUE(contains(folder.error().message, "is a folder"));

  EXPECT_TRUE(contains(errorOf({}), "the file is empty"));
  EXPECT_TRUE(contains(errorOf(Bytes(500, 'x')), "not a capture file"));
  Bytes cutHeader = pcapHeader();
  cutHeader.resize(10);
  EXPECT_TRUE(contains(errorOf(cutHeader), "ends inside its file header"));
  EXPECT_EQ(errorOf(pcapHeader()), "holds no frames; expected at least one");
}

TEST(CaptureFile, KeepsTheFramesBeforeATruncation) {
  Bytes whole = readFile(asset("hello-udp.pcap"));
  // Frames of 42 bytes behind the headers: the file ends inside the third one, a ping of 98 bytes.
  Bytes cut(whole.begin(), whole.begin() + 24 + 2 * (16 + 42) + 16 + 50);
  TemporaryFile file(cut);
  Result<CaptureFile> opened = CaptureFile::open(file.path());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->size(), 2u);
  ASSERT_EQ(opened->warnings().size(), 1u);
  EXPECT_TRUE(contains(opened->warnings()[0], "ends in the middle of frame 3")) << opened->warnings()[0];
  EXPECT_TRUE(contains(opened->warnings()[0], "the 2 frames before it are kept")) << opened->warnings()[0];

  EXPECT_TRUE(contains(errorOf(Bytes(whole.begin(), whole.begin() + 50)), "ends in the middle of frame 1"));
}

TEST(CaptureFile, EveryTruncationOfBothFormatsIsAnswered) {
  for (const char* name : {"hello-udp.pcap", "hello-udp.pcapng"}) {
    Bytes whole = readFile(asset(name));
    for (std::size_t length = 0; length < whole.size(); length += 7) {
      TemporaryFile file(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
      Result<CaptureFile> opened = CaptureFile::open(file.path());
      if (opened) ASSERT_LE(opened->size(), 20u);
      else ASSERT_FALSE(opened.error().message.empty());
    }
  }
}

TEST(CaptureFile, KeepsTheFramesBeforeDamage) {
  Bytes bytes =
      pcapHeader() + pcapFrame(1, 0, Bytes(60)) + le32(1) + le32(0) + le32(0x7fffffff) + le32(0x7fffffff) + Bytes(500);
  TemporaryFile file(bytes);
  Result<CaptureFile> opened = CaptureFile::open(file.path());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->size(), 1u);
  ASSERT_EQ(opened->warnings().size(), 1u);
  EXPECT_TRUE(contains(opened->warnings()[0], "is damaged at frame 2")) << opened->warnings()[0];
}

TEST(CaptureFile, CountsSnappedAndOutOfOrderFrames) {
  TemporaryFile file(pcapHeader() + pcapFrame(5, 7, Bytes(60), 1514) + pcapFrame(4, 999'999, Bytes(60)));
  Result<CaptureFile> opened = CaptureFile::open(file.path());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->snappedCount(), 1u);
  EXPECT_TRUE(opened->frame(0).snapped());
  EXPECT_EQ(opened->frame(0).originalLength, 1514u);
  EXPECT_FALSE(opened->frame(1).snapped());
  EXPECT_EQ(opened->outOfOrderCount(), 1u);
  EXPECT_EQ(opened->frame(0).epochNs, 5'000'007'000);
  EXPECT_EQ(opened->frame(1).timeNs, -8'000);
  EXPECT_EQ(opened->warnings().size(), 2u);
}

TEST(CaptureFile, TellsWhatTheCaptureLost) {
  const Order o;
  const Bytes statistics = block(o, 5, o.u32(0) + o.u32(0) + o.u32(9) + option(o, 5, le32(7) + le32(0)));
  TemporaryFile file(sectionHeader(o) + interfaceBlock(o, 1, option(o, 2, text("eth0"))) +
                     enhancedPacket(o, 0, 1, Bytes(60)) + statistics);
  Result<CaptureFile> opened = CaptureFile::open(file.path());
  ASSERT_TRUE(opened) << opened.error().message;
  ASSERT_EQ(opened->warnings().size(), 1u);
  EXPECT_TRUE(contains(opened->warnings()[0], "the capture itself lost 7 packets of eth0"));
}

// What a stranger wrote is shown in terminals and in windows.
TEST(CaptureFile, SaysWhatItsCommentsSayAndNothingThatATerminalObeys) {
  const auto comment = [](const std::vector<std::string>& comments) {
    const Order o;
    Bytes options;
    for (const std::string& one : comments) options = options + option(o, 1, text(one));
    TemporaryFile file(sectionHeader(o, options) + interfaceBlock(o, 1) + enhancedPacket(o, 0, 1, Bytes(60)));
    Result<CaptureFile> opened = CaptureFile::open(file.path());
    return opened ? opened->comment() : opened.error().message;
  };
  EXPECT_EQ(comment({}), "");
  EXPECT_EQ(comment({"Frame 1 is lost: look."}), "Frame 1 is lost: look.");
  EXPECT_EQ(comment({"one", "", "two\nthree"}), "one\ntwo\nthree");
  EXPECT_EQ(comment({"\x1b[2J\ttwo\x7f"}), " [2J two ");
  const std::string longer = comment({std::string(1999, 'x') + "éy"}); // the limit lies within the é
  EXPECT_EQ(longer, std::string(1999, 'x') + "…");
}

TEST(CaptureFile, LeavesTheFrameCheckSequenceAway) {
  TemporaryFile file(pcapHeader(0x24000001) + pcapFrame(1, 0, Bytes(64)));
  Result<CaptureFile> opened = CaptureFile::open(file.path());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->frame(0).bytes.size(), 60u);
  EXPECT_FALSE(opened->frame(0).snapped());
}

TEST(CaptureFile, StopsAtItsLimit) {
  TemporaryFile file(pcapHeader() + pcapFrame(1, 0, Bytes(60)) + pcapFrame(2, 0, Bytes(60)));
  Result<CaptureFile> opened = CaptureFile::open(file.path(), 100);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->size(), 1u);
  ASSERT_EQ(opened->warnings().size(), 1u);
  EXPECT_TRUE(contains(opened->warnings()[0], "only the first 1 frames are read"));
}

} // namespace
