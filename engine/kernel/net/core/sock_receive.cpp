// A packet reaches a socket's queue: the socket's filter, its memory account, its reader.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"

namespace sockwalk::kernel {

// For SO_RXQ_OVFL: each packet that is queued takes along how many were lost before it.
void sock_skb_set_dropcount(const sock* sk, const sk_buff* skb) {
  const u8* behind = skb->cb + sizeof skb->cb; // in the last bytes of the control block, which the protocol leaves free
  const auto* note = reinterpret_cast<const sock_skb_cb*>(behind - sizeof(sock_skb_cb));
  const int lost = sock_flag(sk, SOCK_RXQ_OVFL) ? atomic_read(&sk->sk_drops) : 0;
  set(note->dropcount, lost);
}

// The socket takes the packet only if the reader keeps up (his buffer is not full: -ENOMEM) and the protocol has memory
// for it (-ENOBUFS). What is lost is counted; nobody but the sender's own protocol will notice otherwise.
static int admit(const sock* sk, const sk_buff* skb) {
  const int held = sk_rmem_alloc_get(sk);
  if (held < sk->sk_rcvbuf) return sk_rmem_schedule(sk, skb, static_cast<int>(skb->truesize)) ? 0 : -ENOBUFS;
  NOTE("sock.receive_buffer_full", sk, held, sk->sk_rcvbuf);
  return -ENOMEM;
}

int __sock_queue_rcv_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(__sock_queue_rcv_skb, sk, skb);
  const int refused = admit(sk, skb);
  if (refused) {
    atomic_inc(&sk->sk_drops);
    return call.result(refused);
  }
  set(skb->dev, nullptr); // the device may go while the packet waits to be read
  skb_set_owner_r(skb, sk);
  skb_dst_force(skb);
  sock_skb_set_dropcount(sk, skb);
  __skb_queue_tail(&sk->sk_receive_queue, skb);
  mark(BufferMark::Delivered, skb, sk);
  NOTE("sock.queued", skb, sk, skb->len);
  const bool hasReader = !sock_flag(sk, SOCK_DEAD);
  if (hasReader) sk->sk_data_ready(sk);
  return call.result(0);
}

int sock_queue_rcv_skb_reason(const sock* sk, const sk_buff* skb, skb_drop_reason* reason) {
  KFUNC(sock_queue_rcv_skb_reason, sk, skb);
  *reason = SKB_NOT_DROPPED_YET;
  if (const int unwanted = sk_filter_trim_cap(sk, skb, 1)) {
    *reason = SKB_DROP_REASON_SOCKET_FILTER;
    return call.result(unwanted);
  }
  const int refused = __sock_queue_rcv_skb(sk, skb);
  if (refused == -ENOMEM) *reason = SKB_DROP_REASON_SOCKET_RCVBUFF;
  if (refused == -ENOBUFS) *reason = SKB_DROP_REASON_PROTO_MEM;
  return call.result(refused);
}

// From a softirq to the socket: at once, or by its backlog if a program has it just now.
int __sk_receive_skb(const sock* sk, const sk_buff* skb, int nested, u32 trim_cap, bool refcounted) {
  KFUNC(__sk_receive_skb, sk, skb, nested, trim_cap, refcounted);
  int rc = 1; // of the network's: it was dropped
  const bool wanted = !sk_filter_trim_cap(sk, skb, trim_cap);
  if (wanted) set(skb->dev, nullptr);
  if (wanted && !sock_owned_by_user(sk)) rc = sk->sk_backlog_rcv(sk, skb);
  else if (wanted && sk_add_backlog(sk, skb, static_cast<u32>(sk->sk_rcvbuf))) rc = 0;
  else kfree_skb(skb);
  if (refcounted) sock_put(sk);
  return call.result(rc);
}

// Keeps for recvmsg() where the packet came in, before the route (which knows it) is let go.
void ipv4_pktinfo_prepare(const sock* sk, const sk_buff* skb, bool drop_dst) {
  KFUNC(ipv4_pktinfo_prepare, sk, skb, drop_dst);
  const auto* info = controlBlock<in_pktinfo>(skb);
  const bool wanted = inet_sk(sk)->cmsg_flags & 1 /* IP_CMSG_PKTINFO */ && skb_rtable(skb);
  if (wanted) {
    if (info->ipi_ifindex == LOOPBACK_IFINDEX) set(info->ipi_ifindex, skb_rtable(skb)->rt_iif ?: skb->skb_iif);
    set(info->ipi_spec_dst.s_addr, fib_compute_spec_dst(skb));
  } else {
    set(info->ipi_ifindex, 0);
    set(info->ipi_spec_dst.s_addr, 0);
  }
  if (drop_dst) skb_dst_drop(skb);
}

} // namespace sockwalk::kernel
