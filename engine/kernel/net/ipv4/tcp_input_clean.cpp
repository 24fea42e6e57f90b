// What an acknowledgement covers leaves the retransmission queue; its age tells the round-trip time.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

// A buffer of several segments is acknowledged in part: its front is cut off. Gives the segments that went.
static u32 tcp_tso_acked(const sock* sk, const sk_buff* skb) {
  const u32 segmentsBefore = tcp_skb_pcount(skb);
  if (tcp_trim_head(sk, skb, tcp_sk(sk)->snd_una - seqOf(skb))) return 0;
  return segmentsBefore - tcp_skb_pcount(skb);
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

namespace {
struct Trips { // us, -1: not measured
  s64 acked = -1, sacked = -1, control = -1;
};
} // namespace

// Karn: never from what was sent twice.
static Trips measureTrips(const tcp_sock* tp, const Cleaned& c, const tcp_sacktag_state* sack) {
  const auto since = [tp](u64 left) { return static_cast<s64>(tcp_stamp_us_delta(tp->tcp_mstamp, left)); };
  Trips t;
  if (c.first_ackt && !(c.flag & FLAG_RETRANS_DATA_ACKED)) {
    t.acked = since(c.first_ackt);
    t.control = since(c.last_ackt);
  }
  if (sack->first_sackt) {
    t.sacked = since(sack->first_sackt);
    t.control = since(sack->last_sackt);
  }
  return t;
}

static void tellAlgorithm(const sock* sk, u32 packets, const rate_sample* rs) {
  const tcp_congestion_ops* algorithm = inet_csk(sk)->icsk_ca_ops;
  if (!algorithm->pkts_acked) return;
  const tcp_sock* tp = tcp_sk(sk);
  const u32 wereOut = tp->delivered - rs->prior_delivered;
  const ack_sample news{packets, static_cast<s32>(rs->rtt_us), wereOut * tp->mss_cache};
  algorithm->pkts_acked(sk, &news);
}

int tcp_clean_rtx_queue(const sock* sk, const sk_buff* ack_skb, u32 prior_fack, u32 prior_snd_una,
                        const tcp_sacktag_state* sack, bool ece_ack) {
  KFUNC(tcp_clean_rtx_queue, sk, ack_skb, prior_fack, prior_snd_una, sack, ece_ack);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const u32 reportedBefore = tp->sacked_out;
  Cleaned c;
  c.reord = tp->snd_nxt;
  const sk_buff* oldest = dropAcked(sk, sack, ece_ack, &c);
  if (!oldest) tcp_chrono_stop(sk, TCP_CHRONO_BUSY);
  if (between(tp->snd_up, prior_snd_una, tp->snd_una)) set(tp->snd_up, tp->snd_una);
  if (oldest) {
    tcp_ack_tstamp(sk, oldest);
    const bool wasReported = sackedOf(oldest) & TCPCB_SACKED_ACKED; // then why is it not acknowledged?
    if (wasReported) c.flag |= FLAG_SACK_RENEGING;
  }

  const Trips trips = measureTrips(tp, c, sack);
  if (trips.acked >= 0 && maybeDelayed(tp, c, reportedBefore, prior_snd_una, sack->rate))
    c.flag |= FLAG_ACK_MAYBE_DELAYED;
  const bool measured = tcp_ack_update_rtt(sk, c.flag, trips.acked, trips.sacked, trips.control, sack->rate);
  if (c.flag & FLAG_ACKED) {
    settleAcked(sk, &c, prior_fack, reportedBefore, ece_ack);
  } else if (oldest && measured && trips.sacked >= 0) { // sent after what was reported: its time begins anew
    const s64 age = tcp_stamp_us_delta(tp->tcp_mstamp, tcp_skb_timestamp_us(oldest));
    if (age < trips.sacked) c.flag |= FLAG_SET_XMIT_TIMER;
  }
  tellAlgorithm(sk, c.pkts_acked, sack->rate);
  return call.result(c.flag);
}

} // namespace sockwalk::kernel
