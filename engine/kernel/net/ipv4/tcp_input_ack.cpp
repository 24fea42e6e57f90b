// An acknowledgement: what it covers leaves the queue, the send window is what it says, the round trip is measured, and
// loss is noticed and repaired. Source: RFC 9293 3.10.7.4 ("fifth, check the ACK field"), RFC 5681, RFC 5961 5.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

// ---- the send window
// A window counts if the segment is newer than the one that brought the last.
bool tcp_may_update_window(const tcp_sock* tp, u32 ack, u32 ack_seq, u32 nwin) {
  if (before(tp->snd_una, ack)) return true; // it acknowledges something new
  const bool sameSegment = ack_seq == tp->snd_wl1;
  return sameSegment ? tp->snd_wnd < nwin : before(tp->snd_wl1, ack_seq);
}

static void tcp_snd_una_update(const tcp_sock* tp, u32 ack) {
  add(tp->bytes_acked, ack - tp->snd_una);
  set(tp->snd_una, ack);
}
void tcp_rcv_nxt_update(const tcp_sock* tp, u32 seq) {
  add(tp->bytes_received, seq - tp->rcv_nxt);
  set(tp->rcv_nxt, seq);
}

static u32 offeredWindow(const tcp_sock* tp, const tcphdr* th) {
  const u32 inHeader = ntohs(th->window);
  return th->syn ? inHeader : inHeader << tp->rx_opt.snd_wscale; // in a SYN it is never scaled
}

static void adoptWindow(const sock* sk, u32 offered) {
  const tcp_sock* tp = tcp_sk(sk);
  NOTE("tcp.send_window", sk, tp->snd_wnd, offered);
  set(tp->snd_wnd, offered);
  set(tp->pred_flags, 0); // prediction compares the window too: it is made anew, if it may be
  tcp_fast_path_check(sk);
  const bool mayGoOn = !tcp_write_queue_empty(sk);
  if (mayGoOn) tcp_slow_start_after_idle_check(sk);
  if (offered <= tp->max_window) return;
  set(tp->max_window, offered); // no segment is larger than half the largest window
  tcp_sync_mss(sk, inet_csk(sk)->icsk_pmtu_cookie);
}

static int tcp_ack_update_window(const sock* sk, const sk_buff* skb, u32 ack, u32 ack_seq) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 offered = offeredWindow(tp, tcp_hdr(skb));
  const bool isNews = tcp_may_update_window(tp, ack, ack_seq, offered);
  if (isNews) {
    tcp_update_wl(tp, ack_seq);
    if (offered != tp->snd_wnd) adoptWindow(sk, offered);
  }
  tcp_snd_una_update(tp, ack);
  return isNews ? FLAG_WIN_UPDATE : 0;
}

static void stopProbing(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  set(icsk->icsk_backoff, 0);
  set(icsk->icsk_probes_tstamp, 0);
  inet_csk_clear_xmit_timer(sk, ICSK_TIME_PROBE0);
}

// The peer offered no window, and nothing is out. Either it opened now, or we go on asking, ever more rarely.
static void tcp_ack_probe(const sock* sk) {
  const sk_buff* waiting = tcp_send_head(sk);
  if (!waiting) return;
  const bool fits = !before(tcp_wnd_end(tcp_sk(sk)), endSeqOf(waiting));
  if (fits) {
    stopProbing(sk);
    return;
  }
  const u32 pause = static_cast<u32>(tcp_probe0_when(sk, TCP_RTO_MAX()));
  tcp_reset_xmit_timer(sk, ICSK_TIME_PROBE0, tcp_clamp_probe0_to_user_timeout(sk, pause), TCP_RTO_MAX());
}

// ---- the loss probe
// The probe repaired a loss that nobody else saw: the window is cut for it, as if recovery had come and gone.
static void slowDownForProbe(const sock* sk) {
  tcp_init_cwnd_reduction(sk);
  tcp_set_ca_state(sk, TCP_CA_CWR);
  tcp_end_cwnd_reduction(sk);
  tcp_try_keep_open(sk);
}

// RFC 8985 7.4. The probe was new data: then nothing is to be found out. It was a repetition: if the original came too,
// the peer says so, by D-SACK or by a plain duplicate acknowledgement; if not, the original was lost.
static void tcp_process_tlp_ack(const sock* sk, u32 ack, int flag) {
  KFUNC(tcp_process_tlp_ack, sk, ack, flag);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 probed = tp->tlp_high_seq;
  if (before(ack, probed)) return; // it is not acknowledged yet

  constexpr int News = FLAG_NOT_DUP | FLAG_SND_UNA_ADVANCED | FLAG_DATA_SACKED;
  const bool beyond = after(ack, probed);
  const bool plainDuplicate = !beyond && (flag & News) == 0;
  const bool harmless = plainDuplicate || flag & FLAG_DSACK_TLP || !tp->tlp_retrans;
  if (harmless) set(tp->tlp_high_seq, 0);
  else if (beyond) slowDownForProbe(sk);
}

// ---- congestion control is told, and decides
static void tcp_in_ack_event(const sock* sk, int flag) {
  KFUNC(tcp_in_ack_event, sk, flag);
  const tcp_congestion_ops* ops = inet_csk(sk)->icsk_ca_ops;
  if (!ops->in_ack_event) return;
  u32 flags = flag & FLAG_WIN_UPDATE ? CA_ACK_WIN_UPDATE : 0;
  if (flag & FLAG_SLOWPATH) flags |= CA_ACK_SLOWPATH | (flag & FLAG_ECE ? CA_ACK_ECE : 0);
  ops->in_ack_event(sk, flags);
}

// Where the network reorders, what SACK reports is progress too: acknowledgements may be long in coming.
static bool tcp_may_raise_cwnd(const sock* sk, int flag) {
  const int usual = sock_net(sk)->ipv4.sysctl_tcp_reordering;
  const bool reorders = usual < static_cast<s32>(tcp_sk(sk)->reordering);
  const int progress = reorders ? FLAG_FORWARD_PROGRESS : FLAG_DATA_ACKED;
  return flag & progress;
}

static void steerWindow(const sock* sk, u32 ack, u32 delivered, int flag, int losses) {
  if (tcp_in_cwnd_reduction(sk)) {
    tcp_cwnd_reduction(sk, static_cast<int>(delivered), losses, flag);
    return;
  }
  if (!tcp_may_raise_cwnd(sk, flag)) return;
  inet_csk(sk)->icsk_ca_ops->cong_avoid(sk, ack, delivered);
  set(tcp_sk(sk)->snd_cwnd_stamp, tcp_jiffies32());
}

// An algorithm has either one function for everything (cong_control, as BBR), or says only how to grow.
static void tcp_cong_control(const sock* sk, u32 ack, u32 acked_sacked, int flag, const rate_sample* rs) {
  const tcp_congestion_ops* algorithm = inet_csk(sk)->icsk_ca_ops;
  const bool doesAll = bool(algorithm->cong_control);
  if (!doesAll) {
    steerWindow(sk, ack, acked_sacked, flag, rs->losses);
    tcp_update_pacing_rate(sk);
    return;
  }
  algorithm->cong_control(sk, rs);
}

static bool sendsNewData(const sock* sk) {
  __tcp_push_pending_frames(sk, tcp_current_mss(sk), TCP_NAGLE_OFF);
  return before(tcp_sk(sk)->high_seq, tcp_sk(sk)->snd_nxt);
}

// The window is settled: what is marked lost is sent again, or, to test a timeout (F-RTO), something new.
static void tcp_xmit_recovery(const sock* sk, int rexmit) {
  KFUNC(tcp_xmit_recovery, sk, rexmit);
  const bool opening = sk->sk_state == TCP_SYN_SENT; // a SYN has its own timer
  if (opening || rexmit == REXMIT_NONE) return;
  const bool test = rexmit == REXMIT_NEW;
  if (test && sendsNewData(sk)) return;
  if (test) set(tcp_sk(sk), tcp_sock::bit::frto, 0); // there was nothing to test with
  tcp_xmit_retransmit_queue(sk);
}

static u32 tcp_newly_delivered(const sock* sk, u32 prior_delivered, int flag) {
  KFUNC(tcp_newly_delivered, sk, prior_delivered, flag);
  return call.result(tcp_sk(sk)->delivered - prior_delivered);
}

static void sk_dst_confirm(const sock* sk) { // the neighbour answers, by way of the peer's progress
  if (!sk->sk_dst_pending_confirm) set(sk->sk_dst_pending_confirm, 1);
}

namespace {
struct Ack { // what is known when an acknowledgement comes in
  const sock* sk;
  const sk_buff* skb;
  const tcp_sacktag_state* sack;
  const rate_sample* rs;
  int flag;
  u32 ack, ack_seq, prior_snd_una, prior_fack = 0, delivered, lost;
  bool is_sack_reneg;
  int rexmit = REXMIT_NONE;
};
} // namespace

// Window and SACK of a segment that header prediction did not settle.
static void examine(Ack& a) {
  const tcp_sock* tp = tcp_sk(a.sk);
  if (a.ack_seq != endSeqOf(a.skb)) a.flag |= FLAG_DATA;
  a.flag |= tcp_ack_update_window(a.sk, a.skb, a.ack, a.ack_seq);
  if (sackedOf(a.skb)) a.flag |= tcp_sacktag_write_queue(a.sk, a.skb, a.prior_snd_una, a.sack);
  const tcphdr* th = tcp_hdr(a.skb);
  if (th->ece && !th->syn && tp->ecn_flags & TCP_ECN_OK) a.flag |= FLAG_ECE;
  if (a.sack->sack_delivered) tcp_count_delivered(tp, a.sack->sack_delivered, a.flag & FLAG_ECE);
}

static bool tcp_ack_is_dubious(const sock* sk, int flag) {
  return !(flag & FLAG_NOT_DUP) || flag & FLAG_CA_ALERT || inet_csk(sk)->icsk_ca_state != TCP_CA_Open;
}

static void ackOfQueue(Ack& a) {
  const sock* sk = a.sk;
  const tcp_sock* tp = tcp_sk(sk);
  a.flag |= tcp_clean_rtx_queue(sk, a.skb, a.prior_fack, a.prior_snd_una, a.sack, a.flag & FLAG_ECE);
  tcp_rack_update_reo_wnd(sk, a.rs);
  tcp_in_ack_event(sk, a.flag);
  if (tp->tlp_high_seq) tcp_process_tlp_ack(sk, a.ack, a.flag);
  if (tcp_ack_is_dubious(sk, a.flag)) {
    int num_dupack = 0;
    if (!(a.flag & (FLAG_SND_UNA_ADVANCED | FLAG_NOT_DUP | FLAG_DSACKING_ACK))) {
      num_dupack = a.flag & FLAG_DATA ? 1 : static_cast<int>(gsoSegs(a.skb)); // several may have been joined
      NOTE("tcp.duplicate_ack", sk, a.ack);
    }
    tcp_fastretrans_alert(sk, a.prior_snd_una, num_dupack, &a.flag, &a.rexmit);
  }
  if (a.flag & FLAG_SET_XMIT_TIMER) tcp_set_xmit_timer(sk);
  if (a.flag & FLAG_FORWARD_PROGRESS || !(a.flag & FLAG_NOT_DUP)) sk_dst_confirm(sk);
  const u32 delivered = tcp_newly_delivered(sk, a.delivered, a.flag);
  set(a.rs->is_ack_delayed, (a.flag & FLAG_ACK_MAYBE_DELAYED) != 0);
  tcp_rate_gen(sk, delivered, tp->lost - a.lost, a.is_sack_reneg, a.rs);
  tcp_cong_control(sk, a.ack, delivered, a.flag, a.rs);
  tcp_xmit_recovery(sk, a.rexmit);
}

static void ackOfNothing(Ack& a) { // nothing was out
  tcp_in_ack_event(a.sk, a.flag);
  if (a.flag & FLAG_DSACKING_ACK) {
    tcp_fastretrans_alert(a.sk, a.prior_snd_una, 0, &a.flag, &a.rexmit);
    tcp_newly_delivered(a.sk, a.delivered, a.flag);
  }
  tcp_ack_probe(a.sk);
  if (tcp_sk(a.sk)->tlp_high_seq) tcp_process_tlp_ack(a.sk, a.ack, a.flag);
}

static int oldAck(Ack& a) { // overtaken on the way: only its SACK may be news
  const tcp_sock* tp = tcp_sk(a.sk);
  const u64 max_window = std::min<u64>(tp->max_window, tp->bytes_acked);
  if (before(a.ack, a.prior_snd_una - static_cast<u32>(max_window))) {
    if (!(a.flag & FLAG_NO_CHALLENGE_ACK)) tcp_send_challenge_ack(a.sk);
    return -SKB_DROP_REASON_TCP_TOO_OLD_ACK;
  }
  if (a.flag & FLAG_UPDATE_TS_RECENT) tcp_replace_ts_recent(tp, a.ack_seq);
  if (sackedOf(a.skb)) {
    a.flag |= tcp_sacktag_write_queue(a.sk, a.skb, a.prior_snd_una, a.sack);
    tcp_fastretrans_alert(a.sk, a.prior_snd_una, 0, &a.flag, &a.rexmit);
    tcp_newly_delivered(a.sk, a.delivered, a.flag);
    tcp_xmit_recovery(a.sk, a.rexmit);
  }
  return 0;
}

// Prediction knows that the window is the same and that there is no SACK; everything else is examined.
static void settleWindow(Ack& a) {
  const bool predicted = !(a.flag & FLAG_SLOWPATH) && a.flag & FLAG_SND_UNA_ADVANCED;
  if (!predicted) {
    examine(a);
    return;
  }
  tcp_update_wl(tcp_sk(a.sk), a.ack_seq);
  tcp_snd_una_update(tcp_sk(a.sk), a.ack);
  a.flag |= FLAG_WIN_UPDATE;
}

static void peerIsAlive(const sock* sk, const sk_buff* skb) { // no error that was reported on the way counts any more
  tcp_ecn_accept_cwr(sk, skb);
  set(sk->sk_err_soft, 0);
  set(inet_csk(sk)->icsk_probes_out, 0);
  set(tcp_sk(sk)->rcv_tstamp, tcp_jiffies32());
}

int tcp_ack(const sock* sk, const sk_buff* skb, int flag) {
  KFUNC(tcp_ack, sk, skb, flag);
  const tcp_sock* tp = tcp_sk(sk);
  OnStack<tcp_sacktag_state> report;
  OnStack<rate_sample> sample;
  set(report->rate, sample);
  const u32 ackSeq = TCP_SKB_CB(skb)->ack_seq, una = tp->snd_una;
  Ack a{sk, skb, report, sample, flag, ackSeq, seqOf(skb), una, 0, tp->delivered, tp->lost, bool(tp->is_sack_reneg)};
  const bool wasWaitedFor = tp->packets_out > 0;

  if (before(ackSeq, una)) return call.result(oldAck(a));
  if (before(tp->snd_nxt, ackSeq)) return call.result(-SKB_DROP_REASON_TCP_ACK_UNSENT_DATA);
  if (ackSeq != una) {
    a.flag |= FLAG_SND_UNA_ADVANCED;
    set(inet_csk(sk)->icsk_retransmits, 0);
    NOTE("tcp.acknowledged", sk, ackSeq - una);
  }
  a.prior_fack = tcp_is_sack(tp) ? tcp_highest_sack_seq(tp) : una;
  set(sample->prior_in_flight, tcp_packets_in_flight(tp));
  if (a.flag & FLAG_UPDATE_TS_RECENT) tcp_replace_ts_recent(tp, a.ack_seq);

  settleWindow(a);
  peerIsAlive(sk, skb);
  if (wasWaitedFor) ackOfQueue(a);
  else ackOfNothing(a);
  return call.result(1);
}

} // namespace sockwalk::kernel
