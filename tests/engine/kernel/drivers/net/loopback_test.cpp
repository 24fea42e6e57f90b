// lo: what is sent on it arrives on it, whole, and never touches a wire.
#include "tests/engine/kernel/drivers/net/frames.h"

namespace sockwalk::kernel {
namespace {

struct Loopback : OnTheWire {
  s64 sendTo(u32 address, const std::string& text) {
    const u64 to = m.address(address, 7000), from = m.user(text.data(), static_cast<u32>(text.size()));
    const u64 size = text.size();
    const int fd = socket;
    return m.call([=] { return __x64_sys_sendto(fd, from, size, 0, to, 16); });
  }
  const net_device* lo() {
    EnterMachine enter(m.machine);
    return init_net->loopback_dev;
  }
};

TEST_F(Loopback, IsTheFirstDeviceAndTakesLargePackets) {
  EXPECT_EQ(lo()->ifindex, 1);
  EXPECT_EQ(lo()->mtu, 65536u);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(lo()->name)), "lo");
}

TEST_F(Loopback, CountsEachPacketOnBothSides) {
  const u64 before = lo()->stats.tx_packets;
  EXPECT_EQ(sendTo(ip4(127, 0, 0, 1), "hello"), 5);
  EXPECT_EQ(received(), "hello");
  EXPECT_EQ(lo()->stats.tx_packets, before + 1);
  EXPECT_TRUE(sent.empty());
}

TEST_F(Loopback, AlsoCarriesWhatIsForTheHostsOtherAddresses) {
  EXPECT_EQ(sendTo(Here, "to myself"), 9);
  EXPECT_EQ(received(), "to myself");
  EXPECT_TRUE(sent.empty()) << "eth0's own address does not leave by eth0";
}

TEST_F(Loopback, APacketIsRecordedOnceAsItTurnsRound) {
  const Journal& j = m.machine.journal();
  const EventIndex from = j.size();
  sendTo(ip4(127, 0, 0, 1), "once");
  int in = 0, out = 0;
  for (EventIndex i = from; i < j.size(); ++i)
    in += j[i].type == EventType::PacketIn, out += j[i].type == EventType::PacketOut;
  EXPECT_EQ(in, 1);
  EXPECT_EQ(out, 0);
}

} // namespace
} // namespace sockwalk::kernel
