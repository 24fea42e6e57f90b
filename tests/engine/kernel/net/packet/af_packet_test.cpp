// Packet sockets do not receive here: frames pass them by, with a word, and reach whom else they are for.
#include "tests/engine/kernel/drivers/net/frames.h"

namespace sockwalk::kernel {
namespace {

constexpr int AfPacket = 17, Raw = 3, Dgram = 2, OldPacket = 10, AllTypes = 0x0300;

struct PacketSocket : OnTheWire {};

TEST_F(PacketSocket, DoesNotStopWhatOthersReceive) {
  const int tap = m.socket(AfPacket, Raw, AllTypes);
  ASSERT_GE(tap, 0);
  arrives(onEthernet(datagram(7000, "one")));
  EXPECT_EQ(received(), "one");
  EXPECT_EQ(notes("packet.passed_over"), 1);
  EXPECT_EQ(m.close(tap), 0);
  arrives(onEthernet(datagram(7000, "two")));
  EXPECT_EQ(received(), "two");
  EXPECT_EQ(notes("packet.passed_over"), 1) << "it is closed: nothing passes it any more";
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(PacketSocket, OfEachKindIsPassedOver) {
  for (const int fd : {m.socket(AfPacket, Dgram, 0x0008), m.socket(2, OldPacket, AllTypes)}) ASSERT_GE(fd, 0);
  arrives(onEthernet(datagram(7000, "hello")));
  EXPECT_EQ(received(), "hello");
  EXPECT_EQ(notes("packet.passed_over"), 2);
}

TEST_F(PacketSocket, AloneLeavesNoBufferBehind) {
  const int tap = m.socket(AfPacket, Raw, 0xb588); // an EtherType that nobody else takes: 0x88b5
  Frame frame = onEthernet(datagram(7000, "x"));
  frame[12] = 0x88, frame[13] = 0xb5;
  constexpr int Many = 200;
  for (int i = 0; i < Many; ++i) arrives(frame);
  EXPECT_EQ(notes("packet.passed_over"), Many);
  EXPECT_LT(m.census()["skbuff_head_cache"], 100u) << "what lives are those that the driver keeps in stock";
  EXPECT_EQ(m.close(tap), 0);
}

} // namespace
} // namespace sockwalk::kernel
