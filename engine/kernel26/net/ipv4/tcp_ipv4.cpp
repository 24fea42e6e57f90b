// TCP of 2.6.11, as far as a socket comes without a packet: its table, its birth, its end.
#include "engine/kernel26/include/net/inet.h"

namespace sockwalk::kernel26 {

Global26<proto> tcp_prot{"tcp_prot"};
static Global26<atomic_t> tcp_sockets_allocated{"tcp_sockets_allocated"}, tcp_memory_allocated{"tcp_memory_allocated"},
    tcp_orphan_count{"tcp_orphan_count"};
static Global26<s32> tcp_memory_pressure{"tcp_memory_pressure"}, sysctl_tcp_reordering{"sysctl_tcp_reordering"};
static Global26<s32[3]> sysctl_tcp_mem{"sysctl_tcp_mem"}, sysctl_tcp_wmem{"sysctl_tcp_wmem"},
    sysctl_tcp_rmem{"sysctl_tcp_rmem"};

// ---- birth
static void tcp_init_xmit_timers(const sock* sk) {
  KFUNC(tcp_init_xmit_timers, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const std::pair<const timer_list*, const NamedSymbol*> timers[] = {
      {&tp->retransmit_timer, &unbuilt26<"tcp_write_timer">},
      {&tp->delack_timer, &unbuilt26<"tcp_delack_timer">},
      {&sk->sk_timer, &unbuilt26<"tcp_keepalive_timer">}};
  for (const auto& [timer, function] : timers) {
    init_timer(timer);
    set(timer->function, *function);
    set(timer->data, Address32::of(sk)); // a timer of then gets a number, not itself
  }
}

// What the congestion control begins with: a window of two segments, and no idea yet of where it should stop.
static void beginCongestionControl(const tcp_sock* tp) {
  const u32 threeSeconds = 3 * machine().options().hz; // TCP_TIMEOUT_INIT
  set(tp->rto, threeSeconds);
  set(tp->mdev, threeSeconds);
  set(tp->snd_cwnd, 2);
  set(tp->snd_ssthresh, 0x7fffffff);
  set(tp->snd_cwnd_clamp, 0xffff);
  set(tp->mss_cache_std, 536);
  set(tp->mss_cache, 536);
  set(tp->reordering, *sysctl_tcp_reordering);
}

static int tcp_v4_init_sock(const sock* sk) {
  KFUNC(tcp_v4_init_sock, sk);
  const tcp_sock* tp = tcp_sk(sk);
  skb_queue_head_init(&tp->out_of_order_queue);
  tcp_init_xmit_timers(sk);
  skb_queue_head_init(&tp->ucopy.prequeue);
  beginCongestionControl(tp);
  set(sk->__sk_common.skc_state, TCP_CLOSE);
  set(sk->sk_write_space, fn<sk_stream_write_space>);
  set(sk->sk_use_write_queue, 1);
  set(sk->sk_sndbuf, sysctl_tcp_wmem[1]);
  set(sk->sk_rcvbuf, sysctl_tcp_rmem[1]);
  atomic_inc(tcp_sockets_allocated);
  return call.result(0);
}

// ---- end
static int tcp_v4_destroy_sock(const sock* sk) {
  KFUNC(tcp_v4_destroy_sock, sk);
  SIMPLIFIED("its timers never ran, it has no port, and nothing waits in its queues");
  atomic_dec(tcp_sockets_allocated);
  return call.result(0);
}

static void tcp_destroy_sock(const sock* sk) {
  KFUNC(tcp_destroy_sock, sk);
  sk->sk_prot->destroy(sk);
  atomic_dec(tcp_orphan_count);
  sock_put(sk);
}

// Without a connection there is nothing to say to anybody: the socket loses its owner and goes.
static void tcp_close(const sock* sk, s32 timeout) {
  KFUNC(tcp_close, sk, timeout);
  SIMPLIFIED("only a socket that never was connected is closed here");
  constexpr u8 ShutdownMask = 3;
  lock_sock(sk);
  set(sk->sk_shutdown, ShutdownMask);
  release_sock(sk);
  sock_hold(sk);
  sock_orphan(sk);
  atomic_inc(tcp_orphan_count);
  if (sk->__sk_common.skc_state == TCP_CLOSE) tcp_destroy_sock(sk);
  sock_put(sk);
}

// ---- boot
void tcp_v4_init(const net_proto_family* ops) {
  KFUNC(tcp_v4_init, ops);
  SIMPLIFIED("the kernel's own socket for resets is not made");
}
void tcp_init() {
  KFUNC(tcp_init);
  SIMPLIFIED("the tables of connections are not made: there are none");
  const s32 write[] = {4096, 16384, 131072}, read[] = {4096, 87380, 174760};
  for (u32 i = 0; i < 3; ++i) {
    set(sysctl_tcp_wmem[i], write[i]);
    set(sysctl_tcp_rmem[i], read[i]);
  }
}

void image_tcp() {
  const proto* p = tcp_prot;
  set(*sysctl_tcp_reordering, 3);
  setBytes(p->name, "TCP", 4);
  set(p->close, fn<tcp_close>);
  set(p->connect, unbuilt26<"tcp_v4_connect">);
  set(p->disconnect, unbuilt26<"tcp_disconnect">);
  set(p->accept, unbuilt26<"tcp_accept">);
  set(p->ioctl, unbuilt26<"tcp_ioctl">);
  set(p->init, fn<tcp_v4_init_sock>);
  set(p->destroy, fn<tcp_v4_destroy_sock>);
  set(p->shutdown, unbuilt26<"tcp_shutdown">);
  set(p->setsockopt, unbuilt26<"tcp_setsockopt">);
  set(p->getsockopt, unbuilt26<"tcp_getsockopt">);
  set(p->sendmsg, unbuilt26<"tcp_sendmsg">);
  set(p->recvmsg, unbuilt26<"tcp_recvmsg">);
  set(p->backlog_rcv, unbuilt26<"tcp_v4_do_rcv">);
  set(p->hash, unbuilt26<"tcp_v4_hash">);
  set(p->unhash, unbuilt26<"tcp_unhash">);
  set(p->get_port, unbuilt26<"tcp_v4_get_port">);
  set(p->enter_memory_pressure, unbuilt26<"tcp_enter_memory_pressure">);
  set(p->sockets_allocated, tcp_sockets_allocated);
  set(p->memory_allocated, tcp_memory_allocated);
  set(p->memory_pressure, tcp_memory_pressure);
  set(p->sysctl_mem, sysctl_tcp_mem.get());
  set(p->sysctl_wmem, sysctl_tcp_wmem.get());
  set(p->sysctl_rmem, sysctl_tcp_rmem.get());
  set(p->max_header, 160);
  set(p->slab_obj_size, sizeof(tcp_sock));
}

} // namespace sockwalk::kernel26
