#include "engine/kernel/include/net/sock_send.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/sock_wait.h"

namespace sockwalk::kernel {

void sock_wfree(const sk_buff* skb) {
  KFUNC(sock_wfree, skb);
  const sock* sk = skb->sk;
  u32 len = skb->truesize;
  if (sock_flag(sk, SOCK_RCU_FREE)) { // as datagram sockets are: nothing to keep alive meanwhile
    const bool last = refcount_sub_and_test(len, &sk->sk_wmem_alloc);
    if (sk->sk_socket && sk->sk_socket->flags & 1u << SOCK_NOSPACE && sk->sk_write_space) sk->sk_write_space(sk);
    if (last) __sk_free(sk);
    return;
  }
  if (!sock_flag(sk, SOCK_USE_WRITE_QUEUE)) {
    // Keep one byte charged while the writer is woken, so that the socket cannot go away under it.
    sub(sk->sk_wmem_alloc.refs.counter, len - 1);
    if (sk->sk_write_space) sk->sk_write_space(sk);
    len = 1;
  }
  if (refcount_sub_and_test(len, &sk->sk_wmem_alloc)) __sk_free(sk);
}

void __sock_wfree(const sk_buff* skb) {
  KFUNC(__sock_wfree, skb);
  const sock* sk = skb->sk;
  if (refcount_sub_and_test(static_cast<int>(skb->truesize), &sk->sk_wmem_alloc)) __sk_free(sk);
}

void skb_set_owner_w(const sk_buff* skb, const sock* sk) {
  KFUNC(skb_set_owner_w, skb, sk);
  skb_orphan(skb);
  set(skb->sk, sk);
  if (!sk_fullsock(sk)) { // a request has no account: the SYN-ACK only keeps it alive
    set(skb->destructor, fn<sock_edemux>);
    sock_hold(sk);
    return;
  }
  set(skb->destructor, fn<sock_wfree>);
  add(sk->sk_wmem_alloc.refs.counter, skb->truesize);
}

const sk_buff* sock_wmalloc(const sock* sk, u64 size, bool force, u32 priority) {
  KFUNC(sock_wmalloc, sk, size, force, priority);
  if (!force && refcount_read(&sk->sk_wmem_alloc) >= sk->sk_sndbuf) return call.result<const sk_buff*>(nullptr);
  const sk_buff* skb = alloc_skb(static_cast<u32>(size), priority);
  if (skb) skb_set_owner_w(skb, sk);
  return call.result(skb);
}

// Sleeps until what was sent earlier has left the machine, or until there is something to say instead.
static s64 sock_wait_for_wmem(const sock* sk, s64 timeo) {
  KFUNC(sock_wait_for_wmem, sk, timeo);
  OnStack<wait_queue_entry> wait;
  init_wait(wait);
  while (timeo && !signal_pending(get_current())) {
    set(sk->sk_socket->flags, sk->sk_socket->flags | 1u << SOCK_NOSPACE);
    prepare_to_wait(sk_sleep(sk), wait, TASK_INTERRUPTIBLE);
    if (refcount_read(&sk->sk_wmem_alloc) < sk->sk_sndbuf || sk->sk_shutdown & SEND_SHUTDOWN || sk->sk_err) break;
    NOTE("task.waits", get_current()->pid, sk);
    timeo = schedule_timeout(timeo);
  }
  finish_wait(sk_sleep(sk), wait);
  return call.result(timeo);
}

const sk_buff* sock_alloc_send_pskb(const sock* sk, u64 header_len, u64 data_len, bool noblock, int* errcode,
                                    int max_page_order) {
  KFUNC(sock_alloc_send_pskb, sk, header_len, data_len, noblock, max_page_order);
  s64 timeo = sock_sndtimeo(sk, noblock);
  for (;;) {
    int err = sock_error(sk);
    if (!err && sk->sk_shutdown & SEND_SHUTDOWN) err = -EPIPE;
    if (!err && sk_wmem_alloc_get(sk) >= sk->sk_sndbuf) {
      if (timeo && signal_pending(get_current())) {
        err = sock_intr_errno(timeo);
      } else if (timeo) {
        timeo = sock_wait_for_wmem(sk, timeo);
        continue;
      } else {
        set(sk->sk_socket->flags, sk->sk_socket->flags | 1u << SOCK_NOSPACE); // poll() tells when there is room
        err = -EAGAIN;
      }
    }
    if (err) return *errcode = err, call.result<const sk_buff*>(nullptr);
    break;
  }
  OnStack<s32> failure;
  const sk_buff* skb = alloc_skb_with_frags(header_len, data_len, max_page_order, failure, sk->sk_allocation);
  *errcode = *failure;
  if (skb) skb_set_owner_w(skb, sk);
  return call.result(skb);
}

// ---- page fragments for data that does not fit the linear part: the task's own, or the socket's in a softirq
const page_frag* sk_page_frag(const sock* sk) {
  return machine().current() && !machine().inSoftirq() ? &currentTask().task->task_frag : &sk->sk_frag;
}

static bool skb_page_frag_refill(u32 sz, const page_frag* pfrag, u32 gfp) {
  KFUNC(skb_page_frag_refill, sz, pfrag, gfp);
  if (pfrag->page) {
    if (page_count(pfrag->page) == 1) {
      set(pfrag->offset, 0);
      return call.result(true);
    }
    if (pfrag->offset + sz <= pfrag->size) return call.result(true);
    put_page(pfrag->page);
  }
  set(pfrag->offset, 0);
  set(pfrag->page, alloc_pages(gfp, 3));
  set(pfrag->size, pfrag->page ? PAGE_SIZE << 3 : 0);
  return call.result(pfrag->page.get() != nullptr);
}

bool sk_page_frag_refill(const sock* sk, const page_frag* pfrag) {
  KFUNC(sk_page_frag_refill, sk, pfrag);
  return call.result(skb_page_frag_refill(32, pfrag, sk->sk_allocation));
}

// ---- the sender's memory
namespace {
enum { ITER_IOVEC, ITER_KVEC, ITER_BVEC, ITER_PIPE, ITER_XARRAY, ITER_DISCARD, ITER_UBUF };

// Gives each piece of the next `bytes` to `take(from, n)` and moves the iterator on.
template <class Take> bool forEachPiece(const iov_iter* iter, u32 bytes, Take take) {
  if (iter->count < bytes) return false;
  while (bytes) {
    u64 base, room = bytes;
    if (iter->iter_type == ITER_UBUF) {
      base = iter->ubuf.value + iter->iov_offset;
    } else {
      const iovec* iov = iter->iov;
      base = iov->iov_base.value + iter->iov_offset;
      room = iov->iov_len - iter->iov_offset;
    }
    const u32 n = static_cast<u32>(std::min<u64>(room, bytes));
    if (n && iter->user_backed && !userAt(base, n)) return false; // the copy would fault
    if (n) take(t_arena->object<u8>(base), n);
    bytes -= n;
    sub(iter->count, n);
    add(iter->iov_offset, n);
    if (iter->iter_type != ITER_UBUF && n == room) {
      set(iter->iov, iter->iov.get() + 1);
      sub(iter->nr_segs, 1);
      set(iter->iov_offset, 0);
    }
  }
  return true;
}

u32 csum_and_copy_from_user(const u8* src, const u8* dst, int len) {
  KFUNC(csum_and_copy_from_user, src, dst, len);
  setBytes(dst, src, len);
  return call.result(csum_partial_quiet(dst, len, 0));
}
} // namespace

bool copy_from_iter_full(const u8* to, u32 bytes, const iov_iter* iter) {
  return forEachPiece(iter, bytes, [&](const u8* from, u32 n) {
    setBytes(to, from, n);
    to += n;
  });
}

bool csum_and_copy_from_iter_full(const u8* to, u32 bytes, u32& csum, const iov_iter* iter) {
  int off = 0;
  return forEachPiece(iter, bytes, [&](const u8* from, u32 n) {
    const u32 piece = iter->iter_type == ITER_KVEC ? (setBytes(to, from, n), csum_partial_quiet(to, n, 0))
                                                   : csum_and_copy_from_user(from, to, n);
    csum = csum_block_add(csum, piece, off);
    off += n;
    to += n;
  });
}

} // namespace sockwalk::kernel
