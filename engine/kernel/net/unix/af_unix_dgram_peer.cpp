// The peers of datagram sockets. connect() only fixes where messages go; the other end need not know of it, and many may
// be connected to one. When its queue is full, a sender that polls for room has to hear of it although it waits on a
// queue of its own: an entry of the sender's is put on the receiver's queue of waiting writers, and passes wake-ups on.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/net/unix/unix_internal.h"

namespace sockwalk::kernel {

static void takeOff(const wait_queue_entry* entry) { list_del_init(&entry->entry); }

s32 unix_dgram_peer_wake_relay(const wait_queue_entry* q, u32 mode, s32 flags, const void* key) {
  KFUNC(unix_dgram_peer_wake_relay, q, mode, flags);
  const unix_sock* waiting = container_of(q, unix_sock, peer_wake);
  takeOff(q);
  set(q->private_, nullptr);
  const socket_wq* own = waiting->sk.sk_wq;
  const u32 events = static_cast<u32>(reinterpret_cast<u64>(key));
  if (own) wake_up_interruptible_poll(&own->wait, events);
  return call.result(0);
}

// True: it was not on the queue before.
static bool unix_dgram_peer_wake_connect(const sock* sk, const sock* other) {
  const wait_queue_entry* relay = &unix_sk(sk)->peer_wake;
  if (relay->private_) return false;
  set(relay->private_, other);
  list_add(&relay->entry, &peer_wait(other)->head);
  return true;
}
void unix_dgram_peer_wake_disconnect(const sock* sk, const sock* other) {
  const wait_queue_entry* relay = &unix_sk(sk)->peer_wake;
  if (relay->private_.get() != other) return;
  takeOff(relay);
  set(relay->private_, nullptr);
}
void unix_dgram_peer_wake_disconnect_wakeup(const sock* sk, const sock* other) {
  unix_dgram_peer_wake_disconnect(sk, other);
  wake_up_interruptible_poll(sk_sleep(sk), WriterEvents);
}

// First on the queue, then the look: a message that is read meanwhile wakes.
int unix_dgram_peer_wake_me(const sock* sk, const sock* other) {
  KFUNC(unix_dgram_peer_wake_me, sk, other);
  const bool fresh = unix_dgram_peer_wake_connect(sk, other);
  const bool full = unix_recvq_full_lockless(other) && !isDead(other);
  if (!full && fresh) unix_dgram_peer_wake_disconnect(sk, other);
  return call.result(full ? 1 : 0);
}

// What the old peer sent is thrown away: from now on only the new one is heard.
void unix_dgram_disconnected(const sock* sk, const sock* other) {
  KFUNC(unix_dgram_disconnected, sk, other);
  if (skb_queue_empty(&sk->sk_receive_queue)) return;
  skb_queue_purge(&sk->sk_receive_queue);
  wake_up_interruptible_all(peer_wait(sk));
  if (isDead(other) || unix_peer(other) != sk) return;
  set(other->sk_err, ECONNRESET);
  sk_error_report(other);
}

// The one it sends to from now on; nullptr: none any more.
static void changePeer(const sock* sk, const sock* fresh) {
  const sock* old = unix_peer(sk);
  set(unix_sk(sk)->peer, fresh);
  if (!old) return;
  if (!fresh) set(sk->sk_state, TCP_CLOSE);
  unix_dgram_peer_wake_disconnect_wakeup(sk, old);
  if (fresh != old) {
    unix_dgram_disconnected(sk, old);
    if (!unix_peer(old)) set(old->sk_state, TCP_CLOSE);
  }
  sock_put(old);
}

static const sock* findLiving(const socket* sock, const sockaddr_un* to, int length) {
  for (;;) {
    const struct sock* found = unix_find_other(sock_net(sock->sk), to, length, sock->type);
    if (IS_ERR(found) || !isDead(found)) return found;
    sock_put(found);
  }
}
static int connectTo(const socket* sock, const sockaddr_un* to, int length) {
  const struct sock* sk = sock->sk;
  if (const int bad = unix_validate_addr(to, length)) return bad;
  const bool wantsName = passesCredentials(sock) && !unix_sk(sk)->addr;
  if (const int err = wantsName ? unix_autobind(sk) : 0) return err;
  const struct sock* other = findLiving(sock, to, length);
  if (IS_ERR(other)) return static_cast<int>(PTR_ERR(other));
  int err = unix_may_send(sk, other) ? 0 : -EPERM;
  if (!err) err = security_unix_may_send(sk->sk_socket, other->sk_socket);
  if (err) return sock_put(other), err;
  set(sk->sk_state, TCP_ESTABLISHED);
  set(other->sk_state, TCP_ESTABLISHED);
  changePeer(sk, other);
  return 0;
}

s32 unix_dgram_connect(const socket* sock, const sockaddr* addr, s32 alen, s32 flags) {
  KFUNC(unix_dgram_connect, sock, addr, alen, flags);
  if (alen < static_cast<s32>(sizeof addr->sa_family)) return call.result(-EINVAL);
  if (addr->sa_family != AF_UNSPEC)
    return call.result(connectTo(sock, reinterpret_cast<const sockaddr_un*>(addr), alen));
  changePeer(sock->sk, nullptr);
  return call.result(0);
}

} // namespace sockwalk::kernel
