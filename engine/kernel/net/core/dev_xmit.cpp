// The last stretch of a packet on its way out: past or through the queueing discipline, made ready for what the device
// can do, and into the driver.
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/kernel/softirq.h"

namespace sockwalk::kernel {

// Which of the device's transmit queues: these devices have one.
static const netdev_queue* netdev_core_pick_tx(const net_device* dev, const sk_buff* skb, const net_device* sb_dev) {
  KFUNC(netdev_core_pick_tx, dev, skb, sb_dev);
  set(skb->queue_mapping, 0);
  return call.result(netdev_get_tx_queue(dev, 0));
}

u16 skb_network_protocol(const sk_buff* skb, int* depth) {
  KFUNC(skb_network_protocol, skb, depth);
  return call.result(static_cast<u16>(skb->protocol));
}

// What the device can do for this packet: its flags, less what this packet is too large for or of the wrong kind.
u64 netif_skb_features(const sk_buff* skb) {
  KFUNC(netif_skb_features, skb);
  const net_device* dev = skb->dev;
  const skb_shared_info* shinfo = skb_shinfo(skb);
  u64 able = dev->features;
  const bool cuttable = shinfo->gso_type && shinfo->gso_segs <= dev->gso_max_segs && skb->len < dev->gso_max_size;
  if (skb_is_gso(skb) && !cuttable) able &= ~NETIF_F_GSO_MASK;
  if (dev->netdev_ops->ndo_features_check) // a driver may know better than its flags
    able &= dev->netdev_ops->ndo_features_check(skb, dev, able);
  const bool ipv4 = skb_network_protocol(skb, nullptr) == htons(0x0800);
  const bool sums = able & NETIF_F_HW_CSUM || (ipv4 && able & NETIF_F_IP_CSUM);
  if (!sums && skb->ip_summed != CHECKSUM_NONE) able &= ~(NETIF_F_CSUM_MASK | NETIF_F_GSO_MASK);
  return call.result(able);
}

// The device cannot sum: it is done here, in software. The field holds the pseudo header's sum until then, so summing
// from the transport header on gives the whole. A sum of zero is sent as its other form, since in UDP zero means
// "none".
int skb_checksum_help(const sk_buff* skb) {
  KFUNC(skb_checksum_help, skb);
  const int begin = skb_checksum_start_offset(skb), field = begin + skb->csum_offset;
  const u32 whole = skb_checksum(skb, begin, int(skb->len) - begin, 0);
  if (const int err = skb_ensure_writable(skb, static_cast<u32>(field) + 2)) return call.result(err);
  const u16 folded = csum_fold(whole);
  const u16 sent = folded ? folded : CSUM_MANGLED_0;
  setBytes(skb->data + field, &sent, sizeof sent);
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  return call.result(0);
}

int skb_csum_hwoffload_help(const sk_buff* skb, u64 features) {
  KFUNC(skb_csum_hwoffload_help, skb, features);
  if (features & (NETIF_F_HW_CSUM | NETIF_F_IP_CSUM)) return call.result(0);
  return call.result(skb_checksum_help(skb));
}

static const sk_buff* validate_xmit_xfrm(const sk_buff* skb, u64 features) {
  KFUNC(validate_xmit_xfrm, skb, features);
  SIMPLIFIED("there is no IPsec, so nothing to encrypt");
  return call.result(skb);
}

// Cut into segments. nullptr: it is gone; else the first of them, or the packet itself if it can stay whole.
static const sk_buff* cutUp(const sk_buff* skb, u64 able) {
  const sk_buff* segments = skb_gso_segment(skb, able);
  if (IS_ERR(segments)) return kfree_skb(skb), nullptr;
  if (segments) consume_skb(skb);
  return segments ? segments : skb;
}
static bool tooScattered(const sk_buff* skb, u64 able) { // for a device that cannot gather
  const bool inList = skb_has_frag_list(skb), inPages = skb_shinfo(skb)->nr_frags;
  return (inList && !(able & NETIF_F_FRAGLIST)) || (inPages && !(able & NETIF_F_SG));
}
// In one piece as far as the device needs that, and summed unless it does that itself. False: no memory.
static bool makeReady(const sk_buff* skb, u64 able) {
  if (tooScattered(skb, able) && skb_linearize(skb)) return false;
  if (skb->ip_summed != CHECKSUM_PARTIAL) return true;
  skb_set_transport_header(skb, skb_checksum_start_offset(skb));
  return !skb_csum_hwoffload_help(skb, able);
}

// The last look before the driver: whatever the device cannot do itself is done now.
static const sk_buff* validate_xmit_skb(const sk_buff* skb, const net_device* dev) {
  KFUNC(validate_xmit_skb, skb, dev);
  SIMPLIFIED("no VLAN tag to put in");
  const u64 able = netif_skb_features(skb);
  if (netif_needs_gso(skb, able)) skb = cutUp(skb, able);
  else if (!makeReady(skb, able)) kfree_skb(skb), skb = nullptr;
  return call.result(skb ? validate_xmit_xfrm(skb, able) : skb);
}

// Each packet may become several, or none. What they become is joined to one list again.
const sk_buff* validate_xmit_skb_list(const sk_buff* skb, const net_device* dev) {
  KFUNC(validate_xmit_skb_list, skb, dev);
  const sk_buff *first = nullptr, *last = nullptr;
  while (skb) {
    const sk_buff* rest = skb->next;
    skb_mark_not_on_list(skb);
    set(skb->prev, skb); // where skb_segment() puts the last segment; so it stands there too if nothing is cut
    if (const sk_buff* ready = validate_xmit_skb(skb, dev)) {
      first ? set(last->next, ready) : void(first = ready);
      last = ready->prev;
    }
    skb = rest;
  }
  return call.result(first);
}

static int xmit_one(const sk_buff* skb, const net_device* dev, const netdev_queue* txq, bool more) {
  KFUNC(xmit_one, skb, dev, txq, more);
  INLINED();
  if (dev_nit_active(dev)) dev_queue_xmit_nit(skb, dev);
  const int taken = dev->netdev_ops->ndo_start_xmit(skb, dev);
  if (taken == NETDEV_TX_OK) set(txq->trans_start, machine().jiffies()); // from when the watchdog counts
  return call.result(taken);
}

// Gives the packets to the driver one by one, until its ring is full. What is left is given out.
const sk_buff* dev_hard_start_xmit(const sk_buff* first, const net_device* dev, const netdev_queue* txq, int* ret) {
  KFUNC(dev_hard_start_xmit, first, dev, txq);
  const sk_buff* left = first;
  *ret = NETDEV_TX_OK;
  while (left && *ret != NETDEV_TX_BUSY) {
    const sk_buff* after = left->next;
    skb_mark_not_on_list(left);
    *ret = xmit_one(left, dev, txq, after != nullptr);  // that more follows: the device need not be told of each
    if (*ret == NETDEV_TX_BUSY) set(left->next, after); // refused: it stays the first of those that wait
    else left = after;
    if (left && netif_xmit_stopped(txq)) *ret = NETDEV_TX_BUSY;
  }
  return call.result(left);
}

// One processor at a time empties a queue. False: another one does, and will see what was put in.
template <class First> static bool runQueue(const Qdisc* q, const First& before) {
  if (!qdisc_run_begin(q)) return false;
  if (before()) __qdisc_run(q);
  qdisc_run_end(q);
  return true;
}

// Past the queueing discipline if it is empty, into it otherwise; then it is run.
static int __dev_xmit_skb(const sk_buff* skb, const Qdisc* q, const net_device* dev, const netdev_queue* txq) {
  KFUNC(__dev_xmit_skb, skb, q, dev, txq);
  INLINED();
  const auto straightToDevice = [&] {
    NOTE("qdisc.bypass", skb, dev);
    return sch_direct_xmit(skb, q, dev, txq, true);
  };
  const bool nobodyWaits = q->flags & TCQ_F_CAN_BYPASS && !qdisc_qlen(q);
  if (nobodyWaits && runQueue(q, straightToDevice)) return call.result(int(NET_XMIT_SUCCESS));

  OnStack<kptr<sk_buff>> dropped; // freed only when the queue is unlocked
  const int verdict = q->enqueue(skb, q, dropped.get()) & 0xffff;
  runQueue(q, [] { return true; });
  if (const sk_buff* first = *dropped) kfree_skb_list_reason(first, SKB_DROP_REASON_QDISC_DROP);
  return call.result(verdict);
}

static int withoutQueue(const sk_buff* skb, const net_device* dev, const netdev_queue* txq) {
  if (!(dev->flags & IFF_UP)) {
    kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
    return -ENETDOWN;
  }
  skb = validate_xmit_skb(skb, dev);
  if (!skb) return -ENOMEM;
  int sent = -ENETDOWN;
  if (!netif_xmit_stopped(txq)) skb = dev_hard_start_xmit(skb, dev, txq, &sent);
  if (skb && sent != NETDEV_TX_OK) kfree_skb_list(skb); // there is nothing in which it could wait
  return sent;
}

// What the packet will take on the wire: every segment has headers of its own.
static void qdisc_pkt_len_init(const sk_buff* skb) {
  const skb_shared_info* shinfo = skb_shinfo(skb);
  const bool cutLater = shinfo->gso_size && shinfo->gso_type & SKB_GSO_TCPV4 && skb_transport_header_was_set(skb);
  u32 onWire = skb->len;
  if (cutLater) {
    const u32 headers = static_cast<u32>(skb_transport_offset(skb)) + tcp_hdr(skb)->doff * 4u;
    onWire += headers * (shinfo->gso_segs - 1u);
  }
  set(qdisc_skb_cb_of(skb)->pkt_len, onWire);
}

int __dev_queue_xmit(const sk_buff* skb, const net_device* sb_dev) {
  KFUNC(__dev_queue_xmit, skb, sb_dev);
  SIMPLIFIED("no filter of traffic control (tc) sees the packet on its way out");
  const net_device* dev = skb->dev;
  skb_reset_mac_header(skb);
  qdisc_pkt_len_init(skb);
  // A device that needs no route lets go of it now; lo keeps it, for the way back up.
  if (dev->priv_flags & IFF_XMIT_DST_RELEASE) skb_dst_drop(skb);
  else skb_dst_force(skb);
  const netdev_queue* queue = netdev_core_pick_tx(dev, skb, sb_dev);
  const Qdisc* q = queue->qdisc;
  return call.result(q->enqueue ? __dev_xmit_skb(skb, q, dev, queue) : withoutQueue(skb, dev, queue));
}

int dev_queue_xmit(const sk_buff* skb) {
  KFUNC(dev_queue_xmit, skb);
  INLINED();
  if (skb->dev->type == ARPHRD_ETHER) deviceCatchesUp(skb->dev);
  int sent;
  {
    const BottomHalvesOff sending; // rcu_read_lock_bh()
    sent = __dev_queue_xmit(skb, nullptr);
  }
  return call.result(sent);
}

// Of which queue; this device has one.
static u16 netdev_pick_tx(const net_device* dev, const sk_buff* skb) {
  KFUNC(netdev_pick_tx, dev, skb);
  return call.result(u16{0});
}
// Past the queueing discipline, and past those who want to see what is sent. What the device has no room for is lost.
static int __dev_direct_xmit(const sk_buff* skb, u16 queue_id) {
  KFUNC(__dev_direct_xmit, skb, queue_id);
  const net_device* dev = skb->dev;
  const netdev_queue* txq = netdev_get_tx_queue(dev, queue_id);
  const sk_buff* ready = netif_running(dev) && netif_carrier_ok(dev) ? validate_xmit_skb(skb, dev) : skb;
  if (ready != skb || !netif_running(dev) || !netif_carrier_ok(dev)) {
    kfree_skb_list(ready);
    return call.result(int(NET_XMIT_DROP));
  }
  set(skb->queue_mapping, queue_id);
  const BottomHalvesOff sending;
  const bool stopped = netif_xmit_frozen_or_stopped(txq);
  return call.result(stopped ? int(NETDEV_TX_BUSY) : int(dev->netdev_ops->ndo_start_xmit(skb, dev)));
}
int dev_direct_xmit(const sk_buff* skb, u16) {
  if (skb->dev->type == ARPHRD_ETHER) deviceCatchesUp(skb->dev);
  const int sent = __dev_direct_xmit(skb, netdev_pick_tx(skb->dev, skb));
  if (sent == NETDEV_TX_BUSY) kfree_skb(skb);
  return sent;
}

bool skb_clone_tx_timestamp(const sk_buff* skb) {
  KFUNC(skb_clone_tx_timestamp, skb);
  SIMPLIFIED("there is no PTP clock that would note when the packet was sent");
  return call.result(false);
}

// ---- byte queue limits: the hardware's ring is kept just full enough, so that packets wait in the queueing
// discipline, which can choose among them.
static const dql* dqlOf(const net_device* dev) { return &netdev_get_tx_queue(dev, 0)->dql; }
static int dql_avail(const dql* d) { return int(d->adj_limit) - int(d->num_queued); }

void netdev_sent_queue(const net_device* dev, u32 bytes) {
  KFUNC(netdev_sent_queue, dev, bytes);
  INLINED();
  const dql* d = dqlOf(dev);
  set(d->last_obj_cnt, bytes);
  add(d->num_queued, bytes);
  if (dql_avail(d) >= 0) return;
  const netdev_queue* txq = netdev_get_tx_queue(dev, 0);
  set(txq->state, txq->state | 1u << __QUEUE_STATE_STACK_XOFF);
  NOTE("bql.stop", d->num_queued - d->num_completed, d->limit);
}

static u32 beyond(u32 a, u32 b) { return int(a - b) > 0 ? a - b : 0u; }

// The limit grows when the ring ran empty although more was waiting: by what was missing. It shrinks when it was never
// reached, but slowly: only by the least that was unused in a whole hold time, so that a short pause costs nothing.
static void dql_completed(const dql* d, u32 count) {
  const u32 completed = d->num_completed + count;
  const u32 inRing = d->num_queued - completed, inRingBefore = d->prev_num_queued - d->num_completed;
  const bool allOfBefore =
      int(completed - d->prev_num_queued) >= 0;                  // what was queued at the last completion is through
  u32 over = beyond(d->num_queued - d->num_completed, d->limit); // so much more than allowed was queued
  u32 limit = d->limit;
  const u64 now = machine().jiffies();
  const auto beginHoldTime = [&] {
    set(d->slack_start_time, now);
    set(d->lowest_slack, 0xffffffffu);
  };
  const bool starved = (over && !inRing) || (d->prev_ovlimit && allOfBefore);
  const bool busyAllTheTime = inRing && inRingBefore && !allOfBefore;
  if (starved) {
    limit += beyond(completed, d->prev_num_queued) + d->prev_ovlimit;
    beginHoldTime();
  } else if (busyAllTheTime) {
    const u32 neverUsed = beyond(limit + d->prev_ovlimit, 2 * (completed - d->num_completed));
    const u32 lastPacket = d->prev_ovlimit ? beyond(d->prev_last_obj_cnt, d->prev_ovlimit) : 0;
    const u32 unused = std::max(neverUsed, lastPacket);
    if (unused < d->lowest_slack) set(d->lowest_slack, unused);
    if (now > d->slack_start_time + d->slack_hold_time) {
      limit = beyond(limit, d->lowest_slack);
      beginHoldTime();
    }
  }
  limit = std::clamp<u32>(limit, d->min_limit, d->max_limit);
  if (limit != d->limit) {
    set(d->limit, limit);
    over = 0;
  }
  set(d->adj_limit, limit + completed);
  set(d->prev_ovlimit, over);
  set(d->prev_last_obj_cnt, d->last_obj_cnt);
  set(d->num_completed, completed);
  set(d->prev_num_queued, d->num_queued);
}

void netdev_completed_queue(const net_device* dev, u32 packets, u32 bytes) {
  KFUNC(netdev_completed_queue, dev, packets, bytes);
  INLINED();
  if (!bytes) return;
  const dql* d = dqlOf(dev);
  dql_completed(d, bytes);
  if (dql_avail(d) < 0) return;
  const netdev_queue* txq = netdev_get_tx_queue(dev, 0);
  if (!(txq->state & 1u << __QUEUE_STATE_STACK_XOFF)) return;
  set(txq->state, txq->state & ~(1ul << __QUEUE_STATE_STACK_XOFF));
  netif_schedule_queue(txq);
}

} // namespace sockwalk::kernel
