// Segments that SACK reported and that follow one another are joined to one buffer: the queue stays short however long
// the hole before them lives.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

u32 tcp_skb_seglen(const sk_buff* skb) { return tcp_skb_pcount(skb) == 1 ? u32(skb->len) : tcp_skb_mss(skb); }
static bool skb_can_shift(const sk_buff* skb) { return !skb_headlen(skb) && skb_is_nonlinear(skb); }
static bool onlySacked(const sk_buff* skb) { return (sackedOf(skb) & TCPCB_TAGBITS) == TCPCB_SACKED_ACKED; }

// Inlined where this file calls it.
static int shift(const sk_buff* to, const sk_buff* from, int pcount, int shiftlen) {
  if (to->len + static_cast<u32>(shiftlen) >= 65535 * TCP_MIN_GSO_SIZE) return 0;
  if (tcp_skb_pcount(to) + static_cast<u32>(pcount) > 65535) return 0;
  return skb_shift(to, from, shiftlen);
}
int tcp_skb_shift(const sk_buff* to, const sk_buff* from, int pcount, int shiftlen) {
  KFUNC(tcp_skb_shift, to, from, pcount, shiftlen);
  return call.result(shift(to, from, pcount, shiftlen));
}

// `skb` gave all its bytes to `prev`: it goes, and whoever pointed at it points at `prev`.
static void swallowed(const sock* sk, const sk_buff* prev, const sk_buff* skb) {
  mark(BufferMark::Joined, skb, prev);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb *into = TCP_SKB_CB(prev), *from = TCP_SKB_CB(skb);
  if (tp->retransmit_skb_hint.get() == skb) set(tp->retransmit_skb_hint, prev);
  if (tp->lost_skb_hint.get() == skb) {
    set(tp->lost_skb_hint, prev);
    sub(tp->lost_cnt_hint, static_cast<s32>(tcp_skb_pcount(prev)));
  }
  set(into->tcp_flags, into->tcp_flags | from->tcp_flags);
  set(into, tcp_skb_cb::bit::eor, from->eor);
  if (from->tcp_flags & TCPHDR_FIN) add(into->end_seq, 1u);
  if (tcp_highest_sack(sk) == skb) tcp_advance_highest_sack(sk, skb);
  tcp_skb_collapse_tstamp(prev, skb);
  if (into->tx.delivered_mstamp) set(into->tx.delivered_mstamp, 0);
  tcp_rtx_queue_unlink_and_free(skb, sk);
}

static bool tcp_shifted_skb(const sock* sk, const sk_buff* prev, const sk_buff* skb, const tcp_sacktag_state* state,
                            u32 pcount, u32 shifted, u32 mss, bool dup_sack) {
  KFUNC(tcp_shifted_skb, sk, prev, skb, state, pcount, shifted, mss, dup_sack);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb *into = TCP_SKB_CB(prev), *from = TCP_SKB_CB(skb);
  const u32 firstByte = from->seq;
  tcp_sacktag_one(sk, state, from->sacked, firstByte, firstByte + shifted, dup_sack, static_cast<int>(pcount),
                  tcp_skb_timestamp_us(skb));
  tcp_rate_skb_delivered(sk, skb, state->rate);
  if (tp->lost_skb_hint.get() == skb) add(tp->lost_cnt_hint, static_cast<s32>(pcount));
  add(into->end_seq, shifted);
  add(from->seq, shifted);
  tcp_skb_pcount_add(prev, static_cast<int>(pcount));
  tcp_skb_pcount_add(skb, -static_cast<int>(pcount));
  if (!into->tcp_gso_size) set(into->tcp_gso_size, mss);
  if (tcp_skb_pcount(skb) <= 1) set(from->tcp_gso_size, 0);
  set(into->sacked, into->sacked | (from->sacked & TCPCB_EVER_RETRANS));
  if (skb->len > 0) return call.result(false);
  swallowed(sk, prev, skb);
  return call.result(true);
}

namespace {
struct Shift {
  int len = 0, pcount = 0;
  u32 mss = 0;
  enum { Do, Nothing, Tag } what = Tag; // Nothing: the segment is not concerned; Tag: tag it where it stands
};
} // namespace

// How much of `skb` the range covers, in whole segments of the same length as those in `prev`.
static Shift measureShift(const sk_buff* prev, const sk_buff* skb, u32 start_seq, u32 end_seq) {
  const bool starts = !after(start_seq, seqOf(skb)), covers = starts && !before(end_seq, endSeqOf(skb));
  Shift s;
  if (covers) {
    s.len = static_cast<int>(skb->len);
    s.pcount = static_cast<int>(tcp_skb_pcount(skb));
    s.mss = tcp_skb_seglen(skb);
    s.what = s.mss == tcp_skb_seglen(prev) ? Shift::Do : Shift::Tag;
    return s;
  }
  s.what = Shift::Nothing;
  if (!after(endSeqOf(skb), start_seq) || tcp_skb_pcount(skb) <= 1) return s;
  s.what = Shift::Tag;
  s.mss = tcp_skb_mss(skb);
  if (!starts || s.mss != tcp_skb_seglen(prev)) return s;
  const u32 len = end_seq - seqOf(skb);
  BUG_ON(len > skb->len);
  s.what = len < s.mss ? Shift::Nothing : Shift::Do;
  s.pcount = static_cast<int>(len / s.mss);
  s.len = s.pcount * static_cast<int>(s.mss);
  return s;
}

static bool mayShift(const sock* sk, const sk_buff* prev, const sk_buff* skb, bool dup_sack) {
  const bool retransmitted = (sackedOf(skb) & (TCPCB_LOST | TCPCB_SACKED_RETRANS)) == TCPCB_SACKED_RETRANS;
  if (!dup_sack && retransmitted) return false;
  if (!skb_can_shift(skb) || !after(endSeqOf(skb), tcp_sk(sk)->snd_una)) return false;
  return prev && onlySacked(prev) && tcp_skb_can_collapse(prev, skb);
}

// Gives the buffer that has the bytes now, `skb` itself if the range does not touch it, nullptr if it must be tagged
// where it is.
const sk_buff* tcp_shift_skb_data(const sock* sk, const sk_buff* skb, const tcp_sacktag_state* state, u32 start_seq,
                                  u32 end_seq, bool dup_sack) {
  const sk_buff* previous = skb_rb_prev(skb);
  if (!mayShift(sk, previous, skb, dup_sack)) return nullptr;
  const Shift s = measureShift(previous, skb, start_seq, end_seq);
  if (s.what == Shift::Nothing) return skb;
  if (s.what == Shift::Tag || !after(seqOf(skb) + static_cast<u32>(s.len), tcp_sk(sk)->snd_una)) return nullptr;
  if (!shift(previous, skb, s.pcount, s.len)) return nullptr;
  if (!tcp_shifted_skb(sk, previous, skb, state, static_cast<u32>(s.pcount), static_cast<u32>(s.len), s.mss, dup_sack))
    return previous;
  const sk_buff* next = skb_rb_next(previous); // the hole is filled: what lies behind joins too
  if (!next || !skb_can_shift(next) || !onlySacked(next) || s.mss != tcp_skb_seglen(next)) return previous;
  if (!tcp_skb_can_collapse(previous, next)) return previous;
  const int len = static_cast<int>(next->len), pcount = static_cast<int>(tcp_skb_pcount(next));
  if (shift(previous, next, pcount, len))
    tcp_shifted_skb(sk, previous, next, state, static_cast<u32>(pcount), static_cast<u32>(len), s.mss, false);
  return previous;
}

} // namespace sockwalk::kernel
