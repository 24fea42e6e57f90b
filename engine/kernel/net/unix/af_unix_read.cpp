// Reading from a local stream socket: sk_buff by sk_buff, through the queue that the peer has filled. How much of a
// packet has been read stands in its control block; when nothing is left it goes, and with it its charge to the sender.
//
// Bytes of different senders are not glued together if the reader wants to know who they are, and a read ends behind the
// packet that carries descriptors: nobody could say which bytes they belong to.
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/net/unix/unix_internal.h"

namespace sockwalk::kernel {

static const sk_buff* nextIn(const sk_buff_head* queue, const sk_buff* skb) {
  const sk_buff* next = skb->next;
  return next == queueHead(queue) ? nullptr : next;
}

// ---- the urgent byte
// It is passed over by reads unless it belongs to the stream (SO_OOBINLINE), and a read stops before it. nullptr: there is
// nothing here for this read.
static const sk_buff* manage_oob(const sk_buff* skb, const sock* sk, u32 flags, int copied) {
  const sk_buff_head* queue = &sk->sk_receive_queue;
  const bool peek = flags & MSG_PEEK, inLine = sock_flag(sk, SOCK_URGINLINE);
  if (!unix_skb_len(skb) && !peek) { // it was fetched already: only its place is left
    skb_unlink(skb, queue);
    consume_skb(skb);
    return nullptr;
  }
  const sk_buff *result = skb, *passedOver = nullptr;
  if (skb == unix_sk(sk)->oob_skb.get()) {
    if (copied) {
      result = nullptr;
    } else if (peek) {
      if (!inLine) result = nextIn(queue, skb);
    } else {
      set(unix_sk(sk)->oob_skb, nullptr);
      if (!inLine) {
        __skb_unlink(skb, queue);
        passedOver = skb;
        result = skb_peek(queue);
      }
    }
  }
  kfree_skb(passedOver);
  return result;
}

static int unix_stream_read_actor(const sk_buff* skb, int skip, int chunk, const msghdr* msg) {
  KFUNC(unix_stream_read_actor, skb, skip, chunk);
  const int begin = static_cast<int>(UNIXCB(skb)->consumed) + skip;
  const int failed = skb_copy_datagram_msg(skb, begin, msg, chunk);
  return call.result(failed ? failed : chunk);
}

static int unix_stream_recv_urg(const sock* sk, const msghdr* msg, u32 flags) {
  const sk_buff* urgent = unix_sk(sk)->oob_skb;
  if (sock_flag(sk, SOCK_URGINLINE) || !urgent) return -EINVAL;
  const sk_buff* fetched = nullptr; // one before it, of which only the place is left
  if (!(flags & MSG_PEEK)) {
    set(unix_sk(sk)->oob_skb, nullptr);
    const sk_buff* before = urgent->prev;
    if (before != queueHead(&sk->sk_receive_queue) && !unix_skb_len(before)) {
      __skb_unlink(before, &sk->sk_receive_queue);
      fetched = before;
    }
  }
  const int chunk = unix_stream_read_actor(urgent, 0, 1, msg);
  if (!(flags & MSG_PEEK)) add(UNIXCB(urgent)->consumed, 1u);
  consume_skb(fetched);
  if (chunk < 0) return -EFAULT;
  set(msg->msg_flags, msg->msg_flags | MSG_OOB);
  return 1;
}

// ---- waiting
// Until something stands behind `last` in the queue, or `last` has grown, or nothing will come.
static s64 unix_stream_data_wait(const sock* sk, s64 timeo, const sk_buff* last, u32 last_len) {
  KFUNC(unix_stream_data_wait, sk, timeo, last, last_len);
  INLINED();
  OnStack<wait_queue_entry> me;
  init_wait(me);
  for (;;) {
    prepare_to_wait(sk_sleep(sk), me, TASK_INTERRUPTIBLE);
    const sk_buff* tail = skb_peek_tail(&sk->sk_receive_queue);
    const bool came = tail != last || (tail && tail->len != last_len);
    if (came || sk->sk_err || sk->sk_shutdown & RCV_SHUTDOWN || signal_pending(get_current()) || !timeo) break;
    NOTE("task.sleeps", get_current()->pid, sk);
    timeo = schedule_timeout(timeo);
    if (isDead(sk)) break;
  }
  finish_wait(sk_sleep(sk), me);
  return call.result(timeo);
}

namespace {
class StreamRead {
public:
  StreamRead(const socket* sock, const msghdr* msg, u64 size, u32 flags, const scm_cookie* scm)
      : m_socket(sock), m_sk(sock->sk), m_queue(&sock->sk->sk_receive_queue), m_msg(msg), m_scm(scm), m_flags(flags),
        m_left(static_cast<int>(size)), m_target(sock_rcvlowat(m_sk, flags & MSG_WAITALL, m_left)),
        m_patience(sock_rcvtimeo(m_sk, flags & MSG_DONTWAIT)),
        m_skip(peeks() ? static_cast<u32>(std::max(m_sk->sk_peek_off, 0)) : 0) {}

  int run() {
    while (round() && m_left) {}
    if (m_interrupted) scm_destroy(m_scm);
    else scm_recv(m_socket, m_msg, m_scm);
    return m_copied ? m_copied : m_err;
  }

private:
  bool peeks() const { return m_flags & MSG_PEEK; }

  // Each of these: shall the read go on?
  bool round() {
    if (isDead(m_sk)) return m_err = -ECONNRESET, false;
    const sk_buff* skb = skb_peek(m_queue);
    remember(skb);
    bool more = true;
    while (more) {
      if (skb) {
        skb = manage_oob(skb, m_sk, m_flags, m_copied);
        if (!skb && m_copied) return false;
      }
      if (!skb) return nothingThere();
      const sk_buff* first = passOver(skb);
      if (!first) {
        skb = nullptr;
        continue;
      }
      more = take(first);
      if (!more || !peeks()) return more;
      skb = nextIn(m_queue, first); // a peek goes on through the queue, which stays as it is
      m_skip = 0;
      remember(first);
      if (!skb) return false;
    }
    return false;
  }
  void remember(const sk_buff* skb) {
    m_last = skb;
    m_lastLength = skb ? skb->len : 0;
  }
  // With SO_PEEK_OFF: the packet in which the peek begins; nullptr: all of them lie before.
  const sk_buff* passOver(const sk_buff* skb) {
    while (skb && m_skip >= unix_skb_len(skb)) {
      m_skip -= unix_skb_len(skb);
      remember(skb);
      skb = nextIn(m_queue, skb);
    }
    return skb;
  }

  bool nothingThere() {
    if (m_copied >= m_target) return false;
    m_err = sock_error(m_sk);
    if (m_err || m_sk->sk_shutdown & RCV_SHUTDOWN) return false; // the end is not an error: a read gives 0
    if (!m_patience) return m_err = -EAGAIN, false;
    m_patience = unix_stream_data_wait(m_sk, m_patience, m_last, m_lastLength);
    if (!signal_pending(get_current())) return true;
    m_err = sock_intr_errno(m_patience);
    m_interrupted = true;
    return false;
  }

  bool otherSender(const sk_buff* skb) {
    const unix_skb_parms* from = UNIXCB(skb);
    if (m_senderKnown) return !unix_skb_scm_eq(skb, m_scm);
    if (!passesCredentials(m_socket)) return false;
    scm_set_cred(m_scm, from->pid, from->uid.val, from->gid.val);
    set(m_scm->secid, from->secid);
    m_senderKnown = true;
    return false;
  }

  bool take(const sk_buff* skb) {
    if (otherSender(skb)) {
      NOTE("unix.other_sender", skb);
      return false;
    }
    if (m_msg->msg_name) unix_copy_addr(m_msg, skb->sk);
    const int wanted = std::min(static_cast<int>(unix_skb_len(skb) - m_skip), m_left);
    skb_get(skb); // another reader may be done with it while this one copies
    const int chunk = unix_stream_read_actor(skb, static_cast<int>(m_skip), wanted, m_msg);
    const bool usedUp = !unix_skb_len(skb);
    consume_skb(skb);
    if (chunk < 0) {
      if (!m_copied) m_copied = -EFAULT;
      return false;
    }
    m_copied += chunk;
    m_left -= chunk;
    if (usedUp) return m_err = 0, false;
    return peeks() ? lookedAt(skb, chunk) : used(skb, chunk);
  }

  bool used(const sk_buff* skb, int chunk) {
    add(UNIXCB(skb)->consumed, static_cast<u32>(chunk));
    if (m_sk->sk_peek_off >= 0) set(m_sk->sk_peek_off, std::max(m_sk->sk_peek_off - chunk, 0));
    if (UNIXCB(skb)->fp) {
      scm_stat_del(m_sk, skb);
      unix_detach_fds(m_scm, skb);
    }
    if (unix_skb_len(skb)) return false;
    skb_unlink(skb, m_queue);
    consume_skb(skb);
    return !m_scm->fp;
  }
  bool lookedAt(const sk_buff* skb, int chunk) {
    const bool carries = UNIXCB(skb)->fp.get() != nullptr;
    if (carries) unix_peek_fds(m_scm, skb);
    if (m_sk->sk_peek_off >= 0) set(m_sk->sk_peek_off, m_sk->sk_peek_off + chunk);
    return !carries;
  }

  const socket* m_socket;
  const sock* m_sk;
  const sk_buff_head* m_queue;
  const msghdr* m_msg;
  const scm_cookie* m_scm;
  const u32 m_flags;
  int m_left;
  const int m_target; // with fewer bytes than these it waits
  s64 m_patience;     // ticks
  u32 m_skip;
  int m_copied = 0, m_err = 0;
  bool m_senderKnown = false, m_interrupted = false;
  const sk_buff* m_last = nullptr; // what the queue ended with when it was looked at
  u32 m_lastLength = 0;
};
} // namespace

static int unix_stream_read_generic(const socket* sock, const msghdr* msg, u64 size, s32 flags) {
  KFUNC(unix_stream_read_generic, sock, msg, size, flags);
  SIMPLIFIED("splice() from a local socket is not there");
  const u32 how = static_cast<u32>(flags);
  if (sock->sk->sk_state != TCP_ESTABLISHED) return call.result(-EINVAL);
  if (how & MSG_OOB) return call.result(unix_stream_recv_urg(sock->sk, msg, how));
  OnStack<scm_cookie> scm;
  return call.result(StreamRead(sock, msg, size, how, scm).run());
}

s32 unix_stream_recvmsg(const socket* sock, const msghdr* msg, u64 size, s32 flags) {
  KFUNC(unix_stream_recvmsg, sock, msg, size, flags);
  return call.result(unix_stream_read_generic(sock, msg, size, flags));
}

} // namespace sockwalk::kernel
