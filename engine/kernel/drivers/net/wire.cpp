#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/drivers/net/ethernet/intel/e1000/e1000.h"
#include "engine/kernel/drivers/net/frame_record.h"
#include "engine/kernel/drivers/net/tun.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/memory/constants/e1000.h"
#include <array>

namespace sockwalk::kernel {

bool moreFramesFollow() { return machine().moreFramesFollow; }
void setMoreFramesFollow(bool more) { machine().moreFramesFollow = more; }

// The card or tun with this interface index, in whatever namespace it is: its index is its own, lo's is not.
const net_device* deviceAt(u32 ifindex) {
  for (const net* net : list_for_each_entry(net, list, net_namespace_list))
    for (const net_device* dev : list_for_each_entry(net_device, dev_list, &net->dev_base_head))
      if (dev->ifindex == static_cast<int>(ifindex) && (isCard(dev) || dev->type == ARPHRD_NONE)) return dev;
  return nullptr;
}

// CRC-32 of IEEE 802.3: what a byte leaves behind once k zero bytes have followed it.
static constexpr auto crcSteps = [] {
  std::array<std::array<u32, 256>, 8> steps{}; // [k][byte]
  for (u32 byte = 0; byte < 256; ++byte) {
    u32 crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    steps[0][byte] = crc;
  }
  for (u32 k = 1; k < 8; ++k)
    for (u32 byte = 0; byte < 256; ++byte)
      steps[k][byte] = steps[k - 1][byte] >> 8 ^ steps[0][steps[k - 1][byte] & 0xff];
  return steps;
}();

static u32 frameCheckSequence(std::span<const u8> bytes) {
  u32 crc = ~0u;
  size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) { // eight bytes at once: each by its own table
    u32 low;
    std::memcpy(&low, &bytes[i], 4);
    low ^= crc;
    crc = 0;
    for (int k = 0; k < 4; ++k) crc ^= crcSteps[7 - k][low >> 8 * k & 0xff] ^ crcSteps[3 - k][bytes[i + 4 + k]];
  }
  for (; i < bytes.size(); ++i) crc = crc >> 8 ^ crcSteps[0][(crc ^ bytes[i]) & 0xff];
  return ~crc;
}

// Is the frame for this card? Its own address, everybody's, and any group's (the group filter lets all through).
static bool addressMatches(const net_device* dev, std::span<const u8> frame) {
  return frame[0] & 1 || dev->flags & IFF_PROMISC || !std::memcmp(frame.data(), dev->dev_addr.get(), 6);
}

// Writes the frame into the buffer of the descriptor at the head, and moves the head. False: no descriptor is free.
static bool writeToRing(const e1000_adapter* adapter, std::span<const u8> frame) {
  const e1000_hw* hw = &adapter->hw;
  const u32 head = er32(hw, E1000_RDH);
  if (head == er32(hw, E1000_RDT)) return false;
  std::vector<u8> bytes(frame.begin(), frame.end());
  const e1000_rx_desc* desc = E1000_RX_DESC(adapter->rx_ring.get(), head);
  u8 status = E1000_RXD_STAT_DD | E1000_RXD_STAT_EOP | E1000_RXD_STAT_IXSM;
  if (bytes.size() >= 18 && bytes[12] == 0x81 && bytes[13] == 0x00) { // the card takes VLAN tags out
    set(desc->special, u16(bytes[14] << 8 | bytes[15]));
    status |= E1000_RXD_STAT_VP;
    bytes.erase(bytes.begin() + 12, bytes.begin() + 16);
  }
  if (bytes.size() < 60) bytes.resize(60);
  const u32 fcs = frameCheckSequence(bytes);
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<u8>(fcs >> 8 * i));
  setBytes(t_arena->at(static_cast<u32>(desc->buffer_addr)), bytes.data(), static_cast<u32>(bytes.size()));
  set(desc->length, bytes.size());
  set(desc->errors, 0);
  set(desc->status, status);
  ew32(hw, E1000_RDH, head + 1 == adapter->rx_ring->count ? 0 : head + 1);
  return true;
}

// The device's part, before any interrupt. True: there is something in the ring.
static bool takeFrame(const net_device* dev, std::span<const u8> frame) {
  recordFrame(true, dev, frame);
  const e1000_adapter* adapter = e1000_priv(dev);
  if (!(er32(&adapter->hw, E1000_RCTL) & E1000_RCTL_EN) || adapter->flags & E1000_DOWN_BIT) {
    refuseFrame(Refusal::DeviceDown, dev);
    NOTE("wire.device_down", dev);
    return false;
  }
  if (frame.size() < 14) {
    refuseFrame(Refusal::TooShort, dev);
    NOTE("wire.too_short", frame.size());
    add(dev->stats.rx_length_errors, 1);
    add(dev->stats.rx_errors, 1);
    return false;
  }
  if (const u32 most = adapter->hw.max_frame_size - 4; frame.size() > most) { // 4: the checksum of the wire
    refuseFrame(Refusal::TooLong, dev);
    NOTE("wire.too_long", frame.size(), most);
    add(dev->stats.rx_length_errors, 1);
    add(dev->stats.rx_errors, 1);
    return false;
  }
  if (!addressMatches(dev, frame)) {
    refuseFrame(Refusal::OtherAddress, dev);
    NOTE("wire.other_address", dev);
    return false;
  }
  if (writeToRing(adapter, frame)) return true;
  refuseFrame(Refusal::RingFull, dev);
  NOTE("wire.ring_full", adapter->rx_ring->count);
  add(dev->stats.rx_missed_errors, 1);
  add(dev->stats.rx_dropped, 1);
  return false;
}

void deliverFrame(u32 ifindex, std::span<const u8> frame) {
  const net_device* dev = deviceAt(ifindex);
  if (!dev || !dev->ip_ptr) return;
  if (dev->type == ARPHRD_NONE) return tun_write(dev, frame);
  if (takeFrame(dev, frame)) e1000_hw_interrupt(e1000_priv(dev), E1000_ICR_RXT0);
}

void deliverBurst(u32 ifindex, const std::vector<std::vector<u8>>& frames) {
  const net_device* dev = deviceAt(ifindex);
  if (!dev || !dev->ip_ptr) return;
  if (dev->type == ARPHRD_NONE) {
    for (const auto& packet : frames) tun_write(dev, packet);
    return;
  }
  bool any = false;
  for (const auto& frame : frames) any |= takeFrame(dev, frame);
  if (any) e1000_hw_interrupt(e1000_priv(dev), E1000_ICR_RXT0);
  else if (frames.empty()) e1000_hw_update(e1000_priv(dev));
}

void receiveFrame(const u8* frame, u32 size) {
  const net_device* eth0 = __dev_get_by_name(init_net, "eth0");
  if (eth0) deliverFrame(static_cast<u32>(eth0->ifindex), {frame, size});
}

void receiveFrame(Machine& machine, u32 ifindex, std::span<const u8> frame, std::string text, std::string caseName) {
  machine.interrupt(
      std::move(text), [=] { deliverFrame(ifindex, frame); }, std::move(caseName));
}

void receiveBurst(Machine& machine, u32 ifindex, const std::vector<std::vector<u8>>& frames, std::string text,
                  std::string caseName) {
  machine.interrupt(
      std::move(text), [&, ifindex] { deliverBurst(ifindex, frames); }, std::move(caseName));
}

} // namespace sockwalk::kernel
