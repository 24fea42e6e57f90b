// Network devices: flags and features, registration, opening, and the way to the transmit queue.
// Source: include/linux/netdevice.h, include/uapi/linux/if.h, net/core/dev.c. NAPI and reception: see there.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/net_namespace.h"

namespace sockwalk::kernel {

constexpr u32 IFF_UP = 1, IFF_BROADCAST = 2, IFF_LOOPBACK = 8, IFF_POINTOPOINT = 0x10, IFF_NOARP = 0x80,
              IFF_PROMISC = 0x100, IFF_ALLMULTI = 0x200, IFF_MULTICAST = 0x1000;
constexpr u64 IFF_XMIT_DST_RELEASE = 1ull << 10, IFF_LIVE_ADDR_CHANGE = 1ull << 15, IFF_TX_SKB_SHARING = 1ull << 16,
              IFF_NO_QUEUE = 1ull << 21, IFF_XMIT_DST_RELEASE_PERM = 1ull << 17, IFF_SUPP_NOFCS = 1ull << 14,
              IFF_UNICAST_FLT = 1ull << 12;
constexpr u64 NETIF_F_SG = 1ull << 0, NETIF_F_IP_CSUM = 1ull << 1, NETIF_F_HW_CSUM = 1ull << 3,
              NETIF_F_HIGHDMA = 1ull << 5, NETIF_F_FRAGLIST = 1ull << 6, NETIF_F_HW_VLAN_CTAG_TX = 1ull << 7,
              NETIF_F_HW_VLAN_CTAG_RX = 1ull << 8, NETIF_F_GSO = 1ull << 11, NETIF_F_LLTX = 1ull << 12,
              NETIF_F_NETNS_LOCAL = 1ull << 13, NETIF_F_GRO = 1ull << 14, NETIF_F_TSO = 1ull << 16,
              NETIF_F_GSO_UDP_L4 = 1ull << 33, NETIF_F_RXCSUM = 1ull << 40, NETIF_F_LOOPBACK = 1ull << 43,
              NETIF_F_NO_CSUM = 1ull << 3, NETIF_F_SCTP_CRC = 1ull << 30, NETIF_F_VLAN_CHALLENGED = 1ull << 10,
              NETIF_F_CSUM_MASK = NETIF_F_IP_CSUM | NETIF_F_HW_CSUM | 1ull << 4, NETIF_F_RXFCS = 1ull << 38,
              NETIF_F_RXALL = 1ull << 39;
enum { ARPHRD_ETHER = 1, ARPHRD_LOOPBACK = 772, ARPHRD_NONE = 0xfffe };
enum { NETREG_UNINITIALIZED, NETREG_REGISTERED };
enum { __LINK_STATE_START, __LINK_STATE_PRESENT, __LINK_STATE_NOCARRIER, __LINK_STATE_LINKWATCH_PENDING };
enum { __QUEUE_STATE_DRV_XOFF, __QUEUE_STATE_STACK_XOFF, __QUEUE_STATE_FROZEN };
enum { NETDEV_TX_OK = 0, NETDEV_TX_BUSY = 0x10, NET_XMIT_SUCCESS = 0, NET_XMIT_DROP = 1, NET_XMIT_CN = 2 };
enum { NETDEV_UP = 1, NETDEV_DOWN, NETDEV_REGISTER = 5, NETDEV_UNREGISTER };
constexpr int LOOPBACK_IFINDEX = 1;
constexpr u32 NETDEV_HASHENTRIES = 256;
constexpr u32 DEFAULT_TX_QUEUE_LEN = 1000;
constexpr u32 LL_MAX_HEADER = 96 + 32; // room for the headers of the link, as this kernel is configured
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
