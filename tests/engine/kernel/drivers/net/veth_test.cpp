// A veth pair: two devices, what one sends the other receives; each end knows whether the other is up.
#include "tests/engine/kernel/net/networks.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 A = ip4(10, 1, 0, 1), B = ip4(10, 1, 0, 2);

struct Veth : testing::Test {
  Network n;
  Host a = n.host("a"), b = n.host("b");
  void SetUp() override { n.veth(a, "one", b, "other"); }
};
bool carrier(const net_device* dev) { return !(dev->state >> __LINK_STATE_NOCARRIER & 1); }

TEST_F(Veth, HasCarrierWhenBothEndsAreUp) {
  n.up(a, "one", A, 24);
  EXPECT_FALSE(carrier(n.device(a, "one"))) << "the other end is still down";
  n.up(b, "other", B, 24);
  EXPECT_TRUE(carrier(n.device(a, "one")));
  EXPECT_TRUE(carrier(n.device(b, "other")));
}

TEST_F(Veth, GivesEachEndAnAddressThatNobodyOwns) {
  const net_device *one = n.device(a, "one"), *other = n.device(b, "other");
  for (const net_device* dev : {one, other}) EXPECT_EQ(dev->dev_addr[0] & 3, 2) << "made up, and no group's";
  EXPECT_NE(std::memcmp(one->dev_addr.get(), other->dev_addr.get(), 6), 0);
}

TEST_F(Veth, CountsTheSameBytesOnBothSides) {
  n.up(a, "one", A, 24);
  n.up(b, "other", B, 24);
  const int in = n.udp(b, B, 7000), out = n.udp(a);
  EXPECT_EQ(n.sendTo(a, out, "across", B, 7000), 6);
  EXPECT_EQ(n.receive(b, in), "across");
  EXPECT_EQ(n.device(a, "one")->stats.tx_bytes, n.device(b, "other")->stats.rx_bytes);
  EXPECT_EQ(n.device(a, "one")->stats.rx_packets, n.device(b, "other")->stats.tx_packets);
}

TEST_F(Veth, APacketLosesItsPathsMarksOnTheWayToAnotherNamespace) {
  n.up(a, "one", A, 24);
  n.up(b, "other", B, 24);
  n.udp(b, B, 7000);
  const int out = n.udp(a);
  n.sendTo(a, out, "x", B, 7000);
  const Journal& j = n.m.machine.journal();
  int scrubbed = 0;
  for (EventIndex i = 0; i < j.size(); ++i)
    scrubbed += j[i].type == EventType::Call && j.function(j[i]).name == "skb_scrub_packet";
  EXPECT_GE(scrubbed, 3) << "an ARP question, its answer, and the datagram";
}

} // namespace
} // namespace sockwalk::kernel
