// TCP as the socket layer sees it: what a TCP socket begins with, and how it ends.
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_init.h"

namespace sockwalk::kernel {

Global<u32> tcp_orphan_count{"tcp_orphan_count"};

static void initSendState(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  INIT_LIST_HEAD(&tp->tsq_node);
  INIT_LIST_HEAD(&tp->tsorted_sent_queue);
  set(inet_csk(sk)->icsk_rto, TCP_TIMEOUT_INIT());
  set(inet_csk(sk)->icsk_rto_min, TCP_RTO_MIN());
  set(inet_csk(sk)->icsk_delack_max, TCP_DELACK_MAX());
  set(tp->mdev_us, 1000000);
  set(tp->snd_cwnd, TCP_INIT_CWND);
  set(tp->app_limited, ~0u); // nothing sent yet: a bubble in the pipe
  set(tp, tcp_sock::bit::rate_app_limited, 1);
  set(tp->snd_ssthresh, TCP_INFINITE_SSTHRESH);
  set(tp->snd_cwnd_clamp, ~0u);
  set(tp->mss_cache, TCP_MSS_DEFAULT);
  set(tp->reordering, sock_net(sk)->ipv4.sysctl_tcp_reordering);
}

void tcp_init_sock(const sock* sk) {
  KFUNC(tcp_init_sock, sk);
  tcp_init_xmit_timers(sk);
  initSendState(sk);
  tcp_assign_congestion_control(sk);
  set(tcp_sk(sk)->rack.reo_wnd_steps, 1);
  set(sk->sk_write_space, fn<sk_stream_write_space>);
  sock_set_flag(sk, SOCK_USE_WRITE_QUEUE);
  set(inet_csk(sk)->icsk_sync_mss, unbuilt<"tcp_sync_mss">);
  set(sk->sk_sndbuf, sock_net(sk)->ipv4.sysctl_tcp_wmem[1]);
  set(sk->sk_rcvbuf, sock_net(sk)->ipv4.sysctl_tcp_rmem[1]);
  set(sk->sk_socket->flags, sk->sk_socket->flags | 1ull << SOCK_SUPPORT_ZC);
}

void tcp_set_state(const sock* sk, int state) {
  KFUNC(tcp_set_state, sk, state);
  const int old = sk->sk_state;
  if (state == TCP_CLOSE) {
    sk->sk_prot->unhash(sk);

  }
  set(sk->sk_state, state);
  NOTE("tcp.state", sk, old, state);
}

void tcp_write_queue_purge(const sock* sk) {
  KFUNC(tcp_write_queue_purge, sk);
  tcp_chrono_stop(sk, TCP_CHRONO_BUSY);
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_write_queue)) kfree_skb(skb);
  INIT_LIST_HEAD(&tcp_sk(sk)->tsorted_sent_queue);
  set(tcp_sk(sk)->packets_out, 0);
  set(inet_csk(sk)->icsk_backoff, 0);
}

static void __tcp_close(const sock* sk, s64 timeout) {
  KFUNC(__tcp_close, sk, timeout);
  SIMPLIFIED("only sockets that never were connected can be closed so far");
  set(sk->sk_shutdown, SHUTDOWN_MASK);
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_receive_queue)) __kfree_skb(skb);
  BUG_ON(sk->sk_state != TCP_CLOSE);
  sock_hold(sk);
  sock_orphan(sk);
  __release_sock(sk);
  add(*tcp_orphan_count, 1u);
  inet_csk_destroy_sock(sk);
}

void tcp_close(const sock* sk, s64 timeout) {
  KFUNC(tcp_close, sk, timeout);
  lock_sock(sk);
  __tcp_close(sk, timeout);
  release_sock(sk);
  sock_put(sk);
}

void tcp_init() {
  KFUNC(tcp_init);
  inet_hashinfo_init();
}

} // namespace sockwalk::kernel
