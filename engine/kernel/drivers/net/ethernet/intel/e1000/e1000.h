// The driver of the Intel 82540EM ("e1000"): descriptor rings in memory, registers that say how far each side is, one
// interrupt. Source: drivers/net/ethernet/intel/e1000/. Transmission: e1000_tx.cpp; reception: e1000_rx.cpp.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

// Registers: byte offsets in the device's memory.
enum : u32 { E1000_REGISTERS = 0x8000 };
constexpr u64 E1000_DOWN_BIT = 1ull << 2; // __E1000_DOWN of adapter->flags

inline const e1000_adapter* e1000_priv(const net_device* netdev) {
  return static_cast<const e1000_adapter*>(netdev_priv(netdev));
}
inline u32 er32(const e1000_hw* hw, u32 reg) {
  u32 value;
  std::memcpy(&value, hw->hw_addr + reg, 4);
  return value;
}
inline void ew32(const e1000_hw* hw, u32 reg, u32 value, int line = __builtin_LINE()) {
  setBytes(hw->hw_addr + reg, &value, 4, line);
}
inline const e1000_rx_desc* E1000_RX_DESC(const e1000_rx_ring* ring, u32 i) {
  return static_cast<const e1000_rx_desc*>(ring->desc.get()) + i;
}
inline const e1000_tx_desc* E1000_TX_DESC(const e1000_tx_ring* ring, u32 i) {
  return static_cast<const e1000_tx_desc*>(ring->desc.get()) + i;
}
template <class Ring> u32 E1000_DESC_UNUSED(const Ring* r) {
  return (r->next_to_clean > r->next_to_use ? 0 : r->count) + r->next_to_clean - r->next_to_use - 1;
}

// ---- e1000_main.cpp
bool isCard(const net_device* dev); // one of this driver's
int e1000_init_module(u32 devices); // as many as the bus has
void e1000_irq_enable(const e1000_adapter* adapter);
void e1000_irq_disable(const e1000_adapter* adapter);

// ---- e1000_rx.cpp
int e1000_setup_rx_resources(const e1000_adapter* adapter);
void e1000_free_rx_resources(const e1000_adapter* adapter);
void e1000_configure_rx(const e1000_adapter* adapter);
bool e1000_clean_rx_irq(const e1000_adapter* adapter, const e1000_rx_ring* rx_ring, s32* work_done, s32 work_to_do);
void e1000_alloc_rx_buffers(const e1000_adapter* adapter, const e1000_rx_ring* rx_ring, s32 cleaned_count);

// ---- e1000_tx.cpp
int e1000_setup_tx_resources(const e1000_adapter* adapter); // ring of E1000_DEFAULT_TXD in adapter->tx_ring[0]
void e1000_free_tx_resources(const e1000_adapter* adapter);
void e1000_configure_tx(const e1000_adapter* adapter);                               // tdh, tdt and the registers
bool e1000_clean_tx_irq(const e1000_adapter* adapter, const e1000_tx_ring* tx_ring); // true: all was cleaned
s32 e1000_xmit_frame(const sk_buff* skb, const net_device* netdev);

} // namespace sockwalk::kernel
