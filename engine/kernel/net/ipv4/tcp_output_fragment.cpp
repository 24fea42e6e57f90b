// Segments that change their size: one cut in two because window, path or retransmission want less, and one whose
// beginning is acknowledged already. The bytes do not move: page fragments are handed from one buffer to the other.
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

static constexpr u32 GSO_LEGACY_MAX_SIZE = 65536;
static constexpr u8 SKBTX_ANY_TSTAMP = 1 | 2 | 64;

// How many segments of the wire a queued buffer makes. The device or GSO cuts it up.
void tcp_set_skb_tso_segs(const sk_buff* skb, u32 mss_now) {
  KFUNC(tcp_set_skb_tso_segs, skb, mss_now);
  const bool one = skb->len <= mss_now;
  tcp_skb_pcount_set(skb, one ? 1 : static_cast<int>((skb->len + mss_now - 1) / mss_now));
  set(TCP_SKB_CB(skb)->tcp_gso_size, one ? 0 : mss_now);
}

int tcp_init_tso_segs(const sk_buff* skb, u32 mss_now) {
  KFUNC(tcp_init_tso_segs, skb, mss_now);
  const u32 segs = tcp_skb_pcount(skb);
  if (!segs || (segs > 1 && tcp_skb_mss(skb) != mss_now)) tcp_set_skb_tso_segs(skb, mss_now);
  return call.result(static_cast<int>(tcp_skb_pcount(skb)));
}

// A buffer in the retransmission queue counts `decr` segments less: the counters of what is in flight follow.
void tcp_adjust_pcount(const sock* sk, const sk_buff* skb, int decr) {
  KFUNC(tcp_adjust_pcount, sk, skb, decr);
  const tcp_sock* tp = tcp_sk(sk);
  const u8 sacked = TCP_SKB_CB(skb)->sacked;
  sub(tp->packets_out, decr);
  if (sacked & TCPCB_SACKED_ACKED) sub(tp->sacked_out, decr);
  if (sacked & TCPCB_SACKED_RETRANS) sub(tp->retrans_out, decr);
  if (sacked & TCPCB_LOST) sub(tp->lost_out, decr);
  if (tcp_is_reno(tp) && decr > 0) sub(tp->sacked_out, std::min<u32>(tp->sacked_out, static_cast<u32>(decr)));
  const sk_buff* hint = tp->lost_skb_hint;
  if (hint && before(TCP_SKB_CB(skb)->seq, TCP_SKB_CB(hint)->seq) && sacked & TCPCB_SACKED_ACKED)
    sub(tp->lost_cnt_hint, decr);
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

// Too much memory is taken to make a second buffer of one in the middle of the retransmission queue.
static bool queueIsTooBig(const sock* sk, tcp_queue queue, const sk_buff* skb) {
  const s64 limit = s64(sk->sk_sndbuf) + 2 * SKB_TRUESIZE(GSO_LEGACY_MAX_SIZE);
  return sk->sk_wmem_queued >> 1 > limit && queue != TCP_FRAG_IN_WRITE_QUEUE && skb != tcp_rtx_queue_head(sk) &&
         skb != tcp_rtx_queue_tail(sk);
}

// Cuts `skb` behind `len` bytes; the rest becomes a buffer of its own, next in the queue. 0 or -ENOMEM.
int tcp_fragment(const sock* sk, tcp_queue queue, const sk_buff* skb, u32 len, u32 mss_now, u32 gfp) {
  KFUNC(tcp_fragment, sk, queue, skb, len, mss_now, gfp);
  if (len > skb->len) return call.result(-EINVAL);
  const int nsize = std::max(static_cast<int>(skb_headlen(skb)) - static_cast<int>(len), 0);
  if (queueIsTooBig(sk, queue, skb) || skb_unclone_keeptruesize(skb, gfp)) return call.result(-ENOMEM);
  const sk_buff* buff = tcp_stream_alloc_skb(sk, nsize, gfp, true);
  if (!buff) return call.result(-ENOMEM);
  sk_wmem_queued_add(sk, static_cast<int>(buff->truesize));
  sk_mem_charge(sk, static_cast<int>(buff->truesize));
  const u32 nlen = skb->len - len - static_cast<u32>(nsize);
  add(buff->truesize, nlen);
  sub(skb->truesize, nlen);
  divideSequence(skb, buff, len);
  set(TCP_SKB_CB(buff)->sacked, TCP_SKB_CB(skb)->sacked);
  tcp_skb_fragment_eor(skb, buff);
  skb_split(skb, buff, len);
  set(buff->tstamp, skb->tstamp);
  tcp_fragment_tstamp(skb, buff);
  const int old_factor = static_cast<int>(tcp_skb_pcount(skb));
  tcp_set_skb_tso_segs(skb, mss_now);
  tcp_set_skb_tso_segs(buff, mss_now);
  setBytes(&TCP_SKB_CB(buff)->tx, &TCP_SKB_CB(skb)->tx, sizeof TCP_SKB_CB(skb)->tx);
  if (!before(tcp_sk(sk)->snd_nxt, TCP_SKB_CB(buff)->end_seq)) {
    const int diff = old_factor - static_cast<int>(tcp_skb_pcount(skb)) - static_cast<int>(tcp_skb_pcount(buff));
    if (diff) tcp_adjust_pcount(sk, skb, diff);
  }
  __skb_header_release(buff);
  if (queue == TCP_FRAG_IN_WRITE_QUEUE) {
    __skb_queue_after(&sk->sk_write_queue, skb, buff);
  } else {
    tcp_rbtree_insert(&sk->tcp_rtx_queue, buff);
    list_add(&buff->tcp_tsorted_anchor, &skb->tcp_tsorted_anchor);
  }
  return call.result(0);
}

// The same before the first transmission, when all bytes stand in pages and nobody shares the head.
int tso_fragment(const sock* sk, const sk_buff* skb, u32 len, u32 mss_now, u32 gfp) {
  KFUNC(tso_fragment, sk, skb, len, mss_now, gfp);
  if (skb->len != skb->data_len) return call.result(tcp_fragment(sk, TCP_FRAG_IN_WRITE_QUEUE, skb, len, mss_now, gfp));
  const u32 nlen = skb->len - len;
  const sk_buff* buff = tcp_stream_alloc_skb(sk, 0, gfp, true);
  if (!buff) return call.result(-ENOMEM);
  sk_wmem_queued_add(sk, static_cast<int>(buff->truesize));
  sk_mem_charge(sk, static_cast<int>(buff->truesize));
  add(buff->truesize, nlen);
  sub(skb->truesize, nlen);
  divideSequence(skb, buff, len);
  tcp_skb_fragment_eor(skb, buff);
  skb_split(skb, buff, len);
  tcp_fragment_tstamp(skb, buff);
  tcp_set_skb_tso_segs(skb, mss_now);
  tcp_set_skb_tso_segs(buff, mss_now);
  __skb_header_release(buff);
  __skb_queue_after(&sk->sk_write_queue, skb, buff);
  return call.result(0);
}

// Drops the first bytes; gives how many of them stood in pages (the linear part's memory stays taken).
u32 __pskb_trim_head(const sk_buff* skb, u32 len) {
  KFUNC(__pskb_trim_head, skb, len);
  const u32 linear = std::min(len, skb_headlen(skb));
  if (linear) __skb_pull(skb, linear);
  len -= linear;
  if (!len) return call.result(0u);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  u32 eat = len;
  int kept = 0;
  for (int i = 0; i < shinfo->nr_frags; ++i) {
    const u32 size = skb_frag_size(&shinfo->frags[i]);
    if (size <= eat) {
      skb_frag_unref(skb, i);
      eat -= size;
      continue;
    }
    const bio_vec* frag = &shinfo->frags[i];
    if (kept != i)
      __skb_fill_page_desc(skb, kept, frag->bv_page, static_cast<int>(frag->bv_offset), static_cast<int>(size));
    if (eat) {
      add(shinfo->frags[kept].bv_offset, eat);
      sub(shinfo->frags[kept].bv_len, eat);
      eat = 0;
    }
    ++kept;
  }
  set(shinfo->nr_frags, kept);
  sub(skb->data_len, len);
  set(skb->len, skb->data_len);
  return call.result(len);
}

// The first `len` bytes of a sent segment are acknowledged: they go.
int tcp_trim_head(const sock* sk, const sk_buff* skb, u32 len) {
  KFUNC(tcp_trim_head, sk, skb, len);
  if (skb_unclone_keeptruesize(skb, GFP_ATOMIC)) return call.result(-ENOMEM);
  const u32 delta_truesize = __pskb_trim_head(skb, len);
  add(TCP_SKB_CB(skb)->seq, len);
  if (delta_truesize) {
    sub(skb->truesize, delta_truesize);
    sk_wmem_queued_add(sk, -static_cast<int>(delta_truesize));
    if (!skb_zcopy_pure(skb)) sk_mem_uncharge(sk, static_cast<int>(delta_truesize));
  }
  if (tcp_skb_pcount(skb) > 1) tcp_set_skb_tso_segs(skb, tcp_skb_mss(skb));
  return call.result(0);
}

} // namespace sockwalk::kernel
