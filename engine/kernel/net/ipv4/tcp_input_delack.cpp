// When to acknowledge: at once, a little later in the hope of data to send along, or, for floods of out-of-order
// segments, once for several. And the congestion marks of ECN, which the peer must learn of with the next one.
#include "engine/kernel/include/linux/hrtimer.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

static void setPending(const sock* sk, u32 bits) {
  set(inet_csk(sk)->icsk_ack.pending, inet_csk(sk)->icsk_ack.pending | bits);
}

// A segment shorter than the peer's usual ones is the end of what it wrote ("pushed"); two of the same length may be
// its new usual length.
static void shortSegment(const sock* sk, const sk_buff* skb, u32 last_seg_size) {
  const inet_connection_sock* icsk = inet_csk(sk);
  u32 len = skb->len + static_cast<u32>(skb->data.get() - skb_transport_header(skb)); // with its header
  const bool no_end = !(ntohl(tcp_flag_word(tcp_hdr(skb))) & TCP_REMNANT);
  if (len >= TCP_MSS_DEFAULT + sizeof(tcphdr) || (len >= TCP_MIN_MSS + sizeof(tcphdr) && no_end)) {
    len -= tcp_sk(sk)->tcp_header_len;
    set(icsk->icsk_ack.last_seg_size, len);
    if (len == last_seg_size) {
      set(icsk->icsk_ack.rcv_mss, len);
      return;
    }
  }
  if (icsk->icsk_ack.pending & ICSK_ACK_PUSHED) setPending(sk, ICSK_ACK_PUSHED2);
  setPending(sk, ICSK_ACK_PUSHED);
}

// Learns how long the peer's full segments are: every second full one is acknowledged at once.
static void tcp_measure_rcv_mss(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_measure_rcv_mss, sk, skb);
  INLINED();
  const inet_connection_sock* icsk = inet_csk(sk);
  const u32 lastShort = icsk->icsk_ack.last_seg_size;
  set(icsk->icsk_ack.last_seg_size, 0);
  const u32 joined = skb_shinfo(skb)->gso_size,
            length = joined ? joined : u32(skb->len); // of one, where GRO joined many
  const bool isShort = length < icsk->icsk_ack.rcv_mss;
  if (isShort) {
    shortSegment(sk, skb, lastShort);
    return;
  }
  set(icsk->icsk_ack.rcv_mss, std::min<u32>(tcp_sk(sk)->advmss, length));
  const bool pushed = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_PSH;
  if (pushed) setPending(sk, ICSK_ACK_PUSHED);
}

// ---- quick acknowledgements: a budget of them at the beginning and after disturbances
static void tcp_incr_quickack(const sock* sk, u32 max_quickacks) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const u32 twoSegments = 2u * icsk->icsk_ack.rcv_mss;
  const u32 fullWindow = tcp_sk(sk)->rcv_wnd / twoSegments; // so many acknowledgements lead the peer through slow start
  const u32 budget = std::min(fullWindow > 0 ? fullWindow : 2, max_quickacks);
  const bool raises = budget > icsk->icsk_ack.quick;
  if (raises) set(icsk->icsk_ack.quick, budget);
}

void tcp_enter_quickack_mode(const sock* sk, u32 max_quickacks) {
  KFUNC(tcp_enter_quickack_mode, sk, max_quickacks);
  INLINED();
  tcp_incr_quickack(sk, max_quickacks);
  inet_csk_exit_pingpong_mode(sk);
  set(inet_csk(sk)->icsk_ack.ato, TCP_ATO_MIN());
}

static bool tcp_in_quickack_mode(const sock* sk) {
  const dst_entry* route = __sk_dst_get(sk);
  const bool demanded = route && dst_metric_raw(route, RTAX_QUICKACK); // `ip route ... quickack 1`
  return demanded || (!inet_csk_in_pingpong_mode(sk) && inet_csk(sk)->icsk_ack.quick);
}

// ---- ECN
static void setEcn(const tcp_sock* tp, u8 on) { set(tp->ecn_flags, tp->ecn_flags | on); }
void tcp_ecn_queue_cwr(const tcp_sock* tp) {
  if (tp->ecn_flags & TCP_ECN_OK) setEcn(tp, TCP_ECN_QUEUE_CWR);
}
void tcp_ecn_withdraw_cwr(const tcp_sock* tp) { set(tp->ecn_flags, tp->ecn_flags & ~TCP_ECN_QUEUE_CWR); }

// The sender has slowed down: our echo of the mark may end.
void tcp_ecn_accept_cwr(const sock* sk, const sk_buff* skb) {
  if (!tcp_hdr(skb)->cwr) return;
  set(tcp_sk(sk)->ecn_flags, tcp_sk(sk)->ecn_flags & ~TCP_ECN_DEMAND_CWR);
  if (seqOf(skb) != endSeqOf(skb)) setPending(sk, ICSK_ACK_NOW);
}

static void __tcp_ecn_check_ce(const sock* sk, const sk_buff* skb) {
  KFUNC(__tcp_ecn_check_ce, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 mark = TCP_SKB_CB(skb)->ip_dsfield & INET_ECN_MASK;
  if (mark == INET_ECN_NOT_ECT) { // a retransmission, most likely: those are not marked as ECN-capable
    if (tp->ecn_flags & TCP_ECN_SEEN) tcp_enter_quickack_mode(sk, 2);
    return;
  }
  const bool congested = mark == INET_ECN_CE;
  if (tcp_ca_needs_ecn(sk)) tcp_ca_event(sk, congested ? CA_EVENT_ECN_IS_CE : CA_EVENT_ECN_NO_CE);
  if (congested && !(tp->ecn_flags & TCP_ECN_DEMAND_CWR)) {
    NOTE("tcp.ecn_marked", skb, sk);
    tcp_enter_quickack_mode(sk, 2);
    setEcn(tp, TCP_ECN_DEMAND_CWR);
  }
  setEcn(tp, TCP_ECN_SEEN);
}
void tcp_ecn_check_ce(const sock* sk, const sk_buff* skb) {
  if (tcp_sk(sk)->ecn_flags & TCP_ECN_OK) __tcp_ecn_check_ce(sk, skb);
}

// ---- data came
// `ato`, the time to wait with an acknowledgement, follows the gaps between segments.
static void adaptAto(const sock* sk, u32 now) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const u32 ato = icsk->icsk_ack.ato;
  if (!ato) { // the first data of all
    tcp_incr_quickack(sk, TCP_MAX_QUICKACKS);
    set(icsk->icsk_ack.ato, TCP_ATO_MIN());
    return;
  }
  const s32 gap = static_cast<s32>(now - icsk->icsk_ack.lrcvtime);
  if (gap <= static_cast<s32>(TCP_ATO_MIN() / 2)) {
    set(icsk->icsk_ack.ato, (ato >> 1) + TCP_ATO_MIN() / 2);
  } else if (gap < static_cast<s32>(ato)) {
    set(icsk->icsk_ack.ato, std::min<u32>((ato >> 1) + static_cast<u32>(gap), icsk->icsk_rto));
  } else if (gap > static_cast<s32>(icsk->icsk_rto)) { // a long pause: the peer starts slowly again, help it
    tcp_incr_quickack(sk, TCP_MAX_QUICKACKS);
  }
}

void tcp_event_data_recv(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_event_data_recv, sk, skb);
  constexpr u32 Substantial = 128; // bytes; less says nothing of how full the peer's segments are
  inet_csk_schedule_ack(sk);
  tcp_measure_rcv_mss(sk, skb);
  tcp_rcv_rtt_measure(tcp_sk(sk));

  const u32 ticks = tcp_jiffies32();
  adaptAto(sk, ticks);
  set(inet_csk(sk)->icsk_ack.lrcvtime, ticks);
  tcp_ecn_check_ce(sk, skb);
  if (skb->len >= Substantial) tcp_grow_window(sk, skb, true);
}

// An answer to a segment that brought nothing new: repeats what we expect, and reports the duplicate.
void tcp_send_dupack(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_send_dupack, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  if (endSeqOf(skb) != seqOf(skb) && before(seqOf(skb), tp->rcv_nxt)) {
    tcp_enter_quickack_mode(sk, TCP_MAX_QUICKACKS);
    if (tcp_is_sack(tp) && sock_net(sk)->ipv4.sysctl_tcp_dsack) {
      tcp_rcv_spurious_retrans(sk, skb);
      tcp_dsack_set(sk, seqOf(skb), after(endSeqOf(skb), tp->rcv_nxt) ? tp->rcv_nxt : endSeqOf(skb));
    }
  }
  tcp_send_ack(sk);
}

// ---- the decision
// Out of order: the first three go at once, since the peer counts them; then one timer speaks for several.
static bool compressAck(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const netns_ipv4& ipv4 = sock_net(sk)->ipv4;
  if (!tcp_is_sack(tp) || tp->compressed_ack >= ipv4.sysctl_tcp_comp_sack_nr) return false;
  if (tp->compressed_ack_rcv_nxt != tp->rcv_nxt) {
    set(tp->compressed_ack_rcv_nxt, tp->rcv_nxt);
    set(tp, tcp_sock::bit::dup_ack_counter, 0);
  }
  if (tp->dup_ack_counter < TCP_FASTRETRANS_THRESH) {
    set(tp, tcp_sock::bit::dup_ack_counter, tp->dup_ack_counter + 1);
    return false;
  }
  set(tp->compressed_ack, tp->compressed_ack + 1);
  if (hrtimer_is_queued(&tp->compressed_ack_timer)) return true;
  u64 rtt = tp->rcv_rtt_est.rtt_us; // 5 % of the round trip; both estimates are in eighths
  if (tp->srtt_us && tp->srtt_us < rtt) rtt = tp->srtt_us;
  const u64 delay = std::min<u64>(ipv4.sysctl_tcp_comp_sack_delay_ns, rtt * (NSEC_PER_USEC >> 3) / 20);
  sock_hold(sk);
  NOTE("tcp.ack_compressed", sk, tp->compressed_ack, delay);
  hrtimer_start(&tp->compressed_ack_timer, machine().now() + static_cast<s64>(delay));
  return true;
}

static bool ackNow(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool two_segments = tp->rcv_nxt - tp->rcv_wup > inet_csk(sk)->icsk_ack.rcv_mss;
  if (two_segments) {
    if (tp->rcv_nxt - tp->copied_seq < static_cast<u32>(sk->sk_rcvlowat)) return true; // the reader waits for more
    if (__tcp_select_window(sk) >= tp->rcv_wnd) return true;                           // and the window moves on
  }
  return tcp_in_quickack_mode(sk) || inet_csk(sk)->icsk_ack.pending & ICSK_ACK_NOW;
}

void __tcp_ack_snd_check(const sock* sk, int ofo_possible) {
  KFUNC(__tcp_ack_snd_check, sk, ofo_possible);
  if (ackNow(sk)) {
    tcp_send_ack(sk);
  } else if (!ofo_possible || !tcp_sk(sk)->out_of_order_queue.rb_node.value) {
    tcp_send_delayed_ack(sk);
  } else if (!compressAck(sk)) {
    tcp_send_ack(sk);
  }
}

// Several acknowledgements were held back; they go now, as one.
void tcp_sack_compress_send_ack(const sock* sk) {
  KFUNC(tcp_sack_compress_send_ack, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool heldBack = tp->compressed_ack > 0;
  if (!heldBack) return;
  constexpr int WasRunning = 1;
  const int cancelled = hrtimer_try_to_cancel(&tp->compressed_ack_timer);
  if (cancelled == WasRunning) sock_put(sk); // the timer's own reference
  set(tp->compressed_ack, 0);
  tcp_send_ack(sk);
}

} // namespace sockwalk::kernel
