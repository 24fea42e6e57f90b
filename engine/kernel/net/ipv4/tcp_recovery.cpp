// RACK: a segment is lost if another that was sent later has arrived, and enough time has passed for mere reordering.
// Time of sending decides, not the number of duplicates: so retransmissions and the tail of a flight are covered too.
// The file follows the algorithm: what arrived, how patient to be, what is lost, and the timer for the rest.
// Times are microseconds. Source: RFC 8985; the last part, for peers without SACK, is RFC 6582.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

namespace {
// When a segment left. Several leave in the same microsecond; of those, the one with the highest numbers left last.
struct Departure {
  u64 time;
  u32 end;
  bool laterThan(const Departure& other) const { return tcp_skb_sent_after(time, other.time, end, other.end); }
};
} // namespace

static Departure departureOf(const sk_buff* skb) { return {tcp_skb_timestamp_us(skb), endSeqOf(skb)}; }
static Departure newestDelivered(const tcp_sock* tp) { return {tp->rack.mstamp, tp->rack.end_seq}; }

// ---- what arrived (6.2, step 2)
// A segment was delivered. The one that was sent last of all is the measure for the others.
void tcp_rack_advance(const tcp_sock* tp, u8 sacked, u32 end_seq, u64 xmit_time) {
  KFUNC(tcp_rack_advance, tp, sacked, end_seq, xmit_time);
  const tcp_rack* rack = &tp->rack;
  const u32 trip = tcp_stamp_us_delta(tp->tcp_mstamp, xmit_time);

  // Faster than the network ever was? Then this answers the original, and the retransmission's time says nothing.
  const bool wasSentAgain = sacked & TCPCB_RETRANS;
  if (wasSentAgain && trip < tcp_min_rtt(tp)) return;

  set(rack, tcp_rack::bit::advanced, 1);
  set(rack->rtt_us, trip);
  const Departure arrived{xmit_time, end_seq};
  if (arrived.laterThan(newestDelivered(tp))) {
    set(rack->mstamp, arrived.time);
    set(rack->end_seq, arrived.end);
  }
}

// ---- how patient to be (6.2, step 4)
static void widenPatience(const tcp_sock* tp) {
  const tcp_rack* rack = &tp->rack;
  constexpr int MostSteps = 255; // what the member holds
  set(rack->reo_wnd_steps, std::min(rack->reo_wnd_steps + 1, MostSteps));
  set(rack, tcp_rack::bit::dsack_seen, 0);
  set(rack->last_delivered, tp->delivered);
  set(rack, tcp_rack::bit::reo_wnd_persist, TCP_RACK_RECOVERY_THRESH);
}

// Each round trip in which D-SACK shows that we were hasty lets us wait a quarter of the round trip longer, for the
// next sixteen recoveries.
void tcp_rack_update_reo_wnd(const sock* sk, const rate_sample* rs) {
  KFUNC(tcp_rack_update_reo_wnd, sk, rs);
  const bool fixed = sock_net(sk)->ipv4.sysctl_tcp_recovery & TCP_RACK_STATIC_REO_WND;
  if (fixed || !rs->prior_delivered) return;

  const tcp_sock* tp = tcp_sk(sk);
  const tcp_rack* rack = &tp->rack;
  const bool sameRound = before(rs->prior_delivered, rack->last_delivered); // sent before we last became more patient
  if (sameRound) set(rack, tcp_rack::bit::dsack_seen, 0);
  if (rack->dsack_seen) widenPatience(tp);
  else if (rack->reo_wnd_persist == 0) set(rack->reo_wnd_steps, 1);
}

// Where segments were never seen to overtake one another, waiting only delays the repair: not during recovery, nor if
// the classic number of duplicates says the same.
static bool mayDecideAtOnce(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->reord_seen) return false;
  const bool recovering = inet_csk(sk)->icsk_ca_state >= TCP_CA_Recovery;
  const bool duplicatesCount = !(sock_net(sk)->ipv4.sysctl_tcp_recovery & TCP_RACK_NO_DUPTHRESH);
  return recovering || (duplicatesCount && tp->sacked_out >= tp->reordering);
}

static u32 tcp_rack_reo_wnd(const sock* sk) {
  if (mayDecideAtOnce(sk)) return 0;
  const tcp_sock* tp = tcp_sk(sk);
  const u32 smoothed = tp->srtt_us / 8, quarter = tcp_min_rtt(tp) / 4; // srtt_us counts eighths
  return std::min(smoothed, quarter * tp->rack.reo_wnd_steps);
}

// ---- what is lost (6.2, step 5)
// A segment may take the newest round trip and the patience; zero or less: it has had its time.
static s32 timeLeft(const tcp_sock* tp, const sk_buff* skb, u32 patience) {
  const u32 granted = tp->rack.rtt_us + patience;
  return static_cast<s32>(granted - tcp_stamp_us_delta(tp->tcp_mstamp, tcp_skb_timestamp_us(skb)));
}
s32 tcp_rack_skb_timeout(const tcp_sock* tp, const sk_buff* skb, u32 reo_wnd) {
  KFUNC(tcp_rack_skb_timeout, tp, skb, reo_wnd);
  return call.result(timeLeft(tp, skb, reo_wnd));
}

static bool isKnownLost(const sk_buff* skb) { // lost, and not sent again since
  return (sackedOf(skb) & (TCPCB_LOST | TCPCB_SACKED_RETRANS)) == TCPCB_LOST;
}

// Walks what was sent in the order of sending, up to the newest that arrived: nothing can be said of those behind it.
// Gives how long until the last of the others could be declared lost; 0: none waits.
static u32 tcp_rack_detect_loss(const sock* sk) {
  KFUNC(tcp_rack_detect_loss, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 patience = tcp_rack_reo_wnd(sk);
  const Departure newest = newestDelivered(tp);
  s32 longest = 0;
  for (const sk_buff* skb : list_for_each_entry(sk_buff, tcp_tsorted_anchor, &tp->tsorted_sent_queue)) {
    if (isKnownLost(skb)) continue;
    if (!newest.laterThan(departureOf(skb))) break;
    const s32 left = timeLeft(tp, skb, patience);
    longest = std::max(longest, left);
    if (left > 0) continue;
    tcp_mark_skb_lost(sk, skb);
    list_del_init(&skb->tcp_tsorted_anchor);
  }
  return call.result(static_cast<u32>(longest));
}

// After an acknowledgement. True: the timer was set to look again, since some segments may only be late.
bool tcp_rack_mark_lost(const sock* sk) {
  KFUNC(tcp_rack_mark_lost, sk);
  const tcp_rack* rack = &tcp_sk(sk)->rack;
  if (!rack->advanced) return call.result(false); // nothing new arrived to judge by
  set(rack, tcp_rack::bit::advanced, 0);

  const u32 wait = tcp_rack_detect_loss(sk);
  if (wait > 0) {
    NOTE("tcp.reordering_wait", sk, wait);
    const u32 rest = static_cast<u32>(TCP_TIMEOUT_MIN_US);
    inet_csk_reset_xmit_timer(sk, ICSK_TIME_REO_TIMEOUT, usecs_to_jiffies(wait + rest), inet_csk(sk)->icsk_rto);
  }
  return call.result(wait > 0);
}

// ---- the timer
// Losses were found, but no acknowledgement came that would pay for the retransmissions: one packet is granted.
static void repair(const sock* sk, u32 newlyLost) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const bool begins = icsk->icsk_ca_state != TCP_CA_Recovery;
  if (begins) tcp_enter_recovery(sk, false);
  if (begins && !icsk->icsk_ca_ops->cong_control) tcp_cwnd_reduction(sk, 1, static_cast<int>(newlyLost), 0);
  tcp_xmit_retransmit_queue(sk);
}

// The time for reordering is over.
void tcp_rack_reo_timeout(const sock* sk) {
  KFUNC(tcp_rack_reo_timeout, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 lostBefore = tp->lost, flyingBefore = tcp_packets_in_flight(tp);
  tcp_rack_detect_loss(sk);
  const bool found = tcp_packets_in_flight(tp) != flyingBefore;
  if (found) repair(sk, tp->lost - lostBefore);

  const bool guarded = inet_csk(sk)->icsk_pending == ICSK_TIME_RETRANS; // what is still out must not be forgotten
  if (!guarded) tcp_rearm_rto(sk);
}

// ---- without SACK
static void cutToOneSegment(const sock* sk, const sk_buff* skb) {
  const u32 one = tcp_skb_mss(skb);
  const bool several = tcp_skb_pcount(skb) > 1 && one < skb->len;
  if (several) tcp_fragment(sk, TCP_FRAG_IN_RTX_QUEUE, skb, one, one, GFP_ATOMIC);
}

// Recovery finds one lost segment in a round trip: the first that is not acknowledged. Enough duplicates name the first
// of them; each acknowledgement that ends short of the rest ("partial") names the next.
void tcp_newreno_mark_lost(const sock* sk, bool snd_una_advanced) {
  KFUNC(tcp_newreno_mark_lost, sk, snd_una_advanced);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 phase = inet_csk(sk)->icsk_ca_state;
  const bool partial = phase == TCP_CA_Recovery && snd_una_advanced;
  const bool enough = phase < TCP_CA_Recovery && tp->sacked_out >= tp->reordering;
  if (!partial && !enough) return;

  const sk_buff* hole = tcp_rtx_queue_head(sk);
  const bool marked = sackedOf(hole) & TCPCB_LOST;
  if (marked) return;
  cutToOneSegment(sk, hole);
  tcp_mark_skb_lost(sk, hole);
}

} // namespace sockwalk::kernel
