// Requests that wait for the last segment of the handshake: in the table of connections, counted by their listener, with
// a timer that repeats the SYN-ACK and in the end gives up.
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/ipv4/inet_connection_sock_internal.h"

namespace sockwalk::kernel {

// The request leaves the table, its timer and its listener's count, each with its reference. false: somebody was
// quicker.
bool __inet_csk_reqsk_queue_drop(const sock* sk, const request_sock* req, bool from_timer) {
  KFUNC(__inet_csk_reqsk_queue_drop, sk, req, from_timer);
  const bool wasThere = __sk_nulls_del_node_init_rcu(req_to_sk(req));
  const bool timerStopped = !from_timer && del_timer(&req->rsk_timer);
  if (timerStopped) reqsk_put(req);
  if (!wasThere) return call.result(false);
  reqsk_queue_removed(&inet_csk(sk)->icsk_accept_queue, req);
  reqsk_put(req);
  return call.result(true);
}
bool inet_csk_reqsk_queue_drop(const sock* sk, const request_sock* req) {
  KFUNC(inet_csk_reqsk_queue_drop, sk, req);
  return call.result(__inet_csk_reqsk_queue_drop(sk, req, false));
}
void inet_csk_reqsk_queue_drop_and_put(const sock* sk, const request_sock* req) {
  KFUNC(inet_csk_reqsk_queue_drop_and_put, sk, req);
  __inet_csk_reqsk_queue_drop(sk, req, false);
  reqsk_put(req);
}

// false: somebody has these two ends already. Three references: the table's, the timer's, the caller's.
bool inet_csk_reqsk_queue_hash_add(const sock* sk, const request_sock* req, u64 timeout) {
  KFUNC(inet_csk_reqsk_queue_hash_add, sk, req, timeout);
  bool found_dup_sk = false;
  if (!inet_ehash_insert(req_to_sk(req), nullptr, &found_dup_sk)) return call.result(false);
  timer_setup(&req->rsk_timer, fn<reqsk_timer_handler>);
  mod_timer(&req->rsk_timer, machine().jiffies() + timeout);
  refcount_set(&req->rsk_refcnt, 3);
  inet_csk_reqsk_queue_added(sk);
  NOTE("tcp.request_queued", sk, req, inet_csk_reqsk_queue_len(sk));
  return call.result(true);
}

static int rtxSynAck(const sock* parent, const request_sock* req) {
  const int err = req->rsk_ops->rtx_syn_ack(parent, req);
  if (!err) add(req->num_retrans, 1);
  return err;
}
int inet_rtx_syn_ack(const sock* parent, const request_sock* req) {
  KFUNC(inet_rtx_syn_ack, parent, req);
  return call.result(rtxSynAck(parent, req));
}

// With TCP_DEFER_ACCEPT a request that was acknowledged only waits for data. It may do so for longer, and its SYN-ACK
// is not repeated meanwhile; but once more at the end, so that the peer may show that it is there.
static void syn_ack_recalc(const request_sock* req, int max_syn_ack_retries, u8 defer, bool* expire, bool* resend) {
  const int tries = req->num_timeout;
  const bool dataMissing = defer && inet_rsk(req)->acked;
  *expire = tries >= max_syn_ack_retries && (!dataMissing || tries >= defer);
  *resend = !dataMissing || tries + 1 >= defer;
}

// A queue that is more than half full gives up sooner on old requests, and so keeps room for young ones.
static int retriesLeft(const sock* listener, const request_sock_queue* queue, int retries) {
  const int qlen = reqsk_queue_len(queue);
  if (static_cast<u32>(qlen << 1) <= std::max(8u, u32(listener->sk_max_ack_backlog))) return retries;
  int young = reqsk_queue_len_young(queue) << 1;
  while (retries > 2 && qlen >= young) --retries, young <<= 1;
  return retries;
}

// Shall the request live on, and be tried again? Repeats its SYN-ACK if that is due.
static bool tryAgain(const sock* listener, const request_sock* req) {
  if (listener->sk_state != TCP_LISTEN) {
    reuseport_migrate_sock(listener, req_to_sk(req), nullptr);
    return false;
  }
  const request_sock_queue* waiting = &inet_csk(listener)->icsk_accept_queue;
  const u8 own = inet_csk(listener)->icsk_syn_retries;
  const int allowed = own ? own : sock_net(listener)->ipv4.sysctl_tcp_synack_retries;
  bool giveUp, repeat;
  syn_ack_recalc(req, retriesLeft(listener, waiting, allowed), waiting->rskq_defer_accept, &giveUp, &repeat);
  req->rsk_ops->syn_ack_timeout(req);
  // A SYN-ACK that could not be sent ends the request, unless the peer has answered an earlier one.
  return !giveUp && (!repeat || !rtxSynAck(listener, req) || inet_rsk(req)->acked);
}

void reqsk_timer_handler(const timer_list* t) {
  KFUNC(reqsk_timer_handler, t);
  const request_sock* req = container_of(t, request_sock, rsk_timer);
  const sock* listener = req->rsk_listener;
  if (tryAgain(listener, req)) {
    const bool first = req->num_timeout == 0; // from now on it counts as an old one
    if (first) sub(inet_csk(listener)->icsk_accept_queue.young.counter, 1);
    set(req, request_sock::bit::num_timeout, req->num_timeout + 1);
    mod_timer(&req->rsk_timer, machine().jiffies() + reqsk_timeout(req, TCP_RTO_MAX()));
    return;
  }
  if (listener->sk_state != TCP_LISTEN) NOTE("tcp.request_orphaned", req, listener);
  else NOTE("tcp.request_expired", req, static_cast<u32>(req->num_timeout));
  __inet_csk_reqsk_queue_drop(listener, req, true);
  reqsk_put(req);
}

} // namespace sockwalk::kernel
