// Sending on a local stream socket. The bytes are cut into sk_buffs of at most half the send buffer; each goes straight
// into the peer's receive queue and stays on the sender's account until it has been read.
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/net/unix/unix_internal.h"
#include "engine/memory/constants/signals.h"

namespace sockwalk::kernel {

constexpr u32 LinearMost = SKB_WITH_OVERHEAD(PAGE_SIZE); // SKB_MAX_HEAD(0): what fits beside the shared info in a page
constexpr u32 PagesMost = 32768;                         // UNIX_SKB_FRAGS_SZ
constexpr int PagesOrder = 3;                            // as one piece, if such is to be had

int unix_fill_skb(const sk_buff* skb, u32 linear, u32 size, const msghdr* msg) {
  skb_put(skb, linear);
  set(skb->data_len, size - linear);
  set(skb->len, size);
  return skb_copy_datagram_from_iter(skb, 0, &msg->msg_iter, static_cast<int>(size));
}

void unix_queue(const sk_buff* skb, const socket* sock, const struct sock* other) {
  maybe_add_creds(skb, sock, other);
  scm_stat_add(other, skb);
  skb_queue_tail(&other->sk_receive_queue, skb);
  mark(BufferMark::Delivered, skb, other);
  NOTE("sock.queued", skb, other, skb->len);
  other->sk_data_ready(other);
}

namespace {
class StreamSend {
public:
  StreamSend(const socket* sock, const msghdr* msg, const scm_cookie* scm)
      : m_socket(sock), m_sk(sock->sk), m_msg(msg), m_scm(scm), m_urgent(msg->msg_flags & MSG_OOB) {}

  int run(u64 bytes) {
    int err = bytes || !m_urgent ? refusal() : -EOPNOTSUPP; // an urgent byte has to be there
    const u64 ordinary = bytes - (m_urgent && bytes);
    while (!err && m_sent < ordinary) err = sendNext(ordinary - m_sent);
    if (!err && m_urgent) err = sendUrgent();
    if (err == -EPIPE && m_pipeBroken && !m_sent && !(m_msg->msg_flags & MSG_NOSIGNAL))
      send_sig(SIGPIPE, get_current(), 0);
    return m_sent ? static_cast<int>(m_sent) : err;
  }

private:
  int broken() { return m_pipeBroken = true, -EPIPE; }

  int refusal() {
    if (m_msg->msg_namelen) return m_sk->sk_state == TCP_ESTABLISHED ? -EISCONN : -EOPNOTSUPP;
    m_other = unix_peer(m_sk);
    if (!m_other) return -ENOTCONN;
    return m_sk->sk_shutdown & SEND_SHUTDOWN ? broken() : 0;
  }
  bool mayReceive() const { return !isDead(m_other) && !(m_other->sk_shutdown & RCV_SHUTDOWN); }
  bool dontWait() const { return m_msg->msg_flags & MSG_DONTWAIT; }

  // An sk_buff with the next `size` bytes in it; nullptr: `err` says why.
  const sk_buff* packet(u32 size, int& err) {
    const u32 beyond = size > LinearMost ? size - LinearMost : 0;
    const u32 paged = std::min(size, (beyond + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE), linear = size - paged;
    const sk_buff* skb = sock_alloc_send_pskb(m_sk, linear, paged, dontWait(), &err, PagesOrder);
    if (!skb) return nullptr;
    err = unix_scm_to_skb(m_scm, skb, !m_filesSent);
    if (!err) {
      m_filesSent = true;
      err = unix_fill_skb(skb, linear, size, m_msg);
    }
    if (err) kfree_skb(skb);
    return err ? nullptr : skb;
  }

  int sendNext(u64 left) {
    const u32 half = static_cast<u32>((m_sk->sk_sndbuf >> 1) - 64); // so that two can be on their way
    const u32 size = static_cast<u32>(std::min<u64>({left, half, LinearMost + PagesMost}));
    int err = 0;
    const sk_buff* skb = packet(size, err);
    if (!skb) return err;
    if (!mayReceive()) return kfree_skb(skb), broken();
    unix_queue(skb, m_socket, m_other);
    m_sent += size;
    return 0;
  }

  // The urgent byte has an sk_buff of its own, and the receiver knows which.
  int sendUrgent() {
    int err = 0;
    const sk_buff* skb = packet(1, err);
    if (!skb) return err;
    if (!mayReceive()) return kfree_skb(skb), -EPIPE;
    maybe_add_creds(skb, m_socket, m_other);
    scm_stat_add(m_other, skb);
    set(unix_sk(m_other)->oob_skb, skb);
    __skb_queue_tail(&m_other->sk_receive_queue, skb);
    mark(BufferMark::Delivered, skb, m_other);
    NOTE("unix.urgent", skb, m_other);
    sk_send_sigurg(m_other);
    m_other->sk_data_ready(m_other);
    ++m_sent;
    return 0;
  }

  const socket* m_socket;
  const sock* m_sk;
  const msghdr* m_msg;
  const scm_cookie* m_scm;
  const bool m_urgent;
  const sock* m_other = nullptr;
  u64 m_sent = 0;
  bool m_filesSent = false, m_pipeBroken = false;
};
} // namespace

s32 unix_stream_sendmsg(const socket* sock, const msghdr* msg, u64 len) {
  KFUNC(unix_stream_sendmsg, sock, msg, len);
  OnStack<scm_cookie> scm;
  if (const int wrong = scm_send(sock, msg, scm); wrong < 0) return call.result(wrong);
  wait_for_unix_gc(scm->fp);
  const int sent = StreamSend(sock, msg, scm).run(len);
  scm_destroy(scm);
  return call.result(sent);
}

// ---- sendfile(): pages of a file, not copied, behind those that the receiver has not read yet
namespace {
class PageSend {
public:
  PageSend(const socket* sock, const page* page, u32 offset, u32 size, u32 flags)
      : m_socket(sock), m_sk(sock->sk), m_other(unix_peer(sock->sk)), m_page(page), m_offset(offset), m_size(size),
        m_flags(flags) {}

  s64 run() {
    if (m_flags & MSG_OOB) return -EOPNOTSUPP;
    if (!m_other || m_sk->sk_state != TCP_ESTABLISHED) return -ENOTCONN;
    if (endsHere()) return brokenPipe();
    OnStack<scm_cookie> scm;
    if (const int err = maybe_init_creds(scm, m_socket, m_other)) return err;
    const s64 sent = append(scm);
    scm_destroy(scm);
    return sent;
  }

private:
  bool endsHere() const {
    return m_sk->sk_shutdown & SEND_SHUTDOWN || isDead(m_other) || m_other->sk_shutdown & RCV_SHUTDOWN;
  }
  s64 brokenPipe() const {
    if (!(m_flags & MSG_NOSIGNAL)) send_sig(SIGPIPE, get_current(), 0);
    return -EPIPE;
  }
  bool takesPage(const sk_buff* skb) const {
    return !skb_append_pagefrags(skb, m_page, static_cast<int>(m_offset), m_size);
  }
  s64 append(const scm_cookie* scm) {
    const sk_buff* tail = skb_peek_tail(&m_other->sk_receive_queue);
    if (tail && unix_skb_scm_eq(tail, scm) && takesPage(tail)) return charge(tail), told();
    int err = 0;
    const sk_buff* fresh = sock_alloc_send_pskb(m_sk, 0, 0, m_flags & MSG_DONTWAIT, &err, 0);
    if (!fresh) return err;
    if (endsHere()) return kfree_skb(fresh), brokenPipe();
    takesPage(fresh);
    charge(fresh);
    unix_scm_to_skb(scm, fresh, false);
    __skb_queue_tail(&m_other->sk_receive_queue, fresh);
    mark(BufferMark::Delivered, fresh, m_other);
    return told();
  }
  void charge(const sk_buff* skb) const {
    add(skb->len, m_size);
    add(skb->data_len, m_size);
    add(skb->truesize, m_size);
    add(m_sk->sk_wmem_alloc.refs.counter, static_cast<int>(m_size));
  }
  s64 told() const {
    m_other->sk_data_ready(m_other);
    return m_size;
  }

  const socket* m_socket;
  const sock *m_sk, *m_other;
  const page* m_page;
  u32 m_offset, m_size, m_flags;
};
} // namespace

s64 unix_stream_sendpage(const socket* socket, const page* page, s32 offset, u64 size, s32 flags) {
  KFUNC(unix_stream_sendpage, socket, page, offset, size, flags);
  PageSend send(socket, page, static_cast<u32>(offset), static_cast<u32>(size), static_cast<u32>(flags));
  return call.result(send.run());
}

} // namespace sockwalk::kernel
