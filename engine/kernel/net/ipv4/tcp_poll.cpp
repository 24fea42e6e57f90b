// What a TCP socket is ready for: poll(2), select(2), epoll(7), and the ioctls that ask how much waits.
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/tcp_input.h"
#include "engine/kernel/include/net/tcp_output.h"

namespace sockwalk::kernel {

constexpr int SIOCATMARK = 0x8905, SIOCOUTQ = 0x5411, SIOCINQ = 0x541b, SIOCOUTQNSD = 0x894b, ENOIOCTLCMD = 515;

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

u32 tcp_poll(const file* file, const socket* sock, const poll_table_struct* wait) {
  KFUNC(tcp_poll, file, sock, wait);
  const struct sock* sk = sock->sk;
  const tcp_sock* tp = tcp_sk(sk);
  sock_poll_wait(file, sock, wait);
  const int state = sk->sk_state;
  if (state == TCP_LISTEN) return call.result(inet_csk_listen_poll(sk));
  u32 mask = 0;
  if (sk->sk_shutdown == SHUTDOWN_MASK || state == TCP_CLOSE) mask |= EPOLLHUP;
  if (sk->sk_shutdown & RCV_SHUTDOWN) mask |= EPOLLIN | EPOLLRDNORM | EPOLLRDHUP;
  if (state != TCP_SYN_SENT && (state != TCP_SYN_RECV || tp->fastopen_rsk.value)) {
    int target = sock_rcvlowat(sk, false, INT32_MAX);
    if (tp->urg_data && tp->urg_seq == tp->copied_seq && !sock_flag(sk, SOCK_URGINLINE)) ++target;
    if (tcp_epollin_ready(sk, target)) mask |= EPOLLIN | EPOLLRDNORM;
    mask |= sendEvents(sk);
    if (tp->urg_data & TCP_URG_VALID) mask |= EPOLLPRI;
  } else if (state == TCP_SYN_SENT && inet_sk(sk)->defer_connect) {
    mask |= EPOLLOUT | EPOLLWRNORM;
  }
  if (sk->sk_err || !skb_queue_empty(&sk->sk_error_queue)) mask |= EPOLLERR;
  return call.result(mask);
}

// Bytes that can be read before the urgent one.
static int tcp_inq(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (1 << sk->sk_state & (TCPF_SYN_SENT | TCPF_SYN_RECV)) return 0;
  if (tp->urg_data && !sock_flag(sk, SOCK_URGINLINE) && !before(tp->urg_seq, tp->copied_seq) &&
      before(tp->urg_seq, tp->rcv_nxt))
    return static_cast<int>(tp->urg_seq - tp->copied_seq);
  const int answ = static_cast<int>(tp->rcv_nxt - tp->copied_seq);
  return answ && sock_flag(sk, SOCK_DONE) ? answ - 1 : answ; // a FIN counts as one
}

int tcp_ioctl(const sock* sk, int cmd, u64 arg) {
  KFUNC(tcp_ioctl, sk, cmd, arg);
  const tcp_sock* tp = tcp_sk(sk);
  const bool connecting = 1 << sk->sk_state & (TCPF_SYN_SENT | TCPF_SYN_RECV);
  if (cmd != SIOCINQ && cmd != SIOCATMARK && cmd != SIOCOUTQ && cmd != SIOCOUTQNSD) return call.result(-ENOIOCTLCMD);
  if (cmd != SIOCATMARK && sk->sk_state == TCP_LISTEN) return call.result(-EINVAL);
  int answ = 0;
  if (cmd == SIOCATMARK) {
    answ = tp->urg_data && tp->urg_seq == tp->copied_seq;
  } else if (cmd == SIOCINQ) {
    const bool slow = __lock_sock_fast(sk);
    answ = tcp_inq(sk);
    unlock_sock_fast(sk, slow);
  } else if (!connecting) {
    answ = static_cast<int>(tp->write_seq - (cmd == SIOCOUTQ ? tp->snd_una : tp->snd_nxt));
  }
  return call.result(put_user(answ, arg));
}

} // namespace sockwalk::kernel
