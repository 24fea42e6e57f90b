#include "engine/kernel/include/linux/dev_xmit.h"
#include "engine/kernel/include/linux/gso.h"

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

// What the device can do for this packet.
u64 netif_skb_features(const sk_buff* skb) {
  KFUNC(netif_skb_features, skb);
  u64 features = skb->dev->features;
  const bool tooMuch = skb_shinfo(skb)->gso_segs > skb->dev->gso_max_segs || skb->len >= skb->dev->gso_max_size;
  if (skb_is_gso(skb) && (tooMuch || !skb_shinfo(skb)->gso_type)) features &= ~NETIF_F_GSO_MASK;
  const net_device_ops* ops = skb->dev->netdev_ops; // a driver may know better than its flags
  if (ops->ndo_features_check) features &= ops->ndo_features_check(skb, skb->dev, features);
  const u16 type = skb_network_protocol(skb, nullptr);
  const bool canSum = features & NETIF_F_HW_CSUM || (features & NETIF_F_IP_CSUM && type == htons(0x0800));
  if (skb->ip_summed != CHECKSUM_NONE && !canSum) features &= ~(NETIF_F_CSUM_MASK | NETIF_F_GSO_MASK);
  return call.result(features);
}

// The device cannot sum: it is done here, in software.
int skb_checksum_help(const sk_buff* skb) {
  KFUNC(skb_checksum_help, skb);
  const int offset = skb_checksum_start_offset(skb);
  const u32 csum = skb_checksum(skb, offset, int(skb->len) - offset, 0);
  if (const int err = skb_ensure_writable(skb, offset + skb->csum_offset + 2)) return call.result(err);
  const u16 sum = csum_fold(csum);
  const u16 check = sum ? sum : CSUM_MANGLED_0;
  setBytes(skb->data + offset + skb->csum_offset, &check, 2);
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
  SIMPLIFIED("no IPsec to do in software");
  return call.result(skb);
}

// The last look before the driver: whatever the device cannot do itself is done now.
static const sk_buff* validate_xmit_skb(const sk_buff* skb, const net_device* dev) {
  KFUNC(validate_xmit_skb, skb, dev);
  SIMPLIFIED("no VLAN tag to put in");
  const u64 features = netif_skb_features(skb);
  if (netif_needs_gso(skb, features)) {
    const sk_buff* segs = skb_gso_segment(skb, features);
    if (IS_ERR(segs)) {
      kfree_skb(skb);
      return call.result<const sk_buff*>(nullptr);
    }
    if (segs) {
      consume_skb(skb);
      return call.result(validate_xmit_xfrm(segs, features));
    }
    return call.result(validate_xmit_xfrm(skb, features));
  }
  const bool scattered = (skb_has_frag_list(skb) && !(features & NETIF_F_FRAGLIST)) ||
                         (skb_shinfo(skb)->nr_frags && !(features & NETIF_F_SG)); // skb_needs_linearize()
  if (skb_is_nonlinear(skb) && scattered && skb_linearize(skb)) {
    kfree_skb(skb);
    return call.result<const sk_buff*>(nullptr);
  }
  if (skb->ip_summed == CHECKSUM_PARTIAL) {
    skb_set_transport_header(skb, skb_checksum_start_offset(skb));
    if (skb_csum_hwoffload_help(skb, features)) {
      kfree_skb(skb);
      return call.result<const sk_buff*>(nullptr);
    }
  }
  return call.result(validate_xmit_xfrm(skb, features));
}

const sk_buff* validate_xmit_skb_list(const sk_buff* skb, const net_device* dev) {
  KFUNC(validate_xmit_skb_list, skb, dev);
  const sk_buff *head = nullptr, *tail = nullptr;
  for (const sk_buff* next; skb; skb = next) {
    next = skb->next;
    skb_mark_not_on_list(skb);
    set(skb->prev, skb); // stands for "the last segment of it"
    skb = validate_xmit_skb(skb, dev);
    if (!skb) continue;
    if (!head) head = skb;
    else set(tail->next, skb);
    tail = skb->prev;
  }
  return call.result(head);
}

static int xmit_one(const sk_buff* skb, const net_device* dev, const netdev_queue* txq, bool more) {
  KFUNC(xmit_one, skb, dev, txq, more);
  SIMPLIFIED("packet sockets do not see what is sent");
  const int rc = dev->netdev_ops->ndo_start_xmit(skb, dev);
  if (rc == NETDEV_TX_OK) set(txq->trans_start, machine().jiffies());
  return call.result(rc);
}

const sk_buff* dev_hard_start_xmit(const sk_buff* first, const net_device* dev, const netdev_queue* txq, int* ret) {
  KFUNC(dev_hard_start_xmit, first, dev, txq);
  const sk_buff* skb = first;
  int rc = NETDEV_TX_OK;
  while (skb) {
    const sk_buff* next = skb->next;
    skb_mark_not_on_list(skb);
    rc = xmit_one(skb, dev, txq, next != nullptr);
    if (rc == NETDEV_TX_BUSY) {
      set(skb->next, next);
      break;
    }
    skb = next;
    if (netif_xmit_stopped(txq) && skb) {
      rc = NETDEV_TX_BUSY;
      break;
    }
  }
  *ret = rc;
  return call.result(skb);
}

// Past the queueing discipline if it is empty, into it otherwise; then it is run.
static int __dev_xmit_skb(const sk_buff* skb, const Qdisc* q, const net_device* dev, const netdev_queue* txq) {
  KFUNC(__dev_xmit_skb, skb, q, dev, txq);
  if (q->flags & TCQ_F_CAN_BYPASS && !qdisc_qlen(q) && qdisc_run_begin(q)) {
    NOTE("qdisc.bypass", skb, dev);
    if (sch_direct_xmit(skb, q, dev, txq, true)) __qdisc_run(q);
    qdisc_run_end(q);
    return call.result(int(NET_XMIT_SUCCESS));
  }
  OnStack<kptr<sk_buff>> to_free;
  const int rc = q->enqueue(skb, q, to_free.get()) & 0xffff;
  if (qdisc_run_begin(q)) {
    __qdisc_run(q);
    qdisc_run_end(q);
  }
  if (*to_free) kfree_skb_list_reason(*to_free, SKB_DROP_REASON_QDISC_DROP);
  return call.result(rc);
}

static int withoutQueue(const sk_buff* skb, const net_device* dev, const netdev_queue* txq) {
  if (!(dev->flags & IFF_UP)) {
    kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
    return -ENETDOWN;
  }
  skb = validate_xmit_skb(skb, dev);
  if (!skb) return -ENOMEM;
  int rc = -ENETDOWN;
  if (!netif_xmit_stopped(txq)) skb = dev_hard_start_xmit(skb, dev, txq, &rc);
  if (skb && rc != NETDEV_TX_OK) kfree_skb_list(skb);
  return rc;
}

// What the packet will take on the wire: every segment has headers of its own.
static void qdisc_pkt_len_init(const sk_buff* skb) {
  const skb_shared_info* shinfo = skb_shinfo(skb);
  u32 len = skb->len;
  if (shinfo->gso_size && skb_transport_header_was_set(skb) && shinfo->gso_type & SKB_GSO_TCPV4) {
    const u32 hdr_len = static_cast<u32>(skb_transport_offset(skb)) + tcp_hdr(skb)->doff * 4u;
    len += (shinfo->gso_segs - 1u) * hdr_len;
  }
  set(qdisc_skb_cb_of(skb)->pkt_len, len);
}

int __dev_queue_xmit(const sk_buff* skb, const net_device* sb_dev) {
  KFUNC(__dev_queue_xmit, skb, sb_dev);
  SIMPLIFIED("no traffic control on the way out");
  const net_device* dev = skb->dev;
  skb_reset_mac_header(skb);
  qdisc_pkt_len_init(skb);
  // A device that needs no route lets go of it now; lo keeps it, for the way back up.
  if (dev->priv_flags & IFF_XMIT_DST_RELEASE) skb_dst_drop(skb);
  else skb_dst_force(skb);
  const netdev_queue* txq = netdev_core_pick_tx(dev, skb, sb_dev);
  const Qdisc* q = txq->qdisc;
  const int rc = q->enqueue ? __dev_xmit_skb(skb, q, dev, txq) : withoutQueue(skb, dev, txq);
  return call.result(rc);
}

int dev_queue_xmit(const sk_buff* skb) {
  KFUNC(dev_queue_xmit, skb);
  if (skb->dev->type == ARPHRD_ETHER) deviceCatchesUp(skb->dev);
  const int rc = __dev_queue_xmit(skb, nullptr);
  machine().runSoftirqs(); // softirqs were held off while it was sent (rcu_read_unlock_bh)
  return call.result(rc);
}

bool skb_clone_tx_timestamp(const sk_buff* skb) {
  KFUNC(skb_clone_tx_timestamp, skb);
  SIMPLIFIED("no PTP clock wants to see the packet");
  return call.result(false);
}

// ---- byte queue limits: the hardware's ring is kept just full enough, so that packets wait in the queueing discipline,
// which can choose among them.
static const dql* dqlOf(const net_device* dev) { return &netdev_get_tx_queue(dev, 0)->dql; }
static int dql_avail(const dql* d) { return int(d->adj_limit) - int(d->num_queued); }

void netdev_sent_queue(const net_device* dev, u32 bytes) {
  KFUNC(netdev_sent_queue, dev, bytes);
  const dql* d = dqlOf(dev);
  set(d->last_obj_cnt, bytes);
  add(d->num_queued, bytes);
  if (dql_avail(d) >= 0) return;
  const netdev_queue* txq = netdev_get_tx_queue(dev, 0);
  set(txq->state, txq->state | 1u << __QUEUE_STATE_STACK_XOFF);
  NOTE("bql.stop", d->num_queued - d->num_completed, d->limit);
}

// The limit grows when the ring ran empty although more was waiting, and shrinks slowly when it never did.
static void dql_completed(const dql* d, u32 count) {
  const u32 completed = d->num_completed + count;
  u32 limit = d->limit;
  const auto beyond = [](u32 a, u32 b) { return int(a - b) > 0 ? a - b : 0u; };
  u32 ovlimit = beyond(d->num_queued - d->num_completed, limit);
  const u32 inprogress = d->num_queued - completed, prev_inprogress = d->prev_num_queued - d->num_completed;
  const bool all_prev_completed = int(completed - d->prev_num_queued) >= 0;
  const u64 now = machine().jiffies();
  if ((ovlimit && !inprogress) || (d->prev_ovlimit && all_prev_completed)) {
    limit += beyond(completed, d->prev_num_queued) + d->prev_ovlimit;
    set(d->slack_start_time, now);
    set(d->lowest_slack, 0xffffffffu);
  } else if (inprogress && prev_inprogress && !all_prev_completed) {
    u32 slack = beyond(limit + d->prev_ovlimit, 2 * (completed - d->num_completed));
    const u32 slack_last = d->prev_ovlimit ? beyond(d->prev_last_obj_cnt, d->prev_ovlimit) : 0;
    slack = std::max(slack, slack_last);
    if (slack < d->lowest_slack) set(d->lowest_slack, slack);
    if (now > d->slack_start_time + d->slack_hold_time) {
      limit = beyond(limit, d->lowest_slack);
      set(d->slack_start_time, now);
      set(d->lowest_slack, 0xffffffffu);
    }
  }
  limit = std::clamp<u32>(limit, d->min_limit, d->max_limit);
  if (limit != d->limit) {
    set(d->limit, limit);
    ovlimit = 0;
  }
  set(d->adj_limit, limit + completed);
  set(d->prev_ovlimit, ovlimit);
  set(d->prev_last_obj_cnt, d->last_obj_cnt);
  set(d->num_completed, completed);
  set(d->prev_num_queued, d->num_queued);
}

void netdev_completed_queue(const net_device* dev, u32 packets, u32 bytes) {
  KFUNC(netdev_completed_queue, dev, packets, bytes);
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
