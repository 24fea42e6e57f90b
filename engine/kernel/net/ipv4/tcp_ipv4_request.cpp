// Opening a connection from the listener's side, as far as it is IPv4's business: the request's addresses and route, the
// SYN-ACK, and the child that the last segment of the handshake makes.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/secure_seq.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/tcp_ipv4_internal.h"

namespace sockwalk::kernel {

Global<request_sock_ops> tcp_request_sock_ops{"tcp_request_sock_ops"};
Global<struct tcp_request_sock_ops> tcp_request_sock_ipv4_ops{"tcp_request_sock_ipv4_ops"};

const tcp_md5sig_key* tcp_v4_md5_lookup(const sock* sk, const sock* addr_sk) {
  KFUNC(tcp_v4_md5_lookup, sk, addr_sk);
  SIMPLIFIED("MD5 keys (RFC 2385) cannot be set, so none is found");
  return call.result<const tcp_md5sig_key*>(nullptr);
}

// Of the checksum only the pseudo header is summed here. The device, or whoever does it in its place, adds the rest.
static void sumPseudoHeader(const sk_buff* skb, u32 from, u32 to) {
  const tcphdr* th = tcp_hdr(skb);
  set(th->check, ~tcp_v4_check(static_cast<int>(skb->len), from, to, 0));
  set(skb->csum_start, skb->transport_header);
  set(skb->csum_offset, offsetof(tcphdr, check));
}
void __tcp_v4_send_check(const sk_buff* skb, u32 saddr, u32 daddr) {
  KFUNC(__tcp_v4_send_check, skb, saddr, daddr);
  sumPseudoHeader(skb, saddr, daddr);
}
void tcp_v4_send_check(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_v4_send_check, sk, skb);
  sumPseudoHeader(skb, inet_sk(sk)->inet_saddr, inet_sk(sk)->inet_daddr);
}

// ---- the request
// Both in one number, the offset of the timestamps above.
static u64 tcp_v4_init_seq_and_ts_off(const net* net, const sk_buff* skb) {
  KFUNC(tcp_v4_init_seq_and_ts_off, net, skb);
  const iphdr* iph = ip_hdr(skb);
  const tcphdr* th = tcp_hdr(skb);
  u32 offset;
  const u32 isn = secure_tcp_seq_and_ts_off(net, iph->daddr, iph->saddr, th->dest, th->source, &offset);
  return call.result(u64(offset) << 32 | isn);
}

static void tcp_v4_init_req(const request_sock* req, const sk_buff* skb) {
  set(req_to_sk(req)->sk_rcv_saddr, ip_hdr(skb)->daddr);
  set(req_to_sk(req)->sk_daddr, ip_hdr(skb)->saddr);
  set(inet_rsk(req)->ireq_opt, nullptr);
}

static const dst_entry* tcp_v4_route_req(const sock* sk, const sk_buff* skb, const flowi* fl, const request_sock* req) {
  KFUNC(tcp_v4_route_req, sk, skb, fl, req);
  SIMPLIFIED("IP options of a SYN are not kept for the connection");
  tcp_v4_init_req(req, skb);
  if (security_inet_conn_request(sk, skb, req)) return call.result<const dst_entry*>(nullptr);
  return call.result(inet_csk_route_req(sk, &fl->u.ip4, req));
}

// tcp_reflect_tos: the answer gets the class of service that the SYN had; the ECN bits stay our own.
static u8 synackTos(const sock* sk, const request_sock* req) {
  const u8 own = inet_sk(sk)->tos;
  const bool reflect = sock_net(sk)->ipv4.sysctl_tcp_reflect_tos;
  return reflect ? static_cast<u8>((tcp_rsk(req)->syn_tos & ~3) | (own & 3)) : own;
}

static s32 tcp_v4_send_synack(const sock* sk, const dst_entry* dst, const flowi* fl, const request_sock* req,
                              const tcp_fastopen_cookie* foc, u32 synack_type, const sk_buff* syn_skb) {
  KFUNC(tcp_v4_send_synack, sk, dst, fl, req, foc, synack_type, syn_skb);
  const inet_request_sock* ends = inet_rsk(req);
  OnStack<flowi4> flow;
  if (!dst) dst = inet_csk_route_req(sk, flow, req); // it is sent again
  const sk_buff* skb = dst ? tcp_make_synack(sk, dst, req, foc, synack_type, syn_skb) : nullptr;
  if (!skb) return call.result(-1);
  const u32 own = ends->ir_loc_addr, peer = ends->ir_rmt_addr;
  __tcp_v4_send_check(skb, own, peer);
  if (syn_skb) mark(BufferMark::Answered, syn_skb, skb);
  const int verdict = ip_build_and_send_pkt(skb, sk, own, peer, ends->ireq_opt, synackTos(sk, req));
  return call.result(verdict == 2 /* NET_XMIT_CN: sent, but the queue is crowded */ ? 0 : verdict);
}

static void tcp_v4_reqsk_destructor(const request_sock* req) {
  KFUNC(tcp_v4_reqsk_destructor, req);
  kfree(inet_rsk(req)->ireq_opt.get());
}

int tcp_v4_conn_request(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_v4_conn_request, sk, skb);
  const bool toGroup = skb_rtable(skb)->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST);
  if (!toGroup) return call.result(tcp_conn_request(tcp_request_sock_ops, tcp_request_sock_ipv4_ops, sk, skb));
  atomic_inc(&sk->sk_drops); // nobody connects to a group
  return call.result(0);
}

// ---- the child
static void childIdentity(const sock* newsk, const request_sock* req, const sk_buff* skb) {
  const inet_sock* newinet = inet_sk(newsk);
  const inet_request_sock* ireq = inet_rsk(req);
  set(newsk->sk_daddr, ireq->ir_rmt_addr);
  set(newsk->sk_rcv_saddr, ireq->ir_loc_addr);
  set(newsk->sk_bound_dev_if, ireq->ir_iif);
  set(newinet->inet_saddr, ireq->ir_loc_addr);
  const ip_options_rcu* opt = ireq->ireq_opt;
  set(newinet->inet_opt, opt);
  const rtable* rt = skb_rtable(skb);
  set(newinet->mc_index, rt && rt->rt_iif ? int(rt->rt_iif) : int(skb->skb_iif));
  set(newinet->mc_ttl, ip_hdr(skb)->ttl);
  set(newinet->rcv_tos, ip_hdr(skb)->tos);
  set(inet_csk(newsk)->icsk_ext_hdr_len, opt ? opt->opt.optlen : 0);
  const ConnectionEnds ends{ireq->ir_loc_addr, ireq->ir_rmt_addr, htons(ireq->ir_num), ireq->ir_rmt_port};
  atomic_set(&newinet->inet_id, machine().wishes.identification(ends, static_cast<u16>(machine().random())));
  if (sock_net(newsk)->ipv4.sysctl_tcp_reflect_tos) set(newinet->tos, tcp_rsk(req)->syn_tos & ~3);
}

static void giveUpChild(const sock* newsk) {
  set(inet_sk(newsk)->inet_opt, nullptr);
  inet_csk_prepare_forced_close(newsk);
  tcp_done(newsk);
}

// The child goes into the tables, in the request's place. nullptr: it is gone, since its ends are taken.
static const sock* enterChild(const sock* newsk, const request_sock* req, const request_sock* req_unhash,
                              bool* own_req) {
  bool found_dup_sk = false;
  *own_req = inet_ehash_nolisten(newsk, req_unhash ? req_to_sk(req_unhash) : nullptr, &found_dup_sk);
  if (*own_req) {
    set(tcp_sk(newsk)->saved_syn, req->saved_syn); // tcp_move_syn()
    set(req->saved_syn, nullptr);
    set(inet_rsk(req)->ireq_opt, nullptr);
    NOTE("tcp.child_created", newsk, req, req_unhash != nullptr);
    return newsk;
  }
  set(inet_sk(newsk)->inet_opt, nullptr);
  if (!req_unhash && found_dup_sk) {
    sock_put(newsk);
    return nullptr;
  }
  return newsk;
}

const sock* tcp_v4_syn_recv_sock(const sock* sk, const sk_buff* skb, const request_sock* req, const dst_entry* dst,
                                 const request_sock* req_unhash, bool* own_req) {
  KFUNC(tcp_v4_syn_recv_sock, sk, skb, req, dst, req_unhash);
  const bool full = sk_acceptq_is_full(sk);
  if (full) NOTE("tcp.accept_queue_full", sk, u32(sk->sk_ack_backlog), u32(sk->sk_max_ack_backlog));
  const sock* child = full ? nullptr : tcp_create_openreq_child(sk, req, skb);
  if (!child) {
    dst_release(dst);
    atomic_inc(&sk->sk_drops);
    return call.result(child);
  }
  set(child->sk_gso_type, SKB_GSO_TCPV4);
  inet_sk_rx_dst_set(child, skb);
  childIdentity(child, req, skb);
  if (!dst) dst = inet_csk_route_child_sock(sk, child, req);
  if (dst) {
    sk_setup_caps(child, dst);
    tcp_ca_openreq_child(child, dst);
    tcp_sync_mss(child, dst_mtu(dst));
    const u32 user = tcp_sk(sk)->rx_opt.user_mss, mss = tcp_dst_advmss(dst);
    set(tcp_sk(child)->advmss, user && user < mss ? user : mss);
    tcp_initialize_rcv_mss(child);
  }
  if (!dst || __inet_inherit_port(sk, child) < 0) {
    giveUpChild(child);
    atomic_inc(&sk->sk_drops);
    return call.result<const sock*>(nullptr);
  }
  return call.result(enterChild(child, req, req_unhash, own_req));
}

void image_tcp_requests() {
  set(tcp_request_sock_ops->family, AF_INET);
  set(tcp_request_sock_ops->obj_size, sizeof(tcp_request_sock));
  set(tcp_request_sock_ops->rtx_syn_ack, fn<tcp_rtx_synack>);
  set(tcp_request_sock_ops->send_ack, fn<tcp_v4_reqsk_send_ack>);
  set(tcp_request_sock_ops->destructor, fn<tcp_v4_reqsk_destructor>);
  set(tcp_request_sock_ops->send_reset, fn<tcp_v4_send_reset>);
  set(tcp_request_sock_ops->syn_ack_timeout, fn<tcp_syn_ack_timeout>);
  const struct tcp_request_sock_ops* af = tcp_request_sock_ipv4_ops;
  set(af->mss_clamp, TCP_MSS_DEFAULT);
  set(af->req_md5_lookup, fn<tcp_v4_md5_lookup>);
  set(af->cookie_init_seq, fn<cookie_v4_init_sequence>);
  set(af->route_req, fn<tcp_v4_route_req>);
  set(af->init_seq_and_ts_off, fn<tcp_v4_init_seq_and_ts_off>);
  set(af->send_synack, fn<tcp_v4_send_synack>);
}

} // namespace sockwalk::kernel
