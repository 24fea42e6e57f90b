// Captures of two real hosts (tests/engine/scenario/captures/make.py), relived as either. Their kernel was a Linux 6.18:
// set like 6.1 where it can be; its windows and some of its acknowledgements differ, which is equivalent.
#include "engine/scenario/relived.h"
#include "engine/tell/relive/relive.h"
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

const std::string Captures = SOCKWALK_SOURCE_ROOT "/tests/engine/scenario/captures/";

struct Relive {
  std::unique_ptr<scenario::Session> session;
  RelivedCapture told;
};

Relive relived(const std::string& path, const std::string& host) {
  Relive r;
  scenario::OpenOptions options;
  options.host = host;
  auto opened = scenario::Session::openFile(path, options);
  if (!opened) {
    ADD_FAILURE() << opened.error().message;
    return r;
  }
  r.session = std::move(*opened);
  r.session->runAll();
  for (const scenario::Failure& f : r.session->failures()) ADD_FAILURE() << f.message;
  r.told = relivedCapture(*r.session).value_or(RelivedCapture{});
  return r;
}

std::string text(const RelivedCapture& told) {
  std::string all;
  for (const std::string& line : lines(told)) all += line + "\n";
  return all;
}

struct Case {
  std::string file, host;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.file << " as " << c.host; }

// Each file as either host; those captured at one end of a wire that loses or delays, as that end only.
std::vector<Case> allCases() {
  std::vector<Case> all;
  for (const auto& entry : std::filesystem::directory_iterator(Captures)) {
    const std::string stem = entry.path().stem().string(), name = entry.path().filename().string();
    if (entry.path().extension() != ".pcap") continue;
    if (!stem.ends_with("-b")) all.push_back({name, "10.8.0.1"});
    if (!stem.ends_with("-a")) all.push_back({name, "10.8.0.2"});
  }
  std::sort(all.begin(), all.end(), [](const Case& a, const Case& b) { return a.file + a.host < b.file + b.host; });
  return all;
}

struct Hosts : ::testing::TestWithParam<Case> {};

} // namespace

// Handshakes, data, closes, resets, losses: every frame that the host sent leaves our kernel too.
TEST_P(Hosts, NothingIsDifferent) {
  const Relive r = relived(Captures + GetParam().file, GetParam().host);
  const RelivedTotals& t = r.told.totals;
  // How small a buffer may be before its window is 0 was decided otherwise after 6.1: two frames say so.
  const bool newerWindow = GetParam().file == "zero-window.pcap" && GetParam().host == "10.8.0.2";
  EXPECT_LE(t.different + t.extraDifferent, newerWindow ? 2u : 0u) << text(r.told);
  EXPECT_EQ(t.same + t.equivalent + t.different, t.sent);
  for (const std::string& missed : r.session->relived()->missed) ADD_FAILURE() << missed;
}

INSTANTIATE_TEST_SUITE_P(Relived, Hosts, ::testing::ValuesIn(allCases()));

TEST(Reliving, NearlyAllFramesAreTheSameOrEquivalent) {
  u32 good = 0, all = 0;
  for (const Case& c : allCases()) {
    const RelivedTotals t = relived(Captures + c.file, c.host).told.totals;
    good += t.same + t.equivalent;
    all += t.same + t.equivalent + t.different + t.extraDifferent;
  }
  EXPECT_GT(all, 800u);
  EXPECT_GE(good * 100, all * 98) << good << " of " << all;
}

// A server that sends as fast as the network takes it: its buffers and its congestion window were larger than ours would be.
TEST(Reliving, AServerThatSendsMuch) {
  const Relive r = relived(SOCKWALK_SOURCE_ROOT "/tests/captures/data/tcp-bulk.pcap.gz", "10.8.1.2");
  EXPECT_GT(r.told.totals.sent, 2000u);
  EXPECT_EQ(r.told.totals.different + r.told.totals.extraDifferent, 0u);
}

// One exchange, frame by frame: nothing is otherwise but for the newer kernel's windows, which take buffers for smaller.
TEST(Reliving, AnExchangeIsTheSame) {
  for (const char* host : {"10.8.0.1", "10.8.0.2"}) {
    const Relive r = relived(Captures + "exchange.pcap", host);
    EXPECT_EQ(r.told.totals.same + r.told.totals.equivalent, 5u) << text(r.told);
    EXPECT_GE(r.told.totals.same, 3u) << text(r.told);
    EXPECT_EQ(r.told.totals.extra, 0u) << text(r.told);
  }
}

// The frames of the file under its own numbers, and what became of each.
TEST(Reliving, SaysWhatBecameOfEachFrame) {
  const Relive r = relived(Captures + "exchange.pcap", "10.8.0.2");
  ASSERT_EQ(r.told.frames.size(), 10u);
  EXPECT_EQ(r.told.frames[0].number, 1u);
  EXPECT_TRUE(english(r.told.frames[0].outcome).starts_with("a request to connect, taken by tcp_sock #1"));
  EXPECT_EQ(r.told.frames[1].function, "tcp_v4_send_synack");
  EXPECT_EQ(english(r.told.frames[6].outcome), "delivered to tcp_sock #2");
  EXPECT_EQ(english(r.told.flows.at(0)), "10.8.0.1:40001 is accepted at 10.8.0.2:80");
  const auto j = json(r.told);
  EXPECT_EQ(j["frames"].size(), 10u);
  EXPECT_EQ(j["totals"]["same"], 5);
  EXPECT_EQ(j["frames"][1]["verdict"], "same");
}

// The same file gives the same record.
TEST(Reliving, IsRepeatable) {
  const Relive one = relived(Captures + "several.pcap", "10.8.0.2"),
               two = relived(Captures + "several.pcap", "10.8.0.2");
  EXPECT_EQ(one.session->journal().hash(), two.session->journal().hash());
}

// A connection that is saved with its session comes back as it was.
TEST(Reliving, ComesBackFromASavedSession) {
  const Relive one = relived(Captures + "exchange.pcap", "10.8.0.1");
  const std::string path = ::testing::TempDir() + "relived.sockwalk";
  ASSERT_TRUE(one.session->save(path, 0, ""));
  const Relive two = relived(path, "");
  std::filesystem::remove(path);
  EXPECT_EQ(one.session->journal().hash(), two.session->journal().hash());
  EXPECT_EQ(two.told.totals.same, one.told.totals.same);
  EXPECT_EQ(two.told.host, "10.8.0.1");
}

} // namespace sockwalk::tell
