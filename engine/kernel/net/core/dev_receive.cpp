// Who gets a packet that came in: first those who want all of them, then the protocol that its type names.
#include "engine/kernel/include/linux/if_vlan.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/core/dev.h"
#include <utility>

namespace sockwalk::kernel {

Global<list_head> ptype_all{"ptype_all"};
Global<list_head[PTYPE_HASH_SIZE]> ptype_base{"ptype_base"};
constexpr u16 ETH_P_ALL_WIRE = 0x0300;

// Four kinds of lists: takers of everything or of one type, from one device or from any.
static const list_head* ptype_head(const packet_type* pt) {
  const net_device* only = pt->dev;
  const bool everything = pt->type == ETH_P_ALL_WIRE;
  if (only) return everything ? &only->ptype_all : &only->ptype_specific;
  return everything ? ptype_all.get() : &ptype_base[ntohs(pt->type) & PTYPE_HASH_MASK];
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
int deliver_skb(const sk_buff* skb, const packet_type* pt_prev, const net_device* orig_dev) {
  KFUNC(deliver_skb, skb, pt_prev, orig_dev);
  INLINED();
  if (skb_orphan_frags_rx(skb, GFP_ATOMIC)) return call.result(-ENOMEM);
  skb_get(skb);
  return call.result(pt_prev->func(skb, skb->dev, pt_prev, orig_dev));
}

// Another taker was found: the one before him is not the last, and gets the packet now.
static const packet_type* oneMore(const sk_buff* skb, const packet_type* before, const packet_type* taker,
                                  const net_device* arrivedOn) {
  if (before) deliver_skb(skb, before, arrivedOn);
  return taker;
}
static const packet_type* deliver_ptype_list_skb(const sk_buff* skb, const packet_type* pt_prev,
                                                 const net_device* orig_dev, const list_head* ptype_list) {
  const packet_type* last = pt_prev;
  for (const packet_type* taker : list_for_each_entry(packet_type, list, ptype_list))
    if (taker->type == skb->protocol) last = oneMore(skb, last, taker, orig_dev);
  return last;
}

static void net_timestamp_check(const sk_buff* skb) { // off until some socket asks for times of arrival
  if (*netstamp_needed && !skb->tstamp) set(skb->tstamp, machine().now());
}

// The packet begins its climb: from here on `data` is the network header, and what stands before it the link layer's.
static void beginClimb(const sk_buff* skb) {
  skb_reset_network_header(skb);
  if (!skb_transport_header_was_set(skb)) skb_reset_transport_header(skb);
  skb_reset_mac_len(skb);
  set(skb->skb_iif, skb->dev->ifindex);
  add(this_cpu_softnet->processed, 1);
}

// Passes the packet to all its takers but the last, who is given out: he may consume it without a further reference,
// and a list of packets with the same taker reaches him in one call.
static int __netif_receive_skb_core(const sk_buff** pskb, const packet_type** ppt_prev) {
  KFUNC(__netif_receive_skb_core, *pskb);
  SIMPLIFIED("no XDP, no traffic control on the way in, no bridges or bonds: a frame goes to the protocols at once");
  const sk_buff* skb = *pskb;
  const net_device* arrivedOn = skb->dev;
  beginClimb(skb);
  if (eth_type_vlan(skb->protocol)) {
    skb = *pskb = skb_vlan_untag(skb);
    if (!skb) return call.result(static_cast<int>(NET_RX_DROP));
  }
  const packet_type* last = nullptr;
  for (const list_head* taps : {static_cast<const list_head*>(ptype_all), &skb->dev->ptype_all})
    for (const packet_type* tap : list_for_each_entry(packet_type, list, taps))
      last = oneMore(skb, last, tap, arrivedOn);
  if (skb->vlan_present) { // no VLAN device exists here, so a tagged packet is for somebody else
    last = oneMore(skb, last, nullptr, arrivedOn);
    const u16 vlan = skb->vlan_tci & VLAN_VID_MASK; // 0: the tag gives a priority and names no VLAN
    if (!vlan_do_receive(&skb) && vlan) {
      NOTE("receive.no_vlan", skb, skb->dev.get(), vlan);
      set(skb, sk_buff::bit::pkt_type, PACKET_OTHERHOST);
    }
    set(skb, sk_buff::bit::vlan_present, 0);
  }
  for (const list_head* ofType : {&ptype_base[ntohs(skb->protocol) & PTYPE_HASH_MASK], &arrivedOn->ptype_specific})
    last = deliver_ptype_list_skb(skb, last, arrivedOn, ofType);

  const bool taken = last && !skb_orphan_frags_rx(skb, GFP_ATOMIC);
  *ppt_prev = taken ? last : nullptr;
  if (taken) return call.result(static_cast<int>(NET_RX_SUCCESS));
  NOTE("receive.no_protocol", ntohs(skb->protocol));
  dev_core_stats_rx_dropped_inc(skb->dev);
  kfree_skb_reason(skb, SKB_DROP_REASON_UNHANDLED_PROTO);
  return call.result(static_cast<int>(NET_RX_DROP));
}

static int __netif_receive_skb_one_core(const sk_buff* skb) {
  KFUNC(__netif_receive_skb_one_core, skb);
  const net_device* arrivedOn = skb->dev; // the packet may have changed to another device meanwhile
  const packet_type* last = nullptr;
  const int passed = __netif_receive_skb_core(&skb, &last);
  return call.result(last ? last->func(skb, skb->dev, last, arrivedOn) : passed);
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
// A protocol that can takes the whole list; for the others it is taken apart.
static void __netif_receive_skb_list_ptype(const list_head* head, const packet_type* pt_prev,
                                           const net_device* orig_dev) {
  if (!pt_prev || list_empty(head)) return;
  if (const auto& takeAll = pt_prev->list_func) return takeAll(head, pt_prev, orig_dev);
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    skb_list_del_init(skb);
    pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
  }
}

namespace {
// Packets in a row that came in on one device and have the same last taker.
struct Run {
  const packet_type* taker = nullptr;
  const net_device* device = nullptr;
  bool operator==(const Run&) const = default;
};
} // namespace

static void __netif_receive_skb_list_core(const list_head* head) {
  KFUNC(__netif_receive_skb_list_core, head);
  OnStack<list_head> row;
  INIT_LIST_HEAD(row);
  Run current;
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    Run run{nullptr, skb->dev};
    skb_list_del_init(skb);
    __netif_receive_skb_core(&skb, &run.taker);
    if (!run.taker) continue;
    if (run != current) { // the row ends here, and another begins
      __netif_receive_skb_list_ptype(row, current.taker, current.device);
      INIT_LIST_HEAD(row);
      current = run;
    }
    list_add_tail(&skb->list, row);
  }
  __netif_receive_skb_list_ptype(row, current.taker, current.device);
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
