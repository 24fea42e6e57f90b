// What an acknowledgement covers leaves the retransmission queue; its age tells the round-trip time.
#include "engine/kernel/include/net/tcp_cong.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

// A buffer of several segments is acknowledged in part: its front is cut off. Gives the segments that went.
static u32 tcp_tso_acked(const sock* sk, const sk_buff* skb) {
  const u32 before_ = tcp_skb_pcount(skb);
  if (tcp_trim_head(sk, skb, tcp_sk(sk)->snd_una - seqOf(skb))) return 0;
  return before_ - tcp_skb_pcount(skb);
}

static void tcp_ack_tstamp(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_ack_tstamp, sk, skb);
  SIMPLIFIED("SO_TIMESTAMPING's report of an acknowledgement is not made");
}

namespace {
struct Cleaned {
  u64 first_ackt = 0, last_ackt = 0; // when the first and the last of those that were sent once left, us
  u32 pkts_acked = 0;
  u32 reord; // lowest sequence number acknowledged that was neither reported nor sent again
  int flag = 0;
  bool fully_acked = true;
};
} // namespace

static void accountAcked(const sock* sk, const sk_buff* skb, u32 acked_pcount, bool ece_ack, Cleaned* c,
                         u32 start_seq) {
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* scb = TCP_SKB_CB(skb);
  const u8 sacked = scb->sacked;
  if (sacked & TCPCB_RETRANS) {
    if (sacked & TCPCB_SACKED_RETRANS) sub(tp->retrans_out, acked_pcount);
    c->flag |= FLAG_RETRANS_DATA_ACKED;
  } else if (!(sacked & TCPCB_SACKED_ACKED)) {
    c->last_ackt = tcp_skb_timestamp_us(skb);
    if (!c->first_ackt) c->first_ackt = c->last_ackt;
    if (before(start_seq, c->reord)) c->reord = start_seq;
    if (!after(scb->end_seq, tp->high_seq)) c->flag |= FLAG_ORIG_SACK_ACKED;
  }
  if (sacked & TCPCB_SACKED_ACKED) {
    sub(tp->sacked_out, acked_pcount);
  } else if (tcp_is_sack(tp)) {
    tcp_count_delivered(tp, acked_pcount, ece_ack);
    if (!tcp_skb_spurious_retrans(tp, skb)) tcp_rack_advance(tp, sacked, scb->end_seq, tcp_skb_timestamp_us(skb));
  }
  if (sacked & TCPCB_LOST) sub(tp->lost_out, acked_pcount);
  sub(tp->packets_out, acked_pcount);
  c->pkts_acked += acked_pcount;
}

// Takes segments off the queue's front. Gives the first that stays.
static const sk_buff* dropAcked(const sock* sk, const tcp_sacktag_state* sack, bool ece_ack, Cleaned* c) {
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* skb = skb_rb_first(&sk->tcp_rtx_queue);
  while (skb) {
    const tcp_skb_cb* scb = TCP_SKB_CB(skb);
    const u32 start_seq = scb->seq;
    u32 acked_pcount = tcp_skb_pcount(skb);
    if (after(scb->end_seq, tp->snd_una)) {
      if (acked_pcount == 1 || !after(tp->snd_una, scb->seq)) break;
      acked_pcount = tcp_tso_acked(sk, skb);
      if (!acked_pcount) break;
      c->fully_acked = false;
    }
    accountAcked(sk, skb, acked_pcount, ece_ack, c, start_seq);
    tcp_rate_skb_delivered(sk, skb, sack->rate);
    if (scb->tcp_flags & TCPHDR_SYN) { // not data: it must not open the window
      c->flag |= FLAG_SYN_ACKED;
      set(tp->retrans_stamp, 0);
    } else {
      c->flag |= FLAG_DATA_ACKED;
    }
    if (!c->fully_acked) break;
    tcp_ack_tstamp(sk, skb);
    const sk_buff* next = skb_rb_next(skb);
    if (tp->retransmit_skb_hint.get() == skb) set(tp->retransmit_skb_hint, nullptr);
    if (tp->lost_skb_hint.get() == skb) set(tp->lost_skb_hint, nullptr);
    tcp_highest_sack_replace(sk, skb, next);
    tcp_rtx_queue_unlink_and_free(skb, sk);
    skb = next;
  }
  return skb;
}

// A single short segment may have been acknowledged late on purpose: its time is no measure of the network.
static bool maybeDelayed(const tcp_sock* tp, const Cleaned& c, u32 prior_sacked, u32 prior_snd_una,
                         const rate_sample* rs) {
  return c.pkts_acked == 1 && c.fully_acked && !prior_sacked && tp->snd_una - prior_snd_una < tp->mss_cache &&
         rs->prior_delivered + 1 == tp->delivered && !(c.flag & (FLAG_CA_ALERT | FLAG_SYN_ACKED));
}

static void settleAcked(const sock* sk, Cleaned* c, u32 prior_fack, u32 prior_sacked, bool ece_ack) {
  const tcp_sock* tp = tcp_sk(sk);
  c->flag |= FLAG_SET_XMIT_TIMER;
  if (inet_csk(sk)->icsk_mtup.probe_size && !after(tp->mtu_probe.probe_seq_end, tp->snd_una))
    tcp_mtup_probe_success(sk);
  if (tcp_is_reno(tp)) {
    tcp_remove_reno_sacks(sk, static_cast<int>(c->pkts_acked), ece_ack);
    if (c->flag & FLAG_RETRANS_DATA_ACKED) c->flag &= ~FLAG_ORIG_SACK_ACKED;
    return;
  }
  if (before(c->reord, prior_fack)) tcp_check_sack_reordering(sk, c->reord, 0);
  const s32 delta = static_cast<s32>(prior_sacked - tp->sacked_out);
  sub(tp->lost_cnt_hint, std::min<s32>(tp->lost_cnt_hint, delta));
}

int tcp_clean_rtx_queue(const sock* sk, const sk_buff* ack_skb, u32 prior_fack, u32 prior_snd_una,
                        const tcp_sacktag_state* sack, bool ece_ack) {
  KFUNC(tcp_clean_rtx_queue, sk, ack_skb, prior_fack, prior_snd_una, sack, ece_ack);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 prior_sacked = tp->sacked_out;
  Cleaned c;
  c.reord = tp->snd_nxt;
  const sk_buff* skb = dropAcked(sk, sack, ece_ack, &c);
  if (!skb) tcp_chrono_stop(sk, TCP_CHRONO_BUSY);
  if (between(tp->snd_up, prior_snd_una, tp->snd_una)) set(tp->snd_up, tp->snd_una);
  if (skb) {
    tcp_ack_tstamp(sk, skb);
    if (sackedOf(skb) & TCPCB_SACKED_ACKED) c.flag |= FLAG_SACK_RENEGING;
  }
  s64 seq_rtt_us = -1, sack_rtt_us = -1, ca_rtt_us = -1;
  if (c.first_ackt && !(c.flag & FLAG_RETRANS_DATA_ACKED)) { // Karn: never from what was sent twice
    seq_rtt_us = tcp_stamp_us_delta(tp->tcp_mstamp, c.first_ackt);
    ca_rtt_us = tcp_stamp_us_delta(tp->tcp_mstamp, c.last_ackt);
    if (maybeDelayed(tp, c, prior_sacked, prior_snd_una, sack->rate)) c.flag |= FLAG_ACK_MAYBE_DELAYED;
  }
  if (sack->first_sackt) {
    sack_rtt_us = tcp_stamp_us_delta(tp->tcp_mstamp, sack->first_sackt);
    ca_rtt_us = tcp_stamp_us_delta(tp->tcp_mstamp, sack->last_sackt);
  }
  const bool rtt_update = tcp_ack_update_rtt(sk, c.flag, seq_rtt_us, sack_rtt_us, ca_rtt_us, sack->rate);
  if (c.flag & FLAG_ACKED) {
    settleAcked(sk, &c, prior_fack, prior_sacked, ece_ack);
  } else if (skb && rtt_update && sack_rtt_us >= 0 &&
             sack_rtt_us > tcp_stamp_us_delta(tp->tcp_mstamp, tcp_skb_timestamp_us(skb))) {
    c.flag |= FLAG_SET_XMIT_TIMER;
  }
  if (const tcp_congestion_ops* ops = inet_csk(sk)->icsk_ca_ops; ops->pkts_acked) {
    const u32 in_flight = tp->mss_cache * (tp->delivered - sack->rate->prior_delivered);
    const ack_sample sample{c.pkts_acked, static_cast<s32>(sack->rate->rtt_us), in_flight};
    ops->pkts_acked(sk, &sample);
  }
  return call.result(c.flag);
}

} // namespace sockwalk::kernel
