// What stream sockets have in common: waiting for a connection, for room in the send buffer and for the end; waking
// those who wait; and emptying the queues of a socket that goes.
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/signals.h"

namespace sockwalk::kernel {

// A third of the buffer must be free before a writer is woken: else it would wake for every segment.
void sk_stream_write_space(const sock* sk) {
  KFUNC(sk_stream_write_space, sk);
  const socket* sock = sk->sk_socket;
  if (!sock || !sk_stream_is_writeable(sk)) return;
  set(sock->flags, sock->flags & ~(1ull << SOCK_NOSPACE));
  const socket_wq* sleepers = sk->sk_wq;
  const bool anybody = sleepers && waitqueue_active(&sleepers->wait);
  if (anybody) wake_up_interruptible_poll(&sleepers->wait, EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
}

namespace {
bool inState(const sock* sk, int states) { return 1 << sk->sk_state & states; } // one of TCPF_...
bool isConnected(const sock* sk) { return !sk->sk_err && inState(sk, TCPF_ESTABLISHED | TCPF_CLOSE_WAIT); }

// Why waiting for the connection is of no use (any more); 0: it is.
int whyNotWait(const sock* sk, s64 patience) {
  if (const int err = sock_error(sk)) return err;
  if (!inState(sk, TCPF_SYN_SENT | TCPF_SYN_RECV)) return -EPIPE;
  if (!patience) return -EAGAIN;
  return signal_pending(get_current()) ? sock_intr_errno(patience) : 0;
}
} // namespace

// A writer that comes before the handshake is done waits here for its end.
int sk_stream_wait_connect(const sock* sk, s64* timeo_p) {
  KFUNC(sk_stream_wait_connect, sk);
  OnStack<wait_queue_entry> me;
  init_wait_func(me, fn<woken_wake_function>);
  for (int outcome = 0; !outcome;) {
    if (const int futile = whyNotWait(sk, *timeo_p)) return call.result(futile);
    add_wait_queue(sk_sleep(sk), me);
    add(sk->sk_write_pending, 1); // an ACK need not be sent alone: data will follow at once
    outcome = sk_wait_event(sk, timeo_p, me, [&] { return isConnected(sk); });
    remove_wait_queue(sk_sleep(sk), me);
    sub(sk->sk_write_pending, 1);
    if (outcome < 0) return call.result(outcome);
  }
  return call.result(0);
}

static bool sk_stream_closing(const sock* sk) { return inState(sk, TCPF_FIN_WAIT1 | TCPF_CLOSING | TCPF_LAST_ACK); }

// SO_LINGER: close() returns when the peer has everything, or when time is up.
void sk_stream_wait_close(const sock* sk, s64 timeout) {
  KFUNC(sk_stream_wait_close, sk, timeout);
  if (!timeout) return;
  OnStack<wait_queue_entry> me;
  init_wait_func(me, fn<woken_wake_function>);
  add_wait_queue(sk_sleep(sk), me);
  const auto closed = [&] { return !sk_stream_closing(sk); };
  bool over = false;
  while (!over) over = sk_wait_event(sk, &timeout, me, closed) || signal_pending(get_current()) || !timeout;
  remove_wait_queue(sk_sleep(sk), me);
}

namespace {
// How long a writer still waits. If his buffer has room and only the machine's memory is short, he waits a moment and
// tries again: nobody would wake him. The moment is drawn at random, so that not all writers come back at once.
struct Patience {
  s64 left;       // of what the caller allowed
  s64 moment = 0; // of the wait for memory; 0: waiting for room
  s64 sleep;      // what the next sleep may take

  Patience(s64 allowed, bool onlyMemory) : left(allowed), sleep(allowed) {
    if (onlyMemory) sleep = moment = static_cast<s64>(machine().random() % (HZ() / 5)) + 2;
  }
  void slept() { // `sleep` is what remained of it
    if (moment) {
      const s64 took = moment - sleep;
      sleep = left == MAX_SCHEDULE_TIMEOUT ? left : std::max<s64>(0, left - took);
      moment = 0;
    }
    left = sleep;
  }
};
} // namespace

// The send buffer is full: 0 when there is room again, else why there will be none.
int sk_stream_wait_memory(const sock* sk, s64* timeo_p) {
  KFUNC(sk_stream_wait_memory, sk);
  OnStack<wait_queue_entry> me;
  init_wait_func(me, fn<woken_wake_function>);
  Patience patience(*timeo_p, sk_stream_memory_free(sk));
  const auto room = [&] { return sk_stream_memory_free(sk) && !patience.moment; };
  const auto broken = [&] { return sk->sk_err || sk->sk_shutdown & SEND_SHUTDOWN; };
  const auto wantSpace = [&] { set(sk->sk_socket->flags, sk->sk_socket->flags | 1ull << SOCK_NOSPACE); };
  int err = 0;
  add_wait_queue(sk_sleep(sk), me);
  for (;;) {
    if (broken()) err = -EPIPE;
    else if (!patience.left) wantSpace(), err = -EAGAIN; // poll() must be told when there is room
    else if (signal_pending(get_current())) err = sock_intr_errno(patience.left);
    if (err || room()) break;
    wantSpace();
    NOTE("sock.send_buffer_full", sk, sk->sk_wmem_queued, sk->sk_sndbuf);
    add(sk->sk_write_pending, 1);
    const int woken = sk_wait_event(sk, &patience.sleep, me, [&] { return broken() || room(); });
    sub(sk->sk_write_pending, 1);
    if (woken < 0) {
      err = -EPIPE; // disconnected meanwhile
      break;
    }
    patience.slept();
  }
  *timeo_p = patience.left;
  if (!sock_flag(sk, SOCK_DEAD)) remove_wait_queue(sk_sleep(sk), me);
  return call.result(err);
}

// Nobody reads any more: the writer gets the pending error, or EPIPE together with the signal SIGPIPE.
int sk_stream_error(const sock* sk, int flags, int err) {
  KFUNC(sk_stream_error, sk, flags, err);
  const int pending = err == -EPIPE ? sock_error(sk) : 0;
  const int told = pending ? pending : err;
  const bool signals = told == -EPIPE && !(flags & MSG_NOSIGNAL);
  if (signals) send_sig(SIGPIPE, get_current(), 0);
  return call.result(told);
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
  const int missing = size - sk->sk_forward_alloc;
  if (missing <= 0) return;
  const int pages = sk_mem_pages(missing);
  add(sk->sk_forward_alloc, pages << PAGE_SHIFT);
  if (const auto* total = static_cast<const s64*>(sk->sk_prot->memory_allocated.get())) add(*total, pages);
}

} // namespace sockwalk::kernel
