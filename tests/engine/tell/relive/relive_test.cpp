// Captures of two real hosts (tests/engine/scenario/captures/make.py), relived as either. Their kernel was a Linux 6.18:
// what differs from 6.1 is told where a test allows for it.
#include "engine/tell/relive/relive.h"
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
  const char *file, *host;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.file << " as " << c.host; }

struct Hosts : ::testing::TestWithParam<Case> {};

} // namespace

// Handshakes, data, closes and resets: every frame that the host sent leaves our kernel too.
TEST_P(Hosts, NothingIsDifferent) {
  const Relive r = relived(Captures + GetParam().file, GetParam().host);
  const RelivedTotals& t = r.told.totals;
  EXPECT_TRUE(t.good()) << text(r.told);
  EXPECT_EQ(t.same + t.equivalent + t.notRelived, t.sent);
}

INSTANTIATE_TEST_SUITE_P(
    Relived, Hosts,
    ::testing::Values(
        Case{"arp.pcap", "10.8.0.2"}, Case{"both-close-a.pcap", "10.8.0.1"}, Case{"both-close-b.pcap", "10.8.0.2"},
        Case{"download-offload.pcap", "10.8.0.1"}, Case{"download-offload.pcap", "10.8.0.2"},
        Case{"download.pcap", "10.8.0.1"}, Case{"download.pcap", "10.8.0.2"}, Case{"ecn.pcap", "10.8.0.1"},
        Case{"ecn.pcap", "10.8.0.2"}, Case{"exchange-offload.pcap", "10.8.0.1"},
        Case{"exchange-offload.pcap", "10.8.0.2"}, Case{"exchange.pcap", "10.8.0.1"}, Case{"exchange.pcap", "10.8.0.2"},
        Case{"half-close.pcap", "10.8.0.1"}, Case{"half-close.pcap", "10.8.0.2"}, Case{"loss-syn-b.pcap", "10.8.0.2"},
        Case{"loss-tail-a.pcap", "10.8.0.1"}, Case{"loss-tail-b.pcap", "10.8.0.2"}, Case{"mid-stream.pcap", "10.8.0.1"},
        Case{"mid-stream.pcap", "10.8.0.2"}, Case{"nodelay.pcap", "10.8.0.1"}, Case{"nodelay.pcap", "10.8.0.2"},
        Case{"options.pcap", "10.8.0.1"}, Case{"options.pcap", "10.8.0.2"}, Case{"ping.pcap", "10.8.0.1"},
        Case{"ping.pcap", "10.8.0.2"}, Case{"refused.pcap", "10.8.0.1"}, Case{"refused.pcap", "10.8.0.2"},
        Case{"reorder-a.pcap", "10.8.0.1"}, Case{"reorder-b.pcap", "10.8.0.2"}, Case{"reset-late.pcap", "10.8.0.1"},
        Case{"reset-linger.pcap", "10.8.0.1"}, Case{"reset-linger.pcap", "10.8.0.2"},
        Case{"reset-unread.pcap", "10.8.0.1"}, Case{"reset-unread.pcap", "10.8.0.2"}, Case{"several.pcap", "10.8.0.1"},
        Case{"several.pcap", "10.8.0.2"}, Case{"talk.pcap", "10.8.0.1"}, Case{"talk.pcap", "10.8.0.2"},
        Case{"udp.pcap", "10.8.0.1"}, Case{"udp.pcap", "10.8.0.2"}, Case{"upload-offload.pcap", "10.8.0.1"},
        Case{"upload-offload.pcap", "10.8.0.2"}, Case{"upload.pcap", "10.8.0.1"}, Case{"upload.pcap", "10.8.0.2"}));

// One exchange, frame by frame: nothing is otherwise but for the newer kernel's windows.
TEST(Reliving, AnExchangeIsTheSame) {
  for (const char* host : {"10.8.0.1", "10.8.0.2"}) {
    const Relive r = relived(Captures + "exchange.pcap", host);
    EXPECT_EQ(r.told.totals.same, 5u) << text(r.told);
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
  EXPECT_EQ(two.told.totals.same, 5u);
}

} // namespace sockwalk::tell
