// Segments that change their size: one cut in two because window, path or retransmission want less, and one whose
// beginning is acknowledged already. The bytes do not move: page fragments are handed from one buffer to the other.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

// How many segments of the wire a queued buffer makes. The device or GSO cuts it up.
void tcp_set_skb_tso_segs(const sk_buff* skb, u32 mss_now) {
  KFUNC(tcp_set_skb_tso_segs, skb, mss_now);
  INLINED();
  const bool one = skb->len <= mss_now;
  tcp_skb_pcount_set(skb, one ? 1 : static_cast<int>((skb->len + mss_now - 1) / mss_now));
  set(TCP_SKB_CB(skb)->tcp_gso_size, one ? 0 : mss_now);
}

int tcp_init_tso_segs(const sk_buff* skb, u32 mss_now) {
  KFUNC(tcp_init_tso_segs, skb, mss_now);
  INLINED();
  const u32 counted = tcp_skb_pcount(skb);
  const bool outdated = counted > 1 && tcp_skb_mss(skb) != mss_now;
  if (counted == 0 || outdated) tcp_set_skb_tso_segs(skb, mss_now);
  return call.result(static_cast<int>(tcp_skb_pcount(skb)));
}

// A buffer in the retransmission queue counts `decr` segments less: the counters of what is in flight follow.
void tcp_adjust_pcount(const sock* sk, const sk_buff* skb, int decr) {
  KFUNC(tcp_adjust_pcount, sk, skb, decr);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const bool arrived = cb->sacked & TCPCB_SACKED_ACKED;
  sub(tp->packets_out, decr);
  if (arrived) sub(tp->sacked_out, decr);
  if (cb->sacked & TCPCB_SACKED_RETRANS) sub(tp->retrans_out, decr);
  if (cb->sacked & TCPCB_LOST) sub(tp->lost_out, decr);
  if (decr > 0 && tcp_is_reno(tp)) sub(tp->sacked_out, std::min<u32>(tp->sacked_out, static_cast<u32>(decr)));
  const sk_buff* hint = tp->lost_skb_hint; // how many the peer has of those before it is counted too
  if (arrived && hint && before(cb->seq, TCP_SKB_CB(hint)->seq)) sub(tp->lost_cnt_hint, decr);
}

// A clone's bytes are shared: before they are cut, the buffer gets a head of its own. The account stays as it was.
int skb_unclone_keeptruesize(const sk_buff* skb, u32 pri) {
  if (!skb_cloned(skb)) return 0;
  const u32 truesize = skb->truesize, saved = skb_end_offset(skb);
  const int err = pskb_expand_head(skb, 0, 0, pri);
  if (err) return err;
  set(skb->truesize, truesize);
  BUG_ON(skb_end_offset(skb) < saved);
  return 0;
}

// Who asked to hear when a byte has left or is acknowledged: the request goes with the half that has the byte.
static void tcp_fragment_tstamp(const sk_buff* skb, const sk_buff* skb2) {
  KFUNC(tcp_fragment_tstamp, skb, skb2);
  const skb_shared_info *from = skb_shinfo(skb), *to = skb_shinfo(skb2);
  const bool asked = TCP_SKB_CB(skb)->txstamp_ack || from->tx_flags & SKBTX_ANY_TSTAMP;
  if (!asked || before(from->tskey, TCP_SKB_CB(skb2)->seq)) return;
  const u8 flags = from->tx_flags & SKBTX_ANY_TSTAMP;
  set(from->tx_flags, from->tx_flags & ~flags);
  set(to->tx_flags, to->tx_flags | flags);
  const u32 key = from->tskey;
  set(from->tskey, to->tskey);
  set(to->tskey, key);
  set(TCP_SKB_CB(skb2), tcp_skb_cb::bit::txstamp_ack, TCP_SKB_CB(skb)->txstamp_ack);
  set(TCP_SKB_CB(skb), tcp_skb_cb::bit::txstamp_ack, 0);
}

// The second half of the sequence range, with the flags that belong to the end, is the new buffer's.
static void divideSequence(const sk_buff* skb, const sk_buff* buff, u32 len) {
  const tcp_skb_cb *first = TCP_SKB_CB(skb), *second = TCP_SKB_CB(buff);
  set(second->seq, first->seq + len);
  set(second->end_seq, first->end_seq);
  set(first->end_seq, second->seq);
  const u8 flags = first->tcp_flags;
  set(first->tcp_flags, flags & ~(TCPHDR_FIN | TCPHDR_PSH));
  set(second->tcp_flags, flags);
}
static void tcp_skb_fragment_eor(const sk_buff* skb, const sk_buff* skb2) {
  set(TCP_SKB_CB(skb2), tcp_skb_cb::bit::eor, TCP_SKB_CB(skb)->eor);
  set(TCP_SKB_CB(skb), tcp_skb_cb::bit::eor, 0);
}
static void __skb_queue_after(const sk_buff_head* list, const sk_buff* prev, const sk_buff* fresh) {
  __skb_insert(fresh, prev, prev->next, list);
}

// A peer can acknowledge in such a way that each buffer must be cut, and each half again. Beyond twice the allowed memory
// that ends, except at both ends of the queue, where it is needed to go on.
static bool queueIsTooBig(const sock* sk, tcp_queue queue, const sk_buff* skb) {
  if (queue == TCP_FRAG_IN_WRITE_QUEUE) return false;
  const bool atAnEnd = skb == tcp_rtx_queue_head(sk) || skb == tcp_rtx_queue_tail(sk);
  const s64 allowed = s64(sk->sk_sndbuf) + 2 * SKB_TRUESIZE(GSO_LEGACY_MAX_SIZE);
  return !atAnEnd && sk->sk_wmem_queued / 2 > allowed;
}

// The buffer for what comes behind the cut. `linear` bytes of that stand in the first buffer's head and are copied;
// `paged` bytes stand in pages, and only the account of their memory moves. nullptr: no memory.
static const sk_buff* secondHalf(const sock* sk, const sk_buff* skb, int linear, u32 paged, u32 gfp) {
  const sk_buff* rest = tcp_stream_alloc_skb(sk, linear, gfp, true);
  if (!rest) return nullptr;
  sk_wmem_queued_add(sk, static_cast<int>(rest->truesize));
  sk_mem_charge(sk, static_cast<int>(rest->truesize));
  add(rest->truesize, paged);
  sub(skb->truesize, paged);
  return rest;
}

// Two halves may make more segments of the wire than the whole made. What is in flight is counted anew.
static void recount(const sock* sk, const sk_buff* skb, const sk_buff* rest, u32 mss_now) {
  const int whole = static_cast<int>(tcp_skb_pcount(skb));
  tcp_set_skb_tso_segs(skb, mss_now);
  tcp_set_skb_tso_segs(rest, mss_now);
  setBytes(&TCP_SKB_CB(rest)->tx, &TCP_SKB_CB(skb)->tx, sizeof TCP_SKB_CB(skb)->tx);
  const int fewer = whole - static_cast<int>(tcp_skb_pcount(skb)) - static_cast<int>(tcp_skb_pcount(rest));
  const bool wasSent = !before(tcp_sk(sk)->snd_nxt, TCP_SKB_CB(rest)->end_seq);
  if (wasSent && fewer) tcp_adjust_pcount(sk, skb, fewer);
}

// A list keeps what is to be sent; a tree, and a list in the order of sending, what was sent.
static void enqueueBehind(const sock* sk, tcp_queue queue, const sk_buff* skb, const sk_buff* rest) {
  __skb_header_release(rest);
  if (queue == TCP_FRAG_IN_WRITE_QUEUE) {
    __skb_queue_after(&sk->sk_write_queue, skb, rest);
    return;
  }
  tcp_rbtree_insert(&sk->tcp_rtx_queue, rest);
  list_add(&rest->tcp_tsorted_anchor, &skb->tcp_tsorted_anchor);
}

// Cuts `skb` behind `len` bytes; the rest becomes a buffer of its own, next in the queue. 0 or -ENOMEM.
int tcp_fragment(const sock* sk, tcp_queue queue, const sk_buff* skb, u32 len, u32 mss_now, u32 gfp) {
  KFUNC(tcp_fragment, sk, queue, skb, len, mss_now, gfp);
  if (len > skb->len) return call.result(-EINVAL);
  const u32 linear = skb_headlen(skb) > len ? skb_headlen(skb) - len : 0;
  if (queueIsTooBig(sk, queue, skb) || skb_unclone_keeptruesize(skb, gfp)) return call.result(-ENOMEM);
  const sk_buff* rest = secondHalf(sk, skb, static_cast<int>(linear), skb->len - len - linear, gfp);
  if (!rest) return call.result(-ENOMEM);
  divideSequence(skb, rest, len);
  set(TCP_SKB_CB(rest)->sacked, TCP_SKB_CB(skb)->sacked);
  tcp_skb_fragment_eor(skb, rest);
  skb_split(skb, rest, len);
  set(rest->tstamp, skb->tstamp);
  tcp_fragment_tstamp(skb, rest);
  recount(sk, skb, rest, mss_now);
  enqueueBehind(sk, queue, skb, rest);
  return call.result(0);
}

// The same before the first transmission. All bytes stand in pages and nobody shares the head, so nothing is copied,
// and nothing is in flight that would have to be counted anew.
int tso_fragment(const sock* sk, const sk_buff* skb, u32 len, u32 mss_now, u32 gfp) {
  KFUNC(tso_fragment, sk, skb, len, mss_now, gfp);
  INLINED();
  constexpr tcp_queue queue = TCP_FRAG_IN_WRITE_QUEUE;
  if (skb_headlen(skb)) return call.result(tcp_fragment(sk, queue, skb, len, mss_now, gfp));
  const sk_buff* rest = secondHalf(sk, skb, 0, skb->len - len, gfp);
  if (!rest) return call.result(-ENOMEM);
  divideSequence(skb, rest, len);
  tcp_skb_fragment_eor(skb, rest);
  skb_split(skb, rest, len);
  tcp_fragment_tstamp(skb, rest);
  for (const sk_buff* half : {skb, rest}) tcp_set_skb_tso_segs(half, mss_now);
  enqueueBehind(sk, queue, skb, rest);
  return call.result(0);
}

// A fragment that moves to slot `to`, without its first `cut` bytes.
static void keepFragment(const sk_buff* skb, int from, int to, u32 cut) {
  const bio_vec *frags = skb_shinfo(skb)->frags, *kept = &frags[from];
  if (to != from)
    __skb_fill_page_desc(skb, to, kept->bv_page, static_cast<int>(kept->bv_offset),
                         static_cast<int>(skb_frag_size(kept)));
  if (!cut) return;
  add(frags[to].bv_offset, cut);
  sub(frags[to].bv_len, cut);
}

// Drops the first bytes; gives how many of them stood in pages (the linear part's memory stays taken).
u32 __pskb_trim_head(const sk_buff* skb, u32 len) {
  KFUNC(__pskb_trim_head, skb, len);
  const u32 linear = std::min(len, skb_headlen(skb));
  if (linear) __skb_pull(skb, linear);
  const u32 paged = len - linear;
  if (!paged) return call.result(0u);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  u32 left = paged;
  int kept = 0;
  for (int i = 0; i < shinfo->nr_frags; ++i) {
    const u32 bytes = skb_frag_size(&shinfo->frags[i]), cut = std::min(left, bytes);
    left -= cut;
    if (cut == bytes) skb_frag_unref(skb, i);
    else keepFragment(skb, i, kept++, cut);
  }
  set(shinfo->nr_frags, kept);
  sub(skb->data_len, paged);
  set(skb->len, skb->data_len);
  return call.result(paged);
}

static void giveBackMemory(const sock* sk, const sk_buff* skb, u32 freed) {
  sub(skb->truesize, freed);
  sk_wmem_queued_add(sk, -static_cast<int>(freed));
  if (!skb_zcopy_pure(skb)) sk_mem_uncharge(sk, static_cast<int>(freed)); // pages of the user were never charged
}

// The first `len` bytes of a sent segment are acknowledged: they go.
int tcp_trim_head(const sock* sk, const sk_buff* skb, u32 len) {
  KFUNC(tcp_trim_head, sk, skb, len);
  if (skb_unclone_keeptruesize(skb, GFP_ATOMIC)) return call.result(-ENOMEM);
  const u32 freed = __pskb_trim_head(skb, len);
  add(TCP_SKB_CB(skb)->seq, len);
  if (freed) giveBackMemory(sk, skb, freed);
  const bool several = tcp_skb_pcount(skb) > 1;
  if (several) tcp_set_skb_tso_segs(skb, tcp_skb_mss(skb));
  return call.result(0);
}

} // namespace sockwalk::kernel
