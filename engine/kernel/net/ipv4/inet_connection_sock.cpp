// What connection-oriented internet protocols share: timers, routes for connections to be, the birth and the end of a
// socket. Listening and accepting: inet_csk_listen.cpp; the queue of requests: inet_csk_reqsk.cpp.
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/inet_hashtables.h"

namespace sockwalk::kernel {

// ---- timers
// Nothing is due: neither by the retransmit timer nor by that of delayed acknowledgements.
static void nothingPending(const inet_connection_sock* icsk) {
  set(icsk->icsk_pending, 0);
  set(icsk->icsk_ack.pending, 0);
}

void inet_csk_init_xmit_timers(const sock* sk, const NamedSymbol& retransmit, const NamedSymbol& delack,
                               const NamedSymbol& keepalive) {
  KFUNC(inet_csk_init_xmit_timers, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  timer_setup(&icsk->icsk_retransmit_timer, retransmit);
  timer_setup(&icsk->icsk_delack_timer, delack);
  timer_setup(&icsk->icsk_keepalive_timer, keepalive);
  nothingPending(icsk);
}

void inet_csk_clear_xmit_timers(const sock* sk) {
  KFUNC(inet_csk_clear_xmit_timers, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  nothingPending(icsk);
  for (const timer_list* timer : {&icsk->icsk_retransmit_timer, &icsk->icsk_delack_timer, &icsk->icsk_keepalive_timer})
    sk_stop_timer(sk, timer);
}

void inet_csk_delete_keepalive_timer(const sock* sk) {
  KFUNC(inet_csk_delete_keepalive_timer, sk);
  sk_stop_timer(sk, &inet_csk(sk)->icsk_keepalive_timer);
}
void inet_csk_reset_keepalive_timer(const sock* sk, u64 len) { // len: jiffies from now
  KFUNC(inet_csk_reset_keepalive_timer, sk, len);
  sk_reset_timer(sk, &inet_csk(sk)->icsk_keepalive_timer, machine().jiffies() + len);
}

// ---- routes
static u8 RT_CONN_FLAGS(const sock* sk) {
  return (inet_sk(sk)->tos & IPTOS_RT_MASK) | (sock_flag(sk, SOCK_LOCALROUTE) ? RTO_ONLINK : 0);
}

// With a source route (RFC 791 3.1) a packet goes to the first stop that it names, and to the peer in the end.
static u32 firstStop(const ip_options_rcu* opt, u32 peer) { return opt && opt->opt.srr ? u32(opt->opt.faddr) : peer; }

// The way to the peer of a request; nullptr if there is none.
static const dst_entry* routeToPeer(const sock* sk, const flowi4* flow, const request_sock* req) {
  const inet_request_sock* ireq = inet_rsk(req);
  const ip_options_rcu* opt = ireq->ireq_opt;
  flowi4_init_output(flow, ireq->ir_iif, ireq->ir_mark, RT_CONN_FLAGS(sk), RT_SCOPE_UNIVERSE,
                     static_cast<u8>(sk->sk_protocol), inet_sk_flowi_flags(sk), firstStop(opt, ireq->ir_rmt_addr),
                     ireq->ir_loc_addr, ireq->ir_rmt_port, htons(ireq->ir_num), sk->sk_uid.val);
  security_req_classify_flow(req, &flow->__fl_common);
  const rtable* rt = ip_route_output_flow(ireq->ireq_net.net, flow, sk);
  if (IS_ERR(rt)) return nullptr;
  const bool strict = opt && opt->opt.is_strictroute; // then no router may stand between us and the first stop
  if (!strict || !rt->rt_uses_gateway) return &rt->dst;
  ip_rt_put(rt);
  return nullptr;
}
const dst_entry* inet_csk_route_req(const sock* sk, const flowi4* fl4, const request_sock* req) {
  KFUNC(inet_csk_route_req, sk, fl4, req);
  return call.result(routeToPeer(sk, fl4, req));
}
const dst_entry* inet_csk_route_child_sock(const sock* sk, const sock* newsk, const request_sock* req) {
  KFUNC(inet_csk_route_child_sock, sk, newsk, req);
  return call.result(routeToPeer(sk, &inet_sk(newsk)->cork.fl.u.ip4, req));
}

static const dst_entry* inet_csk_rebuild_route(const sock* sk, const flowi* fl) {
  KFUNC(inet_csk_rebuild_route, sk, fl);
  const inet_sock* inet = inet_sk(sk);
  const flowi4* flow = &fl->u.ip4;
  const u32 stop = firstStop(inet->inet_opt, inet->inet_daddr);
  flowi4_init_output(flow, sk->sk_bound_dev_if, sk->sk_mark, RT_CONN_FLAGS(sk), RT_SCOPE_UNIVERSE,
                     static_cast<u8>(sk->sk_protocol), inet_sk_flowi_flags(sk), stop, inet->inet_saddr,
                     inet->inet_dport, inet->inet_sport, sk->sk_uid.val);
  security_sk_classify_flow(sk, &flow->__fl_common);
  const rtable* rt = ip_route_output_flow(sock_net(sk), flow, sk);
  const dst_entry* dst = IS_ERR(rt) ? nullptr : &rt->dst;
  if (dst) sk_setup_caps(sk, dst);
  return call.result(dst);
}

// The remembered route, or a new one if it is not valid any more.
static const dst_entry* validRoute(const sock* sk) {
  const dst_entry* remembered = __sk_dst_check(sk, 0);
  return remembered ? remembered : inet_csk_rebuild_route(sk, &inet_sk(sk)->cork.fl);
}

// Somebody on the way said that packets may have `mtu` bytes at most: the route learns it. Gives the route as it is
// now: what was learnt may stand in an exception of its own, and then the old route is out of date.
const dst_entry* inet_csk_update_pmtu(const sock* sk, u32 mtu) {
  KFUNC(inet_csk_update_pmtu, sk, mtu);
  const dst_entry* asBefore = validRoute(sk);
  if (!asBefore) return call.result(asBefore);
  if (asBefore->ops->update_pmtu) asBefore->ops->update_pmtu(asBefore, sk, nullptr, mtu, true);
  return call.result(validRoute(sk));
}

// ---- birth of a child: a copy of its listener, made its own
static void takeIdentity(const sock* child, const inet_request_sock* ireq) {
  const inet_sock* inet = inet_sk(child);
  set(inet->inet_dport, ireq->ir_rmt_port);
  set(inet->inet_num, ireq->ir_num);
  set(inet->inet_sport, htons(ireq->ir_num));
  sock_reset_flag(child, SOCK_RCU_FREE); // that was for the listener
  set(inet->mc_list, nullptr);
  set(child->sk_mark, ireq->ir_mark);
  set(child->__sk_common.skc_cookie.counter, ireq->ir_cookie.counter);
}

const sock* inet_csk_clone_lock(const sock* sk, const request_sock* req, u32 priority) {
  KFUNC(inet_csk_clone_lock, sk, req, priority);
  const sock* child = sk_clone_lock(sk, priority);
  if (!child) return call.result(child);
  inet_sk_set_state(child, TCP_SYN_RECV);
  const inet_connection_sock* icsk = inet_csk(child);
  set(icsk->icsk_bind_hash, nullptr); // it is not in the listener's buckets yet
  set(icsk->icsk_bind2_hash, nullptr);
  takeIdentity(child, inet_rsk(req));
  set(icsk->icsk_retransmits, 0);
  set(icsk->icsk_backoff, 0);
  set(icsk->icsk_probes_out, 0);
  set(icsk->icsk_probes_tstamp, 0);
  fillBytes(&icsk->icsk_accept_queue, 0, sizeof icsk->icsk_accept_queue);
  security_inet_csk_clone(child, req);
  return call.result(child);
}

// ---- the end
// Nobody has a file on this socket, no segment finds it: what it holds is given back.
void inet_csk_destroy_sock(const sock* sk) {
  KFUNC(inet_csk_destroy_sock, sk);
  const bool unreachable = sk->sk_state == TCP_CLOSE && sock_flag(sk, SOCK_DEAD) && !sk_hashed(sk);
  const bool portIsBound = !inet_sk(sk)->inet_num || inet_csk(sk)->icsk_bind_hash.get();
  BUG_ON(!unreachable || !portIsBound);
  const proto* prot = sk->sk_prot;
  prot->destroy(sk);
  sk_stream_kill_queues(sk);
  sub(*prot->orphan_count.get(), 1u);
  sock_put(sk);
}

void inet_csk_prepare_for_destroy_sock(const sock* sk) {
  KFUNC(inet_csk_prepare_for_destroy_sock, sk);
  sock_set_flag(sk, SOCK_DEAD);
  add(*sk->sk_prot->orphan_count.get(), 1u);
}
// A child that cannot become a connection after all: an orphan before anybody knew it.
void inet_csk_prepare_forced_close(const sock* sk) {
  KFUNC(inet_csk_prepare_forced_close, sk);
  sock_put(sk); // sk_clone_lock() gave two references
  inet_csk_prepare_for_destroy_sock(sk);
  set(inet_sk(sk)->inet_num, 0);
}

void inet_csk_addr2sockaddr(const sock* sk, const sockaddr* uaddr) {
  KFUNC(inet_csk_addr2sockaddr, sk, uaddr);
  const auto* peer = skCast<sockaddr_in>(uaddr);
  set(peer->sin_family, AF_INET);
  set(peer->sin_addr.s_addr, inet_sk(sk)->inet_daddr);
  set(peer->sin_port, inet_sk(sk)->inet_dport);
}

} // namespace sockwalk::kernel
