// pfifo: one queue, first in, first out, of so many packets. Also how a script has a device drop all that is sent: a
// limit of 0.
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

Global<Qdisc_ops> pfifo_qdisc_ops{"pfifo_qdisc_ops"};

static s32 pfifo_enqueue(const sk_buff* skb, const Qdisc* sch, const void* to_free) {
  KFUNC(pfifo_enqueue, skb, sch, to_free);
  if (sch->q.qlen >= sch->limit) { // the sender frees it, once the queue is unlocked
    const auto* list = static_cast<const kptr<sk_buff>*>(to_free);
    set(skb->next, *list);
    set(*list, skb);
    add(sch->qstats.drops, 1);
    return call.result(s32(NET_XMIT_DROP));
  }
  if (sch->q.tail) set(sch->q.tail->next, skb);
  else set(sch->q.head, skb);
  set(sch->q.tail, skb);
  set(skb->next, nullptr);
  add(sch->q.qlen, 1);
  add(sch->qstats.backlog, qdisc_skb_cb_of(skb)->pkt_len);
  return call.result(s32(NET_XMIT_SUCCESS));
}

static const sk_buff* qdisc_dequeue_head(const Qdisc* sch) {
  KFUNC(qdisc_dequeue_head, sch);
  INLINED();
  const sk_buff* skb = sch->q.head;
  if (!skb) return call.result(skb);
  set(sch->q.head, skb->next);
  if (!sch->q.head) set(sch->q.tail, nullptr);
  set(skb->next, nullptr);
  sub(sch->q.qlen, 1);
  sub(sch->qstats.backlog, qdisc_skb_cb_of(skb)->pkt_len);
  return call.result(skb);
}

void image_sch_fifo() {
  setBytes(pfifo_qdisc_ops->id, "pfifo", 5);
  set(pfifo_qdisc_ops->enqueue, fn<pfifo_enqueue>);
  set(pfifo_qdisc_ops->dequeue, fn<qdisc_dequeue_head>);
}

// `tc qdisc replace dev DEV root pfifo limit N`. An empty queue that may hold something is passed by.
int pfifo_replace_root(const net_device* dev, u32 limit) {
  KFUNC(qdisc_graft, dev, limit);
  SIMPLIFIED("the discipline that was there before is not destroyed, and packets that wait in it stay there");
  const netdev_queue* txq = netdev_get_tx_queue(dev, 0);
  const Qdisc* q = qdisc_create_dflt(txq, pfifo_qdisc_ops, 0xffffffff);
  if (!q) return call.result(-ENOMEM);
  set(q->limit, limit);
  set(q->flags, (limit ? TCQ_F_CAN_BYPASS : 0) | TCQ_F_ONETXQUEUE);
  set(txq->qdisc_sleeping, q);
  set(dev->qdisc, q);
  set(txq->qdisc, q);
  return call.result(0);
}

} // namespace sockwalk::kernel
