// TCP over IPv4: the protocol's table, and the beginning and the end of its sockets.
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"
#include "engine/kernel/net/ipv4/tcp_ipv4_internal.h"

namespace sockwalk::kernel {

Global<proto> tcp_prot{"tcp_prot"};
Global<inet_connection_sock_af_ops> ipv4_specific{"ipv4_specific"};

static int tcp_v4_init_sock(const sock* sk) {
  KFUNC(tcp_v4_init_sock, sk);
  tcp_init_sock(sk);
  set(inet_csk(sk)->icsk_af_ops, ipv4_specific);
  return call.result(0);
}

static void tcp_free_fastopen_req(const tcp_sock* tp) {
  KFUNC(tcp_free_fastopen_req, tp);
  kfree(tp->fastopen_req.get());
}

static void tcp_v4_destroy_sock(const sock* sk) {
  KFUNC(tcp_v4_destroy_sock, sk);
  tcp_clear_xmit_timers(sk);
  tcp_cleanup_congestion_control(sk);
  tcp_cleanup_ulp(sk);
  tcp_write_queue_purge(sk);
  tcp_fastopen_active_disable_ofo_check(sk);
  skb_rbtree_purge(&tcp_sk(sk)->out_of_order_queue);
  if (inet_csk(sk)->icsk_bind_hash.get()) inet_put_port(sk);
  tcp_free_fastopen_req(tcp_sk(sk));
  tcp_fastopen_destroy_cipher(sk);
  tcp_saved_syn_free(tcp_sk(sk));
}

// The slots that the calls' own files fill (close, sendmsg, setsockopt ...) are in image_tcp_calls().
static void layProtCalls() {
  set(tcp_prot->pre_connect, fn<tcp_v4_pre_connect>);
  set(tcp_prot->connect, fn<tcp_v4_connect>);
  set(tcp_prot->accept, fn<inet_csk_accept>);
  set(tcp_prot->init, fn<tcp_v4_init_sock>);
  set(tcp_prot->destroy, fn<tcp_v4_destroy_sock>);
  set(tcp_prot->setsockopt, unbuilt<"tcp_setsockopt">);
  set(tcp_prot->getsockopt, unbuilt<"tcp_getsockopt">);
  set(tcp_prot->keepalive, fn<tcp_set_keepalive>);
  set(tcp_prot->backlog_rcv, fn<tcp_v4_do_rcv>);
  set(tcp_prot->release_cb, fn<tcp_release_cb>);
  set(tcp_prot->hash, fn<inet_hash>);
  set(tcp_prot->unhash, fn<inet_unhash>);
  set(tcp_prot->get_port, fn<inet_csk_get_port>);
  set(tcp_prot->put_port, fn<inet_put_port>);
  set(tcp_prot->rsk_prot, tcp_request_sock_ops);
  set(tcp_prot->twsk_prot, tcp_timewait_sock_ops);
}

static void layAddressFamilyCalls() {
  set(ipv4_specific->queue_xmit, fn<ip_queue_xmit>);
  set(ipv4_specific->send_check, fn<tcp_v4_send_check>);
  set(ipv4_specific->rebuild_header, fn<inet_sk_rebuild_header>);
  set(ipv4_specific->sk_rx_dst_set, fn<inet_sk_rx_dst_set>);
  set(ipv4_specific->conn_request, fn<tcp_v4_conn_request>);
  const u64 address = fn<tcp_v4_syn_recv_sock>.address(); // its type has a callback in it: eight plain bytes
  setBytes(&ipv4_specific->syn_recv_sock, &address, 8);
  set(ipv4_specific->net_header_len, 20);
  set(ipv4_specific->sockaddr_len, 16);
  set(ipv4_specific->addr2sockaddr, fn<inet_csk_addr2sockaddr>);
  set(ipv4_specific->mtu_reduced, fn<tcp_v4_mtu_reduced>);
}

void image_tcp() {
  setBytes(tcp_prot->name, "TCP", 3);
  layProtCalls();
  set(tcp_prot->h.hashinfo, tcp_hashinfo);
  set(tcp_prot->orphan_count, tcp_orphan_count.get());
  set(tcp_prot->max_header, MAX_TCP_HEADER);
  set(tcp_prot->obj_size, sizeof(tcp_sock));
  set(tcp_prot->sysctl_wmem_offset, offsetof(net, ipv4.sysctl_tcp_wmem));
  set(tcp_prot->sysctl_rmem_offset, offsetof(net, ipv4.sysctl_tcp_rmem));
  set(tcp_prot->no_autobind, true);
  layAddressFamilyCalls();
  image_tcp_requests();
  image_tcp_timewait();
  image_tcp_cong();
  image_tcp_calls();
  image_tcp_mem();
  const s32 wmem[3] = {4096, 16384, 4194304}, rmem[3] = {4096, 131072, 6291456}; // least, default, most
  setBytes(init_net->ipv4.sysctl_tcp_wmem, wmem, sizeof wmem);
  setBytes(init_net->ipv4.sysctl_tcp_rmem, rmem, sizeof rmem);
}

} // namespace sockwalk::kernel
