// The ways into the states CWR, Recovery and Loss: what is believed lost, how far the window is cut, and what is kept in
// case that it was all a mistake. Source: RFC 5681 3.1, 3.2; RFC 3168 6.1.2; RFC 5682.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

// ---- what is kept in case that it was all a mistake (tcp_input_undo.cpp takes it back)
void tcp_clear_retrans(const tcp_sock* tp) {
  KFUNC(tcp_clear_retrans, tp);
  set(tp->retrans_out, 0);
  set(tp->lost_out, 0);
  set(tp->undo_marker, 0);
  set(tp->undo_retrans, -1);
  set(tp->sacked_out, 0);
}

// From here on it can be undone, when so many retransmissions are reported to have arrived twice.
static void tcp_init_undo(const tcp_sock* tp) {
  constexpr int Never = -1; // 0 would mean that it can be taken back now
  set(tp->undo_marker, tp->snd_una);
  const bool probeRepeats = tp->tlp_retrans && tp->tlp_high_seq;
  const int repeated = static_cast<int>(tp->retrans_out) + (probeRepeats ? 1 : 0);
  set(tp->undo_retrans, repeated == 0 ? Never : repeated);
}

// ---- CWR
// The network asked to slow down (ECN), or the device would not take a segment: the window shrinks, nothing is repeated.
void tcp_enter_cwr(const sock* sk) {
  KFUNC(tcp_enter_cwr, sk);
  set(tcp_sk(sk)->prior_ssthresh, 0); // congestion is certain: no way back
  const bool shrinksAlready = inet_csk(sk)->icsk_ca_state >= TCP_CA_CWR;
  if (shrinksAlready) return;
  set(tcp_sk(sk)->undo_marker, 0);
  tcp_init_cwnd_reduction(sk);
  tcp_set_ca_state(sk, TCP_CA_CWR);
}

// ---- Recovery: a loss is proven
static void beginToShrink(const sock* sk, bool congestionIsCertain) {
  if (!congestionIsCertain) set(tcp_sk(sk)->prior_ssthresh, tcp_current_ssthresh(sk)); // may be given back
  tcp_init_cwnd_reduction(sk);
}

void tcp_enter_recovery(const sock* sk, bool ece_ack) {
  KFUNC(tcp_enter_recovery, sk, ece_ack);
  const tcp_sock* tp = tcp_sk(sk);
  if (!tcp_any_retrans_done(sk)) set(tp->retrans_stamp, 0); // the next retransmission is the first
  set(tp->prior_ssthresh, 0);
  tcp_init_undo(tp);
  const bool shrinking = tcp_in_cwnd_reduction(sk); // CWR began it, and goes over into this
  if (!shrinking) beginToShrink(sk, ece_ack);
  NOTE("tcp.fast_retransmit", sk, tp->lost_out, tp->snd_ssthresh);
  tcp_set_ca_state(sk, TCP_CA_Recovery);
}

// ---- Loss: a timeout
static bool sentLately(const sock* sk, const sk_buff* skb) {
  return tcp_is_rack(sk) && tcp_rack_skb_timeout(tcp_sk(sk), skb, 0) > 0;
}

static void tcp_timeout_mark_lost(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* oldest = tcp_rtx_queue_head(sk);
  const bool reneged = oldest && sackedOf(oldest) & TCPCB_SACKED_ACKED;
  if (reneged) { // the peer dropped what it had reported (RFC 2018 8 allows it): no report counts any more
    set(tp->sacked_out, 0);
    set(tp, tcp_sock::bit::is_sack_reneg, 1);
  } else if (tcp_is_reno(tp)) { // duplicates of before the timeout count no more
    set(tp->sacked_out, 0);
  }
  for (const sk_buff* skb = oldest; skb; skb = skb_rb_next(skb)) {
    const bool hasTime = !reneged && skb != oldest && sentLately(sk, skb);
    if (hasTime) continue;
    if (reneged) set(TCP_SKB_CB(skb)->sacked, sackedOf(skb) & ~TCPCB_SACKED_ACKED);
    tcp_mark_skb_lost(sk, skb);
  }
  tcp_clear_all_retrans_hints(tp);
}

// The threshold is cut once for each window of data, not for each timeout in it: the same loss must not count twice.
static bool isAnotherLoss(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const bool suspected = icsk->icsk_ca_state > TCP_CA_Disorder;
  const bool sameWindow = after(tcp_sk(sk)->high_seq, tcp_sk(sk)->snd_una);
  const bool progressed = icsk->icsk_ca_state == TCP_CA_Loss && icsk->icsk_retransmits == 0;
  return !suspected || !sameWindow || progressed;
}

static void cutThreshold(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  set(tp->prior_ssthresh, tcp_current_ssthresh(sk));
  set(tp->prior_cwnd, tcp_snd_cwnd(tp));
  set(tp->snd_ssthresh, inet_csk(sk)->icsk_ca_ops->ssthresh(sk));
  tcp_ca_event(sk, CA_EVENT_LOSS);
  tcp_init_undo(tp);
}

static void beginWithOnePacket(const tcp_sock* tp) { // slow start again (RFC 5681 3.1)
  tcp_snd_cwnd_set(tp, 1 + tcp_packets_in_flight(tp));
  set(tp->snd_cwnd_cnt, 0);
  set(tp->snd_cwnd_stamp, tcp_jiffies32());
}

// Enough was reported that fast retransmit would have begun, had we not been so patient: that made it come to this.
static void beLessPatient(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 usual = static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_reordering);
  if (tp->sacked_out >= usual) set(tp->reordering, std::min<u32>(usual, tp->reordering));
}

// RFC 5682 2.1, step 1: F-RTO tests a timeout that comes out of nothing, or one that repeats; not one that ends another
// recovery. A probe of the path's limit that got lost is no test either.
static bool frtoApplies(const sock* sk, bool fromRecovery) {
  const inet_connection_sock* icsk = inet_csk(sk);
  if (!sock_net(sk)->ipv4.sysctl_tcp_frto || icsk->icsk_mtup.probe_size) return false;
  return !fromRecovery || icsk->icsk_retransmits;
}

void tcp_enter_loss(const sock* sk) {
  KFUNC(tcp_enter_loss, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 from = inet_csk(sk)->icsk_ca_state;
  tcp_timeout_mark_lost(sk);
  if (isAnotherLoss(sk)) cutThreshold(sk);
  beginWithOnePacket(tp);
  if (from <= TCP_CA_Disorder) beLessPatient(sk);
  tcp_set_ca_state(sk, TCP_CA_Loss);
  set(tp->high_seq, tp->snd_nxt);
  set(tp->tlp_high_seq, 0);
  tcp_ecn_queue_cwr(tp);
  set(tp, tcp_sock::bit::frto, frtoApplies(sk, from >= TCP_CA_Recovery));
}

} // namespace sockwalk::kernel
