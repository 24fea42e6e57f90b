// Connection requests: born with a SYN, gone when accept() has taken the connection or the handshake failed.
#include "engine/kernel/include/net/request_sock.h"
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

void reqsk_queue_alloc(const request_sock_queue* queue) {
  KFUNC(reqsk_queue_alloc, queue);
  set(queue->fastopenq.rskq_rst_head, nullptr);
  set(queue->fastopenq.rskq_rst_tail, nullptr);
  set(queue->fastopenq.qlen, 0);
  set(queue->rskq_accept_head, nullptr);
}

// Counted to the listener if it is to stay (not if a SYN cookie stands for it).
static const request_sock* reqsk_alloc(const request_sock_ops* ops, const sock* sk_listener, bool attach_listener) {
  auto* req = static_cast<const request_sock*>(
      allocateFrom(ops->slab, TypeName<tcp_request_sock>::index, GFP_ATOMIC | __GFP_ZERO, __LINE__));
  if (!req) return nullptr;
  if (attach_listener) {
    sock_hold(sk_listener);
    set(req->rsk_listener, sk_listener);
  }
  set(req->rsk_ops, ops);
  set(req_to_sk(req)->sk_prot, sk_listener->sk_prot);
  sk_tx_queue_clear(req_to_sk(req));
  refcount_set(&req->rsk_refcnt, 0);
  return req;
}

const request_sock* inet_reqsk_alloc(const request_sock_ops* ops, const sock* sk_listener, bool attach_listener) {
  KFUNC(inet_reqsk_alloc, ops, sk_listener, attach_listener);
  const request_sock* req = reqsk_alloc(ops, sk_listener, attach_listener);
  if (!req) return call.result(req);
  const inet_request_sock* inet = inet_rsk(req); // the same object, as IPv4 sees it
  set(inet->ireq_opt, nullptr);
  set(inet->ireq_state, TCP_NEW_SYN_RECV);
  set(inet->ireq_net.net, sock_net(sk_listener));
  set(inet->ireq_family, sk_listener->sk_family);
  set(req->timeout, TCP_TIMEOUT_INIT());
  return call.result(req);
}

void __reqsk_free(const request_sock* req) {
  req->rsk_ops->destructor(req);
  if (const sock* listener = req->rsk_listener) sock_put(listener);
  kfree(req->saved_syn.get());
  kmem_cache_free(req);
}
void reqsk_free(const request_sock* req) {
  BUG_ON(refcount_read(&req->rsk_refcnt) != 0);
  __reqsk_free(req);
}
void reqsk_put(const request_sock* req) {
  if (refcount_dec_and_test(&req->rsk_refcnt)) reqsk_free(req);
}

// The oldest connection that waits for accept(); nullptr if none does.
const request_sock* reqsk_queue_remove(const request_sock_queue* queue, const sock* parent) {
  KFUNC(reqsk_queue_remove, queue, parent);
  INLINED();
  const request_sock* oldest = queue->rskq_accept_head;
  if (!oldest) return call.result(oldest);
  const request_sock* second = oldest->dl_next;
  sk_acceptq_removed(parent);
  set(queue->rskq_accept_head, second);
  if (!second) set(queue->rskq_accept_tail, nullptr);
  return call.result(oldest);
}

} // namespace sockwalk::kernel
