// Taking back what a wrong suspicion of loss did. The suspicion was wrong if the acknowledgement of an original came
// after its retransmission (the echoed timestamp is older), or if D-SACK reports that every retransmission arrived
// twice. Source: RFC 3522 (Eifel), RFC 3708.
#include "engine/kernel/include/net/tcp_segments.h"
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
  if (const u32 firstRepeated = tp->retrans_stamp) return tcp_tsopt_ecr_before(tp, firstRepeated);
  // The stamp is gone. Without SACK it was cleared on the way out of recovery; while opening, with the SYN's
  // acknowledgement; otherwise nothing was sent again at all.
  const bool leaving = tcp_is_reno(tp) && !before(tp->snd_una, tp->high_seq);
  const bool opening = skCast<sock>(tp)->sk_state == TCP_SYN_SENT;
  return !leaving && !opening;
}

bool tcp_any_retrans_done(const sock* sk) {
  const sk_buff* head = tcp_rtx_queue_head(sk);
  return tcp_sk(sk)->retrans_out || (head && sackedOf(head) & TCPCB_EVER_RETRANS);
}

static void unmarkLost(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  for (const sk_buff* skb = tcp_rtx_queue_head(sk); skb; skb = skb_rb_next(skb))
    set(TCP_SKB_CB(skb)->sacked, sackedOf(skb) & ~TCPCB_LOST);
  set(tp->lost_out, 0);
  tcp_clear_all_retrans_hints(tp);
}

static void giveWindowBack(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  tcp_snd_cwnd_set(tp, inet_csk(sk)->icsk_ca_ops->undo_cwnd(sk));
  const bool wasCut = tp->snd_ssthresh < tp->prior_ssthresh;
  if (!wasCut) return;
  set(tp->snd_ssthresh, tp->prior_ssthresh);
  tcp_ecn_withdraw_cwr(tp); // the peer need not hear that we slowed down
}

void tcp_undo_cwnd_reduction(const sock* sk, bool unmark_loss) {
  KFUNC(tcp_undo_cwnd_reduction, sk, unmark_loss);
  const tcp_sock* tp = tcp_sk(sk);
  if (unmark_loss) unmarkLost(sk);
  const bool back = tp->prior_ssthresh != 0; // 0: congestion was certain
  if (back) giveWindowBack(sk);
  NOTE("tcp.undo", sk, tp->snd_cwnd, tp->snd_ssthresh, back);
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
  const bool atTheEdge = tcp_is_reno(tp) && tp->high_seq == tp->snd_una;
  if (atTheEdge && !tcp_any_retrans_done(sk)) set(tp->retrans_stamp, 0);
  return atTheEdge;
}

static void reopen(const sock* sk) {
  tcp_set_ca_state(sk, TCP_CA_Open);
  set(tcp_sk(sk), tcp_sock::bit::is_sack_reneg, 0);
}

// All that was outstanding when recovery began is acknowledged. True: the state stays as it is for now.
bool tcp_try_undo_recovery(const sock* sk) {
  KFUNC(tcp_try_undo_recovery, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 patient = tp->rack.reo_wnd_persist; // for so many recoveries more
  if (tcp_may_undo(tp)) tcp_undo_cwnd_reduction(sk, false);
  else if (patient) set(&tp->rack, tcp_rack::bit::reo_wnd_persist, patient - 1);
  const bool stays = tcp_is_non_sack_preventing_reopen(sk);
  if (!stays) reopen(sk);
  return call.result(stays);
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
  const bool spurious = frto_undo || tcp_may_undo(tp);
  if (!spurious) return call.result(false);
  tcp_undo_cwnd_reduction(sk, true);
  set(inet_csk(sk)->icsk_retransmits, 0);
  const bool mayReopen = !tcp_is_non_sack_preventing_reopen(sk) && (frto_undo || tcp_is_sack(tp));
  if (mayReopen) reopen(sk);
  return call.result(true);
}

// The SYN was sent again, but the answer echoes the first one's timestamp.
void tcp_try_undo_spurious_syn(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 firstLeft = tp->retrans_stamp;
  const bool answersFirst = tp->rx_opt.saw_tstamp && tp->rx_opt.rcv_tsecr == firstLeft;
  if (answersFirst && firstLeft && tp->undo_marker) set(tp->undo_marker, 0);
}

} // namespace sockwalk::kernel
