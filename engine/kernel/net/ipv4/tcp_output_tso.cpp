// How much goes in one buffer. A large one saves work (the device or GSO cuts it up), a small one goes sooner; and a
// buffer that is not full may be worth a wait: Nagle's rule for small segments, TSO deferral for large ones.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

// A millisecond's worth at the present rate, and more for peers that are near: with each doubling of the round trip the
// bonus halves, from a whole large buffer down to nothing.
static u32 tcp_tso_autosize(const sock* sk, u32 mss_now, u32 min_tso_segs) {
  KFUNC(tcp_tso_autosize, sk, mss_now, min_tso_segs);
  INLINED();
  const u32 largest = sk->sk_gso_max_size;
  const u32 distance = tcp_min_rtt(tcp_sk(sk)) >> sock_net(sk)->ipv4.sysctl_tcp_tso_rtt_log;
  const u64 bonus = distance < 32 ? largest >> distance : 0;
  const u64 burst = std::min<u64>((sk->sk_pacing_rate >> sk->sk_pacing_shift) + bonus, largest);
  return call.result(std::max(static_cast<u32>(burst / mss_now), min_tso_segs));
}

u32 tcp_tso_segs(const sock* sk, u32 mss_now) {
  KFUNC(tcp_tso_segs, sk, mss_now);
  const auto& ownLeast = inet_csk(sk)->icsk_ca_ops->min_tso_segs; // the congestion control may know better
  const u32 least = ownLeast ? u32(ownLeast(sk)) : u32(sock_net(sk)->ipv4.sysctl_tcp_min_tso_segs);
  const u32 good = tcp_tso_autosize(sk, mss_now, least);
  return call.result(std::min<u32>(good, sk->sk_gso_max_segs));
}

// Minshall's variant of Nagle's rule: is a *small* segment still unacknowledged?
static bool tcp_minshall_check(const tcp_sock* tp) {
  return after(tp->snd_sml, tp->snd_una) && !after(tp->snd_sml, tp->snd_nxt);
}
// True: a partial segment must wait.
static bool tcp_nagle_check(bool partial, const tcp_sock* tp, int nonagle) {
  if (!partial) return false;
  if (nonagle & TCP_NAGLE_CORK) return true; // the user said so
  const bool nagleIsOn = nonagle == 0;
  return nagleIsOn && tp->packets_out && tcp_minshall_check(tp);
}

// True: the segment may go now.
bool tcp_nagle_test(const tcp_sock* tp, const sk_buff* skb, u32 cur_mss, int nonagle) {
  KFUNC(tcp_nagle_test, tp, skb, cur_mss, nonagle);
  INLINED();
  const bool hurried = nonagle & TCP_NAGLE_PUSH || tcp_urg_mode(tp);
  const bool isLast = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN; // nothing will come to fill it
  const bool waits = !hurried && !isLast && tcp_nagle_check(skb->len < cur_mss, tp, nonagle);
  if (waits && nonagle & TCP_NAGLE_CORK) NOTE("tcp.cork_waits", skb->len, cur_mss);
  else if (waits) NOTE("tcp.nagle_waits", skb->len, cur_mss);
  return call.result(!waits);
}

// How many bytes of a buffer with several segments may go: whole segments, unless its end may go too.
u32 tcp_mss_split_point(const sock* sk, const sk_buff* skb, u32 mss_now, u32 max_segs, int nonagle) {
  KFUNC(tcp_mss_split_point, sk, skb, mss_now, max_segs, nonagle);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const u32 most = max_segs * mss_now, window = tcp_wnd_end(tp) - TCP_SKB_CB(skb)->seq;
  const u32 sendable = std::min<u32>(window, skb->len);
  const bool moreFollows = skb != tcp_write_queue_tail(sk);
  if (most <= (moreFollows ? window : sendable)) return call.result(most);
  const u32 crumb = sendable % mss_now;
  const bool crumbWaits = tcp_nagle_check(crumb > 0, tp, nonagle);
  return call.result(crumbWaits ? sendable - crumb : sendable);
}

// Is there room for so much already that waiting is not worth it? A receiver acknowledges every second segment, so that
// more than three are under way is all that is needed, unless a share of the window is asked for (tso_win_divisor).
static bool enoughRoom(const sock* sk, const sk_buff* skb, u32 room, u32 max_segs) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 segment = tp->mss_cache, divisor = sock_net(sk)->ipv4.sysctl_tcp_tso_win_divisor;
  const bool moreFollows = skb != tcp_write_queue_tail(sk);
  if (room >= max_segs * segment || (moreFollows && room >= skb->len)) return true;
  const u32 window = std::min<u32>(tp->snd_wnd, tp->snd_cwnd * segment);
  return divisor ? room >= window / divisor : room > 3 * segment;
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
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const bool recovering = inet_csk(sk)->icsk_ca_state >= TCP_CA_Recovery;
  const bool waitedAlready = static_cast<s64>(tp->tcp_clock_cache - tp->tcp_wstamp_ns - NSEC_PER_MSEC) > 0;
  if (recovering || waitedAlready) return call.result(false);
  const u32 inFlight = tcp_packets_in_flight(tp);
  BUG_ON(tcp_skb_pcount(skb) <= 1 || tp->snd_cwnd <= inFlight);
  const u32 byPeer = tcp_wnd_end(tp) - TCP_SKB_CB(skb)->seq, byNetwork = (tp->snd_cwnd - inFlight) * tp->mss_cache;
  const u32 room = std::min(byPeer, byNetwork);
  if (enoughRoom(sk, skb, room, max_segs) || !ackIsNear(sk)) return call.result(false);
  if (room <= skb->len) { // the narrower window is what it waits for
    (byNetwork < byPeer ? *is_cwnd_limited : *is_rwnd_limited) = true;
    return call.result(true);
  }
  const bool complete = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN || TCP_SKB_CB(skb)->eor; // it will not get more data
  return call.result(!complete);
}

} // namespace sockwalk::kernel
