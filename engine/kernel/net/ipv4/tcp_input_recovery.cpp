// Recovery from loss: a machine of five states (icsk_ca_state). Open: all is well. Disorder: something is missing, it
// may only be late. CWR: the network asked to slow down (ECN). Recovery: a loss is proven, what is lost is sent again
// while the window shrinks gently (PRR). Loss: a timeout, all is suspect. Counts are packets.
// Source: RFC 5681, 6582 (NewReno), 6675 (SACK), 6937 (PRR), 5682 (F-RTO).
#include "engine/kernel/include/net/tcp_cong.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

constexpr Bits<inet_connection_sock> mtup_probe_size{1320, 0, 31, 4}; // icsk_mtup.probe_size: 31 bits

void tcp_count_delivered(const tcp_sock* tp, u32 delivered, bool ece_ack) {
  add(tp->delivered, delivered);
  if (ece_ack) add(tp->delivered_ce, delivered);
}

// ---- without SACK, duplicate acknowledgements stand for segments that arrived
static bool tcp_limit_reno_sacked(const tcp_sock* tp) {
  const u32 holes = std::min(std::max<u32>(tp->lost_out, 1), u32(tp->packets_out));
  if (tp->sacked_out + holes <= tp->packets_out) return false;
  set(tp->sacked_out, tp->packets_out - holes);
  return true;
}

static void tcp_check_reno_reordering(const sock* sk, int addend) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tcp_limit_reno_sacked(tp)) return;
  const u32 most = static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_max_reordering);
  set(tp->reordering, std::min(tp->packets_out + static_cast<u32>(addend), most));
  add(tp->reord_seen, 1u);
}

static void tcp_add_reno_sack(const sock* sk, int num_dupack, bool ece_ack) {
  KFUNC(tcp_add_reno_sack, sk, num_dupack, ece_ack);
  if (!num_dupack) return;
  const tcp_sock* tp = tcp_sk(sk);
  const u32 prior_sacked = tp->sacked_out;
  add(tp->sacked_out, static_cast<u32>(num_dupack));
  tcp_check_reno_reordering(sk, 0);
  const s32 delivered = static_cast<s32>(tp->sacked_out - prior_sacked);
  if (delivered > 0) tcp_count_delivered(tp, static_cast<u32>(delivered), ece_ack);
}

void tcp_remove_reno_sacks(const sock* sk, int acked, bool ece_ack) {
  const tcp_sock* tp = tcp_sk(sk);
  if (acked > 0) { // one of them filled the hole; the others had been counted as duplicates
    const int sacked = static_cast<int>(tp->sacked_out);
    tcp_count_delivered(tp, static_cast<u32>(std::max(acked - sacked, 1)), ece_ack);
    set(tp->sacked_out, acked - 1 >= sacked ? 0 : sacked - (acked - 1));
  }
  tcp_check_reno_reordering(sk, acked);
}

static void tcp_reset_reno_sack(const tcp_sock* tp) { set(tp->sacked_out, 0); }

void tcp_clear_retrans(const tcp_sock* tp) {
  KFUNC(tcp_clear_retrans, tp);
  set(tp->retrans_out, 0);
  set(tp->lost_out, 0);
  set(tp->undo_marker, 0);
  set(tp->undo_retrans, -1);
  set(tp->sacked_out, 0);
}

static void tcp_init_undo(const tcp_sock* tp) { // what would have to be reported as duplicate for all to be taken back
  set(tp->undo_marker, tp->snd_una);
  int retrans = static_cast<int>(tp->retrans_out);
  if (tp->tlp_high_seq && tp->tlp_retrans) ++retrans;
  set(tp->undo_retrans, retrans ? retrans : -1); // 0 would mean that it can be taken back now
}

// ---- one segment is lost
void tcp_mark_skb_lost(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_mark_skb_lost, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 sacked = sackedOf(skb);
  const u32 pcount = tcp_skb_pcount(skb);
  if (sacked & TCPCB_SACKED_ACKED) return;
  const sk_buff* hint = tp->retransmit_skb_hint;
  if (hint ? before(seqOf(skb), seqOf(hint)) : tp->retrans_out >= tp->lost_out) set(tp->retransmit_skb_hint, skb);
  if (!(sacked & TCPCB_LOST)) {
    add(tp->lost_out, pcount);
    set(TCP_SKB_CB(skb)->sacked, sacked | TCPCB_LOST);
  } else if (sacked & TCPCB_SACKED_RETRANS) { // and its retransmission too
    set(TCP_SKB_CB(skb)->sacked, sacked & ~TCPCB_SACKED_RETRANS);
    sub(tp->retrans_out, pcount);
  } else {
    return;
  }
  add(tp->lost, pcount);
  NOTE("tcp.segment_lost", skb, seqOf(skb), endSeqOf(skb));
}

// ---- a timeout
static void tcp_timeout_mark_lost(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* head = tcp_rtx_queue_head(sk);
  const bool is_reneg = head && sackedOf(head) & TCPCB_SACKED_ACKED;
  if (is_reneg) { // the peer dropped what it had reported: no report counts any more
    set(tp->sacked_out, 0);
    set(tp, tcp_sock::bit::is_sack_reneg, 1);
  } else if (tcp_is_reno(tp)) {
    tcp_reset_reno_sack(tp);
  }
  for (const sk_buff* skb = head; skb; skb = skb_rb_next(skb)) {
    if (is_reneg) set(TCP_SKB_CB(skb)->sacked, sackedOf(skb) & ~TCPCB_SACKED_ACKED);
    else if (tcp_is_rack(sk) && skb != head && tcp_rack_skb_timeout(tp, skb, 0) > 0) continue; // sent lately
    tcp_mark_skb_lost(sk, skb);
  }
  tcp_clear_all_retrans_hints(tp);
}

void tcp_enter_loss(const sock* sk) {
  KFUNC(tcp_enter_loss, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 state = icsk->icsk_ca_state;
  const bool new_recovery = state < TCP_CA_Recovery;
  tcp_timeout_mark_lost(sk);
  if (state <= TCP_CA_Disorder || !after(tp->high_seq, tp->snd_una) ||
      (state == TCP_CA_Loss && !icsk->icsk_retransmits)) {
    set(tp->prior_ssthresh, tcp_current_ssthresh(sk)); // the window is cut once for each window of data
    set(tp->prior_cwnd, tcp_snd_cwnd(tp));
    set(tp->snd_ssthresh, icsk->icsk_ca_ops->ssthresh(sk));
    tcp_ca_event(sk, CA_EVENT_LOSS);
    tcp_init_undo(tp);
  }
  tcp_snd_cwnd_set(tp, tcp_packets_in_flight(tp) + 1);
  set(tp->snd_cwnd_cnt, 0);
  set(tp->snd_cwnd_stamp, tcp_jiffies32());
  const u32 reordering = static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_reordering);
  if (state <= TCP_CA_Disorder && tp->sacked_out >= reordering) // too much patience made it come to this
    set(tp->reordering, std::min<u32>(tp->reordering, reordering));
  tcp_set_ca_state(sk, TCP_CA_Loss);
  set(tp->high_seq, tp->snd_nxt);
  set(tp->tlp_high_seq, 0);
  tcp_ecn_queue_cwr(tp);
  const bool frto = sock_net(sk)->ipv4.sysctl_tcp_frto && (new_recovery || icsk->icsk_retransmits);
  set(tp, tcp_sock::bit::frto, frto && !icsk->icsk_mtup.probe_size);
}

// What was reported by SACK stands at the head now: either the peer dropped it, or the report of its acknowledgement is
// on the way. It gets a moment.
static bool tcp_check_sack_reneging(const sock* sk, int* ack_flag) {
  if (!(*ack_flag & FLAG_SACK_RENEGING) || !(*ack_flag & FLAG_SND_UNA_ADVANCED)) return false;
  const u64 delay = std::max(usecs_to_jiffies(tcp_sk(sk)->srtt_us >> 4), msecs_to_jiffies(10));
  inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, delay, TCP_RTO_MAX());
  *ack_flag &= ~FLAG_SET_XMIT_TIMER;
  return true;
}

// ---- without RACK: a segment is lost if `reordering` later ones were reported
static void tcp_mark_head_lost(const sock* sk, int packets, bool mark_head) {
  KFUNC(tcp_mark_head_lost, sk, packets, mark_head);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 loss_high = tp->snd_nxt;
  const sk_buff* skb = tp->lost_skb_hint;
  int cnt = skb ? tp->lost_cnt_hint : 0;
  if (skb && mark_head && after(seqOf(skb), tp->snd_una)) return;
  for (skb = skb ? skb : tcp_rtx_queue_head(sk); skb; skb = skb_rb_next(skb)) {
    set(tp->lost_skb_hint, skb);
    set(tp->lost_cnt_hint, cnt);
    if (after(endSeqOf(skb), loss_high)) break;
    if (sackedOf(skb) & TCPCB_SACKED_ACKED) cnt += static_cast<int>(tcp_skb_pcount(skb));
    if (cnt > packets) break;
    if (!(sackedOf(skb) & TCPCB_LOST)) tcp_mark_skb_lost(sk, skb);
    if (mark_head) break;
  }
}

static void tcp_update_scoreboard(const sock* sk, bool fast_rexmit) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tcp_is_sack(tp)) return;
  const int sacked_upto = static_cast<int>(tp->sacked_out - tp->reordering);
  if (sacked_upto >= 0) tcp_mark_head_lost(sk, sacked_upto, false);
  else if (fast_rexmit) tcp_mark_head_lost(sk, 1, true);
}

static bool tcp_time_to_recover(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  return tp->lost_out || (!tcp_is_rack(sk) && tp->sacked_out + 1 > tp->reordering);
}

// ---- the window while it shrinks: for so many packets delivered, so many may be sent (PRR)
void tcp_init_cwnd_reduction(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  set(tp->high_seq, tp->snd_nxt);
  set(tp->tlp_high_seq, 0);
  set(tp->snd_cwnd_cnt, 0);
  set(tp->prior_cwnd, tcp_snd_cwnd(tp));
  set(tp->prr_delivered, 0);
  set(tp->prr_out, 0);
  set(tp->snd_ssthresh, inet_csk(sk)->icsk_ca_ops->ssthresh(sk));
  tcp_ecn_queue_cwr(tp);
}

void tcp_cwnd_reduction(const sock* sk, int newly_acked_sacked, int newly_lost, int flag) {
  KFUNC(tcp_cwnd_reduction, sk, newly_acked_sacked, newly_lost, flag);
  const tcp_sock* tp = tcp_sk(sk);
  const int delta = static_cast<int>(tp->snd_ssthresh - tcp_packets_in_flight(tp));
  if (newly_acked_sacked <= 0 || !tp->prior_cwnd) return;
  add(tp->prr_delivered, static_cast<u32>(newly_acked_sacked));
  int sndcnt;
  if (delta < 0) { // above the target: in proportion, so that the reduction takes one round trip
    const u64 share = static_cast<u64>(tp->snd_ssthresh) * tp->prr_delivered + tp->prior_cwnd - 1;
    sndcnt = static_cast<int>(share / tp->prior_cwnd) - static_cast<int>(tp->prr_out);
  } else { // below it: one for one, and one more while nothing else is lost
    sndcnt = std::max(static_cast<int>(tp->prr_delivered - tp->prr_out), newly_acked_sacked);
    if (flag & FLAG_SND_UNA_ADVANCED && !newly_lost) ++sndcnt;
    sndcnt = std::min(delta, sndcnt);
  }
  sndcnt = std::max(sndcnt, tp->prr_out ? 0 : 1); // the first retransmission goes in any case
  tcp_snd_cwnd_set(tp, tcp_packets_in_flight(tp) + static_cast<u32>(sndcnt));
}

void tcp_end_cwnd_reduction(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (inet_csk(sk)->icsk_ca_ops->cong_control) return;
  if (tp->snd_ssthresh < TCP_INFINITE_SSTHRESH && (inet_csk(sk)->icsk_ca_state == TCP_CA_CWR || tp->undo_marker)) {
    tcp_snd_cwnd_set(tp, tp->snd_ssthresh);
    set(tp->snd_cwnd_stamp, tcp_jiffies32());
  }
  tcp_ca_event(sk, CA_EVENT_COMPLETE_CWR);
}

// ---- from state to state
void tcp_enter_cwr(const sock* sk) {
  KFUNC(tcp_enter_cwr, sk);
  const tcp_sock* tp = tcp_sk(sk);
  set(tp->prior_ssthresh, 0);
  if (inet_csk(sk)->icsk_ca_state >= TCP_CA_CWR) return;
  set(tp->undo_marker, 0);
  tcp_init_cwnd_reduction(sk);
  tcp_set_ca_state(sk, TCP_CA_CWR);
}

void tcp_try_keep_open(const sock* sk) {
  KFUNC(tcp_try_keep_open, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 state = tcp_left_out(tp) || tcp_any_retrans_done(sk) ? TCP_CA_Disorder : TCP_CA_Open;
  if (inet_csk(sk)->icsk_ca_state == state) return;
  tcp_set_ca_state(sk, state);
  set(tp->high_seq, tp->snd_nxt);
}

static void tcp_try_to_open(const sock* sk, int flag) {
  KFUNC(tcp_try_to_open, sk, flag);
  if (!tcp_any_retrans_done(sk)) set(tcp_sk(sk)->retrans_stamp, 0);
  if (flag & FLAG_ECE) tcp_enter_cwr(sk);
  if (inet_csk(sk)->icsk_ca_state != TCP_CA_CWR) tcp_try_keep_open(sk);
}

void tcp_enter_recovery(const sock* sk, bool ece_ack) {
  KFUNC(tcp_enter_recovery, sk, ece_ack);
  const tcp_sock* tp = tcp_sk(sk);
  if (!tcp_any_retrans_done(sk)) set(tp->retrans_stamp, 0);
  set(tp->prior_ssthresh, 0);
  tcp_init_undo(tp);
  if (!tcp_in_cwnd_reduction(sk)) {
    if (!ece_ack) set(tp->prior_ssthresh, tcp_current_ssthresh(sk));
    tcp_init_cwnd_reduction(sk);
  }
  NOTE("tcp.fast_retransmit", sk, tp->lost_out, tp->snd_ssthresh);
  tcp_set_ca_state(sk, TCP_CA_Recovery);
}

// ---- losses that say nothing of congestion: segments that were too large for the path
void tcp_mtup_probe_success(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 probe = icsk->icsk_mtup.probe_size;
  set(tp->prior_ssthresh, tcp_current_ssthresh(sk));
  const u64 val =
      static_cast<u64>(tcp_snd_cwnd(tp)) * static_cast<u64>(tcp_mss_to_mtu(sk, static_cast<int>(tp->mss_cache)));
  tcp_snd_cwnd_set(tp, std::max<u32>(1, static_cast<u32>(val / probe)));
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

static void tcp_non_congestion_loss_retransmit(const sock* sk) {
  KFUNC(tcp_non_congestion_loss_retransmit, sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (inet_csk(sk)->icsk_ca_state != TCP_CA_Loss) {
    set(tp->high_seq, tp->snd_nxt);
    set(tp->snd_ssthresh, tcp_current_ssthresh(sk));
    set(tp->prior_ssthresh, 0);
    set(tp->undo_marker, 0);
    tcp_set_ca_state(sk, TCP_CA_Loss);
  }
  tcp_xmit_retransmit_queue(sk);
}

void tcp_simple_retransmit(const sock* sk) {
  KFUNC(tcp_simple_retransmit, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool all = tp->syn_data && sk->sk_state == TCP_SYN_SENT;
  const u32 mss = all ? 0 : tcp_current_mss(sk);
  for (const sk_buff* skb = tcp_rtx_queue_head(sk); skb; skb = skb_rb_next(skb))
    if (all || tcp_skb_seglen(skb) > mss) tcp_mark_skb_lost(sk, skb);
  tcp_clear_retrans_hints_partial(tp);
  if (!tp->lost_out) return;
  if (tcp_is_reno(tp)) tcp_limit_reno_sacked(tp);
  tcp_non_congestion_loss_retransmit(sk);
}

// ---- after a timeout. F-RTO: was it spurious? One new segment is sent instead of the second old one; if originals are
// acknowledged then, nothing was lost.
static bool frtoDecides(const sock* sk, int flag, int num_dupack, bool recovered, int* rexmit) {
  const tcp_sock* tp = tcp_sk(sk);
  if (flag & FLAG_ORIG_SACK_ACKED && tcp_try_undo_loss(sk, true)) return true;
  if (after(tp->snd_nxt, tp->high_seq)) {
    if (flag & FLAG_DATA_SACKED || num_dupack) set(tp, tcp_sock::bit::frto, 0); // the loss was real
  } else if (flag & FLAG_SND_UNA_ADVANCED && !recovered) {
    set(tp->high_seq, tp->snd_nxt);
    if (!tcp_write_queue_empty(sk) && after(tcp_wnd_end(tp), tp->snd_nxt)) {
      *rexmit = REXMIT_NEW;
      return true;
    }
    set(tp, tcp_sock::bit::frto, 0);
  }
  return false;
}

static void tcp_process_loss(const sock* sk, int flag, int num_dupack, int* rexmit) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool recovered = !before(tp->snd_una, tp->high_seq);
  if ((flag & FLAG_SND_UNA_ADVANCED || tp->fastopen_rsk.value) && tcp_try_undo_loss(sk, false)) return;
  if (tp->frto && frtoDecides(sk, flag, num_dupack, recovered, rexmit)) return;
  if (recovered) {
    tcp_try_undo_recovery(sk);
    return;
  }
  if (tcp_is_reno(tp)) {
    if (after(tp->snd_nxt, tp->high_seq) && num_dupack) tcp_add_reno_sack(sk, num_dupack, flag & FLAG_ECE);
    else if (flag & FLAG_SND_UNA_ADVANCED) tcp_reset_reno_sack(tp);
  }
  *rexmit = REXMIT_LOST;
}

// ---- during recovery
static bool tcp_force_fast_retransmit(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  return after(tcp_highest_sack_seq(tp), tp->snd_una + tp->reordering * tp->mss_cache);
}

// Some of it is acknowledged. True: for originals, while retransmissions are still out; so wait.
static bool tcp_try_undo_partial(const sock* sk, u32 prior_snd_una, bool* do_lost) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->undo_marker || !tcp_packet_delayed(tp)) {
    *do_lost = tcp_force_fast_retransmit(sk);
    return false;
  }
  tcp_check_sack_reordering(sk, prior_snd_una, 1);
  if (tp->retrans_out) return true;
  if (!tcp_any_retrans_done(sk)) set(tp->retrans_stamp, 0);
  tcp_undo_cwnd_reduction(sk, true);
  tcp_try_keep_open(sk);
  return false;
}

static void tcp_identify_packet_loss(const sock* sk, int* ack_flag) {
  KFUNC(tcp_identify_packet_loss, sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (tcp_rtx_queue_empty(sk)) return;
  if (tcp_is_reno(tp)) {
    tcp_newreno_mark_lost(sk, *ack_flag & FLAG_SND_UNA_ADVANCED);
  } else if (tcp_is_rack(sk)) {
    const u32 prior_retrans = tp->retrans_out;
    if (tcp_rack_mark_lost(sk)) *ack_flag &= ~FLAG_SET_XMIT_TIMER;
    if (prior_retrans > tp->retrans_out) *ack_flag |= FLAG_LOST_RETRANS;
  }
}

namespace {
struct Alert { // what one acknowledgement means for recovery
  const sock* sk;
  u32 prior_snd_una;
  int num_dupack;
  int* ack_flag;
  int* rexmit;
  int flag;
  bool do_lost;
  bool ece() const { return flag & FLAG_ECE; }
};
} // namespace

// All that was outstanding when the state was entered is acknowledged. False: nothing more to do.
static bool leaveState(const Alert& a) {
  const tcp_sock* tp = tcp_sk(a.sk);
  if (inet_csk(a.sk)->icsk_ca_state == TCP_CA_CWR) {
    if (tp->snd_una != tp->high_seq) {
      tcp_end_cwnd_reduction(a.sk);
      tcp_set_ca_state(a.sk, TCP_CA_Open);
    }
  } else if (inet_csk(a.sk)->icsk_ca_state == TCP_CA_Recovery) {
    if (tcp_is_reno(tp)) tcp_reset_reno_sack(tp);
    if (tcp_try_undo_recovery(a.sk)) return false;
    tcp_end_cwnd_reduction(a.sk);
  }
  return true;
}

static bool inRecovery(Alert& a) { // true: retransmit
  const sock* sk = a.sk;
  if (!(a.flag & FLAG_SND_UNA_ADVANCED)) {
    if (tcp_is_reno(tcp_sk(sk))) tcp_add_reno_sack(sk, a.num_dupack, a.ece());
  } else if (tcp_try_undo_partial(sk, a.prior_snd_una, &a.do_lost)) {
    return false;
  }
  if (tcp_try_undo_dsack(sk)) tcp_try_to_open(sk, a.flag);
  tcp_identify_packet_loss(sk, a.ack_flag);
  if (inet_csk(sk)->icsk_ca_state != TCP_CA_Recovery) {
    if (!tcp_time_to_recover(sk)) return false;
    tcp_enter_recovery(sk, a.ece());
  }
  return true;
}

static bool beforeRecovery(Alert& a) { // true: recovery begins
  const sock* sk = a.sk;
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (tcp_is_reno(tp)) {
    if (a.flag & FLAG_SND_UNA_ADVANCED) tcp_reset_reno_sack(tp);
    tcp_add_reno_sack(sk, a.num_dupack, a.ece());
  }
  if (icsk->icsk_ca_state <= TCP_CA_Disorder) tcp_try_undo_dsack(sk);
  tcp_identify_packet_loss(sk, a.ack_flag);
  if (!tcp_time_to_recover(sk)) {
    tcp_try_to_open(sk, a.flag);
    return false;
  }
  const bool probe = icsk->icsk_mtup.probe_size && tp->snd_una == tp->mtu_probe.probe_seq_start;
  if (icsk->icsk_ca_state < TCP_CA_CWR && probe) { // only the path's limit was found
    tcp_mtup_probe_failed(sk);
    tcp_snd_cwnd_set(tp, tcp_snd_cwnd(tp) + 1);
    tcp_simple_retransmit(sk);
    return false;
  }
  tcp_enter_recovery(sk, a.ece());
  return true;
}

// An acknowledgement that is not plain progress. What is to be sent again is only marked here: tcp_xmit_recovery() sends.
void tcp_fastretrans_alert(const sock* sk, u32 prior_snd_una, int num_dupack, int* ack_flag, int* rexmit) {
  KFUNC(tcp_fastretrans_alert, sk, prior_snd_una, num_dupack, *ack_flag);
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool far = *ack_flag & FLAG_DATA_SACKED && tcp_force_fast_retransmit(sk);
  Alert a{sk, prior_snd_una, num_dupack, ack_flag, rexmit, *ack_flag, num_dupack || far};
  if (!tp->packets_out && tp->sacked_out) set(tp->sacked_out, 0);
  if (a.ece()) set(tp->prior_ssthresh, 0); // congestion is certain: no way back
  if (tcp_check_sack_reneging(sk, ack_flag)) return;
  if (icsk->icsk_ca_state == TCP_CA_Open) set(tp->retrans_stamp, 0);
  else if (!before(tp->snd_una, tp->high_seq) && !leaveState(a)) return;
  bool fast_rexmit = false;
  if (icsk->icsk_ca_state == TCP_CA_Recovery) {
    if (!inRecovery(a)) return;
  } else {
    if (icsk->icsk_ca_state == TCP_CA_Loss) {
      tcp_process_loss(sk, a.flag, num_dupack, rexmit);
      tcp_identify_packet_loss(sk, ack_flag);
      if (icsk->icsk_ca_state != TCP_CA_Open && !(*ack_flag & FLAG_LOST_RETRANS)) return;
    }
    if (!beforeRecovery(a)) return;
    fast_rexmit = true;
  }
  if (!tcp_is_rack(sk) && a.do_lost) tcp_update_scoreboard(sk, fast_rexmit);
  *rexmit = REXMIT_LOST;
}

} // namespace sockwalk::kernel
