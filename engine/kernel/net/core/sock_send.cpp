// The sender's side of a socket: packets on the account of its send buffer, waiting for room there, page fragments for
// what it sends, and the bytes from the program's memory into them.
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/net/core/sock_internal.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

// As datagram sockets are: readers may meet the socket until all of them are done, so nothing need keep it alive here.
// A writer is woken only if one waits.
static void wfreeOfDatagramSocket(const sock* sk, u32 bytes) {
  const bool last = refcount_sub_and_test(bytes, &sk->sk_wmem_alloc);
  const bool writerWaits = sk->sk_socket && sk->sk_socket->flags & 1u << SOCK_NOSPACE;
  if (writerWaits && sk->sk_write_space) sk->sk_write_space(sk);
  if (last) __sk_free(sk);
}

// A packet has left the machine: its bytes go back to the send buffer, and a writer may go on. If the program has
// closed the socket meanwhile, the last packet frees it.
void sock_wfree(const sk_buff* skb) {
  KFUNC(sock_wfree, skb);
  const sock* sk = skb->sk;
  u32 charged = skb->truesize;
  if (sock_flag(sk, SOCK_RCU_FREE)) return wfreeOfDatagramSocket(sk, charged);
  const bool wakes = !sock_flag(sk, SOCK_USE_WRITE_QUEUE);
  if (wakes) { // one byte stays charged meanwhile, so that the socket cannot go away under the writer that is woken
    sub(sk->sk_wmem_alloc.refs.counter, charged - 1);
    charged = 1;
    if (sk->sk_write_space) sk->sk_write_space(sk);
  }
  const bool last = refcount_sub_and_test(charged, &sk->sk_wmem_alloc);
  if (last) __sk_free(sk);
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

// force: even if the send buffer is full; so control packets are never held up by data.
const sk_buff* sock_wmalloc(const sock* sk, u64 size, bool force, u32 priority) {
  KFUNC(sock_wmalloc, sk, size, force, priority);
  const bool full = refcount_read(&sk->sk_wmem_alloc) >= sk->sk_sndbuf;
  const sk_buff* fresh = full && !force ? nullptr : alloc_skb(static_cast<u32>(size), priority);
  if (fresh) skb_set_owner_w(fresh, sk);
  return call.result(fresh);
}

static void wantSpace(const sock* sk, int line = __builtin_LINE()) { // poll() tells when there is room
  set(sk->sk_socket->flags, sk->sk_socket->flags | 1u << SOCK_NOSPACE, line);
}
static bool mayGoOn(const sock* sk) {
  const bool room = refcount_read(&sk->sk_wmem_alloc) < sk->sk_sndbuf;
  return room || sk->sk_shutdown & SEND_SHUTDOWN || sk->sk_err;
}
// Sleeps until what was sent earlier has left the machine, or until there is something to say instead.
static s64 sock_wait_for_wmem(const sock* sk, s64 timeo) {
  KFUNC(sock_wait_for_wmem, sk, timeo);
  INLINED();
  OnStack<wait_queue_entry> me;
  init_wait(me);
  s64 left = timeo;
  while (left && !signal_pending(get_current())) {
    wantSpace(sk);
    prepare_to_wait(sk_sleep(sk), me, TASK_INTERRUPTIBLE); // before the look: a wake-up after it is not missed
    if (mayGoOn(sk)) break;
    NOTE("task.waits_for_room", get_current()->pid, sk);
    left = schedule_timeout(left);
  }
  finish_wait(sk_sleep(sk), me);
  return call.result(left);
}

// Until there is room in the send buffer. 0, or why there will be none.
static int awaitSendRoom(const sock* sk, bool noblock) {
  s64 patience = sock_sndtimeo(sk, noblock);
  for (;;) {
    if (const int err = sock_error(sk)) return err;
    if (sk->sk_shutdown & SEND_SHUTDOWN) return -EPIPE;
    if (sk_wmem_alloc_get(sk) < sk->sk_sndbuf) return 0;
    if (!patience) return wantSpace(sk), -EAGAIN;
    if (signal_pending(get_current())) return sock_intr_errno(patience);
    patience = sock_wait_for_wmem(sk, patience);
  }
}

const sk_buff* sock_alloc_send_pskb(const sock* sk, u64 header_len, u64 data_len, bool noblock, int* errcode,
                                    int max_page_order) {
  KFUNC(sock_alloc_send_pskb, sk, header_len, data_len, noblock, max_page_order);
  *errcode = awaitSendRoom(sk, noblock);
  if (*errcode) return call.result<const sk_buff*>(nullptr);
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

static void freshPages(const page_frag* pfrag, u32 gfp) {
  constexpr u32 order = 3; // 32 KiB: many packets are cut from it, and most of them need one fragment only
  set(pfrag->offset, 0);
  set(pfrag->page, alloc_pages(gfp, order));
  set(pfrag->size, pfrag->page ? PAGE_SIZE << order : 0);
}
// Room for at least `sz` bytes in the page that is being filled. One that no packet uses any more is filled again from
// its beginning; one that is full is left to the packets that do.
static bool skb_page_frag_refill(u32 sz, const page_frag* pfrag, u32 gfp) {
  KFUNC(skb_page_frag_refill, sz, pfrag, gfp);
  const page* present = pfrag->page;
  const bool onlyOurs = present && page_count(present) == 1;
  if (onlyOurs) set(pfrag->offset, 0);
  const bool room = onlyOurs || (present && pfrag->offset + sz <= pfrag->size);
  if (room) return call.result(true);
  if (present) put_page(present);
  freshPages(pfrag, gfp);
  return call.result(pfrag->page.get() != nullptr);
}

bool sk_page_frag_refill(const sock* sk, const page_frag* pfrag) {
  KFUNC(sk_page_frag_refill, sk, pfrag);
  return call.result(skb_page_frag_refill(32, pfrag, sk->sk_allocation));
}

// ---- the sender's memory
namespace {

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

// ---- doubts about the path
bool sk_rethink_txhash(const sock* sk) {
  if (!sk->sk_txhash || sk->sk_txrehash != 1) return false;
  const u32 hash = static_cast<u32>(machine().random());
  set(sk->sk_txhash, hash ? hash : 1);
  return true;
}
void __dst_negative_advice(const sock* sk) {
  const dst_entry* route = __sk_dst_get(sk);
  if (!route) return;
  const dst_ops* family = route->ops;
  if (family->negative_advice) family->negative_advice(sk, route);
}
void dst_negative_advice(const sock* sk) {
  sk_rethink_txhash(sk);
  __dst_negative_advice(sk);
}

} // namespace sockwalk::kernel
