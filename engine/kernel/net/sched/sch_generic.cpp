// What every queueing discipline has in common: it is made when the device goes up, one processor at a time empties it,
// and what the device will not take now waits for the softirq.
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/core/dev.h"

namespace sockwalk::kernel {

Global<Qdisc> noop_qdisc{"noop_qdisc"};
Global<Qdisc> noqueue_qdisc{"noqueue_qdisc"};
Global<Qdisc_ops> noop_qdisc_ops{"noop_qdisc_ops"};
Global<Qdisc_ops> noqueue_qdisc_ops{"noqueue_qdisc_ops"};

static Global<netdev_queue> noop_netdev_queue{"noop_netdev_queue"}; // of no device

// A device that is not up has this discipline: what is sent is lost, and the sender is not told.
static s32 noop_enqueue(const sk_buff* skb, const Qdisc* qdisc, const void* to_free) {
  KFUNC(noop_enqueue, skb, qdisc, to_free);
  const auto* lost = static_cast<const kptr<sk_buff>*>(to_free);
  set(skb->next, *lost);
  set(*lost, skb);
  return call.result(s32(NET_XMIT_CN));
}

static const sk_buff* noop_dequeue(const Qdisc* qdisc) {
  KFUNC(noop_dequeue, qdisc);
  return call.result(static_cast<const sk_buff*>(nullptr));
}

static int noqueue_init(const Qdisc* qdisc, const nlattr*, const netlink_ext_ack*) {
  KFUNC(noqueue_init, qdisc);
  set(qdisc->enqueue, nullptr); // and so __dev_queue_xmit() knows that there is nothing to wait in
  return call.result(0);
}

void image_sch_generic() {
  setBytes(noop_qdisc_ops->id, "noop", 4);
  set(noop_qdisc_ops->enqueue, fn<noop_enqueue>);
  set(noop_qdisc_ops->dequeue, fn<noop_dequeue>);
  setBytes(noqueue_qdisc_ops->id, "noqueue", 7);
  set(noqueue_qdisc_ops->init, fn<noqueue_init>);
  set(noqueue_qdisc_ops->enqueue, fn<noop_enqueue>);
  set(noqueue_qdisc_ops->dequeue, fn<noop_dequeue>);
  set(noop_qdisc->ops, noop_qdisc_ops);
  set(noop_qdisc->enqueue, fn<noop_enqueue>);
  set(noop_qdisc->dequeue, fn<noop_dequeue>);
  set(noop_qdisc->flags, TCQ_F_BUILTIN);
  __skb_queue_head_init(&noop_qdisc->gso_skb);
  __skb_queue_head_init(&noop_qdisc->skb_bad_txq);
  set(noop_qdisc->dev_queue, noop_netdev_queue);
  set(noop_netdev_queue->qdisc, noop_qdisc);
  set(noop_netdev_queue->qdisc_sleeping, noop_qdisc);
  refcount_set(&noop_qdisc->refcnt, 1);
}

const Qdisc* qdisc_create_dflt(const netdev_queue* dev_queue, const Qdisc_ops* ops, u32 parentid) {
  KFUNC(qdisc_create_dflt, dev_queue, ops, parentid);
  const auto* sch = kzalloc<Qdisc>(GFP_KERNEL, ops->priv_size);
  if (!sch) return call.result(sch);
  set(sch->ops, ops);
  set(sch->enqueue, ops->enqueue);
  set(sch->dequeue, ops->dequeue);
  set(sch->dev_queue, dev_queue);
  set(sch->parent, parentid);
  set(sch->owner, -1);
  refcount_set(&sch->refcnt, 1);
  for (const sk_buff_head* list : {&sch->gso_skb, &sch->skb_bad_txq}) {
    setAddress(&list->next, list);
    setAddress(&list->prev, list);
  }
  if (ops->init && ops->init(sch, nullptr, nullptr)) return kfree(sch), call.result<const Qdisc*>(nullptr);
  return call.result(sch);
}

// A device that goes up gets its queueing discipline: none for lo, the default (fq_codel) for real ones.
void dev_activate(const net_device* dev) {
  KFUNC(dev_activate, dev);
  const netdev_queue* txq = netdev_get_tx_queue(dev, 0);
  if (txq->qdisc_sleeping == noop_qdisc) {
    const Qdisc_ops* ops =
        dev->priv_flags & IFF_NO_QUEUE || !dev->tx_queue_len ? noqueue_qdisc_ops.get() : fq_codel_qdisc_ops.get();
    const Qdisc* q = qdisc_create_dflt(txq, ops, 0xffffffff);
    if (!q) return;
    set(txq->qdisc_sleeping, q);
    set(dev->qdisc, q);
    if (dev->num_tx_queues == 1) set(q->flags, q->flags | TCQ_F_ONETXQUEUE);
  }
  if (netif_carrier_ok(dev)) set(txq->qdisc, txq->qdisc_sleeping);
}

// ---- running a queueing discipline: one processor at a time gives its packets to the device
bool qdisc_run_begin(const Qdisc* q) {
  if (q->state2 & 1u << __QDISC_STATE2_RUNNING) return false;
  set(q->state2, q->state2 | 1u << __QDISC_STATE2_RUNNING);
  return true;
}
void qdisc_run_end(const Qdisc* q) { set(q->state2, q->state2 & ~(1ul << __QDISC_STATE2_RUNNING)); }
void qdisc_run(const Qdisc* q) {
  if (!qdisc_run_begin(q)) return;
  __qdisc_run(q);
  qdisc_run_end(q);
}

static void qdisc_maybe_clear_missed(const Qdisc* q, const netdev_queue* txq) {
  KFUNC(qdisc_maybe_clear_missed, q, txq);
  const u64 bit = netif_xmit_frozen_or_stopped(txq) ? __QDISC_STATE_DRAINING : __QDISC_STATE_MISSED;
  set(q->state, (q->state & ~(1ul << __QDISC_STATE_MISSED)) | 1ul << bit);
}

// The device would not take it: it waits before all others.
static void dev_requeue_skb(const sk_buff* skb, const Qdisc* q) {
  KFUNC(dev_requeue_skb, skb, q);
  INLINED();
  for (const sk_buff *waits = skb, *rest; waits; waits = rest) {
    rest = waits->next;
    __skb_queue_tail(&q->gso_skb, waits);
    add(q->qstats.requeues, 1);
    add(q->qstats.backlog, qdisc_skb_cb_of(waits)->pkt_len);
    add(q->q.qlen, 1);
  }
  __netif_schedule(q);
}

// What was refused before comes first, and has been made ready for the device already (validate: it has not).
static const sk_buff* dequeue_skb(const Qdisc* q, bool& validate) {
  const sk_buff_head* refused = &q->gso_skb;
  validate = skb_queue_empty(refused);
  const netdev_queue* ring = q->dev_queue;
  if (netif_xmit_frozen_or_stopped(ring)) {
    qdisc_maybe_clear_missed(q, ring);
    return nullptr;
  }
  if (validate) return q->dequeue(q);
  const sk_buff* skb = __skb_dequeue(refused);
  sub(q->qstats.backlog, qdisc_skb_cb_of(skb)->pkt_len);
  sub(q->q.qlen, 1);
  return skb;
}

// False: the device is full, and what it would not take waits in the discipline.
bool sch_direct_xmit(const sk_buff* skb, const Qdisc* q, const net_device* dev, const netdev_queue* txq,
                     bool validate) {
  KFUNC(sch_direct_xmit, skb, q, dev, txq, validate);
  const sk_buff* ready = validate ? validate_xmit_skb_list(skb, dev) : skb;
  if (!ready) return call.result(true);
  int outcome = NETDEV_TX_BUSY;
  if (netif_xmit_frozen_or_stopped(txq)) qdisc_maybe_clear_missed(q, txq);
  else ready = dev_hard_start_xmit(ready, dev, txq, &outcome);
  const bool full = outcome == NETDEV_TX_BUSY;
  if (full) dev_requeue_skb(ready, q);
  return call.result(!full);
}

static bool qdisc_restart(const Qdisc* q) {
  KFUNC(qdisc_restart, q);
  INLINED();
  bool unready;
  const sk_buff* skb = dequeue_skb(q, unready);
  if (!skb) return call.result(false);
  const net_device* dev = q->dev_queue->dev;
  return call.result(sch_direct_xmit(skb, q, dev, netdev_get_tx_queue(dev, 0), unready));
}

void __qdisc_run(const Qdisc* q) {
  KFUNC(__qdisc_run, q);
  constexpr int atOnce = 64;
  int packets = 0;
  while (qdisc_restart(q))
    if (++packets >= atOnce) return __netif_schedule(q); // others want to run too
}

// ---- going on later, in the softirq
static void __netif_reschedule(const Qdisc* q) {
  KFUNC(__netif_reschedule, q);
  set(q->next_sched, nullptr);
  const kptr<Qdisc>* last = &this_cpu_softnet->output_queue;
  while (*last) last = &(*last)->next_sched;
  set(*last, q);
  machine().raiseSoftirq(NET_TX_SOFTIRQ);
}

static bool markScheduled(const Qdisc* q) {
  if (q->state & 1u << __QDISC_STATE_SCHED) return false;
  set(q->state, q->state | 1u << __QDISC_STATE_SCHED);
  return true;
}
void __netif_schedule(const Qdisc* q) {
  KFUNC(__netif_schedule, q);
  if (markScheduled(q)) __netif_reschedule(q);
}
void netif_schedule_queue(const netdev_queue* txq) {
  KFUNC(netif_schedule_queue, txq);
  const Qdisc* q = txq->qdisc;
  if (!netif_xmit_stopped(txq) && markScheduled(q)) __netif_reschedule(q); // __netif_schedule(), inlined
}
void netif_wake_queue(const net_device* dev) {
  const netdev_queue* txq = netdev_get_tx_queue(dev, 0);
  if (!(txq->state & 1u << __QUEUE_STATE_DRV_XOFF)) return;
  set(txq->state, txq->state & ~(1ul << __QUEUE_STATE_DRV_XOFF));
  __netif_schedule(txq->qdisc);
}

static void xfrm_dev_backlog(const softnet_data* sd) {
  KFUNC(xfrm_dev_backlog, sd);
  SIMPLIFIED("no packet waits for a device's IPsec engine");
}

void net_tx_action(const softirq_action* h) {
  KFUNC(net_tx_action, h);
  const Qdisc* q = this_cpu_softnet->output_queue;
  set(this_cpu_softnet->output_queue, nullptr);
  while (q) {
    const Qdisc* next = q->next_sched;
    set(q->next_sched, nullptr);
    set(q->state, q->state & ~(1ul << __QDISC_STATE_SCHED));
    qdisc_run(q);
    q = next;
  }
  xfrm_dev_backlog(this_cpu_softnet);
}

} // namespace sockwalk::kernel
