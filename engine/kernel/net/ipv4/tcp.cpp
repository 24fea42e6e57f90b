// TCP as the socket layer sees it: what a TCP socket begins with, and the memory that all of them share.
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_init.h"
#include "engine/kernel/include/net/tcp_calls.h"
#include "engine/kernel/include/net/tcp_handshake.h"
#include "engine/kernel/include/net/tcp_output.h"

namespace sockwalk::kernel {

Global<u32> tcp_orphan_count{"tcp_orphan_count"}, sysctl_tcp_max_orphans{"sysctl_tcp_max_orphans"};
Global<s64> tcp_memory_allocated{"tcp_memory_allocated"};
Global<u64> tcp_memory_pressure{"tcp_memory_pressure"};
Global<s64[3]> sysctl_tcp_mem{"sysctl_tcp_mem"}; // pages: no pressure below the first, pressure from the second on, the limit

void tcp_enter_memory_pressure(const sock* sk) {
  KFUNC(tcp_enter_memory_pressure, sk);
  if (!*tcp_memory_pressure) set(*tcp_memory_pressure, machine().jiffies());
}
void tcp_leave_memory_pressure(const sock* sk) {
  KFUNC(tcp_leave_memory_pressure, sk);
  if (*tcp_memory_pressure) set(*tcp_memory_pressure, 0);
}

static void initSendState(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  INIT_LIST_HEAD(&tp->tsq_node);
  INIT_LIST_HEAD(&tp->tsorted_sent_queue);
  set(inet_csk(sk)->icsk_rto, TCP_TIMEOUT_INIT());
  set(inet_csk(sk)->icsk_rto_min, TCP_RTO_MIN());
  set(inet_csk(sk)->icsk_delack_max, TCP_DELACK_MAX());
  set(tp->mdev_us, 1000000);
  minmax_reset(&tp->rtt_min, tcp_jiffies32(), ~0u);
  tcp_snd_cwnd_set(tp, TCP_INIT_CWND);
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
  set(inet_csk(sk)->icsk_sync_mss, fn<tcp_sync_mss>);
  set(sk->sk_sndbuf, sock_net(sk)->ipv4.sysctl_tcp_wmem[1]);
  set(sk->sk_rcvbuf, sock_net(sk)->ipv4.sysctl_tcp_rmem[1]);
  set(sk->sk_socket->flags, sk->sk_socket->flags | 1ull << SOCK_SUPPORT_ZC);
}

void tcp_init() {
  KFUNC(tcp_init);
  inet_hashinfo_init();
  set(*sysctl_tcp_max_orphans, 4096u);
  const s64 mem[3] = {22998, 30665, 45996}; // what a machine of 1 GiB gets: 1/16 of it, and around
  setBytes(sysctl_tcp_mem.get(), mem, sizeof mem);
}

} // namespace sockwalk::kernel
