// TCP's timers: what a connection does when nothing comes. Each socket has three, and each serves several purposes:
//   icsk_retransmit_timer  retransmission, loss probes, reordering, shut windows; icsk_pending says which is meant
//   icsk_delack_timer      an acknowledgement that waited for company
//   icsk_keepalive_timer   a peer that may be gone, and orphans in FIN_WAIT2
// Two rules hold for all. A timer that fires while a task owns the socket leaves its work to the owner, who does it on
// letting go (tcp_release_cb()). And a timer that is put off is not stopped: it fires, sees that it is too early, and
// sleeps on, which is cheaper than taking it off its list each time an acknowledgement comes.
#include "engine/kernel/include/linux/hrtimer.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

static u32 log2of(u32 v) { return 31 - static_cast<u32>(__builtin_clz(v)); }

// ---- what the timers ask of a socket
static const sock* sockOf(const inet_connection_sock* icsk) { return &icsk->icsk_inet.sk; }
static const netns_ipv4* settingsOf(const sock* sk) { return &sock_net(sk)->ipv4; }
static bool isConnecting(const sock* sk) { return sk->sk_state == TCP_SYN_SENT || sk->sk_state == TCP_SYN_RECV; }
static bool hasNoPeer(const sock* sk) { return sk->sk_state == TCP_CLOSE || sk->sk_state == TCP_LISTEN; }
static bool isOrphan(const sock* sk) { return sock_flag(sk, SOCK_DEAD); }
// Since the first of the retransmissions that have got no answer yet, ms.
static u32 retransmittingFor(const tcp_sock* tp) { return tcp_time_stamp(tp) - tp->retrans_stamp; }

// ---- how a timer comes to its work
static bool sleepsOn(const sock* sk, const timer_list* timer, u64 due) {
  if (static_cast<s64>(due - machine().jiffies()) <= 0) return false;
  sk_reset_timer(sk, timer, due);
  return true;
}

// Now, or by the owner. Either way the reference that the armed timer held goes; what is left to the owner has its own.
static void serveOrDefer(const sock* sk, int flag, void (*serve)(const sock*)) {
  if (!sock_owned_by_user(sk)) {
    serve(sk);
  } else if (!(sk->sk_tsq_flags >> flag & 1)) {
    set(sk->sk_tsq_flags, sk->sk_tsq_flags | 1ull << flag);
    sock_hold(sk);
  }
  sock_put(sk);
}

// ---- the user's patience (TCP_USER_TIMEOUT, ms): no timer may sleep beyond its end
static u32 tcp_clamp_rto_to_user_timeout(const sock* sk) {
  const u32 backedOff = inet_csk(sk)->icsk_rto, patience = inet_csk(sk)->icsk_user_timeout;
  if (!patience) return backedOff;
  const s32 left = static_cast<s32>(patience - retransmittingFor(tcp_sk(sk)));
  return left > 0 ? std::min<u32>(backedOff, static_cast<u32>(msecs_to_jiffies(static_cast<u32>(left)))) : 1;
}

u32 tcp_clamp_probe0_to_user_timeout(const sock* sk, u32 when) {
  KFUNC(tcp_clamp_probe0_to_user_timeout, sk, when);
  const inet_connection_sock* icsk = inet_csk(sk);
  const u32 patience = icsk->icsk_user_timeout, firstProbe = icsk->icsk_probes_tstamp;
  if (!patience || !firstProbe) return call.result(when);
  const u32 waited = static_cast<u32>(std::max(static_cast<s32>(tcp_jiffies32() - firstProbe), 0));
  const u32 left = static_cast<u32>(msecs_to_jiffies(patience)) - waited;
  return call.result(std::min(when, std::max(left, TCP_TIMEOUT_MIN())));
}

// ---- giving up
static void tcp_write_err(const sock* sk) {
  KFUNC(tcp_write_err, sk);
  INLINED();
  const int soft = sk->sk_err_soft; // an ICMP error that came meanwhile tells more than "timed out"
  NOTE("tcp.gave_up", sk, soft ? soft : ETIMEDOUT);
  tcp_done_with_error(sk, soft ? soft : ETIMEDOUT);
}

// Orphans, which no task holds any more, may not eat all memory. 1: the socket is gone.
static int tcp_out_of_resources(const sock* sk, bool do_reset) {
  KFUNC(tcp_out_of_resources, sk, do_reset);
  const tcp_sock* tp = tcp_sk(sk);
  const s32 silence = static_cast<s32>(tcp_jiffies32() - tp->lsndtime);
  // Each sign that nobody will answer doubles what this orphan counts among the others.
  const bool silentForLong = silence > static_cast<s32>(2 * TCP_RTO_MAX()), unreachable = sk->sk_err_soft != 0;
  if (!tcp_check_oom(sk, (silentForLong || !do_reset) + unreachable)) return call.result(0);
  // A peer that may still be there hears of it, so that it does not wait in vain.
  const bool spokeLately = silence <= static_cast<s32>(TCP_TIMEWAIT_LEN());
  const bool waitsBehindShutWindow = !tp->snd_wnd && !tp->packets_out;
  if (do_reset || spokeLately || waitsBehindShutWindow) tcp_send_active_reset(sk, GFP_ATOMIC);
  tcp_done(sk);
  return call.result(1);
}

// How often an orphan may ask; 8 times if nothing else is set and the peer may be there.
static int tcp_orphan_retries(const sock* sk, bool alive) {
  const int configured = settingsOf(sk)->sysctl_tcp_orphan_retries;
  if (!alive) return sk->sk_err_soft ? 0 : configured;
  return configured ? configured : 8;
}

// The time that `boundary` retransmissions take with exponential backoff, in ms: giving up is a matter of time, not of
// the number of retransmissions that happened to be made.
static u32 tcp_model_timeout(u32 boundary, u32 rto_base) {
  const u32 doublings = log2of(TCP_RTO_MAX() / rto_base);
  const u32 grown = std::min(boundary, doublings), capped = boundary > doublings ? boundary - doublings : 0;
  return jiffies_to_msecs(((2u << grown) - 1) * rto_base + capped * TCP_RTO_MAX());
}
static bool retransmits_timed_out(const sock* sk, u32 boundary, u32 timeout) {
  KFUNC(retransmits_timed_out, sk, boundary, timeout);
  if (!inet_csk(sk)->icsk_retransmits) return call.result(false);
  const u32 first = isConnecting(sk) ? TCP_TIMEOUT_INIT() : TCP_RTO_MIN();
  const u32 allowed = timeout ? timeout : tcp_model_timeout(boundary, first);
  return call.result(static_cast<s32>(retransmittingFor(tcp_sk(sk)) - allowed) >= 0);
}

// ---- before it gives up, a connection doubts the path
// Half of what passed last, within the limits that the administrator set.
static int smallerSegment(const sock* sk) {
  const netns_ipv4* settings = settingsOf(sk);
  const int half = tcp_mtu_to_mss(sk, inet_csk(sk)->icsk_mtup.search_low) >> 1;
  return std::max({std::min<int>(half, settings->sysctl_tcp_base_mss), s32(settings->sysctl_tcp_mtu_probe_floor),
                   s32(settings->sysctl_tcp_min_snd_mss)});
}

// Perhaps large segments vanish where ICMP is filtered: try smaller ones (RFC 4821).
static void tcp_mtu_probing(const inet_connection_sock* icsk, const sock* sk) {
  if (!settingsOf(sk)->sysctl_tcp_mtu_probing) return;
  if (!icsk->icsk_mtup.enabled) enableMtuProbing(icsk);
  else set(icsk->icsk_mtup.search_low, tcp_mss_to_mtu(sk, smallerSegment(sk)));
  tcp_sync_mss(sk, icsk->icsk_pmtu_cookie);
}

static void doubtThePath(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  if (isConnecting(sk)) {
    if (icsk->icsk_retransmits) __dst_negative_advice(sk);
  } else if (retransmits_timed_out(sk, settingsOf(sk)->sysctl_tcp_retries1, 0)) {
    tcp_mtu_probing(icsk, sk);
    __dst_negative_advice(sk);
  }
}

// ---- retransmission
static int attemptsAllowed(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  if (isConnecting(sk))
    return icsk->icsk_syn_retries ? int(icsk->icsk_syn_retries) : settingsOf(sk)->sysctl_tcp_syn_retries;
  return isOrphan(sk) ? tcp_orphan_retries(sk, icsk->icsk_rto < TCP_RTO_MAX()) : settingsOf(sk)->sysctl_tcp_retries2;
}

static bool orphanMustGo(const sock* sk, u32 attempts) {
  const bool stillBackingOff = inet_csk(sk)->icsk_rto < TCP_RTO_MAX();
  return tcp_out_of_resources(sk, stillBackingOff || !retransmits_timed_out(sk, attempts, 0));
}

// The retransmission timer fired: is it time to give up? 1: the connection is gone.
static int tcp_write_timeout(const sock* sk) {
  KFUNC(tcp_write_timeout, sk);
  INLINED();
  doubtThePath(sk);
  const int allowed = attemptsAllowed(sk);
  const bool connecting = isConnecting(sk);
  if (!connecting && isOrphan(sk) && orphanMustGo(sk, static_cast<u32>(allowed))) return call.result(1);
  const bool synsUsedUp = connecting && inet_csk(sk)->icsk_retransmits >= allowed; // SYNs are counted, not timed
  const bool over = synsUsedUp || retransmits_timed_out(sk, static_cast<u32>(allowed), inet_csk(sk)->icsk_user_timeout);
  tcp_fastopen_active_detect_blackhole(sk, over);
  if (over) tcp_write_err(sk);
  else if (sk_rethink_txhash(sk)) add(tcp_sk(sk)->timeout_rehash, 1);
  return call.result(over ? 1 : 0);
}

// The peer took its window back while segments are in flight. They go again as probes, for as long as the peer says
// anything at all: silence for two of the longest timeouts ends it, or the user's patience.
static bool windowIsTakenBack(const sock* sk) { return !tcp_sk(sk)->snd_wnd && !isOrphan(sk) && !isConnecting(sk); }
static bool tcp_rtx_probe0_timed_out(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 patience = inet_csk(sk)->icsk_user_timeout;
  const u32 begun = tp->retrans_stamp ? u32(tp->retrans_stamp) : tcp_skb_timestamp(skb);
  const u32 trying = static_cast<u32>(msecs_to_jiffies(tcp_time_stamp(tp) - begun));
  if (patience && trying > patience) return true;
  const s32 longest = static_cast<s32>(TCP_RTO_MAX() * 2);
  const s32 allowed = patience ? std::min(longest, static_cast<s32>(msecs_to_jiffies(patience))) : longest;
  const s32 silence = static_cast<s32>(static_cast<u32>(inet_csk(sk)->icsk_timeout) - tp->rcv_tstamp);
  return silence > allowed && trying > static_cast<u32>(allowed);
}

// So little is in flight that duplicate acknowledgements will never tell of a loss: only the timer can.
static bool isThin(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool wanted = tp->thin_lto || settingsOf(sk)->sysctl_tcp_thin_linear_timeouts;
  return wanted && sk->sk_state == TCP_ESTABLISHED && tcp_stream_is_thin(tp) &&
         inet_csk(sk)->icsk_retransmits <= TCP_THIN_LINEAR_RETRIES;
}

// Each time twice as long. A thin stream hurts nobody by asking as often as at first.
static void rearmWithBackoff(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const u32 longest = TCP_RTO_MAX();
  if (isThin(sk)) {
    set(icsk->icsk_backoff, 0);
    set(icsk->icsk_rto, std::clamp(__tcp_set_rto(tcp_sk(sk)), tcp_rto_min(sk), longest));
  } else {
    set(icsk->icsk_rto, std::min(longest, icsk->icsk_rto * 2u));
  }
  inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, tcp_clamp_rto_to_user_timeout(sk), longest);
  NOTE("tcp.rto", sk, jiffies_to_msecs(icsk->icsk_rto), icsk->icsk_backoff);
  const u32 suspicious = settingsOf(sk)->sysctl_tcp_retries1 + 1u;
  if (retransmits_timed_out(sk, suspicious, 0)) sk_dst_reset(sk); // the route may be at fault: look it up anew
}

static void retransmitIntoShutWindow(const sock* sk) {
  const sk_buff* first = tcp_rtx_queue_head(sk);
  if (tcp_rtx_probe0_timed_out(sk, first)) {
    tcp_write_err(sk);
    return;
  }
  tcp_enter_loss(sk);
  tcp_retransmit_skb(sk, first, 1);
  sk_dst_reset(sk);
  rearmWithBackoff(sk);
}

static void retransmitFirst(const sock* sk) {
  tcp_enter_loss(sk);
  add(inet_csk(sk)->icsk_retransmits, 1);
  if (tcp_retransmit_skb(sk, tcp_rtx_queue_head(sk), 1) > 0) { // our own queue is full: soon again, that was no loss
    inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, TCP_RESOURCE_PROBE_INTERVAL(), TCP_RTO_MAX());
    return;
  }
  add(inet_csk(sk)->icsk_backoff, 1);
  rearmWithBackoff(sk);
}

// No acknowledgement for a whole RTO: all that is in flight counts as lost, and the first segment goes again.
void tcp_retransmit_timer(const sock* sk) {
  KFUNC(tcp_retransmit_timer, sk);
  SIMPLIFIED("no Fast Open: a SYN-ACK is always its request's to repeat");
  if (!tcp_sk(sk)->packets_out) return;
  BUG_ON(!tcp_rtx_queue_head(sk));
  if (windowIsTakenBack(sk)) retransmitIntoShutWindow(sk);
  else if (!tcp_write_timeout(sk)) retransmitFirst(sk);
}

// ---- a window that stays shut
// True: the user's patience has run out since the first probe, whose moment is kept.
static bool probedTooLong(const inet_connection_sock* icsk) {
  const u32 patience = icsk->icsk_user_timeout;
  if (!icsk->icsk_probes_tstamp) {
    set(icsk->icsk_probes_tstamp, tcp_jiffies32());
    return false;
  }
  const s32 waited = static_cast<s32>(tcp_jiffies32() - icsk->icsk_probes_tstamp);
  return patience && waited >= static_cast<s32>(msecs_to_jiffies(patience));
}

namespace {
struct ProbeBudget {
  int most; // probes without an answer
  bool spent;
};
} // namespace
static ProbeBudget probeBudget(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const bool tooLong = probedTooLong(icsk);
  if (tooLong || !isOrphan(sk)) return {settingsOf(sk)->sysctl_tcp_retries2, tooLong};
  const bool stillBackingOff = inet_csk_rto_backoff(icsk, TCP_RTO_MAX()) < TCP_RTO_MAX();
  const int most = tcp_orphan_retries(sk, stillBackingOff);
  return {most, !stillBackingOff && icsk->icsk_backoff >= most};
}

// The window is shut: ask. As long as the peer answers, for ever; an orphan or an impatient user gives up.
static void tcp_probe_timer(const sock* sk) {
  KFUNC(tcp_probe_timer, sk);
  INLINED();
  const inet_connection_sock* icsk = inet_csk(sk);
  const bool noProbeNeeded = tcp_sk(sk)->packets_out || !tcp_send_head(sk);
  if (noProbeNeeded) {
    set(icsk->icsk_probes_out, 0);
    set(icsk->icsk_probes_tstamp, 0);
    return;
  }
  const ProbeBudget budget = probeBudget(sk);
  if (!budget.spent && isOrphan(sk) && tcp_out_of_resources(sk, true)) return;
  if (budget.spent || icsk->icsk_probes_out >= budget.most) tcp_write_err(sk);
  else tcp_send_probe0(sk);
}

// ---- one timer, four purposes
namespace {
struct Purpose {
  u8 pending;
  bool over; // nothing is pending any more when it is served; the others settle themselves what comes next
  void (*serve)(const sock*);
};
} // namespace
static constexpr Purpose purposes[] = {{ICSK_TIME_REO_TIMEOUT, false, tcp_rack_reo_timeout},
                                       {ICSK_TIME_LOSS_PROBE, false, tcp_send_loss_probe},
                                       {ICSK_TIME_RETRANS, true, tcp_retransmit_timer},
                                       {ICSK_TIME_PROBE0, true, tcp_probe_timer}};

void tcp_write_timer_handler(const sock* sk) {
  KFUNC(tcp_write_timer_handler, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const u8 pending = icsk->icsk_pending;
  if (!pending || hasNoPeer(sk) || sleepsOn(sk, &icsk->icsk_retransmit_timer, icsk->icsk_timeout)) return;
  tcp_mstamp_refresh(tcp_sk(sk));
  for (const Purpose& purpose : purposes) {
    if (purpose.pending != pending) continue;
    if (purpose.over) set(icsk->icsk_pending, 0);
    purpose.serve(sk);
  }
}

static void tcp_write_timer(const timer_list* t) {
  KFUNC(tcp_write_timer, t);
  serveOrDefer(sockOf(container_of(t, inet_connection_sock, icsk_retransmit_timer)), TCP_WRITE_TIMER_DEFERRED,
               tcp_write_timer_handler);
}

// ---- delayed acknowledgements
// The waiting was for nothing. In a conversation (ping-pong mode) that means it is none after all; otherwise data will
// perhaps come later than was thought, and the next acknowledgement waits twice as long for it.
static void learnFromWaiting(const sock* sk) {
  const auto& ack = inet_csk(sk)->icsk_ack;
  if (inet_csk_in_pingpong_mode(sk)) {
    inet_csk_exit_pingpong_mode(sk);
    set(ack.ato, TCP_ATO_MIN());
  } else {
    set(ack.ato, std::min<u32>(ack.ato << 1, inet_csk(sk)->icsk_rto));
  }
}

// No data went the other way in time: the acknowledgement goes alone.
void tcp_delack_timer_handler(const sock* sk) {
  KFUNC(tcp_delack_timer_handler, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const auto& ack = inet_csk(sk)->icsk_ack;
  if (hasNoPeer(sk)) return;
  if (tp->compressed_ack) { // several in one, which waited on a timer of their own for the owner to let go
    tcp_mstamp_refresh(tp);
    tcp_sack_compress_send_ack(sk);
    return;
  }
  const bool armed = ack.pending & ICSK_ACK_TIMER;
  if (!armed || sleepsOn(sk, &inet_csk(sk)->icsk_delack_timer, ack.timeout)) return;
  set(ack.pending, ack.pending & ~ICSK_ACK_TIMER);
  if (!inet_csk_ack_scheduled(sk)) return; // data took it along meanwhile
  learnFromWaiting(sk);
  tcp_mstamp_refresh(tp);
  tcp_send_ack(sk);
}

static void tcp_delack_timer(const timer_list* t) {
  KFUNC(tcp_delack_timer, t);
  serveOrDefer(sockOf(container_of(t, inet_connection_sock, icsk_delack_timer)), TCP_DELACK_TIMER_DEFERRED,
               tcp_delack_timer_handler);
}

// While segments come out of order, one acknowledgement stands for several; this sends the last of them.
static void sendCompressedAck(const sock* sk) {
  if (!tcp_sk(sk)->compressed_ack) return;
  sub(tcp_sk(sk)->compressed_ack, 1);
  tcp_send_ack(sk);
}
static u32 tcp_compressed_ack_kick(const hrtimer* timer) {
  KFUNC(tcp_compressed_ack_kick, timer);
  const tcp_sock* tp = container_of(timer, tcp_sock, compressed_ack_timer);
  serveOrDefer(&tp->inet_conn.icsk_inet.sk, TCP_DELACK_TIMER_DEFERRED, sendCompressedAck);
  return call.result(u32(HRTIMER_NORESTART));
}

// ---- keepalive, and the end of orphans in FIN_WAIT2, on one timer
void tcp_set_keepalive(const sock* sk, int val) {
  KFUNC(tcp_set_keepalive, sk, val);
  if (hasNoPeer(sk)) return; // it begins with the connection
  const bool running = sock_flag(sk, SOCK_KEEPOPEN);
  if (!val) inet_csk_delete_keepalive_timer(sk);
  else if (!running) inet_csk_reset_keepalive_timer(sk, keepalive_time_when(tcp_sk(sk)));
}

// The peer never closed its half: the small TIME_WAIT socket waits on for it, or a RST ends it.
static void endOrphan(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const int left = static_cast<int>(tcp_fin_time(sk)) - static_cast<int>(TCP_TIMEWAIT_LEN());
  if (tp->linger2 >= 0 && left > 0) {
    tcp_time_wait(sk, TCP_FIN_WAIT2, left);
    return;
  }
  tcp_send_active_reset(sk, GFP_ATOMIC);
  tcp_done(sk);
}

// Gives the time until the next look, 0: the peer is dead and so is the connection.
static u32 keepaliveRound(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  if (tp->packets_out || !tcp_write_queue_empty(sk)) return keepalive_time_when(tp); // retransmission tells as much
  const u32 silence = keepalive_time_elapsed(tp), limit = keepalive_time_when(tp);
  if (silence < limit) return limit - silence;
  const u32 patience = icsk->icsk_user_timeout;
  const bool impatient = patience && silence >= msecs_to_jiffies(patience) && icsk->icsk_probes_out > 0;
  if (impatient || (!patience && icsk->icsk_probes_out >= keepalive_probes(tp))) {
    tcp_send_active_reset(sk, GFP_ATOMIC);
    tcp_write_err(sk);
    return 0;
  }
  NOTE("tcp.keepalive", sk, icsk->icsk_probes_out);
  if (tcp_write_wakeup(sk, 0) > 0) return TCP_RESOURCE_PROBE_INTERVAL();
  add(icsk->icsk_probes_out, 1);
  return keepalive_intvl_when(tp);
}

static void lookAfterIdle(const sock* sk) {
  if (sk->sk_state == TCP_LISTEN) return;
  tcp_mstamp_refresh(tcp_sk(sk));
  if (sk->sk_state == TCP_FIN_WAIT2 && isOrphan(sk)) {
    endOrphan(sk);
    return;
  }
  const bool established = sk->sk_state != TCP_CLOSE && sk->sk_state != TCP_SYN_SENT;
  const u32 next = established && sock_flag(sk, SOCK_KEEPOPEN) ? keepaliveRound(sk) : 0;
  if (next) inet_csk_reset_keepalive_timer(sk, next);
}

static void tcp_keepalive_timer(const timer_list* t) {
  KFUNC(tcp_keepalive_timer, t);
  const sock* sk = sockOf(container_of(t, inet_connection_sock, icsk_keepalive_timer));
  if (sock_owned_by_user(sk)) inet_csk_reset_keepalive_timer(sk, HZ() / 20); // this one is not urgent: later
  else lookAfterIdle(sk);
  sock_put(sk);
}

// ---- setup
void tcp_syn_ack_timeout(const request_sock* req) { KFUNC(tcp_syn_ack_timeout, req); }

void tcp_init_xmit_timers(const sock* sk) {
  KFUNC(tcp_init_xmit_timers, sk);
  inet_csk_init_xmit_timers(sk, fn<tcp_write_timer>, fn<tcp_delack_timer>, fn<tcp_keepalive_timer>);
  hrtimer_init(&tcp_sk(sk)->pacing_timer, fn<tcp_pace_kick>);
  hrtimer_init(&tcp_sk(sk)->compressed_ack_timer, fn<tcp_compressed_ack_kick>);
}

void tcp_clear_xmit_timers(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  for (const hrtimer* precise : {&tp->pacing_timer, &tp->compressed_ack_timer})
    if (hrtimer_try_to_cancel(precise) == 1) sock_put(sk);
  inet_csk_clear_xmit_timers(sk);
}

} // namespace sockwalk::kernel
