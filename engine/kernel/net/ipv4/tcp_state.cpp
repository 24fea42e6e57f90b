// The states of a TCP connection, and what happens when one is over. RFC 9293 section 3.3.2 draws them.
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

void tcp_set_state(const sock* sk, int state) {
  KFUNC(tcp_set_state, sk, state);
  const bool over = state == TCP_CLOSE;
  if (over) sk->sk_prot->unhash(sk);                             // no segment finds it any more
  const bool portChosen = sk->sk_userlocks & SOCK_BINDPORT_LOCK; // by bind(): then it stays the socket's
  if (over && !portChosen && inet_csk(sk)->icsk_bind_hash.get()) inet_put_port(sk);
  inet_sk_state_store(sk, state);
}

// The connection is over: the owner is told, or, if there is none any more, the socket ends.
void tcp_done(const sock* sk) {
  KFUNC(tcp_done, sk);
  tcp_set_state(sk, TCP_CLOSE);
  tcp_clear_xmit_timers(sk);
  set(sk->sk_shutdown, SHUTDOWN_MASK);
  const bool hasOwner = !sock_flag(sk, SOCK_DEAD);
  hasOwner ? sk->sk_state_change(sk) : inet_csk_destroy_sock(sk);
}

} // namespace sockwalk::kernel
