// What a TCP socket is ready for: poll(2), select(2), epoll(7), and the ioctls that ask how much waits.
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"
#include "engine/memory/constants/errors.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

// TCP_NOTSENT_LOWAT: room only while less than so much waits to be sent the first time.
bool tcp_stream_memory_free(const sock* sk, int wake) {
  KFUNC(tcp_stream_memory_free, sk, wake);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 notsent = tp->write_seq - tp->snd_nxt;
  const u32 lowat = tp->notsent_lowat ? u32(tp->notsent_lowat) : u32(sock_net(sk)->ipv4.sysctl_tcp_notsent_lowat);
  return call.result(notsent << wake < lowat);
}

static u32 sendEvents(const sock* sk) {
  if (sk->sk_shutdown & SEND_SHUTDOWN || sk_stream_is_writeable(sk)) return EPOLLOUT | EPOLLWRNORM;
  set(sk->sk_socket->flags, sk->sk_socket->flags | 1ull << SOCK_NOSPACE); // who makes room wakes the poller
  return sk_stream_is_writeable(sk) ? EPOLLOUT | EPOLLWRNORM : 0;
}

// The ends of the stream: ours (a FIN was sent, or the connection is over) and the peer's.
static u32 endEvents(const sock* sk, int state) {
  const bool hungUp = state == TCP_CLOSE || sk->sk_shutdown == SHUTDOWN_MASK;
  const bool peerEnded = sk->sk_shutdown & RCV_SHUTDOWN; // read() does not block: it meets the end
  return (hungUp ? u32{EPOLLHUP} : 0) | (peerEnded ? EPOLLIN | EPOLLRDNORM | EPOLLRDHUP : 0);
}

static u32 receiveEvents(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  // An urgent byte that comes next is not read with the stream: one byte more is needed before a read is worth while.
  const bool urgentNext = tp->urg_data && tp->copied_seq == tp->urg_seq && !sock_flag(sk, SOCK_URGINLINE);
  const int enough = sock_rcvlowat(sk, false, INT32_MAX) + urgentNext;
  return tcp_epollin_ready(sk, enough) ? EPOLLIN | EPOLLRDNORM : 0;
}

// Does the socket belong to a connection already, or (TCP Fast Open) as good as?
static bool mayCarryData(const sock* sk, int state) {
  if (state == TCP_SYN_RECV) return tcp_sk(sk)->fastopen_rsk.value != 0;
  return state != TCP_SYN_SENT;
}

u32 tcp_poll(const file* file, const socket* sock, const poll_table_struct* wait) {
  KFUNC(tcp_poll, file, sock, wait);
  sock_poll_wait(file, sock, wait);
  const struct sock* sk = sock->sk;
  const int stateNow = sk->sk_state;
  if (stateNow == TCP_LISTEN) return call.result(inet_csk_listen_poll(sk));
  u32 events = endEvents(sk, stateNow);
  if (mayCarryData(sk, stateNow)) {
    events |= receiveEvents(sk);
    events |= sendEvents(sk);
    if (tcp_sk(sk)->urg_data & TCP_URG_VALID) events |= EPOLLPRI;
  } else if (stateNow == TCP_SYN_SENT && inet_sk(sk)->defer_connect) {
    events |= EPOLLOUT | EPOLLWRNORM; // the first write is what connects
  }
  const bool errors = sk->sk_err || !skb_queue_empty(&sk->sk_error_queue);
  return call.result(errors ? events | EPOLLERR : events);
}

// Is an urgent byte announced that lies in what can be read? Reading stops before it, unless it belongs to the stream.
static bool urgentInTheWay(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->urg_data || sock_flag(sk, SOCK_URGINLINE)) return false;
  return !before(tp->urg_seq, tp->copied_seq) && before(tp->urg_seq, tp->rcv_nxt);
}

int tcp_inq(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (1 << sk->sk_state & (TCPF_SYN_SENT | TCPF_SYN_RECV)) return 0;
  const u32 stop = urgentInTheWay(sk) ? tp->urg_seq : tp->rcv_nxt;
  const int waiting = static_cast<int>(stop - tp->copied_seq);
  const bool finAmongThem = stop == tp->rcv_nxt && waiting && sock_flag(sk, SOCK_DONE); // a FIN counts as one
  return finAmongThem ? waiting - 1 : waiting;
}

int tcp_ioctl(const sock* sk, int cmd, u64 arg) {
  KFUNC(tcp_ioctl, sk, cmd, arg);
  const tcp_sock* tp = tcp_sk(sk);
  const bool ofQueue = cmd == SIOCINQ || cmd == SIOCOUTQ || cmd == SIOCOUTQNSD;
  if (!ofQueue && cmd != SIOCATMARK) return call.result(-ENOIOCTLCMD);
  if (ofQueue && sk->sk_state == TCP_LISTEN) return call.result(-EINVAL);
  const bool connecting = 1 << sk->sk_state & (TCPF_SYN_SENT | TCPF_SYN_RECV);
  int asked = 0;
  switch (cmd) {
  case SIOCATMARK: asked = tp->urg_data && tp->urg_seq == tp->copied_seq; break;
  case SIOCINQ: {
    const bool contended = __lock_sock_fast(sk);
    asked = tcp_inq(sk);
    unlock_sock_fast(sk, contended);
    break;
  }
  default: // SIOCOUTQ: what was not acknowledged; SIOCOUTQNSD: what was not sent
    if (!connecting) asked = static_cast<int>(tp->write_seq - (cmd == SIOCOUTQ ? tp->snd_una : tp->snd_nxt));
  }
  return call.result(put_user(asked, arg));
}

} // namespace sockwalk::kernel
