#include "engine/feed/headers.h"
#include "engine/feed/live_capture.h"
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
