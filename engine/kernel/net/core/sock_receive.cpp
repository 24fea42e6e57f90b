// A packet reaches a socket's queue: the socket's filter, its memory account, its reader.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/datagram.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip_receive.h"

namespace sockwalk::kernel {

// 0: the socket wants the packet.
int sk_filter_trim_cap(const sock* sk, const sk_buff* skb, u32 cap) {
  KFUNC(sk_filter_trim_cap, sk, skb, cap);
  SIMPLIFIED("BPF programs on sockets are not run");
  return call.result(security_sock_rcv_skb(sk, skb));
}

static void sk_leave_memory_pressure(const sock* sk) { KFUNC(sk_leave_memory_pressure, sk); }

// All sockets of a protocol together may use so many pages (net.ipv4.udp_mem and the like).
int __sk_mem_raise_allocated(const sock* sk, int size, int amt, int kind) {
  KFUNC(__sk_mem_raise_allocated, sk, size, amt, kind);
  SIMPLIFIED("the limit on what all sockets of a protocol use together is never reached");
  if (const void* all = sk->sk_prot->memory_allocated) add(*static_cast<const s64*>(all), amt);
  sk_leave_memory_pressure(sk);
  return call.result(1);
}

static bool sk_rmem_schedule(const sock* sk, const sk_buff* skb, int size) {
  if (!sk->sk_prot->memory_allocated) return true; // the protocol keeps no account (raw, ping)
  const int missing = size - sk->sk_forward_alloc;
  if (missing <= 0 || skb->pfmemalloc) return true;
  const int pages = (missing + static_cast<int>(PAGE_SIZE) - 1) / static_cast<int>(PAGE_SIZE);
  if (!__sk_mem_raise_allocated(sk, missing, pages, 1 /* SK_MEM_RECV */)) return false;
  add(sk->sk_forward_alloc, pages * static_cast<int>(PAGE_SIZE));
  return true;
}

static void sock_skb_set_dropcount(const sock* sk, const sk_buff* skb) {
  const auto* cb = reinterpret_cast<const sock_skb_cb*>(skb->cb + sizeof skb->cb - sizeof(sock_skb_cb));
  set(cb->dropcount, sock_flag(sk, SOCK_RXQ_OVFL) ? atomic_read(&sk->sk_drops) : 0);
}

void sock_rfree(const sk_buff* skb) {
  KFUNC(sock_rfree, skb);
  const sock* sk = skb->sk;
  sub(sk->sk_backlog.rmem_alloc.counter, static_cast<int>(skb->truesize));
  if (sk->sk_prot->memory_allocated) add(sk->sk_forward_alloc, static_cast<int>(skb->truesize)); // sk_mem_uncharge
}

// From here on the packet is on this socket's account, until sock_rfree() takes it off.
static void skb_set_owner_r(const sk_buff* skb, const sock* sk) {
  skb_orphan(skb);
  set(skb->sk, sk);
  set(skb->destructor, fn<sock_rfree>);
  add(sk->sk_backlog.rmem_alloc.counter, static_cast<int>(skb->truesize));
  if (sk->sk_prot->memory_allocated) sub(sk->sk_forward_alloc, static_cast<int>(skb->truesize));
}

int __sock_queue_rcv_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(__sock_queue_rcv_skb, sk, skb);
  if (sk_rmem_alloc_get(sk) >= sk->sk_rcvbuf) {
    NOTE("sock.receive_buffer_full", sk, sk_rmem_alloc_get(sk), sk->sk_rcvbuf);
    atomic_inc(&sk->sk_drops);
    return call.result(-ENOMEM);
  }
  if (!sk_rmem_schedule(sk, skb, static_cast<int>(skb->truesize))) {
    atomic_inc(&sk->sk_drops);
    return call.result(-ENOBUFS);
  }
  set(skb->dev, nullptr);
  skb_set_owner_r(skb, sk);
  skb_dst_force(skb);
  sock_skb_set_dropcount(sk, skb);
  __skb_queue_tail(&sk->sk_receive_queue, skb);
  NOTE("sock.queued", skb, sk, skb->len);
  if (!sock_flag(sk, SOCK_DEAD)) sk->sk_data_ready(sk);
  return call.result(0);
}

int sock_queue_rcv_skb_reason(const sock* sk, const sk_buff* skb, skb_drop_reason* reason) {
  KFUNC(sock_queue_rcv_skb_reason, sk, skb);
  *reason = SKB_NOT_DROPPED_YET;
  int err = sk_filter_trim_cap(sk, skb, 1);
  if (err) {
    *reason = SKB_DROP_REASON_SOCKET_FILTER;
    return call.result(err);
  }
  err = __sock_queue_rcv_skb(sk, skb);
  if (err == -ENOMEM) *reason = SKB_DROP_REASON_SOCKET_RCVBUFF;
  if (err == -ENOBUFS) *reason = SKB_DROP_REASON_PROTO_MEM;
  return call.result(err);
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
