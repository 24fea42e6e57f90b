// Opening and ending TCP connections, and TCP's way in: net/ipv4/{tcp_ipv4*,tcp_minisocks,syncookies,tcp_metrics}.cpp
// and tcp_conn_request(). Source: include/net/tcp.h.
#pragma once
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

extern Global<request_sock_ops> tcp_request_sock_ops;
extern Global<struct tcp_request_sock_ops> tcp_request_sock_ipv4_ops;
extern Global<timewait_sock_ops> tcp_timewait_sock_ops;

// ---- tcp_ipv4*.cpp
int tcp_v4_pre_connect(const sock* sk, const sockaddr* uaddr, s32 addr_len);
int tcp_v4_connect(const sock* sk, const sockaddr* uaddr, s32 addr_len);
int tcp_v4_do_rcv(const sock* sk, const sk_buff* skb);
bool tcp_add_backlog(const sock* sk, const sk_buff* skb, skb_drop_reason* reason);
int tcp_filter(const sock* sk, const sk_buff* skb);
void tcp_v4_send_check(const sock* sk, const sk_buff* skb);
void __tcp_v4_send_check(const sk_buff* skb, u32 saddr, u32 daddr);
int tcp_v4_conn_request(const sock* sk, const sk_buff* skb);
const sock* tcp_v4_syn_recv_sock(const sock* sk, const sk_buff* skb, const request_sock* req, const dst_entry* dst,
                                 const request_sock* req_unhash, bool* own_req);
void tcp_v4_mtu_reduced(const sock* sk);
void tcp_req_err(const sock* sk, u32 seq, bool abort);
void tcp_ld_RTO_revert(const sock* sk, u32 seq);
void inet_sk_rx_dst_set(const sock* sk, const sk_buff* skb);
const tcp_md5sig_key* tcp_v4_md5_lookup(const sock* sk, const sock* addr_sk);
inline u16 tcp_v4_check(int len, u32 saddr, u32 daddr, u32 base) {
  return csum_tcpudp_magic(saddr, daddr, static_cast<u32>(len), 6, base);
}

// ---- tcp_conn_request.cpp, tcp_minisocks.cpp
int tcp_conn_request(const request_sock_ops* rsk_ops, const struct tcp_request_sock_ops* af_ops, const sock* sk,
                     const sk_buff* skb);
// What arrived for a request: the child it became, the listener or nullptr. *req_stolen: another CPU was quicker.
const sock* tcp_check_req(const sock* sk, const sk_buff* skb, const request_sock* req, bool fastopen, bool* req_stolen);
int tcp_child_process(const sock* parent, const sock* child, const sk_buff* skb);
const sock* tcp_create_openreq_child(const sock* sk, const request_sock* req, const sk_buff* skb);
void tcp_ca_openreq_child(const sock* sk, const dst_entry* dst);
void tcp_openreq_init_rwin(const request_sock* req, const sock* sk_listener, const dst_entry* dst);
void tcp_time_wait(const sock* sk, int state, int timeo);
tcp_tw_status tcp_timewait_state_process(const inet_timewait_sock* tw, const sk_buff* skb, const tcphdr* th);
int tcp_twsk_unique(const sock* sk, const sock* sktw, const void* twp);

// ---- syncookies.cpp: a listener whose queue is full keeps nothing, and writes what it must remember into the
// sequence number of its SYN-ACK
u32 __cookie_v4_init_sequence(const iphdr* iph, const tcphdr* th, u16* mssp);
u32 cookie_v4_init_sequence(const sk_buff* skb, u16* mssp);
int __cookie_v4_check(const iphdr* iph, const tcphdr* th, u32 cookie); // the MSS, or 0: not ours
const sock* cookie_v4_check(const sock* sk, const sk_buff* skb);
const sock* tcp_get_cookie_sock(const sock* sk, const sk_buff* skb, const request_sock* req, const dst_entry* dst,
                                u32 tsoff);
u64 cookie_init_timestamp(const request_sock* req, u64 now); // ns
bool cookie_timestamp_decode(const net* net, const tcp_options_received* tcp_opt);
bool cookie_ecn_ok(const tcp_options_received* tcp_opt, const net* net, const dst_entry* dst);

// ---- tcp_metrics.cpp: what is remembered of a peer from one connection to the next
const tcp_metrics_block* tcp_get_metrics(const sock* sk, const dst_entry* dst, bool create);
void tcp_init_metrics(const sock* sk);
void tcp_update_metrics(const sock* sk);
bool tcp_peer_is_proven(const request_sock* req, const dst_entry* dst);

int tcp_sk_init(const net* net); // the sysctls of TCP and the control socket of one network namespace

} // namespace sockwalk::kernel
