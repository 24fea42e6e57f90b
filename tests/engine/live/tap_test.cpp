// The real kernel on the other end of the wire: in a network namespace of the test's own, its ping, its sockets, nc and
// curl reach the simulated kernel through a TAP. Between frames the session's time is the real one.
#include "engine/feed/headers.h"
#include "engine/feed/live_capture.h"
#include "engine/journal/playhead.h"
#include "engine/journal/queries.h"
#include "engine/live/tap_feed.h"
#include "tests/engine/feed/host_network.h"
#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sockwalk;

namespace {

constexpr int NoProgram = 77; // exit code of a child that was not found
constexpr s64 Second = 1'000'000'000;

s64 hostTime() { return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1); }

// A program of the host that runs beside us; what it writes goes into a file.
class Program {
public:
  explicit Program(const std::string& command)
      : m_output(std::filesystem::temp_directory_path() / ("sockwalk_tap_" + std::to_string(::getpid()))) {
    m_pid = fork();
    if (m_pid != 0) return;
    setpgid(0, 0);
    execlp("sh", "sh", "-c", ("(" + command + ") >" + m_output.string() + " 2>&1").c_str(), nullptr);
    _exit(NoProgram);
  }
  ~Program() {
    if (m_status < 0) kill(-m_pid, SIGKILL), waitpid(m_pid, &m_status, 0);
    std::filesystem::remove(m_output);
  }
  bool ended() { return m_status >= 0 || waitpid(m_pid, &m_status, WNOHANG) == m_pid; }
  int exitCode() const { return WIFEXITED(m_status) ? WEXITSTATUS(m_status) : -1; }
  std::string output() const {
    std::ifstream in(m_output);
    return {std::istreambuf_iterator<char>(in), {}};
  }

private:
  std::filesystem::path m_output;
  pid_t m_pid;
  int m_status = -1;
};

bool isInstalled(const char* program) { return sockwalk::testing::run(std::string("command -v ") + program); }

sockaddr_in addressOf(const char* text, u16 port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, text, &address.sin_addr);
  return address;
}

// A simulated host at 10.77.0.2 on the other end of a TAP of this test's own, and the real one at 10.77.0.1.
struct SimulatedHost : ::testing::Test {
  sockwalk::testing::PrivateNetwork network;
  std::unique_ptr<scenario::Session> session;
  std::unique_ptr<live::TapFeed> feed;
  std::string broken; // what the feed said when it ended

  void SetUp() override {
    if (!network.reason().empty()) GTEST_SKIP() << network.reason();
    if (!sockwalk::testing::run("ip tuntap add dev sockwalk0 mode tap && ip addr add 10.77.0.1/24 dev sockwalk0 && ip "
                                "link set sockwalk0 up"))
      GTEST_SKIP() << "this machine has no TAP devices";
    auto tap = Tap::open({});
    ASSERT_TRUE(tap) << tap.error().message;
    auto made = scenario::Session::open({scenario::TapStimulus{"10.77.0.2/24"}});
    ASSERT_TRUE(made) << made.error().message;
    session = std::move(*made);
    feed = std::make_unique<live::TapFeed>(std::move(*tap), *session, hostTime());
  }
  // As a front end: sleeps until a frame comes or a timer is due, until `done` says so or the time is up.
  template <class Done> bool relay(double seconds, Done done) {
    const s64 end = hostTime() + s64(seconds * Second);
    while (!done()) {
      const s64 now = hostTime();
      if (now >= end || !broken.empty()) return false;
      const s64 rest = std::min({feed->rest(now).value_or(Second), end - now, Second / 20});
      pollfd p{feed->fd(), static_cast<short>(feed->waitsToSend() ? POLLIN | POLLOUT : POLLIN), 0};
      poll(&p, 1, int((rest + 999'999) / 1'000'000));
      const Result<bool> moved = feed->receive(hostTime());
      if (!moved) broken = moved.error().message;
      feed->send();
    }
    return true;
  }
  void relayFor(double seconds) {
    relay(seconds, [] { return false; });
  }
  const Journal& journal() { return session->journal(); }
  u32 callsOf(const char* name) {
    const FunctionInfo* f = Symbols::get().functionNamed(name);
    u32 n = 0;
    for (EventIndex i = 0; f && i < journal().size(); ++i)
      n += journal()[i].type == EventType::Call && journal()[i].b == f->id;
    return n;
  }
  // One line of the console, now; gives its stimulus.
  u32 type(const std::string& line) {
    feed->catchUp(hostTime());
    const auto done = session->console(line);
    EXPECT_TRUE(done) << line << ": " << done.error().message;
    return done ? *done : 0;
  }
  bool returned(u32 call) { return journal().stimuli()[call].finished; }
  s64 result(u32 call) { return journal().stimuli()[call].result; }
  u32 typeAndWait(const std::string& line) {
    const u32 call = type(line);
    EXPECT_TRUE(relay(30, [&] { return returned(call); })) << line << " did not return";
    return call;
  }
  void listenOn8080() {
    type("s = socket(AF_INET, SOCK_STREAM, 0)");
    type("bind(s, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = INADDR_ANY}, 16)");
    type("listen(s, 5)");
  }
  // The host connects to port 8080, and accept() on the console takes it as `c`; gives the host's descriptor.
  int acceptedFromHost() {
    listenOn8080();
    const u32 accepts = type("c = accept(s, ..., ...)");
    const int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const sockaddr_in to = addressOf("10.77.0.2", 8080);
    connect(s, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    EXPECT_TRUE(relay(30, [&] { return returned(accepts); })) << "accept() did not return";
    return s;
  }
};

TEST_F(SimulatedHost, AnswersTwentyPingsAndEachCanBeWalked) {
  if (!isInstalled("ping")) GTEST_SKIP() << "there is no ping(8) here";
  Program ping("ping -q -c 20 -i 0.05 -W 10 10.77.0.2");
  ASSERT_TRUE(relay(40, [&] { return ping.ended(); })) << "ping did not end";
  EXPECT_EQ(ping.exitCode(), 0) << "ping lost packets: " << ping.output();
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
  type("fd = socket(AF_INET, SOCK_DGRAM, 0)");
  type("bind(fd, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr(\"10.77.0.2\")}, 16)");
  const u32 receives = type("n = recvfrom(fd, ..., 100, 0, ..., ...)");
  EXPECT_FALSE(returned(receives));
  const int s = socket(AF_INET, SOCK_DGRAM, 0);
  const sockaddr_in to = addressOf("10.77.0.2", 5353);
  ASSERT_EQ(sendto(s, "hello, walk", 11, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to), 11);
  close(s);
  EXPECT_TRUE(relay(30, [&] { return returned(receives); })) << "nothing arrived";
  EXPECT_EQ(result(receives), 11);
  EXPECT_EQ(result(type("close(fd)")), 0) << "the descriptor outlives the sleep";
}

// ---- time passes with nothing coming in

// A port of the host whose queue is full: SYNs to it are dropped without a word.
struct SilentPort {
  int listener = socket(AF_INET, SOCK_STREAM, 0), filler = socket(AF_INET, SOCK_STREAM, 0);
  SilentPort() {
    const sockaddr_in at = addressOf("10.77.0.1", 81);
    EXPECT_EQ(bind(listener, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
    EXPECT_EQ(listen(listener, 0), 0);
    EXPECT_EQ(connect(filler, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
  }
  ~SilentPort() { close(listener), close(filler); }
};

// Seconds between the first TCP segment to `port` that passed the interface and each of them, by the host's own clock.
std::vector<double> seenTo(LiveCapture& capture, u16 port) {
  std::vector<double> moments;
  s64 first = -1;
  const auto frames = capture.poll(10000);
  EXPECT_TRUE(frames) << frames.error().message;
  for (const LiveFrame& frame : *frames) {
    const FrameHeaders headers = parseHeaders(frame.bytes);
    if (!headers.tcp || headers.tcp->destination != port) continue;
    if (first < 0) first = frame.epochNs;
    moments.push_back(double(frame.epochNs - first) / Second);
  }
  return moments;
}

// At 0, 1, 3 and 7 s, by the capture's time stamps, as tcpdump shows them.
bool doubleEachTime(const std::vector<double>& moments) {
  bool all = moments.size() == 4;
  for (size_t i = 1; all && i < moments.size(); ++i) {
    const double due = (1 << i) - 1;
    all = std::abs(moments[i] - due) <= 0.3 * due;
  }
  return all;
}

TEST_F(SimulatedHost, SynsIntoSilenceLeaveAtZeroOneThreeAndSevenSeconds) {
  SilentPort silent;
  std::vector<double> moments;
  for (int attempt = 0; attempt < 2; ++attempt) { // a machine with much else to do may be late once
    Result<LiveCapture> capture = LiveCapture::open("sockwalk0");
    ASSERT_TRUE(capture) << capture.error().message;
    type("s = socket(AF_INET, SOCK_STREAM, 0)");
    const u32 call =
        type("connect(s, {sa_family = AF_INET, sin_port = htons(81), sin_addr = inet_addr(\"10.77.0.1\")}, 16)");
    relayFor(7.4);
    EXPECT_FALSE(returned(call));
    moments = seenTo(*capture, 81);
    if (doubleEachTime(moments)) return;
  }
  ADD_FAILURE() << "seconds: " << ::testing::PrintToString(moments);
}

TEST_F(SimulatedHost, RetransmissionsBackOff) {
  const int s = acceptedFromHost();
  relayFor(0.05); // the handshake's last segment
  Result<LiveCapture> capture = LiveCapture::open("sockwalk0");
  ASSERT_TRUE(capture) << capture.error().message;
  ASSERT_TRUE(sockwalk::testing::run("ip addr del 10.77.0.1/24 dev sockwalk0")) << "from here on nobody is there";
  type("send(c, \"are you there?\", 14, 0)");
  relayFor(3.4);
  close(s);
  std::vector<double> gaps;
  const auto frames = capture->poll(10000);
  ASSERT_TRUE(frames);
  s64 before = -1;
  for (const LiveFrame& frame : *frames) {
    const FrameHeaders headers = parseHeaders(frame.bytes);
    if (!headers.tcp || headers.tcp->source != 8080 || headers.payloadLength != 14) continue;
    if (before >= 0) gaps.push_back(double(frame.epochNs - before) / Second);
    before = frame.epochNs;
  }
  ASSERT_GE(gaps.size(), 3u) << "a tail loss probe, then 0.2, 0.4, 0.8 s ...";
  EXPECT_LE(gaps.size(), 6u) << "not all of them at once";
  EXPECT_GT(gaps.back(), 2 * *std::min_element(gaps.begin(), gaps.end()));
  EXPECT_GT(gaps.back(), 0.5);
}

// ---- a server on the console

TEST_F(SimulatedHost, AServerOnTheConsoleTalksWithNc) {
  if (!isInstalled("nc")) GTEST_SKIP() << "there is no nc here";
  listenOn8080();
  const u32 accepts = type("c = accept(s, ..., ...)");
  EXPECT_FALSE(returned(accepts));
  Program nc("(echo hello; sleep 60) | nc -w 60 10.77.0.2 8080");
  ASSERT_TRUE(relay(30, [&] { return returned(accepts); })) << "accept() did not return";
  EXPECT_GE(result(accepts), 0);
  EXPECT_EQ(result(typeAndWait("n = recv(c, ..., 100, 0)")), 6);
  EXPECT_EQ(result(type("send(c, \"world\\n\", 6, 0)")), 6);
  ASSERT_TRUE(relay(30, [&] { return nc.output() == "world\n"; })) << nc.output();
  EXPECT_EQ(result(type("close(c)")), 0);
  EXPECT_EQ(result(type("close(s)")), 0);
}

TEST_F(SimulatedHost, CurlGetsAPageFromTheConsole) {
  if (!isInstalled("curl")) GTEST_SKIP() << "there is no curl here";
  listenOn8080();
  Program curl("curl -s -m 60 http://10.77.0.2:8080/");
  typeAndWait("c = accept(s, ..., ...)");
  EXPECT_GT(result(typeAndWait("recv(c, ..., 2000, 0)")), 30);
  type("send(c, \"HTTP/1.0 200 OK\\r\\nContent-Type: text/plain\\r\\n\\r\\nfrom a simulated kernel\", 68, 0)");
  type("close(c)");
  ASSERT_TRUE(relay(60, [&] { return curl.ended(); })) << "curl did not end";
  EXPECT_EQ(curl.exitCode(), 0);
  EXPECT_EQ(curl.output(), "from a simulated kernel");
}

TEST_F(SimulatedHost, ASessionOfTheWirePlaysAgainToTheSameRecord) {
  const int s = acceptedFromHost();
  type("send(c, \"x\", 1, 0)");
  relayFor(0.3);
  close(s);
  relayFor(0.3);
  const std::string path = std::filesystem::temp_directory_path() / ("sockwalk_wire_" + std::to_string(::getpid()));
  ASSERT_TRUE(session->save(path, 0, ""));
  const auto file = scenario::loadSession(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(file) << file.error().message;
  auto again = scenario::Session::open(file->stimuli, file->setup);
  ASSERT_TRUE(again) << again.error().message;
  (*again)->runAll();
  EXPECT_EQ((*again)->journal().hash(), journal().hash());
}

// ---- what is lost, and what goes away

TEST_F(SimulatedHost, WhatTheHostThrewAwayIsCounted) {
  ASSERT_TRUE(sockwalk::testing::run("ip neigh add 10.77.0.2 lladdr 52:54:00:12:34:56 dev sockwalk0"));
  const int s = socket(AF_INET, SOCK_DGRAM, 0);
  const sockaddr_in to = addressOf("10.77.0.2", 9);
  constexpr u32 Sent = 5000; // while nobody reads: more than its queue holds
  for (u32 i = 0; i < Sent; ++i) sendto(s, "x", 1, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  close(s);
  const auto counts = [&] { return feed->counts(); };
  ASSERT_TRUE(relay(20, [&] { return counts().received + counts().missed >= Sent; }))
      << counts().received << " received, " << counts().missed << " missed";
  EXPECT_GT(counts().missed, 1000u);
  EXPECT_GT(counts().received, 100u);
  EXPECT_EQ(counts().refused, 0u);
}

TEST_F(SimulatedHost, WhatADeviceThatIsDownDoesNotTakeIsCounted) {
  EXPECT_TRUE(feed->tap().check());
  ASSERT_TRUE(sockwalk::testing::run("ip link set sockwalk0 down"));
  const Result<void> down = feed->tap().check();
  ASSERT_FALSE(down);
  EXPECT_EQ(down.error().message,
            "sockwalk0: the interface is down. To bring it up, type:\nsudo ip link set sockwalk0 up");
  type("s = socket(AF_INET, SOCK_DGRAM, 0)");
  type("sendto(s, \"x\", 1, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr(\"10.77.0.1\")}, 16)");
  relayFor(0.1);
  EXPECT_EQ(broken, "");
  EXPECT_GE(feed->counts().refused, 1u);
  ASSERT_TRUE(sockwalk::testing::run("ip link set sockwalk0 up"));
  EXPECT_TRUE(feed->tap().check());
  if (!isInstalled("ping")) return;
  Program ping("ping -q -c 1 -W 20 10.77.0.2");
  EXPECT_TRUE(relay(30, [&] { return ping.ended(); }));
  EXPECT_EQ(ping.exitCode(), 0) << "it goes on where the device comes back";
}

TEST_F(SimulatedHost, ADeviceThatIsGoneIsASentence) {
  ASSERT_TRUE(sockwalk::testing::run("ip link del sockwalk0"));
  relayFor(0.5);
  const std::string sentence = "sockwalk0: the interface is gone: somebody has removed it. To make it again, type:\n"
                               "sudo ip tuntap add dev sockwalk0 mode tap user $USER\n";
  EXPECT_TRUE(broken.starts_with(sentence)) << broken;
  const Result<void> gone = feed->tap().check();
  ASSERT_FALSE(gone);
  EXPECT_TRUE(gone.error().message.starts_with(sentence)) << gone.error().message;
}

TEST_F(SimulatedHost, ASessionOutlivesItsFeed) {
  type("s = socket(AF_INET, SOCK_DGRAM, 0)");
  feed.reset();
  EXPECT_TRUE(session->console("sendto(s, \"x\", 1, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = "
                               "inet_addr(\"10.77.0.1\")}, 16)"))
      << "into the void";
}

} // namespace
