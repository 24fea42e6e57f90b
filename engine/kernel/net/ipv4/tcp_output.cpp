// TCP's sending side: what of the queue may leave now. Three limits hold data back, the peer's window, the congestion
// window and Nagle's rule; a fourth, TCP small queues, keeps this host's own queues short.
#include "engine/kernel/include/linux/hrtimer.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

// The socket's clock stands still between these moments, so that one event has one time.
void refreshClock(const tcp_sock* tp) {
  const u64 now = tcp_clock_ns();
  set(tp->tcp_clock_cache, now);
  set(tp->tcp_mstamp, now / NSEC_PER_USEC);
}
void tcp_mstamp_refresh(const tcp_sock* tp) {
  KFUNC(tcp_mstamp_refresh, tp);
  refreshClock(tp);
}

// ---- chronographs: what keeps data from being sent, and for how long. TCP_INFO tells.
static void tcp_chrono_set(const tcp_sock* tp, u32 type) {
  const u32 moment = tcp_jiffies32(), ended = tp->chrono_type;
  if (ended != TCP_CHRONO_UNSPEC) add(tp->chrono_stat[ended - 1], moment - tp->chrono_start);
  set(tp->chrono_start, moment);
  set(tp, tcp_sock::bit::chrono_type, type);
}
void startChrono(const sock* sk, u32 type) { // tcp_chrono_start(), where the compiler inlined it
  if (type > tcp_sk(sk)->chrono_type) tcp_chrono_set(tcp_sk(sk), type);
}
void tcp_chrono_start(const sock* sk, u32 type) {
  KFUNC(tcp_chrono_start, sk, type);
  startChrono(sk, type);
}
// The reason `type` is gone. What remains is being busy, or nothing at all; a graver reason that runs goes on running.
void tcp_chrono_stop(const sock* sk, u32 type) {
  KFUNC(tcp_chrono_stop, sk, type);
  const tcp_sock* tp = tcp_sk(sk);
  const bool nothingToDo = tcp_rtx_and_write_queues_empty(sk);
  if (!nothingToDo && type != tp->chrono_type) return;
  tcp_chrono_set(tp, nothingToDo ? TCP_CHRONO_UNSPEC : TCP_CHRONO_BUSY);
}

// ---- the congestion window after a pause
// Nothing was sent for longer than a retransmission timeout: what the window was worth is no longer known. It is halved
// for each timeout that passed, down to what a new connection would begin with (RFC 2861).
void tcp_cwnd_restart(const sock* sk, s32 delta) {
  KFUNC(tcp_cwnd_restart, sk, delta);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 least = std::min<u32>(tcp_init_cwnd(tp, __sk_dst_get(sk)), tp->snd_cwnd);
  u32 window = tp->snd_cwnd;
  tcp_ca_event(sk, CA_EVENT_CWND_RESTART);
  set(tp->snd_ssthresh, tcp_current_ssthresh(sk));
  const s32 timeout = static_cast<s32>(inet_csk(sk)->icsk_rto);
  for (s32 idle = delta - timeout; idle > 0 && window > least; idle -= timeout) window >>= 1;
  tcp_snd_cwnd_set(tp, std::max(window, least));
  set(tp->snd_cwnd_stamp, tcp_jiffies32());
  set(tp->snd_cwnd_used, 0);
}

static bool ownerWantsRoom(const sock* sk) { return sk->sk_socket && sk->sk_socket->flags >> SOCK_NOSPACE & 1; }

// The window was not full for a whole timeout: it shrinks half the way to what was used.
static void shrinkTowardsUse(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 used = std::max<u32>(tp->snd_cwnd_used, tcp_init_cwnd(tp, __sk_dst_get(sk)));
  if (used < tp->snd_cwnd) {
    set(tp->snd_ssthresh, tcp_current_ssthresh(sk));
    tcp_snd_cwnd_set(tp, (tp->snd_cwnd + used) / 2);
  }
  set(tp->snd_cwnd_used, 0);
}
static void tcp_cwnd_application_limited(const sock* sk) {
  KFUNC(tcp_cwnd_application_limited, sk);
  INLINED();
  // Only the program's own idleness counts: not that our buffer was full, nor a loss that is being mended.
  const bool programWasIdle = sk->sk_socket && !ownerWantsRoom(sk);
  if (programWasIdle && inet_csk(sk)->icsk_ca_state == TCP_CA_Open) shrinkTowardsUse(sk);
  set(tcp_sk(sk)->snd_cwnd_stamp, tcp_jiffies32());
}

// What is remembered of each round trip: whether the window was the limit in it, and how much was in flight at most.
static void noteWindowUse(const tcp_sock* tp, bool limited) {
  const bool newRound = !before(tp->snd_una, tp->cwnd_usage_seq);
  const bool newMost = !tp->is_cwnd_limited && tp->packets_out > tp->max_packets_out;
  if (!newRound && !newMost && !limited) return;
  set(tp, tcp_sock::bit::is_cwnd_limited, limited);
  set(tp->max_packets_out, tp->packets_out);
  set(tp->cwnd_usage_seq, tp->snd_nxt);
}

static bool windowUnusedForRto(const sock* sk) {
  const s32 unused = static_cast<s32>(tcp_jiffies32() - tcp_sk(sk)->snd_cwnd_stamp);
  return unused >= static_cast<s32>(inet_csk(sk)->icsk_rto);
}

// All is sent, and the program waits for room: a larger send buffer would have helped.
static bool sendBufferIsTheLimit(const sock* sk) {
  const bool maySend = sk->sk_state == TCP_ESTABLISHED || sk->sk_state == TCP_CLOSE_WAIT;
  return maySend && tcp_write_queue_empty(sk) && ownerWantsRoom(sk);
}

// Was the congestion window what held us back? Only then acknowledgements may let it grow.
static void tcp_cwnd_validate(const sock* sk, bool is_cwnd_limited) {
  KFUNC(tcp_cwnd_validate, sk, is_cwnd_limited);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  noteWindowUse(tp, is_cwnd_limited);
  if (tcp_is_cwnd_limited(sk)) {
    set(tp->snd_cwnd_used, 0);
    set(tp->snd_cwnd_stamp, tcp_jiffies32());
    return;
  }
  if (tp->packets_out > tp->snd_cwnd_used) set(tp->snd_cwnd_used, tp->packets_out);
  const bool usualControl = !inet_csk(sk)->icsk_ca_ops->cong_control; // BBR, say, has an idea of idleness of its own
  if (usualControl && sock_net(sk)->ipv4.sysctl_tcp_slow_start_after_idle && windowUnusedForRto(sk))
    tcp_cwnd_application_limited(sk);
  if (sendBufferIsTheLimit(sk)) startChrono(sk, TCP_CHRONO_SNDBUF_LIMITED);
}

// How many segments the congestion window lets out now. The last FIN goes whatever it says.
static u32 tcp_cwnd_test(const tcp_sock* tp, const sk_buff* skb) {
  KFUNC(tcp_cwnd_test, tp, skb);
  INLINED();
  const bool finAlone = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN && tcp_skb_pcount(skb) == 1;
  if (finAlone) return call.result(1u);
  const u32 window = tp->snd_cwnd, used = tcp_packets_in_flight(tp);
  const u32 room = window > used ? window - used : 0;
  const u32 burst = std::max(window / 2, 1u); // half, so that two bursts are under way
  return call.result(std::min(room, burst));
}

// Does at least the first segment fit the peer's window?
bool tcp_snd_wnd_test(const tcp_sock* tp, const sk_buff* skb, u32 cur_mss) {
  KFUNC(tcp_snd_wnd_test, tp, skb, cur_mss);
  INLINED();
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const u32 firstEnds = skb->len > cur_mss ? cb->seq + cur_mss : u32(cb->end_seq);
  return call.result(!after(firstEnds, tcp_wnd_end(tp)));
}

// Pacing by the socket itself, where no fq qdisc does it: the next segment waits for its moment.
bool tcp_pacing_check(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u64 moment = tp->tcp_wstamp_ns;
  const bool mustWait = tcp_needs_internal_pacing(sk) && moment > tp->tcp_clock_cache;
  if (mustWait && !hrtimer_is_queued(&tp->pacing_timer)) {
    hrtimer_start(&tp->pacing_timer, static_cast<s64>(moment));
    sock_hold(sk); // for the timer
  }
  return mustWait;
}

static bool tcp_rtx_queue_empty_or_single_skb(const sock* sk) {
  const rb_node* top = sk->tcp_rtx_queue.rb_node;
  if (!top) return true;
  const bool hasMore = top->rb_left || top->rb_right;
  return !hasMore;
}

// TCP small queues: about a millisecond's worth of this socket may stand in qdisc and device, two buffers at least.
static u64 smallQueueLimit(const sock* sk, const sk_buff* skb) {
  const u64 wanted = std::max<u64>(2 * skb->truesize, sk->sk_pacing_rate >> sk->sk_pacing_shift);
  if (sk->sk_pacing_status != SK_PACING_NONE) return wanted;
  return std::min<u64>(wanted, static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_limit_output_bytes));
}

// More makes everybody's packets wait; tcp_wfree() calls for the next when some have left. With at most one buffer in
// flight the next goes anyway: destructors may run late, and the line would stand idle.
bool tcp_small_queue_check(const sock* sk, const sk_buff* skb, u32 factor) {
  KFUNC(tcp_small_queue_check, sk, skb, factor);
  const u64 allowed = smallQueueLimit(sk, skb) << factor;
  const u64 standing = static_cast<u32>(refcount_read(&sk->sk_wmem_alloc));
  const bool wait = standing > allowed && !tcp_rtx_queue_empty_or_single_skb(sk);
  if (wait) {
    set(sk->sk_tsq_flags, sk->sk_tsq_flags | 1ull << TSQ_THROTTLED);
    NOTE("tcp.small_queue", sk, sk->sk_wmem_alloc.refs.counter, allowed);
  }
  return call.result(wait);
}

// From the list of what is to be sent to the tree of what may be sent again.
static void moveToRetransmitQueue(const sock* sk, const sk_buff* skb) {
  __skb_unlink(skb, &sk->sk_write_queue);
  tcp_rbtree_insert(&sk->tcp_rtx_queue, skb);
  if (!tcp_sk(sk)->highest_sack) set(tcp_sk(sk)->highest_sack, skb);
}

// A segment left for the first time.
void tcp_event_new_data_sent(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_event_new_data_sent, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const bool firstInFlight = !tp->packets_out;
  set(tp->snd_nxt, TCP_SKB_CB(skb)->end_seq);
  moveToRetransmitQueue(sk, skb);
  add(tp->packets_out, tcp_skb_pcount(skb));
  const bool probePending = inet_csk(sk)->icsk_pending == ICSK_TIME_LOSS_PROBE; // it waited for less than this
  if (firstInFlight || probePending) tcp_rearm_rto(sk);
  tcp_check_space(sk);
}

static void tcp_minshall_update(const tcp_sock* tp, u32 mss_now, const sk_buff* skb) {
  if (skb->len < tcp_skb_pcount(skb) * mss_now) set(tp->snd_sml, TCP_SKB_CB(skb)->end_seq);
}

namespace {
enum class MaySend { No, Yes };
struct SendRound { // what one run of tcp_write_xmit() finds out on its way
  u32 mss_now, max_segs, gfp;
  int nonagle, push_one;
  bool cwndLimited = false, rwndLimited = false;
};
} // namespace

// Is it wise to wait, for more data or for a wider window? Nagle's rule answers for one segment, TSO deferral for several.
static bool shouldWait(const sock* sk, const sk_buff* skb, int segments, SendRound& round) {
  if (segments > 1)
    return !round.push_one && tcp_tso_should_defer(sk, skb, &round.cwndLimited, &round.rwndLimited, round.max_segs);
  const int rule = tcp_skb_is_last(sk, skb) ? round.nonagle : int(TCP_NAGLE_PUSH); // others behind it: it grows no more
  return !tcp_nagle_test(tcp_sk(sk), skb, round.mss_now, rule);
}

// How many bytes of the buffer go at once, when so many segments are allowed. Urgent data goes one by one.
static u32 sliceOf(const sock* sk, const sk_buff* skb, int segments, u32 allowed, const SendRound& round) {
  const bool goesAsOne = segments > 1 && !tcp_urg_mode(tcp_sk(sk));
  if (!goesAsOne) return round.mss_now;
  return tcp_mss_split_point(sk, skb, round.mss_now, std::min(allowed, round.max_segs), round.nonagle);
}

// All that may keep the first segment of the queue here; cuts it down to what may go.
static MaySend mayGo(const sock* sk, const sk_buff* skb, SendRound& round) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tcp_pacing_check(sk)) return MaySend::No;
  const int segments = tcp_init_tso_segs(skb, round.mss_now);
  const u32 allowed = tcp_cwnd_test(tp, skb);
  const bool isLossProbe = round.push_one == 2; // it goes beyond the congestion window
  if (!allowed && !isLossProbe) return MaySend::No;
  if (!tcp_snd_wnd_test(tp, skb, round.mss_now)) {
    round.rwndLimited = true;
    NOTE("tcp.window_full", sk, tp->snd_wnd);
    return MaySend::No;
  }
  if (shouldWait(sk, skb, segments, round)) return MaySend::No;
  const u32 slice = sliceOf(sk, skb, segments, std::max(allowed, 1u), round);
  if (skb->len > slice && tso_fragment(sk, skb, slice, round.mss_now, round.gfp)) return MaySend::No;
  if (tcp_small_queue_check(sk, skb, 0)) return MaySend::No;
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const bool empty = cb->seq == cb->end_seq; // its writer still sleeps for the memory to fill it
  return empty ? MaySend::No : MaySend::Yes;
}

// A socket under repair (checkpoint and restore) only pretends to send.
static void pretendToSend(const sock* sk, const sk_buff* skb, u32 mss_now) {
  const tcp_sock* tp = tcp_sk(sk);
  set(tp->tcp_wstamp_ns, tp->tcp_clock_cache);
  set(skb->skb_mstamp_ns, tp->tcp_wstamp_ns);
  list_del(&skb->tcp_tsorted_anchor);
  list_add_tail(&skb->tcp_tsorted_anchor, &tp->tsorted_sent_queue);
  tcp_init_tso_segs(skb, mss_now);
}

// The chronograph of a full peer's window runs or stops.
static void noteReceiverLimit(const sock* sk, bool limited) {
  if (limited) startChrono(sk, TCP_CHRONO_RWND_LIMITED);
  else tcp_chrono_stop(sk, TCP_CHRONO_RWND_LIMITED);
}

// Sends what may be sent; at most one buffer if push_one. True: data waits, nothing is in flight that could bring an
// acknowledgement, so a probe timer must run.
bool tcp_write_xmit(const sock* sk, u32 mss_now, int nonagle, int push_one, u32 gfp) {
  KFUNC(tcp_write_xmit, sk, mss_now, nonagle, push_one, gfp);
  const tcp_sock* tp = tcp_sk(sk);
  u32 sent = 0;
  refreshClock(tp);
  if (!push_one) {
    const int probed = tcp_mtu_probe(sk);
    if (!probed) return call.result(false);
    sent = probed > 0 ? 1 : 0;
  }
  SendRound round{mss_now, tcp_tso_segs(sk, mss_now), gfp, nonagle, push_one};
  while (const sk_buff* skb = tcp_send_head(sk)) {
    if (tp->repair && tp->repair_queue == TCP_SEND_QUEUE) pretendToSend(sk, skb, mss_now);
    else if (mayGo(sk, skb, round) == MaySend::No || tcp_transmit_skb(sk, skb, 1, gfp)) break;
    tcp_event_new_data_sent(sk, skb);
    tcp_minshall_update(tp, mss_now, skb);
    sent += tcp_skb_pcount(skb);
    if (push_one) break;
  }
  noteReceiverLimit(sk, round.rwndLimited);
  const bool windowWasLimit = round.cwndLimited || tcp_packets_in_flight(tp) >= tp->snd_cwnd;
  if (sent || windowWasLimit) tcp_cwnd_validate(sk, windowWasLimit);
  if (!sent) return call.result(!tp->packets_out && !tcp_write_queue_empty(sk));
  if (tcp_in_cwnd_reduction(sk)) add(tp->prr_out, sent);
  if (push_one != 2) scheduleLossProbe(sk, false);
  return call.result(false);
}

void __tcp_push_pending_frames(const sock* sk, u32 cur_mss, int nonagle) {
  KFUNC(__tcp_push_pending_frames, sk, cur_mss, nonagle);
  if (sk->sk_state == TCP_CLOSE) return;
  if (tcp_write_xmit(sk, cur_mss, nonagle, 0, GFP_ATOMIC)) tcp_check_probe_timer(sk);
}

// The one buffer at the head of the queue, which is full: it need not wait for more.
static bool headIsFull(const sock* sk, u32 mss_now) {
  const sk_buff* head = tcp_send_head(sk);
  return head && head->len >= mss_now;
}
void tcp_push_one(const sock* sk, u32 mss_now) {
  KFUNC(tcp_push_one, sk, mss_now);
  BUG_ON(!headIsFull(sk, mss_now));
  tcp_write_xmit(sk, mss_now, TCP_NAGLE_PUSH, 1, sk->sk_allocation);
}

} // namespace sockwalk::kernel
