// The driver's life: found on the bus, opened, interrupted, polled.
#include "engine/kernel/drivers/net/ethernet/intel/e1000/e1000.h"
#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/e1000.h"
#include <algorithm>

namespace sockwalk::kernel {

static Global<net_device_ops> e1000_netdev_ops{"e1000_netdev_ops"};
static int e1000_open(const net_device* netdev);
static int e1000_close(const net_device* netdev);
static int e1000_change_mtu(const net_device* netdev, int new_mtu);

void image_e1000() {
  set(e1000_netdev_ops->ndo_open, fn<e1000_open>);
  set(e1000_netdev_ops->ndo_stop, fn<e1000_close>);
  set(e1000_netdev_ops->ndo_start_xmit, fn<e1000_xmit_frame>);
  set(e1000_netdev_ops->ndo_change_mtu, fn<e1000_change_mtu>);
}

bool isCard(const net_device* dev) { return dev->netdev_ops.get() == e1000_netdev_ops.get(); }

void e1000_irq_enable(const e1000_adapter* adapter) {
  KFUNC(e1000_irq_enable, adapter);
  INLINED();
  ew32(&adapter->hw, E1000_IMS, IMS_ENABLE_MASK);
  e1000_hw_update(adapter);
}
void e1000_irq_disable(const e1000_adapter* adapter) {
  KFUNC(e1000_irq_disable, adapter);
  INLINED();
  ew32(&adapter->hw, E1000_IMS, 0);
}

// One turn of the softirq: what was sent is let go of, what came in is passed up. Less than the whole budget used
// means that nothing is left, and interrupts may come again.
static s32 e1000_clean(const napi_struct* napi, s32 budget) {
  KFUNC(e1000_clean, napi, budget);
  SIMPLIFIED("the interrupt rate is not adapted to the load");
  const e1000_adapter* adapter = container_of(napi, e1000_adapter, napi);
  const bool sentAll = e1000_clean_tx_irq(adapter, adapter->tx_ring);
  s32 work_done = 0;
  adapter->clean_rx(adapter, adapter->rx_ring, &work_done, budget);
  if (!sentAll || work_done == budget) return call.result(budget);
  if (napi_complete_done(napi, work_done) && !(adapter->flags & E1000_DOWN_BIT)) e1000_irq_enable(adapter);
  return call.result(work_done);
}

// ---- probe
static int e1000_sw_init(const e1000_adapter* adapter) {
  KFUNC(e1000_sw_init, adapter);
  INLINED();
  set(adapter->rx_buffer_len, MAXIMUM_ETHERNET_VLAN_SIZE);
  set(adapter->num_tx_queues, 1);
  set(adapter->num_rx_queues, 1);
  const auto* tx = kzalloc<e1000_tx_ring>(GFP_KERNEL);
  const auto* rx = kzalloc<e1000_rx_ring>(GFP_KERNEL);
  if (!tx || !rx) return kfree(tx), kfree(rx), call.result(-ENOMEM);
  set(tx->count, E1000_DEFAULT_TXD);
  set(rx->count, E1000_DEFAULT_RXD);
  set(adapter->tx_ring, tx);
  set(adapter->rx_ring, rx);
  set(adapter->flags, E1000_DOWN_BIT);
  return call.result(0);
}

// The card's place on the PCI bus, by its name: "0000:00:03.0" for the first.
static const device* slotOf(u32 nr) {
  const auto* slot = kzalloc<device>(GFP_KERNEL);
  char name[] = "0000:00:03.0";
  name[9] = static_cast<char>('3' + nr);
  const u8* text = slot ? kmallocBuffer(sizeof name, GFP_KERNEL) : nullptr;
  if (!text) return slot;
  setBytes(text, name, sizeof name);
  setAddress(&slot->init_name, text);
  return slot;
}

// The bus found a device: its registers are mapped, its address read, an Ethernet interface made for it.
static int e1000_probe(u32 nr) {
  KFUNC(e1000_probe, nr);
  SIMPLIFIED("PCI configuration, EEPROM and PHY are not simulated; the link is always up at 1000 Mb/s");
  const net_device* card = alloc_etherdev_mqs(sizeof(e1000_adapter), 1, 1);
  if (!card) return call.result(-ENOMEM);
  const e1000_adapter* adapter = e1000_priv(card);
  set(adapter->netdev, card);
  const u8* registers = kmallocBuffer(E1000_REGISTERS, GFP_KERNEL | __GFP_ZERO);
  if (!registers) return call.result(-EIO);
  set(adapter->hw.hw_addr, registers);
  set(adapter->hw.mac_type, 5); // e1000_82540
  set(adapter->hw.max_frame_size, MAXIMUM_ETHERNET_VLAN_SIZE);
  set(adapter->hw.min_frame_size, 60);
  set(card->netdev_ops, e1000_netdev_ops);
  netif_napi_add(card, &adapter->napi, fn<e1000_clean>);
  if (const int err = e1000_sw_init(adapter)) return call.result(err);
  set(card->features, NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_HW_VLAN_CTAG_RX | NETIF_F_HW_VLAN_CTAG_TX |
                          1ull << 9 /* VLAN_CTAG_FILTER */ | NETIF_F_TSO | NETIF_F_HIGHDMA | NETIF_F_GRO);
  set(card->hw_features, NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_HW_VLAN_CTAG_RX | NETIF_F_TSO | NETIF_F_RXCSUM |
                             NETIF_F_RXALL | NETIF_F_RXFCS);
  set(card->priv_flags, card->priv_flags | IFF_SUPP_NOFCS | IFF_UNICAST_FLT);
  u8 mac[6]; // burnt in; each card's is one more than the one's before
  std::memcpy(mac, machine().options().mac, 6);
  mac[5] = static_cast<u8>(mac[5] + nr);
  setBytes(card->dev_addr, mac, 6);
  setBytes(card->perm_addr, mac, 6);
  set(card->min_mtu, 46);
  set(card->max_mtu, 16110);
  set(card->watchdog_timeo, 5 * static_cast<int>(machine().options().hz));
  setBytes(card->name, "eth%d", 6);
  set(card->dev.parent, slotOf(nr));
  if (const int err = register_netdev(card)) return call.result(err);
  netif_carrier_off(card);
  return call.result(0);
}

int e1000_init_module(u32 devices) {
  KFUNC(e1000_init_module, devices);
  int err = 0;
  for (u32 nr = 0; nr < devices && !err; ++nr) err = e1000_probe(nr);
  return call.result(err);
}

// ---- open
static void e1000_configure(const e1000_adapter* adapter) {
  KFUNC(e1000_configure, adapter);
  e1000_configure_tx(adapter);
  e1000_configure_rx(adapter);
  adapter->alloc_rx_buf(adapter, adapter->rx_ring, static_cast<s32>(E1000_DESC_UNUSED(adapter->rx_ring.get())));
}

static int e1000_open(const net_device* netdev) {
  KFUNC(e1000_open, netdev);
  const e1000_adapter* adapter = e1000_priv(netdev);
  netif_carrier_off(netdev);
  int err = e1000_setup_tx_resources(adapter);
  if (!err) err = e1000_setup_rx_resources(adapter);
  if (err) return call.result(err);
  e1000_configure(adapter);
  set(adapter->flags, adapter->flags & ~E1000_DOWN_BIT);
  napi_enable(&adapter->napi);
  e1000_irq_enable(adapter);
  netif_start_queue(netdev);
  netif_carrier_on(netdev); // the kernel learns of the link from a work queue, a moment later
  return call.result(0);
}

static int e1000_close(const net_device* netdev) {
  KFUNC(e1000_close, netdev);
  const e1000_adapter* adapter = e1000_priv(netdev);
  set(adapter->flags, adapter->flags | E1000_DOWN_BIT);
  netif_carrier_off(netdev);
  netif_stop_queue(netdev);
  napi_disable(&adapter->napi);
  e1000_irq_disable(adapter);
  e1000_free_tx_resources(adapter);
  e1000_free_rx_resources(adapter);
  return call.result(0);
}

// Larger frames need larger buffers: the receiver stops, and begins again with those.
static int e1000_change_mtu(const net_device* netdev, int new_mtu) {
  KFUNC(e1000_change_mtu, netdev, new_mtu);
  SIMPLIFIED("a frame larger than a page comes in one buffer; the driver takes a chain of pages");
  const e1000_adapter* adapter = e1000_priv(netdev);
  const bool running = netdev->flags & IFF_UP;
  if (running) {
    set(adapter->flags, adapter->flags | E1000_DOWN_BIT);
    napi_disable(&adapter->napi);
    e1000_irq_disable(adapter);
    e1000_free_rx_resources(adapter);
  }
  const u32 header = 14, checkSequence = 4;
  const u32 frame = std::max(static_cast<u32>(new_mtu) + header + checkSequence, u32(MAXIMUM_ETHERNET_VLAN_SIZE));
  set(adapter->hw.max_frame_size, frame);
  set(adapter->rx_buffer_len, frame);
  set(netdev->mtu, static_cast<u32>(new_mtu));
  if (!running) return call.result(0);
  if (const int err = e1000_setup_rx_resources(adapter)) return call.result(err);
  e1000_configure_rx(adapter);
  adapter->alloc_rx_buf(adapter, adapter->rx_ring, static_cast<s32>(E1000_DESC_UNUSED(adapter->rx_ring.get())));
  set(adapter->flags, adapter->flags & ~E1000_DOWN_BIT);
  napi_enable(&adapter->napi);
  e1000_irq_enable(adapter);
  return call.result(0);
}

// ---- the interrupt
// Says which processor's softirq has to look at this device, and masks the device until it has.
static void e1000_intr(const net_device* netdev) {
  KFUNC(e1000_intr, netdev);
  const e1000_adapter* adapter = e1000_priv(netdev);
  const u32 causes = er32(&adapter->hw, E1000_ICR);
  ew32(&adapter->hw, E1000_ICR, 0); // reading it clears it
  if (!causes || adapter->flags & E1000_DOWN_BIT) return;
  ew32(&adapter->hw, E1000_IMS, 0);
  if (!napi_schedule_prep(&adapter->napi)) {
    e1000_irq_enable(adapter);
    return;
  }
  set(adapter->total_tx_bytes, 0);
  set(adapter->total_tx_packets, 0);
  set(adapter->total_rx_bytes, 0);
  set(adapter->total_rx_packets, 0);
  __napi_schedule(&adapter->napi);
}

// The processor leaves whatever it does and runs the handler that is registered for the line.
static void __handle_irq_event_percpu(const net_device* netdev) {
  KFUNC(__handle_irq_event_percpu, netdev);
  e1000_intr(netdev);
}
static void common_interrupt(const net_device* netdev) {
  KFUNC(common_interrupt, netdev);
  __handle_irq_event_percpu(netdev);
}

void e1000_hw_update(const e1000_adapter* adapter) {
  if (er32(&adapter->hw, E1000_ICR) & er32(&adapter->hw, E1000_IMS)) common_interrupt(adapter->netdev);
}
void e1000_hw_interrupt(const e1000_adapter* adapter, u32 cause) {
  ew32(&adapter->hw, E1000_ICR, er32(&adapter->hw, E1000_ICR) | cause);
  e1000_hw_update(adapter);
}

} // namespace sockwalk::kernel
