// TCP's timers. One serves retransmission and its relatives, loss probes, reordering and shut windows (icsk_pending
// says which); one the delayed acknowledgement; one keepalive and the end of orphans. A timer that fires while a task
// owns the socket leaves its work to the owner: tcp_release_cb().
#include "engine/kernel/include/net/tcp_input.h"
#include "engine/kernel/net/ipv4/tcp_fastopen.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

static constexpr u32 TCP_THIN_LINEAR_RETRIES = 6;
static constexpr u32 CONNECTING = TCPF_SYN_SENT | TCPF_SYN_RECV;
static u32 log2of(u32 v) { return 31 - static_cast<u32>(__builtin_clz(v)); }
static const sock* sockOf(const inet_connection_sock* icsk) { return &icsk->icsk_inet.sk; }

// ---- user timeouts (TCP_USER_TIMEOUT, ms): the next timer is not later than the end of the user's patience
static u32 tcp_clamp_rto_to_user_timeout(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  if (!icsk->icsk_user_timeout) return icsk->icsk_rto;
  const u32 elapsed = tcp_time_stamp(tcp_sk(sk)) - tcp_sk(sk)->retrans_stamp;
  const s32 remaining = static_cast<s32>(icsk->icsk_user_timeout - elapsed);
  return remaining <= 0
             ? 1
             : std::min<u32>(icsk->icsk_rto, static_cast<u32>(msecs_to_jiffies(static_cast<u32>(remaining))));
}

u32 tcp_clamp_probe0_to_user_timeout(const sock* sk, u32 when) {
  KFUNC(tcp_clamp_probe0_to_user_timeout, sk, when);
  const inet_connection_sock* icsk = inet_csk(sk);
  if (!icsk->icsk_user_timeout || !icsk->icsk_probes_tstamp) return call.result(when);
  const s32 elapsed = std::max(static_cast<s32>(tcp_jiffies32() - icsk->icsk_probes_tstamp), 0);
  const u32 remaining = static_cast<u32>(msecs_to_jiffies(icsk->icsk_user_timeout)) - static_cast<u32>(elapsed);
  return call.result(std::min(std::max(remaining, TCP_TIMEOUT_MIN()), when));
}

// ---- giving up
static void tcp_write_err(const sock* sk) {
  KFUNC(tcp_write_err, sk);
  const int soft = sk->sk_err_soft; // an ICMP error that came meanwhile tells more than "timed out"
  NOTE("tcp.gave_up", sk, soft ? soft : ETIMEDOUT);
  tcp_done_with_error(sk, soft ? soft : ETIMEDOUT);
}

// Orphans, which no task holds any more, may not eat all memory. 1: the socket is gone.
static int tcp_out_of_resources(const sock* sk, bool do_reset) {
  KFUNC(tcp_out_of_resources, sk, do_reset);
  const tcp_sock* tp = tcp_sk(sk);
  const s32 silent = static_cast<s32>(tcp_jiffies32() - tp->lsndtime);
  int shift = 0;
  if (silent > static_cast<s32>(2 * TCP_RTO_MAX()) || !do_reset) ++shift;
  if (sk->sk_err_soft) ++shift;
  if (!tcp_check_oom(sk, shift)) return call.result(0);
  if (silent <= static_cast<s32>(TCP_TIMEWAIT_LEN()) || (!tp->snd_wnd && !tp->packets_out)) do_reset = true;
  if (do_reset) tcp_send_active_reset(sk, GFP_ATOMIC);
  tcp_done(sk);
  return call.result(1);
}

static int tcp_orphan_retries(const sock* sk, bool alive) {
  int retries = sock_net(sk)->ipv4.sysctl_tcp_orphan_retries;
  if (sk->sk_err_soft && !alive) retries = 0;
  return !retries && alive ? 8 : retries;
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
  if (!timeout) {
    const bool connecting = 1 << sk->sk_state & CONNECTING;
    timeout = tcp_model_timeout(boundary, connecting ? TCP_TIMEOUT_INIT() : TCP_RTO_MIN());
  }
  const u32 since = tcp_time_stamp(tcp_sk(sk)) - tcp_sk(sk)->retrans_stamp;
  return call.result(static_cast<s32>(since - timeout) >= 0);
}

static void __dst_negative_advice(const sock* sk) {
  const dst_entry* dst = __sk_dst_get(sk);
  if (dst && dst->ops->negative_advice) dst->ops->negative_advice(sk, dst);
}

// Perhaps large segments vanish where ICMP is filtered: try smaller ones (RFC 4821).
static void tcp_mtu_probing(const inet_connection_sock* icsk, const sock* sk) {
  const netns_ipv4* sysctl = &sock_net(sk)->ipv4;
  if (!sysctl->sysctl_tcp_mtu_probing) return;
  if (!icsk->icsk_mtup.enabled) {
    enableMtuProbing(icsk);
  } else {
    int mss = std::min<int>(sysctl->sysctl_tcp_base_mss, tcp_mtu_to_mss(sk, icsk->icsk_mtup.search_low) >> 1);
    mss = std::max({mss, s32(sysctl->sysctl_tcp_mtu_probe_floor), s32(sysctl->sysctl_tcp_min_snd_mss)});
    set(icsk->icsk_mtup.search_low, tcp_mss_to_mtu(sk, mss));
  }
  tcp_sync_mss(sk, icsk->icsk_pmtu_cookie);
}

static void sk_rethink_txhash(const sock* sk) { // another path may work where several are equal
  if (!sk->sk_txhash || sk->sk_txrehash != 1) return;
  const u32 hash = static_cast<u32>(machine().random());
  set(sk->sk_txhash, hash ? hash : 1);
  add(tcp_sk(sk)->timeout_rehash, 1);
}

// The retransmission timer fired: is it time to give up? 1: the connection is gone.
static int tcp_write_timeout(const sock* sk) {
  KFUNC(tcp_write_timeout, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const netns_ipv4* sysctl = &sock_net(sk)->ipv4;
  bool expired = false;
  int retry_until;
  if (1 << sk->sk_state & CONNECTING) {
    if (icsk->icsk_retransmits) __dst_negative_advice(sk);
    retry_until = icsk->icsk_syn_retries ? icsk->icsk_syn_retries : sysctl->sysctl_tcp_syn_retries;
    expired = icsk->icsk_retransmits >= retry_until;
  } else {
    if (retransmits_timed_out(sk, sysctl->sysctl_tcp_retries1, 0)) {
      tcp_mtu_probing(icsk, sk);
      __dst_negative_advice(sk);
    }
    retry_until = sysctl->sysctl_tcp_retries2;
    if (sock_flag(sk, SOCK_DEAD)) {
      const bool alive = icsk->icsk_rto < TCP_RTO_MAX();
      retry_until = tcp_orphan_retries(sk, alive);
      const bool do_reset = alive || !retransmits_timed_out(sk, static_cast<u32>(retry_until), 0);
      if (tcp_out_of_resources(sk, do_reset)) return call.result(1);
    }
  }
  if (!expired) expired = retransmits_timed_out(sk, static_cast<u32>(retry_until), icsk->icsk_user_timeout);
  tcp_fastopen_active_detect_blackhole(sk, expired);
  if (expired) {
    tcp_write_err(sk);
    return call.result(1);
  }
  sk_rethink_txhash(sk);
  return call.result(0);
}

// ---- retransmission
// The peer took its window back while segments are in flight: these are sent as probes, and for long.
static bool tcp_rtx_probe0_timed_out(const sock* sk, const sk_buff* skb) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 first = tp->retrans_stamp ? u32(tp->retrans_stamp) : tcp_skb_timestamp(skb);
  const u32 rtx_delta = static_cast<u32>(msecs_to_jiffies(tcp_time_stamp(tp) - first));
  s32 timeout = static_cast<s32>(TCP_RTO_MAX() * 2);
  if (const u32 user_timeout = icsk->icsk_user_timeout) {
    if (rtx_delta > user_timeout) return true;
    timeout = std::min(timeout, static_cast<s32>(msecs_to_jiffies(user_timeout)));
  }
  const s32 rcv_delta = static_cast<s32>(static_cast<u32>(icsk->icsk_timeout) - tp->rcv_tstamp);
  return rcv_delta > timeout && rtx_delta > static_cast<u32>(timeout);
}

static void rearmWithBackoff(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const netns_ipv4* sysctl = &sock_net(sk)->ipv4;
  const bool thin = sk->sk_state == TCP_ESTABLISHED && (tp->thin_lto || sysctl->sysctl_tcp_thin_linear_timeouts) &&
                    tcp_stream_is_thin(tp) && icsk->icsk_retransmits <= TCP_THIN_LINEAR_RETRIES;
  if (thin) { // little is in flight: nobody is hurt by more frequent attempts
    set(icsk->icsk_backoff, 0);
    set(icsk->icsk_rto, std::clamp(__tcp_set_rto(tp), tcp_rto_min(sk), TCP_RTO_MAX()));
  } else {
    set(icsk->icsk_rto, std::min<u32>(icsk->icsk_rto << 1, TCP_RTO_MAX()));
  }
  inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, tcp_clamp_rto_to_user_timeout(sk), TCP_RTO_MAX());
  NOTE("tcp.rto", sk, jiffies_to_msecs(icsk->icsk_rto), icsk->icsk_backoff);
  if (retransmits_timed_out(sk, sysctl->sysctl_tcp_retries1 + 1u, 0)) sk_dst_reset(sk);
}

// No acknowledgement for a whole RTO: all that is in flight counts as lost, and the first segment goes again.
void tcp_retransmit_timer(const sock* sk) {
  KFUNC(tcp_retransmit_timer, sk);
  SIMPLIFIED("no Fast Open: a SYN-ACK is always its request's to repeat");
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  if (!tp->packets_out) return;
  const sk_buff* skb = tcp_rtx_queue_head(sk);
  BUG_ON(!skb);
  if (!tp->snd_wnd && !sock_flag(sk, SOCK_DEAD) && !(1 << sk->sk_state & CONNECTING)) {
    if (tcp_rtx_probe0_timed_out(sk, skb)) {
      tcp_write_err(sk);
      return;
    }
    tcp_enter_loss(sk);
    tcp_retransmit_skb(sk, skb, 1);
    sk_dst_reset(sk);
    rearmWithBackoff(sk);
    return;
  }
  if (tcp_write_timeout(sk)) return;
  tcp_enter_loss(sk);
  add(icsk->icsk_retransmits, 1);
  if (tcp_retransmit_skb(sk, tcp_rtx_queue_head(sk), 1) > 0) { // our own queue is full: soon again
    inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, TCP_RESOURCE_PROBE_INTERVAL(), TCP_RTO_MAX());
    return;
  }
  add(icsk->icsk_backoff, 1);
  rearmWithBackoff(sk);
}

// The window is shut: ask. As long as the peer answers, for ever; an orphan or an impatient user gives up.
static void tcp_probe_timer(const sock* sk) {
  KFUNC(tcp_probe_timer, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  if (tcp_sk(sk)->packets_out || !tcp_send_head(sk)) {
    set(icsk->icsk_probes_out, 0);
    set(icsk->icsk_probes_tstamp, 0);
    return;
  }
  bool abort = false;
  const s32 patience = static_cast<s32>(msecs_to_jiffies(icsk->icsk_user_timeout));
  if (!icsk->icsk_probes_tstamp) set(icsk->icsk_probes_tstamp, tcp_jiffies32());
  else abort = icsk->icsk_user_timeout && static_cast<s32>(tcp_jiffies32() - icsk->icsk_probes_tstamp) >= patience;
  int max_probes = sock_net(sk)->ipv4.sysctl_tcp_retries2;
  if (!abort && sock_flag(sk, SOCK_DEAD)) {
    const bool alive = inet_csk_rto_backoff(icsk, TCP_RTO_MAX()) < TCP_RTO_MAX();
    max_probes = tcp_orphan_retries(sk, alive);
    abort = !alive && icsk->icsk_backoff >= max_probes;
    if (!abort && tcp_out_of_resources(sk, true)) return;
  }
  if (abort || icsk->icsk_probes_out >= max_probes) tcp_write_err(sk);
  else tcp_send_probe0(sk);
}

void tcp_write_timer_handler(const sock* sk) {
  KFUNC(tcp_write_timer_handler, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  if (1 << sk->sk_state & (TCPF_CLOSE | TCPF_LISTEN) || !icsk->icsk_pending) return;
  if (static_cast<s64>(icsk->icsk_timeout - machine().jiffies()) > 0) { // it was moved and not stopped: not yet
    sk_reset_timer(sk, &icsk->icsk_retransmit_timer, icsk->icsk_timeout);
    return;
  }
  tcp_mstamp_refresh(tcp_sk(sk));
  switch (const u8 event = icsk->icsk_pending) {
  case ICSK_TIME_REO_TIMEOUT: tcp_rack_reo_timeout(sk); break;
  case ICSK_TIME_LOSS_PROBE: tcp_send_loss_probe(sk); break;
  case ICSK_TIME_RETRANS:
  case ICSK_TIME_PROBE0:
    set(icsk->icsk_pending, 0);
    event == ICSK_TIME_RETRANS ? tcp_retransmit_timer(sk) : tcp_probe_timer(sk);
    break;
  }
}

// The owner will do it: tcp_release_cb().
static void deferToOwner(const sock* sk, int flag) {
  if (sk->sk_tsq_flags >> flag & 1) return;
  set(sk->sk_tsq_flags, sk->sk_tsq_flags | 1ull << flag);
  sock_hold(sk);
}

static void tcp_write_timer(const timer_list* t) {
  KFUNC(tcp_write_timer, t);
  const sock* sk = sockOf(container_of(t, inet_connection_sock, icsk_retransmit_timer));
  if (!sock_owned_by_user(sk)) tcp_write_timer_handler(sk);
  else deferToOwner(sk, TCP_WRITE_TIMER_DEFERRED);
  sock_put(sk);
}

// ---- delayed acknowledgements
// No data went the other way in time: the acknowledgement goes alone, and the next may wait a little longer.
void tcp_delack_timer_handler(const sock* sk) {
  KFUNC(tcp_delack_timer_handler, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (1 << sk->sk_state & (TCPF_CLOSE | TCPF_LISTEN)) return;
  if (tp->compressed_ack) {
    tcp_mstamp_refresh(tp);
    tcp_sack_compress_send_ack(sk);
    return;
  }
  if (!(icsk->icsk_ack.pending & ICSK_ACK_TIMER)) return;
  if (static_cast<s64>(icsk->icsk_ack.timeout - machine().jiffies()) > 0) {
    sk_reset_timer(sk, &icsk->icsk_delack_timer, icsk->icsk_ack.timeout);
    return;
  }
  set(icsk->icsk_ack.pending, icsk->icsk_ack.pending & ~ICSK_ACK_TIMER);
  if (!inet_csk_ack_scheduled(sk)) return;
  if (!inet_csk_in_pingpong_mode(sk)) {
    set(icsk->icsk_ack.ato, std::min<u32>(icsk->icsk_ack.ato << 1, icsk->icsk_rto));
  } else {
    inet_csk_exit_pingpong_mode(sk); // this is no conversation after all
    set(icsk->icsk_ack.ato, TCP_ATO_MIN());
  }
  tcp_mstamp_refresh(tp);
  tcp_send_ack(sk);
}

static void tcp_delack_timer(const timer_list* t) {
  KFUNC(tcp_delack_timer, t);
  const sock* sk = sockOf(container_of(t, inet_connection_sock, icsk_delack_timer));
  if (!sock_owned_by_user(sk)) tcp_delack_timer_handler(sk);
  else deferToOwner(sk, TCP_DELACK_TIMER_DEFERRED);
  sock_put(sk);
}

// While segments come out of order, one acknowledgement stands for several; this sends the last of them.
static u32 tcp_compressed_ack_kick(const hrtimer* timer) {
  KFUNC(tcp_compressed_ack_kick, timer);
  const tcp_sock* tp = container_of(timer, tcp_sock, compressed_ack_timer);
  const auto* sk = reinterpret_cast<const sock*>(tp);
  if (sock_owned_by_user(sk)) {
    deferToOwner(sk, TCP_DELACK_TIMER_DEFERRED);
  } else if (tp->compressed_ack) {
    sub(tp->compressed_ack, 1);
    tcp_send_ack(sk);
  }
  sock_put(sk);
  return call.result(u32(HRTIMER_NORESTART));
}

// ---- keepalive, and the end of orphans in FIN_WAIT2, on one timer
void tcp_set_keepalive(const sock* sk, int val) {
  KFUNC(tcp_set_keepalive, sk, val);
  if (1 << sk->sk_state & (TCPF_CLOSE | TCPF_LISTEN)) return;
  if (val && !sock_flag(sk, SOCK_KEEPOPEN)) inet_csk_reset_keepalive_timer(sk, keepalive_time_when(tcp_sk(sk)));
  else if (!val) inet_csk_delete_keepalive_timer(sk);
}

// The peer never closed its half: the small TIME_WAIT socket waits on for it, or a RST ends it.
static void endOrphan(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const int tmo = static_cast<int>(tcp_fin_time(sk)) - static_cast<int>(TCP_TIMEWAIT_LEN());
  if (tp->linger2 >= 0 && tmo > 0) {
    tcp_time_wait(sk, TCP_FIN_WAIT2, tmo);
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
  const u32 elapsed = keepalive_time_elapsed(tp), limit = keepalive_time_when(tp);
  if (elapsed < limit) return limit - elapsed;
  const u32 patience = icsk->icsk_user_timeout;
  const bool impatient = patience && elapsed >= msecs_to_jiffies(patience) && icsk->icsk_probes_out > 0;
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

static void tcp_keepalive_timer(const timer_list* t) {
  KFUNC(tcp_keepalive_timer, t);
  const sock* sk = sockOf(container_of(t, inet_connection_sock, icsk_keepalive_timer));
  if (sock_owned_by_user(sk)) {
    inet_csk_reset_keepalive_timer(sk, HZ() / 20);
  } else if (sk->sk_state != TCP_LISTEN) {
    tcp_mstamp_refresh(tcp_sk(sk));
    if (sk->sk_state == TCP_FIN_WAIT2 && sock_flag(sk, SOCK_DEAD)) {
      endOrphan(sk);
    } else if (sock_flag(sk, SOCK_KEEPOPEN) && !(1 << sk->sk_state & (TCPF_CLOSE | TCPF_SYN_SENT))) {
      if (const u32 next = keepaliveRound(sk)) inet_csk_reset_keepalive_timer(sk, next);
    }
  }
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
  if (hrtimer_try_to_cancel(&tcp_sk(sk)->pacing_timer) == 1) sock_put(sk);
  if (hrtimer_try_to_cancel(&tcp_sk(sk)->compressed_ack_timer) == 1) sock_put(sk);
  inet_csk_clear_xmit_timers(sk);
}

} // namespace sockwalk::kernel
