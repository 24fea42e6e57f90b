// RACK: a segment is lost if another that was sent later has arrived, and enough time has passed for mere reordering.
// Time of sending decides, not the number of duplicates: so retransmissions and the tail of a flight are covered too.
// Times are microseconds. Source: RFC 8985.
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

static u32 tcp_rack_reo_wnd(const sock* sk) { // how long reordering is waited for
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->reord_seen) {
    if (inet_csk(sk)->icsk_ca_state >= TCP_CA_Recovery) return 0;
    if (tp->sacked_out >= tp->reordering && !(sock_net(sk)->ipv4.sysctl_tcp_recovery & TCP_RACK_NO_DUPTHRESH)) return 0;
  }
  return std::min((tcp_min_rtt(tp) >> 2) * tp->rack.reo_wnd_steps, tp->srtt_us >> 3);
}

static s32 timeLeft(const tcp_sock* tp, const sk_buff* skb, u32 reo_wnd) {
  const u32 age = tcp_stamp_us_delta(tp->tcp_mstamp, tcp_skb_timestamp_us(skb));
  return static_cast<s32>(tp->rack.rtt_us + reo_wnd - age);
}
s32 tcp_rack_skb_timeout(const tcp_sock* tp, const sk_buff* skb, u32 reo_wnd) {
  KFUNC(tcp_rack_skb_timeout, tp, skb, reo_wnd);
  return call.result(timeLeft(tp, skb, reo_wnd));
}

// Walks what was sent in the order of sending. Gives how long until the next could be declared lost; 0: none waits.
static u32 tcp_rack_detect_loss(const sock* sk) {
  KFUNC(tcp_rack_detect_loss, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 reo_wnd = tcp_rack_reo_wnd(sk);
  u32 reo_timeout = 0;
  for (const sk_buff* skb : list_for_each_entry(sk_buff, tcp_tsorted_anchor, &tp->tsorted_sent_queue)) {
    if (sackedOf(skb) & TCPCB_LOST && !(sackedOf(skb) & TCPCB_SACKED_RETRANS)) continue;
    if (!tcp_skb_sent_after(tp->rack.mstamp, tcp_skb_timestamp_us(skb), tp->rack.end_seq, endSeqOf(skb))) break;
    const s32 remaining = timeLeft(tp, skb, reo_wnd);
    if (remaining <= 0) {
      tcp_mark_skb_lost(sk, skb);
      list_del_init(&skb->tcp_tsorted_anchor);
    } else {
      reo_timeout = std::max(reo_timeout, static_cast<u32>(remaining));
    }
  }
  return call.result(reo_timeout);
}

bool tcp_rack_mark_lost(const sock* sk) {
  KFUNC(tcp_rack_mark_lost, sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->rack.advanced) return call.result(false);
  set(&tp->rack, tcp_rack::bit::advanced, 0);
  const u32 timeout = tcp_rack_detect_loss(sk);
  if (!timeout) return call.result(false);
  NOTE("tcp.reordering_wait", sk, timeout);
  const u64 jiffies = usecs_to_jiffies(timeout + static_cast<u32>(TCP_TIMEOUT_MIN_US));
  inet_csk_reset_xmit_timer(sk, ICSK_TIME_REO_TIMEOUT, jiffies, inet_csk(sk)->icsk_rto);
  return call.result(true);
}

// A segment arrived: if it is the one sent last, it becomes the measure for all others.
void tcp_rack_advance(const tcp_sock* tp, u8 sacked, u32 end_seq, u64 xmit_time) {
  KFUNC(tcp_rack_advance, tp, sacked, end_seq, xmit_time);
  const u32 rtt_us = tcp_stamp_us_delta(tp->tcp_mstamp, xmit_time);
  if (rtt_us < tcp_min_rtt(tp) && sacked & TCPCB_RETRANS)
    return; // too soon for the retransmission: it was the original
  set(&tp->rack, tcp_rack::bit::advanced, 1);
  set(tp->rack.rtt_us, rtt_us);
  if (!tcp_skb_sent_after(xmit_time, tp->rack.mstamp, end_seq, tp->rack.end_seq)) return;
  set(tp->rack.mstamp, xmit_time);
  set(tp->rack.end_seq, end_seq);
}

// The time for reordering is over.
void tcp_rack_reo_timeout(const sock* sk) {
  KFUNC(tcp_rack_reo_timeout, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 lost = tp->lost, prior_inflight = tcp_packets_in_flight(tp);
  tcp_rack_detect_loss(sk);
  if (prior_inflight != tcp_packets_in_flight(tp)) {
    if (inet_csk(sk)->icsk_ca_state != TCP_CA_Recovery) {
      tcp_enter_recovery(sk, false);
      if (!inet_csk(sk)->icsk_ca_ops->cong_control) tcp_cwnd_reduction(sk, 1, static_cast<int>(tp->lost - lost), 0);
    }
    tcp_xmit_retransmit_queue(sk);
  }
  if (inet_csk(sk)->icsk_pending != ICSK_TIME_RETRANS) tcp_rearm_rto(sk);
}

// Each round trip in which D-SACK shows that we were hasty lets us wait a quarter of the round trip longer, for the
// next sixteen recoveries.
void tcp_rack_update_reo_wnd(const sock* sk, const rate_sample* rs) {
  KFUNC(tcp_rack_update_reo_wnd, sk, rs);
  const tcp_sock* tp = tcp_sk(sk);
  if (sock_net(sk)->ipv4.sysctl_tcp_recovery & TCP_RACK_STATIC_REO_WND || !rs->prior_delivered) return;
  if (before(rs->prior_delivered, tp->rack.last_delivered)) set(&tp->rack, tcp_rack::bit::dsack_seen, 0);
  if (tp->rack.dsack_seen) {
    set(tp->rack.reo_wnd_steps, std::min(0xff, tp->rack.reo_wnd_steps + 1));
    set(&tp->rack, tcp_rack::bit::dsack_seen, 0);
    set(tp->rack.last_delivered, tp->delivered);
    set(&tp->rack, tcp_rack::bit::reo_wnd_persist, TCP_RACK_RECOVERY_THRESH);
  } else if (!tp->rack.reo_wnd_persist) {
    set(tp->rack.reo_wnd_steps, 1);
  }
}

// Without SACK, recovery finds one lost segment in a round trip: the first that is not acknowledged (RFC 6582).
void tcp_newreno_mark_lost(const sock* sk, bool snd_una_advanced) {
  KFUNC(tcp_newreno_mark_lost, sk, snd_una_advanced);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 state = inet_csk(sk)->icsk_ca_state;
  const bool begins = state < TCP_CA_Recovery && tp->sacked_out >= tp->reordering;
  if (!begins && !(state == TCP_CA_Recovery && snd_una_advanced)) return;
  const sk_buff* skb = tcp_rtx_queue_head(sk);
  if (sackedOf(skb) & TCPCB_LOST) return;
  const u32 mss = tcp_skb_mss(skb);
  if (tcp_skb_pcount(skb) > 1 && skb->len > mss) tcp_fragment(sk, TCP_FRAG_IN_RTX_QUEUE, skb, mss, mss, GFP_ATOMIC);
  tcp_mark_skb_lost(sk, skb);
}

} // namespace sockwalk::kernel
