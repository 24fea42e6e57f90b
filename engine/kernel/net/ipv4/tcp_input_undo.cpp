// Taking back what a wrong suspicion of loss did. The suspicion was wrong if the acknowledgement of an original came
// after its retransmission (the echoed timestamp is older), or if D-SACK reports that every retransmission arrived
// twice. Source: RFC 3522 (Eifel), RFC 3708.
#include "engine/kernel/include/net/tcp_cong.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

static bool tcp_tsopt_ecr_before(const tcp_sock* tp, u32 when) {
  return tp->rx_opt.saw_tstamp && tp->rx_opt.rcv_tsecr && before(tp->rx_opt.rcv_tsecr, when);
}

// The peer echoes a timestamp from before this segment was sent again: it has the original.
bool tcp_skb_spurious_retrans(const tcp_sock* tp, const sk_buff* skb) {
  return sackedOf(skb) & TCPCB_RETRANS && tcp_tsopt_ecr_before(tp, tcp_skb_timestamp(skb));
}

// What came is acknowledged for an original, not for a retransmission.
bool tcp_packet_delayed(const tcp_sock* tp) {
  if (tp->retrans_stamp) return tcp_tsopt_ecr_before(tp, tp->retrans_stamp);
  if (!tcp_is_sack(tp) && !before(tp->snd_una, tp->high_seq)) return false; // the stamp was cleared on the way out
  return skCast<sock>(tp)->sk_state != TCP_SYN_SENT;                        // and here with the SYN's acknowledgement
}

bool tcp_any_retrans_done(const sock* sk) {
  const sk_buff* head = tcp_rtx_queue_head(sk);
  return tcp_sk(sk)->retrans_out || (head && sackedOf(head) & TCPCB_EVER_RETRANS);
}

void tcp_undo_cwnd_reduction(const sock* sk, bool unmark_loss) {
  KFUNC(tcp_undo_cwnd_reduction, sk, unmark_loss);
  const tcp_sock* tp = tcp_sk(sk);
  if (unmark_loss) {
    for (const sk_buff* skb = tcp_rtx_queue_head(sk); skb; skb = skb_rb_next(skb))
      set(TCP_SKB_CB(skb)->sacked, sackedOf(skb) & ~TCPCB_LOST);
    set(tp->lost_out, 0);
    tcp_clear_all_retrans_hints(tp);
  }
  if (tp->prior_ssthresh) {
    tcp_snd_cwnd_set(tp, inet_csk(sk)->icsk_ca_ops->undo_cwnd(sk));
    if (tp->prior_ssthresh > tp->snd_ssthresh) {
      set(tp->snd_ssthresh, tp->prior_ssthresh);
      tcp_ecn_withdraw_cwr(tp);
    }
  }
  NOTE("tcp.undo", sk, tp->snd_cwnd, tp->snd_ssthresh);
  set(tp->snd_cwnd_stamp, tcp_jiffies32());
  set(tp->undo_marker, 0);
  set(&tp->rack, tcp_rack::bit::advanced, 1); // losses are judged again
}

static bool tcp_may_undo(const tcp_sock* tp) {
  return tp->undo_marker && (!tp->undo_retrans || tcp_packet_delayed(tp));
}

// Without SACK, duplicate acknowledgements for old retransmissions may still come: the state is kept until something
// sent after the loss is acknowledged, lest they start another recovery (RFC 6582).
static bool tcp_is_non_sack_preventing_reopen(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->snd_una != tp->high_seq || !tcp_is_reno(tp)) return false;
  if (!tcp_any_retrans_done(sk)) set(tp->retrans_stamp, 0);
  return true;
}

// All that was outstanding when recovery began is acknowledged. True: the state stays as it is for now.
bool tcp_try_undo_recovery(const sock* sk) {
  KFUNC(tcp_try_undo_recovery, sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (tcp_may_undo(tp)) tcp_undo_cwnd_reduction(sk, false);
  else if (tp->rack.reo_wnd_persist) set(&tp->rack, tcp_rack::bit::reo_wnd_persist, tp->rack.reo_wnd_persist - 1);
  if (tcp_is_non_sack_preventing_reopen(sk)) return call.result(true);
  tcp_set_ca_state(sk, TCP_CA_Open);
  set(tp, tcp_sock::bit::is_sack_reneg, 0);
  return call.result(false);
}

bool tcp_try_undo_dsack(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->undo_marker || tp->undo_retrans) return false;
  const u32 persist = std::min<u32>(TCP_RACK_RECOVERY_THRESH, tp->rack.reo_wnd_persist + 1u);
  set(&tp->rack, tcp_rack::bit::reo_wnd_persist, persist);
  tcp_undo_cwnd_reduction(sk, false);
  return true;
}

bool tcp_try_undo_loss(const sock* sk, bool frto_undo) {
  KFUNC(tcp_try_undo_loss, sk, frto_undo);
  const tcp_sock* tp = tcp_sk(sk);
  if (!frto_undo && !tcp_may_undo(tp)) return call.result(false);
  tcp_undo_cwnd_reduction(sk, true);
  set(inet_csk(sk)->icsk_retransmits, 0);
  if (tcp_is_non_sack_preventing_reopen(sk)) return call.result(true);
  if (frto_undo || tcp_is_sack(tp)) {
    tcp_set_ca_state(sk, TCP_CA_Open);
    set(tp, tcp_sock::bit::is_sack_reneg, 0);
  }
  return call.result(true);
}

// The SYN was sent again, but the answer echoes the first one's timestamp.
void tcp_try_undo_spurious_syn(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 syn_stamp = tp->retrans_stamp;
  if (tp->undo_marker && syn_stamp && tp->rx_opt.saw_tstamp && syn_stamp == tp->rx_opt.rcv_tsecr)
    set(tp->undo_marker, 0);
}

} // namespace sockwalk::kernel
