// fq_codel: 1024 queues, a flow's packets in one of them; new flows go first, each in turn sends a quantum, and codel
// drops from a queue in which packets have stood too long.
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

Global<Qdisc_ops> fq_codel_qdisc_ops{"fq_codel_qdisc_ops"};

static const fq_codel_sched_data* dataOf(const Qdisc* sch) {
  return static_cast<const fq_codel_sched_data*>(qdisc_priv(sch));
}
static const codel_skb_cb* codelOf(const sk_buff* skb) {
  return reinterpret_cast<const codel_skb_cb*>(qdisc_skb_cb_of(skb)->data);
}
static u32 pktLen(const sk_buff* skb) { return qdisc_skb_cb_of(skb)->pkt_len; }
static u32 codelTime() { return static_cast<u32>(machine().now() >> 10); }

// Which flow: by addresses, protocol and (where they are) ports.
static u32 flowOf(const fq_codel_sched_data* q, const sk_buff* skb) {
  u64 h = skb->protocol;
  if (skb->protocol == htons(0x0800) && skb->network_header != 0xffff) {
    const iphdr* iph = ip_hdr(skb);
    h ^= u64(iph->saddr) << 16 ^ u64(iph->daddr) << 24 ^ iph->protocol;
    u32 ports = 0;
    const bool first = !(ntohs(iph->frag_off) & 0x3fff);
    if (first && (iph->protocol == 6 || iph->protocol == 17) && skb->transport_header != 0xffff)
      std::memcpy(&ports, skb->head + skb->transport_header, 4);
    h ^= ports;
  }
  return static_cast<u32>((h * 0x9e3779b97f4a7c15ull) >> 32) % q->flows_cnt;
}

static const sk_buff* dequeue_head(const fq_codel_flow* flow) {
  const sk_buff* skb = flow->head;
  set(flow->head, skb->next);
  skb_mark_not_on_list(skb);
  return skb;
}

// Too much is waiting: the fattest flow loses packets, up to half of what it holds.
static void fq_codel_drop(const Qdisc* sch, const fq_codel_sched_data* q, const void* to_free) {
  KFUNC(fq_codel_drop, sch);
  INLINED();
  const u32* held = q->backlogs.get(); // bytes of each flow
  const auto fattest = static_cast<u32>(std::max_element(held, held + q->flows_cnt) - held);
  const fq_codel_flow* loser = &q->flows.get()[fattest];
  const u32 half = held[fattest] / 2;
  const auto* dropped = static_cast<const kptr<sk_buff>*>(to_free);
  u32 bytes = 0, packets = 0;
  for (; bytes < half && loser->head && packets < q->drop_batch_size; ++packets) {
    const sk_buff* skb = dequeue_head(loser);
    bytes += pktLen(skb);
    sub(q->memory_usage, codelOf(skb)->mem_usage);
    set(skb->next, *dropped);
    set(*dropped, skb);
  }
  sub(held[fattest], bytes);
  add(sch->qstats.drops, packets);
  sub(sch->qstats.backlog, bytes);
  sub(sch->q.qlen, packets);
}

static void appendToFlow(const fq_codel_flow* queue, const sk_buff* skb) {
  queue->head ? set(queue->tail->next, skb) : set(queue->head, skb);
  set(queue->tail, skb);
  set(skb->next, nullptr);
}
// A flow that had nothing to send comes before those that keep sending: a few packets now and then (a name looked up, a
// key typed) never wait behind a download.
static void welcome(const fq_codel_sched_data* q, const fq_codel_flow* newcomer) {
  list_add_tail(&newcomer->flowchain, &q->new_flows);
  add(q->new_flow_count, 1);
  set(newcomer->deficit, q->quantum);
}

static s32 fq_codel_enqueue(const sk_buff* skb, const Qdisc* sch, const void* to_free) {
  KFUNC(fq_codel_enqueue, skb, sch, to_free);
  const fq_codel_sched_data* q = dataOf(sch);
  const u32 index = flowOf(q, skb);
  const fq_codel_flow* queue = &q->flows.get()[index];
  set(codelOf(skb)->enqueue_time, codelTime());
  set(codelOf(skb)->mem_usage, skb->truesize);
  appendToFlow(queue, skb);
  add(q->backlogs.get()[index], pktLen(skb));
  add(sch->qstats.backlog, pktLen(skb));
  if (list_empty(&queue->flowchain)) welcome(q, queue);
  add(q->memory_usage, skb->truesize);
  add(sch->q.qlen, 1);
  const bool tooMuch = sch->q.qlen > sch->limit || q->memory_usage > q->memory_limit;
  if (tooMuch) fq_codel_drop(sch, q, to_free);
  return call.result(int(NET_XMIT_SUCCESS));
}

// Codel: a queue whose packets have all stood longer than `target` for a whole `interval` loses one now and then,
// sooner each time, until they do not.
static bool stoodTooLong(const fq_codel_sched_data* q, const fq_codel_flow* flow, u32 index, const sk_buff* skb) {
  const codel_vars* vars = &flow->cvars;
  const u32 now = codelTime(), sojourn = now - codelOf(skb)->enqueue_time;
  if (sojourn < q->cparams.target || q->backlogs.get()[index] <= q->cparams.mtu) {
    set(vars->first_above_time, 0);
    return false;
  }
  if (!vars->first_above_time) {
    set(vars->first_above_time, now + q->cparams.interval);
    return false;
  }
  return int(now - vars->first_above_time) > 0;
}

static const sk_buff* takeFromFlow(const Qdisc* sch, const fq_codel_sched_data* q, const fq_codel_flow* flow) {
  if (!flow->head) return nullptr;
  const sk_buff* skb = dequeue_head(flow);
  const u32 index = static_cast<u32>(flow - q->flows.get());
  sub(q->backlogs.get()[index], pktLen(skb));
  sub(q->memory_usage, codelOf(skb)->mem_usage);
  sub(sch->q.qlen, 1);
  sub(sch->qstats.backlog, pktLen(skb));
  return skb;
}

static const sk_buff* codel_dequeue(const Qdisc* sch, const fq_codel_sched_data* q, const fq_codel_flow* flow) {
  KFUNC(codel_dequeue, sch, flow);
  INLINED();
  SIMPLIFIED("one drop each time a packet has stood too long; the kernel spaces drops by a square root");
  const u32 index = static_cast<u32>(flow - q->flows.get());
  const sk_buff* skb = takeFromFlow(sch, q, flow);
  if (skb && stoodTooLong(q, flow, index, skb) && flow->head) {
    add(q->cstats.drop_count, 1);
    add(sch->qstats.drops, 1);
    kfree_skb_reason(skb, SKB_DROP_REASON_QDISC_DROP);
    set(flow->cvars.first_above_time, codelTime() + q->cparams.interval);
    skb = takeFromFlow(sch, q, flow);
  }
  return call.result(skb);
}

// The list whose first flow is next: new flows before old ones. nullptr: no flow has anything.
static const list_head* nextInTurn(const fq_codel_sched_data* q) {
  for (const list_head* flows : {&q->new_flows, &q->old_flows})
    if (!list_empty(flows)) return flows;
  return nullptr;
}
static void moveBehindOld(const fq_codel_sched_data* q, const fq_codel_flow* queue) {
  list_del(&queue->flowchain);
  list_add_tail(&queue->flowchain, &q->old_flows);
}
// A flow with nothing left leaves the round. But a new one, while old ones wait, becomes an old one first: otherwise it
// could come back as new at once, and again, and they would starve.
static void retire(const fq_codel_sched_data* q, const fq_codel_flow* queue, bool isNew) {
  if (isNew && !list_empty(&q->old_flows)) return moveBehindOld(q, queue);
  list_del(&queue->flowchain);
  INIT_LIST_HEAD(&queue->flowchain);
}

// Deficit round robin: each flow may send a quantum of bytes in its turn, and what it sends beyond is missing from its
// next. RFC 8290 section 4.2.
static const sk_buff* __fq_codel_dequeue(const Qdisc* sch) {
  KFUNC(__fq_codel_dequeue, sch);
  const fq_codel_sched_data* q = dataOf(sch);
  while (const list_head* turn = nextInTurn(q)) {
    const auto* queue = container_of(turn->next.get(), fq_codel_flow, flowchain);
    if (queue->deficit <= 0) { // it had its share of this round
      add(queue->deficit, q->quantum);
      moveBehindOld(q, queue);
    } else if (const sk_buff* skb = codel_dequeue(sch, q, queue)) {
      sub(queue->deficit, pktLen(skb));
      return call.result(skb);
    } else {
      retire(q, queue, turn == &q->new_flows);
    }
  }
  return call.result<const sk_buff*>(nullptr);
}

static const sk_buff* fq_codel_dequeue(const Qdisc* sch) {
  KFUNC(fq_codel_dequeue, sch);
  return call.result(__fq_codel_dequeue(sch));
}

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
  for (u32 i = 0; i < q->flows_cnt; ++i) INIT_LIST_HEAD(&q->flows.get()[i].flowchain);
  set(sch->flags, sch->flags | TCQ_F_CAN_BYPASS);
  return call.result(0);
}

void image_sch_fq_codel() {
  const Qdisc_ops* ops = fq_codel_qdisc_ops;
  setBytes(ops->id, "fq_codel", 8);
  set(ops->priv_size, sizeof(fq_codel_sched_data));
  set(ops->init, fn<fq_codel_init>);
  set(ops->enqueue, fn<fq_codel_enqueue>);
  set(ops->dequeue, fn<fq_codel_dequeue>);
}

} // namespace sockwalk::kernel
