// Connecting local stream and seqpacket sockets. There is no handshake: connect() itself makes the socket that accept()
// will give out and puts it into the listener's queue, by an empty sk_buff that belongs to it. From then on the two are
// peers, and the client may write, whether anybody has accepted or not.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/net/unix/unix_internal.h"

namespace sockwalk::kernel {

const sock* unix_peer_get(const sock* sk) {
  KFUNC(unix_peer_get, sk);
  const sock* peer = unix_peer(sk);
  if (peer) sock_hold(peer);
  return call.result(peer);
}

s32 unix_listen(const socket* sock, s32 backlog) {
  KFUNC(unix_listen, sock, backlog);
  const struct sock* sk = sock->sk;
  if (!connects(sk)) return call.result(-EOPNOTSUPP);
  const bool mayListen = sk->sk_state == TCP_CLOSE || sk->sk_state == TCP_LISTEN;
  if (!unix_sk(sk)->addr || !mayListen) return call.result(-EINVAL); // nobody could find one without a name
  const bool moreRoom = static_cast<u32>(backlog) > sk->sk_max_ack_backlog;
  if (moreRoom) wake_up_interruptible_all(peer_wait(sk));
  set(sk->sk_max_ack_backlog, backlog);
  set(sk->sk_state, TCP_LISTEN);
  init_peercred(sk); // whoever connects learns who listened
  return call.result(0);
}

// ---- waiting for room in another socket's queue
s64 unix_wait_for_peer(const sock* other, s64 timeo) {
  KFUNC(unix_wait_for_peer, other, timeo);
  OnStack<wait_queue_entry> me;
  init_wait(me);
  prepare_to_wait_exclusive(peer_wait(other), me, TASK_INTERRUPTIBLE);
  const bool open = !isDead(other) && !(other->sk_shutdown & RCV_SHUTDOWN);
  if (open && unix_recvq_full_lockless(other)) {
    NOTE("unix.waits_for_room", get_current()->pid, other, skb_queue_len(&other->sk_receive_queue));
    timeo = schedule_timeout(timeo);
  }
  finish_wait(peer_wait(other), me);
  return call.result(timeo);
}

// ---- connect
namespace {
class StreamConnect {
public:
  StreamConnect(const socket* sock, const sockaddr* to, int length, int flags)
      : m_socket(sock), m_sk(sock->sk), m_to(reinterpret_cast<const sockaddr_un*>(to)), m_length(length),
        m_patience(sock_sndtimeo(m_sk, flags & static_cast<int>(O_NONBLOCK))) {}

  int run() {
    int err = prepare();
    while (!err && (err = findListener()) == Again) err = 0;
    if (!err) err = agree();
    if (err) return giveUp(err);
    joinPeers();
    announce();
    return 0;
  }

private:
  static constexpr int Again = 1;

  // What needs memory comes first: later there is no way back.
  int prepare() {
    if (const int bad = unix_validate_addr(m_to, m_length)) return bad;
    const bool wantsName = passesCredentials(m_socket) && !unix_sk(m_sk)->addr;
    if (const int err = wantsName ? unix_autobind(m_sk) : 0) return err;
    const sock* made = unix_create1(sock_net(m_sk), nullptr, 0, m_socket->type);
    if (IS_ERR(made)) return static_cast<int>(PTR_ERR(made));
    m_fresh = made;
    m_skb = sock_wmalloc(made, 1, false, GFP_KERNEL);
    return m_skb ? 0 : -ENOMEM;
  }

  int findListener() {
    const sock* found = unix_find_other(sock_net(m_sk), m_to, m_length, m_sk->sk_type);
    if (IS_ERR(found)) return static_cast<int>(PTR_ERR(found));
    m_listener = found;
    if (isDead(found)) return letGo(), Again; // it was closed a moment ago: perhaps the name is another's by now
    if (found->sk_state != TCP_LISTEN || found->sk_shutdown & RCV_SHUTDOWN) return -ECONNREFUSED;
    return unix_recvq_full_lockless(found) ? awaitRoom() : 0;
  }
  int awaitRoom() {
    if (!m_patience) return -EAGAIN;
    m_patience = unix_wait_for_peer(m_listener, m_patience);
    if (signal_pending(get_current())) return sock_intr_errno(m_patience);
    letGo();
    return Again; // whoever waited looks the name up anew
  }
  void letGo() {
    sock_put(m_listener);
    m_listener = nullptr;
  }

  int agree() {
    if (m_sk->sk_state == TCP_ESTABLISHED) return -EISCONN;
    if (m_sk->sk_state != TCP_CLOSE) return -EINVAL; // it listens, perhaps to itself
    return security_unix_stream_connect(m_sk, m_listener, m_fresh);
  }

  // The new socket has the listener's name and file: to the client it is the listener.
  void takeOverName() {
    const unix_sock *theirs = unix_sk(m_listener), *mine = unix_sk(m_fresh);
    if (theirs->path.dentry) {
      path_get(&theirs->path);
      copy(&mine->path, &theirs->path);
    }
    refcount_inc(&theirs->addr->refcnt);
    set(mine->addr, theirs->addr.get());
  }
  void joinPeers() {
    sock_hold(m_sk);
    set(unix_sk(m_fresh)->peer, m_sk);
    set(m_fresh->sk_state, TCP_ESTABLISHED);
    set(m_fresh->sk_type, m_sk->sk_type);
    init_peercred(m_fresh);
    set(unix_sk(m_fresh)->listener, m_listener);
    set(m_fresh->sk_wq, &unix_sk(m_fresh)->peer_wq); // it has no file yet, and so no queue of its own
    takeOverName();
    set(m_sk->sk_peer_pid, get_pid(m_listener->sk_peer_pid));
    set(m_sk->sk_peer_cred, get_cred(m_listener->sk_peer_cred));
    set(m_socket->state, SS_CONNECTED);
    set(m_sk->sk_state, TCP_ESTABLISHED);
    sock_hold(m_fresh);
    set(unix_sk(m_sk)->peer, m_fresh);
    NOTE("unix.connected", m_sk, m_fresh, m_listener);
  }
  void announce() {
    __skb_queue_tail(&m_listener->sk_receive_queue, m_skb);
    m_listener->sk_data_ready(m_listener);
    sock_put(m_listener);
  }

  int giveUp(int err) {
    kfree_skb(m_skb);
    if (m_fresh) unix_release_sock(m_fresh, 0);
    if (m_listener) sock_put(m_listener);
    return err;
  }

  const socket* m_socket;
  const sock* m_sk;
  const sockaddr_un* m_to;
  int m_length;
  s64 m_patience; // ticks
  const sock *m_fresh = nullptr, *m_listener = nullptr;
  const sk_buff* m_skb = nullptr;
};
} // namespace

s32 unix_stream_connect(const socket* sock, const sockaddr* uaddr, s32 addr_len, s32 flags) {
  KFUNC(unix_stream_connect, sock, uaddr, addr_len, flags);
  return call.result(StreamConnect(sock, uaddr, addr_len, flags).run());
}

// ---- accept
static void unix_sock_inherit_flags(const socket* old, const socket* child) {
  constexpr u64 inherited = 1ull << SOCK_PASSCRED | 1ull << SOCK_PASSSEC;
  if (old->flags & inherited) set(child->flags, child->flags | (old->flags & inherited));
}

// The socket is there already; only the file is new.
s32 unix_accept(const socket* sock, const socket* newsock, s32 flags, bool kern) {
  KFUNC(unix_accept, sock, newsock, flags, kern);
  const struct sock* listener = sock->sk;
  if (listener->sk_state != TCP_LISTEN) return call.result(-EINVAL);
  int err = 0;
  const u32 how = flags & static_cast<s32>(O_NONBLOCK) ? u32(MSG_DONTWAIT) : 0;
  const sk_buff* skb = skb_recv_datagram(listener, how, &err);
  if (!skb) return call.result(err ? err : -EINVAL); // no error: nobody may connect any more
  const struct sock* child = skb->sk;
  skb_free_datagram(listener, skb);
  __wake_up(peer_wait(listener), TASK_INTERRUPTIBLE, 1, 0); // there is room for one
  unix_update_edges(unix_sk(child));
  set(newsock->state, SS_CONNECTED);
  unix_sock_inherit_flags(sock, newsock);
  sock_graft(child, newsock);
  return call.result(0);
}

} // namespace sockwalk::kernel
