// The calls of stream sockets of AF_INET: connect, listen, accept. Here the states of the socket (SS_CONNECTING ...) and
// those of the protocol (TCP_SYN_SENT ...) meet.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

constexpr u32 Handshaking = TCPF_SYN_SENT | TCPF_SYN_RECV;

// Sleeps until the handshake is over, one way or the other. Gives the jiffies that are left of `timeo`.
static s64 inet_wait_for_connect(const sock* sk, s64 timeo, int writebias) {
  KFUNC(inet_wait_for_connect, sk, timeo, writebias);
  INLINED();
  OnStack<wait_queue_entry> wait;
  init_wait_func(wait, fn<woken_wake_function>);
  add_wait_queue(sk_sleep(sk), wait);
  add(sk->sk_write_pending, writebias);
  while (1u << sk->sk_state & Handshaking) {
    release_sock(sk); // what came while we held the socket is looked at now
    timeo = wait_woken(wait, TASK_INTERRUPTIBLE, timeo);
    lock_sock(sk);
    if (signal_pending(get_current()) || !timeo) break;
  }
  remove_wait_queue(sk_sleep(sk), wait);
  sub(sk->sk_write_pending, writebias);
  return call.result(timeo);
}

// The connection is there, or failed for the reason in sk_err.
static int finishConnect(const socket* sock, const struct sock* sk, int flags) {
  if (sk->sk_state != TCP_CLOSE) {
    set(sock->state, SS_CONNECTED);
    return 0;
  }
  const int err = sock_error(sk);
  set(sock->state, SS_UNCONNECTED);
  add(sk->sk_disconnects, 1);
  if (sk->sk_prot->disconnect(sk, flags)) set(sock->state, SS_DISCONNECTING);
  return err ? err : -ECONNABORTED;
}

static int waitAndFinish(const socket* sock, const struct sock* sk, int flags, int err) {
  s64 timeo = sock_sndtimeo(sk, flags & int(O_NONBLOCK));
  if (1u << sk->sk_state & Handshaking) {
    const int dis = sk->sk_disconnects;
    if (!timeo || !(timeo = inet_wait_for_connect(sk, timeo, 0))) return err;
    if (signal_pending(get_current())) return sock_intr_errno(timeo);
    if (dis != sk->sk_disconnects) return -EPIPE;
  }
  return finishConnect(sock, sk, flags);
}

int __inet_stream_connect(const socket* sock, const sockaddr* uaddr, int addr_len, int flags, int is_sendmsg) {
  KFUNC(__inet_stream_connect, sock, uaddr, addr_len, flags, is_sendmsg);
  const struct sock* sk = sock->sk;
  if (uaddr && addr_len < 2) return call.result(-EINVAL);
  if (uaddr && uaddr->sa_family == AF_UNSPEC) { // connect() to nothing: the socket is free again
    add(sk->sk_disconnects, 1);
    const int err = sk->sk_prot->disconnect(sk, flags);
    set(sock->state, err ? SS_DISCONNECTING : SS_UNCONNECTED);
    return call.result(err);
  }
  int err = -EALREADY; // somebody's connect() without waiting is still under way
  switch (sock->state) {
  case SS_CONNECTED: return call.result(-EISCONN);
  case SS_CONNECTING: break;
  case SS_UNCONNECTED:
    if (sk->sk_state != TCP_CLOSE) return call.result(-EISCONN);
    err = sk->sk_prot->connect(sk, uaddr, addr_len);
    if (err < 0) return call.result(err);
    set(sock->state, SS_CONNECTING);
    err = -EINPROGRESS;
    break;
  default: return call.result(-EINVAL);
  }
  return call.result(waitAndFinish(sock, sk, flags, err));
}

int inet_stream_connect(const socket* sock, const sockaddr* uaddr, s32 addr_len, s32 flags) {
  KFUNC(inet_stream_connect, sock, uaddr, addr_len, flags);
  lock_sock(sock->sk);
  const int err = __inet_stream_connect(sock, uaddr, addr_len, flags, 0);
  release_sock(sock->sk);
  return call.result(err);
}

int inet_listen(const socket* sock, s32 backlog) {
  KFUNC(inet_listen, sock, backlog);
  const struct sock* sk = sock->sk;
  lock_sock(sk);
  const u32 state = sk->sk_state;
  int err = -EINVAL;
  if (sock->state == SS_UNCONNECTED && sock->type == SOCK_STREAM && 1u << state & (TCPF_CLOSE | TCPF_LISTEN)) {
    set(sk->sk_max_ack_backlog, backlog);
    err = state == TCP_LISTEN ? 0 : inet_csk_listen_start(sk); // a listener may only change its backlog
  }
  release_sock(sk);
  return call.result(err);
}

void sock_graft(const sock* sk, const socket* parent) {
  KFUNC(sock_graft, sk, parent);
  INLINED();
  set(sk->sk_wq, &parent->wq);
  set(parent->sk, sk);
  sk_set_socket(sk, parent);
  set(sk->sk_uid.val, SOCK_INODE(parent)->i_uid.val);
  security_sock_graft(sk, parent);
}

void __inet_accept(const socket* sock, const socket* newsock, const struct sock* newsk) {
  KFUNC(__inet_accept, sock, newsock, newsk);
  constexpr u32 MayBeAccepted = TCPF_SYN_RECV | TCPF_ESTABLISHED | TCPF_CLOSE_WAIT | TCPF_FIN_WAIT1 | TCPF_FIN_WAIT2 |
                                TCPF_CLOSING | TCPF_CLOSE; // it may have ended while it waited
  BUG_ON(!(MayBeAccepted >> newsk->sk_state & 1));
  constexpr u64 ZeroCopy = 1ull << SOCK_SUPPORT_ZC;
  if (sock->flags & ZeroCopy) set(newsock->flags, newsock->flags | ZeroCopy);
  sock_graft(newsk, newsock);
  set(newsock->state, SS_CONNECTED);
}

int inet_accept(const socket* sock, const socket* newsock, s32 flags, bool kern) {
  KFUNC(inet_accept, sock, newsock, flags, kern);
  const struct sock* listener = sock->sk;
  s32 none = -EINVAL;
  const struct sock* accepted = listener->sk_prot->accept(listener, flags, &none, kern);
  if (accepted) {
    lock_sock(accepted);
    __inet_accept(sock, newsock, accepted);
    release_sock(accepted);
  }
  return call.result(accepted ? 0 : none);
}

// ---- states
void inet_sk_set_state(const sock* sk, int state) {
  KFUNC(inet_sk_set_state, sk, state);
  NOTE("tcp.state", sk, static_cast<u32>(sk->sk_state), state);
  set(sk->sk_state, state);
}
void inet_sk_state_store(const sock* sk, int newstate) {
  KFUNC(inet_sk_state_store, sk, newstate);
  NOTE("tcp.state", sk, static_cast<u32>(sk->sk_state), newstate);
  set(sk->sk_state, newstate);
}

// ---- a socket of the kernel's own: to send from, never found by what arrives
int inet_ctl_sock_create(const sock** sk, u16 family, u16 type, u8 protocol, const net* net) {
  KFUNC(inet_ctl_sock_create, family, type, protocol, net);
  const socket* sock;
  if (const int err = __sock_create(net, family, type, protocol, &sock, 1)) return call.result(err);
  const struct sock* own = *sk = sock->sk;
  set(own->sk_allocation, GFP_ATOMIC); // it sends from softirqs, which cannot wait for memory
  set(own->sk_use_task_frag, false);
  own->sk_prot->unhash(own);
  return call.result(0);
}

} // namespace sockwalk::kernel
