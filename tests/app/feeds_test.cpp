// The window on a wire: a TAP in a network namespace of the test's own. Time passes with nothing coming in, what is lost
// is said, and so is a device that goes away.
#include "app/banner.h"
#include "app/feeds.h"
#include "app/main_window.h"
#include "app/status_line.h"
#include "tests/engine/feed/host_network.h"
#include <arpa/inet.h>
#include <ctime>
#include <gtest/gtest.h>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <sys/socket.h>

namespace sockwalk {
namespace {

class FeedsTest : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_TRUE(m_dir.isValid());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_dir.path());
    if (!m_network.reason().empty()) GTEST_SKIP() << m_network.reason();
    if (!testing::run(
            "ip tuntap add dev sockwalk0 mode tap && sysctl -w net.ipv6.conf.sockwalk0.disable_ipv6=1 >/dev/null && ip "
            "addr add 10.77.0.1/24 dev sockwalk0 && ip link set sockwalk0 up"))
      GTEST_SKIP() << "this machine has no TAP devices";
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    ASSERT_TRUE(m_window->connectTap({}, "10.77.0.2/24")) << said();
  }
  Walk& walk() { return m_window->walk(); }
  std::string said() { return m_window->banner().message().toStdString(); }
  std::string status() { return m_window->statusLine().text().toStdString(); }
  // Sleeps as the program does.
  void waitFor(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
  }
  template <class Done> bool wait(int ms, Done done) {
    QElapsedTimer clock;
    for (clock.start(); !done() && clock.elapsed() < ms;) waitFor(10);
    return done();
  }
  void sendDatagrams(int count) {
    const int s = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(9);
    inet_pton(AF_INET, "10.77.0.2", &to.sin_addr);
    for (int i = 0; i < count; ++i) sendto(s, "x", 1, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    close(s);
  }

  QTemporaryDir m_dir;
  testing::PrivateNetwork m_network;
  std::unique_ptr<MainWindow> m_window;
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
  EXPECT_NE(status().find("TAP sockwalk0"), std::string::npos) << status();
  EXPECT_FALSE(m_window->connectTap({}, "nonsense"));
  EXPECT_NE(status().find("10.77.0.3"), std::string::npos) << "what cannot be leaves the wire as it is";
  EXPECT_EQ(said(), "expected eth0's address as 10.0.2.15/24, found 'nonsense'");
}

TEST_F(FeedsTest, WhatIsLostIsShown) {
  ASSERT_TRUE(testing::run("ip neigh add 10.77.0.2 lladdr 52:54:00:12:34:56 dev sockwalk0"));
  sendDatagrams(4000);
  EXPECT_TRUE(wait(60000, [&] { return status().find("lost before they were read") != std::string::npos; }))
      << status();
}

TEST_F(FeedsTest, ADeviceThatGoesDownOrAwayIsASentence) {
  waitFor(50);
  ASSERT_TRUE(testing::run("ip link set sockwalk0 down"));
  EXPECT_TRUE(wait(60000, [&] { return status().find("; the interface is down") != std::string::npos; })) << status();
  EXPECT_EQ(said(), "sockwalk0: the interface is down. To bring it up, type:\nsudo ip link set sockwalk0 up");
  ASSERT_TRUE(testing::run("ip link set sockwalk0 up"));
  EXPECT_TRUE(wait(60000, [&] { return status().find("; the interface is down") == std::string::npos; })) << status();
  ASSERT_TRUE(testing::run("ip link del sockwalk0"));
  const std::string gone = "sockwalk0: the interface is gone: somebody has removed it. To make it again, type:\n"
                           "sudo ip tuntap add dev sockwalk0 mode tap";
  EXPECT_TRUE(wait(60000, [&] { return said().starts_with(gone); })) << said();
  EXPECT_TRUE(status().ends_with("plain machine")) << "nothing is connected any more: " << status();
}

} // namespace
} // namespace sockwalk
