// Local datagram and seqpacket sockets: a message stays a message. Each is one sk_buff in the receiver's queue.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/net/unix/unix_internal.h"

namespace sockwalk::kernel {

constexpr u32 LargestLinear = SKB_WITH_OVERHEAD(4 * PAGE_SIZE); // SKB_MAX_ALLOC; what is more goes to pages
constexpr int CostlyOrder = 3;

namespace {
class DgramSend {
public:
  DgramSend(const socket* sock, const msghdr* msg, const scm_cookie* scm)
      : m_socket(sock), m_sk(sock->sk), m_msg(msg), m_scm(scm),
        m_to(msg->msg_namelen ? static_cast<const sockaddr_un*>(msg->msg_name.get()) : nullptr) {}

  int run(u32 bytes) {
    int err = begin(bytes);
    if (!err) err = build(bytes);
    while (!err && (err = deliver()) == Again) err = 0;
    if (err && m_skb) kfree_skb(m_skb);
    if (m_other) sock_put(m_other);
    return err < 0 ? err : static_cast<int>(bytes);
  }

private:
  static constexpr int Again = 1, Tossed = 2;
  bool dontWait() const { return m_msg->msg_flags & MSG_DONTWAIT; }

  int begin(u32 bytes) {
    if (m_msg->msg_flags & MSG_OOB) return -EOPNOTSUPP;
    if (m_to) {
      if (const int bad = unix_validate_addr(m_to, m_msg->msg_namelen)) return bad;
    } else if (!(m_other = unix_peer_get(m_sk))) {
      return -ENOTCONN;
    }
    const bool wantsName = passesCredentials(m_socket) && !unix_sk(m_sk)->addr; // so that it can be answered
    if (const int err = wantsName ? unix_autobind(m_sk) : 0) return err;
    return bytes > static_cast<u32>(m_sk->sk_sndbuf) - 32 ? -EMSGSIZE : 0;
  }
  int build(u32 bytes) {
    const u32 beyond = bytes > LargestLinear ? bytes - LargestLinear : 0;
    const u32 paged = (std::min<u32>(beyond, MAX_SKB_FRAGS * PAGE_SIZE) + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
    int err = 0;
    m_skb = sock_alloc_send_pskb(m_sk, bytes - paged, paged, dontWait(), &err, CostlyOrder);
    if (!m_skb) return err;
    if (const int failed = unix_scm_to_skb(m_scm, m_skb, true)) return failed;
    m_patience = sock_sndtimeo(m_sk, dontWait());
    return unix_fill_skb(m_skb, bytes - paged, bytes, m_msg);
  }

  // 0: it is in the queue; Tossed: a filter of the receiver's does not want it, and the sender is not told.
  int deliver() {
    if (!m_other) {
      if (!m_to) return -ECONNRESET;
      const sock* found = unix_find_other(sock_net(m_sk), m_to, m_msg->msg_namelen, m_sk->sk_type);
      if (IS_ERR(found)) return static_cast<int>(PTR_ERR(found));
      m_other = found;
    }
    if (sk_filter_trim_cap(m_other, m_skb, 1) < 0) return Tossed;
    if (!unix_may_send(m_sk, m_other)) return -EPERM;
    if (isDead(m_other)) return receiverGone();
    if (m_other->sk_shutdown & RCV_SHUTDOWN) return -EPIPE;
    const bool asks = m_sk->sk_type != SOCK_SEQPACKET;
    if (const int refused = asks ? security_unix_may_send(m_sk->sk_socket, m_other->sk_socket) : 0) return refused;
    if (const int full = makeRoom()) return full;
    if (sock_flag(m_other, SOCK_RCVTSTAMP)) set(m_skb->tstamp, machine().now());
    unix_queue(m_skb, m_socket, m_other);
    return 0;
  }

  // A peer that was closed is forgotten: from the next time on there is none.
  int receiverGone() {
    const sock* gone = m_other;
    m_other = nullptr;
    sock_put(gone);
    if (m_sk->sk_type == SOCK_SEQPACKET) return -EPIPE;
    if (unix_peer(m_sk) != gone) return Again;
    set(unix_sk(m_sk)->peer, nullptr);
    unix_dgram_peer_wake_disconnect_wakeup(m_sk, gone);
    set(m_sk->sk_state, TCP_CLOSE);
    unix_dgram_disconnected(m_sk, gone);
    sock_put(gone);
    return -ECONNREFUSED;
  }

  // Two that are each other's peers are held up by the sender's buffer alone. A receiver of many takes so many messages.
  int makeRoom() {
    const bool limited = m_other != m_sk && unix_peer(m_other) != m_sk;
    if (!limited || !unix_recvq_full_lockless(m_other)) return 0;
    if (m_patience) {
      m_patience = unix_wait_for_peer(m_other, m_patience);
      return signal_pending(get_current()) ? sock_intr_errno(m_patience) : Again;
    }
    const bool willBeTold = unix_peer(m_sk) == m_other && !unix_dgram_peer_wake_me(m_sk, m_other);
    return willBeTold ? 0 : -EAGAIN;
  }

  const socket* m_socket;
  const sock* m_sk;
  const msghdr* m_msg;
  const scm_cookie* m_scm;
  const sockaddr_un* m_to;
  const sock* m_other = nullptr;
  const sk_buff* m_skb = nullptr;
  s64 m_patience = 0; // ticks
};
} // namespace

s32 unix_dgram_sendmsg(const socket* sock, const msghdr* msg, u64 len) {
  KFUNC(unix_dgram_sendmsg, sock, msg, len);
  OnStack<scm_cookie> scm;
  if (const int wrong = scm_send(sock, msg, scm); wrong < 0) return call.result(wrong);
  wait_for_unix_gc(scm->fp);
  const int sent = DgramSend(sock, msg, scm).run(static_cast<u32>(len));
  scm_destroy(scm);
  return call.result(sent);
}

// ---- receiving
namespace {
class DgramReceive {
public:
  DgramReceive(const sock* sk, const msghdr* msg, u32 size, u32 flags)
      : m_sk(sk), m_msg(msg), m_size(size), m_flags(flags) {}

  int run() {
    if (m_flags & MSG_OOB) return -EOPNOTSUPP;
    if (const int none = await()) return none == Ended ? 0 : none;
    if (waitqueue_active(peer_wait(m_sk))) wake_up_interruptible_poll(peer_wait(m_sk), WriterEvents);
    if (m_msg->msg_name) unix_copy_addr(m_msg, m_skb->sk);
    const int answer = give();
    skb_free_datagram(m_sk, m_skb);
    return answer;
  }

private:
  static constexpr int Ended = 1;
  bool peeks() const { return m_flags & MSG_PEEK; }

  int await() {
    s64 patience = sock_rcvtimeo(m_sk, m_flags & MSG_DONTWAIT);
    const sk_buff_head* queue = &m_sk->sk_receive_queue;
    for (;;) {
      int err = 0;
      const sk_buff* newest = nullptr;
      m_skip = peeks() ? std::max(m_sk->sk_peek_off, 0) : 0;
      m_skb = __skb_try_recv_datagram(m_sk, queue, m_flags, &m_skip, &err, &newest);
      if (m_skb && !peeks()) scm_stat_del(m_sk, m_skb);
      if (m_skb) return 0;
      const bool wait = err == -EAGAIN && patience;
      if (!wait || __skb_wait_for_more_packets(m_sk, queue, &err, &patience, newest)) return noneCame(err);
    }
  }
  int noneCame(int err) const {
    const bool ended = m_sk->sk_type == SOCK_SEQPACKET && err == -EAGAIN && m_sk->sk_shutdown & RCV_SHUTDOWN;
    return ended || !err ? Ended : err;
  }

  int give() {
    const u32 there = m_skb->len - static_cast<u32>(m_skip), given = std::min(m_size, there);
    if (given < there) set(m_msg->msg_flags, m_msg->msg_flags | MSG_TRUNC); // the rest is lost
    if (const int failed = skb_copy_datagram_msg(m_skb, m_skip, m_msg, static_cast<int>(given))) return failed;
    if (sock_flag(m_sk, SOCK_RCVTSTAMP)) __sock_recv_timestamp(m_msg, m_sk, m_skb);
    OnStack<scm_cookie> scm;
    const unix_skb_parms* from = UNIXCB(m_skb);
    scm_set_cred(scm, from->pid, from->uid.val, from->gid.val);
    set(scm->secid, from->secid);
    movePeekOffset(peeks() ? static_cast<int>(given) : -static_cast<int>(m_skb->len));
    if (from->fp) peeks() ? unix_peek_fds(scm, m_skb) : unix_detach_fds(scm, m_skb);
    scm_recv(m_sk->sk_socket, m_msg, scm);
    return static_cast<int>(m_flags & MSG_TRUNC ? there : given);
  }
  void movePeekOffset(int by) const {
    if (m_sk->sk_peek_off >= 0) set(m_sk->sk_peek_off, std::max(m_sk->sk_peek_off + by, 0));
  }

  const sock* m_sk;
  const msghdr* m_msg;
  const u32 m_size, m_flags;
  const sk_buff* m_skb = nullptr;
  int m_skip = 0;
};
} // namespace

static int __unix_dgram_recvmsg(const sock* sk, const msghdr* msg, u64 size, s32 flags) {
  KFUNC(__unix_dgram_recvmsg, sk, msg, size, flags);
  return call.result(DgramReceive(sk, msg, static_cast<u32>(size), static_cast<u32>(flags)).run());
}
s32 unix_dgram_recvmsg(const socket* sock, const msghdr* msg, u64 size, s32 flags) {
  KFUNC(unix_dgram_recvmsg, sock, msg, size, flags);
  return call.result(__unix_dgram_recvmsg(sock->sk, msg, size, flags));
}

// ---- seqpacket: messages, but through a connection
s32 unix_seqpacket_sendmsg(const socket* sock, const msghdr* msg, u64 len) {
  KFUNC(unix_seqpacket_sendmsg, sock, msg, len);
  if (const int err = sock_error(sock->sk)) return call.result(err);
  if (sock->sk->sk_state != TCP_ESTABLISHED) return call.result(-ENOTCONN);
  if (msg->msg_namelen) set(msg->msg_namelen, 0); // it can only go to the peer
  return call.result(unix_dgram_sendmsg(sock, msg, len));
}
s32 unix_seqpacket_recvmsg(const socket* sock, const msghdr* msg, u64 size, s32 flags) {
  KFUNC(unix_seqpacket_recvmsg, sock, msg, size, flags);
  if (sock->sk->sk_state != TCP_ESTABLISHED) return call.result(-ENOTCONN);
  return call.result(__unix_dgram_recvmsg(sock->sk, msg, size, flags)); // unix_dgram_recvmsg(), inlined
}

} // namespace sockwalk::kernel
