// recv(2) and read(2) on a TCP socket: bytes leave the receive queue in order, across segments; what was read makes
// room in the window, of which the peer may have to be told.
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/busy_poll.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"
#include "engine/memory/constants/tcp.h"
#include <optional>

namespace sockwalk::kernel {

// An acknowledgement was put off (RFC 1122 4.2.3.2). It is due if more than a full segment waits for it, or if the
// reader has taken everything and will hardly answer at once: two small segments came, or the talk is one-sided.
static bool delayedAckIsDue(const sock* sk, int copied) {
  const auto& ack = inet_csk(sk)->icsk_ack;
  const u32 unacknowledged = tcp_sk(sk)->rcv_nxt - tcp_sk(sk)->rcv_wup;
  if (unacknowledged > ack.rcv_mss) return true;
  const bool caughtUp = copied > 0 && !sk_rmem_alloc_get(sk);
  const bool oneSided = ack.pending & ICSK_ACK_PUSHED && !inet_csk_in_pingpong_mode(sk);
  return caughtUp && (oneSided || ack.pending & ICSK_ACK_PUSHED2);
}

// Can twice as much be offered as the peer knows of? A small step is not worth a segment (RFC 1122 4.2.3.3).
static bool windowHasDoubled(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 twiceKnown = 2 * tcp_receive_window(tp);
  return twiceKnown <= tp->window_clamp && __tcp_select_window(sk) >= std::max(twiceKnown, 1u);
}

// Data was read: that may be the moment for an acknowledgement.
void __tcp_cleanup_rbuf(const sock* sk, int copied) {
  KFUNC(__tcp_cleanup_rbuf, sk, copied);
  const bool due = inet_csk_ack_scheduled(sk) && delayedAckIsDue(sk, copied);
  const bool readsOn = copied > 0 && !(sk->sk_shutdown & RCV_SHUTDOWN);
  if (due || (readsOn && windowHasDoubled(sk))) tcp_send_ack(sk);
}

void tcp_cleanup_rbuf(const sock* sk, int copied) {
  KFUNC(tcp_cleanup_rbuf, sk, copied);
  const sk_buff* skb = skb_peek(&sk->sk_receive_queue);
  BUG_ON(skb && !before(tcp_sk(sk)->copied_seq, TCP_SKB_CB(skb)->end_seq));
  __tcp_cleanup_rbuf(sk, copied);
}

// A segment that was read to its end leaves the queue and the socket's account.
static void tcp_eat_recv_skb(const sock* sk, const sk_buff* skb) {
  __skb_unlink(skb, &sk->sk_receive_queue);
  const bool ordinary = skb->destructor.value == fn<sock_rfree>.address();
  if (!ordinary) return __kfree_skb(skb);
  sock_rfree(skb);
  set(skb->destructor, nullptr);
  set(skb->sk, nullptr);
  skb_attempt_defer_free(skb); // the processor that received it frees it
}

// The urgent byte has come: out with it, unless the caller only looks. 0: he has no room for a byte.
static int takeUrgentByte(const tcp_sock* tp, const msghdr* msg, u64 len, int flags) {
  const u8 urgent = static_cast<u8>(tp->urg_data);
  const bool peeking = flags & MSG_PEEK, discarding = flags & MSG_TRUNC;
  if (!peeking) set(tp->urg_data, TCP_URG_READ);
  set(msg->msg_flags, msg->msg_flags | MSG_OOB);
  if (len) return discarding || copy_to_iter(&urgent, 1, &msg->msg_iter) == 1 ? 1 : -EFAULT;
  set(msg->msg_flags, msg->msg_flags | MSG_TRUNC);
  return 0;
}

// MSG_OOB: the one urgent byte that the socket remembers. It never blocks.
static int tcp_recv_urg(const sock* sk, const msghdr* msg, u64 len, int flags) {
  KFUNC(tcp_recv_urg, sk, msg, len, flags);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const bool announced = tp->urg_data && tp->urg_data != TCP_URG_READ;
  if (!announced || sock_flag(sk, SOCK_URGINLINE)) return call.result(-EINVAL);
  const bool over = sk->sk_state == TCP_CLOSE;
  if (over && !sock_flag(sk, SOCK_DONE)) return call.result(-ENOTCONN);
  if (tp->urg_data & TCP_URG_VALID) return call.result(takeUrgentByte(tp, msg, len, flags));
  const bool mayStillCome = !over && !(sk->sk_shutdown & RCV_SHUTDOWN);
  return call.result(mayStillCome ? -EAGAIN : 0);
}

// TCP_REPAIR: what was sent and not acknowledged, and what waits to be sent.
static int tcp_peek_sndq(const sock* sk, const msghdr* msg) {
  KFUNC(tcp_peek_sndq, sk, msg);
  INLINED();
  int given = 0;
  const auto give = [&](const sk_buff* skb) {
    const int length = static_cast<int>(skb->len), err = skb_copy_datagram_msg(skb, 0, msg, length);
    if (!err) given += length;
    return err;
  };
  for (const sk_buff* skb = tcp_rtx_queue_head(sk); skb; skb = skb_rb_next(skb))
    if (const int err = give(skb)) return call.result(err);
  const sk_buff_head* unsent = &sk->sk_write_queue;
  for (const sk_buff* skb = unsent->next; skb != queueHead(unsent); skb = skb->next)
    if (const int err = give(skb)) return call.result(err);
  return call.result(given);
}

namespace {
// A recvmsg() on its way.
struct Receiving {
  const sock* sk;
  const tcp_sock* tp;
  const msghdr* msg;
  u64 len;
  int flags = 0, copied = 0, target = 0;
  u32 peekAt = 0, urgentSkipped = 0;
  s64 patience = 0;
  s64 stamp = 0; // of the last segment read, ns
  int besides = 0;
  bool peek() const { return flags & MSG_PEEK; }
  u32 seq() const { return peek() ? peekAt : u32(tp->copied_seq); }
  void advance(u32 n) { peek() ? void(peekAt += n) : void(add(tp->copied_seq, n)); }
};
enum Turn { GoOn, Stop };

// The segment that holds the next byte, or the FIN; nullptr: it has not come.
const sk_buff* findSegment(const Receiving& r, u32* offset, const sk_buff** last) {
  const sk_buff_head* queue = &r.sk->sk_receive_queue;
  *last = skb_peek_tail(queue);
  for (const sk_buff* skb = queue->next; skb != queueHead(queue); skb = skb->next) {
    *last = skb;
    BUG_ON(before(r.seq(), TCP_SKB_CB(skb)->seq));
    *offset = r.seq() - TCP_SKB_CB(skb)->seq;
    if (*offset < skb->len || TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN) return skb;
    BUG_ON(!r.peek());
  }
  return nullptr;
}

// What a read gives back that found nothing more; nothing if it shall wait. With some bytes in hand it never fails: the
// error is for the next call.
std::optional<int> endOfRead(const Receiving& r) {
  const sock* sk = r.sk;
  const bool interrupted = signal_pending(get_current()), over = sk->sk_state == TCP_CLOSE;
  const bool peerEnded = sk->sk_shutdown & RCV_SHUTDOWN;
  if (r.copied >= r.target && !sk->sk_backlog.tail) return r.copied;
  if (r.copied) {
    const bool stop = !r.patience || sk->sk_err || over || peerEnded || interrupted;
    return stop ? std::optional(r.copied) : std::nullopt;
  }
  if (sock_flag(sk, SOCK_DONE)) return 0; // the FIN was read before
  if (sk->sk_err) return sock_error(sk);
  if (peerEnded) return 0;
  if (over) return -ENOTCONN; // and there never was a connection
  if (!r.patience) return -EAGAIN;
  return interrupted ? std::optional(sock_intr_errno(r.patience)) : std::nullopt;
}

// Nothing to read now: the end, or a wait for more.
Turn nothingThere(Receiving& r, const sk_buff* last) {
  if (const std::optional<int> given = endOfRead(r)) return r.copied = *given, Stop;
  if (r.copied >= r.target) {
    __sk_flush_backlog(r.sk); // more may have come while the socket was locked
  } else {
    tcp_cleanup_rbuf(r.sk, r.copied); // the peer may be waiting for the room that was made
    const int err = sk_wait_data(r.sk, &r.patience, last);
    if (err < 0) return r.copied = r.copied ? r.copied : err, Stop;
  }
  const u32 peekedFrom = r.peekAt - static_cast<u32>(r.copied) - r.urgentSkipped;
  if (r.peek() && peekedFrom != r.tp->copied_seq) r.peekAt = r.tp->copied_seq; // somebody else has read meanwhile
  return GoOn;
}

// Up to the urgent byte, or past it: it is not part of the stream unless SO_OOBINLINE.
void heedUrgent(Receiving& r, u32& offset, u32& used) {
  const u32 untilUrgent = r.tp->urg_seq - r.seq();
  if (untilUrgent >= used) return;
  if (untilUrgent) {
    used = untilUrgent;
  } else if (!sock_flag(r.sk, SOCK_URGINLINE)) {
    r.advance(1);
    ++r.urgentSkipped;
    ++offset;
    --used;
  }
}

Turn endOfSegment(Receiving& r, const sk_buff* skb) {
  const bool fin = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN;
  if (fin) {
    NOTE("tcp.read_fin", r.sk);
    r.advance(1);
  }
  if (!r.peek()) tcp_eat_recv_skb(r.sk, skb);
  return fin ? Stop : GoOn;
}

Turn readSegment(Receiving& r, const sk_buff* skb, u32 offset) {
  if (offset >= skb->len) return endOfSegment(r, skb); // only its FIN is left
  u32 used = static_cast<u32>(std::min<u64>(skb->len - offset, r.len));
  if (r.tp->urg_data) heedUrgent(r, offset, used);
  if (used) {
    if (!(r.flags & MSG_TRUNC) && skb_copy_datagram_msg(skb, static_cast<int>(offset), r.msg, static_cast<int>(used))) {
      if (!r.copied) r.copied = -EFAULT;
      return Stop;
    }
    r.advance(used);
    r.copied += static_cast<int>(used);
    r.len -= used;
    tcp_rcv_space_adjust(r.sk);
  }
  if (r.tp->urg_data && after(r.tp->copied_seq, r.tp->urg_seq)) {
    set(r.tp->urg_data, 0);
    tcp_fast_path_check(r.sk);
  }
  if (TCP_SKB_CB(skb)->has_rxtstamp) {
    r.stamp = skb->tstamp;
    r.besides |= TCP_CMSG_TS;
  }
  return used + offset < skb->len ? GoOn : endOfSegment(r, skb);
}

// One turn of the loop: a segment, or a wait for one.
Turn turn(Receiving& r) {
  if (r.tp->urg_data && r.tp->urg_seq == r.seq()) { // a read stops before the urgent byte
    if (r.copied) return Stop;
    if (signal_pending(get_current())) return r.copied = r.patience ? sock_intr_errno(r.patience) : -EAGAIN, Stop;
  }
  u32 offset = 0;
  const sk_buff* last;
  const sk_buff* skb = findSegment(r, &offset, &last);
  return skb ? readSegment(r, skb, offset) : nothingThere(r, last);
}
} // namespace

static int tcp_recvmsg_locked(const sock* sk, const msghdr* msg, u64 len, int flags, s64* stamp, int* besides) {
  KFUNC(tcp_recvmsg_locked, sk, msg, len, flags);
  const tcp_sock* tp = tcp_sk(sk);
  if (sk->sk_state == TCP_LISTEN) return call.result(-ENOTCONN);
  Receiving r{sk, tp, msg, len, flags};
  if (tp->recvmsg_inq) {
    *besides = r.besides = TCP_CMSG_INQ;
    set(msg, msghdr::bit::msg_get_inq, 1);
  }
  r.patience = sock_rcvtimeo(sk, flags & MSG_DONTWAIT);
  if (flags & MSG_OOB) return call.result(tcp_recv_urg(sk, msg, len, flags));
  if (tp->repair) {
    if (!r.peek()) return call.result(-EPERM);
    if (tp->repair_queue == TCP_SEND_QUEUE) return call.result(tcp_peek_sndq(sk, msg));
    if (tp->repair_queue == TCP_NO_QUEUE) return call.result(-EINVAL);
  }
  r.peekAt = tp->copied_seq;
  r.target = sock_rcvlowat(sk, flags & MSG_WAITALL, static_cast<int>(len));
  while (turn(r) == GoOn && r.len > 0) {}
  tcp_cleanup_rbuf(sk, r.copied);
  *besides = r.besides;
  *stamp = r.stamp;
  return call.result(r.copied);
}

// SO_TIMESTAMP: when the last segment that was read had come.
static void tcp_recv_timestamp(const msghdr* msg, const sock* sk, s64 stamp) {
  KFUNC(tcp_recv_timestamp, msg, sk);
  if (!stamp || !sock_flag(sk, SOCK_RCVTSTAMP)) return;
  const bool ns = sock_flag(sk, SOCK_RCVTSTAMPNS);
  const s64 value[2] = {stamp / 1000000000, ns ? stamp % 1000000000 : stamp % 1000000000 / 1000};
  put_cmsg(msg, SOL_SOCKET, ns ? SO_TIMESTAMPNS : SO_TIMESTAMP, sizeof value, value);
}

int tcp_inq_hint(const sock* sk) {
  KFUNC(tcp_inq_hint, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 waiting = tp->rcv_nxt - tp->copied_seq;
  if (waiting || !sock_flag(sk, SOCK_DONE)) return call.result(static_cast<int>(waiting));
  return call.result(1);
}

// What a program asked to be told besides the bytes.
static void tellBesides(const sock* sk, const msghdr* msg, int wanted, s64 stamp) {
  if (wanted & TCP_CMSG_TS) tcp_recv_timestamp(msg, sk, stamp);
  if (!msg->msg_get_inq) return;
  set(msg->msg_inq, tcp_inq_hint(sk));
  const s32 waiting = msg->msg_inq;
  if (wanted & TCP_CMSG_INQ) put_cmsg(msg, SOL_TCP, TCP_CM_INQ, sizeof waiting, &waiting);
}

int tcp_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len) {
  KFUNC(tcp_recvmsg, sk, msg, len, flags);
  const bool errors = static_cast<u32>(flags) & MSG_ERRQUEUE;
  if (errors) return call.result(inet_recv_error(sk, msg, static_cast<int>(len), addr_len));
  s64 stamp = 0;
  int besides = 0;
  if (sk_can_busy_loop(sk) && skb_queue_empty(&sk->sk_receive_queue) && sk->sk_state == TCP_ESTABLISHED)
    sk_busy_loop(sk);
  lock_sock(sk);
  const int got = tcp_recvmsg_locked(sk, msg, len, flags, &stamp, &besides);
  release_sock(sk);
  if (got >= 0) tellBesides(sk, msg, besides, stamp);
  return call.result(got);
}

int tcp_peek_len(const socket* sock) {
  KFUNC(tcp_peek_len, sock);
  const tcp_sock* tp = tcp_sk(sock->sk);
  if (sock->sk->sk_state == TCP_SYN_SENT || sock->sk->sk_state == TCP_SYN_RECV) return call.result(0);
  int answ = static_cast<int>(tp->rcv_nxt - tp->copied_seq);
  if (answ && sock_flag(sock->sk, SOCK_DONE)) --answ; // the FIN counts as one
  return call.result(answ);
}

} // namespace sockwalk::kernel
