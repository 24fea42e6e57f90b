// The rows of a list of packets: of a relived capture they are the frames of its file.
#include "engine/tell/packets/packet_comparison.h"
#include "engine/tell/packets/packet_export.h"
#include "engine/tell/packets/packet_filter.h"
#include "engine/tell/relive/relive.h"
#include "tests/support/walks.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

const std::string Captures = SOCKWALK_SOURCE_ROOT "/tests/engine/scenario/captures/";

struct RelivedRows {
  std::unique_ptr<scenario::Session> session;
  PacketRows rows;
  RelivedRows(const std::string& file, const std::string& host) : session(tests::walkOf(Captures + file, host)) {
    rows.open(*session);
    rows.update();
  }
  std::vector<int> fitting(const std::string& text) const {
    const auto parsed = expression::parse(text, PacketVocabulary());
    if (parsed.problem) throw std::runtime_error(text);
    return packetsThatFit(rows, parsed.expression);
  }
};

// A capture of which something is otherwise: how small a window may be was decided otherwise after 6.1.
const RelivedRows& different() {
  static const RelivedRows read("zero-window.pcap", "10.8.0.2");
  return read;
}

} // namespace

TEST(PacketRows, AreTheFramesOfTheFileUnderItsNumbers) {
  const RelivedRows& r = different();
  const auto& frames = r.session->relived()->plan.frames;
  size_t next = 0;
  s64 before = 0;
  for (int row = 0; row < r.rows.size(); ++row) {
    EXPECT_GE(r.rows.time(row), before);
    before = r.rows.time(row);
    if (!r.rows.number(row)) continue;
    ASSERT_LT(next, frames.size());
    EXPECT_EQ(r.rows.number(row), frames[next].number + 1);
    EXPECT_EQ(r.rows.bytes(row).data(), frames[next].bytes.data());
    EXPECT_EQ(r.rows.comesIn(row), frames[next].way == scenario::Way::In);
    EXPECT_EQ(r.rows.goesOut(row), frames[next].way == scenario::Way::Out);
    ++next;
  }
  EXPECT_EQ(next, frames.size());
}

// Every packet that came or went has a row, and what came in has its own.
TEST(PacketRows, HoldEveryPacket) {
  const RelivedRows& r = different();
  for (int packet = 0; packet < r.rows.packets().size(); ++packet) {
    const int row = r.rows.rowOf(packet);
    ASSERT_GE(row, 0) << packet;
    if (r.rows.packets().cameIn(packet)) {
      EXPECT_EQ(r.rows.packetOf(row), packet);
      EXPECT_EQ(ByteView(r.rows.journal().frame(r.rows.journal()[r.rows.eventOf(row)])).size(),
                r.rows.bytes(row).size());
    }
  }
}

TEST(PacketRows, GiveTheVerdictsOfTheTable) {
  for (const auto& [file, host] : {std::pair("zero-window.pcap", "10.8.0.2"), std::pair("several.pcap", "10.8.0.1")}) {
    const RelivedRows r(file, host);
    const RelivedTotals t = relivedCapture(*r.session)->totals;
    EXPECT_EQ(r.fitting("outcome == same").size(), t.same);
    EXPECT_EQ(r.fitting("outcome == different").size(), t.different + t.extraDifferent);
    EXPECT_EQ(r.fitting("outcome == equivalent").size(), t.equivalent + t.extra - t.extraDifferent);
    EXPECT_EQ(r.rows.count(Verdict::Same), int(t.same));
    EXPECT_EQ(r.fitting("frame.number >= 1").size(), t.frames);
    EXPECT_EQ(r.fitting("frame.number > 3").size(), t.frames - 3);
    EXPECT_EQ(r.fitting("way == in").size(), t.received);
  }
  EXPECT_FALSE(different().fitting("outcome == different").empty());
}

TEST(PacketRows, AreTheSameIfTheyAreReadWhileTheyArePlayed) {
  scenario::OpenOptions options;
  options.host = "10.8.0.2";
  auto opened = scenario::Session::openFile(Captures + "zero-window.pcap", options);
  ASSERT_TRUE(opened);
  PacketRows rows;
  rows.open(**opened);
  const int frames = rows.size();
  EXPECT_GT(frames, 0) << "they are listed before anything is played";
  int played = 0;
  while ((*opened)->pending()) {
    (*opened)->runNext();
    if ((*opened)->pending()) {
      EXPECT_FALSE(rows.update());
      EXPECT_EQ(rows.size(), frames);
    }
    if (rows.packetOf(0) >= 0) ++played;
  }
  EXPECT_GT(played, 1) << "the first frame has long arrived while others wait";
  EXPECT_TRUE(rows.update()) << "now they are judged";
  EXPECT_FALSE(rows.update());
  const PacketRows& whole = different().rows;
  ASSERT_EQ(rows.size(), whole.size());
  for (int row = 0; row < rows.size(); ++row) {
    EXPECT_EQ(rows.packetOf(row), whole.packetOf(row));
    EXPECT_EQ(rows.verdict(row), whole.verdict(row));
    EXPECT_EQ(english(rows.row(row).fate), english(whole.row(row).fate));
  }
}

// What a person does after the capture has run out comes below its frames.
TEST(PacketRows, GoOnWithWhatIsDoneAfterwards) {
  RelivedRows r("exchange.pcap", "10.8.0.2");
  const int before = r.rows.size();
  ASSERT_TRUE(r.session->console("fd = socket(AF_INET, SOCK_DGRAM, 0)"));
  const auto sent = r.session->console("sendto(fd, \"hello\", 5, 0, {sa_family = AF_INET, sin_port = htons(7777), "
                                       "sin_addr = inet_addr(\"10.8.0.1\")}, 16)");
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_FALSE(r.rows.update());
  ASSERT_GT(r.rows.size(), before);
  EXPECT_EQ(r.rows.number(before), 0u);
  EXPECT_EQ(r.rows.row(before).verdict, Verdict::None);
  EXPECT_EQ(r.rows.before(r.rows.journal().size()), r.rows.size() - 1);
}

// Familiar words about segments that only those before them explain.
TEST(PacketRows, KnowStreamsWindowsAndWhatAListenerWouldSay) {
  const RelivedRows several("several.pcap", "10.8.0.1");
  size_t inStreams = 0;
  for (size_t stream = 0; stream < several.session->relived()->plan.connections.size(); ++stream) {
    const size_t count = several.fitting("tcp.stream == " + std::to_string(stream)).size();
    EXPECT_GT(count, 3u);
    inStreams += count;
  }
  EXPECT_EQ(inStreams, several.fitting("tcp").size());
  const RelivedRows& shut = different();
  EXPECT_EQ(shut.fitting("tcp.analysis.zero_window"),
            shut.fitting("tcp.window_size == 0 && tcp.flags.reset == 0 && frame.number > 0"));
  EXPECT_FALSE(shut.fitting("tcp.analysis.zero_window").empty());
  EXPECT_EQ(shut.fitting("tcp.window_size").size(), shut.fitting("tcp").size());
  const auto again = shut.fitting("tcp.analysis.retransmission");
  for (const int row : shut.fitting("tcp.analysis.fast_retransmission")) EXPECT_TRUE(std::ranges::count(again, row));
}

// A segment that passes a router is seen on two devices, and sent once.
TEST(PacketRows, ASegmentThatPassesTwoDevicesIsNotSentAgain) {
  const auto session = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-out-of-order.pkt");
  PacketRows rows;
  rows.open(*session);
  rows.update();
  const auto again = expression::parse("tcp.analysis.retransmission", PacketVocabulary());
  EXPECT_LT(packetsThatFit(rows, again.expression).size(), 3u);
}

TEST(PacketComparison, SetsWhatDiffersSideBySide) {
  const RelivedRows& r = different();
  const std::vector<int> rows = r.fitting("outcome == different");
  for (const int row : rows) {
    const PacketComparison c = comparison(r.rows, row);
    EXPECT_TRUE(std::ranges::any_of(c.lines, [](const auto& line) { return line.differs; }));
    EXPECT_FALSE(c.words.empty());
  }
  for (const int row : r.fitting("outcome == same")) {
    const PacketComparison c = comparison(r.rows, row);
    EXPECT_TRUE(std::ranges::none_of(c.lines, [](const auto& line) { return line.differs; }));
    ASSERT_GE(c.lines.size(), 2u);
    EXPECT_EQ(english(c.lines[1].captured), english(c.lines[1].ours)) << "the same bytes give the same line";
    ASSERT_NE(c.decision, NoEvent);
    EXPECT_EQ(r.rows.journal()[c.decision].type, EventType::Call);
    EXPECT_LT(c.decision, r.rows.eventOf(row));
  }
  for (const int row : r.fitting("way == in")) EXPECT_TRUE(comparison(r.rows, row).lines.empty());
}

// Exported is what our kernel received and sent, with the verdict in the comment.
TEST(PacketRows, AreExportedWithTheirVerdicts) {
  const RelivedRows& r = different();
  const auto json = packetsAsJson(r.rows, r.fitting("outcome == same"));
  ASSERT_FALSE(json.empty());
  for (const auto& packet : json) EXPECT_EQ(packet["verdict"], "same");
  const int row = r.fitting("outcome == same").front();
  EXPECT_NE(packetComment(r.rows, row).find(": same, sent by "), std::string::npos) << packetComment(r.rows, row);
}

} // namespace sockwalk::tell
