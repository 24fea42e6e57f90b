// What connection-oriented internet protocols share: timers, ports, the end of a socket.
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

static void timer_setup(const timer_list* timer, const NamedSymbol& function) {
  set(timer->function, function);
  setAddress(&timer->entry.pprev, nullptr);
}

void inet_csk_init_xmit_timers(const sock* sk, const NamedSymbol& retransmit, const NamedSymbol& delack,
                               const NamedSymbol& keepalive) {
  KFUNC(inet_csk_init_xmit_timers, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  timer_setup(&icsk->icsk_retransmit_timer, retransmit);
  timer_setup(&icsk->icsk_delack_timer, delack);
  timer_setup(&icsk->icsk_keepalive_timer, keepalive);
  set(icsk->icsk_pending, 0);
  set(icsk->icsk_ack.pending, 0);
}

void inet_csk_clear_xmit_timers(const sock* sk) {
  KFUNC(inet_csk_clear_xmit_timers, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  set(icsk->icsk_pending, 0);
  set(icsk->icsk_ack.pending, 0);
  sk_stop_timer(sk, &icsk->icsk_retransmit_timer);
  sk_stop_timer(sk, &icsk->icsk_delack_timer);
  sk_stop_timer(sk, &icsk->icsk_keepalive_timer);
}

void inet_csk_destroy_sock(const sock* sk) {
  KFUNC(inet_csk_destroy_sock, sk);
  BUG_ON(!sock_flag(sk, SOCK_DEAD) || sk_hashed(sk));
  sk->sk_prot->destroy(sk);
  sk_stream_kill_queues(sk);
  sub(*sk->sk_prot->orphan_count.get(), 1u);
  sock_put(sk);
}

} // namespace sockwalk::kernel
