// What stream sockets have in common: waking a writer, and emptying the queues at the end.
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

// A third of the buffer must be free before a writer is woken: else it would wake for every segment.
void sk_stream_write_space(const sock* sk) {
  KFUNC(sk_stream_write_space, sk);
  const socket* sock = sk->sk_socket;
  const int space = sk->sk_sndbuf - sk->sk_wmem_queued;
  if (space < sk->sk_wmem_queued / 2 || !sock) return;
  set(sock->flags, sock->flags & ~(1ull << SOCK_NOSPACE));
  const socket_wq* wq = sk->sk_wq;
  if (wq && waitqueue_active(&wq->wait)) wake_up_interruptible_poll(&wq->wait, EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
}

void sk_stream_kill_queues(const sock* sk) {
  KFUNC(sk_stream_kill_queues, sk);
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_receive_queue)) kfree_skb(skb);
  skb_queue_purge(&sk->sk_error_queue);
  sk_mem_reclaim_final(sk);
}

} // namespace sockwalk::kernel
