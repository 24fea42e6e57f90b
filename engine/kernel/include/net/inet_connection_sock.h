// What connection-oriented internet protocols share: listening and accepting, the queue of requests, timers, the end
// of a socket. Times are jiffies. Source: include/net/inet_connection_sock.h.
#pragma once
#include "engine/kernel/include/net/request_sock.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/machine/machine.h"
#include "engine/memory/constants/files.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

inline const inet_connection_sock* inet_csk(const sock* sk) { return skCast<inet_connection_sock>(sk); }

// ---- delayed acknowledgements
inline void inet_csk_schedule_ack(const sock* sk, int line = __builtin_LINE()) {
  set(inet_csk(sk)->icsk_ack.pending, inet_csk(sk)->icsk_ack.pending | ICSK_ACK_SCHED, line);
}
inline bool inet_csk_ack_scheduled(const sock* sk) { return inet_csk(sk)->icsk_ack.pending & ICSK_ACK_SCHED; }
inline void inet_csk_delack_init(const sock* sk, int line = __builtin_LINE()) {
  fillBytes(&inet_csk(sk)->icsk_ack, 0, sizeof inet_csk(sk)->icsk_ack, line);
}
inline void inet_csk_enter_pingpong_mode(const sock* sk, int line = __builtin_LINE()) {
  set(inet_csk(sk)->icsk_ack.pingpong, TCP_PINGPONG_THRESH, line);
}
inline void inet_csk_exit_pingpong_mode(const sock* sk, int line = __builtin_LINE()) {
  set(inet_csk(sk)->icsk_ack.pingpong, 0, line);
}
inline bool inet_csk_in_pingpong_mode(const sock* sk) { return inet_csk(sk)->icsk_ack.pingpong >= TCP_PINGPONG_THRESH; }
inline void inet_csk_inc_pingpong_cnt(const sock* sk, int line = __builtin_LINE()) {
  if (inet_csk(sk)->icsk_ack.pingpong < 0xff) add(inet_csk(sk)->icsk_ack.pingpong, 1, line);
}

// ---- timers: one timer_list serves retransmission, window probes, loss probes and reordering; icsk_pending says which
inline void inet_csk_clear_xmit_timer(const sock* sk, int what, int line = __builtin_LINE()) {
  const inet_connection_sock* icsk = inet_csk(sk);
  switch (what) {
  case ICSK_TIME_PROBE0: // the timer itself runs on and finds nothing to do
  case ICSK_TIME_RETRANS: set(icsk->icsk_pending, 0, line); break;
  case ICSK_TIME_DACK:
    set(icsk->icsk_ack.pending, 0, line);
    set(icsk->icsk_ack.retry, 0, line);
    break;
  default: break; // the others share the timer, and what they wait for is what icsk_pending says
  }
}
inline void inet_csk_reset_xmit_timer(const sock* sk, int what, u64 when, u64 max_when, int line = __builtin_LINE()) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const u64 at = machine().jiffies() + std::min(when, max_when);
  if (what == ICSK_TIME_DACK) {
    set(icsk->icsk_ack.pending, icsk->icsk_ack.pending | ICSK_ACK_TIMER, line);
    set(icsk->icsk_ack.timeout, at, line);
    sk_reset_timer(sk, &icsk->icsk_delack_timer, at);
  } else {
    set(icsk->icsk_pending, what, line);
    set(icsk->icsk_timeout, at, line);
    sk_reset_timer(sk, &icsk->icsk_retransmit_timer, at);
  }
}
inline u64 inet_csk_rto_backoff(const inet_connection_sock* icsk, u64 max_when) {
  return std::min(u64(icsk->icsk_rto) << icsk->icsk_backoff, max_when);
}
void inet_csk_reset_keepalive_timer(const sock* sk, u64 len);
void inet_csk_delete_keepalive_timer(const sock* sk);

// ---- requests
inline u64 reqsk_timeout(const request_sock* req, u64 max_timeout) {
  return std::min(u64(req->timeout) << req->num_timeout, max_timeout);
}
inline int inet_csk_reqsk_queue_len(const sock* sk) { return reqsk_queue_len(&inet_csk(sk)->icsk_accept_queue); }
inline bool inet_csk_reqsk_queue_is_full(const sock* sk) {
  return inet_csk_reqsk_queue_len(sk) > static_cast<int>(sk->sk_max_ack_backlog);
}
inline void inet_csk_reqsk_queue_added(const sock* sk) { reqsk_queue_added(&inet_csk(sk)->icsk_accept_queue); }
inline u32 inet_csk_listen_poll(const sock* sk) {
  return !reqsk_queue_empty(&inet_csk(sk)->icsk_accept_queue) ? EPOLLIN | EPOLLRDNORM : 0;
}
bool inet_csk_reqsk_queue_hash_add(const sock* sk, const request_sock* req, u64 timeout);
bool inet_csk_reqsk_queue_drop(const sock* sk, const request_sock* req); // false: somebody else took it out already
void inet_csk_reqsk_queue_drop_and_put(const sock* sk, const request_sock* req);
const sock* inet_csk_reqsk_queue_add(const sock* sk, const request_sock* req, const sock* child);
const sock* inet_csk_complete_hashdance(const sock* sk, const sock* child, const request_sock* req, bool own_req);
const dst_entry* inet_csk_route_req(const sock* sk, const flowi4* fl4, const request_sock* req);
const dst_entry* inet_csk_route_child_sock(const sock* sk, const sock* newsk, const request_sock* req);
const dst_entry* inet_csk_update_pmtu(const sock* sk, u32 mtu);

// ---- listening, accepting, ending
int inet_csk_listen_start(const sock* sk);
void inet_csk_listen_stop(const sock* sk);
const sock* inet_csk_accept(const sock* sk, s32 flags, s32* err, bool kern);
const sock* inet_csk_clone_lock(const sock* sk, const request_sock* req, u32 priority);
void inet_csk_prepare_for_destroy_sock(const sock* sk);
void inet_csk_prepare_forced_close(const sock* sk);
void inet_csk_addr2sockaddr(const sock* sk, const sockaddr* uaddr);
void inet_csk_update_fastreuse(const inet_bind_bucket* tb, const sock* sk);

// ---- net/ipv4/inet_connection_sock.cpp
void inet_csk_init_xmit_timers(const sock* sk, const NamedSymbol& retransmit, const NamedSymbol& delack,
                               const NamedSymbol& keepalive);
void inet_csk_clear_xmit_timers(const sock* sk);
void inet_csk_destroy_sock(const sock* sk);
int inet_csk_get_port(const sock* sk, u16 snum);

} // namespace sockwalk::kernel
