// The window while it shrinks: proportional rate reduction. Halving it at one stroke would silence the sender for half a
// round trip; instead, for so many packets that are delivered, so many may be sent, until the target (snd_ssthresh) is
// reached about one round trip later. Counts are packets. Source: RFC 6937.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

static void beginEpisode(const tcp_sock* tp) {
  set(tp->high_seq, tp->snd_nxt); // it lasts until what is out now is acknowledged
  set(tp->tlp_high_seq, 0);
  set(tp->snd_cwnd_cnt, 0);
  set(tp->prior_cwnd, tcp_snd_cwnd(tp));
  set(tp->prr_delivered, 0); // nothing earned, nothing spent
  set(tp->prr_out, 0);
}

void tcp_init_cwnd_reduction(const sock* sk) {
  const tcp_congestion_ops* algorithm = inet_csk(sk)->icsk_ca_ops;
  beginEpisode(tcp_sk(sk));
  set(tcp_sk(sk)->snd_ssthresh, algorithm->ssthresh(sk));
  tcp_ecn_queue_cwr(tcp_sk(sk));
}

// More is in flight than the target: what was delivered pays in proportion target : window before, rounded up.
static int proportionalShare(const tcp_sock* tp) {
  const u64 windowBefore = tp->prior_cwnd, delivered = tp->prr_delivered;
  const u64 earned = (delivered * tp->snd_ssthresh + windowBefore - 1) / windowBefore;
  return static_cast<int>(earned) - static_cast<int>(tp->prr_out);
}

// So many were lost that less is in flight than the target: back up to it, but not in a burst. One for one, and one more
// (as in slow start) while the repair goes well.
static int slowStartBound(const tcp_sock* tp, int deliveredNow, bool goesWell) {
  const int unspent = static_cast<int>(tp->prr_delivered - tp->prr_out);
  return std::max(deliveredNow, unspent) + (goesWell ? 1 : 0);
}

void tcp_cwnd_reduction(const sock* sk, int newly_acked_sacked, int newly_lost, int flag) {
  KFUNC(tcp_cwnd_reduction, sk, newly_acked_sacked, newly_lost, flag);
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->prior_cwnd || newly_acked_sacked <= 0) return;
  add(tp->prr_delivered, static_cast<u32>(newly_acked_sacked));

  const u32 flying = tcp_packets_in_flight(tp);
  const int roomToTarget = static_cast<int>(tp->snd_ssthresh - flying);
  const bool goesWell = flag & FLAG_SND_UNA_ADVANCED && newly_lost == 0;
  const int allowed = roomToTarget < 0 ? proportionalShare(tp)
                                       : std::min(slowStartBound(tp, newly_acked_sacked, goesWell), roomToTarget);
  const int least = tp->prr_out ? 0 : 1; // the first retransmission goes in any case
  tcp_snd_cwnd_set(tp, flying + static_cast<u32>(std::max(allowed, least)));
}

void tcp_end_cwnd_reduction(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  if (icsk->icsk_ca_ops->cong_control) return; // such an algorithm sets the window by itself
  const tcp_sock* tp = tcp_sk(sk);
  const bool hasTarget = tp->snd_ssthresh < TCP_INFINITE_SSTHRESH;
  const bool wasTakenBack = icsk->icsk_ca_state != TCP_CA_CWR && !tp->undo_marker;
  if (hasTarget && !wasTakenBack) { // whatever the shares came to, it ends exactly there
    tcp_snd_cwnd_set(tp, tp->snd_ssthresh);
    set(tp->snd_cwnd_stamp, tcp_jiffies32());
  }
  tcp_ca_event(sk, CA_EVENT_COMPLETE_CWR);
}

} // namespace sockwalk::kernel
