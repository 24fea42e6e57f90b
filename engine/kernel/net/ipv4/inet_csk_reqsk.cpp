// Requests that wait for the last segment of the handshake: in the table of connections, counted by their listener, with
// a timer that repeats the SYN-ACK and in the end gives up.
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/sock_reuseport.h"

namespace sockwalk::kernel {

bool __inet_csk_reqsk_queue_drop(const sock* sk, const request_sock* req, bool from_timer) {
  KFUNC(__inet_csk_reqsk_queue_drop, sk, req, from_timer);
  const bool unlinked = __sk_nulls_del_node_init_rcu(req_to_sk(req));
  if (!from_timer && del_timer(&req->rsk_timer)) reqsk_put(req);
  if (unlinked) {
    reqsk_queue_removed(&inet_csk(sk)->icsk_accept_queue, req);
    reqsk_put(req);
  }
  return call.result(unlinked);
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

// With TCP_DEFER_ACCEPT a request that was acknowledged waits for data, and its SYN-ACK is not repeated meanwhile.
static void syn_ack_recalc(const request_sock* req, int max_syn_ack_retries, u8 defer, bool* expire, bool* resend) {
  *expire = req->num_timeout >= max_syn_ack_retries;
  *resend = true;
  if (!defer) return;
  *expire = *expire && (!inet_rsk(req)->acked || req->num_timeout >= defer);
  *resend = !inet_rsk(req)->acked || req->num_timeout >= defer - 1;
}

// A queue that is more than half full gives up sooner on old requests, and so keeps room for young ones.
static int retriesLeft(const sock* listener, const request_sock_queue* queue, int retries) {
  const int qlen = reqsk_queue_len(queue);
  if (static_cast<u32>(qlen << 1) <= std::max(8u, u32(listener->sk_max_ack_backlog))) return retries;
  int young = reqsk_queue_len_young(queue) << 1;
  while (retries > 2 && qlen >= young) --retries, young <<= 1;
  return retries;
}

void reqsk_timer_handler(const timer_list* t) {
  KFUNC(reqsk_timer_handler, t);
  const request_sock* req = container_of(t, request_sock, rsk_timer);
  const sock* listener = req->rsk_listener;
  const request_sock_queue* queue = &inet_csk(listener)->icsk_accept_queue;
  bool expire = true, resend = false;
  if (listener->sk_state == TCP_LISTEN) {
    const u8 own = inet_csk(listener)->icsk_syn_retries;
    const int retries = own ? own : sock_net(listener)->ipv4.sysctl_tcp_synack_retries;
    syn_ack_recalc(req, retriesLeft(listener, queue, retries), queue->rskq_defer_accept, &expire, &resend);
    req->rsk_ops->syn_ack_timeout(req);
  } else {
    reuseport_migrate_sock(listener, req_to_sk(req), nullptr);
  }
  if (!expire && (!resend || !rtxSynAck(listener, req) || inet_rsk(req)->acked)) {
    if (req->num_timeout == 0) sub(queue->young.counter, 1);
    set(req, request_sock::bit::num_timeout, req->num_timeout + 1);
    mod_timer(&req->rsk_timer, machine().jiffies() + reqsk_timeout(req, TCP_RTO_MAX()));
    return;
  }
  NOTE("tcp.request_expired", req, static_cast<u32>(req->num_timeout));
  __inet_csk_reqsk_queue_drop(listener, req, true);
  reqsk_put(req);
}

} // namespace sockwalk::kernel
