// Who gets a packet that came in: first those who want all of them, then the protocol that its type names.
#include "engine/kernel/include/linux/if_vlan.h"
#include "engine/kernel/include/linux/napi.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/tcp_calls.h"
#include <utility>

namespace sockwalk::kernel {

Global<list_head> ptype_all{"ptype_all"};
Global<list_head[PTYPE_HASH_SIZE]> ptype_base{"ptype_base"};
constexpr u16 ETH_P_ALL_WIRE = 0x0300;

static const list_head* ptype_head(const packet_type* pt) {
  if (pt->type == ETH_P_ALL_WIRE) return pt->dev ? &pt->dev->ptype_all : ptype_all.get();
  return pt->dev ? &pt->dev->ptype_specific : &ptype_base[ntohs(pt->type) & PTYPE_HASH_MASK];
}
void dev_add_pack(const packet_type* pt) {
  KFUNC(dev_add_pack, pt);
  list_add(&pt->list, ptype_head(pt));
}
void __dev_remove_pack(const packet_type* pt) {
  KFUNC(__dev_remove_pack, pt);
  list_del(&pt->list);
}
void dev_remove_pack(const packet_type* pt) {
  KFUNC(dev_remove_pack, pt);
  __dev_remove_pack(pt);
}

// Counters of what the core drops are per CPU, and a device gets its own with the first drop: rx_dropped, tx_dropped,
// rx_nohandler, rx_otherhost_dropped.
constexpr u32 MaxDevices = 32, CoreStats = 4;
static Global<u64[MaxDevices * CoreStats]> per_cpu_core_stats{"net_device_core_stats"};

static Global<u32> core_stats_given{"core_stats_given"}; // devices that have theirs

static const u64* netdev_core_stats_alloc(const net_device* dev) {
  KFUNC(netdev_core_stats_alloc, dev);
  const u64* stats = &per_cpu_core_stats[*core_stats_given % MaxDevices * CoreStats];
  add(*core_stats_given, 1);
  const u64 address = Arena::address(stats);
  setBytes(&dev->core_stats, &address, sizeof address);
  return call.result(stats);
}
static void countDrop(const net_device* dev, u32 which) {
  const u64* stats = dev->core_stats.value ? t_arena->object<u64>(dev->core_stats.value) : netdev_core_stats_alloc(dev);
  add(stats[which], 1);
}
void dev_core_stats_rx_dropped_inc(const net_device* dev) { countDrop(dev, 0); }
void dev_core_stats_rx_otherhost_dropped_inc(const net_device* dev) { countDrop(dev, 3); }

bool skb_defer_rx_timestamp(const sk_buff* skb) {
  KFUNC(skb_defer_rx_timestamp, skb);
  return call.result(false);
}

// One taker more before the last one: he gets a reference of his own.
static int deliver_skb(const sk_buff* skb, const packet_type* pt_prev, const net_device* orig_dev) {
  KFUNC(deliver_skb, skb, pt_prev, orig_dev);
  if (skb_orphan_frags_rx(skb, GFP_ATOMIC)) return call.result(-ENOMEM);
  skb_get(skb);
  return call.result(pt_prev->func(skb, skb->dev, pt_prev, orig_dev));
}

static const packet_type* deliver_ptype_list_skb(const sk_buff* skb, const packet_type* pt_prev,
                                                 const net_device* orig_dev, const list_head* ptype_list) {
  for (const packet_type* ptype : list_for_each_entry(packet_type, list, ptype_list)) {
    if (ptype->type != skb->protocol) continue;
    if (pt_prev) deliver_skb(skb, pt_prev, orig_dev);
    pt_prev = ptype;
  }
  return pt_prev;
}

static void net_timestamp_check(const sk_buff* skb) { // off until some socket asks for times of arrival
  if (*netstamp_needed && !skb->tstamp) set(skb->tstamp, machine().now());
}

// Passes the packet to all its takers but the last, who is given out: he may consume it without a further reference,
// and a list of packets with the same taker reaches him in one call.
static int __netif_receive_skb_core(const sk_buff** pskb, const packet_type** ppt_prev) {
  KFUNC(__netif_receive_skb_core, *pskb);
  SIMPLIFIED("no XDP, no traffic classification on ingress, no bridges or bonds");
  const sk_buff* skb = *pskb;
  const net_device* orig_dev = skb->dev;
  skb_reset_network_header(skb);
  if (!skb_transport_header_was_set(skb)) skb_reset_transport_header(skb);
  skb_reset_mac_len(skb);
  set(skb->skb_iif, skb->dev->ifindex);
  add(this_cpu_softnet->processed, 1);
  if (eth_type_vlan(skb->protocol)) {
    skb = *pskb = skb_vlan_untag(skb);
    if (!skb) return call.result(static_cast<int>(NET_RX_DROP));
  }
  const packet_type* pt_prev = nullptr;
  for (const list_head* taps : {static_cast<const list_head*>(ptype_all), &skb->dev->ptype_all})
    for (const packet_type* ptype : list_for_each_entry(packet_type, list, taps)) {
      if (pt_prev) deliver_skb(skb, pt_prev, orig_dev);
      pt_prev = ptype;
    }
  if (skb->vlan_present) { // no VLAN device exists here, so a tagged packet is for somebody else
    if (pt_prev) deliver_skb(skb, std::exchange(pt_prev, nullptr), orig_dev);
    if (!vlan_do_receive(&skb) && (skb->vlan_tci & VLAN_VID_MASK)) set(skb, sk_buff::bit::pkt_type, PACKET_OTHERHOST);
    set(skb, sk_buff::bit::vlan_present, 0);
  }
  pt_prev = deliver_ptype_list_skb(skb, pt_prev, orig_dev, &ptype_base[ntohs(skb->protocol) & PTYPE_HASH_MASK]);
  pt_prev = deliver_ptype_list_skb(skb, pt_prev, orig_dev, &orig_dev->ptype_specific);
  *ppt_prev = pt_prev;
  if (pt_prev && !skb_orphan_frags_rx(skb, GFP_ATOMIC)) return call.result(static_cast<int>(NET_RX_SUCCESS));
  *ppt_prev = nullptr;
  NOTE("receive.no_protocol", ntohs(skb->protocol));
  dev_core_stats_rx_dropped_inc(skb->dev);
  kfree_skb_reason(skb, SKB_DROP_REASON_UNHANDLED_PROTO);
  return call.result(static_cast<int>(NET_RX_DROP));
}

static int __netif_receive_skb_one_core(const sk_buff* skb) {
  KFUNC(__netif_receive_skb_one_core, skb);
  const net_device* orig_dev = skb->dev;
  const packet_type* pt_prev = nullptr;
  int ret = __netif_receive_skb_core(&skb, &pt_prev);
  if (pt_prev) ret = pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
  return call.result(ret);
}

int __netif_receive_skb(const sk_buff* skb) {
  KFUNC(__netif_receive_skb, skb);
  return call.result(__netif_receive_skb_one_core(skb));
}

int netif_receive_skb(const sk_buff* skb) {
  KFUNC(netif_receive_skb, skb);
  net_timestamp_check(skb);
  if (skb_defer_rx_timestamp(skb)) return call.result(static_cast<int>(NET_RX_SUCCESS));
  return call.result(__netif_receive_skb(skb));
}

// ---- lists: packets of one NAPI poll climb together as far as their taker is the same
static void __netif_receive_skb_list_ptype(const list_head* head, const packet_type* pt_prev,
                                           const net_device* orig_dev) {
  if (!pt_prev || list_empty(head)) return;
  if (pt_prev->list_func) {
    pt_prev->list_func(head, pt_prev, orig_dev);
    return;
  }
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    skb_list_del_init(skb);
    pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
  }
}

static void __netif_receive_skb_list_core(const list_head* head) {
  KFUNC(__netif_receive_skb_list_core, head);
  const packet_type* pt_curr = nullptr;
  const net_device* od_curr = nullptr;
  OnStack<list_head> sublist;
  INIT_LIST_HEAD(sublist);
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    const net_device* orig_dev = skb->dev;
    const packet_type* pt_prev = nullptr;
    skb_list_del_init(skb);
    __netif_receive_skb_core(&skb, &pt_prev);
    if (!pt_prev) continue;
    if (pt_curr != pt_prev || od_curr != orig_dev) {
      __netif_receive_skb_list_ptype(sublist, pt_curr, od_curr);
      INIT_LIST_HEAD(sublist);
      pt_curr = pt_prev;
      od_curr = orig_dev;
    }
    list_add_tail(&skb->list, sublist);
  }
  __netif_receive_skb_list_ptype(sublist, pt_curr, od_curr);
}

void netif_receive_skb_list_internal(const list_head* head) {
  KFUNC(netif_receive_skb_list_internal, head);
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    net_timestamp_check(skb);
    if (skb_defer_rx_timestamp(skb)) skb_list_del_init(skb);
  }
  if (!list_empty(head)) __netif_receive_skb_list_core(head);
}

} // namespace sockwalk::kernel
