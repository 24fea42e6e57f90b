// The error queue of a socket: packets that came back. Each tells in its control block (struct sock_exterr_skb) what
// happened and who said so. recvmsg(MSG_ERRQUEUE) takes them; poll() shows POLLERR while there are any.
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/tcp_calls.h"

namespace sockwalk::kernel {

static void sock_rmem_free(const sk_buff* skb) {
  KFUNC(sock_rmem_free, skb);
  sub(skb->sk->sk_backlog.rmem_alloc.counter, static_cast<int>(skb->truesize));
}

// Takes the packet; -ENOMEM if the receive buffer is full, and then it stays the caller's.
int sock_queue_err_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(sock_queue_err_skb, sk, skb);
  if (sk_rmem_alloc_get(sk) + static_cast<int>(skb->truesize) >= sk->sk_rcvbuf) return call.result(-ENOMEM);
  skb_orphan(skb);
  set(skb->sk, sk);
  set(skb->destructor, fn<sock_rmem_free>);
  add(sk->sk_backlog.rmem_alloc.counter, static_cast<int>(skb->truesize));
  set(skb, sk_buff::bit::pkt_type, PACKET_OUTGOING);
  skb_dst_force(skb);
  NOTE("sock.error_queued", sk, SKB_EXT_ERR(skb)->ee.ee_origin, SKB_EXT_ERR(skb)->ee.ee_errno);
  __skb_queue_tail(&sk->sk_error_queue, skb);
  if (!sock_flag(sk, SOCK_DEAD)) sk_error_report(sk);
  return call.result(0);
}

static bool is_icmp_err_skb(const sk_buff* skb) { return skb && SKB_EXT_ERR(skb)->ee.ee_origin == SO_EE_ORIGIN_ICMP; }

// Also keeps sk_err in step: it is the error of the first ICMP message that still waits.
const sk_buff* sock_dequeue_err_skb(const sock* sk) {
  KFUNC(sock_dequeue_err_skb, sk);
  const sk_buff_head* q = &sk->sk_error_queue;
  const sk_buff* skb = __skb_dequeue(q);
  const sk_buff* next = skb ? skb_peek(q) : nullptr;
  const bool icmp_next = is_icmp_err_skb(next);
  if (icmp_next) set(sk->sk_err, static_cast<int>(SKB_EXT_ERR(next)->ee.ee_errno));
  if (is_icmp_err_skb(skb) && !icmp_next) set(sk->sk_err, 0);
  if (next) sk_error_report(sk);
  return call.result(skb);
}

} // namespace sockwalk::kernel
