// What a socket tells those who wait for it, as long as its protocol says nothing else: the functions behind
// sk_state_change, sk_data_ready, sk_write_space and sk_error_report; and the wait for data itself.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/core/sock_internal.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

static const wait_queue_head* sleepers(const sock* sk) {
  const socket_wq* wq = sk->sk_wq;
  return wq && waitqueue_active(&wq->wait) ? &wq->wait : nullptr;
}

void sock_def_wakeup(const sock* sk) {
  KFUNC(sock_def_wakeup, sk);
  if (const wait_queue_head* wait = sleepers(sk)) wake_up_interruptible_all(wait);
}
void sock_def_error_report(const sock* sk) {
  KFUNC(sock_def_error_report, sk);
  if (const wait_queue_head* wait = sleepers(sk)) wake_up_interruptible_poll(wait, EPOLLERR);
}
void sock_def_readable(const sock* sk) {
  KFUNC(sock_def_readable, sk);
  if (const wait_queue_head* wait = sleepers(sk))
    wake_up_interruptible_poll(wait, EPOLLIN | EPOLLPRI | EPOLLRDNORM | EPOLLRDBAND);
}
// A datagram socket's writer wakes when half of its buffer is free.
void sock_def_write_space(const sock* sk) {
  KFUNC(sock_def_write_space, sk);
  if (!sock_writeable(sk)) return;
  if (const wait_queue_head* wait = sleepers(sk))
    wake_up_interruptible_poll(wait, EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
}

// Something went wrong (sk_err) or waits in the error queue.
void sk_error_report(const sock* sk) {
  KFUNC(sk_error_report, sk);
  sk->sk_error_report(sk);
}

// SIGURG to the owner of the file. 0: it has none.
static int send_sigurg(const fown_struct* fown) {
  KFUNC(send_sigurg, fown);
  if (!fown->pid) return call.result(0);
  SIMPLIFIED("the signal is not delivered: tasks here have no handlers for SIGURG");
  return call.result(1);
}
// Urgent data is announced: the process that asked for it by F_SETOWN gets SIGURG.
void sk_send_sigurg(const sock* sk) {
  KFUNC(sk_send_sigurg, sk);
  const socket* sock = sk->sk_socket;
  const file* owned = sock ? sock->file.get() : nullptr; // the owner is the file's, not the socket's
  if (owned) send_sigurg(&owned->f_owner);
}

// The reader found nothing behind `skb`: it sleeps until something is queued there, the time is up or a signal comes.
int sk_wait_data(const sock* sk, s64* timeo, const sk_buff* skb) {
  KFUNC(sk_wait_data, sk, skb);
  OnStack<wait_queue_entry> me;
  init_wait_func(me, fn<woken_wake_function>);
  add_wait_queue(sk_sleep(sk), me);
  const auto somethingCame = [&] { return skb_peek_tail(&sk->sk_receive_queue) != skb; };
  const int woken = sk_wait_event(sk, timeo, me, somethingCame, true);
  remove_wait_queue(sk_sleep(sk), me);
  return call.result(woken);
}

// ---- packets on the account of options (SO_ZEROCOPY notices), not of data

void sock_ofree(const sk_buff* skb) {
  KFUNC(sock_ofree, skb);
  sub(skb->sk->sk_omem_alloc.counter, static_cast<int>(skb->truesize));
}

static bool optionRoom(const sock* sk, u64 bytes) {
  const auto held = static_cast<u64>(atomic_read(&sk->sk_omem_alloc));
  return held + bytes <= sysctl_optmem_max;
}

const sk_buff* sock_omalloc(const sock* sk, u64 size, u32 priority) {
  KFUNC(sock_omalloc, sk, size, priority);
  const auto bytes = static_cast<u32>(size);
  const sk_buff* skb = optionRoom(sk, SKB_TRUESIZE(bytes)) ? alloc_skb(bytes, priority) : nullptr;
  if (!skb) return call.result(skb);
  add(sk->sk_omem_alloc.counter, static_cast<int>(skb->truesize));
  set(skb->sk, sk);
  set(skb->destructor, fn<sock_ofree>);
  return call.result(skb);
}

// Memory on the account of options and control messages (sysctl net.core.optmem_max).
const u8* sock_kmalloc(const sock* sk, u32 size) {
  KFUNC(sock_kmalloc, sk, size);
  const u8* room = optionRoom(sk, size) ? kmallocBuffer(size, GFP_KERNEL) : nullptr;
  if (room) add(sk->sk_omem_alloc.counter, static_cast<int>(size));
  return call.result(room);
}
void sock_kfree_s(const sock* sk, const u8* mem, u32 size) {
  KFUNC(sock_kfree_s, sk, size);
  kfree(mem);
  sub(sk->sk_omem_alloc.counter, static_cast<int>(size));
}

} // namespace sockwalk::kernel
