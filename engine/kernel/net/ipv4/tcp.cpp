// TCP as the socket layer sees it: what a TCP socket begins with, and the memory that all of them share.
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/tcp_ipv4_internal.h"

namespace sockwalk::kernel {

Global<u32> tcp_orphan_count{"tcp_orphan_count"}, sysctl_tcp_max_orphans{"sysctl_tcp_max_orphans"};

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

// The slots of TCP's table that these files fill.
void image_tcp_calls() {
  set(tcp_prot->close, fn<tcp_close>);
  set(tcp_prot->disconnect, fn<tcp_disconnect>);
  set(tcp_prot->ioctl, fn<tcp_ioctl>);
  set(tcp_prot->shutdown, fn<tcp_shutdown>);
  set(tcp_prot->setsockopt, fn<tcp_setsockopt>);
  set(tcp_prot->getsockopt, fn<tcp_getsockopt>);
  set(ipv4_specific->setsockopt, fn<ip_setsockopt>);
  set(ipv4_specific->getsockopt, fn<ip_getsockopt>);
  set(tcp_prot->recvmsg, fn<tcp_recvmsg>);
  set(tcp_prot->sendmsg, fn<tcp_sendmsg>);
  set(tcp_prot->sendpage, fn<tcp_sendpage>);
  set(tcp_prot->stream_memory_free, fn<tcp_stream_memory_free>);
  set(tcp_prot->keepalive, fn<tcp_set_keepalive>);
  set(tcp_prot->diag_destroy, fn<tcp_abort>);
}

void tcp_init() {
  KFUNC(tcp_init);
  inet_hashinfo_init();
  tcp_v4_init();
  tcp_metrics_init();
  set(*sysctl_tcp_max_orphans, 4096u);
  tcp_register_congestion_control(tcp_reno);
  tcp_tasklet_init();
}

} // namespace sockwalk::kernel
