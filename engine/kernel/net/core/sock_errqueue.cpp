// The error queue of a socket: packets that came back. Each tells in its control block (struct sock_exterr_skb) what
// happened and who said so. recvmsg(MSG_ERRQUEUE) takes them; poll() shows POLLERR while there are any.
#include "engine/kernel/include/linux/errqueue.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

static void sock_rmem_free(const sk_buff* skb) {
  KFUNC(sock_rmem_free, skb);
  sub(skb->sk->sk_backlog.rmem_alloc.counter, static_cast<int>(skb->truesize));
}

// The packet is on the account of the receive buffer, like data that waits to be read.
static void chargeToReceiver(const sock* sk, const sk_buff* skb) {
  skb_orphan(skb);
  set(skb->sk, sk);
  set(skb->destructor, fn<sock_rmem_free>);
  add(sk->sk_backlog.rmem_alloc.counter, static_cast<int>(skb->truesize));
}

// Takes the packet; -ENOMEM if the receive buffer is full, and then it stays the caller's.
int sock_queue_err_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(sock_queue_err_skb, sk, skb);
  const int room = sk->sk_rcvbuf - sk_rmem_alloc_get(sk);
  if (static_cast<int>(skb->truesize) >= room) return call.result(-ENOMEM);
  chargeToReceiver(sk, skb);
  set(skb, sk_buff::bit::pkt_type, PACKET_OUTGOING); // it was ours, on its way out
  skb_dst_force(skb);
  const sock_extended_err& what = SKB_EXT_ERR(skb)->ee;
  const bool isError = what.ee_errno && what.ee_errno != ENOMSG;
  if (isError) NOTE("sock.error_queued", sk, what.ee_origin, what.ee_errno);
  else NOTE("sock.report_queued", sk, what.ee_origin);
  __skb_queue_tail(&sk->sk_error_queue, skb);
  mark(BufferMark::Delivered, skb, sk);
  const bool programHasIt = !sock_flag(sk, SOCK_DEAD);
  if (programHasIt) sk_error_report(sk);
  return call.result(0);
}

static bool is_icmp_err_skb(const sk_buff* skb) { return skb && SKB_EXT_ERR(skb)->ee.ee_origin == SO_EE_ORIGIN_ICMP; }

// Also keeps sk_err in step: it is the error of the first ICMP message that still waits, so that a program which looks
// at SO_ERROR only learns of it too.
const sk_buff* sock_dequeue_err_skb(const sock* sk) {
  KFUNC(sock_dequeue_err_skb, sk);
  const sk_buff* taken = __skb_dequeue(&sk->sk_error_queue);
  const sk_buff* waiting = taken ? skb_peek(&sk->sk_error_queue) : nullptr;
  if (is_icmp_err_skb(waiting)) set(sk->sk_err, static_cast<int>(SKB_EXT_ERR(waiting)->ee.ee_errno));
  else if (is_icmp_err_skb(taken)) set(sk->sk_err, 0);
  if (waiting) sk_error_report(sk);
  return call.result(taken);
}

} // namespace sockwalk::kernel
