// Reading from a UDP socket. There are two queues: softirqs append to sk_receive_queue, readers take from
// reader_queue, and only when that is empty a reader moves the whole first queue over, so that the two seldom meet.
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/busy_poll.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/net/ipv4/udp_impl.h"
#include "engine/kernel/net/ipv4/udp_internal.h"
#include "engine/memory/constants/errors.h"
#include "engine/memory/constants/files.h"
#include <optional>

namespace sockwalk::kernel {

// The socket's own share of memory grows; whole pages that it does not need go back to what all sockets have together.
static void giveBack(const sock* sk, int size, int partial) {
  const int spare = size + sk->sk_forward_alloc - partial, wholePages = spare & ~(SK_MEM_QUANTUM - 1);
  add(sk->sk_forward_alloc, size - wholePages);
  if (wholePages) __sk_mem_reduce_allocated(sk, wholePages / SK_MEM_QUANTUM);
  sub(sk->sk_backlog.rmem_alloc.counter, size);
}

// `size` bytes of truesize left the queue. Small amounts are saved up (forward_deficit) while more data is waiting.
void udp_rmem_release(const sock* sk, int size, int partial, bool rx_queue_lock_held) {
  KFUNC(udp_rmem_release, sk, size, partial, rx_queue_lock_held);
  const udp_sock* up = udp_sk(sk);
  const int saved = up->forward_deficit + size;
  if (partial) {
    set(up->forward_deficit, saved);
    const bool little = saved < sk->sk_rcvbuf >> 2, moreWaits = !skb_queue_empty(&up->reader_queue);
    if (little && moreWaits) return;
  }
  set(up->forward_deficit, 0);
  giveBack(sk, saved, partial);
  skb_queue_splice_tail_init(&sk->sk_receive_queue, &up->reader_queue); // the next read finds its data at once
}

void udp_skb_destructor(const sock* sk, const sk_buff* skb) { udp_rmem_release(sk, udp_skb_truesize(skb), 1, false); }
static void udp_skb_dtor_locked(const sock* sk, const sk_buff* skb) {
  udp_rmem_release(sk, udp_skb_truesize(skb), 1, true);
}

// The reader's queue is empty: it takes over what has arrived meanwhile. false: nothing has.
static bool refill(const sock* sk) {
  if (skb_queue_empty(&sk->sk_receive_queue)) return false;
  skb_queue_splice_tail_init(&sk->sk_receive_queue, &udp_sk(sk)->reader_queue);
  return true;
}

// A look at the card, if the socket wants that: has anything come by it?
static bool pollBusily(const sock* sk) {
  if (!sk_can_busy_loop(sk)) return false;
  sk_busy_loop(sk);
  return !skb_queue_empty(&sk->sk_receive_queue);
}

// One look: the reader's queue, then, refilled from the other, once more.
static const sk_buff* tryQueues(const sock* sk, u32 flags, int* off, int* err) {
  const sk_buff_head* queue = &udp_sk(sk)->reader_queue;
  const sk_buff* last;
  const sk_buff* skb = __skb_try_recv_from_queue(sk, queue, flags, off, err, &last);
  const bool atOnce = skb != nullptr;
  if (!skb && refill(sk)) skb = __skb_try_recv_from_queue(sk, queue, flags, off, err, &last);
  if (skb && !(flags & MSG_PEEK)) atOnce ? udp_skb_destructor(sk, skb) : udp_skb_dtor_locked(sk, skb);
  return skb;
}

static const sk_buff* __skb_recv_udp(const sock* sk, u32 flags, int* off, int* err) {
  KFUNC(__skb_recv_udp, sk, flags);
  const sk_buff_head* arrivals = &sk->sk_receive_queue;
  s64 patience = sock_rcvtimeo(sk, flags & MSG_DONTWAIT);
  do {
    *err = sock_error(sk);
    if (*err) break;
    *err = -EAGAIN;
    do {
      if (const sk_buff* skb = tryQueues(sk, flags, off, err)) return call.result(skb);
    } while (pollBusily(sk));
  } while (patience && !__skb_wait_for_more_packets(sk, arrivals, err, &patience, queueHead(arrivals)));
  return call.result(static_cast<const sk_buff*>(nullptr));
}

// SO_PEEK_OFF: the next peek begins so much earlier, since what it counts from has left the queue.
static void movePeekOffset(const sock* sk, int len) {
  if (sk->sk_peek_off < 0) return;
  const bool contended = __lock_sock_fast(sk);
  set(sk->sk_peek_off, std::max(sk->sk_peek_off - len, 0));
  unlock_sock_fast(sk, contended);
}

static void skb_consume_udp(const sock* sk, const sk_buff* skb, int len) {
  KFUNC(skb_consume_udp, sk, skb, len);
  movePeekOffset(sk, len);
  if (!skb_unref(skb)) return;
  const bool holdsNothing = udp_skb_scratch(skb)->_tsize_state & UDP_SKB_IS_STATELESS;
  if (!holdsNothing) skb_release_head_state(skb);
  __consume_stateless_skb(skb);
}

static bool csumUnnecessary(const sk_buff* skb) {
  return udp_skb_scratch(skb)->csum_unnecessary || skb->ip_summed == CHECKSUM_UNNECESSARY;
}
// A sum that nobody verified yet is verified where somebody wants the datagram: most need no second walk over the
// bytes.
static bool sumIsWrong(const sk_buff* skb) { return !csumUnnecessary(skb) && __skb_checksum_complete(skb); }

static int __sk_queue_drop_skb(const sock* sk, const sk_buff_head* queue, const sk_buff* skb, s32 flags) {
  KFUNC(__sk_queue_drop_skb, sk, queue, skb, flags);
  const bool peeked = flags & MSG_PEEK, queued = skb->next.get(); // another reader may have taken it
  if (peeked && queued) {
    __skb_unlink(skb, queue);
    refcount_sub_and_test(1, &skb->users);
    udp_skb_destructor(sk, skb);
  }
  atomic_inc(&sk->sk_drops);
  return call.result(peeked && !queued ? -ENOENT : 0);
}
// A datagram whose sum is wrong leaves the queue for good. (The kernel gives no reason here.)
static void dropDatagram(const sock* sk, const sk_buff* skb, s32 flags) {
  NOTE("udp.bad_checksum", skb);
  __sk_queue_drop_skb(sk, &udp_sk(sk)->reader_queue, skb, flags);
  kfree_skb(skb);
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
  if (before && sumIsWrong(skb)) return -EINVAL;
  if (!before && !csumUnnecessary(skb)) return skb_copy_and_csum_datagram_msg(skb, off, msg); // both in one walk
  if (!udp_skb_scratch(skb)->is_linear) return skb_copy_datagram_msg(skb, off, msg, copied);
  const u64 wanted = static_cast<u64>(copied);
  return copy_to_iter(skb->data + off, wanted, &msg->msg_iter) == wanted ? 0 : -EFAULT;
}

// UDP_GRO: how long each of the datagrams was that stand there in a row.
static void udp_cmsg_recv(const msghdr* msg, const sk_buff* skb) {
  const skb_shared_info* shinfo = skb_shinfo(skb);
  const s32 each = shinfo->gso_size;
  if (each && shinfo->gso_type & SKB_GSO_UDP_L4) put_cmsg(msg, SOL_UDP, UDP_GRO, sizeof each, &each);
}

// From whom it came, and what else the program asked to be told.
static void tellBesides(const sock* sk, const sk_buff* skb, const msghdr* msg, int skipped, s32* addr_len) {
  sock_recv_cmsgs(msg, sk, skb);
  giveAddress(skb, msg, addr_len);
  if (udp_test_bit(udp_sk(sk), UDP_FLAGS_GRO_ENABLED)) udp_cmsg_recv(msg, skb);
  if (inet_sk(sk)->cmsg_flags) ip_cmsg_recv_offset(msg, sk, skb, sizeof(udphdr), skipped);
}

// A datagram, or -errno; nothing if there was one with a wrong sum, which is passed over.
static std::optional<int> receiveOne(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len) {
  const bool peeking = flags & MSG_PEEK;
  int skipped = peeking ? std::max<int>(sk->sk_peek_off, 0) : 0, err;
  const sk_buff* skb = __skb_recv_udp(sk, static_cast<u32>(flags), &skipped, &err);
  if (!skb) return err;
  const int whole = udp_skb_scratch(skb)->len, rest = whole - skipped;
  const int taken = static_cast<int>(std::min(len, static_cast<u64>(rest)));
  if (taken < rest) set(msg->msg_flags, msg->msg_flags | MSG_TRUNC); // what is not read now is lost
  err = copyOut(skb, msg, skipped, taken, taken < whole || peeking);
  if (err == -EINVAL) {
    dropDatagram(sk, skb, flags);
    set(msg->msg_flags, msg->msg_flags & ~MSG_TRUNC);
    return std::nullopt;
  }
  if (err) {
    if (!peeking) atomic_inc(&sk->sk_drops);
    kfree_skb(skb);
    return err;
  }
  tellBesides(sk, skb, msg, skipped, addr_len);
  const int told = flags & MSG_TRUNC ? whole : taken;
  skb_consume_udp(sk, skb, peeking ? -told : told);
  return told;
}

int udp_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len) {
  KFUNC(udp_recvmsg, sk, msg, len, flags);
  const bool errors = static_cast<u32>(flags) & MSG_ERRQUEUE;
  if (errors) return call.result(ip_recv_error(sk, msg, static_cast<int>(len), addr_len));
  std::optional<int> got;
  while (!got) got = receiveOne(sk, msg, len, flags, addr_len);
  return call.result(*got);
}

// ---- ioctl
// The first datagram whose sum is right. Those before it are thrown away; *total grows by what they took.
static const sk_buff* __first_packet_length(const sock* sk, const sk_buff_head* rcvq, int* total) {
  KFUNC(__first_packet_length, sk, rcvq);
  const sk_buff* first = skb_peek(rcvq);
  for (; first && sumIsWrong(first); first = skb_peek(rcvq)) {
    atomic_inc(&sk->sk_drops);
    __skb_unlink(first, rcvq);
    *total += udp_skb_truesize(first);
    NOTE("udp.bad_checksum", first);
    kfree_skb(first);
  }
  return call.result(first);
}
static int first_packet_length(const sock* sk) {
  KFUNC(first_packet_length, sk);
  const sk_buff_head* queue = &udp_sk(sk)->reader_queue;
  int thrownAway = 0;
  const sk_buff* first = __first_packet_length(sk, queue, &thrownAway);
  if (!first && refill(sk)) first = __first_packet_length(sk, queue, &thrownAway);
  if (thrownAway) udp_rmem_release(sk, thrownAway, 1, false);
  return call.result(first ? static_cast<int>(first->len) : -1);
}

// poll() promises that a read does not block. A datagram with a wrong sum would break the promise: the read would throw
// it away and sleep. So the sums are looked at before, unless the reader never sleeps.
static bool readMightBlock(const file* file, const sock* sk) {
  const bool neverSleeps = file->f_flags & O_NONBLOCK || sk->sk_shutdown & RCV_SHUTDOWN;
  return !neverSleeps && first_packet_length(sk) < 0;
}

u32 udp_poll(const file* file, const socket* sock, const poll_table_struct* wait) {
  KFUNC(udp_poll, file, sock, wait);
  constexpr u32 Readable = EPOLLIN | EPOLLRDNORM;
  const struct sock* sk = sock->sk;
  u32 events = datagram_poll(file, sock, wait); // which knows the first queue only
  if (!skb_queue_empty(&udp_sk(sk)->reader_queue)) events |= Readable;
  const bool promised = events & EPOLLRDNORM;
  if (promised && readMightBlock(file, sk)) events &= ~Readable;
  return call.result(events);
}

int udp_ioctl(const sock* sk, s32 cmd, u64 arg) {
  KFUNC(udp_ioctl, sk, cmd);
  if (cmd == SIOCOUTQ) return call.result(put_user(sk_wmem_alloc_get(sk), arg));
  if (cmd == SIOCINQ) return call.result(put_user(std::max(0, first_packet_length(sk)), arg));
  return call.result(-ENOIOCTLCMD);
}

} // namespace sockwalk::kernel
