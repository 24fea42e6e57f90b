// What can be done with a socket, for poll and epoll: the way to it, and the answer of datagram sockets.
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/socket_internal.h"
#include "engine/memory/constants/socket.h"

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

static u32 errorEvents(const sock* sk) {
  const bool wrong = sk->sk_err || !skb_queue_empty(&sk->sk_error_queue);
  if (!wrong) return 0;
  return EPOLLERR | (sock_flag(sk, SOCK_SELECT_ERR_QUEUE) ? EPOLLPRI : 0); // select() has no set for EPOLLERR alone
}
// The end of the data can be read too: a read does not wait there, and gives nothing.
static u32 readEvents(const sock* sk) {
  constexpr u32 readable = EPOLLIN | EPOLLRDNORM;
  const bool readEnded = sk->sk_shutdown & RCV_SHUTDOWN, writeEnded = sk->sk_shutdown & SEND_SHUTDOWN;
  u32 events = skb_queue_empty(&sk->sk_receive_queue) ? 0 : readable;
  if (readEnded) events |= readable | EPOLLRDHUP;
  if (readEnded && writeEnded) events |= EPOLLHUP;
  return events;
}
static u32 writeEvents(const sock* sk) {
  return sock_writeable(sk) ? EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND : 0; // nobody waits for SIGIO: no bit is set for it
}

// Leaves word on the wait queue before it looks: what comes between the two is not missed.
u32 datagram_poll(const file* f, const socket* sock, const poll_table_struct* wait) {
  KFUNC(datagram_poll, f, sock, wait);
  sock_poll_wait(f, sock, wait);
  const struct sock* sk = sock->sk;
  return call.result(errorEvents(sk) | readEvents(sk) | writeEvents(sk));
}

} // namespace sockwalk::kernel
