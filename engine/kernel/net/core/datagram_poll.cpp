// What can be done with a socket, for poll and epoll: the way to it, and the answer of datagram sockets.
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/include/net/sock_send.h"

namespace sockwalk::kernel {

void sock_poll_wait(const file* filp, const socket* sock, const poll_table_struct* p) {
  if (!poll_does_not_wait(p)) poll_wait(filp, &sock->wq.wait, p);
}

// The file of a socket is asked: the protocol knows.
u32 sock_poll(const file* f, const poll_table_struct* wait) {
  KFUNC(sock_poll, f, wait);
  SIMPLIFIED("the device is never polled busily");
  const auto* sock = static_cast<const socket*>(f->private_data.get());
  if (!sock->ops->poll) return call.result(0u);
  return call.result(sock->ops->poll(f, sock, wait));
}

u32 datagram_poll(const file* f, const socket* sock, const poll_table_struct* wait) {
  KFUNC(datagram_poll, f, sock, wait);
  const struct sock* sk = sock->sk;
  sock_poll_wait(f, sock, wait);
  u32 mask = 0;
  if (sk->sk_err || !skb_queue_empty(&sk->sk_error_queue))
    mask |= EPOLLERR | (sock_flag(sk, SOCK_SELECT_ERR_QUEUE) ? EPOLLPRI : 0);
  if (sk->sk_shutdown & RCV_SHUTDOWN) mask |= EPOLLRDHUP | EPOLLIN | EPOLLRDNORM;
  if (sk->sk_shutdown == (RCV_SHUTDOWN | SEND_SHUTDOWN)) mask |= EPOLLHUP;
  if (!skb_queue_empty(&sk->sk_receive_queue)) mask |= EPOLLIN | EPOLLRDNORM;
  if (sock_writeable(sk)) mask |= EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;
  else set(sk->sk_wq->flags, sk->sk_wq->flags | 1u); // SOCKWQ_ASYNC_NOSPACE: whoever makes room tells
  return call.result(mask);
}

} // namespace sockwalk::kernel
