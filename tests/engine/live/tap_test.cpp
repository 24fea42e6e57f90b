// The real kernel on the other end of the wire: in a network namespace of the test's own, its ping and its UDP reach
// the simulated kernel through a TAP, and each echo can be walked afterwards.
#include "engine/feed/tap.h"
#include "engine/journal/playhead.h"
#include "engine/journal/queries.h"
#include "engine/scenario/session.h"
#include "tests/engine/feed/host_network.h"
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sockwalk;

namespace {

constexpr int NoPing = 77; // exit code of a child that found no ping(8)

// Frames to and fro until `done` says so, or the time is up. Real time passes as simulated time.
template <class Done> bool relay(Tap& tap, scenario::Session& session, int seconds, Done done) {
  const auto begin = std::chrono::steady_clock::now();
  const auto passed = [&] { return std::chrono::steady_clock::now() - begin; };
  while (passed() < std::chrono::seconds(seconds)) {
    pollfd p{tap.fd(), POLLIN, 0};
    poll(&p, 1, 5);
    std::vector<std::uint8_t> frame;
    for (;;) {
      auto got = tap.read(frame);
      if (!got || !*got) break;
      session.frame(frame, std::chrono::nanoseconds(passed()).count());
    }
    if (done()) return true;
  }
  return false;
}

// A simulated host at 10.77.0.2 on the other end of a TAP of this test's own.
struct SimulatedHost : ::testing::Test {
  sockwalk::testing::PrivateNetwork network;
  std::unique_ptr<Tap> tap;
  std::unique_ptr<scenario::Session> session;

  void SetUp() override {
    if (!network.reason().empty()) GTEST_SKIP() << network.reason();
    if (!sockwalk::testing::run("ip tuntap add dev sockwalk0 mode tap && ip addr add 10.77.0.1/24 dev sockwalk0 && ip "
                                "link set sockwalk0 up"))
      GTEST_SKIP() << "this machine has no TAP devices";
    auto opened = Tap::open({});
    ASSERT_TRUE(opened) << opened.error().message;
    tap = std::make_unique<Tap>(std::move(*opened));
    auto made = scenario::Session::open({scenario::TapStimulus{"10.77.0.2/24"}});
    ASSERT_TRUE(made) << made.error().message;
    session = std::move(*made);
    session->runAll();
    session->onTransmit = [this](std::span<const u8> b) {
      (void)tap->write(std::vector<std::uint8_t>(b.begin(), b.end()));
    };
  }
  const Journal& journal() { return session->journal(); }
  u32 callsOf(const char* name) {
    const FunctionInfo* f = Symbols::get().functionNamed(name);
    u32 n = 0;
    for (EventIndex i = 0; f && i < journal().size(); ++i)
      n += journal()[i].type == EventType::Call && journal()[i].b == f->id;
    return n;
  }
};

TEST_F(SimulatedHost, AnswersTwentyPingsAndEachCanBeWalked) {
  const pid_t ping = fork();
  if (ping == 0) {
    execlp("ping", "ping", "-q", "-c", "20", "-i", "0.05", "-W", "2", "10.77.0.2", nullptr);
    _exit(NoPing);
  }
  int status = -1;
  const bool ended = relay(*tap, *session, 40, [&] { return waitpid(ping, &status, WNOHANG) == ping; });
  if (!ended) kill(ping, SIGKILL), waitpid(ping, &status, 0);
  ASSERT_TRUE(ended) << "ping did not end";
  if (WIFEXITED(status) && WEXITSTATUS(status) == NoPing) GTEST_SKIP() << "there is no ping(8) here";
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "ping lost packets";
  EXPECT_EQ(callsOf("icmp_echo"), 20u);

  Playhead p(journal());
  const auto stack = [&] {
    std::string out;
    for (EventIndex c : p.callStack()) out.append(journal().function(journal()[c]).name).append(" ");
    return out;
  };
  const u16 echo = Symbols::get().functionNamed("icmp_echo")->id,
            xmit = Symbols::get().functionNamed("e1000_xmit_frame")->id;
  for (int n = 0; n < 20; ++n) { // up to icmp_echo, and down again to the driver
    p.seek(nextCall(journal(), p.position(), echo, true));
    EXPECT_NE(stack().find("icmp_rcv icmp_echo"), std::string::npos) << "echo " << n << ": " << stack();
    p.seek(nextCall(journal(), p.position(), xmit, true));
    EXPECT_NE(stack().find("icmp_reply"), std::string::npos) << "answer " << n << ": " << stack();
  }
}

TEST_F(SimulatedHost, TakesADatagramOfTheRealKernel) {
  for (const char* line :
       {"fd = socket(AF_INET, SOCK_DGRAM, 0)",
        "bind(fd, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr(\"10.77.0.2\")}, 16)"}) {
    auto r = session->console(line);
    ASSERT_TRUE(r) << r.error().message;
  }
  const int s = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(5353);
  inet_pton(AF_INET, "10.77.0.2", &to.sin_addr);
  ASSERT_EQ(sendto(s, "hello, walk", 11, 0, reinterpret_cast<sockaddr*>(&to), sizeof to), 11);
  close(s);
  EXPECT_TRUE(relay(*tap, *session, 10, [&] { return callsOf("__udp_enqueue_schedule_skb") > 0; }))
      << "nothing arrived";
  auto r = session->console("recvfrom(fd, ..., 100, MSG_DONTWAIT, ..., ...)");
  ASSERT_TRUE(r) << r.error().message;
  EXPECT_EQ(journal().stimuli()[*r].result, 11);
}

} // namespace
