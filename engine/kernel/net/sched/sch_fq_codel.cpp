// fq_codel: 1024 queues, a flow's packets in one of them; new flows go first, each in turn sends a quantum, and codel
// drops from a queue in which packets have stood too long.
#include "engine/kernel/include/net/sch_generic.h"

namespace sockwalk::kernel {

Global<Qdisc_ops> fq_codel_qdisc_ops{"fq_codel_qdisc_ops"};

static int fq_codel_init(const Qdisc* sch, const nlattr*, const netlink_ext_ack*) {
  KFUNC(fq_codel_init, sch);
  const auto* q = static_cast<const fq_codel_sched_data*>(qdisc_priv(sch));
  set(sch->limit, 10 * 1024);
  set(q->flows_cnt, 1024);
  set(q->memory_limit, 32 << 20);
  set(q->drop_batch_size, 64);
  set(q->quantum, sch->dev_queue->dev->mtu + sch->dev_queue->dev->hard_header_len);
  INIT_LIST_HEAD(&q->new_flows);
  INIT_LIST_HEAD(&q->old_flows);
  set(q->cparams.target, 5000000 >> 10); // codel counts time in 1024 ns
  set(q->cparams.interval, 100000000 >> 10);
  set(q->cparams.mtu, sch->dev_queue->dev->mtu);
  set(q->cparams.ce_threshold, 0x7fffffffu);
  const u8* flows = kmallocBuffer(1024 * sizeof(fq_codel_flow), GFP_KERNEL | __GFP_ZERO);
  const u8* backlogs = kmallocBuffer(1024 * sizeof(u32), GFP_KERNEL | __GFP_ZERO);
  if (!flows || !backlogs) return call.result(-ENOMEM);
  setAddress(&q->flows, flows);
  setAddress(&q->backlogs, backlogs);
  for (u32 i = 0; i < 1024; ++i) INIT_LIST_HEAD(&q->flows.get()[i].flowchain);
  set(sch->flags, sch->flags | TCQ_F_CAN_BYPASS);
  return call.result(0);
}

void image_sch_fq_codel() {
  const Qdisc_ops* ops = fq_codel_qdisc_ops;
  setBytes(ops->id, "fq_codel", 8);
  set(ops->priv_size, sizeof(fq_codel_sched_data));
  set(ops->init, fn<fq_codel_init>);
  set(ops->enqueue, unbuilt<"fq_codel_enqueue">);
  set(ops->dequeue, unbuilt<"fq_codel_dequeue">);
}

} // namespace sockwalk::kernel
