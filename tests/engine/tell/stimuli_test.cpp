// What the machine was told to do and what came of it; a call that sleeps says in what, and on what.
#include "engine/tell/stimuli.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct TellStimuli : ::testing::Test {
  std::unique_ptr<scenario::Session> session = tests::walkOfScript(
      "//@case made\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"
      "+0 bind(3, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr(\"0.0.0.0\")}, 16) = 0\n"
      "+0 close(9) = -1 EBADF\n");
  std::vector<StimulusRow> rows() {
    Playhead at(session->journal());
    at.seek(session->journal().size());
    return stimuli(at, session->machine());
  }
  static const StimulusRow& rowOf(const std::vector<StimulusRow>& all, const std::string& call) {
    for (const StimulusRow& row : all)
      if (row.text.starts_with(call)) return row;
    ADD_FAILURE() << "no stimulus " << call;
    return all.front();
  }
};

TEST_F(TellStimuli, ACallHasItsResultAsStraceWritesIt) {
  const auto all = rows();
  EXPECT_EQ(english(rowOf(all, "socket(").outcome), "= 3");
  EXPECT_EQ(rowOf(all, "socket(").name, "made");
  EXPECT_FALSE(rowOf(all, "socket(").failed);
  EXPECT_EQ(english(rowOf(all, "close(").outcome), "= -1 EBADF (9)");
  EXPECT_TRUE(rowOf(all, "close(").failed);
}

TEST_F(TellStimuli, ACallThatSleepsSaysInWhatAndOnWhat) {
  const Result<u32> reads = session->console("recvfrom(3, ..., 100, 0, ..., ...)");
  ASSERT_TRUE(reads) << (reads ? "" : reads.error().message);
  const auto all = rows();
  const StimulusRow& row = all[*reads];
  EXPECT_TRUE(row.waits);
  EXPECT_EQ(english(row.outcome), "task 100 sleeps in __skb_wait_for_more_packets(), on udp_sock #1");
}

TEST_F(TellStimuli, LinesAndJsonHaveEachOfThem) {
  const auto all = rows();
  const auto text = lines(all);
  ASSERT_EQ(text.size(), all.size());
  ASSERT_EQ(json(all).size(), all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    EXPECT_NE(text[i].find(all[i].text), std::string::npos);
    EXPECT_EQ(json(all)[i]["outcome"], english(all[i].outcome));
  }
}

} // namespace
