// A listener: how it begins, how accept() takes connections from it, and what becomes of those that nobody took.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/include/net/sock_wait.h"

namespace sockwalk::kernel {

int inet_csk_listen_start(const sock* sk) {
  KFUNC(inet_csk_listen_start, sk);
  const inet_sock* inet = inet_sk(sk);
  reqsk_queue_alloc(&inet_csk(sk)->icsk_accept_queue);
  set(sk->sk_ack_backlog, 0);
  inet_csk_delack_init(sk);
  inet_sk_state_store(sk, TCP_LISTEN); // only then the port is asked for: a listener shares it less willingly
  int err = sk->sk_prot->get_port(sk, inet->inet_num);
  if (!err) {
    set(inet->inet_sport, htons(inet->inet_num));
    sk_dst_reset(sk);
    err = sk->sk_prot->hash(sk);
    if (!err) {
      NOTE("tcp.listening", sk, inet->inet_num, static_cast<u32>(sk->sk_max_ack_backlog));
      return call.result(0);
    }
  }
  inet_sk_set_state(sk, TCP_CLOSE);
  return call.result(err);
}

// Sleeps until a connection is there. Several tasks may wait, and each connection wakes one of them.
static int inet_csk_wait_for_connect(const sock* sk, s64 timeo) {
  KFUNC(inet_csk_wait_for_connect, sk, timeo);
  const request_sock_queue* queue = &inet_csk(sk)->icsk_accept_queue;
  OnStack<wait_queue_entry> wait;
  init_wait(wait);
  int err;
  for (;;) {
    prepare_to_wait_exclusive(sk_sleep(sk), wait, TASK_INTERRUPTIBLE);
    release_sock(sk);
    if (reqsk_queue_empty(queue)) timeo = schedule_timeout(timeo);
    lock_sock(sk);
    err = 0;
    if (!reqsk_queue_empty(queue)) break;
    err = -EINVAL;
    if (sk->sk_state != TCP_LISTEN) break;
    err = sock_intr_errno(timeo);
    if (signal_pending(get_current())) break;
    err = -EAGAIN;
    if (!timeo) break;
  }
  finish_wait(sk_sleep(sk), wait);
  return call.result(err);
}

// The socket of the oldest connection that is complete; nullptr: *err.
const sock* inet_csk_accept(const sock* sk, s32 flags, s32* err, bool kern) {
  KFUNC(inet_csk_accept, sk, flags, kern);
  const request_sock_queue* queue = &inet_csk(sk)->icsk_accept_queue;
  lock_sock(sk);
  int error = sk->sk_state == TCP_LISTEN ? 0 : -EINVAL;
  if (!error && reqsk_queue_empty(queue)) {
    const s64 timeo = sock_rcvtimeo(sk, flags & s32(O_NONBLOCK));
    error = timeo ? inet_csk_wait_for_connect(sk, timeo) : -EAGAIN;
  }
  const request_sock* req = error ? nullptr : reqsk_queue_remove(queue, sk);
  const sock* newsk = req ? req->sk.get() : nullptr;
  if (error) *err = error;
  else NOTE("tcp.accepted", sk, newsk, static_cast<u32>(sk->sk_ack_backlog));
  release_sock(sk);
  if (req) reqsk_put(req);
  return call.result(newsk);
}

// A child that nobody accepted: its peer gets a RST.
static void inet_child_forget(const sock* sk, const request_sock* req, const sock* child) {
  KFUNC(inet_child_forget, sk, req, child);
  sk->sk_prot->disconnect(child, O_NONBLOCK);
  sock_orphan(child);
  add(*sk->sk_prot->orphan_count.get(), 1u);
  inet_csk_destroy_sock(child);
}

static const sock* queueAdd(const sock* sk, const request_sock* req, const sock* child) {
  const request_sock_queue* queue = &inet_csk(sk)->icsk_accept_queue;
  if (sk->sk_state != TCP_LISTEN) {
    inet_child_forget(sk, req, child);
    return nullptr;
  }
  set(req->sk, child);
  set(req->dl_next, nullptr);
  if (!queue->rskq_accept_head.get()) set(queue->rskq_accept_head, req);
  else set(queue->rskq_accept_tail->dl_next, req);
  set(queue->rskq_accept_tail, req);
  sk_acceptq_added(sk);
  NOTE("tcp.accept_queued", sk, child, static_cast<u32>(sk->sk_ack_backlog));
  return child;
}
// The handshake is done: the child waits for accept(). nullptr: the listener is gone, and so is the child.
const sock* inet_csk_reqsk_queue_add(const sock* sk, const request_sock* req, const sock* child) {
  KFUNC(inet_csk_reqsk_queue_add, sk, req, child);
  return call.result(queueAdd(sk, req, child));
}

bool __inet_csk_reqsk_queue_drop(const sock* sk, const request_sock* req, bool from_timer); // inet_csk_reqsk.cpp

// The child has taken the request's place in the table of connections: the request goes from one queue of the listener
// to the other. The child is given back only to the one who made it.
const sock* inet_csk_complete_hashdance(const sock* sk, const sock* child, const request_sock* req, bool own_req) {
  KFUNC(inet_csk_complete_hashdance, sk, child, req, own_req);
  SIMPLIFIED("requests of a listener that ends do not move to another that shares its port");
  if (own_req) {
    __inet_csk_reqsk_queue_drop(req->rsk_listener, req, false);
    reqsk_queue_removed(&inet_csk(req->rsk_listener)->icsk_accept_queue, req);
    if (queueAdd(sk, req, child)) return call.result(child);
  }
  sock_put(child); // somebody else was quicker with the same request
  return call.result<const sock*>(nullptr);
}

void inet_csk_listen_stop(const sock* sk) {
  KFUNC(inet_csk_listen_stop, sk);
  while (const request_sock* req = reqsk_queue_remove(&inet_csk(sk)->icsk_accept_queue, sk)) {
    const sock* child = req->sk;
    BUG_ON(sock_owned_by_user(child));
    sock_hold(child);
    reuseport_migrate_sock(sk, child, nullptr);
    inet_child_forget(sk, req, child);
    reqsk_put(req);
    sock_put(child);
  }
  BUG_ON(sk->sk_ack_backlog);
}

} // namespace sockwalk::kernel
