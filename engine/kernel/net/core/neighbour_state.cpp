// The life of a neighbour: what makes its state change (a packet to send, an answer heard, time) and what follows.
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/core/neighbour_internal.h"
#include "engine/memory/constants/neighbour.h"

namespace sockwalk::kernel {

u32 neigh_rand_reach_time(u32 base) { // somewhere between half and one and a half, so that hosts do not ask in step
  const u32 drawn = base ? static_cast<u32>(machine().random() % base) + (base >> 1) : 0;
  const MachineOptions& options = machine().options();
  return options.recorded.reachableTime ? options.recorded.reachableTime * options.hz / 1000 : drawn;
}

static u64 now() { return machine().jiffies(); }
static u32 timerId(const neighbour* n) { return Arena::offsetOf(&n->timer); }

static void fireNeighbour(const void* timer) { neigh_timer_handler(static_cast<const timer_list*>(timer)); }
static bool armTimer(const neighbour* n, u64 when) {
  const bool pending = machine().timerArmed(timerId(n));
  set(n->timer.expires, when);
  machine().armTimer(timerId(n), machine().timeOfJiffies(when), {fn<fireNeighbour>, &n->timer});
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

// How often it is asked before it is given up: to the address that is known, to a daemon, to everybody. Who was
// reachable once (PROBE) is given fewer broadcasts than one that was never heard.
static int neigh_max_probes(const neighbour* n) {
  const bool known = n->nud_state & NUD_PROBE;
  const int broadcasts = NEIGH_VAR(n->parms, known ? NEIGH_VAR_MCAST_REPROBES : NEIGH_VAR_MCAST_PROBES);
  return broadcasts + NEIGH_VAR(n->parms, NEIGH_VAR_UCAST_PROBES) + NEIGH_VAR(n->parms, NEIGH_VAR_APP_PROBES);
}

// Asks on the wire; a copy of the youngest waiting packet tells the question's source address.
static void neigh_probe(const neighbour* neigh) {
  KFUNC(neigh_probe, neigh);
  const sk_buff* youngest = skb_peek_tail(&neigh->arp_queue);
  const sk_buff* example = youngest ? skb_clone(youngest, GFP_ATOMIC) : nullptr;
  if (const auto& ask = neigh->ops->solicit) ask(neigh, example);
  atomic_inc(&neigh->probes);
  consume_skb(example);
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

// Nobody knows its address yet: asking begins. At once, if the caller may; else with the next tick.
static void beginResolution(const neighbour* neigh, bool askNow) {
  const int unicasts = NEIGH_VAR(neigh->parms, NEIGH_VAR_UCAST_PROBES); // there is no address to ask: counted as asked
  atomic_set(&neigh->probes, unicasts);
  neigh_del_timer(neigh);
  setState(neigh, NUD_INCOMPLETE);
  set(neigh->updated, now());
  neigh_add_timer(neigh, now() + (askNow ? retransTime(neigh) : 1));
}
// An address that was good once is used for now. If nothing above says soon that it still is, it will be asked.
static void beginDelay(const neighbour* neigh) {
  neigh_del_timer(neigh);
  setState(neigh, NUD_DELAY);
  set(neigh->updated, now());
  neigh_add_timer(neigh, now() + NEIGH_VAR(neigh->parms, NEIGH_VAR_DELAY_PROBE_TIME));
}

constexpr u8 Usable = NUD_CONNECTED | NUD_DELAY | NUD_PROBE; // a packet may go, and nothing need be begun

// Begins what is due, in an entry whose address may not be used as it is. Bottom halves are off until the question has
// left: the answer may come at once, and would take the packet that the question is asked for.
static int eventSend(const neighbour* neigh, const sk_buff* skb, bool immediate_ok) {
  const BottomHalvesOff locked;
  const bool stale = neigh->nud_state & NUD_STALE, asking = neigh->nud_state & NUD_INCOMPLETE;
  if (neigh->dead) {
    kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_DEAD);
    return 1;
  }
  const bool begins = !stale && !asking;
  if (begins) beginResolution(neigh, immediate_ok);
  else if (stale) beginDelay(neigh);
  const bool waits = neigh->nud_state == NUD_INCOMPLETE;
  if (waits && skb) queueBehindResolution(neigh, skb);
  if (begins && immediate_ok) neigh_probe(neigh);
  return waits;
}

// A packet wants to use this neighbour. 0: its address may be used now; 1: the packet waits (or was dropped).
// RFC 4861 section 7.3.3.
int __neigh_event_send(const neighbour* neigh, const sk_buff* skb, bool immediate_ok) {
  KFUNC(__neigh_event_send, neigh, skb, immediate_ok);
  const u8 state = neigh->nud_state;
  const bool asItIs = state & Usable || (neigh->dead && state & NUD_STALE);
  return call.result(asItIs ? 0 : eventSend(neigh, skb, immediate_ok));
}

int neigh_event_send_probe(const neighbour* neigh, const sk_buff* skb, bool immediate_ok) {
  const u64 usedNow = now();
  if (neigh->used != usedNow) set(neigh->used, usedNow);
  const bool usable = neigh->nud_state & Usable;
  return usable ? 0 : __neigh_event_send(neigh, skb, immediate_ok);
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
static bool givenUp(const neighbour* n) {
  const bool asking = n->nud_state & (NUD_INCOMPLETE | NUD_PROBE);
  return asking && atomic_read(&n->probes) >= neigh_max_probes(n);
}
static void fail(const neighbour* n) {
  setState(n, NUD_FAILED);
  neigh_invalidate(n);
}
// Comes back at `when`, though not before a hundredth of a second; the timer's reference goes on with it.
static void comeBack(const neighbour* n, u64 when) {
  const u64 soonest = now() + machine().options().hz / 100;
  if (!armTimer(n, std::max(when, soonest))) neigh_hold(n);
}

void neigh_timer_handler(const timer_list* t) {
  KFUNC(neigh_timer_handler, t);
  const auto* neigh = container_of(t, neighbour, timer);
  const u8 before = neigh->nud_state;
  TimerStep step{now() + retransTime(neigh), false};
  if (before & NUD_IN_TIMER) {
    if (before & NUD_REACHABLE) step = reachableTimer(neigh);
    else if (before & NUD_DELAY) step = delayTimer(neigh);
    if (givenUp(neigh)) {
      fail(neigh);
      step.notify = true;
    } else {
      if (neigh->nud_state & NUD_IN_TIMER) comeBack(neigh, step.next);
      if (neigh->nud_state & (NUD_INCOMPLETE | NUD_PROBE)) neigh_probe(neigh);
    }
  }
  if (step.notify) neigh_update_notify(neigh, 0);
  neigh_release(neigh);
}

// The neighbour by which this packet's own route goes now; a reference with it. nullptr: none can be found.
static const neighbour* neighbourOfRoute(const sk_buff* skb) {
  const dst_entry* dst = skb_dst(skb);
  if (!dst || dst->obsolete == DST_OBSOLETE_DEAD) return nullptr;
  return dst->ops->neigh_lookup(dst, skb, nullptr);
}

// The address is known now: what waited for it goes out, each packet through the neighbour of its own route.
static void sendWaiting(const neighbour* neigh) {
  while (neigh->nud_state & NUD_VALID) {
    const sk_buff* skb = __skb_dequeue(&neigh->arp_queue);
    if (!skb) break;
    const neighbour* own = neighbourOfRoute(skb);
    const neighbour* through = own ? own : neigh;
    through->output(through, skb);
    if (own) neigh_release(own);
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

namespace {
// What was heard, held against what is known.
struct Heard {
  const u8* address; // neigh->ha if it is no other than the known one
  u8 state;
};
// A message without an address, or with the one that is known already, changes no address.
const u8* addressHeard(const neighbour* neigh, const u8* lladdr) {
  const u32 length = neigh->dev->addr_len;
  if (!lladdr || !length) return neigh->ha;
  const bool same = neigh->nud_state & NUD_VALID && !std::memcmp(lladdr, neigh->ha, length);
  return same ? neigh->ha : lladdr;
}
// An entry that has an address is not talked out of it by anybody: only a message that may override (an answer to our
// own question, say) changes it. A weaker one makes us doubt, if we were sure: STALE with the old address. And hearing
// from it again without an answer makes nobody more or less sure. False: the message changes nothing.
bool weigh(const neighbour* neigh, u32 flags, Heard& heard) {
  const u8 before = neigh->nud_state;
  if (!(before & NUD_VALID)) return true;
  const bool another = heard.address != neigh->ha;
  if (another && !(flags & NEIGH_UPDATE_F_OVERRIDE)) {
    if (!(flags & NEIGH_UPDATE_F_WEAK_OVERRIDE && before & NUD_CONNECTED)) return false;
    heard = {neigh->ha, NUD_STALE};
  } else if (!another && heard.state == NUD_STALE && !(flags & NEIGH_UPDATE_F_ADMIN)) {
    heard.state = before;
  }
  return true;
}
} // namespace

// Something was heard of the neighbour (an ARP message) or told by an administrator.
int __neigh_update(const neighbour* neigh, const u8* lladdr, u8 state, u32 flags, u32 nlmsg_pid) {
  KFUNC(__neigh_update, neigh, lladdr, state, flags, nlmsg_pid);
  const u8 before = neigh->nud_state;
  const bool fixed = before & (NUD_NOARP | NUD_PERMANENT) && !(flags & NEIGH_UPDATE_F_ADMIN);
  if (neigh->dead || fixed) return call.result(-EPERM);
  if (!(state & NUD_VALID)) return call.result(becomeInvalid(neigh, before, state));
  if (!lladdr && !(before & NUD_VALID)) return call.result(-EINVAL);

  Heard heard{addressHeard(neigh, lladdr), state};
  if (state & NUD_CONNECTED) set(neigh->confirmed, now());
  if (!weigh(neigh, flags, heard)) return call.result(0);
  const bool newAddress = heard.address != neigh->ha, newState = heard.state != before;
  if (newState || newAddress) set(neigh->updated, now());
  if (newState) changeState(neigh, heard.state);
  if (newAddress) takeAddress(neigh, heard.address, heard.state);
  if (newState) {
    const bool sure = heard.state & NUD_CONNECTED;
    sure ? neigh_connect(neigh) : neigh_suspect(neigh);
    if (!(before & NUD_VALID)) sendWaiting(neigh);
  }
  if (newState || newAddress) neigh_update_notify(neigh, nlmsg_pid);
  return call.result(0);
}

// It will not be asked for any more: whoever waits for it is dropped.
void neigh_stop(const neighbour* n) {
  neigh_del_timer(n);
  if (refcount_read(&n->refcnt) == 1) return; // nobody waits
  set(n->nud_state, n->nud_state & NUD_VALID ? NUD_NOARP : NUD_NONE);
  set(n->output, fn<neigh_blackhole>);
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
