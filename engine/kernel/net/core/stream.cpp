// What stream sockets have in common: waiting for a connection, for room in the send buffer and for the end; waking
// those who wait; and emptying the queues of a socket that goes.
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock_mem.h"
#include "engine/kernel/include/net/sock_wait.h"
#include "engine/kernel/include/net/tcp_calls.h"

namespace sockwalk::kernel {

// A third of the buffer must be free before a writer is woken: else it would wake for every segment.
void sk_stream_write_space(const sock* sk) {
  KFUNC(sk_stream_write_space, sk);
  const socket* sock = sk->sk_socket;
  if (!sk_stream_is_writeable(sk) || !sock) return;
  set(sock->flags, sock->flags & ~(1ull << SOCK_NOSPACE));
  const socket_wq* wq = sk->sk_wq;
  if (wq && waitqueue_active(&wq->wait)) wake_up_interruptible_poll(&wq->wait, EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
}

// A writer that comes before the handshake is done waits here for its end.
int sk_stream_wait_connect(const sock* sk, s64* timeo_p) {
  KFUNC(sk_stream_wait_connect, sk);
  OnStack<wait_queue_entry> wait;
  init_wait_func(wait, fn<woken_wake_function>);
  int done = 0;
  do {
    if (const int err = sock_error(sk)) return call.result(err);
    if (1 << sk->sk_state & ~(TCPF_SYN_SENT | TCPF_SYN_RECV)) return call.result(-EPIPE);
    if (!*timeo_p) return call.result(-EAGAIN);
    if (signal_pending(get_current())) return call.result(sock_intr_errno(*timeo_p));
    add_wait_queue(sk_sleep(sk), wait);
    add(sk->sk_write_pending, 1);
    done = sk_wait_event(sk, timeo_p, wait,
                         [&] { return !sk->sk_err && !(1 << sk->sk_state & ~(TCPF_ESTABLISHED | TCPF_CLOSE_WAIT)); });
    remove_wait_queue(sk_sleep(sk), wait);
    sub(sk->sk_write_pending, 1);
  } while (!done);
  return call.result(done < 0 ? done : 0);
}

static bool sk_stream_closing(const sock* sk) {
  return 1 << sk->sk_state & (TCPF_FIN_WAIT1 | TCPF_CLOSING | TCPF_LAST_ACK);
}

// SO_LINGER: close() returns when the peer has everything, or when time is up.
void sk_stream_wait_close(const sock* sk, s64 timeout) {
  KFUNC(sk_stream_wait_close, sk, timeout);
  if (!timeout) return;
  OnStack<wait_queue_entry> wait;
  init_wait_func(wait, fn<woken_wake_function>);
  add_wait_queue(sk_sleep(sk), wait);
  do {
    if (sk_wait_event(sk, &timeout, wait, [&] { return !sk_stream_closing(sk); })) break;
  } while (!signal_pending(get_current()) && timeout);
  remove_wait_queue(sk_sleep(sk), wait);
}

// The send buffer is full: 0 when there is room again, else why there will be none.
// If the buffer has room and only memory is short, it waits a moment (vm_wait) and tries again.
int sk_stream_wait_memory(const sock* sk, s64* timeo_p) {
  KFUNC(sk_stream_wait_memory, sk);
  OnStack<wait_queue_entry> wait;
  init_wait_func(wait, fn<woken_wake_function>);
  s64 vm_wait = 0, current_timeo = *timeo_p;
  if (sk_stream_memory_free(sk)) current_timeo = vm_wait = static_cast<s64>(machine().random() % (HZ() / 5)) + 2;
  const auto free = [&] { return sk_stream_memory_free(sk) && !vm_wait; };
  const auto broken = [&] { return sk->sk_err || sk->sk_shutdown & SEND_SHUTDOWN; };
  const auto noSpace = [&] { set(sk->sk_socket->flags, sk->sk_socket->flags | 1ull << SOCK_NOSPACE); };
  int err = 0;
  add_wait_queue(sk_sleep(sk), wait);
  for (;;) {
    if (broken()) err = -EPIPE;
    else if (!*timeo_p) noSpace(), err = -EAGAIN; // poll() must be told when there is room
    else if (signal_pending(get_current())) err = sock_intr_errno(*timeo_p);
    if (err || free()) break;
    noSpace();
    NOTE("sock.send_buffer_full", sk, sk->sk_wmem_queued, sk->sk_sndbuf);
    add(sk->sk_write_pending, 1);
    const int rc = sk_wait_event(sk, &current_timeo, wait, [&] { return broken() || free(); });
    sub(sk->sk_write_pending, 1);
    if (rc < 0) {
      err = -EPIPE;
      break;
    }
    if (vm_wait) {
      vm_wait -= current_timeo;
      current_timeo = *timeo_p;
      if (current_timeo != MAX_SCHEDULE_TIMEOUT) current_timeo = std::max<s64>(0, current_timeo - vm_wait);
      vm_wait = 0;
    }
    *timeo_p = current_timeo;
  }
  if (!sock_flag(sk, SOCK_DEAD)) remove_wait_queue(sk_sleep(sk), wait);
  return call.result(err);
}

// Nobody reads any more: the writer gets the pending error, or EPIPE together with the signal SIGPIPE.
int sk_stream_error(const sock* sk, int flags, int err) {
  KFUNC(sk_stream_error, sk, flags, err);
  if (err == -EPIPE) {
    const int pending = sock_error(sk);
    if (pending) err = pending;
  }
  if (err == -EPIPE && !(flags & MSG_NOSIGNAL)) send_sig(SIGPIPE, get_current(), 0);
  return call.result(err);
}

void sk_stream_kill_queues(const sock* sk) {
  KFUNC(sk_stream_kill_queues, sk);
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_receive_queue)) kfree_skb(skb);
  skb_queue_purge(&sk->sk_error_queue);
  BUG_ON(!skb_queue_empty(&sk->sk_write_queue));
  sk_mem_reclaim_final(sk);
  BUG_ON(sk->sk_wmem_queued);
}

// For what must be sent whatever it costs (a FIN, a retransmission, the first segment): the socket gets the memory
// even beyond the protocol's limit.
void sk_forced_mem_schedule(const sock* sk, int size) {
  KFUNC(sk_forced_mem_schedule, sk, size);
  const int delta = size - sk->sk_forward_alloc;
  if (delta <= 0) return;
  const int pages = sk_mem_pages(delta);
  add(sk->sk_forward_alloc, pages << PAGE_SHIFT);
  if (sk->sk_prot->memory_allocated) add(*static_cast<const s64*>(sk->sk_prot->memory_allocated.get()), pages);
}

} // namespace sockwalk::kernel
