#include "engine/kernel/include/net/sch_generic.h"

namespace sockwalk::kernel {

Global<Qdisc> noop_qdisc{"noop_qdisc"};
Global<Qdisc> noqueue_qdisc{"noqueue_qdisc"};
Global<Qdisc_ops> noop_qdisc_ops{"noop_qdisc_ops"};
Global<Qdisc_ops> noqueue_qdisc_ops{"noqueue_qdisc_ops"};

static int noqueue_init(const Qdisc* qdisc, const nlattr*, const netlink_ext_ack*) {
  KFUNC(noqueue_init, qdisc);
  set(qdisc->enqueue, nullptr); // and so __dev_queue_xmit() knows that there is nothing to wait in
  return call.result(0);
}

void image_sch_generic() {
  setBytes(noop_qdisc_ops->id, "noop", 4);
  set(noop_qdisc_ops->enqueue, unbuilt<"noop_enqueue">);
  set(noop_qdisc_ops->dequeue, unbuilt<"noop_dequeue">);
  setBytes(noqueue_qdisc_ops->id, "noqueue", 7);
  set(noqueue_qdisc_ops->init, fn<noqueue_init>);
  set(noqueue_qdisc_ops->enqueue, unbuilt<"noop_enqueue">);
  set(noqueue_qdisc_ops->dequeue, unbuilt<"noop_dequeue">);
  set(noop_qdisc->ops, noop_qdisc_ops);
  set(noop_qdisc->enqueue, unbuilt<"noop_enqueue">);
  set(noop_qdisc->dequeue, unbuilt<"noop_dequeue">);
  set(noop_qdisc->flags, TCQ_F_BUILTIN);
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
    const Qdisc_ops* ops = dev->priv_flags & IFF_NO_QUEUE || !dev->tx_queue_len ? noqueue_qdisc_ops.get()
                                                                              : fq_codel_qdisc_ops.get();
    const Qdisc* q = qdisc_create_dflt(txq, ops, 0xffffffff);
    if (!q) return;
    set(txq->qdisc_sleeping, q);
    set(dev->qdisc, q);
    if (dev->num_tx_queues == 1) set(q->flags, q->flags | TCQ_F_ONETXQUEUE);
  }
  if (netif_carrier_ok(dev)) set(txq->qdisc, txq->qdisc_sleeping);
}

} // namespace sockwalk::kernel
