#include "engine/kernel/include/net/tcp.h"
// The backlog of a socket: segments that came while its owner had it locked. They wait in a list, and release_sock()
// has them worked on. Neighbours of one flow are joined already here.

namespace sockwalk::kernel {

// Whether `skb` continues `tail`: next in sequence, the same options, no special flags.
static bool continues(const sk_buff* tail, const sk_buff* skb) {
  const tcp_skb_cb *a = TCP_SKB_CB(tail), *b = TCP_SKB_CB(skb);
  const auto* th = reinterpret_cast<const tcphdr*>(skb->data.get());
  const auto* thtail = reinterpret_cast<const tcphdr*>(tail->data.get());
  if (a->end_seq != b->seq || a->ip_dsfield != b->ip_dsfield) return false;
  if ((a->tcp_flags | b->tcp_flags) & (TCPHDR_SYN | TCPHDR_RST | TCPHDR_URG)) return false;
  if (!(a->tcp_flags & b->tcp_flags & TCPHDR_ACK)) return false;
  if ((a->tcp_flags ^ b->tcp_flags) & (TCPHDR_ECE | TCPHDR_CWR)) return false;
  return thtail->doff == th->doff && !std::memcmp(thtail + 1, th + 1, th->doff * 4u - sizeof *th);
}

static void takeOver(const sk_buff* tail, const sk_buff* skb, const tcphdr* th, u32 gso_size, u32 gso_segs) {
  const tcp_skb_cb *a = TCP_SKB_CB(tail), *b = TCP_SKB_CB(skb);
  const auto* thtail = reinterpret_cast<const tcphdr*>(tail->data.get());
  set(a->end_seq, b->end_seq);
  if (!before(b->ack_seq, a->ack_seq)) {
    set(a->ack_seq, b->ack_seq);
    set(thtail->window, th->window);
  }
  if (th->fin) set(thtail, tcphdr::bit::fin, 1);
  set(a->tcp_flags, a->tcp_flags | b->tcp_flags);
  if (b->has_rxtstamp) {
    set(a, tcp_skb_cb::bit::has_rxtstamp, 1);
    set(tail->tstamp, skb->tstamp);
  }
  set(skb_shinfo(tail)->gso_size, gso_size);
  set(skb_shinfo(tail)->gso_segs, std::min(gso_segs, 0xffffu));
}

// true: `skb` became a part of the last segment that waits.
static bool coalesce(const sock* sk, const sk_buff* skb) {
  const sk_buff* tail = sk->sk_backlog.tail;
  if (!tail || !continues(tail, skb)) return false;
  const auto* th = reinterpret_cast<const tcphdr*>(skb->data.get());
  const u32 hdrlen = th->doff * 4u;
  __skb_pull(skb, hdrlen);
  const skb_shared_info *own = skb_shinfo(skb), *theirs = skb_shinfo(tail);
  const u32 size = own->gso_size ? u32(own->gso_size) : u32(skb->len), segs = std::max<u32>(1, own->gso_segs);
  const u32 tailSize = theirs->gso_size ? u32(theirs->gso_size) : tail->len - hdrlen;
  const u32 tailSegs = std::max<u32>(1, theirs->gso_segs);
  bool fragstolen;
  int delta;
  if (!skb_try_coalesce(tail, skb, &fragstolen, &delta)) {
    __skb_push(skb, hdrlen);
    return false;
  }
  takeOver(tail, skb, th, std::max(size, tailSize), segs + tailSegs);
  add(sk->sk_backlog.len, delta);
  NOTE("tcp.backlog_joined", sk, tail, skb);
  kfree_skb_partial(skb, fragstolen);
  return true;
}

bool sk_add_backlog(const sock* sk, const sk_buff* skb, u64 limit) {
  if (u64(sk->sk_backlog.len) + u64(sk_rmem_alloc_get(sk)) > limit) return false;
  skb_dst_force(skb);
  if (const sk_buff* tail = sk->sk_backlog.tail) set(tail->next, skb);
  else set(sk->sk_backlog.head, skb);
  set(sk->sk_backlog.tail, skb);
  set(skb->next, nullptr);
  add(sk->sk_backlog.len, static_cast<int>(skb->truesize));
  return true;
}

// true: the segment is not taken, for *reason.
bool tcp_add_backlog(const sock* sk, const sk_buff* skb, skb_drop_reason* reason) {
  KFUNC(tcp_add_backlog, sk, skb);
  skb_condense(skb);
  skb_dst_drop(skb); // nobody will ask for the route any more
  if (!skb_csum_unnecessary(skb) && __skb_checksum_complete(skb)) {
    *reason = SKB_DROP_REASON_TCP_CSUM;
    return call.result(true);
  }
  if (coalesce(sk, skb)) return call.result(false);
  const u64 most = (u64(sk->sk_rcvbuf) << 1) + (u32(sk->sk_sndbuf) >> 1) + 64 * 1024;
  if (!sk_add_backlog(sk, skb, std::min<u64>(most, UINT32_MAX))) {
    *reason = SKB_DROP_REASON_SOCKET_BACKLOG;
    return call.result(true);
  }
  NOTE("tcp.backlogged", sk, skb, s32(sk->sk_backlog.len));
  return call.result(false);
}

} // namespace sockwalk::kernel
