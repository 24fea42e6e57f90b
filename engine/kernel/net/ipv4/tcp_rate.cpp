// Delivery rate: how fast the network really delivers. Each segment remembers, when it is sent, how much had been
// delivered until then; its acknowledgement gives a sample: so much more, in so much time.
// Source: net/ipv4/tcp_rate.c (draft-cheng-iccrg-delivery-rate-estimation).
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

// The two bit-fields at the beginning of tcp_skb_cb.tx, one word.
static void setTxFlags(const tcp_skb_cb* cb, bool app_limited, u32 delivered_ce) {
  constexpr u16 at = offsetof(tcp_skb_cb, tx);
  set(cb, Bits<tcp_skb_cb>{at, 0, 1, 4}, app_limited);
  set(cb, Bits<tcp_skb_cb>{at, 1, 20, 4}, delivered_ce);
}

void tcp_rate_skb_sent(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_rate_skb_sent, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const bool networkIsEmpty = tp->packets_out == 0;
  if (networkIsEmpty) { // the interval begins now
    const u64 now = tcp_skb_timestamp_us(skb);
    set(tp->first_tx_mstamp, now);
    set(tp->delivered_mstamp, now);
  }
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  set(cb->tx.first_tx_mstamp, tp->first_tx_mstamp);
  set(cb->tx.delivered_mstamp, tp->delivered_mstamp);
  set(cb->tx.delivered, tp->delivered);
  setTxFlags(cb, tp->app_limited != 0, tp->delivered_ce);
}

// What the segment remembers of the moment when it left.
static void fillFrom(const rate_sample* rs, const tcp_skb_cb* cb) {
  set(rs->prior_delivered_ce, cb->tx.delivered_ce);
  set(rs->prior_delivered, cb->tx.delivered);
  set(rs->prior_mstamp, cb->tx.delivered_mstamp);
  set(rs->is_app_limited, cb->tx.is_app_limited);
  set(rs->is_retrans, (cb->sacked & TCPCB_RETRANS) != 0);
  set(rs->last_end_seq, cb->end_seq);
}

// Of several segments that one acknowledgement covers, the one that was sent last counts.
void tcp_rate_skb_delivered(const sock* sk, const sk_buff* skb, const rate_sample* rs) {
  KFUNC(tcp_rate_skb_delivered, sk, skb, rs);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const bool countedAlready = cb->tx.delivered_mstamp == 0;
  if (countedAlready) return;

  const u64 left = tcp_skb_timestamp_us(skb);
  const bool first = rs->prior_delivered == 0;
  if (first || tcp_skb_sent_after(left, tp->first_tx_mstamp, cb->end_seq, rs->last_end_seq)) {
    fillFrom(rs, cb);
    set(tp->first_tx_mstamp, left); // the next interval begins where this one ends
    set(rs->interval_us, tcp_stamp_us_delta(left, cb->tx.first_tx_mstamp));
  }
  const bool staysInQueue = cb->sacked & TCPCB_SACKED_ACKED; // until it is acknowledged as well; it counts once
  if (staysInQueue) set(cb->tx.delivered_mstamp, 0);
}

static bool invalidSample(const rate_sample* rs) {
  set(rs->interval_us, -1);
  return false;
}
static bool completeSample(const tcp_sock* tp, bool is_sack_reneg, const rate_sample* rs) {
  if (!rs->prior_mstamp || is_sack_reneg) {
    set(rs->delivered, -1);
    return invalidSample(rs);
  }
  set(rs->delivered, static_cast<s32>(tp->delivered - rs->prior_delivered));
  set(rs->delivered_ce, (tp->delivered_ce - static_cast<u32>(rs->prior_delivered_ce)) & TCPCB_DELIVERED_CE_MASK);
  // Sending and acknowledging are two phases; whichever took longer is the true time.
  const u32 snd_us = static_cast<u32>(rs->interval_us), ack_us = tcp_stamp_us_delta(tp->tcp_mstamp, rs->prior_mstamp);
  set(rs->interval_us, std::max(snd_us, ack_us));
  set(rs->snd_interval_us, snd_us);
  set(rs->rcv_interval_us, ack_us);
  return u64(rs->interval_us) < tcp_min_rtt(tp) ? invalidSample(rs) : true;
}

void tcp_rate_gen(const sock* sk, u32 delivered, u32 lost, bool is_sack_reneg, const rate_sample* rs) {
  KFUNC(tcp_rate_gen, sk, delivered, lost, is_sack_reneg, rs);
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->app_limited && after(tp->delivered, tp->app_limited)) set(tp->app_limited, 0);
  if (delivered) set(tp->delivered_mstamp, tp->tcp_mstamp);
  set(rs->acked_sacked, delivered);
  set(rs->losses, lost);
  if (!completeSample(tp, is_sack_reneg, rs)) return;
  const u64 now = u64(rs->delivered) * tp->rate_interval_us, before = u64(tp->rate_delivered) * u64(rs->interval_us);
  if (rs->is_app_limited && now < before) return;
  set(tp->rate_delivered, rs->delivered);
  set(tp->rate_interval_us, rs->interval_us);
  set(tp, tcp_sock::bit::rate_app_limited, rs->is_app_limited);
}

// There is a gap: the application has less to send than the network would take. Samples of now are no measure.
void tcp_rate_check_app_limited(const sock* sk) {
  KFUNC(tcp_rate_check_app_limited, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool little = tp->write_seq - tp->snd_nxt < tp->mss_cache;
  const bool nothingHere = sk_wmem_alloc_get(sk) < static_cast<int>(SKB_TRUESIZE(1));
  if (!little || !nothingHere || tcp_packets_in_flight(tp) >= tp->snd_cwnd || tp->lost_out > tp->retrans_out) return;
  const u32 until = tp->delivered + tcp_packets_in_flight(tp);
  set(tp->app_limited, until ? until : 1);
}

} // namespace sockwalk::kernel
