// Reading from a UDP socket. There are two queues: softirqs append to sk_receive_queue, readers take from
// reader_queue, and only when that is empty a reader moves the whole first queue over, so that the two seldom meet.
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/datagram.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/sock_mem.h"
#include "engine/kernel/include/net/udp.h"

namespace sockwalk::kernel {

constexpr s32 SIOCOUTQ = 0x5411, SIOCINQ = 0x541b, ENOIOCTLCMD = 515;

// `size` bytes of truesize left the queue. Small amounts are saved up (forward_deficit) while more data is waiting.
void udp_rmem_release(const sock* sk, int size, int partial, bool rx_queue_lock_held) {
  KFUNC(udp_rmem_release, sk, size, partial, rx_queue_lock_held);
  const udp_sock* up = udp_sk(sk);
  size += up->forward_deficit;
  if (partial) {
    set(up->forward_deficit, size);
    if (size < sk->sk_rcvbuf >> 2 && !skb_queue_empty(&up->reader_queue)) return;
  }
  set(up->forward_deficit, 0);
  const int amt = (size + sk->sk_forward_alloc - partial) & ~(SK_MEM_QUANTUM - 1);
  add(sk->sk_forward_alloc, size - amt);
  if (amt) __sk_mem_reduce_allocated(sk, amt / SK_MEM_QUANTUM);
  sub(sk->sk_backlog.rmem_alloc.counter, size);
  skb_queue_splice_tail_init(&sk->sk_receive_queue, &up->reader_queue); // the next read finds its data at once
}

void udp_skb_destructor(const sock* sk, const sk_buff* skb) { udp_rmem_release(sk, udp_skb_truesize(skb), 1, false); }
static void udp_skb_dtor_locked(const sock* sk, const sk_buff* skb) {
  udp_rmem_release(sk, udp_skb_truesize(skb), 1, true);
}

// One look: the reader's queue, then, refilled from the other, once more.
static const sk_buff* tryQueues(const sock* sk, u32 flags, int* off, int* err) {
  const sk_buff_head *queue = &udp_sk(sk)->reader_queue, *sk_queue = &sk->sk_receive_queue;
  const sk_buff* last;
  const sk_buff* skb = __skb_try_recv_from_queue(sk, queue, flags, off, err, &last);
  if (skb) {
    if (!(flags & MSG_PEEK)) udp_skb_destructor(sk, skb);
    return skb;
  }
  if (skb_queue_empty(sk_queue)) return nullptr;
  skb_queue_splice_tail_init(sk_queue, queue);
  skb = __skb_try_recv_from_queue(sk, queue, flags, off, err, &last);
  if (skb && !(flags & MSG_PEEK)) udp_skb_dtor_locked(sk, skb);
  return skb;
}

static const sk_buff* __skb_recv_udp(const sock* sk, u32 flags, int* off, int* err) {
  KFUNC(__skb_recv_udp, sk, flags);
  const sk_buff_head* sk_queue = &sk->sk_receive_queue;
  s64 timeo = sock_rcvtimeo(sk, flags & MSG_DONTWAIT);
  do {
    *err = sock_error(sk);
    if (*err) break;
    *err = -EAGAIN;
    if (const sk_buff* skb = tryQueues(sk, flags, off, err)) return call.result(skb);
  } while (timeo && !__skb_wait_for_more_packets(sk, sk_queue, err, &timeo, queueHead(sk_queue)));
  return call.result(static_cast<const sk_buff*>(nullptr));
}

static void skb_consume_udp(const sock* sk, const sk_buff* skb, int len) {
  KFUNC(skb_consume_udp, sk, skb, len);
  if (sk->sk_peek_off >= 0) {
    const bool slow = __lock_sock_fast(sk);
    set(sk->sk_peek_off, std::max(sk->sk_peek_off - len, 0));
    unlock_sock_fast(sk, slow);
  }
  if (!skb_unref(skb)) return;
  if (!(udp_skb_scratch(skb)->_tsize_state & UDP_SKB_IS_STATELESS)) skb_release_head_state(skb);
  __consume_stateless_skb(skb);
}

static bool csumUnnecessary(const sk_buff* skb) {
  return udp_skb_scratch(skb)->csum_unnecessary || skb->ip_summed == CHECKSUM_UNNECESSARY;
}

static int __sk_queue_drop_skb(const sock* sk, const sk_buff_head* queue, const sk_buff* skb, s32 flags) {
  KFUNC(__sk_queue_drop_skb, sk, queue, skb, flags);
  int err = 0;
  if (flags & MSG_PEEK) {
    err = -ENOENT;
    if (skb->next.get()) {
      __skb_unlink(skb, queue);
      refcount_sub_and_test(1, &skb->users);
      udp_skb_destructor(sk, skb);
      err = 0;
    }
  }
  atomic_inc(&sk->sk_drops);
  return call.result(err);
}
// A datagram whose sum is wrong leaves the queue for good.
static void dropDatagram(const sock* sk, const sk_buff* skb, s32 flags) {
  __sk_queue_drop_skb(sk, &udp_sk(sk)->reader_queue, skb, flags);
  kfree_skb_reason(skb, SKB_DROP_REASON_UDP_CSUM);
}

static void giveAddress(const sk_buff* skb, const msghdr* msg, s32* addr_len) {
  auto* sin = static_cast<const sockaddr_in*>(msg->msg_name.get());
  if (!sin) return;
  fillBytes(sin, 0, sizeof *sin);
  set(sin->sin_family, AF_INET);
  set(sin->sin_port, udp_hdr(skb)->source);
  set(sin->sin_addr.s_addr, ip_hdr(skb)->saddr);
  *addr_len = sizeof *sin;
}

// The bytes to user memory; a checksum that nobody verified yet is verified now. -EINVAL: it is wrong.
static int copyOut(const sk_buff* skb, const msghdr* msg, int off, int copied, bool before) {
  if (before && !csumUnnecessary(skb) && __skb_checksum_complete(skb)) return -EINVAL;
  if (!before && !csumUnnecessary(skb)) return skb_copy_and_csum_datagram_msg(skb, off, msg);
  if (udp_skb_scratch(skb)->is_linear)
    return copy_to_iter(skb->data + off, static_cast<u64>(copied), &msg->msg_iter) == static_cast<u64>(copied)
               ? 0
               : -EFAULT;
  return skb_copy_datagram_msg(skb, off, msg, copied);
}

// UDP_GRO: how long each of the datagrams was that stand there in a row.
static void udp_cmsg_recv(const msghdr* msg, const sk_buff* skb) {
  const s32 gso_size = skb_shinfo(skb)->gso_type & SKB_GSO_UDP_L4 ? s32(skb_shinfo(skb)->gso_size) : 0;
  if (gso_size) put_cmsg(msg, SOL_UDP, UDP_GRO, sizeof gso_size, &gso_size);
}

int udp_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len) {
  KFUNC(udp_recvmsg, sk, msg, len, flags);
  const bool peeking = flags & MSG_PEEK;
  if (static_cast<u32>(flags) & MSG_ERRQUEUE)
    return call.result(ip_recv_error(sk, msg, static_cast<int>(len), addr_len));
  for (;;) {
    int off = peeking && sk->sk_peek_off >= 0 ? sk->sk_peek_off : 0, err;
    const sk_buff* skb = __skb_recv_udp(sk, static_cast<u32>(flags), &off, &err);
    if (!skb) return call.result(err);
    const int ulen = udp_skb_scratch(skb)->len, rest = ulen - off;
    const int copied = len > static_cast<u64>(rest) ? rest : static_cast<int>(len);
    if (copied < ulen && copied < rest) set(msg->msg_flags, msg->msg_flags | MSG_TRUNC);
    err = copyOut(skb, msg, off, copied, copied < ulen || peeking);
    if (err == -EINVAL) {
      dropDatagram(sk, skb, flags);
      set(msg->msg_flags, msg->msg_flags & ~MSG_TRUNC);
      continue;
    }
    if (err) {
      if (!peeking) atomic_inc(&sk->sk_drops);
      kfree_skb(skb);
      return call.result(err);
    }
    sock_recv_cmsgs(msg, sk, skb);
    giveAddress(skb, msg, addr_len);
    if (udp_test_bit(udp_sk(sk), UDP_FLAGS_GRO_ENABLED)) udp_cmsg_recv(msg, skb);
    if (inet_sk(sk)->cmsg_flags) ip_cmsg_recv_offset(msg, sk, skb, sizeof(udphdr), off);
    err = flags & MSG_TRUNC ? ulen : copied;
    skb_consume_udp(sk, skb, peeking ? -err : err);
    return call.result(err);
  }
}

// ---- ioctl
static const sk_buff* __first_packet_length(const sock* sk, const sk_buff_head* rcvq, int* total) {
  KFUNC(__first_packet_length, sk, rcvq);
  const sk_buff* skb;
  while ((skb = skb_peek(rcvq)) && !csumUnnecessary(skb) && __skb_checksum_complete(skb)) {
    atomic_inc(&sk->sk_drops);
    __skb_unlink(skb, rcvq);
    *total += udp_skb_truesize(skb);
    kfree_skb_reason(skb, SKB_DROP_REASON_UDP_CSUM);
  }
  return call.result(skb);
}
static int first_packet_length(const sock* sk) {
  KFUNC(first_packet_length, sk);
  const sk_buff_head* rcvq = &udp_sk(sk)->reader_queue;
  int total = 0;
  const sk_buff* skb = __first_packet_length(sk, rcvq, &total);
  if (!skb && !skb_queue_empty(&sk->sk_receive_queue)) {
    skb_queue_splice_tail_init(&sk->sk_receive_queue, rcvq);
    skb = __first_packet_length(sk, rcvq, &total);
  }
  if (total) udp_rmem_release(sk, total, 1, false);
  return call.result(skb ? static_cast<int>(skb->len) : -1);
}

// A datagram whose checksum is wrong is no reason to wake anybody: a reader that may block would find nothing.
u32 udp_poll(const file* file, const socket* sock, const poll_table_struct* wait) {
  KFUNC(udp_poll, file, sock, wait);
  u32 mask = datagram_poll(file, sock, wait);
  const struct sock* sk = sock->sk;
  if (!skb_queue_empty(&udp_sk(sk)->reader_queue)) mask |= EPOLLIN | EPOLLRDNORM;
  if (mask & EPOLLRDNORM && !(file->f_flags & O_NONBLOCK) && !(sk->sk_shutdown & RCV_SHUTDOWN) &&
      first_packet_length(sk) == -1)
    mask &= ~(EPOLLIN | EPOLLRDNORM);
  return call.result(mask);
}

int udp_ioctl(const sock* sk, s32 cmd, u64 arg) {
  KFUNC(udp_ioctl, sk, cmd);
  if (cmd == SIOCOUTQ) return call.result(put_user(sk_wmem_alloc_get(sk), arg));
  if (cmd == SIOCINQ) return call.result(put_user(std::max(0, first_packet_length(sk)), arg));
  return call.result(-ENOIOCTLCMD);
}

} // namespace sockwalk::kernel
