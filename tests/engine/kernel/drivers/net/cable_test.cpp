// A cable between two cards: it takes its time, and loses, holds back and doubles frames by a seed of its own.
#include "tests/engine/kernel/net/networks.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 A = ip4(10, 1, 0, 1), B = ip4(10, 1, 0, 2);

struct CableTest : testing::Test {
  Network n{2};
  Host a = n.host("a"), b = n.host("b");
  std::unique_ptr<Cable> cable;
  int in = -1, out = -1;
  void SetUp() override {
    n.move("eth0", a);
    n.move("eth1", b, "eth0");
    cable = std::make_unique<Cable>(n.m.machine, 2, 3);
    n.up(a, "eth0", A, 24);
    n.up(b, "eth0", B, 24);
    in = n.udp(b, B, 7000);
    out = n.udp(a);
    n.sendTo(a, out, "who are you", B, 7000); // each learns the other's hardware address
    n.pass(100'000'000);
    EXPECT_EQ(n.receive(b, in), "who are you");
  }
  std::string waiting() {
    std::string all, one;
    while ((one = n.receive(b, in)) != "-11") all += one;
    return all;
  }
  void letters(const char* text) {
    for (; *text; ++text) n.sendTo(a, out, std::string(1, *text), B, 7000);
  }
};

TEST_F(CableTest, AFrameIsOnItsWayForTheDelay) {
  CableConditions slow;
  slow.delay = 5'000'000;
  cable->set(slow);
  letters("x");
  n.pass(4'900'000);
  EXPECT_EQ(waiting(), "");
  n.pass(200'000);
  EXPECT_EQ(waiting(), "x");
}

TEST_F(CableTest, ItsTimerIsDataAndKnowsTheCardThatWillReceive) {
  letters("x");
  const size_t before = n.m.machine.journal().stimuli().size();
  n.pass(1'000'000);
  const auto& stimuli = n.m.machine.journal().stimuli();
  ASSERT_GT(stimuli.size(), before);
  EXPECT_EQ(stimuli[before].text, "frames arrive");
}

TEST_F(CableTest, LosesAllOrNothingAtTheEndsOfTheScale) {
  CableConditions c;
  c.loss = 1'000'000;
  cable->set(c);
  letters("abc");
  n.pass(10'000'000);
  EXPECT_EQ(waiting(), "");
  EXPECT_EQ(cable->counts().lost, 3u);
  c.loss = 0;
  cable->set(c);
  letters("def");
  n.pass(10'000'000);
  EXPECT_EQ(waiting(), "def");
}

TEST_F(CableTest, DoublesAndOvertakes) {
  CableConditions c;
  c.duplicate = 1'000'000;
  cable->set(c);
  letters("a");
  n.pass(10'000'000);
  EXPECT_EQ(waiting(), "aa");
  c.duplicate = 0;
  c.reorder = 1'000'000;
  cable->set(c);
  letters("1");
  c.reorder = 0;
  cable->set(c);
  letters("2");
  n.pass(10'000'000);
  EXPECT_EQ(waiting(), "21");
}

TEST_F(CableTest, ASlowLineSendsOneFrameAfterTheOther) {
  CableConditions c;
  c.delay = 0;
  c.bitsPerSecond = 1'000'000;
  cable->set(c);
  letters("ab"); // 60 bytes and 24 of overhead each: 672 us
  n.pass(700'000);
  EXPECT_EQ(waiting(), "a");
  n.pass(700'000);
  EXPECT_EQ(waiting(), "b");
}

TEST_F(CableTest, TheSameSeedLosesTheSameFrames) {
  CableConditions c;
  c.loss = 500'000;
  c.seed = 7;
  std::string first;
  for (int round = 0; round < 2; ++round) {
    cable->set(c); // the chance begins anew
    letters("abcdefghijklmnop");
    n.pass(10'000'000);
    const std::string got = waiting();
    EXPECT_GT(got.size(), 2u);
    EXPECT_LT(got.size(), 14u);
    if (round) {
      EXPECT_EQ(got, first);
    }
    first = got;
  }
}

} // namespace
} // namespace sockwalk::kernel
