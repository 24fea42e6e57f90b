#include "engine/feed/capture_file.h"
#include "engine/feed/headers.h"
#include "engine/feed/live_capture.h"
#include "tests/engine/feed/frames.h"
#include "tests/engine/feed/host_network.h"
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

void sendHello(const char* address, std::uint16_t port) {
  int sock = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  inet_pton(AF_INET, address, &to.sin_addr);
  sendto(sock, "hello", 5, 0, reinterpret_cast<sockaddr*>(&to), sizeof to);
  close(sock);
}

TEST(LiveCapture, SeesADatagramPass) {
  PrivateNetwork network;
  if (!network.reason().empty()) GTEST_SKIP() << network.reason();
  Result<LiveCapture> capture = LiveCapture::open("lo");
  ASSERT_TRUE(capture) << capture.error().message;
  Result<std::vector<LiveFrame>> before = capture->poll();
  ASSERT_TRUE(before);
  EXPECT_TRUE(before->empty());

  sendHello("127.0.0.1", 7777);
  pollfd waiting{capture->fd(), POLLIN, 0};
  ASSERT_EQ(::poll(&waiting, 1, 5000), 1);
  bool seen = false;
  Result<std::vector<LiveFrame>> frames = capture->poll();
  ASSERT_TRUE(frames) << frames.error().message;
  for (const LiveFrame& frame : *frames) {
    FrameHeaders headers = parseHeaders(frame.bytes);
    seen |= headers.udp && headers.udp->destination == 7777 && headers.payloadLength == 5;
    EXPECT_EQ(frame.bytes.size(), frame.originalLength);
    EXPECT_GE(frame.timeNs, 0);
  }
  EXPECT_TRUE(seen);
  EXPECT_GE(capture->statistics().received, 1u);
}

// What was captured until `count` frames are there, or five seconds are over.
std::vector<LiveFrame> captured(LiveCapture& capture, std::size_t count) {
  std::vector<LiveFrame> all;
  for (pollfd waiting{capture.fd(), POLLIN, 0}; all.size() < count && ::poll(&waiting, 1, 5000) == 1;) {
    Result<std::vector<LiveFrame>> frames = capture.poll();
    EXPECT_TRUE(frames) << frames.error().message;
    if (!frames) break;
    all.insert(all.end(), frames->begin(), frames->end());
  }
  return all;
}

TEST(LiveCapture, AnyIsAllInterfacesAtOnceAndItsFileOpens) {
  PrivateNetwork network;
  if (!network.reason().empty()) GTEST_SKIP() << network.reason();
  TemporaryFile file({});
  {
    Result<LiveCapture> capture = LiveCapture::open("any", {.recordTo = file.path()});
    ASSERT_TRUE(capture) << capture.error().message;
    EXPECT_TRUE(capture->link().starts_with("LINUX_SLL2")) << capture->link();
    sendHello("127.0.0.1", 7777);
    const std::vector<LiveFrame> frames = captured(*capture, 1);
    ASSERT_FALSE(frames.empty());
    const FrameHeaders headers = parseHeaders(frames[0].bytes);
    ASSERT_TRUE(headers.udp) << "as the frame that a card would receive";
    EXPECT_EQ(headers.udp->destination, 7777);
  }
  Result<CaptureFile> written = CaptureFile::open(file.path());
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_GE(written->size(), 1u);
}

TEST(LiveCapture, TakesWhatTheFilterTakesAndKeepsSoManyBytes) {
  PrivateNetwork network;
  if (!network.reason().empty()) GTEST_SKIP() << network.reason();
  Result<LiveCapture> capture = LiveCapture::open("lo", {.filter = "udp port 7778", .snapLength = 44});
  ASSERT_TRUE(capture) << capture.error().message;
  for (const std::uint16_t port : std::initializer_list<std::uint16_t>{7777, 7778, 7779}) sendHello("127.0.0.1", port);
  const std::vector<LiveFrame> frames = captured(*capture, 1);
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(parseHeaders(frames[0].bytes).udp->destination, 7778);
  EXPECT_LE(frames[0].bytes.size(), 44u);
  EXPECT_EQ(frames[0].originalLength, 47u);
}

TEST(LiveCapture, CountsWhatNobodyPolledInTime) {
  PrivateNetwork network;
  if (!network.reason().empty()) GTEST_SKIP() << network.reason();
  Result<LiveCapture> capture = LiveCapture::open("lo");
  ASSERT_TRUE(capture) << capture.error().message;
  for (int i = 0; i < 60000 && !capture->statistics().dropped; ++i) sendHello("127.0.0.1", 7777);
  EXPECT_GT(capture->statistics().dropped, 0u);
}

// Opens and gives the sentence that says why it does not.
std::string whyNot(const std::string& interface, const LiveCapture::Options& options) {
  Result<LiveCapture> capture = LiveCapture::open(interface, options);
  return capture ? "(it opened)" : capture.error().message;
}

TEST(LiveCapture, ASentenceThatFitsEachError) {
  PrivateNetwork network;
  if (!network.reason().empty()) GTEST_SKIP() << network.reason();
  EXPECT_EQ(whyNot("lo", {.filter = "tpc port 80"}),
            "cannot capture on lo: the filter \"tpc port 80\" is wrong: syntax error");
  EXPECT_EQ(whyNot("lo", {.snapLength = 0}),
            "cannot capture on lo: expected 1 to 262144 bytes to be kept of each frame, not 0");
  EXPECT_EQ(whyNot("lo", {.recordTo = "/nowhere/x.pcap"}),
            "/nowhere/x.pcap: cannot be written: No such file or directory");
  ASSERT_TRUE(run("ip link add veth0 type veth peer name veth1"));
  EXPECT_EQ(whyNot("veth0", {}), "cannot capture on veth0: the interface is down. To bring it up, type:\n"
                                 "sudo ip link set veth0 up");
}

TEST(LiveCapture, SaysWhatIsWrongWithAFilter) {
  EXPECT_EQ(LiveCapture::filterProblem(""), "");
  EXPECT_EQ(LiveCapture::filterProblem("tcp port 80 and host 10.0.0.1"), "");
  EXPECT_EQ(LiveCapture::filterProblem("tcp port"), "syntax error");
  EXPECT_NE(LiveCapture::filterProblem("ether proto \\nosuch"), "");
}

TEST(LiveCapture, AnInterfaceThatGoesAwayIsASentenceAndOneThatGoesDownComesAgain) {
  PrivateNetwork network;
  if (!network.reason().empty()) GTEST_SKIP() << network.reason();
  ASSERT_TRUE(run("ip link add veth0 type veth peer name veth1 && ip link set veth0 up && ip link set veth1 up"));
  Result<LiveCapture> capture = LiveCapture::open("veth0");
  ASSERT_TRUE(capture) << capture.error().message;
  ASSERT_TRUE(run("ip link set veth0 down"));
  EXPECT_TRUE(capture->poll());
  ASSERT_TRUE(run("ip link set veth0 up && ip addr add 10.9.0.1/24 dev veth0"));
  sendHello("10.9.0.2", 7777); // asks for its address
  EXPECT_FALSE(captured(*capture, 1).empty());
  ASSERT_TRUE(run("ip link del veth0"));
  std::string said;
  for (int i = 0; i < 50 && said.empty(); ++i) {
    pollfd waiting{capture->fd(), POLLIN, 0};
    ::poll(&waiting, 1, 100);
    if (const auto frames = capture->poll(); !frames) said = frames.error().message;
  }
  EXPECT_EQ(said, "capture on veth0 ended: the interface is gone");
}

TEST(LiveCapture, NamesTheInterfacesThereAre) {
  PrivateNetwork network;
  if (!network.reason().empty()) GTEST_SKIP() << network.reason();
  Result<LiveCapture> capture = LiveCapture::open("nosuch0");
  ASSERT_FALSE(capture);
  EXPECT_NE(capture.error().message.find("cannot capture on nosuch0: there is no such interface; expected one of: "),
            std::string::npos)
      << capture.error().message;
  EXPECT_NE(capture.error().message.find("lo"), std::string::npos);
}

TEST(LiveCapture, SaysWhatToTypeWithoutRights) {
  std::string message = asNobody([] {
    Result<LiveCapture> capture = LiveCapture::open("lo");
    return capture ? "(it opened)" : capture.error().message;
  });
  if (message == "(it opened)") GTEST_SKIP() << "this user may capture";
  EXPECT_NE(message.find("no right to capture. To grant it once, type:\nsudo setcap cap_net_raw+ep '/"),
            std::string::npos)
      << message;
}

} // namespace
