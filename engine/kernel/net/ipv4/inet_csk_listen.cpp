// A listener: how it begins, how accept() takes connections from it, and what becomes of those that nobody took.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/ipv4/inet_connection_sock_internal.h"
#include <optional>

namespace sockwalk::kernel {

// Only as a listener, which shares a port less willingly, is the port asked for; then segments can find the socket.
static int becomeReachable(const sock* sk) {
  const inet_sock* inet = inet_sk(sk);
  if (const int err = sk->sk_prot->get_port(sk, inet->inet_num)) return err;
  set(inet->inet_sport, htons(inet->inet_num));
  sk_dst_reset(sk);
  return sk->sk_prot->hash(sk);
}

int inet_csk_listen_start(const sock* sk) {
  KFUNC(inet_csk_listen_start, sk);
  reqsk_queue_alloc(&inet_csk(sk)->icsk_accept_queue);
  set(sk->sk_ack_backlog, 0);
  inet_csk_delack_init(sk);
  inet_sk_state_store(sk, TCP_LISTEN);
  const int refused = becomeReachable(sk);
  if (refused) inet_sk_set_state(sk, TCP_CLOSE);
  else NOTE("tcp.listening", sk, inet_sk(sk)->inet_num, static_cast<u32>(sk->sk_max_ack_backlog));
  return call.result(refused);
}

// Nothing: sleep on. Else why not: 0, a connection is there; the listener was closed; a signal; the time is over.
static std::optional<int> endOfWait(const sock* sk, s64 left) {
  if (!reqsk_queue_empty(&inet_csk(sk)->icsk_accept_queue)) return 0;
  if (sk->sk_state != TCP_LISTEN) return -EINVAL;
  if (signal_pending(get_current())) return sock_intr_errno(left);
  return left ? std::nullopt : std::optional(-EAGAIN);
}

// Sleeps until a connection is there. Several tasks may wait, and each connection wakes one of them.
static int inet_csk_wait_for_connect(const sock* sk, s64 timeo) {
  KFUNC(inet_csk_wait_for_connect, sk, timeo);
  INLINED();
  OnStack<wait_queue_entry> sleeper;
  init_wait(sleeper);
  std::optional<int> outcome;
  while (!outcome) {
    prepare_to_wait_exclusive(sk_sleep(sk), sleeper, TASK_INTERRUPTIBLE);
    release_sock(sk); // what came while we held the socket is looked at now, and may be what we wait for
    if (reqsk_queue_empty(&inet_csk(sk)->icsk_accept_queue)) timeo = schedule_timeout(timeo);
    lock_sock(sk);
    outcome = endOfWait(sk, timeo);
  }
  finish_wait(sk_sleep(sk), sleeper);
  return call.result(*outcome);
}

// 0: there is a connection to take. The socket is locked.
static int awaitConnection(const sock* sk, s32 flags) {
  if (sk->sk_state != TCP_LISTEN) return -EINVAL;
  if (!reqsk_queue_empty(&inet_csk(sk)->icsk_accept_queue)) return 0;
  const s64 patience = sock_rcvtimeo(sk, flags & s32(O_NONBLOCK));
  return patience ? inet_csk_wait_for_connect(sk, patience) : -EAGAIN;
}

// The socket of the oldest connection that is complete; nullptr: *err.
const sock* inet_csk_accept(const sock* sk, s32 flags, s32* err, bool kern) {
  KFUNC(inet_csk_accept, sk, flags, kern);
  lock_sock(sk);
  const int none = awaitConnection(sk, flags);
  const request_sock* req = none ? nullptr : reqsk_queue_remove(&inet_csk(sk)->icsk_accept_queue, sk);
  const sock* accepted = req ? req->sk.get() : nullptr;
  if (none) *err = none;
  else NOTE("tcp.accepted", sk, accepted, static_cast<u32>(sk->sk_ack_backlog));
  release_sock(sk);
  if (req) reqsk_put(req);
  return call.result(accepted);
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
  const bool stillListens = sk->sk_state == TCP_LISTEN;
  if (!stillListens) {
    inet_child_forget(sk, req, child);
    return nullptr;
  }
  const request_sock_queue* queue = &inet_csk(sk)->icsk_accept_queue;
  set(req->sk, child);
  set(req->dl_next, nullptr);
  const bool first = !queue->rskq_accept_head.get();
  set(first ? queue->rskq_accept_head : queue->rskq_accept_tail->dl_next, req);
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

// The child has taken the request's place in the table of connections: the request goes from one queue of the listener
// to the other. The child is given back only to the one who made it.
const sock* inet_csk_complete_hashdance(const sock* sk, const sock* child, const request_sock* req, bool own_req) {
  KFUNC(inet_csk_complete_hashdance, sk, child, req, own_req);
  SIMPLIFIED("requests of a listener that ends do not move to another that shares its port");
  const sock* queued = nullptr;
  if (own_req) { // else somebody was quicker with the same request
    const sock* listener = req->rsk_listener;
    __inet_csk_reqsk_queue_drop(listener, req, false);
    reqsk_queue_removed(&inet_csk(listener)->icsk_accept_queue, req);
    queued = queueAdd(sk, req, child);
  }
  if (!queued) sock_put(child);
  return call.result(queued);
}

// Connections that nobody took end with their listener.
void inet_csk_listen_stop(const sock* sk) {
  KFUNC(inet_csk_listen_stop, sk);
  while (const request_sock* req = reqsk_queue_remove(&inet_csk(sk)->icsk_accept_queue, sk)) {
    const sock* untaken = req->sk;
    {
      const BottomHalvesOff locked; // nobody owns it: nothing may come for it now
      BUG_ON(sock_owned_by_user(untaken));
      sock_hold(untaken);
      reuseport_migrate_sock(sk, untaken, nullptr);
      inet_child_forget(sk, req, untaken);
      reqsk_put(req);
    }
    sock_put(untaken);
  }
  BUG_ON(sk->sk_ack_backlog);
}

} // namespace sockwalk::kernel
