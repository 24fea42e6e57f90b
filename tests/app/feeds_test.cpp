// The window on a wire: a TAP in a network namespace of the test's own. Time passes with nothing coming in, what is lost
// is said, and so is a device that goes away.
#include "tests/app/window_on_network.h"
#include <ctime>

namespace sockwalk {
namespace {

class FeedsTest : public WindowOnNetwork {
protected:
  void SetUp() override {
    WindowOnNetwork::SetUp();
    if (!m_window) return;
    if (!testing::run(
            "ip tuntap add dev sockwalk0 mode tap && sysctl -w net.ipv6.conf.sockwalk0.disable_ipv6=1 >/dev/null && ip "
            "addr add 10.77.0.1/24 dev sockwalk0 && ip link set sockwalk0 up"))
      GTEST_SKIP() << "this machine has no TAP devices";
    ASSERT_TRUE(m_window->connectTap({}, "10.77.0.2/24")) << said();
  }
};

TEST_F(FeedsTest, TimePassesWithNothingComingIn) {
  ASSERT_TRUE(testing::run("ip addr del 10.77.0.1/24 dev sockwalk0")) << "nobody answers";
  waitFor(300);
  ASSERT_TRUE(walk().console("s = socket(AF_INET, SOCK_DGRAM, 0)"));
  const qint64 first = walk().session().machine().now();
  EXPECT_GE(first, 300'000'000) << "the call happens at the present moment";
  ASSERT_TRUE(walk().console(
      "sendto(s, \"x\", 1, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr(\"10.77.0.1\")}, 16)"));
  const auto before = walk().journal().stimuli().size();
  ASSERT_TRUE(wait(60000, [&] { return walk().journal().stimuli().size() > before + 1; })) << "a second ARP question";
  EXPECT_GE(walk().session().machine().now() - first, 900'000'000) << "after a second, not sooner";
}

TEST_F(FeedsTest, NothingRunsWhileNothingIsDue) {
  // The window draws itself, the card tells what it sent; then there is silence.
  const auto busyFor = [&] { // s of a second
    const std::clock_t used = std::clock();
    waitFor(1000);
    return double(std::clock() - used) / CLOCKS_PER_SEC;
  };
  double busy = 1;
  for (int i = 0; i < 30 && busy > 0.05; ++i) busy = busyFor();
  EXPECT_LE(busy, 0.05);
  const auto before = walk().session().stimuli().size();
  waitFor(1000);
  EXPECT_EQ(walk().session().stimuli().size(), before) << "and nothing is recorded";
}

TEST_F(FeedsTest, ConnectingAgainDoesNotMeetOneself) {
  waitFor(50);
  EXPECT_TRUE(m_window->connectTap({}, "10.77.0.3/24")) << said();
  EXPECT_TRUE(statusHas("TAP sockwalk0")) << status();
  EXPECT_FALSE(m_window->connectTap({}, "nonsense"));
  EXPECT_TRUE(statusHas("10.77.0.3")) << "what cannot be leaves the wire as it is";
  EXPECT_EQ(said(), "expected eth0's address as 10.0.2.15/24, found 'nonsense'");
}

TEST_F(FeedsTest, WhatIsLostIsShown) {
  ASSERT_TRUE(testing::run("ip neigh add 10.77.0.2 lladdr 52:54:00:12:34:56 dev sockwalk0"));
  sendDatagrams("10.77.0.2", 9, 4000);
  EXPECT_TRUE(wait(60000, [&] { return statusHas("lost before they were read"); })) << status();
}

TEST_F(FeedsTest, ADeviceThatGoesDownOrAwayIsASentence) {
  waitFor(50);
  ASSERT_TRUE(testing::run("ip link set sockwalk0 down"));
  EXPECT_TRUE(wait(60000, [&] { return statusHas("; the interface is down"); })) << status();
  EXPECT_EQ(said(), "sockwalk0: the interface is down. To bring it up, type:\nsudo ip link set sockwalk0 up");
  ASSERT_TRUE(testing::run("ip link set sockwalk0 up"));
  EXPECT_TRUE(wait(60000, [&] { return !statusHas("; the interface is down"); })) << status();
  ASSERT_TRUE(testing::run("ip link del sockwalk0"));
  const std::string gone = "sockwalk0: the interface is gone: somebody has removed it. To make it again, type:\n"
                           "sudo ip tuntap add dev sockwalk0 mode tap";
  EXPECT_TRUE(wait(60000, [&] { return said().starts_with(gone); })) << said();
  EXPECT_TRUE(status().ends_with("plain machine")) << "nothing is connected any more: " << status();
}

} // namespace
} // namespace sockwalk
