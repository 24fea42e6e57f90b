// Recovery from loss: a machine of five states (icsk_ca_state). Counts are packets.
//
//   Open       all is well
//   Disorder   something is missing; it may only be late
//   CWR        the network asked to slow down (ECN): the window shrinks
//   Recovery   a loss is proven: what is lost is sent again while the window shrinks gently (tcp_input_prr.cpp)
//   Loss       a timeout: all is suspect
//
// Each acknowledgement that is not plain progress is one step of the machine: tcp_fastretrans_alert(), at the end. A
// state other than Open is left when all is acknowledged that was out when it was entered (high_seq). How one gets into
// them is told in tcp_input_enter.cpp, how one gets back for nothing in tcp_input_undo.cpp.
// Source: RFC 5681, 6582 (NewReno), 6675 (SACK), 5682 (F-RTO).
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

constexpr Bits<inet_connection_sock> mtup_probe_size{1320, 0, 31, 4}; // icsk_mtup.probe_size: 31 bits

void tcp_count_delivered(const tcp_sock* tp, u32 delivered, bool ece_ack) {
  add(tp->delivered, delivered);
  if (ece_ack) add(tp->delivered_ce, delivered);
}

// ---- without SACK, duplicate acknowledgements stand for segments that arrived
// More duplicates than segments that could have caused them: the network doubles or reorders. One at least is missing,
// or there would be no duplicates.
static bool tcp_limit_reno_sacked(const tcp_sock* tp) {
  const u32 out = tp->packets_out, missing = std::min(out, std::max<u32>(tp->lost_out, 1));
  const u32 most = out - missing;
  if (tp->sacked_out <= most) return false;
  set(tp->sacked_out, most);
  return true;
}

static void tcp_check_reno_reordering(const sock* sk, int addend) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tcp_limit_reno_sacked(tp)) return;
  const u32 distance = tp->packets_out + static_cast<u32>(addend);
  set(tp->reordering, std::min(distance, static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_max_reordering)));
  add(tp->reord_seen, 1u);
}

static void tcp_add_reno_sack(const sock* sk, int num_dupack, bool ece_ack) {
  KFUNC(tcp_add_reno_sack, sk, num_dupack, ece_ack);
  if (num_dupack == 0) return;
  const tcp_sock* tp = tcp_sk(sk);
  const u32 countedBefore = tp->sacked_out;
  add(tp->sacked_out, static_cast<u32>(num_dupack));
  tcp_check_reno_reordering(sk, 0);
  if (const u32 counted = tp->sacked_out; static_cast<s32>(counted - countedBefore) > 0)
    tcp_count_delivered(tp, counted - countedBefore, ece_ack);
}

void tcp_remove_reno_sacks(const sock* sk, int acked, bool ece_ack) {
  const tcp_sock* tp = tcp_sk(sk);
  if (acked > 0) { // one of them filled the hole; the others had been counted as duplicates
    const int counted = static_cast<int>(tp->sacked_out), others = acked - 1;
    tcp_count_delivered(tp, static_cast<u32>(std::max(acked - counted, 1)), ece_ack);
    set(tp->sacked_out, std::max(counted - others, 0));
  }
  tcp_check_reno_reordering(sk, acked);
}

static void tcp_reset_reno_sack(const tcp_sock* tp) { set(tp->sacked_out, 0); }

// When the first retransmission went is of interest only while one is out, or stands for the oldest segment.
static void dropUnusedStamp(const sock* sk) {
  if (!tcp_any_retrans_done(sk)) set(tcp_sk(sk)->retrans_stamp, 0);
}

// ---- one segment is lost
void tcp_mark_skb_lost(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_mark_skb_lost, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 tags = sackedOf(skb);
  const u32 packets = tcp_skb_pcount(skb);
  if (tags & TCPCB_SACKED_ACKED) return;
  const sk_buff* hint = tp->retransmit_skb_hint; // where the next retransmission begins to search
  if (hint ? before(seqOf(skb), seqOf(hint)) : tp->retrans_out >= tp->lost_out) set(tp->retransmit_skb_hint, skb);
  if (!(tags & TCPCB_LOST)) {
    add(tp->lost_out, packets);
    set(TCP_SKB_CB(skb)->sacked, tags | TCPCB_LOST);
  } else if (tags & TCPCB_SACKED_RETRANS) { // and its retransmission too
    set(TCP_SKB_CB(skb)->sacked, tags & ~TCPCB_SACKED_RETRANS);
    sub(tp->retrans_out, packets);
  } else {
    return;
  }
  add(tp->lost, packets);
  NOTE("tcp.segment_lost", skb, seqOf(skb), endSeqOf(skb));
}

// What was reported by SACK stands at the head now: either the peer dropped it, or the report of its acknowledgement is
// on the way. It gets half a round trip.
static bool tcp_check_sack_reneging(const sock* sk, int* ack_flag) {
  constexpr int Suspicious = FLAG_SND_UNA_ADVANCED | FLAG_SACK_RENEGING;
  if ((*ack_flag & Suspicious) != Suspicious) return false;
  const u64 halfTrip = usecs_to_jiffies(tcp_sk(sk)->srtt_us / 16), least = msecs_to_jiffies(10);
  inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, std::max(halfTrip, least), TCP_RTO_MAX());
  *ack_flag &= ~FLAG_SET_XMIT_TIMER;
  return true;
}

// ---- without RACK: a segment is lost if `reordering` later ones were reported (RFC 6675)
// Marks from the front, until more than `packets` reported ones were passed. Where it stopped, and how many it had
// passed, is kept: the next walk goes on from there.
static void tcp_mark_head_lost(const sock* sk, int packets, bool mark_head) {
  KFUNC(tcp_mark_head_lost, sk, packets, mark_head);
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* stopped = tp->lost_skb_hint;
  int passed = stopped ? tp->lost_cnt_hint : 0;
  const bool headIsMarked = stopped && after(seqOf(stopped), tp->snd_una);
  if (mark_head && headIsMarked) return;
  for (const sk_buff* skb = stopped ? stopped : tcp_rtx_queue_head(sk); skb; skb = skb_rb_next(skb)) {
    set(tp->lost_skb_hint, skb);
    set(tp->lost_cnt_hint, passed);
    if (after(endSeqOf(skb), tp->snd_nxt)) break;
    if (sackedOf(skb) & TCPCB_SACKED_ACKED) passed += static_cast<int>(tcp_skb_pcount(skb));
    if (passed > packets) break;
    if (!(sackedOf(skb) & TCPCB_LOST)) tcp_mark_skb_lost(sk, skb);
    if (mark_head) break;
  }
}

static void tcp_update_scoreboard(const sock* sk, bool fast_rexmit) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tcp_is_sack(tp)) return; // then tcp_newreno_mark_lost() does it
  const int beyond = static_cast<int>(tp->sacked_out - tp->reordering);
  const bool proven = beyond >= 0; // otherwise only the first, and only when recovery begins
  if (proven || fast_rexmit) tcp_mark_head_lost(sk, proven ? beyond : 1, !proven);
}

static bool tcp_time_to_recover(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  return tp->lost_out || (!tcp_is_rack(sk) && tp->sacked_out + 1 > tp->reordering);
}

// ---- from state to state
void tcp_try_keep_open(const sock* sk) {
  KFUNC(tcp_try_keep_open, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool allThere = !tcp_left_out(tp) && !tcp_any_retrans_done(sk);
  const u8 next = allThere ? TCP_CA_Open : TCP_CA_Disorder;
  if (inet_csk(sk)->icsk_ca_state == next) return;
  tcp_set_ca_state(sk, next);
  set(tp->high_seq, tp->snd_nxt);
}

static void tcp_try_to_open(const sock* sk, int flag) {
  KFUNC(tcp_try_to_open, sk, flag);
  dropUnusedStamp(sk);
  const bool congested = flag & FLAG_ECE;
  if (congested) tcp_enter_cwr(sk);
  const bool shrinking = inet_csk(sk)->icsk_ca_state == TCP_CA_CWR;
  if (!shrinking) tcp_try_keep_open(sk);
}

// ---- losses that say nothing of congestion: segments that were too large for the path
// A large segment got through: the same bytes are fewer packets now.
void tcp_mtup_probe_success(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 probe = icsk->icsk_mtup.probe_size;
  set(tp->prior_ssthresh, tcp_current_ssthresh(sk));
  const u64 mtuBefore = static_cast<u64>(tcp_mss_to_mtu(sk, static_cast<int>(tp->mss_cache)));
  const u64 bytes = mtuBefore * tcp_snd_cwnd(tp);
  tcp_snd_cwnd_set(tp, std::max<u32>(1, static_cast<u32>(bytes / probe)));
  set(tp->snd_cwnd_cnt, 0);
  set(tp->snd_cwnd_stamp, tcp_jiffies32());
  set(tp->snd_ssthresh, tcp_current_ssthresh(sk));
  set(icsk->icsk_mtup.search_low, probe);
  set(icsk, mtup_probe_size, 0);
  tcp_sync_mss(sk, icsk->icsk_pmtu_cookie);
}

static void tcp_mtup_probe_failed(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  set(icsk->icsk_mtup.search_high, static_cast<s32>(icsk->icsk_mtup.probe_size) - 1);
  set(icsk, mtup_probe_size, 0);
}

static void enterLossUnpunished(const sock* sk) { // the threshold stays, and there is nothing to take back
  const tcp_sock* tp = tcp_sk(sk);
  set(tp->high_seq, tp->snd_nxt);
  set(tp->snd_ssthresh, tcp_current_ssthresh(sk));
  set(tp->prior_ssthresh, 0);
  set(tp->undo_marker, 0);
  tcp_set_ca_state(sk, TCP_CA_Loss);
}

static void tcp_non_congestion_loss_retransmit(const sock* sk) {
  KFUNC(tcp_non_congestion_loss_retransmit, sk);
  const bool thereAlready = inet_csk(sk)->icsk_ca_state == TCP_CA_Loss;
  if (!thereAlready) enterLossUnpunished(sk);
  tcp_xmit_retransmit_queue(sk);
}

static void markTooLong(const sock* sk) {
  const bool refused = tcp_sk(sk)->syn_data && sk->sk_state == TCP_SYN_SENT; // data in the SYN: all of it goes again
  const u32 fits = refused ? 0 : tcp_current_mss(sk);
  for (const sk_buff* skb = tcp_rtx_queue_head(sk); skb; skb = skb_rb_next(skb))
    if (refused || fits < tcp_skb_seglen(skb)) tcp_mark_skb_lost(sk, skb);
}

void tcp_simple_retransmit(const sock* sk) {
  KFUNC(tcp_simple_retransmit, sk);
  const tcp_sock* tp = tcp_sk(sk);
  markTooLong(sk);
  tcp_clear_retrans_hints_partial(tp);
  const bool nothingLost = tp->lost_out == 0;
  if (nothingLost) return;
  if (tcp_is_reno(tp)) tcp_limit_reno_sacked(tp);
  tcp_non_congestion_loss_retransmit(sk);
}

// ---- one step of the machine
namespace {
struct Alert { // what one acknowledgement means for recovery
  const sock* sk;
  u32 unaBefore;
  int duplicates;
  int* ack_flag; // what tcp_ack() will know
  int* rexmit;
  int flag;        // as it came
  bool suspicious; // duplicates, or reports from far ahead: without RACK they let segments be marked as lost
  bool ece() const { return flag & FLAG_ECE; }
  bool advanced() const { return flag & FLAG_SND_UNA_ADVANCED; }
  u8 state() const { return inet_csk(sk)->icsk_ca_state; }
};
enum class Next { Wait, GoOn, Begin }; // nothing is sent again; recovery goes on; it begins
} // namespace

// RACK judges by what the acknowledgement brought. It may set its own timer, and find retransmissions lost.
static void judgeByTime(const sock* sk, int* ack_flag) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 repeatedBefore = tp->retrans_out;
  const bool waits = tcp_rack_mark_lost(sk);
  const bool lostAgain = tp->retrans_out < repeatedBefore;
  if (waits) *ack_flag &= ~FLAG_SET_XMIT_TIMER;
  if (lostAgain) *ack_flag |= FLAG_LOST_RETRANS;
}

static void tcp_identify_packet_loss(const sock* sk, int* ack_flag) {
  KFUNC(tcp_identify_packet_loss, sk);
  if (tcp_rtx_queue_empty(sk)) return;
  const bool advanced = *ack_flag & FLAG_SND_UNA_ADVANCED;
  if (!tcp_is_sack(tcp_sk(sk))) tcp_newreno_mark_lost(sk, advanced);
  else if (tcp_is_rack(sk)) judgeByTime(sk, ack_flag);
}

// What SACK reports lies further ahead than reordering explains.
static bool tcp_force_fast_retransmit(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 explained = tp->mss_cache * tp->reordering;
  return before(tp->snd_una + explained, tcp_highest_sack_seq(tp));
}

// Some of it is acknowledged. True: for originals, while retransmissions are still out; so wait.
static bool tcp_try_undo_partial(const sock* sk, u32 prior_snd_una, bool* do_lost) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool originalCame = tp->undo_marker && tcp_packet_delayed(tp);
  if (!originalCame) {
    *do_lost = tcp_force_fast_retransmit(sk);
    return false;
  }
  tcp_check_sack_reordering(sk, prior_snd_una, 1);
  const bool stillOut = tp->retrans_out > 0;
  if (!stillOut) {
    dropUnusedStamp(sk);
    tcp_undo_cwnd_reduction(sk, true);
    tcp_try_keep_open(sk);
  }
  return stillOut;
}

// F-RTO (RFC 5682): was the timeout spurious? After it, the oldest segment is sent again. If the first answer makes
// progress, something new follows instead of the second old one (step 2b). If the next answers are duplicates, the loss
// was real (3a); if they acknowledge originals, nothing was lost (3b). True: decided, nothing else is to be done.
static bool frtoDecides(const Alert& a, bool allAcked) {
  const tcp_sock* tp = tcp_sk(a.sk);
  if (a.flag & FLAG_ORIG_SACK_ACKED && tcp_try_undo_loss(a.sk, true)) return true; // 3b

  const bool newIsOut = after(tp->snd_nxt, tp->high_seq);
  if (newIsOut) {
    const bool real = a.duplicates || a.flag & FLAG_DATA_SACKED; // 3a
    if (real) set(tp, tcp_sock::bit::frto, 0);
    return false;
  }
  if (allAcked || !a.advanced()) return false;
  set(tp->high_seq, tp->snd_nxt);
  const bool canSendNew = !tcp_write_queue_empty(a.sk) && before(tp->snd_nxt, tcp_wnd_end(tp));
  if (canSendNew) *a.rexmit = REXMIT_NEW; // 2b
  else set(tp, tcp_sock::bit::frto, 0);   // there is nothing to test with
  return canSendNew;
}

static void recountReno(const Alert& a) {
  const tcp_sock* tp = tcp_sk(a.sk);
  const bool newIsOut = after(tp->snd_nxt, tp->high_seq); // only what was sent after the timeout says something
  if (a.duplicates && newIsOut) tcp_add_reno_sack(a.sk, a.duplicates, a.ece());
  else if (a.advanced()) tcp_reset_reno_sack(tp);
}

static void tcp_process_loss(const Alert& a) {
  const tcp_sock* tp = tcp_sk(a.sk);
  const bool allAcked = !before(tp->snd_una, tp->high_seq);
  const bool mayTakeBack = a.advanced() || tp->fastopen_rsk.value;
  const bool spurious = mayTakeBack && tcp_try_undo_loss(a.sk, false);
  if (spurious || (tp->frto && frtoDecides(a, allAcked))) return;
  if (allAcked) {
    tcp_try_undo_recovery(a.sk);
    return;
  }
  if (tcp_is_reno(tp)) recountReno(a);
  *a.rexmit = REXMIT_LOST;
}

// All that was outstanding when the state was entered is acknowledged. False: nothing more to do.
static bool leaveState(const Alert& a) {
  const tcp_sock* tp = tcp_sk(a.sk);
  if (a.state() == TCP_CA_CWR && tp->snd_una != tp->high_seq) {
    tcp_end_cwnd_reduction(a.sk);
    tcp_set_ca_state(a.sk, TCP_CA_Open);
  } else if (a.state() == TCP_CA_Recovery) {
    if (tcp_is_reno(tp)) tcp_reset_reno_sack(tp);
    if (tcp_try_undo_recovery(a.sk)) return false;
    tcp_end_cwnd_reduction(a.sk);
  }
  return true;
}

static Next inRecovery(Alert& a) {
  const sock* sk = a.sk;
  if (a.advanced()) {
    if (tcp_try_undo_partial(sk, a.unaBefore, &a.suspicious)) return Next::Wait;
  } else if (tcp_is_reno(tcp_sk(sk))) {
    tcp_add_reno_sack(sk, a.duplicates, a.ece());
  }
  if (tcp_try_undo_dsack(sk)) tcp_try_to_open(sk, a.flag);
  tcp_identify_packet_loss(sk, a.ack_flag);
  if (a.state() == TCP_CA_Recovery) return Next::GoOn;
  if (!tcp_time_to_recover(sk)) return Next::Wait; // it was taken back, and rightly
  tcp_enter_recovery(sk, a.ece());
  return Next::GoOn;
}

// The segment that is missing was a probe of how much the path takes: only that limit was found.
static bool onlyProbeIsMissing(const Alert& a) {
  const tcp_sock* tp = tcp_sk(a.sk);
  const bool probing = inet_csk(a.sk)->icsk_mtup.probe_size && tp->snd_una == tp->mtu_probe.probe_seq_start;
  return probing && a.state() < TCP_CA_CWR;
}

static Next beforeRecovery(const Alert& a) {
  const sock* sk = a.sk;
  const tcp_sock* tp = tcp_sk(sk);
  if (tcp_is_reno(tp)) {
    if (a.advanced()) tcp_reset_reno_sack(tp);
    tcp_add_reno_sack(sk, a.duplicates, a.ece());
  }
  if (a.state() <= TCP_CA_Disorder) tcp_try_undo_dsack(sk);
  tcp_identify_packet_loss(sk, a.ack_flag);
  if (!tcp_time_to_recover(sk)) {
    tcp_try_to_open(sk, a.flag);
    return Next::Wait;
  }
  if (onlyProbeIsMissing(a)) {
    tcp_mtup_probe_failed(sk);
    tcp_snd_cwnd_set(tp, tcp_snd_cwnd(tp) + 1);
    tcp_simple_retransmit(sk);
    return Next::Wait;
  }
  tcp_enter_recovery(sk, a.ece());
  return Next::Begin;
}

static Next inLoss(const Alert& a) {
  tcp_process_loss(a);
  tcp_identify_packet_loss(a.sk, a.ack_flag);
  const bool retransmissionLost = *a.ack_flag & FLAG_LOST_RETRANS;
  return a.state() == TCP_CA_Open || retransmissionLost ? beforeRecovery(a) : Next::Wait;
}

static Next step(Alert& a) {
  if (a.state() == TCP_CA_Recovery) return inRecovery(a);
  return a.state() == TCP_CA_Loss ? inLoss(a) : beforeRecovery(a);
}

// An acknowledgement that is not plain progress. What is to be sent again is only marked here: tcp_xmit_recovery() sends.
void tcp_fastretrans_alert(const sock* sk, u32 prior_snd_una, int num_dupack, int* ack_flag, int* rexmit) {
  KFUNC(tcp_fastretrans_alert, sk, prior_snd_una, num_dupack, *ack_flag);
  const tcp_sock* tp = tcp_sk(sk);
  const bool far = *ack_flag & FLAG_DATA_SACKED && tcp_force_fast_retransmit(sk);
  Alert a{sk, prior_snd_una, num_dupack, ack_flag, rexmit, *ack_flag, far || num_dupack > 0};

  if (tp->sacked_out && !tp->packets_out) set(tp->sacked_out, 0); // nothing is out that could have been reported
  if (a.ece()) set(tp->prior_ssthresh, 0);                        // congestion is certain: no way back
  if (tcp_check_sack_reneging(sk, ack_flag)) return;

  const bool allAcked = !before(tp->snd_una, tp->high_seq);
  if (a.state() == TCP_CA_Open) set(tp->retrans_stamp, 0);
  else if (allAcked && !leaveState(a)) return;

  const Next next = step(a);
  if (next == Next::Wait) return;
  if (a.suspicious && !tcp_is_rack(sk)) tcp_update_scoreboard(sk, next == Next::Begin);
  *rexmit = REXMIT_LOST;
}

} // namespace sockwalk::kernel
