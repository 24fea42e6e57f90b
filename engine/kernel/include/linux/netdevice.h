// Network devices: flags and features, registration, opening, and the way to the transmit queue.
// Source: include/linux/netdevice.h, include/uapi/linux/if.h, net/core/dev.c. NAPI and reception: see there.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/memory/constants/skbuff.h"

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
const net_device* dev_get_by_index(const net* net, int ifindex);   // counted; nullptr: there is none
const net_device* __dev_get_by_index(const net* net, int ifindex); // not counted: the caller keeps devices as they are
const net_device* __dev_get_by_name(const net* net, const char* name); // host string
const net_device* dev_get_by_name_rcu(const net* net, const char* name);
void netdev_core_register(); // netdev_net_ops: the hash tables of each namespace's devices

// ---- what of the wire a device takes: asked for by several, so each is counted. net/core/dev.c, dev_addr_lists.c
int dev_set_promiscuity(const net_device* dev, int inc);
int dev_set_allmulti(const net_device* dev, int inc);
int dev_mc_add(const net_device* dev, const u8* addr);
int dev_mc_del(const net_device* dev, const u8* addr);
int dev_uc_add(const net_device* dev, const u8* addr);
int dev_uc_del(const net_device* dev, const u8* addr);
void __dev_set_rx_mode(const net_device* dev); // tells the driver

// ---- link headers
inline bool dev_has_header(const net_device* dev) { return dev->header_ops && dev->header_ops->create; }
inline int dev_parse_header(const sk_buff* skb, const u8* haddr) { // the sender's address; its length
  const header_ops* link = skb->dev->header_ops;
  return link && link->parse ? link->parse(skb, const_cast<u8*>(haddr)) : 0;
}

// ---- transmission
int dev_direct_xmit(const sk_buff* skb, u16 queue_id); // past the queueing discipline
int dev_queue_xmit(const sk_buff* skb);
int __dev_queue_xmit(const sk_buff* skb, const net_device* sb_dev);
const sk_buff* validate_xmit_skb_list(const sk_buff* skb, const net_device* dev);
// Gives a list of packets to the driver; what it could not take comes back, and *ret says why.
const sk_buff* dev_hard_start_xmit(const sk_buff* first, const net_device* dev, const netdev_queue* txq, int* ret);
u64 netif_skb_features(const sk_buff* skb);
u16 skb_network_protocol(const sk_buff* skb, int* depth);
int skb_checksum_help(const sk_buff* skb);
int skb_csum_hwoffload_help(const sk_buff* skb, u64 features);
void deviceCatchesUp(const net_device* dev); // eth0's: lets an interrupt come that would have come by now

// ---- byte queue limits: how much may wait in the hardware's ring. lib/dynamic_queue_limits.c
void netdev_sent_queue(const net_device* dev, u32 bytes);
void netdev_completed_queue(const net_device* dev, u32 packets, u32 bytes);

// ---- segmentation
inline bool net_gso_ok(u64 features, int gso_type) {
  const u64 wanted = u64(u32(gso_type)) << 16;
  return (features & wanted) == wanted;
}
inline bool skb_gso_ok(const sk_buff* skb, u64 features) {
  return net_gso_ok(features, static_cast<int>(skb_shinfo(skb)->gso_type)) &&
         (!skb_has_frag_list(skb) || features & NETIF_F_FRAGLIST);
}
inline bool netif_needs_gso(const sk_buff* skb, u64 features) {
  const bool summed = skb->ip_summed == CHECKSUM_PARTIAL || skb->ip_summed == CHECKSUM_UNNECESSARY;
  return skb_is_gso(skb) && (!skb_gso_ok(skb, features) || !summed);
}
// The segments as a list, which begins where `skb` did; nullptr: it need not be cut. An ERR_PTR if it cannot be.
const sk_buff* __skb_gso_segment(const sk_buff* skb, u64 features, bool tx_path);
inline const sk_buff* skb_gso_segment(const sk_buff* skb, u64 features) {
  return __skb_gso_segment(skb, features, true);
}

// ---- reception: NAPI, protocols, offloads
extern Global<softnet_data> this_cpu_softnet;         // the processor's share of the network's receive work
extern Global<list_head> ptype_all;                   // who wants every packet (AF_PACKET sockets)
extern Global<list_head[PTYPE_HASH_SIZE]> ptype_base; // who wants packets of one protocol: IP, ARP
extern Global<list_head> offload_base;
void net_rx_init(); // the receive half of net_dev_init()
void dev_add_pack(const packet_type* pt);
void __dev_remove_pack(const packet_type* pt);
void dev_remove_pack(const packet_type* pt);
int deliver_skb(const sk_buff* skb, const packet_type* pt_prev, const net_device* orig_dev);
bool dev_nit_active(const net_device* dev); // does anybody want to see what it sends?
void dev_queue_xmit_nit(const sk_buff* skb, const net_device* dev);
void dev_add_offload(const packet_offload* po);
void netif_napi_add(const net_device* dev, const napi_struct* napi,
                    const TypedSymbol<s32(const napi_struct*, s32)>& poll);
void napi_enable(const napi_struct* n);
void napi_disable(const napi_struct* n);
bool napi_schedule_prep(const napi_struct* n);
void __napi_schedule(const napi_struct* n);
bool napi_complete_done(const napi_struct* n, int work_done);
int __netif_rx(const sk_buff* skb); // loopback's way in, through the backlog
int netif_rx(const sk_buff* skb);
int netif_receive_skb(const sk_buff* skb);
void netif_receive_skb_list_internal(const list_head* head);
void dev_core_stats_rx_dropped_inc(const net_device* dev);
void dev_core_stats_rx_otherhost_dropped_inc(const net_device* dev);
gro_result napi_gro_receive(const napi_struct* napi, const sk_buff* skb);
void napi_gro_flush(const napi_struct* napi, bool flush_old);

int dev_set_mtu(const net_device* dev, u32 mtu); // ip link set dev DEV mtu N
// ip link set DEV netns NET [name NAME]: a device that is down; "" keeps its name.
int dev_change_net_namespace(const net_device* dev, const net* net, const char* name);
void __netif_schedule(const Qdisc* q);

} // namespace sockwalk::kernel
