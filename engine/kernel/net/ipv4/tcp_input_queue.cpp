// Data finds its place: in order to the receive queue, where the reader takes it; beyond a hole to the out-of-order
// queue; what is there already, or does not fit the window, away, with an acknowledgement that says what we expect.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

// Joins `from` to the buffer before it: less memory, a shorter queue. True: the caller frees what is left of `from`.
bool tcp_try_coalesce(const sock* sk, const sk_buff* to, const sk_buff* from, bool* fragstolen) {
  KFUNC(tcp_try_coalesce, sk, to, from);
  *fragstolen = false;
  if (seqOf(from) != endSeqOf(to)) return call.result(false);
  int grown; // what the joined buffer costs more; the rest is freed with `from`
  if (!skb_try_coalesce(to, from, fragstolen, &grown)) return call.result(false);
  add(sk->sk_backlog.rmem_alloc.counter, grown);
  sk_mem_charge(sk, grown);
  const tcp_skb_cb *cb = TCP_SKB_CB(to), *more = TCP_SKB_CB(from);
  set(cb->end_seq, more->end_seq);
  set(cb->ack_seq, more->ack_seq);
  set(cb->tcp_flags, cb->tcp_flags | more->tcp_flags);
  if (more->has_rxtstamp) {
    set(cb, tcp_skb_cb::bit::has_rxtstamp, 1);
    set(to->tstamp, from->tstamp);
  }
  return call.result(true);
}

// 1: `skb` was joined to the last buffer of the queue, and the caller frees the shell.
int tcp_queue_rcv(const sock* sk, const sk_buff* skb, bool* fragstolen) {
  KFUNC(tcp_queue_rcv, sk, skb);
  *fragstolen = false;
  const sk_buff* tail = skb_peek_tail(&sk->sk_receive_queue);
  const bool joined = tail && tcp_try_coalesce(sk, tail, skb, fragstolen);
  const u32 behind = endSeqOf(skb);
  tcp_rcv_nxt_update(tcp_sk(sk), behind);
  if (!joined) {
    __skb_queue_tail(&sk->sk_receive_queue, skb);
    skb_set_owner_r(skb, sk);
  }
  mark(BufferMark::Delivered, skb, sk);
  NOTE("tcp.queued", sk, skb->len, joined);
  return call.result(int(joined));
}

int tcp_send_rcvq(const sock* sk, const msghdr* msg, u64 size) {
  KFUNC(tcp_send_rcvq, sk, msg, size);
  SIMPLIFIED("TCP_REPAIR cannot fill the receive queue");
  return call.result(size ? -EOPNOTSUPP : 0);
}

void tcp_data_ready(const sock* sk) {
  KFUNC(tcp_data_ready, sk);
  if (tcp_epollin_ready(sk, sk->sk_rcvlowat) || sock_flag(sk, SOCK_DONE)) sk->sk_data_ready(sk);
}

// ---- what becomes of a segment with data
static void refuse(const sock* sk, const sk_buff* skb, skb_drop_reason reason) {
  NOTE("tcp.data_refused", skb, reason);
  tcp_drop_reason(sk, skb, reason);
}
static void outOfWindow(const sock* sk, const sk_buff* skb, skb_drop_reason reason) {
  tcp_enter_quickack_mode(sk, TCP_MAX_QUICKACKS);
  inet_csk_schedule_ack(sk);
  refuse(sk, skb, reason);
}

// The first byte is the one that we wait for (or we have the first ones already).
static void queueInOrder(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const int truesize = static_cast<int>(skb->truesize);
  if (skb_queue_empty(&sk->sk_receive_queue)) {
    sk_forced_mem_schedule(sk, truesize); // an empty queue always takes one
  } else if (tcp_try_rmem_schedule(sk, skb, static_cast<u32>(truesize))) {
    sk->sk_data_ready(sk);
    refuse(sk, skb, SKB_DROP_REASON_PROTO_MEM);
    return;
  }
  bool fragstolen;
  const bool fin = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN;
  const int eaten = tcp_queue_rcv(sk, skb, &fragstolen);
  if (skb->len) tcp_event_data_recv(sk, skb);
  if (fin) tcp_fin(sk);
  if (tp->out_of_order_queue.rb_node.value) {
    tcp_ofo_queue(sk);
    if (!tp->out_of_order_queue.rb_node.value) // the hole is filled: the peer should know at once (RFC 5681 4.2)
      set(inet_csk(sk)->icsk_ack.pending, inet_csk(sk)->icsk_ack.pending | ICSK_ACK_NOW);
  }
  if (tp->rx_opt.num_sacks) tcp_sack_remove(tp);
  tcp_fast_path_check(sk);
  if (eaten) kfree_skb_partial(skb, fragstolen);
  if (!sock_flag(sk, SOCK_DEAD)) tcp_data_ready(sk);
}

void tcp_data_queue(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_data_queue, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 seq = seqOf(skb), end_seq = endSeqOf(skb);
  if (seq == end_seq) { // nothing but an acknowledgement
    __kfree_skb(skb);
    return;
  }
  tcp_cleanup_skb(skb);
  __skb_pull(skb, tcp_hdrlen(skb));
  set(&tp->rx_opt, tcp_options_received::bit::dsack, 0);
  if (seq == tp->rcv_nxt) {
    if (!tcp_receive_window(tp)) outOfWindow(sk, skb, SKB_DROP_REASON_TCP_ZEROWINDOW);
    else queueInOrder(sk, skb);
  } else if (!after(end_seq, tp->rcv_nxt)) { // a retransmission of what came: our acknowledgement was lost
    tcp_rcv_spurious_retrans(sk, skb);
    tcp_dsack_set(sk, seq, end_seq);
    outOfWindow(sk, skb, SKB_DROP_REASON_TCP_OLD_DATA);
  } else if (!before(seq, tp->rcv_nxt + tcp_receive_window(tp))) {
    outOfWindow(sk, skb, SKB_DROP_REASON_TCP_OVERWINDOW);
  } else if (before(seq, tp->rcv_nxt)) { // a part of it
    tcp_dsack_set(sk, seq, tp->rcv_nxt);
    if (!tcp_receive_window(tp)) outOfWindow(sk, skb, SKB_DROP_REASON_TCP_ZEROWINDOW);
    else queueInOrder(sk, skb);
  } else {
    tcp_data_queue_ofo(sk, skb);
  }
}

// ---- a red-black tree of segments by sequence number
void tcp_rbtree_insert(const rb_root* root, const sk_buff* skb) {
  KFUNC(tcp_rbtree_insert, root, skb);
  const u32 number = seqOf(skb);
  const rb_node* above = nullptr;
  const kptr<rb_node>* place = &root->rb_node;
  while (const rb_node* at = place->get()) { // down to where nothing hangs yet
    const bool left = before(number, seqOf(rb_to_skb(at)));
    place = left ? &at->rb_left : &at->rb_right;
    above = at;
  }
  rb_link_node(&skb->rbnode, above, place);
  rb_insert_color(&skb->rbnode, root);
}

} // namespace sockwalk::kernel
