// How much the peer may send us, and how much we buffer: the receive window grows while segments arrive that use their
// buffers well, and the receive buffer with the speed at which the application reads; the send buffer follows the
// congestion window.
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

static u32 roundup_pow_of_two(u32 n) {
  u32 p = 1;
  while (p < n) p <<= 1;
  return p;
}

// Room for twice the congestion window, counting what a segment really costs.
void tcp_sndbuf_expand(const sock* sk) {
  KFUNC(tcp_sndbuf_expand, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_congestion_ops* ca_ops = inet_csk(sk)->icsk_ca_ops;
  const u32 shinfo = SKB_DATA_ALIGN(sizeof(skb_shared_info));
  const u32 frame = std::max<u32>(tp->rx_opt.mss_clamp, tp->mss_cache) + MAX_TCP_HEADER + shinfo;
  const u32 per_mss = roundup_pow_of_two(frame) + SKB_DATA_ALIGN(sizeof(sk_buff));
  const u32 nr_segs = std::max({TCP_INIT_CWND, tcp_snd_cwnd(tp), tp->reordering + 1});
  const int factor = ca_ops->sndbuf_expand ? static_cast<int>(ca_ops->sndbuf_expand(sk)) : 2;
  const int sndmem = factor * static_cast<int>(nr_segs * per_mss);
  if (sk->sk_sndbuf < sndmem) set(sk->sk_sndbuf, std::min(sndmem, sock_net(sk)->ipv4.sysctl_tcp_wmem[2]));
}

// ---- the receive window: rcv_ssthresh is what may be offered, and starts small
// A segment whose buffer is poorly filled may still open the window, but only while it is small: what fits at half the
// size fits at half the window.
static int __tcp_grow_window(const sock* sk, const sk_buff* skb, u32 skbtruesize) {
  KFUNC(__tcp_grow_window, sk, skb, skbtruesize);
  u32 truesize = static_cast<u32>(tcp_win_from_space(sk, static_cast<int>(skbtruesize)) >> 1);
  u32 window = static_cast<u32>(tcp_win_from_space(sk, sock_net(sk)->ipv4.sysctl_tcp_rmem[2]) >> 1);
  for (; tcp_sk(sk)->rcv_ssthresh <= window; truesize >>= 1, window >>= 1)
    if (truesize <= skb->len) return call.result(2 * inet_csk(sk)->icsk_ack.rcv_mss);
  return call.result(0);
}

// Segments in page fragments will be joined in the queue, and their heads freed: those do not count.
static u32 truesize_adjust(bool adjust, const sk_buff* skb) {
  if (!adjust || skb_headlen(skb)) return skb->truesize;
  const u32 without = skb->truesize - SKB_TRUESIZE(skb_end_offset(skb));
  return static_cast<s32>(without) < static_cast<s32>(skb->len) ? u32(skb->truesize) : without;
}

void tcp_grow_window(const sock* sk, const sk_buff* skb, bool adjust) {
  KFUNC(tcp_grow_window, sk, skb, adjust);
  const tcp_sock* tp = tcp_sk(sk);
  const int room =
      std::min<int>(static_cast<int>(tp->window_clamp), tcp_space(sk)) - static_cast<int>(tp->rcv_ssthresh);
  if (room <= 0) return;
  if (tcp_under_memory_pressure(sk)) {
    tcp_adjust_rcv_ssthresh(sk);
    return;
  }
  const u32 truesize = truesize_adjust(adjust, skb);
  const bool well_filled = tcp_win_from_space(sk, static_cast<int>(truesize)) <= static_cast<int>(skb->len);
  int incr = well_filled ? 2 * tp->advmss : __tcp_grow_window(sk, skb, truesize);
  if (!incr) return;
  incr = std::max(incr, 2 * static_cast<int>(skb->len));
  add(tp->rcv_ssthresh, std::min(room, incr));
  NOTE("tcp.window_grows", sk, std::min(room, incr), tp->rcv_ssthresh);
  set(inet_csk(sk)->icsk_ack.quick, inet_csk(sk)->icsk_ack.quick | 1);
}

static void initWindowClamp(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const int tcp_app_win = sock_net(sk)->ipv4.sysctl_tcp_app_win;
  const u32 maxwin = static_cast<u32>(tcp_full_space(sk)), mss = tp->advmss;
  if (tp->window_clamp >= maxwin) {
    set(tp->window_clamp, maxwin);
    if (tcp_app_win && maxwin > 4 * mss) set(tp->window_clamp, std::max(maxwin - (maxwin >> tcp_app_win), 4 * mss));
  }
  if (tcp_app_win && tp->window_clamp > 2 * mss && tp->window_clamp + mss > maxwin) // room for one segment stays free
    set(tp->window_clamp, std::max(2 * mss, maxwin - mss));
}

void tcp_init_buffer_space(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!(sk->sk_userlocks & SOCK_SNDBUF_LOCK)) tcp_sndbuf_expand(sk);
  tcp_mstamp_refresh(tp);
  set(tp->rcvq_space.time, tp->tcp_mstamp);
  set(tp->rcvq_space.seq, tp->copied_seq);
  initWindowClamp(sk);
  set(tp->rcv_ssthresh, std::min(tp->rcv_ssthresh, tp->window_clamp));
  set(tp->snd_cwnd_stamp, tcp_jiffies32());
  set(tp->rcvq_space.space, std::min({u32(tp->rcv_ssthresh), u32(tp->rcv_wnd), TCP_INIT_CWND * tp->advmss}));
}

// The queue is over its limit: let the buffer grow to what it holds if that is allowed, else offer little from now on.
void tcp_clamp_window(const sock* sk) {
  KFUNC(tcp_clamp_window, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const int rmem2 = sock_net(sk)->ipv4.sysctl_tcp_rmem[2];
  set(inet_csk(sk)->icsk_ack.quick, 0);
  const bool may = sk->sk_rcvbuf < rmem2 && !(sk->sk_userlocks & SOCK_RCVBUF_LOCK);
  if (may && !tcp_under_memory_pressure(sk) && sk_memory_allocated(sk) < sk_prot_mem_limits(sk, 0))
    set(sk->sk_rcvbuf, std::min(sk_rmem_alloc_get(sk), rmem2));
  if (sk_rmem_alloc_get(sk) > sk->sk_rcvbuf) set(tp->rcv_ssthresh, std::min<u32>(tp->window_clamp, 2u * tp->advmss));
}

// A first guess, on the low side, of what the peer sends in one segment.
void initializeRcvMss(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  u32 hint = std::min<u32>(tp->advmss, tp->mss_cache);
  hint = std::min({hint, tp->rcv_wnd / 2, TCP_MSS_DEFAULT});
  set(inet_csk(sk)->icsk_ack.rcv_mss, std::max(hint, TCP_MIN_MSS));
}
void tcp_initialize_rcv_mss(const sock* sk) {
  KFUNC(tcp_initialize_rcv_mss, sk);
  initializeRcvMss(sk);
}

// ---- the receiver's own estimate of the round trip (eighths of microseconds, as the sender's)
static void tcp_rcv_rtt_update(const tcp_sock* tp, u32 sample, bool win_dep) {
  const u32 old_sample = tp->rcv_rtt_est.rtt_us;
  const s64 m = static_cast<s64>(sample) << 3;
  if (old_sample == 0 || m < old_sample) set(tp->rcv_rtt_est.rtt_us, m);
  else if (!win_dep) set(tp->rcv_rtt_est.rtt_us, old_sample - (old_sample >> 3) + sample);
}

// Without timestamps: a full window takes one round trip to arrive.
void tcp_rcv_rtt_measure(const tcp_sock* tp) {
  if (tp->rcv_rtt_est.time) {
    if (before(tp->rcv_nxt, tp->rcv_rtt_est.seq)) return;
    const u32 delta_us = tcp_stamp_us_delta(tp->tcp_mstamp, tp->rcv_rtt_est.time);
    tcp_rcv_rtt_update(tp, std::max(delta_us, 1u), true);
  }
  set(tp->rcv_rtt_est.seq, tp->rcv_nxt + tp->rcv_wnd);
  set(tp->rcv_rtt_est.time, tp->tcp_mstamp);
}

void tcp_rcv_rtt_measure_ts(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->rx_opt.rcv_tsecr == tp->rcv_rtt_last_tsecr) return;
  set(tp->rcv_rtt_last_tsecr, tp->rx_opt.rcv_tsecr);
  if (endSeqOf(skb) - seqOf(skb) < inet_csk(sk)->icsk_ack.rcv_mss) return;
  const u32 delta = tcp_time_stamp(tp) - tp->rx_opt.rcv_tsecr; // ms
  if (delta < 0x7fffffffu / (USEC_PER_SEC / TCP_TS_HZ))
    tcp_rcv_rtt_update(tp, static_cast<u32>(std::max(delta, 1u) * (USEC_PER_SEC / TCP_TS_HZ)), false);
}

// The buffer for twice (and, while the sender speeds up, more than twice) what was read in the last round trip.
static void moderateRcvbuf(const sock* sk, u32 copied) {
  const tcp_sock* tp = tcp_sk(sk);
  u64 rcvwin = (static_cast<u64>(copied) << 1) + 16u * tp->advmss;
  const u64 grow = rcvwin * (copied - tp->rcvq_space.space) / tp->rcvq_space.space;
  rcvwin += grow << 1;
  int rcvmem = static_cast<int>(SKB_TRUESIZE(tp->advmss + MAX_TCP_HEADER));
  while (tcp_win_from_space(sk, rcvmem) < tp->advmss) rcvmem += 128;
  const u64 wanted = rcvwin / tp->advmss * static_cast<u64>(rcvmem);
  const int rcvbuf = static_cast<int>(std::min<u64>(wanted, static_cast<u64>(sock_net(sk)->ipv4.sysctl_tcp_rmem[2])));
  if (rcvbuf <= sk->sk_rcvbuf) return;
  NOTE("tcp.rcvbuf_grows", sk, sk->sk_rcvbuf, rcvbuf);
  set(sk->sk_rcvbuf, rcvbuf);
  set(tp->window_clamp, tcp_win_from_space(sk, rcvbuf));
}

void tcp_rcv_space_adjust(const sock* sk) {
  KFUNC(tcp_rcv_space_adjust, sk);
  const tcp_sock* tp = tcp_sk(sk);
  tcp_mstamp_refresh(tp);
  const u32 time = tcp_stamp_us_delta(tp->tcp_mstamp, tp->rcvq_space.time);
  if (tp->rcv_rtt_est.rtt_us == 0 || time < tp->rcv_rtt_est.rtt_us >> 3) return;
  const u32 copied = tp->copied_seq - tp->rcvq_space.seq;
  if (copied > tp->rcvq_space.space) {
    if (sock_net(sk)->ipv4.sysctl_tcp_moderate_rcvbuf && !(sk->sk_userlocks & SOCK_RCVBUF_LOCK))
      moderateRcvbuf(sk, copied);
    set(tp->rcvq_space.space, copied);
  }
  set(tp->rcvq_space.seq, tp->copied_seq);
  set(tp->rcvq_space.time, tp->tcp_mstamp);
}

// ---- room in the send buffer
u32 tcp_init_cwnd(const tcp_sock* tp, const dst_entry* dst) {
  KFUNC(tcp_init_cwnd, tp, dst);
  const u32 by_route = dst ? dst_metric_raw(dst, RTAX_INITCWND) : 0;
  return call.result(std::min<u32>(by_route ? by_route : TCP_INIT_CWND, tp->snd_cwnd_clamp));
}

static bool tcp_should_expand_sndbuf(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (sk->sk_userlocks & SOCK_SNDBUF_LOCK) return false;
  if (tcp_under_memory_pressure(sk)) {
    if (const int unused = sk_unused_reserved_mem(sk); unused > SOCK_MIN_SNDBUF) set(sk->sk_sndbuf, unused);
    return false;
  }
  if (sk_memory_allocated(sk) >= sk_prot_mem_limits(sk, 0)) return false;
  return tcp_packets_in_flight(tp) < tcp_snd_cwnd(tp); // what is full is the network, not the buffer
}

static void tcp_new_space(const sock* sk) {
  if (tcp_should_expand_sndbuf(sk)) {
    tcp_sndbuf_expand(sk);
    set(tcp_sk(sk)->snd_cwnd_stamp, tcp_jiffies32());
  }
  sk->sk_write_space(sk);
}

// A writer who found no room left SOCK_NOSPACE behind; whoever makes room calls here.
void tcp_check_space(const sock* sk) {
  KFUNC(tcp_check_space, sk);
  const socket* sock = sk->sk_socket;
  const auto waiting = [&] { return sock->flags >> SOCK_NOSPACE & 1; };
  if (!sock || !waiting()) return;
  tcp_new_space(sk);
  if (!waiting()) tcp_chrono_stop(sk, TCP_CHRONO_SNDBUF_LIMITED);
}

} // namespace sockwalk::kernel
