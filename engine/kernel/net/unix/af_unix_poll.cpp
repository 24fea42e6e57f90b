// What a local socket is ready for, how much waits in it, and closing one half of it.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/net/unix/unix_internal.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

// A writer should find room for something worth while: three quarters of its buffer are free.
bool unix_writable(const sock* sk) {
  return sk->sk_state != TCP_LISTEN && refcount_read(&sk->sk_wmem_alloc) * 4 <= sk->sk_sndbuf;
}

// ---- shutdown: what one end no longer reads the other can no longer write
static u32 seenFromPeer(u32 how) {
  return (how & RCV_SHUTDOWN ? u32(SEND_SHUTDOWN) : 0) | (how & SEND_SHUTDOWN ? u32(RCV_SHUTDOWN) : 0);
}
static void shutPeer(const sock* other, u32 how) {
  if (other->sk_prot->unhash) other->sk_prot->unhash(other); // for socket maps of BPF; here it does nothing
  set(other->sk_shutdown, other->sk_shutdown | seenFromPeer(how));
  other->sk_state_change(other);
}
s32 unix_shutdown(const socket* sock, s32 mode) {
  KFUNC(unix_shutdown, sock, mode);
  if (mode < 0 || mode > 2) return call.result(-EINVAL);
  const u32 how = static_cast<u32>(mode) + 1; // SHUT_RD, SHUT_WR, SHUT_RDWR as bits
  const struct sock* sk = sock->sk;
  set(sk->sk_shutdown, sk->sk_shutdown | how);
  const struct sock* other = unix_peer(sk);
  if (other) sock_hold(other);
  sk->sk_state_change(sk);
  if (other && connects(sk)) shutPeer(other, how);
  if (other) sock_put(other);
  return call.result(0);
}

// ---- how much
static s64 unix_inq_len(const sock* sk) {
  KFUNC(unix_inq_len, sk);
  if (sk->sk_state == TCP_LISTEN) return call.result(s64(-EINVAL));
  const sk_buff_head* queue = &sk->sk_receive_queue;
  if (!connects(sk)) {
    const sk_buff* next = skb_peek(queue); // the next message only
    return call.result(next ? static_cast<s64>(next->len) : 0);
  }
  s64 all = 0;
  for (const sk_buff* skb = queue->next; skb != queueHead(queue); skb = skb->next) all += unix_skb_len(skb);
  return call.result(all);
}

s32 unix_ioctl(const socket* sock, u32 cmd, u64 arg) {
  KFUNC(unix_ioctl, sock, cmd, arg);
  SIMPLIFIED("SIOCUNIXFILE is not there");
  const struct sock* sk = sock->sk;
  // unix_outq_len(), inlined: memory, not bytes of the program.
  if (cmd == SIOCOUTQ) return call.result(put_user(sk_wmem_alloc_get(sk), arg));
  if (cmd == SIOCINQ) {
    const s64 waiting = unix_inq_len(sk);
    return call.result(waiting < 0 ? static_cast<s32>(waiting) : put_user(static_cast<s32>(waiting), arg));
  }
  if (cmd != SIOCATMARK) return call.result(-ENOIOCTLCMD);
  if (sk->sk_type != SOCK_STREAM) return call.result(-EOPNOTSUPP);
  const sk_buff* next = skb_peek(&sk->sk_receive_queue);
  return call.result(put_user(next && next == unix_sk(sk)->oob_skb.get(), arg));
}

s32 unix_set_peek_off(const sock* sk, s32 val) {
  KFUNC(unix_set_peek_off, sk, val);
  set(sk->sk_peek_off, val);
  return call.result(0);
}

// ---- poll
static u32 endEvents(const sock* sk) {
  u32 events = sk->sk_shutdown == SHUTDOWN_MASK ? u32{EPOLLHUP} : 0;
  if (sk->sk_shutdown & RCV_SHUTDOWN) events |= EPOLLRDHUP | EPOLLIN | EPOLLRDNORM;
  if (connects(sk) && sk->sk_state == TCP_CLOSE) events |= EPOLLHUP; // not connected yet, or not any more
  return events;
}
static u32 readEvents(const sock* sk) { return skb_queue_empty(&sk->sk_receive_queue) ? 0 : EPOLLIN | EPOLLRDNORM; }

u32 unix_poll(const file* file, const socket* sock, const poll_table_struct* wait) {
  KFUNC(unix_poll, file, sock, wait);
  sock_poll_wait(file, sock, wait);
  const struct sock* sk = sock->sk;
  u32 events = endEvents(sk) | readEvents(sk);
  if (sk->sk_err) events |= EPOLLERR;
  if (unix_sk(sk)->oob_skb) events |= EPOLLPRI;
  return call.result(unix_writable(sk) ? events | WriterEvents : events);
}

// A datagram socket can write if its own buffer has room, and if the one it is connected to takes messages.
static bool dgramWritable(const sock* sk) {
  if (!unix_writable(sk)) return false;
  const sock* other = unix_peer(sk);
  const bool limited = other && unix_peer(other) != sk && unix_recvq_full_lockless(other);
  return !limited || !unix_dgram_peer_wake_me(sk, other);
}
u32 unix_dgram_poll(const file* file, const socket* sock, const poll_table_struct* wait) {
  KFUNC(unix_dgram_poll, file, sock, wait);
  sock_poll_wait(file, sock, wait);
  const struct sock* sk = sock->sk;
  u32 events = endEvents(sk) | readEvents(sk);
  const bool errors = sk->sk_err || !skb_queue_empty(&sk->sk_error_queue);
  if (errors) events |= EPOLLERR | (sock_flag(sk, SOCK_SELECT_ERR_QUEUE) ? EPOLLPRI : 0);
  if (!(poll_requested_events(wait) & WriterEvents)) return call.result(events); // nobody wants to write
  return call.result(dgramWritable(sk) ? events | WriterEvents : events);
}

} // namespace sockwalk::kernel
