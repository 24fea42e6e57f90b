// The life of a neighbour: what makes its state change (a packet to send, an answer heard, time) and what follows.
#include "engine/kernel/net/core/neighbour_internal.h"

namespace sockwalk::kernel {

u32 neigh_rand_reach_time(u32 base) { // somewhere between half and one and a half, so that hosts do not ask in step
  return base ? static_cast<u32>(machine().random() % base) + (base >> 1) : 0;
}

static u64 now() { return machine().jiffies(); }
static u32 timerId(const neighbour* n) { return Arena::offsetOf(&n->timer); }

static bool armTimer(const neighbour* n, u64 when) {
  const bool pending = machine().timerArmed(timerId(n));
  set(n->timer.expires, when);
  machine().armTimer(timerId(n), machine().timeOfJiffies(when), [n] { neigh_timer_handler(&n->timer); });
  return pending;
}

// An armed timer holds a reference, as somebody who will come back.
static void neigh_add_timer(const neighbour* n, u64 when) {
  KFUNC(neigh_add_timer, n, when);
  neigh_hold(n);
  BUG_ON(armTimer(n, when));
}
static int neigh_del_timer(const neighbour* n) {
  KFUNC(neigh_del_timer, n);
  if (!(n->nud_state & NUD_IN_TIMER) || !machine().cancelTimer(timerId(n))) return call.result(0);
  neigh_release(n);
  return call.result(1);
}

static void setState(const neighbour* n, u8 state) {
  NOTE("neigh.state", n, n->nud_state, state);
  set(n->nud_state, state);
}
// Doubtful: each packet goes through the check again. Confirmed: it need not.
static void neigh_suspect(const neighbour* n) { set(n->output, n->ops->output); }
static void neigh_connect(const neighbour* n) { set(n->output, n->ops->connected_output); }

static int neigh_max_probes(const neighbour* n) {
  const neigh_parms* p = n->parms;
  return NEIGH_VAR(p, NEIGH_VAR_UCAST_PROBES) + NEIGH_VAR(p, NEIGH_VAR_APP_PROBES) +
         (n->nud_state & NUD_PROBE ? NEIGH_VAR(p, NEIGH_VAR_MCAST_REPROBES) : NEIGH_VAR(p, NEIGH_VAR_MCAST_PROBES));
}

// Asks on the wire; a copy of the youngest waiting packet tells the question's source address.
static void neigh_probe(const neighbour* neigh) {
  KFUNC(neigh_probe, neigh);
  const sk_buff* skb = skb_peek_tail(&neigh->arp_queue);
  if (skb) skb = skb_clone(skb, GFP_ATOMIC);
  if (neigh->ops->solicit) neigh->ops->solicit(neigh, skb);
  atomic_inc(&neigh->probes);
  consume_skb(skb);
}

static u64 retransTime(const neighbour* n) {
  return std::max<u64>(NEIGH_VAR(n->parms, NEIGH_VAR_RETRANS_TIME), machine().options().hz / 100);
}

static void queueBehindResolution(const neighbour* neigh, const sk_buff* skb) {
  while (neigh->arp_queue_len_bytes + skb->truesize > u32(NEIGH_VAR(neigh->parms, NEIGH_VAR_QUEUE_LEN_BYTES))) {
    const sk_buff* oldest = __skb_dequeue(&neigh->arp_queue);
    if (!oldest) break;
    sub(neigh->arp_queue_len_bytes, oldest->truesize);
    kfree_skb_reason(oldest, SKB_DROP_REASON_NEIGH_QUEUEFULL);
  }
  skb_dst_force(skb);
  __skb_queue_tail(&neigh->arp_queue, skb);
  add(neigh->arp_queue_len_bytes, skb->truesize);
  NOTE("neigh.queued", skb, neigh);
}

// A packet wants to use this neighbour. 0: its address may be used now; 1: the packet waits (or was dropped).
int __neigh_event_send(const neighbour* neigh, const sk_buff* skb, bool immediate_ok) {
  KFUNC(__neigh_event_send, neigh, skb, immediate_ok);
  bool immediate_probe = false;
  if (neigh->nud_state & (NUD_CONNECTED | NUD_DELAY | NUD_PROBE)) return call.result(0);
  if (neigh->dead) {
    if (neigh->nud_state & NUD_STALE) return call.result(0);
    kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_DEAD);
    return call.result(1);
  }
  if (!(neigh->nud_state & (NUD_STALE | NUD_INCOMPLETE))) {
    atomic_set(&neigh->probes, NEIGH_VAR(neigh->parms, NEIGH_VAR_UCAST_PROBES));
    neigh_del_timer(neigh);
    setState(neigh, NUD_INCOMPLETE);
    set(neigh->updated, now());
    immediate_probe = immediate_ok;
    neigh_add_timer(neigh, now() + (immediate_ok ? retransTime(neigh) : 1));
  } else if (neigh->nud_state & NUD_STALE) {
    neigh_del_timer(neigh);
    setState(neigh, NUD_DELAY);
    set(neigh->updated, now());
    neigh_add_timer(neigh, now() + NEIGH_VAR(neigh->parms, NEIGH_VAR_DELAY_PROBE_TIME));
  }
  const bool waits = neigh->nud_state == NUD_INCOMPLETE;
  if (waits && skb) queueBehindResolution(neigh, skb);
  if (immediate_probe) neigh_probe(neigh);
  return call.result(int(waits));
}

int neigh_event_send_probe(const neighbour* neigh, const sk_buff* skb, bool immediate_ok) {
  if (neigh->used != now()) set(neigh->used, now());
  if (neigh->nud_state & (NUD_CONNECTED | NUD_DELAY | NUD_PROBE)) return 0;
  return __neigh_event_send(neigh, skb, immediate_ok);
}

// Nobody answered: who waited is told, and dropped.
static void neigh_invalidate(const neighbour* neigh) {
  KFUNC(neigh_invalidate, neigh);
  set(neigh->updated, now());
  while (neigh->nud_state == NUD_FAILED) {
    const sk_buff* skb = __skb_dequeue(&neigh->arp_queue);
    if (!skb) break;
    neigh->ops->error_report(neigh, skb);
  }
  while (const sk_buff* skb = __skb_dequeue(&neigh->arp_queue)) kfree_skb(skb);
  set(neigh->arp_queue_len_bytes, 0);
}

struct TimerStep {
  u64 next;
  bool notify;
};
static TimerStep reachableTimer(const neighbour* n) {
  const u64 delay = NEIGH_VAR(n->parms, NEIGH_VAR_DELAY_PROBE_TIME);
  if (now() <= n->confirmed + n->parms->reachable_time) return {n->confirmed + n->parms->reachable_time, false};
  set(n->updated, now());
  neigh_suspect(n);
  if (now() <= n->used + delay) return setState(n, NUD_DELAY), TimerStep{now() + delay, false};
  return setState(n, NUD_STALE), TimerStep{now() + machine().options().hz, true};
}
static TimerStep delayTimer(const neighbour* n) {
  set(n->updated, now());
  if (now() <= n->confirmed + NEIGH_VAR(n->parms, NEIGH_VAR_DELAY_PROBE_TIME)) {
    setState(n, NUD_REACHABLE);
    neigh_connect(n);
    return {n->confirmed + n->parms->reachable_time, true};
  }
  setState(n, NUD_PROBE);
  atomic_set(&n->probes, 0);
  return {now() + retransTime(n), true};
}

// Time passed: REACHABLE ages to STALE (or DELAY if it is being used), DELAY asks, and unanswered questions end it.
void neigh_timer_handler(const timer_list* t) {
  KFUNC(neigh_timer_handler, t);
  const auto* neigh = container_of(t, neighbour, timer);
  const u8 state = neigh->nud_state;
  TimerStep step{now() + retransTime(neigh), false};
  bool failed = false;
  if (state & NUD_IN_TIMER) {
    if (state & NUD_REACHABLE) step = reachableTimer(neigh);
    else if (state & NUD_DELAY) step = delayTimer(neigh);
    failed = neigh->nud_state & (NUD_INCOMPLETE | NUD_PROBE) && atomic_read(&neigh->probes) >= neigh_max_probes(neigh);
    if (failed) {
      setState(neigh, NUD_FAILED);
      step.notify = true;
      neigh_invalidate(neigh);
    } else if (neigh->nud_state & NUD_IN_TIMER) {
      if (!armTimer(neigh, std::max<u64>(step.next, now() + machine().options().hz / 100))) neigh_hold(neigh);
    }
    if (!failed && neigh->nud_state & (NUD_INCOMPLETE | NUD_PROBE)) neigh_probe(neigh);
  }
  if (step.notify) neigh_update_notify(neigh, 0);
  neigh_release(neigh);
}

// The address is known now: what waited for it goes out, each packet through the neighbour of its own route.
static void sendWaiting(const neighbour* neigh) {
  while (neigh->nud_state & NUD_VALID) {
    const sk_buff* skb = __skb_dequeue(&neigh->arp_queue);
    if (!skb) break;
    const dst_entry* dst = skb_dst(skb);
    const neighbour* n2 = dst && dst->obsolete != DST_OBSOLETE_DEAD && dst->ops->neigh_lookup
                              ? dst->ops->neigh_lookup(dst, skb, nullptr)
                              : nullptr;
    const neighbour* n1 = n2 ? n2 : neigh;
    n1->output(n1, skb);
    if (n2) neigh_release(n2);
  }
  while (const sk_buff* skb = __skb_dequeue(&neigh->arp_queue)) kfree_skb(skb);
  set(neigh->arp_queue_len_bytes, 0);
}

static int becomeInvalid(const neighbour* neigh, u8 old, u8 state) {
  neigh_del_timer(neigh);
  if (old & NUD_CONNECTED) neigh_suspect(neigh);
  setState(neigh, state);
  bool notify = old & NUD_VALID;
  if (old & (NUD_INCOMPLETE | NUD_PROBE) && state & NUD_FAILED) {
    neigh_invalidate(neigh);
    notify = true;
  }
  if (notify) neigh_update_notify(neigh, 0);
  return 0;
}

static void takeAddress(const neighbour* neigh, const u8* lladdr, u8 state) {
  u8 address[32] = {};
  std::memcpy(address, lladdr, neigh->dev->addr_len);
  setBytes(neigh->ha, address, neigh->dev->addr_len);
  if (neigh->hh.hh_len && neigh->dev->header_ops && neigh->dev->header_ops->cache_update)
    neigh->dev->header_ops->cache_update(&neigh->hh, neigh->dev, const_cast<u8*>(neigh->ha));
  if (!(state & NUD_CONNECTED))
    set(neigh->confirmed, now() - (u64(NEIGH_VAR(neigh->parms, NEIGH_VAR_BASE_REACHABLE_TIME)) << 1));
}

static void changeState(const neighbour* neigh, u8 state) {
  neigh_del_timer(neigh);
  if (state & NUD_PROBE) atomic_set(&neigh->probes, 0);
  if (state & NUD_IN_TIMER) neigh_add_timer(neigh, now() + (state & NUD_REACHABLE ? neigh->parms->reachable_time : 0));
  setState(neigh, state);
}

// Something was heard of the neighbour (an ARP message) or told by an administrator.
static int __neigh_update(const neighbour* neigh, const u8* lladdr, u8 state, u32 flags, u32 nlmsg_pid) {
  KFUNC(__neigh_update, neigh, lladdr, state, flags, nlmsg_pid);
  const net_device* dev = neigh->dev;
  const u8 old = neigh->nud_state;
  if (neigh->dead || (!(flags & NEIGH_UPDATE_F_ADMIN) && old & (NUD_NOARP | NUD_PERMANENT))) return call.result(-EPERM);
  if (!(state & NUD_VALID)) return call.result(becomeInvalid(neigh, old, state));

  const u8* known = neigh->ha;
  if (!lladdr && !(old & NUD_VALID)) return call.result(-EINVAL);
  if (!dev->addr_len || !lladdr || (old & NUD_VALID && !std::memcmp(lladdr, known, dev->addr_len))) lladdr = known;
  if (state & NUD_CONNECTED) set(neigh->confirmed, now());
  if (old & NUD_VALID) {
    if (lladdr != known && !(flags & NEIGH_UPDATE_F_OVERRIDE)) {
      if (!(flags & NEIGH_UPDATE_F_WEAK_OVERRIDE && old & NUD_CONNECTED)) return call.result(0);
      lladdr = known;
      state = NUD_STALE;
    } else if (lladdr == known && state == NUD_STALE && !(flags & NEIGH_UPDATE_F_ADMIN)) {
      state = old;
    }
  }
  const bool newAddress = lladdr != known, newState = state != old;
  if (newState || newAddress) set(neigh->updated, now());
  if (newState) changeState(neigh, state);
  if (newAddress) takeAddress(neigh, lladdr, state);
  if (newState) {
    state& NUD_CONNECTED ? neigh_connect(neigh) : neigh_suspect(neigh);
    if (!(old & NUD_VALID)) sendWaiting(neigh);
  }
  if (newState || newAddress) neigh_update_notify(neigh, nlmsg_pid);
  return call.result(0);
}

int neigh_update(const neighbour* neigh, const u8* lladdr, u8 nud, u32 flags, u32 nlmsg_pid) {
  KFUNC(neigh_update, neigh, lladdr, nud, flags, nlmsg_pid);
  return call.result(__neigh_update(neigh, lladdr, nud, flags, nlmsg_pid));
}

// Somebody asked us: so we know the asker's address, though not that it hears us (STALE).
const neighbour* neigh_event_ns(const neigh_table* tbl, const u8* lladdr, const void* saddr, const net_device* dev) {
  KFUNC(neigh_event_ns, tbl, lladdr, saddr, dev);
  const neighbour* neigh = neigh_lookup(tbl, saddr, dev);
  if (!neigh && lladdr) neigh = ___neigh_create(tbl, saddr, dev, true);
  if (neigh && !IS_ERR(neigh)) __neigh_update(neigh, lladdr, NUD_STALE, NEIGH_UPDATE_F_OVERRIDE, 0);
  return call.result(IS_ERR(neigh) ? nullptr : neigh);
}

} // namespace sockwalk::kernel
