// The driver of the Intel 82540EM ("e1000"): descriptor rings in memory, registers that say how far each side is, one
// interrupt. Source: drivers/net/ethernet/intel/e1000/. Transmission: e1000_tx.cpp; reception: e1000_rx.cpp.
#pragma once
#include "engine/kernel/include/linux/napi.h"

namespace sockwalk::kernel {

// Registers: byte offsets in the device's memory.
enum : u32 {
  E1000_CTRL = 0x0000,
  E1000_STATUS = 0x0008,
  E1000_ICR = 0x00c0,
  E1000_ITR = 0x00c4,
  E1000_ICS = 0x00c8,
  E1000_IMS = 0x00d0,
  E1000_IMC = 0x00d8,
  E1000_RCTL = 0x0100,
  E1000_TCTL = 0x0400,
  E1000_RDBAL = 0x2800,
  E1000_RDBAH = 0x2804,
  E1000_RDLEN = 0x2808,
  E1000_RDH = 0x2810,
  E1000_RDT = 0x2818,
  E1000_TDBAL = 0x3800,
  E1000_TDBAH = 0x3804,
  E1000_TDLEN = 0x3808,
  E1000_TDH = 0x3810,
  E1000_TDT = 0x3818,
  E1000_MPC = 0x4010,
  E1000_REGISTERS = 0x8000
};
// Causes of an interrupt (ICR, IMS, IMC).
enum : u32 {
  E1000_ICR_TXDW = 0x01,
  E1000_ICR_TXQE = 0x02,
  E1000_ICR_LSC = 0x04,
  E1000_ICR_RXSEQ = 0x08,
  E1000_ICR_RXDMT0 = 0x10,
  E1000_ICR_RXO = 0x40,
  E1000_ICR_RXT0 = 0x80,
  IMS_ENABLE_MASK = E1000_ICR_RXT0 | E1000_ICR_TXDW | E1000_ICR_RXDMT0 | E1000_ICR_RXSEQ | E1000_ICR_LSC
};
enum : u32 {
  E1000_RXD_STAT_DD = 0x01,
  E1000_RXD_STAT_EOP = 0x02,
  E1000_RXD_STAT_IXSM = 0x04,
  E1000_RXD_STAT_VP = 0x08,
  E1000_RXD_STAT_TCPCS = 0x20,
  E1000_RXD_ERR_FRAME_ERR_MASK = 0x97,
  E1000_RXD_ERR_TCPE = 0x20,
  E1000_RXD_SPC_VLAN_MASK = 0x0fff
};
enum : u32 {
  E1000_TXD_CMD_EOP = 0x01000000,
  E1000_TXD_CMD_IFCS = 0x02000000,
  E1000_TXD_CMD_RS = 0x08000000,
  E1000_TXD_CMD_DEXT = 0x20000000,
  E1000_TXD_CMD_IDE = 0x80000000,
  E1000_TXD_STAT_DD = 0x01,
  E1000_TXD_DTYP_D = 0x00100000,
  E1000_TXD_POPTS_IXSM = 0x01,
  E1000_TXD_POPTS_TXSM = 0x02,
  E1000_TXD_CMD_TCP = 0x01000000,
  E1000_TXD_CMD_IP = 0x02000000,
  E1000_TXD_CMD_TSE = 0x04000000
};
enum : u32 { E1000_RCTL_EN = 0x02, E1000_RCTL_UPE = 0x08, E1000_RCTL_MPE = 0x10, E1000_RCTL_BAM = 0x8000 };
constexpr u64 E1000_DOWN_BIT = 1ull << 2; // __E1000_DOWN of adapter->flags
constexpr u32 E1000_DEFAULT_RXD = 256, E1000_DEFAULT_TXD = 256, MAXIMUM_ETHERNET_VLAN_SIZE = 1522;
constexpr u32 E1000_HEADROOM = NET_SKB_PAD + NET_IP_ALIGN, E1000_RX_BUFFER_WRITE = 16;

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
