// Taking datagrams off a socket's queue, waiting for them, copying them out.
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/busy_poll.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

// With SO_PEEK_OFF a peek begins `skip` bytes into the queue, and so may pass over whole datagrams. An empty one has no
// bytes to count: that it was seen is marked on it, and the next peek passes it over.
static bool passesOver(const sock* sk, const sk_buff* skb, int skip) {
  const bool hasOffset = sk->sk_peek_off >= 0, beginsBehind = skip >= static_cast<int>(skb->len);
  return hasOffset && beginsBehind && (skip || skb->peeked);
}
// Who peeks leaves the datagram to the next reader and shares it with him.
static void takeOrShare(const sk_buff* skb, const sk_buff_head* queue, bool share) {
  if (!share) return __skb_unlink(skb, queue);
  if (!skb->len && !skb->peeked) set(skb, sk_buff::bit::peeked, 1);
  refcount_inc(&skb->users);
}

const sk_buff* __skb_try_recv_from_queue(const sock* sk, const sk_buff_head* queue, u32 flags, int* off, int*,
                                         const sk_buff** last) {
  KFUNC(__skb_try_recv_from_queue, sk, queue, flags);
  const bool peek = flags & MSG_PEEK;
  const sk_buff *end = queueHead(queue), *found = queue->next;
  int skip = *off;
  *last = queue->prev; // if this one is still the last later on, then nothing came
  for (; peek && found != end && passesOver(sk, found, skip); found = found->next) skip -= static_cast<int>(found->len);
  if (found == end) return call.result<const sk_buff*>(nullptr);
  takeOrShare(found, queue, peek);
  *off = skip;
  return call.result(found);
}

// An error that came for the socket (by ICMP, say) is told before any data.
const sk_buff* __skb_try_recv_datagram(const sock* sk, const sk_buff_head* queue, u32 flags, int* off, int* err,
                                       const sk_buff** last) {
  KFUNC(__skb_try_recv_datagram, sk, queue, flags);
  *err = sock_error(sk);
  if (*err) return call.result<const sk_buff*>(nullptr);
  do {
    if (const sk_buff* skb = __skb_try_recv_from_queue(sk, queue, flags, off, err, last)) return call.result(skb);
    if (!sk_can_busy_loop(sk)) break;
    sk_busy_loop(sk);
  } while (queue->prev.get() != *last); // something has come
  *err = -EAGAIN;
  return call.result<const sk_buff*>(nullptr);
}

// The wait queue's entry for a receiver: it wakes for data and for errors only, not for a writer's room. A wake-up that
// does not say what happened is for everybody.
static s32 receiver_wake_function(const wait_queue_entry* wait, u32 mode, s32 sync, const void* key) {
  KFUNC(receiver_wake_function, wait, mode, sync);
  const auto happened = reinterpret_cast<u64>(key);
  const bool concernsReader = !happened || happened & (EPOLLIN | EPOLLERR);
  return call.result(concernsReader ? autoremove_wake_function(wait, mode, sync, key) : 0);
}

// 0: something may have come; 1: give up, *err says why.
int __skb_wait_for_more_packets(const sock* sk, const sk_buff_head* queue, int* err, s64* timeo_p, const sk_buff* skb) {
  KFUNC(__skb_wait_for_more_packets, sk, queue, skb);
  OnStack<wait_queue_entry> wait;
  init_wait(wait);
  set(wait->func, fn<receiver_wake_function>);
  prepare_to_wait_exclusive(sk_sleep(sk), wait, TASK_INTERRUPTIBLE);
  int result = 0;
  *err = sock_error(sk);
  if (*err) {
    result = 1;
  } else if (queue->prev.get() == skb) { // still nothing behind the last one that was seen
    if (sk->sk_shutdown & RCV_SHUTDOWN) {
      *err = 0;
      result = 1;
    } else if ((sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET) && sk->sk_state != TCP_ESTABLISHED &&
               sk->sk_state != TCP_LISTEN) {
      *err = -ENOTCONN;
      result = 1;
    } else if (signal_pending(get_current())) {
      *err = sock_intr_errno(*timeo_p);
      result = 1;
    } else {
      NOTE("task.sleeps", get_current()->pid, sk);
      *timeo_p = schedule_timeout(*timeo_p);
    }
  }
  finish_wait(sk_sleep(sk), wait);
  return call.result(result);
}

static const sk_buff* __skb_recv_datagram(const sock* sk, const sk_buff_head* queue, u32 flags, int* off, int* err) {
  KFUNC(__skb_recv_datagram, sk, queue, flags);
  s64 patience = sock_rcvtimeo(sk, flags & MSG_DONTWAIT);
  for (;;) {
    const sk_buff* newest;
    const sk_buff* skb = __skb_try_recv_datagram(sk, queue, flags, off, err, &newest);
    const bool wait = !skb && *err == -EAGAIN && patience;
    if (!wait || __skb_wait_for_more_packets(sk, queue, err, &patience, newest)) return call.result(skb);
  }
}

const sk_buff* skb_recv_datagram(const sock* sk, u32 flags, int* err) {
  KFUNC(skb_recv_datagram, sk, flags);
  int begin = 0;
  return call.result(__skb_recv_datagram(sk, &sk->sk_receive_queue, flags, &begin, err));
}

void skb_free_datagram(const sock* sk, const sk_buff* skb) {
  KFUNC(skb_free_datagram, sk, skb);
  consume_skb(skb);
}

// ---- to user memory
// Calls copy(user address, offset, length) for each piece of the next `bytes` bytes of the iterator, and moves it on;
// stops where copy() says false. Gives the bytes that are through.
template <class F> static u64 advanceIter(const iov_iter* to, u64 bytes, const F& copy) {
  u64 copied = 0;
  bytes = std::min(bytes, static_cast<u64>(to->count));
  while (copied < bytes && to->nr_segs) {
    const iovec* iov = to->iov;
    const u64 part = std::min(bytes - copied, static_cast<u64>(iov->iov_len - to->iov_offset));
    if (part && !copy(iov->iov_base.value + to->iov_offset, copied, part)) break;
    copied += part;
    sub(to->count, part);
    if (add(to->iov_offset, part) == iov->iov_len) {
      set(to->iov, iov + 1);
      sub(to->nr_segs, 1);
      set(to->iov_offset, 0);
    }
  }
  return copied;
}

u64 copy_to_iter(const void* from, u64 bytes, const iov_iter* to) {
  return advanceIter(to, bytes, [&](u64 user, u64 at, u64 part) {
    return !copy_to_user(user, static_cast<const u8*>(from) + at, part);
  });
}

struct csum_state { // the sum so far, over `off` bytes
  u32 csum;
  int off;
};
using CopyStep = u64 (*)(const void* addr, u64 bytes, csum_state* state, const iov_iter* to);

static u64 simple_copy_to_iter(const void* addr, u64 bytes, csum_state*, const iov_iter* i) {
  KFUNC(simple_copy_to_iter, addr, bytes, i);
  return call.result(copy_to_iter(addr, bytes, i));
}

// Copies and sums in one pass: the bytes go through the processor only once.
static bool csum_and_copy_to_user(const void* src, u64 dst, int len, u32* sum) {
  KFUNC(csum_and_copy_to_user, src, dst, len);
  *sum = csum_partial_quiet(src, len, 0);
  return call.result(!copy_to_user(dst, src, static_cast<u64>(len)));
}
static u64 csum_and_copy_to_iter(const void* addr, u64 bytes, csum_state* state, const iov_iter* i) {
  return advanceIter(i, bytes, [&](u64 user, u64 at, u64 part) {
    u32 next;
    if (!csum_and_copy_to_user(static_cast<const u8*>(addr) + at, user, static_cast<int>(part), &next)) return false;
    state->csum = csum_block_add(state->csum, next, state->off);
    state->off += static_cast<int>(part);
    return true;
  });
}

// The linear part first, then page fragments, then the buffers of the fragment list.
static int __skb_datagram_iter(const sk_buff* skb, int offset, const iov_iter* to, int len, CopyStep step,
                               csum_state* state) {
  KFUNC(__skb_datagram_iter, skb, offset, to, len);
  int at = 0; // of the packet: where the next piece begins
  // How many bytes of a piece of `size` bytes are wanted.
  const auto wantedOf = [&](int size) { return std::max(std::min(at + size - offset, len), 0); };
  const auto done = [&](int bytes, int size) { offset += bytes, len -= bytes, at += size; };
  const auto copyPiece = [&](const u8* data, u32 bytes) {
    const int size = static_cast<int>(bytes), wanted = wantedOf(size);
    if (wanted && static_cast<int>(step(data + (offset - at), static_cast<u64>(wanted), state, to)) != wanted)
      return false;
    done(wanted, size);
    return true;
  };
  if (!copyPiece(skb->data.get(), skb_headlen(skb))) return call.result(-EFAULT);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  for (u32 i = 0; i < shinfo->nr_frags && len > 0; ++i)
    if (!copyPiece(skb_frag_address(&shinfo->frags[i]), shinfo->frags[i].bv_len)) return call.result(-EFAULT);
  for (const sk_buff* part = shinfo->frag_list; part && len > 0; part = part->next) { // each is a packet in itself
    const int size = static_cast<int>(part->len), wanted = wantedOf(size);
    if (wanted && __skb_datagram_iter(part, offset - at, to, wanted, step, state)) return call.result(-EFAULT);
    done(wanted, size);
  }
  return call.result(len ? -EFAULT : 0);
}

// A datagram whose checksum nobody verified yet: it is summed while it is copied. If the sum is wrong, the iterator
// goes back to where it was, and the program never learns that its buffer was written. With too small a buffer the copy
// would not see all bytes: then it is summed first.
int skb_copy_and_csum_datagram_msg(const sk_buff* skb, int hlen, const msghdr* msg) {
  KFUNC(skb_copy_and_csum_datagram_msg, skb, hlen, msg);
  const iov_iter* to = &msg->msg_iter;
  const int payload = static_cast<int>(skb->len) - hlen;
  if (payload == 0) return call.result(0);
  if (static_cast<s64>(to->count) < payload) {
    const bool wrong = __skb_checksum_complete(skb);
    return call.result(wrong ? -EINVAL : skb_copy_datagram_iter(skb, hlen, to, payload));
  }
  u8 before[sizeof *to];
  std::memcpy(before, to, sizeof before);
  csum_state state{csum_partial(skb->data, hlen, skb->csum), 0};
  if (__skb_datagram_iter(skb, hlen, to, payload, csum_and_copy_to_iter, &state)) return call.result(-EFAULT);
  const bool right = csum_fold(state.csum) == 0;
  if (!right) setBytes(to, before, sizeof before);
  return call.result(right ? 0 : -EINVAL);
}

int skb_copy_datagram_iter(const sk_buff* skb, int offset, const iov_iter* to, int len) {
  KFUNC(skb_copy_datagram_iter, skb, offset, to, len);
  return call.result(__skb_datagram_iter(skb, offset, to, len, simple_copy_to_iter, nullptr));
}

// The other way: the next `len` bytes of the program's into the packet, beside its head and then into its pages.
int skb_copy_datagram_from_iter(const sk_buff* skb, int offset, const iov_iter* from, int len) {
  KFUNC(skb_copy_datagram_from_iter, skb, offset, from, len);
  u32 skip = static_cast<u32>(offset), left = static_cast<u32>(len);
  const auto fill = [&](const u8* room, u32 size) {
    const u32 begin = std::min(skip, size), part = std::min(size - begin, left);
    skip -= begin;
    left -= part;
    return !part || copy_from_iter_full(room + begin, part, from);
  };
  bool filled = fill(skb->data.get(), skb_headlen(skb));
  const skb_shared_info* shinfo = skb_shinfo(skb);
  for (u32 i = 0; filled && i < shinfo->nr_frags; ++i)
    filled = fill(skb_frag_address(&shinfo->frags[i]), shinfo->frags[i].bv_len);
  return call.result(filled && !left ? 0 : -EFAULT);
}

} // namespace sockwalk::kernel
