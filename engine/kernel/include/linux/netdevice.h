// Network devices: flags and features, registration, opening, and the way to the transmit queue.
// Source: include/linux/netdevice.h, include/uapi/linux/if.h, net/core/dev.c. NAPI and reception: see there.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

inline u32 LL_RESERVED_SPACE(const net_device* dev) {
  return ((dev->hard_header_len + dev->needed_headroom) & ~15u) + 16;
}

inline const net* dev_net(const net_device* dev) { return dev->nd_net.net; }
inline const void* netdev_priv(const net_device* dev) {
  return reinterpret_cast<const u8*>(dev) + ((sizeof(net_device) + 31) & ~31ull);
}
inline const netdev_queue* netdev_get_tx_queue(const net_device* dev, u32 index) { return dev->_tx.get() + index; }
inline bool netif_xmit_stopped(const netdev_queue* q) { return q->state & 3; }
inline bool netif_xmit_frozen_or_stopped(const netdev_queue* q) { return q->state & 7; }
inline bool netif_running(const net_device* dev) { return dev->state & 1u << __LINK_STATE_START; }
inline bool netif_carrier_ok(const net_device* dev) { return !(dev->state & 1u << __LINK_STATE_NOCARRIER); }

// A device with `sizeof_priv` bytes of its driver's behind it and a transmit queue; `setup` fills in its kind.
const net_device* alloc_netdev_mqs(int sizeof_priv, const char* name, void (*setup)(const net_device*), u32 txqs,
                                   u32 rxqs);
const net_device* alloc_etherdev_mqs(int sizeof_priv, u32 txqs, u32 rxqs);
void ether_setup(const net_device* dev);
int register_netdev(const net_device* dev);
int register_netdevice(const net_device* dev);
int dev_open(const net_device* dev);
void list_netdevice(const net_device* dev); // findable by name and index in its namespace
void netif_carrier_on(const net_device* dev);
void netif_carrier_off(const net_device* dev);
void netif_start_queue(const net_device* dev);
void netif_stop_queue(const net_device* dev);
void netif_wake_queue(const net_device* dev);
void netif_schedule_queue(const netdev_queue* txq);
const net_device* dev_get_by_index_rcu(const net* net, int ifindex);
const net_device* __dev_get_by_name(const net* net, const char* name); // host string
void netdev_core_register(); // netdev_net_ops: the hash tables of each namespace's devices

} // namespace sockwalk::kernel
