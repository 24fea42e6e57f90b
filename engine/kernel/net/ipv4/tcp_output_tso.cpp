// How much goes in one buffer. A large one saves work (the device or GSO cuts it up), a small one goes sooner; and a
// buffer that is not full may be worth a wait: Nagle's rule for small segments, TSO deferral for large ones.
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

// A millisecond's worth at the present rate, more for peers that are near (short round trips).
static u32 tcp_tso_autosize(const sock* sk, u32 mss_now, u32 min_tso_segs) {
  KFUNC(tcp_tso_autosize, sk, mss_now, min_tso_segs);
  u64 bytes = sk->sk_pacing_rate >> sk->sk_pacing_shift;
  const u32 r = tcp_min_rtt(tcp_sk(sk)) >> sock_net(sk)->ipv4.sysctl_tcp_tso_rtt_log;
  if (r < 32) bytes += sk->sk_gso_max_size >> r;
  bytes = std::min<u64>(bytes, sk->sk_gso_max_size);
  return call.result(std::max(static_cast<u32>(bytes / mss_now), min_tso_segs));
}

u32 tcp_tso_segs(const sock* sk, u32 mss_now) {
  KFUNC(tcp_tso_segs, sk, mss_now);
  const tcp_congestion_ops* ca_ops = inet_csk(sk)->icsk_ca_ops;
  const u32 min_tso = ca_ops->min_tso_segs ? ca_ops->min_tso_segs(sk) : u32(sock_net(sk)->ipv4.sysctl_tcp_min_tso_segs);
  return call.result(std::min<u32>(tcp_tso_autosize(sk, mss_now, min_tso), sk->sk_gso_max_segs));
}

// Minshall's variant of Nagle's rule: is a *small* segment still unacknowledged?
static bool tcp_minshall_check(const tcp_sock* tp) {
  return after(tp->snd_sml, tp->snd_una) && !after(tp->snd_sml, tp->snd_nxt);
}
// True: a partial segment must wait.
static bool tcp_nagle_check(bool partial, const tcp_sock* tp, int nonagle) {
  return partial && (nonagle & TCP_NAGLE_CORK || (!nonagle && tp->packets_out && tcp_minshall_check(tp)));
}

// True: the segment may go now.
bool tcp_nagle_test(const tcp_sock* tp, const sk_buff* skb, u32 cur_mss, int nonagle) {
  KFUNC(tcp_nagle_test, tp, skb, cur_mss, nonagle);
  if (nonagle & TCP_NAGLE_PUSH) return call.result(true);
  if (tcp_urg_mode(tp) || TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN) return call.result(true);
  if (!tcp_nagle_check(skb->len < cur_mss, tp, nonagle)) return call.result(true);
  NOTE("tcp.nagle_waits", skb->len, cur_mss, nonagle);
  return call.result(false);
}

// How many bytes of a buffer with several segments may go: whole segments, unless its end may go too.
u32 tcp_mss_split_point(const sock* sk, const sk_buff* skb, u32 mss_now, u32 max_segs, int nonagle) {
  KFUNC(tcp_mss_split_point, sk, skb, mss_now, max_segs, nonagle);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 window = tcp_wnd_end(tp) - TCP_SKB_CB(skb)->seq, max_len = mss_now * max_segs;
  if (max_len <= window && skb != tcp_write_queue_tail(sk)) return call.result(max_len);
  const u32 needed = std::min<u32>(skb->len, window);
  if (max_len <= needed) return call.result(max_len);
  const u32 partial = needed % mss_now;
  return call.result(tcp_nagle_check(partial != 0, tp, nonagle) ? needed - partial : needed);
}

// Is there room for so much already that waiting is not worth it?
static bool enoughRoom(const sock* sk, const sk_buff* skb, u32 limit, u32 max_segs) {
  const tcp_sock* tp = tcp_sk(sk);
  if (limit >= max_segs * tp->mss_cache) return true;
  if (skb != tcp_write_queue_tail(sk) && limit >= skb->len) return true;
  if (const u32 win_divisor = sock_net(sk)->ipv4.sysctl_tcp_tso_win_divisor)
    return limit >= std::min<u32>(tp->snd_wnd, tp->snd_cwnd * tp->mss_cache) / win_divisor;
  return limit > 3 * tp->mss_cache; // a receiver acknowledges every second segment
}

// Will an acknowledgement come soon, within half a round trip or a millisecond?
static bool ackIsNear(const sock* sk) {
  const sk_buff* head = tcp_rtx_queue_head(sk);
  if (!head) return false;
  const u64 srtt_in_ns = (NSEC_PER_USEC >> 3) * tcp_sk(sk)->srtt_us;
  const u64 away = static_cast<u64>(head->tstamp) + srtt_in_ns - tcp_sk(sk)->tcp_clock_cache;
  return static_cast<s64>(away - std::min(srtt_in_ns >> 1, NSEC_PER_MSEC)) <= 0;
}

// True: the large buffer waits for the window to open further, so that it need not be cut.
bool tcp_tso_should_defer(const sock* sk, const sk_buff* skb, bool* is_cwnd_limited, bool* is_rwnd_limited,
                          u32 max_segs) {
  KFUNC(tcp_tso_should_defer, sk, skb, max_segs);
  const tcp_sock* tp = tcp_sk(sk);
  if (inet_csk(sk)->icsk_ca_state >= TCP_CA_Recovery) return call.result(false);
  if (static_cast<s64>(tp->tcp_clock_cache - tp->tcp_wstamp_ns - NSEC_PER_MSEC) > 0) return call.result(false);
  const u32 in_flight = tcp_packets_in_flight(tp);
  BUG_ON(tcp_skb_pcount(skb) <= 1 || tp->snd_cwnd <= in_flight);
  const u32 send_win = tcp_wnd_end(tp) - TCP_SKB_CB(skb)->seq, cong_win = (tp->snd_cwnd - in_flight) * tp->mss_cache;
  if (enoughRoom(sk, skb, std::min(send_win, cong_win), max_segs) || !ackIsNear(sk)) return call.result(false);
  if (cong_win < send_win && cong_win <= skb->len) {
    *is_cwnd_limited = true;
    return call.result(true);
  }
  if (cong_win >= send_win && send_win <= skb->len) {
    *is_rwnd_limited = true;
    return call.result(true);
  }
  const bool complete = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN || TCP_SKB_CB(skb)->eor; // it will not get more data
  return call.result(!complete);
}

} // namespace sockwalk::kernel
