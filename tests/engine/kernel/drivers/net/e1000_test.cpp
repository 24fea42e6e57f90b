// eth0, an e1000: what its hardware takes and what it does not, its ring, its interrupts, and what it sends.
#include "engine/kernel/drivers/net/ethernet/intel/e1000/e1000.h"
#include "engine/memory/constants/e1000.h"
#include "tests/engine/kernel/drivers/net/frames.h"

namespace sockwalk::kernel {
namespace {

struct E1000 : OnTheWire {};

TEST_F(E1000, AFrameClimbsToItsSocketAndIsCounted) {
  const auto before = eth0()->stats.rx_packets;
  arrives(onEthernet(datagram(7000, "hello")));
  EXPECT_EQ(received(), "hello");
  EXPECT_EQ(eth0()->stats.rx_packets, before + 1);
}

TEST_F(E1000, TakesItsOwnAddressEverybodysAndGroups) {
  arrives(onEthernet(datagram(7000, "mine")));
  arrives(onEthernet(datagram(7000, "everybody"), {0xff, 0xff, 0xff, 0xff, 0xff, 0xff}));
  arrives(onEthernet(datagram(7000, "somebody"), {0x52, 0x54, 0x00, 0x99, 0x99, 0x99}));
  EXPECT_EQ(received(), "mine everybody");
  EXPECT_EQ(notes("wire.other_address"), 1);
}

TEST_F(E1000, SaysWhyItDropsAFrame) {
  arrives(Frame(13, 0xff));
  EXPECT_EQ(notes("wire.too_short"), 1);
  arrives(Frame(1519, 0xff));
  EXPECT_EQ(notes("wire.too_long"), 1);
  EXPECT_EQ(eth0()->stats.rx_length_errors, 2u);
  arrives(Frame(1518, 0xff));
  EXPECT_EQ(notes("wire.too_long"), 1) << "1514 bytes and a VLAN tag are as long as one may be";
}

TEST_F(E1000, ABurstFillsTheRingAndTheRestIsMissed) {
  std::vector<Frame> frames;
  for (u32 i = 0; i < E1000_DEFAULT_RXD + 10; ++i) frames.push_back(onEthernet(datagram(9, "x")));
  receiveBurst(m.machine, Eth0, frames, "a burst");
  const u32 free = E1000_DEFAULT_RXD - 2; // full and empty must differ, for the driver and for the device
  EXPECT_EQ(eth0()->stats.rx_missed_errors, E1000_DEFAULT_RXD + 10 - free);
  EXPECT_EQ(notes("wire.ring_full"), static_cast<int>(E1000_DEFAULT_RXD + 10 - free));
  arrives(onEthernet(datagram(7000, "after the burst")));
  EXPECT_EQ(received(), "after the burst") << "the ring was filled up again";
}

TEST_F(E1000, AFrameForADeviceThatIsDownIsLost) {
  MachineOptions two;
  two.nics = 2; // eth1 is there, and nobody has opened it
  KernelMachine other(two);
  receiveFrame(other.machine, Eth0 + 1, onEthernet(datagram(7000, "nobody hears")), "a frame");
  EXPECT_EQ(notesOf(other.machine.journal(), "wire.device_down"), 1);
}

TEST_F(E1000, AnswersAPingAndTellsOfItALittleLater) {
  Frame echo;
  append(echo, {8, 0, 0, 0, 0, 1, 0, 1});
  const u16 sum = sumOf(echo.data(), echo.size());
  echo[2] = static_cast<u8>(sum >> 8), echo[3] = static_cast<u8>(sum);
  arrives(onEthernet(packet(1, echo)));
  ASSERT_FALSE(sent.empty()); // an ARP request first: the asker's hardware address is not known
  EXPECT_EQ(sent.back()[12] << 8 | sent.back()[13], 0x0806);
  EXPECT_EQ(sent.back().size(), 60u) << "short frames are padded";
  const e1000_adapter* adapter = e1000_priv(eth0());
  EnterMachine enter(m.machine);
  EXPECT_GE(m.machine.nextTimer(), m.machine.now()) << "the interrupt that says 'sent' is a timer";
  m.machine.runUntil(m.machine.now() + 1'000'000);
  EXPECT_EQ(adapter->tx_ring->next_to_clean, adapter->tx_ring->next_to_use) << "then the buffers are given back";
}

} // namespace
} // namespace sockwalk::kernel
