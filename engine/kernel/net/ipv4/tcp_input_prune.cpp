// The receive buffer is full. First buffers that waste room are copied into dense ones; if that does not do, what waits
// out of order is dropped, the highest first: the peer still has it.
#include "engine/kernel/include/net/tcp_segments.h"
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
  void remove(const sk_buff* skb) const {
    if (list) __skb_unlink(skb, list);
    else rb_erase(&skb->rbnode, root);
  }
};
} // namespace

static const sk_buff* tcp_collapse_one(const sk_buff* skb, const Queue& q) { // all its bytes were copied
  KFUNC(tcp_collapse_one, skb);
  const sk_buff* following = q.next(skb);
  q.remove(skb);
  __kfree_skb(skb);
  return call.result(following);
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
    mark(BufferMark::Joined, skb, nskb);
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
    const int room = static_cast<int>(std::min(SKB_MAX_ORDER_0, end - start));
    const sk_buff* dense = alloc_skb(static_cast<u32>(room), GFP_ATOMIC);
    if (!dense) break;
    setBytes(dense->cb, skb->cb, sizeof skb->cb);
    set(TCP_SKB_CB(dense)->seq, start);
    set(TCP_SKB_CB(dense)->end_seq, start);
    if (q.list) __skb_insert(dense, skb->prev, skb, q.list);
    else made.push_back(dense);
    skb_set_owner_r(dense, sk);
    skb = fillDense(q, dense, skb, tail, room, &start);
  }
  for (const sk_buff* dense : made) tcp_rbtree_insert(q.root, dense);
}

// Each run of neighbours without a hole between is collapsed by itself.
static void tcp_collapse_ofo_queue(const sock* sk) {
  const Queue q{nullptr, &tcp_sk(sk)->out_of_order_queue};
  const u32 enough = static_cast<u32>(sk->sk_rcvbuf) >> 3; // so much in small pieces is not worth more work
  u32 inPieces = 0;
  for (const sk_buff* skb = skb_rb_first(q.root); skb;) {
    const sk_buff* first = skb;
    u32 low = seqOf(first), high = endSeqOf(first), cost = first->truesize;
    while ((skb = skb_rb_next(skb)) && !after(seqOf(skb), high) && !before(endSeqOf(skb), low)) {
      cost += skb->truesize;
      if (before(seqOf(skb), low)) low = seqOf(skb);
      if (after(endSeqOf(skb), high)) high = endSeqOf(skb);
    }
    const bool alone = cost == first->truesize, tiny = high - low < SKB_MAX_ORDER_0;
    if (!alone || !tiny) {
      tcp_collapse(sk, q, first, skb, low, high);
      continue;
    }
    inPieces += cost;
    if (inPieces > enough) return;
  }
  set(tcp_sk(sk)->ooo_last_skb, skb_rb_last(q.root));
}

// Drops from the end, an eighth of the buffer at least. True: something went.
static bool tcp_prune_ofo_queue(const sock* sk) {
  KFUNC(tcp_prune_ofo_queue, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const rb_root* tree = &tp->out_of_order_queue;
  const sk_buff* last = tp->ooo_last_skb;
  const bool empty = !tree->rb_node.value;
  if (empty) return call.result(false);

  const int step = sk->sk_rcvbuf >> 3;
  for (int freed = 0; last;) {
    const sk_buff* victim = last;
    last = skb_rb_prev(victim);
    rb_erase(&victim->rbnode, tree);
    freed += static_cast<int>(victim->truesize);
    tcp_drop_reason(sk, victim, SKB_DROP_REASON_TCP_OFO_QUEUE_PRUNE);
    const bool stepDone = freed >= step || !last;
    if (!stepDone) continue;
    if (sk_rmem_alloc_get(sk) <= sk->sk_rcvbuf && !tcp_under_memory_pressure(sk)) break;
    freed = 0;
  }
  set(tp->ooo_last_skb, last);
  if (tp->rx_opt.sack_ok) tcp_sack_reset(&tp->rx_opt); // what we reported is not true any more
  return call.result(true);
}

static int tcp_prune_queue(const sock* sk) {
  KFUNC(tcp_prune_queue, sk);
  INLINED();
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
  const auto granted = [&] { return sk_rmem_schedule(sk, skb, static_cast<int>(size)); };
  const bool withinLimit = sk->sk_rcvbuf >= sk_rmem_alloc_get(sk);
  if (withinLimit && granted()) return call.result(0);
  bool hope = tcp_prune_queue(sk) == 0;
  while (hope && !granted()) hope = tcp_prune_ofo_queue(sk);
  return call.result(hope ? 0 : -1);
}

} // namespace sockwalk::kernel
