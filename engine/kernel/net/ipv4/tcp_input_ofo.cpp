// Data beyond a hole waits in a red-black tree by sequence number, without overlaps, and is reported to the peer by SACK
// blocks, the latest first; what came twice by D-SACK. Source: RFC 2018 4, RFC 2883.
#include "engine/kernel/net/ipv4/tcp_input_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

static void setBlock(const tcp_sack_block& b, u32 start, u32 end) {
  set(b.start_seq, start);
  set(b.end_seq, end);
}
static void copyBlock(const tcp_sack_block& to, const tcp_sack_block& from) {
  setBlock(to, from.start_seq, from.end_seq);
}

// Widens the block by a range that touches it.
static bool tcp_sack_extend(const tcp_sack_block& b, u32 seq, u32 end_seq) {
  const bool apart = before(b.end_seq, seq) || before(end_seq, b.start_seq);
  if (apart) return false;
  if (before(seq, b.start_seq)) set(b.start_seq, seq);
  if (after(end_seq, b.end_seq)) set(b.end_seq, end_seq);
  return true;
}

// ---- D-SACK
void tcp_dsack_set(const sock* sk, u32 seq, u32 end_seq) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tcp_is_sack(tp) || !sock_net(sk)->ipv4.sysctl_tcp_dsack) return;
  set(&tp->rx_opt, tcp_options_received::bit::dsack, 1);
  setBlock(tp->duplicate_sack[0], seq, end_seq);
}
static void tcp_dsack_extend(const sock* sk, u32 seq, u32 end_seq) {
  KFUNC(tcp_dsack_extend, sk, seq, end_seq);
  const tcp_sack_block& reported = tcp_sk(sk)->duplicate_sack[0];
  const bool begun = tcp_sk(sk)->rx_opt.dsack;
  if (begun) tcp_sack_extend(reported, seq, end_seq);
  else tcp_dsack_set(sk, seq, end_seq);
}

// The same segment for the second time: our acknowledgements do not arrive, so try another path through the network.
void tcp_rcv_spurious_retrans(const sock* sk, const sk_buff* skb) {
  if (seqOf(skb) != tcp_sk(sk)->duplicate_sack[0].start_seq) return;
  if (sk->sk_txhash && sk->sk_txrehash == 1) set(sk->sk_txhash, std::max<u32>(1, static_cast<u32>(machine().random())));
}

// ---- the blocks that we report
static void tcp_sack_maybe_coalesce(const tcp_sock* tp) { // the first has grown: it may touch others now
  const tcp_sack_block* blocks = tp->selective_acks;
  for (int i = 1; i < tp->rx_opt.num_sacks;) {
    if (!tcp_sack_extend(blocks[0], blocks[i].start_seq, blocks[i].end_seq)) {
      ++i;
      continue;
    }
    set(tp->rx_opt.num_sacks, tp->rx_opt.num_sacks - 1);
    for (int j = i; j < tp->rx_opt.num_sacks; ++j) copyBlock(blocks[j], blocks[j + 1]);
  }
}

static void toFront(const tcp_sack_block* sp, int at) {
  const SackRange range{sp[at].start_seq, sp[at].end_seq};
  for (; at > 0; --at) copyBlock(sp[at], sp[at - 1]);
  setBlock(sp[0], range.start, range.end);
}

static void tcp_sack_new_ofo_skb(const sock* sk, u32 seq, u32 end_seq) {
  KFUNC(tcp_sack_new_ofo_skb, sk, seq, end_seq);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_sack_block* blocks = tp->selective_acks;
  int cur = tp->rx_opt.num_sacks;
  for (int i = 0; i < cur; ++i) {
    if (!tcp_sack_extend(blocks[i], seq, end_seq)) continue;
    if (i >= TCP_SACK_BLOCKS_EXPECTED) tcp_sack_compress_send_ack(sk);
    toFront(blocks, i);
    if (cur > 1) tcp_sack_maybe_coalesce(tp);
    return;
  }
  if (cur >= TCP_SACK_BLOCKS_EXPECTED) tcp_sack_compress_send_ack(sk);
  if (cur >= static_cast<int>(TCP_NUM_SACKS)) cur = TCP_NUM_SACKS - 1; // the oldest is forgotten
  for (int i = cur; i > 0; --i) copyBlock(blocks[i], blocks[i - 1]);
  setBlock(blocks[0], seq, end_seq);
  set(tp->rx_opt.num_sacks, cur + 1);
}

// What we expect has advanced over some blocks.
void tcp_sack_remove(const tcp_sock* tp) {
  if (!tp->out_of_order_queue.rb_node.value) {
    set(tp->rx_opt.num_sacks, 0);
    return;
  }
  int left = 0;
  for (int i = 0; i < tp->rx_opt.num_sacks; ++i) {
    const tcp_sack_block& b = tp->selective_acks[i];
    if (!before(tp->rcv_nxt, b.start_seq)) continue;
    if (left != i) copyBlock(tp->selective_acks[left], b);
    ++left;
  }
  set(tp->rx_opt.num_sacks, left);
}

// ---- the tree
// The hole is filled, perhaps: what follows what we have goes over to the receive queue.
void tcp_ofo_queue(const sock* sk) {
  KFUNC(tcp_ofo_queue, sk);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const rb_root* tree = &tp->out_of_order_queue;
  const u32 hadUpTo = tp->rcv_nxt; // what lies below came twice
  while (const sk_buff* skb = skb_rb_first(tree)) {
    if (after(seqOf(skb), tp->rcv_nxt)) break;
    if (before(seqOf(skb), hadUpTo))
      tcp_dsack_extend(sk, seqOf(skb), before(endSeqOf(skb), hadUpTo) ? endSeqOf(skb) : hadUpTo);
    rb_erase(&skb->rbnode, tree);
    if (!after(endSeqOf(skb), tp->rcv_nxt)) {
      tcp_drop_reason(sk, skb, SKB_DROP_REASON_TCP_OFO_DROP);
      continue;
    }
    bool fragstolen = false;
    const bool isLast = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN;
    const sk_buff* tail = skb_peek_tail(&sk->sk_receive_queue);
    const bool eaten = tail && tcp_try_coalesce(sk, tail, skb, &fragstolen);
    NOTE("tcp.hole_filled", sk, seqOf(skb), endSeqOf(skb));
    tcp_rcv_nxt_update(tp, endSeqOf(skb));
    if (eaten) kfree_skb_partial(skb, fragstolen);
    else __skb_queue_tail(&sk->sk_receive_queue, skb);
    if (isLast) { // it empties the tree
      tcp_fin(sk);
      break;
    }
  }
}

static bool tcp_ooo_try_coalesce(const sock* sk, const sk_buff* to, const sk_buff* from, bool* fragstolen) {
  if (!tcp_try_coalesce(sk, to, from, fragstolen)) return false;
  set(skb_shinfo(to)->gso_segs, std::min<u32>(gsoSegs(to) + gsoSegs(from), 0xffff));
  return true;
}

namespace {
struct Insertion {
  enum Result { Inserted, Coalesced, Dropped } result = Inserted;
  bool fragstolen = false;
};

class OfoTree {
public:
  OfoTree(const sock* sk, const sk_buff* skb)
      : m_sk(sk), m_tp(tcp_sk(sk)), m_skb(skb), m_seq(seqOf(skb)), m_end(endSeqOf(skb)) {}

  Insertion insert() {
    const sk_buff* last = m_tp->ooo_last_skb;
    if (tcp_ooo_try_coalesce(m_sk, last, m_skb, &m_out.fragstolen)) return finish(Insertion::Coalesced);
    if (!before(m_seq, endSeqOf(last))) { // behind all others, as most are
      link(&last->rbnode, &last->rbnode.rb_right);
    } else if (const Insertion::Result r = descend(); r != Insertion::Inserted) {
      return finish(r);
    }
    swallowFollowing();
    return finish(Insertion::Inserted);
  }

private:
  const rb_root* tree() const { return &m_tp->out_of_order_queue; }
  Insertion finish(Insertion::Result r) {
    m_out.result = r;
    return m_out;
  }
  void link(const rb_node* parent, const kptr<rb_node>* place) {
    rb_link_node(&m_skb->rbnode, parent, place);
    rb_insert_color(&m_skb->rbnode, tree());
  }
  Insertion::Result descend() {
    const rb_node* parent = nullptr;
    const kptr<rb_node>* p = &tree()->rb_node;
    while (const rb_node* at = p->get()) {
      parent = at;
      const sk_buff* other = rb_to_skb(at);
      if (before(m_seq, seqOf(other))) {
        p = &at->rb_left;
        continue;
      }
      if (before(m_seq, endSeqOf(other))) {
        if (!after(m_end, endSeqOf(other))) return allThere();
        if (!after(m_seq, seqOf(other))) { // starts where the other does, and is longer
          rb_replace_node(at, &m_skb->rbnode, tree());
          swallow(other);
          return Insertion::Inserted;
        }
        tcp_dsack_set(m_sk, m_seq, endSeqOf(other));
      } else if (tcp_ooo_try_coalesce(m_sk, other, m_skb, &m_out.fragstolen)) {
        return Insertion::Coalesced;
      }
      p = &at->rb_right;
    }
    link(parent, p);
    return Insertion::Inserted;
  }
  Insertion::Result allThere() {
    tcp_drop_reason(m_sk, m_skb, SKB_DROP_REASON_TCP_OFOMERGE);
    tcp_dsack_set(m_sk, m_seq, m_end);
    return Insertion::Dropped;
  }
  void swallow(const sk_buff* other) {
    tcp_dsack_extend(m_sk, seqOf(other), endSeqOf(other));
    tcp_drop_reason(m_sk, other, SKB_DROP_REASON_TCP_OFOMERGE);
  }
  void swallowFollowing() { // segments that the new one covers
    while (const sk_buff* other = skb_rb_next(m_skb)) {
      if (!after(m_end, seqOf(other))) return;
      if (before(m_end, endSeqOf(other))) {
        tcp_dsack_extend(m_sk, seqOf(other), m_end);
        return;
      }
      rb_erase(&other->rbnode, tree());
      swallow(other);
    }
    set(m_tp->ooo_last_skb, m_skb);
  }

  const sock* m_sk;
  const tcp_sock* m_tp;
  const sk_buff* m_skb;
  u32 m_seq, m_end;
  Insertion m_out;
};
} // namespace

static void firstOutOfOrder(const tcp_sock* tp, const sk_buff* skb) {
  if (tcp_is_sack(tp)) {
    set(tp->rx_opt.num_sacks, 1);
    setBlock(tp->selective_acks[0], seqOf(skb), endSeqOf(skb));
  }
  rb_link_node(&skb->rbnode, nullptr, &tp->out_of_order_queue.rb_node);
  rb_insert_color(&skb->rbnode, &tp->out_of_order_queue);
  set(tp->ooo_last_skb, skb);
}

static void keepOutOfOrder(const sock* sk, const sk_buff* skb) {
  mark(BufferMark::Delivered, skb, sk);
  if (tcp_is_sack(tcp_sk(sk)))
    tcp_grow_window(sk, skb, false); // without SACK the window must stay: dupacks are counted
  skb_condense(skb);
  skb_set_owner_r(skb, sk);
}

void tcp_data_queue_ofo(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_data_queue_ofo, sk, skb);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  tcp_ecn_check_ce(sk, skb);
  if (tcp_try_rmem_schedule(sk, skb, skb->truesize)) {
    sk->sk_data_ready(sk);
    tcp_drop_reason(sk, skb, SKB_DROP_REASON_PROTO_MEM);
    return;
  }
  set(tp->pred_flags, 0);
  inet_csk_schedule_ack(sk);
  add(tp->rcv_ooopack, gsoSegs(skb));
  const u32 first = seqOf(skb), behind = endSeqOf(skb); // the buffer may be gone when they are needed
  NOTE("tcp.out_of_order", skb, first - tp->rcv_nxt);
  if (!tp->out_of_order_queue.rb_node.value) {
    firstOutOfOrder(tp, skb);
    keepOutOfOrder(sk, skb);
    return;
  }
  const Insertion in = OfoTree(sk, skb).insert();
  if (in.result == Insertion::Coalesced) {
    if (tcp_is_sack(tp)) tcp_grow_window(sk, skb, true);
    mark(BufferMark::Delivered, skb, sk);
    kfree_skb_partial(skb, in.fragstolen);
  }
  if (tcp_is_sack(tp)) tcp_sack_new_ofo_skb(sk, first, behind);
  if (in.result == Insertion::Inserted) keepOutOfOrder(sk, skb);
}

} // namespace sockwalk::kernel
