// What is exported, read back: by our own reader, and by tcpdump and tshark where they are installed.
#include "engine/feed/packet_reader.h"
#include "engine/tell/packets/packet_export.h"
#include "engine/tell/position.h"
#include "tests/engine/tell/packets/played_packets.h"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <numeric>
#include <unistd.h>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct Exported : PlayedPackets {
  std::vector<int> all;
  std::string bytes;
  explicit Exported(const std::string& path) : PlayedPackets(path), all(size_t(list.size())) {
    std::iota(all.begin(), all.end(), 0);
    bytes = packetsAsPcapng(rows, all);
  }
};

TEST(PacketExport, OurReaderReadsItBack) {
  const Exported e("captures/hello-udp.pcap");
  const Journal& j = e.journal();
  auto reader = sockwalk::readPackets(*ByteSource::over({reinterpret_cast<const u8*>(e.bytes.data()), e.bytes.size()}));
  ASSERT_TRUE(reader) << reader.error().message;
  int read = 0;
  for (PacketRecord r; (*reader)->next(r); ++read) {
    const auto frame = j.frame(j[e.list.eventOf(read)]);
    EXPECT_TRUE(std::equal(r.bytes.begin(), r.bytes.end(), frame.begin(), frame.end()));
    EXPECT_EQ(r.epochNs, j.timeAt(e.list.eventOf(read)));
    EXPECT_EQ(r.direction, e.list.cameIn(read) ? FrameDirection::In : FrameDirection::Out);
    EXPECT_EQ(r.comment, packetComment(e.rows, read));
  }
  EXPECT_EQ((*reader)->problem(), "");
  EXPECT_EQ(read, e.list.size());
  ASSERT_EQ((*reader)->interfaces().size(), 1u);
  EXPECT_EQ((*reader)->interfaces()[0].name, "eth0");
}

TEST(PacketExport, ACommentLeadsIntoTheCallInWhichItWasDecided) {
  for (const char* walk : {"captures/hello-udp.pcap", "walks/tcp-on-loopback.pkt", "walks/tcp-lost-segment.pkt"}) {
    const Exported e(walk);
    const Journal& j = e.journal();
    Playhead there(j);
    int arrived = 0;
    for (const int p : e.all) {
      const std::string comment = packetComment(e.rows, p);
      const auto at = positionNamed(j, 0, comment.substr(0, comment.find(':')));
      ASSERT_TRUE(at) << comment << "\n" << at.error().message;
      const EventIndex decided = e.list.fate(p).event;
      ASSERT_NE(decided, NoEvent) << comment;
      EXPECT_LE(*at, decided + 1) << comment;
      there.seek(*at);
      const auto stack = there.callStack();
      ASSERT_FALSE(stack.empty()) << comment;
      EXPECT_EQ(stack.back(), j.callAround(decided)) << walk << ": " << comment;
      const char* by = e.list.cameIn(p) ? ", decided in " : ", by ";
      EXPECT_TRUE(comment.ends_with(by + std::string(j.function(j[stack.back()]).name))) << comment;
      arrived += e.list.cameIn(p);
    }
    EXPECT_GT(arrived, 0) << walk;
  }
}

TEST(PacketExport, JsonSaysTheSame) {
  const Exported e("captures/hello-udp.pcap");
  const auto json = packetsAsJson(e.rows, {0, 3});
  ASSERT_EQ(json.size(), 2u);
  EXPECT_EQ(json[1]["number"], 4);
  const std::string hex = json[0]["bytes"];
  EXPECT_EQ(hex.size() / 2, size_t(json[0]["length"]));
  EXPECT_FALSE(std::string(json[0]["function"]).empty());
}

// Lines that a program of the host prints of an exported file.
class Other : public testing::TestWithParam<const char*> {};
TEST_P(Other, ReadsWhatIsExported) {
  const std::string program = GetParam();
  if (std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) != 0)
    GTEST_SKIP() << program << " is not installed";
  for (const char* walk : {"captures/hello-udp.pcap", "walks/tcp-on-loopback.pkt", "walks/tcp-between-two-hosts.pkt"}) {
    const Exported e(walk);
    const auto base = std::filesystem::temp_directory_path() / ("sockwalk-export-" + std::to_string(getpid()));
    const std::string file = base.string() + ".pcapng", out = base.string() + ".txt", errors = base.string() + ".err";
    std::ofstream(file, std::ios::binary) << e.bytes;
    EXPECT_EQ(std::system((program + " -n -r '" + file + "' >'" + out + "' 2>'" + errors + "'").c_str()), 0) << walk;
    std::ifstream printed(out), said(errors);
    int lines = 0;
    for (std::string line; std::getline(printed, line);) lines += !line.empty() && line[0] != '\t';
    EXPECT_EQ(lines, e.list.size()) << walk << ": a line for each packet";
    for (std::string line; std::getline(said, line);)
      EXPECT_TRUE(line.starts_with("reading from file") || line.find("root") != line.npos) << walk << ": " << line;
    for (const std::string& made : {file, out, errors}) std::filesystem::remove(made);
  }
}
INSTANTIATE_TEST_SUITE_P(Programs, Other, testing::Values("tcpdump", "tshark"),
                         [](const auto& program) { return std::string(program.param); });

} // namespace
