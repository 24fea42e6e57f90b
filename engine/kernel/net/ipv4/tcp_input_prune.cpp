// The receive buffer is full. First buffers that waste room are copied into dense ones; if that does not do, what waits
// out of order is dropped, the highest first: the peer still has it.
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

constexpr u32 SYN_OR_FIN = TCPHDR_SYN | TCPHDR_FIN;
static const u32 SKB_MAX_ORDER_0 = SKB_WITH_OVERHEAD(u32(PAGE_SIZE)); // bytes in a buffer of one page

// ---- one of two queues: the receive queue (a list) or what is out of order (a tree)
namespace {
struct Queue {
  const sk_buff_head* list;
  const rb_root* root;
  const sk_buff* next(const sk_buff* skb) const {
    if (!list) return skb_rb_next(skb);
    return skb->next == queueHead(list) ? nullptr : skb->next.get();
  }
};
} // namespace

static const sk_buff* tcp_collapse_one(const sk_buff* skb, const Queue& q) { // all its bytes were copied
  KFUNC(tcp_collapse_one, skb);
  const sk_buff* next = q.next(skb);
  if (q.list) __skb_unlink(skb, q.list);
  else rb_erase(&skb->rbnode, q.root);
  __kfree_skb(skb);
  return call.result(next);
}

// Where collapsing starts to be worth it; nullptr: nowhere. Buffers without new bytes go on the way.
static const sk_buff* findWasteful(const sock* sk, const Queue& q, const sk_buff* skb, const sk_buff* tail,
                                   u32* start) {
  while (skb && skb != tail) {
    if (!before(*start, endSeqOf(skb))) {
      skb = tcp_collapse_one(skb, q);
      continue;
    }
    const sk_buff* n = q.next(skb);
    const bool plain = !(TCP_SKB_CB(skb)->tcp_flags & SYN_OR_FIN);
    const bool wasteful = tcp_win_from_space(sk, static_cast<int>(skb->truesize)) > static_cast<int>(skb->len);
    if (plain && (wasteful || before(seqOf(skb), *start))) return skb;
    if (n && n != tail && endSeqOf(skb) != seqOf(n)) return plain ? skb : nullptr; // they overlap
    *start = endSeqOf(skb);
    skb = n;
  }
  return nullptr;
}

// Fills `nskb` from `skb` and what follows. Gives the buffer that stands there then, or nullptr at the end.
static const sk_buff* fillDense(const Queue& q, const sk_buff* nskb, const sk_buff* skb, const sk_buff* tail, int copy,
                                u32* start) {
  while (copy > 0) {
    const int offset = static_cast<int>(*start - seqOf(skb));
    BUG_ON(offset < 0);
    const int size = std::min(copy, static_cast<int>(endSeqOf(skb) - *start));
    if (size > 0) {
      std::vector<u8> bytes(static_cast<u32>(size));
      BUG_ON(skb_copy_bits(skb, offset, bytes.data(), size));
      skb_put_data(nskb, bytes.data(), static_cast<u32>(size));
      add(TCP_SKB_CB(nskb)->end_seq, static_cast<u32>(size));
      copy -= size;
      *start += static_cast<u32>(size);
    }
    if (before(*start, endSeqOf(skb))) continue;
    skb = tcp_collapse_one(skb, q);
    if (!skb || skb == tail || TCP_SKB_CB(skb)->tcp_flags & SYN_OR_FIN) return nullptr;
  }
  return skb;
}

// Bytes start..end of the buffers from `head` up to `tail` (nullptr: to the queue's end) move into dense buffers.
static void tcp_collapse(const sock* sk, const Queue& q, const sk_buff* head, const sk_buff* tail, u32 start, u32 end) {
  KFUNC(tcp_collapse, sk, head, tail, start, end);
  const sk_buff* skb = findWasteful(sk, q, head, tail, &start);
  if (!skb || TCP_SKB_CB(skb)->tcp_flags & SYN_OR_FIN) return;
  NOTE("tcp.collapse", sk, end - start);
  std::vector<const sk_buff*> made; // the tree takes them when the old ones have left it
  while (skb && before(start, end)) {
    const int copy = static_cast<int>(std::min(SKB_MAX_ORDER_0, end - start));
    const sk_buff* nskb = alloc_skb(static_cast<u32>(copy), GFP_ATOMIC);
    if (!nskb) break;
    setBytes(nskb->cb, skb->cb, sizeof skb->cb);
    set(TCP_SKB_CB(nskb)->seq, start);
    set(TCP_SKB_CB(nskb)->end_seq, start);
    if (q.list) __skb_insert(nskb, skb->prev, skb, q.list);
    else made.push_back(nskb);
    skb_set_owner_r(nskb, sk);
    skb = fillDense(q, nskb, skb, tail, copy, &start);
  }
  for (const sk_buff* nskb : made) tcp_rbtree_insert(q.root, nskb);
}

// Each run of neighbours without a hole between is collapsed by itself.
static void tcp_collapse_ofo_queue(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const Queue q{nullptr, &tp->out_of_order_queue};
  u32 sum_tiny = 0;
  for (const sk_buff* skb = skb_rb_first(q.root); skb;) {
    const sk_buff* head = skb;
    u32 start = seqOf(skb), end = endSeqOf(skb), range_truesize = skb->truesize;
    const u32 first_truesize = skb->truesize;
    while ((skb = skb_rb_next(skb)) && !after(seqOf(skb), end) && !before(endSeqOf(skb), start)) {
      range_truesize += skb->truesize;
      if (before(seqOf(skb), start)) start = seqOf(skb);
      if (after(endSeqOf(skb), end)) end = endSeqOf(skb);
    }
    if (range_truesize != first_truesize || end - start >= SKB_MAX_ORDER_0) {
      tcp_collapse(sk, q, head, skb, start, end);
    } else {
      sum_tiny += range_truesize;
      if (sum_tiny > static_cast<u32>(sk->sk_rcvbuf) >> 3) return;
    }
  }
  set(tp->ooo_last_skb, skb_rb_last(q.root));
}

// Drops from the end, an eighth of the buffer at least. True: something went.
static bool tcp_prune_ofo_queue(const sock* sk) {
  KFUNC(tcp_prune_ofo_queue, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const rb_root* tree = &tp->out_of_order_queue;
  if (!tree->rb_node.value) return call.result(false);
  int goal = sk->sk_rcvbuf >> 3;
  const sk_buff* skb = tp->ooo_last_skb;
  while (skb) {
    const sk_buff* prev = skb_rb_prev(skb);
    rb_erase(&skb->rbnode, tree);
    goal -= static_cast<int>(skb->truesize);
    tcp_drop_reason(sk, skb, SKB_DROP_REASON_TCP_OFO_QUEUE_PRUNE);
    skb = prev;
    if (prev && goal > 0) continue;
    if (sk_rmem_alloc_get(sk) <= sk->sk_rcvbuf && !tcp_under_memory_pressure(sk)) break;
    goal = sk->sk_rcvbuf >> 3;
  }
  set(tp->ooo_last_skb, skb);
  if (tp->rx_opt.sack_ok) tcp_sack_reset(&tp->rx_opt); // what we reported is not true any more
  return call.result(true);
}

static int tcp_prune_queue(const sock* sk) {
  KFUNC(tcp_prune_queue, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const auto fits = [&] { return sk_rmem_alloc_get(sk) <= sk->sk_rcvbuf; };
  NOTE("tcp.prune", sk, sk_rmem_alloc_get(sk), sk->sk_rcvbuf);
  if (sk_rmem_alloc_get(sk) >= sk->sk_rcvbuf) tcp_clamp_window(sk);
  else if (tcp_under_memory_pressure(sk)) tcp_adjust_rcv_ssthresh(sk);
  if (fits()) return call.result(0);
  tcp_collapse_ofo_queue(sk);
  const Queue received{&sk->sk_receive_queue, nullptr};
  if (const sk_buff* first = skb_peek(&sk->sk_receive_queue))
    tcp_collapse(sk, received, first, nullptr, tp->copied_seq, tp->rcv_nxt);
  if (fits()) return call.result(0);
  tcp_prune_ofo_queue(sk);
  if (fits()) return call.result(0);
  set(tp->pred_flags, 0);
  return call.result(-1);
}

// Memory for one more buffer in the queues. -1: there is none.
int tcp_try_rmem_schedule(const sock* sk, const sk_buff* skb, u32 size) {
  KFUNC(tcp_try_rmem_schedule, sk, skb, size);
  const int bytes = static_cast<int>(size);
  if (sk_rmem_alloc_get(sk) <= sk->sk_rcvbuf && sk_rmem_schedule(sk, skb, bytes)) return call.result(0);
  if (tcp_prune_queue(sk) < 0) return call.result(-1);
  while (!sk_rmem_schedule(sk, skb, bytes))
    if (!tcp_prune_ofo_queue(sk)) return call.result(-1);
  return call.result(0);
}

} // namespace sockwalk::kernel
