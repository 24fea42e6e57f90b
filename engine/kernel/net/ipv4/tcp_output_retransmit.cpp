// Sending again: what a timeout or the acknowledgements of later segments show to be lost; and the tail loss probe
// (RFC 8985), which asks early whether the last segments arrived instead of waiting for the timeout.
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

static constexpr u8 SKBTX_ANY_TSTAMP = 1 | 2 | 64;
static constexpr u32 TCP_TIMEOUT_MIN_US = 2000;

// ---- segments that became small are joined before they are sent again
static bool tcp_has_tx_tstamp(const sk_buff* skb) {
  return TCP_SKB_CB(skb)->txstamp_ack || skb_shinfo(skb)->tx_flags & SKBTX_ANY_TSTAMP;
}
void tcp_skb_collapse_tstamp(const sk_buff* skb, const sk_buff* next_skb) {
  KFUNC(tcp_skb_collapse_tstamp, skb, next_skb);
  if (!tcp_has_tx_tstamp(next_skb)) return;
  const skb_shared_info *to = skb_shinfo(skb), *from = skb_shinfo(next_skb);
  set(to->tx_flags, to->tx_flags | (from->tx_flags & SKBTX_ANY_TSTAMP));
  set(to->tskey, from->tskey);
  set(TCP_SKB_CB(skb), tcp_skb_cb::bit::txstamp_ack, TCP_SKB_CB(skb)->txstamp_ack | TCP_SKB_CB(next_skb)->txstamp_ack);
}

// The joined segment ends where the second one ended, and bears its flags. What was ever sent twice stays so.
static void inheritEnd(const tcp_skb_cb* joined, const tcp_skb_cb* second) {
  set(joined->end_seq, second->end_seq);
  set(joined->tcp_flags, joined->tcp_flags | second->tcp_flags);
  set(joined->sacked, joined->sacked | (second->sacked & TCPCB_EVER_RETRANS));
  set(joined, tcp_skb_cb::bit::eor, second->eor);
}

static bool tcp_collapse_retrans(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_collapse_retrans, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* second = skb_rb_next(skb);
  const int segments = static_cast<int>(tcp_skb_pcount(second)), bytes = static_cast<int>(second->len);
  BUG_ON(tcp_skb_pcount(skb) != 1 || segments != 1);
  const bool moved = bytes == 0 || tcp_skb_shift(skb, second, 1, bytes);
  if (!moved) return call.result(false);
  tcp_highest_sack_replace(sk, second, skb);
  inheritEnd(TCP_SKB_CB(skb), TCP_SKB_CB(second));
  tcp_clear_retrans_hints_partial(tp);
  if (tp->retransmit_skb_hint == second) set(tp->retransmit_skb_hint, skb);
  tcp_adjust_pcount(sk, second, segments);
  tcp_skb_collapse_tstamp(skb, second);
  tcp_rtx_queue_unlink_and_free(second, sk);
  return call.result(true);
}

static bool tcp_can_collapse(const sk_buff* skb) {
  return tcp_skb_pcount(skb) <= 1 && !skb_cloned(skb) && !(TCP_SKB_CB(skb)->sacked & TCPCB_SACKED_ACKED);
}

static void tcp_retrans_try_collapse(const sock* sk, const sk_buff* to, int space) {
  KFUNC(tcp_retrans_try_collapse, sk, to, space);
  if (!sock_net(sk)->ipv4.sysctl_tcp_retrans_collapse || TCP_SKB_CB(to)->tcp_flags & TCPHDR_SYN) return;
  for (const sk_buff *skb = to, *next; skb; skb = next) {
    next = skb_rb_next(skb);
    if (!tcp_can_collapse(skb) || !tcp_skb_can_collapse(to, skb)) break;
    space -= static_cast<int>(skb->len);
    if (skb == to) continue;
    if (space < 0 || after(TCP_SKB_CB(skb)->end_seq, tcp_wnd_end(tcp_sk(sk)))) break;
    if (!tcp_collapse_retrans(sk, to)) break;
  }
}

// ---- one segment again
// The first transmission has not left this host: sending again would help nobody.
static bool stillInHostQueue(const sock* sk, const sk_buff* skb) {
  const auto* fclones = container_of(skb, sk_buff_fclones, skb1);
  const bool busy = skb->fclone == SKB_FCLONE_ORIG && refcount_read(&fclones->fclone_ref) > 1 && fclones->skb2.sk == sk;
  if (busy) set(sk->sk_tsq_flags, sk->sk_tsq_flags | 1ull << TSQ_THROTTLED);
  return busy;
}
bool skb_still_in_host_queue(const sock* sk, const sk_buff* skb) {
  KFUNC(skb_still_in_host_queue, sk, skb);
  return call.result(stillInHostQueue(sk, skb));
}

// The part of the segment that is acknowledged meanwhile goes. 0 or -errno.
static int dropAcknowledged(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  if (before(cb->seq, tp->snd_una) && cb->tcp_flags & TCPHDR_SYN) {
    set(cb->tcp_flags, cb->tcp_flags & ~TCPHDR_SYN);
    add(cb->seq, 1);
  }
  if (!before(cb->seq, tp->snd_una)) return 0;
  if (before(cb->end_seq, tp->snd_una)) return -EINVAL;
  return tcp_trim_head(sk, skb, tp->snd_una - cb->seq) ? -ENOMEM : 0;
}

// Cuts or joins, so that the segment has the size that fits window and path now.
static int fitSegment(const sock* sk, const sk_buff* skb, int len, int cur_mss, int avail_wnd) {
  if (static_cast<int>(skb->len) > len)
    return tcp_fragment(sk, TCP_FRAG_IN_RTX_QUEUE, skb, static_cast<u32>(len), static_cast<u32>(cur_mss), GFP_ATOMIC)
               ? -ENOMEM
               : 0;
  if (skb_unclone_keeptruesize(skb, GFP_ATOMIC)) return -ENOMEM;
  const int before = static_cast<int>(tcp_skb_pcount(skb));
  tcp_set_skb_tso_segs(skb, static_cast<u32>(cur_mss));
  const int diff = before - static_cast<int>(tcp_skb_pcount(skb));
  if (diff) tcp_adjust_pcount(sk, skb, diff);
  avail_wnd = std::min(avail_wnd, cur_mss);
  if (static_cast<int>(skb->len) < avail_wnd) tcp_retrans_try_collapse(sk, skb, avail_wnd);
  return 0;
}

// The compiler split __tcp_retransmit_skb(): its first tests stand in the callers, the rest is this.
static bool mayRetransmit(const sock* sk, const sk_buff* skb) {
  if (inet_csk(sk)->icsk_mtup.probe_size) setMtuProbeSize(inet_csk(sk), 0);
  return !skb_still_in_host_queue(sk, skb);
}
static int retransmit(const sock* sk, const sk_buff* skb, int segs) {
  KFUNC(__tcp_retransmit_skb, sk, segs); // kprobes do not see this part, so the buffer is not counted as handed over
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  if (const int err = dropAcknowledged(sk, skb)) return call.result(err);
  if (inet_csk(sk)->icsk_af_ops->rebuild_header(sk)) return call.result(-EHOSTUNREACH);
  const int cur_mss = static_cast<int>(tcp_current_mss(sk));
  int avail_wnd = static_cast<int>(tcp_wnd_end(tp) - cb->seq);
  if (avail_wnd <= 0) { // the peer took the window back; one segment is as good as a probe
    if (cb->seq != tp->snd_una) return call.result(-EAGAIN);
    avail_wnd = cur_mss;
  }
  int len = cur_mss * (tcp_urg_mode(tp) ? 1 : segs);
  if (len > avail_wnd) {
    len = avail_wnd - avail_wnd % cur_mss;
    if (!len) len = avail_wnd;
  }
  if (const int err = fitSegment(sk, skb, len, cur_mss, avail_wnd)) return call.result(err);
  if ((cb->tcp_flags & TCPHDR_SYN_ECN) == TCPHDR_SYN_ECN && sock_net(sk)->ipv4.sysctl_tcp_ecn_fallback)
    set(cb->tcp_flags, cb->tcp_flags & ~(TCPHDR_ECE | TCPHDR_CWR)); // perhaps the peer drops what it does not know
  add(tp->total_retrans, tcp_skb_pcount(skb));
  add(tp->bytes_retrans, skb->len);
  NOTE("tcp.retransmit", sk, cb->seq, skb->len);
  const int err = tcp_transmit_skb(sk, skb, 1, GFP_ATOMIC);
  set(cb->sacked, cb->sacked | TCPCB_EVER_RETRANS); // its acknowledgement measures no round trip any more
  return call.result(err);
}
int __tcp_retransmit_skb(const sock* sk, const sk_buff* skb, int segs) {
  KFUNC(__tcp_retransmit_skb, sk, skb, segs);
  if (inet_csk(sk)->icsk_mtup.probe_size) setMtuProbeSize(inet_csk(sk), 0);
  return call.result(stillInHostQueue(sk, skb) ? -EBUSY : retransmit(sk, skb, segs));
}

// Should the retransmission prove to have been needless, all that it changed is undone; so it is counted.
static void countForUndo(const tcp_sock* tp, const sk_buff* skb) {
  if (!tp->retrans_stamp) set(tp->retrans_stamp, tcp_skb_timestamp(skb));
  if (tp->undo_retrans < 0) set(tp->undo_retrans, 0);
  add(tp->undo_retrans, static_cast<int>(tcp_skb_pcount(skb)));
}

int tcp_retransmit_skb(const sock* sk, const sk_buff* skb, int segs) {
  KFUNC(tcp_retransmit_skb, sk, skb, segs);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const int failure = mayRetransmit(sk, skb) ? retransmit(sk, skb, segs) : -EBUSY;
  if (!failure) {
    set(cb->sacked, cb->sacked | TCPCB_RETRANS);
    add(tp->retrans_out, tcp_skb_pcount(skb));
  }
  countForUndo(tp, skb);
  return call.result(failure);
}

// ---- all that counts as lost, as far as the congestion window allows
// The body; the compiler made two functions of one here too.
static void xmitRetransmitQueue(const sock* sk) {
  KFUNC(tcp_xmit_retransmit_queue, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff *rtx_head = tcp_rtx_queue_head(sk), *hole = nullptr, *hint = tp->retransmit_skb_hint;
  const int max_segs = static_cast<int>(tcp_tso_segs(sk, tcp_current_mss(sk)));
  bool rearm_timer = false;
  for (const sk_buff* skb = hint ? hint : rtx_head; skb; skb = skb_rb_next(skb)) {
    if (tcp_pacing_check(sk)) break;
    if (!hole) set(tp->retransmit_skb_hint, skb);
    const int segs = std::min(static_cast<int>(tp->snd_cwnd - tcp_packets_in_flight(tp)), max_segs);
    if (segs <= 0 || tp->retrans_out >= tp->lost_out) break;
    const u8 sacked = TCP_SKB_CB(skb)->sacked;
    if (!(sacked & TCPCB_LOST)) {
      if (!hole && !(sacked & (TCPCB_SACKED_RETRANS | TCPCB_SACKED_ACKED))) hole = skb;
      continue;
    }
    if (sacked & (TCPCB_SACKED_ACKED | TCPCB_SACKED_RETRANS)) continue;
    if (tcp_small_queue_check(sk, skb, 1) || tcp_retransmit_skb(sk, skb, segs)) break;
    if (tcp_in_cwnd_reduction(sk)) add(tp->prr_out, tcp_skb_pcount(skb));
    if (skb == rtx_head && inet_csk(sk)->icsk_pending != ICSK_TIME_REO_TIMEOUT) rearm_timer = true;
  }
  if (rearm_timer) tcp_reset_xmit_timer(sk, ICSK_TIME_RETRANS, inet_csk(sk)->icsk_rto, TCP_RTO_MAX());
}
void tcp_xmit_retransmit_queue(const sock* sk) {
  KFUNC(tcp_xmit_retransmit_queue, sk);
  if (tcp_sk(sk)->packets_out) xmitRetransmitQueue(sk);
}

// ---- tail loss probe
// Arms the timer at two round trips, if that is before the timeout. The body; the compiler made two functions of one.
bool scheduleLossProbe(const sock* sk, bool advancing_rto) {
  KFUNC(tcp_schedule_loss_probe, sk, advancing_rto);
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const int early = sock_net(sk)->ipv4.sysctl_tcp_early_retrans;
  const bool calm = icsk->icsk_ca_state == TCP_CA_Open || icsk->icsk_ca_state == TCP_CA_CWR;
  if ((early != 3 && early != 4) || !tp->packets_out || !tcp_is_sack(tp) || !calm) return call.result(false);
  u32 timeout = TCP_TIMEOUT_INIT();
  if (tp->srtt_us) {
    const u32 slack = tp->packets_out == 1 ? tcp_rto_min_us(sk) : TCP_TIMEOUT_MIN_US; // a lone one's ACK may be delayed
    timeout = static_cast<u32>(usecs_to_jiffies((tp->srtt_us >> 2) + slack));
  }
  const u32 rto_delta_us = advancing_rto ? jiffies_to_usecs(icsk->icsk_rto) : static_cast<u32>(tcp_rto_delta_us(sk));
  if (rto_delta_us > 0) timeout = std::min(timeout, static_cast<u32>(usecs_to_jiffies(rto_delta_us)));
  tcp_reset_xmit_timer(sk, ICSK_TIME_LOSS_PROBE, timeout, TCP_RTO_MAX());
  return call.result(true);
}
bool tcp_schedule_loss_probe(const sock* sk, bool advancing_rto) {
  KFUNC(tcp_schedule_loss_probe, sk, advancing_rto);
  if (tcp_sk(sk)->fastopen_rsk) return call.result(false);
  return call.result(scheduleLossProbe(sk, advancing_rto));
}

// The last segment of what is in flight, cut off if it is part of a larger buffer, goes again. True: it went.
static bool probeWithOldData(const sock* sk, const sk_buff* skb, u32 mss) {
  if (skb_still_in_host_queue(sk, skb)) return false;
  const u32 pcount = tcp_skb_pcount(skb);
  if (pcount > 1 && skb->len > (pcount - 1) * mss) {
    if (tcp_fragment(sk, TCP_FRAG_IN_RTX_QUEUE, skb, (pcount - 1) * mss, mss, GFP_ATOMIC)) return false;
    skb = skb_rb_next(skb);
  }
  if (!skb || __tcp_retransmit_skb(sk, skb, 1)) return false;
  set(tcp_sk(sk), tcp_sock::bit::tlp_retrans, 1);
  return true;
}

namespace {
enum class Probe { Sent, NotSent, NothingInFlight };
} // namespace

// New data is the better probe; without any, the last segment in flight goes again.
static Probe probeTail(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 segment = tcp_current_mss(sk);
  if (tp->tlp_high_seq) return Probe::NotSent; // one at a time: the answer to the last is not here yet
  set(tp, tcp_sock::bit::tlp_retrans, 0);
  const sk_buff* fresh = tcp_send_head(sk);
  if (fresh && tcp_snd_wnd_test(tp, fresh, segment)) {
    const u32 inFlight = tp->packets_out;
    tcp_write_xmit(sk, segment, TCP_NAGLE_OFF, 2, GFP_ATOMIC);
    return tp->packets_out > inFlight ? Probe::Sent : Probe::NotSent;
  }
  const sk_buff* last = skb_rb_last(&sk->tcp_rtx_queue);
  if (!last) return Probe::NothingInFlight;
  return probeWithOldData(sk, last, segment) ? Probe::Sent : Probe::NotSent;
}

void tcp_send_loss_probe(const sock* sk) {
  KFUNC(tcp_send_loss_probe, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const Probe probe = probeTail(sk);
  if (probe == Probe::Sent) set(tp->tlp_high_seq, tp->snd_nxt); // what acknowledges this answers the probe
  if (probe != Probe::NotSent) set(inet_csk(sk)->icsk_pending, 0);
  if (probe == Probe::NothingInFlight) return;
  if (probe == Probe::Sent) NOTE("tcp.loss_probe", sk, tp->snd_nxt);
  tcp_rearm_rto(sk);
}

} // namespace sockwalk::kernel
