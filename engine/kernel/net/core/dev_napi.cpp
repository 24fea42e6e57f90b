// NAPI: interrupts say only that there is work; the work is done by polling, a bounded number of packets at a time.
#include "engine/kernel/include/linux/jiffies.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/busy_poll.h"
#include "engine/kernel/include/net/gro.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/core/dev.h"

namespace sockwalk::kernel {

Global<softnet_data> this_cpu_softnet{"softnet_data"};
static s32 process_backlog(const napi_struct* napi, s32 quota);
constexpr int netdev_budget = 300, dev_rx_weight = 64;
constexpr u32 netdev_max_backlog = 1000, netdev_budget_usecs = 8000;

static void init_gro_hash(const napi_struct* napi) {
  for (const gro_list& bucket : napi->gro_hash) {
    INIT_LIST_HEAD(&bucket.list);
    set(bucket.count, 0);
  }
  set(napi->gro_bitmask, 0);
}

void net_rx_init() {
  KFUNC(net_rx_init);
  INIT_LIST_HEAD(ptype_all);
  INIT_LIST_HEAD(offload_base);
  for (u32 i = 0; i < PTYPE_HASH_SIZE; ++i) INIT_LIST_HEAD(&ptype_base[i]);
  const softnet_data* here = this_cpu_softnet;
  skb_queue_head_init(&here->input_pkt_queue);
  skb_queue_head_init(&here->process_queue);
  INIT_LIST_HEAD(&here->poll_list);
  INIT_LIST_HEAD(&here->backlog.rx_list);
  init_gro_hash(&here->backlog);
  set(here->backlog.poll, fn<process_backlog>);
  set(here->backlog.weight, dev_rx_weight);
  open_softirq(NET_RX_SOFTIRQ, fn<net_rx_action>);
}

// Linux counts on and on, for all namespaces together; here it is one more than there are.
static u32 freeNapiId(const net* net) {
  u32 id = MIN_NAPI_ID;
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &net->dev_base_head))
    for (const napi_struct* napi : list_for_each_entry(napi_struct, dev_list, &dev->napi_list))
      id = std::max(id, napi->napi_id + 1);
  return id;
}

void netif_napi_add(const net_device* dev, const napi_struct* napi,
                    const TypedSymbol<s32(const napi_struct*, s32)>& poll) {
  KFUNC(netif_napi_add, dev, napi);
  INLINED();
  INIT_LIST_HEAD(&napi->poll_list);
  INIT_LIST_HEAD(&napi->rx_list);
  init_gro_hash(napi);
  set(napi->poll, poll);
  set(napi->weight, NAPI_POLL_WEIGHT);
  set(napi->dev, dev);
  set(napi->poll_owner, -1);
  list_add(&napi->dev_list, &dev->napi_list);
  set(napi->state, NAPIF_STATE_SCHED | NAPIF_STATE_LISTED); // as if scheduled, so that nobody polls before enable
  set(napi->napi_id, freeNapiId(dev_net(dev)));
}
void napi_enable(const napi_struct* n) {
  KFUNC(napi_enable, n);
  set(n->state, n->state & ~NAPIF_STATE_SCHED);
}
void napi_disable(const napi_struct* n) {
  KFUNC(napi_disable, n);
  set(n->state, n->state | NAPIF_STATE_SCHED);
}

// True if the caller may schedule; if it is scheduled already, that there was more work is remembered.
bool napi_schedule_prep(const napi_struct* n) {
  KFUNC(napi_schedule_prep, n);
  if (n->state & NAPIF_STATE_DISABLE) return call.result(false);
  const bool scheduled = n->state & NAPIF_STATE_SCHED;
  set(n->state, n->state | NAPIF_STATE_SCHED | (scheduled ? NAPIF_STATE_MISSED : 0));
  return call.result(!scheduled);
}

static void ____napi_schedule(const napi_struct* n) {
  KFUNC(____napi_schedule, n);
  INLINED();
  list_add_tail(&n->poll_list, &this_cpu_softnet->poll_list);
  machine().raiseSoftirq(NET_RX_SOFTIRQ);
}
void __napi_schedule(const napi_struct* n) {
  KFUNC(__napi_schedule, n);
  ____napi_schedule(n);
}

// The driver found nothing more: pass on what GRO held back, and let interrupts schedule again.
bool napi_complete_done(const napi_struct* n, int work_done) {
  KFUNC(napi_complete_done, n, work_done);
  SIMPLIFIED("interrupts are switched on again at once: they are never put off");
  if (n->gro_bitmask) napi_gro_flush(n, false);
  gro_normal_list(n);
  if (!list_empty(&n->poll_list)) list_del_init(&n->poll_list);
  const bool missed = n->state & NAPIF_STATE_MISSED;
  set(n->state, (n->state & ~(NAPIF_STATE_MISSED | NAPIF_STATE_SCHED)) | (missed ? NAPIF_STATE_SCHED : 0));
  if (missed) {
    __napi_schedule(n);
    return call.result(false);
  }
  return call.result(true);
}

// One turn of one device, at most its weight in packets. A driver that used it all is asked again later.
static int __napi_poll(const napi_struct* n, bool* repoll) {
  KFUNC(__napi_poll, n);
  const bool scheduled = n->state & NAPIF_STATE_SCHED;
  const int packets = scheduled ? n->poll(n, n->weight) : 0;
  const bool hasMore = packets >= n->weight;
  if (!hasMore) return call.result(packets); // the driver has told so itself, by napi_complete_done()
  if (n->gro_bitmask) napi_gro_flush(n, false);
  gro_normal_list(n);
  *repoll = list_empty(&n->poll_list);
  return call.result(packets);
}

static int napi_poll(const napi_struct* n, const list_head* repoll) {
  KFUNC(napi_poll, n, repoll);
  INLINED();
  bool again = false;
  list_del_init(&n->poll_list);
  const int packets = __napi_poll(n, &again);
  if (again) list_add_tail(&n->poll_list, repoll);
  return call.result(packets);
}

static void list_splice_init(const list_head* list, const list_head* before, const list_head* after) {
  if (list_empty(list)) return;
  const list_head *first = list->next, *last = list->prev;
  set(first->prev, before);
  set(before->next, first);
  set(last->next, after);
  set(after->prev, last);
  INIT_LIST_HEAD(list);
}

// Tells other processors of packets that were steered to them; there is one processor here.
static void net_rps_action_and_irq_enable(const softnet_data* sd) { KFUNC(net_rps_action_and_irq_enable, sd); }

// The receive softirq: polls each scheduled context in turn, until all are done or the budget (300 packets, two
// ticks) is used; then it raises itself again, so that others get to run between. Simulated time stands still here: the
// ticks are those that a packet takes on this machine.
void net_rx_action(const softirq_action* h) {
  KFUNC(net_rx_action, h);
  SIMPLIFIED("no time passes while it runs, so it never ends because two ticks are over (on the recorded machine each "
             "packet takes one)");
  const softnet_data* here = this_cpu_softnet;
  const int ticks = static_cast<int>(__usecs_to_jiffies(netdev_budget_usecs));
  const int perPacket = static_cast<int>(machine().options().recorded.receiveTicks);
  int packets = 0;
  bool squeezed = false; // there was more to do than was allowed
  OnStack<list_head> list, repoll;
  INIT_LIST_HEAD(list);
  INIT_LIST_HEAD(repoll);
  list_splice_init(&here->poll_list, list, list->next);
  while (!squeezed && !list_empty(list)) {
    packets += napi_poll(container_of(list->next.get(), napi_struct, poll_list), repoll);
    squeezed = packets >= netdev_budget || packets * perPacket >= ticks;
  }
  if (squeezed) add(here->time_squeeze, 1);
  // Those that were scheduled meanwhile come first, then those that are not done.
  list_splice_init(&here->poll_list, list->prev, list);
  list_splice_init(repoll, list->prev, list);
  list_splice_init(list, &here->poll_list, here->poll_list.next);
  if (!list_empty(&here->poll_list)) machine().raiseSoftirq(NET_RX_SOFTIRQ);
  addSoftirqWork(packets);
  if (squeezed || !list_empty(repoll)) net_rps_action_and_irq_enable(here);
}

// ---- the backlog: a queue in memory that stands for a device without hardware
// No other clock goes on within a call: here it does, on the recorded machine.
static void takeTime(s64 ns) {
  if (!ns) return;
  const Context now = machine().journal().contexts().back();
  Recorder& recorder = machine().recorder();
  recorder.context(now.kind, now.task, now.name, machine().now() + ns, recorder.openCall());
}

static s32 process_backlog(const napi_struct* napi, s32 quota) {
  KFUNC(process_backlog, napi, quota);
  SIMPLIFIED("a packet over loopback takes no time; on the recorded machine, half a millisecond");
  const softnet_data* here = container_of(napi, softnet_data, backlog);
  const auto climb = [&](const sk_buff* skb) {
    if (skb->dev->flags & IFF_LOOPBACK) takeTime(machine().options().recorded.loopbackPacketTakes);
    __netif_receive_skb(skb);
    add(here->input_queue_head, 1);
  };
  // Two queues: interrupts put into the one, and what it holds moves to the other in one go, so that it is locked once.
  for (int packets = 0;;) {
    while (const sk_buff* skb = __skb_dequeue(&here->process_queue)) {
      climb(skb);
      if (++packets >= quota) return call.result(packets);
    }
    if (skb_queue_empty(&here->input_pkt_queue)) return set(napi->state, 0), call.result(packets);
    skb_queue_splice_tail_init(&here->input_pkt_queue, &here->process_queue);
  }
}

static int enqueue_to_backlog(const sk_buff* skb, int cpu) {
  KFUNC(enqueue_to_backlog, skb, cpu);
  SIMPLIFIED("there is one processor, so packets are not spread over several by their flow");
  const softnet_data* here = this_cpu_softnet;
  const bool up = netif_running(skb->dev);
  const u32 waiting = skb_queue_len(&here->input_pkt_queue);
  if (!up || waiting > netdev_max_backlog) {
    add(here->dropped, 1);
    dev_core_stats_rx_dropped_inc(skb->dev);
    kfree_skb_reason(skb, up ? SKB_DROP_REASON_CPU_BACKLOG : SKB_DROP_REASON_NOT_SPECIFIED);
    return call.result(static_cast<int>(NET_RX_DROP));
  }
  const bool asleep = !waiting && !(here->backlog.state & NAPIF_STATE_SCHED);
  if (asleep) {
    set(here->backlog.state, here->backlog.state | NAPIF_STATE_SCHED);
    ____napi_schedule(&here->backlog);
  }
  __skb_queue_tail(&here->input_pkt_queue, skb);
  add(here->input_queue_tail, 1);
  return call.result(static_cast<int>(NET_RX_SUCCESS));
}

static int netif_rx_internal(const sk_buff* skb) {
  KFUNC(netif_rx_internal, skb);
  return call.result(enqueue_to_backlog(skb, 0));
}
int __netif_rx(const sk_buff* skb) {
  KFUNC(__netif_rx, skb);
  return call.result(netif_rx_internal(skb));
}
int netif_rx(const sk_buff* skb) {
  KFUNC(netif_rx, skb);
  return call.result(netif_rx_internal(skb));
}

} // namespace sockwalk::kernel
