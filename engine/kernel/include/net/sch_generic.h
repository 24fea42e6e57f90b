// Queueing disciplines: what stands between the stack and a device's transmit queue. lo has none (noqueue); eth0 has
// fq_codel, which a packet passes by when the queue is empty and the device is ready (TCQ_F_CAN_BYPASS).
// Source: include/net/sch_generic.h, net/sched/sch_{generic,fq_codel}.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

extern Global<Qdisc> noop_qdisc, noqueue_qdisc;
extern Global<Qdisc_ops> noop_qdisc_ops, noqueue_qdisc_ops, fq_codel_qdisc_ops, pfifo_qdisc_ops;
int pfifo_replace_root(const net_device* dev, u32 limit); // 0 or -ENOMEM

void dev_activate(const net_device* dev);
const Qdisc* qdisc_create_dflt(const netdev_queue* dev_queue, const Qdisc_ops* ops, u32 parentid);
// Gives `skb` (a packet or a list of segments) to the driver; false: stop, the queue is empty or the device full.
bool sch_direct_xmit(const sk_buff* skb, const Qdisc* q, const net_device* dev, const netdev_queue* txq, bool validate);
void __qdisc_run(const Qdisc* q);
void qdisc_run(const Qdisc* q);
bool qdisc_run_begin(const Qdisc* q);
void qdisc_run_end(const Qdisc* q);
inline const void* qdisc_priv(const Qdisc* q) { return q->privdata; }
inline int qdisc_qlen(const Qdisc* q) { return q->q.qlen; }

// ---- transmission
inline const qdisc_skb_cb* qdisc_skb_cb_of(const sk_buff* skb) {
  return reinterpret_cast<const qdisc_skb_cb*>(skb->cb);
}

} // namespace sockwalk::kernel
