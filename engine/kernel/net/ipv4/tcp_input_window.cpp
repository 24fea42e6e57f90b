// How much the peer may send us, and how much we buffer: the receive window grows while segments arrive that use their
// buffers well, and the receive buffer with the speed at which the application reads; the send buffer follows the
// congestion window.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"
#include <bit>

namespace sockwalk::kernel {

// ---- the send buffer
// What one full segment takes of memory: its buffer, of which the allocator has sizes in powers of two, and its sk_buff.
static u32 costOfSegment(const tcp_sock* tp) {
  const u32 payload = std::max<u32>(tp->rx_opt.mss_clamp, tp->mss_cache);
  const u32 trailer = SKB_DATA_ALIGN(sizeof(skb_shared_info)), descriptor = SKB_DATA_ALIGN(sizeof(sk_buff));
  return descriptor + std::bit_ceil(MAX_TCP_HEADER + payload + trailer);
}

// Room for the congestion window twice: one is under way, the next must be at hand when its acknowledgements come.
void tcp_sndbuf_expand(const sock* sk) {
  KFUNC(tcp_sndbuf_expand, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_congestion_ops* algorithm = inet_csk(sk)->icsk_ca_ops;
  const int windows = algorithm->sndbuf_expand ? static_cast<int>(algorithm->sndbuf_expand(sk)) : 2;
  const u32 segments = std::max({tp->reordering + 1, tcp_snd_cwnd(tp), TCP_INIT_CWND});
  const int wanted = windows * static_cast<int>(costOfSegment(tp) * segments);
  const int most = sock_net(sk)->ipv4.sysctl_tcp_wmem[2];
  if (wanted > sk->sk_sndbuf) set(sk->sk_sndbuf, std::min(most, wanted));
}

// ---- the receive window: rcv_ssthresh is what may be offered, and starts small
// A segment whose buffer is poorly filled may still open the window, but only while it is small: what fits at half the
// size fits at half the window.
static int __tcp_grow_window(const sock* sk, const sk_buff* skb, u32 skbtruesize) {
  KFUNC(__tcp_grow_window, sk, skb, skbtruesize);
  INLINED();
  const u32 offered = tcp_sk(sk)->rcv_ssthresh;
  u32 cost = static_cast<u32>(tcp_win_from_space(sk, static_cast<int>(skbtruesize))) / 2;
  u32 reach = static_cast<u32>(tcp_win_from_space(sk, sock_net(sk)->ipv4.sysctl_tcp_rmem[2])) / 2;
  while (cost > skb->len && offered <= reach) {
    cost /= 2;
    reach /= 2;
  }
  const bool affordable = cost <= skb->len && offered <= reach;
  return call.result(affordable ? 2 * inet_csk(sk)->icsk_ack.rcv_mss : 0);
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
  const int most = std::min(static_cast<int>(tp->window_clamp), tcp_space(sk));
  const int left = most - static_cast<int>(tp->rcv_ssthresh);
  if (left <= 0) return;
  if (tcp_under_memory_pressure(sk)) {
    tcp_adjust_rcv_ssthresh(sk);
    return;
  }
  const u32 cost = truesize_adjust(adjust, skb);
  const int bytes = static_cast<int>(skb->len);
  const bool wellFilled = bytes >= tcp_win_from_space(sk, static_cast<int>(cost));
  const int earned = wellFilled ? 2 * tp->advmss : __tcp_grow_window(sk, skb, cost);
  if (earned == 0) return;
  const int step = std::min(left, std::max(earned, 2 * bytes));
  add(tp->rcv_ssthresh, step);
  NOTE("tcp.window_grows", sk, step, tp->rcv_ssthresh);
  set(inet_csk(sk)->icsk_ack.quick, inet_csk(sk)->icsk_ack.quick | 1); // the peer should know soon
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
  const bool chosenByUser = sk->sk_userlocks & SOCK_SNDBUF_LOCK;
  if (!chosenByUser) tcp_sndbuf_expand(sk);

  const auto& reading = tp->rcvq_space; // how fast the application reads is measured from now
  tcp_mstamp_refresh(tp);
  set(reading.time, tp->tcp_mstamp);
  set(reading.seq, tp->copied_seq);

  initWindowClamp(sk);
  set(tp->rcv_ssthresh, std::min(tp->window_clamp, tp->rcv_ssthresh));
  set(tp->snd_cwnd_stamp, tcp_jiffies32());
  const u32 initial = tp->advmss * TCP_INIT_CWND;
  set(reading.space, std::min({initial, u32(tp->rcv_wnd), u32(tp->rcv_ssthresh)}));
}

// The queue is over its limit: let the buffer grow to what it holds if that is allowed, else offer little from now on.
void tcp_clamp_window(const sock* sk) {
  KFUNC(tcp_clamp_window, sk);
  INLINED();
  const int most = sock_net(sk)->ipv4.sysctl_tcp_rmem[2];
  set(inet_csk(sk)->icsk_ack.quick, 0);

  const bool chosenByUser = sk->sk_userlocks & SOCK_RCVBUF_LOCK;
  const bool mayGrow = !chosenByUser && sk->sk_rcvbuf < most;
  if (mayGrow && !tcp_under_memory_pressure(sk) && sk_memory_allocated(sk) < sk_prot_mem_limits(sk, 0))
    set(sk->sk_rcvbuf, std::min(most, sk_rmem_alloc_get(sk)));

  const tcp_sock* tp = tcp_sk(sk);
  const bool stillOver = sk->sk_rcvbuf < sk_rmem_alloc_get(sk);
  if (stillOver) set(tp->rcv_ssthresh, std::min<u32>(2u * tp->advmss, tp->window_clamp));
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
// A time that depends on the window (`win_dep`) has the peer's pauses in it: it can only lower the estimate.
static void tcp_rcv_rtt_update(const tcp_sock* tp, u32 sample, bool win_dep) {
  const u32 known = tp->rcv_rtt_est.rtt_us;
  const u64 eighths = u64(sample) * 8;
  const bool shorter = known == 0 || eighths < known;
  if (shorter) set(tp->rcv_rtt_est.rtt_us, eighths);
  else if (!win_dep) set(tp->rcv_rtt_est.rtt_us, known - known / 8 + sample);
}

// Without timestamps: a full window takes one round trip to arrive.
void tcp_rcv_rtt_measure(const tcp_sock* tp) {
  const auto& round = tp->rcv_rtt_est;
  const bool begun = round.time != 0;
  if (begun && before(tp->rcv_nxt, round.seq)) return; // not all of it is here
  if (begun) tcp_rcv_rtt_update(tp, std::max(1u, tcp_stamp_us_delta(tp->tcp_mstamp, round.time)), true);
  set(round.seq, tp->rcv_nxt + tp->rcv_wnd);
  set(round.time, tp->tcp_mstamp);
}

// With them: the peer echoes ours in a full segment. Each is used once; a short segment may have waited for its data.
void tcp_rcv_rtt_measure_ts(const sock* sk, const sk_buff* skb) {
  constexpr u32 TickUs = USEC_PER_SEC / TCP_TS_HZ, MostTicks = 0x7fffffffu / TickUs;
  const tcp_sock* tp = tcp_sk(sk);
  const u32 echoed = tp->rx_opt.rcv_tsecr;
  if (echoed == tp->rcv_rtt_last_tsecr) return;
  set(tp->rcv_rtt_last_tsecr, echoed);

  const bool isShort = endSeqOf(skb) - seqOf(skb) < inet_csk(sk)->icsk_ack.rcv_mss;
  if (isShort) return;
  const u32 ticks = tcp_time_stamp(tp) - echoed;
  if (ticks < MostTicks) tcp_rcv_rtt_update(tp, std::max(1u, ticks) * TickUs, false);
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

// The application read. Once in a round trip it is counted how much; if that is more than ever, the buffer follows.
void tcp_rcv_space_adjust(const sock* sk) {
  KFUNC(tcp_rcv_space_adjust, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const auto& reading = tp->rcvq_space;
  tcp_mstamp_refresh(tp);
  const u32 passed = tcp_stamp_us_delta(tp->tcp_mstamp, reading.time), roundTrip = tp->rcv_rtt_est.rtt_us / 8;
  const bool unknown = tp->rcv_rtt_est.rtt_us == 0;
  if (unknown || passed < roundTrip) return;

  const u32 bytes = tp->copied_seq - reading.seq;
  if (bytes > reading.space) {
    const bool chosenByUser = sk->sk_userlocks & SOCK_RCVBUF_LOCK;
    if (!chosenByUser && sock_net(sk)->ipv4.sysctl_tcp_moderate_rcvbuf) moderateRcvbuf(sk, bytes);
    set(reading.space, bytes);
  }
  set(reading.seq, tp->copied_seq);
  set(reading.time, tp->tcp_mstamp);
}

// ---- room in the send buffer
u32 tcp_init_cwnd(const tcp_sock* tp, const dst_entry* dst) {
  KFUNC(tcp_init_cwnd, tp, dst);
  const u32 by_route = dst ? dst_metric_raw(dst, RTAX_INITCWND) : 0;
  return call.result(std::min<u32>(by_route ? by_route : TCP_INIT_CWND, tp->snd_cwnd_clamp));
}

static void fallBackOnReserve(const sock* sk) { // memory is short: what was reserved for this socket is its own still
  if (const int reserved = sk_unused_reserved_mem(sk); reserved > SOCK_MIN_SNDBUF) set(sk->sk_sndbuf, reserved);
}

static bool tcp_should_expand_sndbuf(const sock* sk) {
  const bool chosenByUser = sk->sk_userlocks & SOCK_SNDBUF_LOCK;
  if (chosenByUser) return false;
  if (tcp_under_memory_pressure(sk)) {
    fallBackOnReserve(sk);
    return false;
  }
  const tcp_sock* tp = tcp_sk(sk);
  const bool networkIsFull = tcp_snd_cwnd(tp) <= tcp_packets_in_flight(tp); // a larger buffer would not speed it up
  return !networkIsFull && sk_memory_allocated(sk) < sk_prot_mem_limits(sk, 0);
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
