#include "engine/feed/headers.h"
#include "engine/feed/tap.h"
#include "tests/engine/feed/frames.h"
#include "tests/engine/feed/host_network.h"
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

const std::string Commands = "sudo ip tuntap add dev sockwalk0 mode tap user $USER\n"
                             "sudo ip addr add 10.77.0.1/24 dev sockwalk0\n"
                             "sudo ip link set sockwalk0 up";

#define SKIP_WITHOUT_TAP(network)                                                                                      \
  if (!network.reason().empty()) GTEST_SKIP() << network.reason();                                                     \
  if (!run("ip tuntap add dev sockwalk0 mode tap")) GTEST_SKIP() << "this machine has no TAP devices"

/// The next IPv4 or ARP frame that the host sends, empty after five seconds without one.
Bytes nextFrame(Tap& tap) {
  Bytes frame;
  pollfd waiting{tap.fd(), POLLIN, 0};
  while (::poll(&waiting, 1, 5000) == 1) {
    Result<bool> got = tap.read(frame);
    EXPECT_TRUE(got) << got.error().message;
    FrameHeaders headers = parseHeaders(frame);
    if (got && *got && (headers.arp || headers.ipv4)) return frame;
  }
  return {};
}

TEST(Tap, TheHostsDatagramArrivesAndOursIsReceived) {
  PrivateNetwork network;
  SKIP_WITHOUT_TAP(network);
  ASSERT_TRUE(run("sysctl -w net.ipv6.conf.sockwalk0.disable_ipv6=1; ip addr add 10.77.0.1/24 dev sockwalk0 &&"
                  "ip link set sockwalk0 up"));
  Result<Tap> tap = Tap::open({});
  ASSERT_TRUE(tap) << tap.error().message;
  EXPECT_TRUE(tap->warnings().empty());
  Bytes frame;
  Result<bool> none = tap->read(frame);
  ASSERT_TRUE(none);

  int sock = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(7777);
  inet_pton(AF_INET, "10.77.0.2", &to.sin_addr);
  ASSERT_EQ(sendto(sock, "hello", 5, 0, reinterpret_cast<sockaddr*>(&to), sizeof to), 5);

  FrameHeaders asked = parseHeaders(nextFrame(*tap));
  ASSERT_TRUE(asked.arp);
  EXPECT_EQ(ipv4Text(asked.arp->target), "10.77.0.2");
  Bytes host(asked.arp->senderMac.begin(), asked.arp->senderMac.end());
  Bytes answer = host + mac(2) + be16(EtherArp) + be16(1) + be16(EtherIpv4) + Bytes{6, 4} + be16(2) + mac(2) +
                 Bytes{10, 77, 0, 2} + host + Bytes{10, 77, 0, 1};
  Result<bool> sent = tap->write(answer);
  ASSERT_TRUE(sent && *sent);

  Bytes datagram = nextFrame(*tap);
  FrameHeaders got = parseHeaders(datagram);
  ASSERT_TRUE(got.udp);
  EXPECT_EQ(got.udp->destination, 7777);
  EXPECT_EQ(Bytes(datagram.end() - 5, datagram.end()), (Bytes{'h', 'e', 'l', 'l', 'o'}));
  close(sock);
}

TEST(Tap, WarnsOfAnInterfaceThatIsDown) {
  PrivateNetwork network;
  SKIP_WITHOUT_TAP(network);
  Result<Tap> tap = Tap::open({});
  ASSERT_TRUE(tap) << tap.error().message;
  std::vector<std::string> warnings = tap->warnings();
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_NE(warnings[0].find("sudo ip link set sockwalk0 up"), std::string::npos);
  EXPECT_NE(warnings[1].find("sudo ip addr add 10.77.0.1/24 dev sockwalk0"), std::string::npos);
  Result<bool> sent = tap->write(Bytes(60));
  ASSERT_FALSE(sent);
  EXPECT_NE(sent.error().message.find("the interface is down"), std::string::npos) << sent.error().message;

  Result<Tap> second = Tap::open({});
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("another program holds the interface"), std::string::npos)
      << second.error().message;
}

TEST(Tap, SaysWhatToTypeForAMissingInterface) {
  if (access("/dev/net/tun", R_OK | W_OK) != 0) GTEST_SKIP() << "this machine has no TAP devices";
  PrivateNetwork network;
  Result<Tap> tap = Tap::open({.interface = "sockwalk0"});
  if (tap) GTEST_SKIP() << "this machine has a sockwalk0";
  EXPECT_EQ(tap.error().message, "sockwalk0: there is no such interface. To make it once, type:\n" + Commands);
}

TEST(Tap, SaysWhatToTypeForAnInterfaceThatIsNoTap) {
  PrivateNetwork network;
  SKIP_WITHOUT_TAP(network);
  ASSERT_TRUE(run("ip tuntap add dev layer3 mode tun"));
  Result<Tap> tap = Tap::open({.interface = "layer3"});
  ASSERT_FALSE(tap);
  EXPECT_NE(tap.error().message.find("layer3: the interface is not a single-queue TAP device"), std::string::npos)
      << tap.error().message;
}

TEST(Tap, SaysWhatToTypeForAMissingDeviceFile) {
  Result<Tap> tap = Tap::open({.devicePath = "/nowhere/tun"});
  ASSERT_FALSE(tap);
  EXPECT_NE(
      tap.error().message.find("/nowhere/tun: the TUN/TAP device is missing. To have it, type:\nsudo modprobe tun"),
      std::string::npos)
      << tap.error().message;
}

std::string openAsNobody(const TapOptions& options) {
  return asNobody([&] {
    Result<Tap> tap = Tap::open(options);
    return tap ? "(it opened)" : tap.error().message;
  });
}

TEST(Tap, SaysWhatToTypeForADeviceFileWithoutRights) {
  TemporaryFile file({});
  chmod(file.path().c_str(), 0);
  std::string message = openAsNobody({.devicePath = file.path()});
  EXPECT_EQ(message, file.path() + ": no right to open the TUN/TAP device. To grant it once, type:\nsudo chmod 666 " +
                         file.path());
}

TEST(Tap, NeedsNoRootForAnInterfaceMadeForTheUser) {
  PrivateNetwork network;
  SKIP_WITHOUT_TAP(network);
  if (openAsNobody({.interface = "nosuch0"}).find("no right") != std::string::npos)
    GTEST_SKIP() << "/dev/net/tun is not open to every user here";
  ASSERT_TRUE(run("ip tuntap add dev mine0 mode tap user 65534 && ip tuntap add dev theirs0 mode tap user 12345"));
  EXPECT_EQ(openAsNobody({.interface = "mine0"}), "(it opened)");
  std::string message = openAsNobody({.interface = "theirs0"});
  EXPECT_TRUE(message.starts_with("theirs0: the interface belongs to somebody else. To make it yours, type:\n"
                                  "sudo ip link del theirs0\nsudo ip tuntap add dev theirs0 mode tap user $USER\n"))
      << message;
}

TEST(Tap, RefusesNamesThatCannotBe) {
  for (const char* name : {"", "a name", "far-too-long-a-name", "x;reboot", "../x"})
    EXPECT_FALSE(Tap::open({.interface = name})) << name;
}

} // namespace
