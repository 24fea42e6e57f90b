// setsockopt at level IPPROTO_TCP.
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

static void nagle(const tcp_sock* tp, int add_, int remove, int line = __builtin_LINE()) {
  set(tp, tcp_sock::bit::nonagle, (tp->nonagle | add_) & ~remove, line);
}

// TCP_CORK: only full segments leave. Clearing it sends the rest.
void __tcp_sock_set_cork(const sock* sk, bool on) {
  const tcp_sock* tp = tcp_sk(sk);
  if (on) { // the compiler put this part into its caller
    nagle(tp, TCP_NAGLE_CORK, 0);
    return;
  }
  KFUNC(__tcp_sock_set_cork, sk, on);
  nagle(tp, tp->nonagle & TCP_NAGLE_OFF ? TCP_NAGLE_PUSH : 0, TCP_NAGLE_CORK);
  tcp_push_pending_frames(sk);
}

// TCP_NODELAY: a small segment does not wait for the acknowledgement of another (Nagle); what waits now goes at once.
void __tcp_sock_set_nodelay(const sock* sk, bool on) {
  if (!on) {
    nagle(tcp_sk(sk), 0, TCP_NAGLE_OFF);
    return;
  }
  nagle(tcp_sk(sk), TCP_NAGLE_OFF | TCP_NAGLE_PUSH, 0);
  tcp_push_pending_frames(sk);
}

// TCP_QUICKACK: acknowledgements are not put off; what was put off goes now. Even numbers do so once, odd ones for
// good.
static void __tcp_sock_set_quickack(const sock* sk, int val) {
  KFUNC(__tcp_sock_set_quickack, sk, val);
  INLINED();
  const bool once = !(val & 1);
  if (!val) return inet_csk_enter_pingpong_mode(sk);
  inet_csk_exit_pingpong_mode(sk);
  const bool receiving = 1 << sk->sk_state & (TCPF_CLOSE_WAIT | TCPF_ESTABLISHED);
  if (!receiving || !inet_csk_ack_scheduled(sk)) return;
  const auto& ack = inet_csk(sk)->icsk_ack;
  set(ack.pending, ack.pending | ICSK_ACK_PUSHED);
  tcp_cleanup_rbuf(sk, 1);
  if (once) inet_csk_enter_pingpong_mode(sk);
}

// The timer runs already: it goes off when the new time is over, counted from when the peer was last heard.
static void restartKeepalive(const sock* sk) {
  const u32 limit = tcp_sk(sk)->keepalive_time, silentFor = keepalive_time_elapsed(tcp_sk(sk));
  inet_csk_reset_keepalive_timer(sk, limit - std::min(limit, silentFor));
}

int tcp_sock_set_keepidle_locked(const sock* sk, int val) {
  KFUNC(tcp_sock_set_keepidle_locked, sk, val);
  const bool sensible = 1 <= val && val <= MAX_TCP_KEEPIDLE;
  if (!sensible) return call.result(-EINVAL);
  set(tcp_sk(sk)->keepalive_time, static_cast<u32>(val) * HZ());
  const bool connected = !(1 << sk->sk_state & (TCPF_LISTEN | TCPF_CLOSE));
  if (connected && sock_flag(sk, SOCK_KEEPOPEN)) restartKeepalive(sk);
  return call.result(0);
}

// A window that is offered already is not taken back (RFC 9293 3.8.6); what may be offered later follows the new bound.
static void moveClamp(const sock* sk, u32 clamp) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 before = tp->window_clamp;
  if (before == clamp) return;
  set(tp->window_clamp, clamp);
  if (clamp < before) return __tcp_adjust_rcv_ssthresh(sk, clamp);
  const u32 offered = std::min<u32>(clamp, tp->rcv_wnd), slowStart = tp->rcv_ssthresh;
  set(tp->rcv_ssthresh, std::max(offered, slowStart));
}

// TCP_WINDOW_CLAMP: the window is never offered larger than this. 0, no bound, only before there is a connection.
int tcp_set_window_clamp(const sock* sk, int val) {
  KFUNC(tcp_set_window_clamp, sk, val);
  int err = 0;
  // The least is an unsigned number: what is below zero counts as very large.
  if (val) moveClamp(sk, std::max(static_cast<u32>(SOCK_MIN_RCVBUF / 2), static_cast<u32>(val)));
  else if (sk->sk_state == TCP_CLOSE) set(tcp_sk(sk)->window_clamp, 0);
  else err = -EINVAL;
  return call.result(err);
}

// SO_RCVLOWAT: the buffer must be able to hold so much, or it would never be reached.
int tcp_set_rcvlowat(const sock* sk, int val) {
  KFUNC(tcp_set_rcvlowat, sk, val);
  const bool locked = sk->sk_userlocks & SOCK_RCVBUF_LOCK;
  val = std::min(val, (locked ? s32(sk->sk_rcvbuf) : s32(sock_net(sk)->ipv4.sysctl_tcp_rmem[2])) >> 1);
  set(sk->sk_rcvlowat, val ? val : 1);
  tcp_data_ready(sk); // what waits may be enough now
  if (!locked && val << 1 > sk->sk_rcvbuf) {
    set(sk->sk_rcvbuf, val << 1);
    set(tcp_sk(sk)->window_clamp, static_cast<u32>(tcp_win_from_space(sk, val << 1)));
  }
  return call.result(0);
}

static void tcp_fastopen_init_key_once(const net* net) {
  KFUNC(tcp_fastopen_init_key_once, net);
  SIMPLIFIED("no Fast Open cookies are given out, so no key for them is made");
}

namespace {
int inRange(s32 val, s32 low, s32 high) { return val < low || val > high ? -EINVAL : 0; }

// TCP_DEFER_ACCEPT is given in seconds and kept as the number of retransmissions that takes as long.
u8 secs_to_retrans(int seconds, int timeout, int rto_max) {
  if (seconds <= 0) return 0;
  int count = 1, pause = timeout;
  for (int sum = timeout; sum < seconds && count < 255; ++count) {
    pause = std::min(pause << 1, rto_max); // each waits twice as long as the one before
    sum += pause;
  }
  return static_cast<u8>(count);
}

int setRepair(const sock* sk, s32 val) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!sockopt_ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN) || sk->sk_state == TCP_LISTEN) return -EPERM;
  if (val != TCP_REPAIR_ON && val != TCP_REPAIR_OFF && val != TCP_REPAIR_OFF_NO_WP) return -EINVAL;
  set(tp, tcp_sock::bit::repair, val == TCP_REPAIR_ON);
  set(&sk->__sk_common, sock_common::bit::skc_reuse, val == TCP_REPAIR_ON ? SK_FORCE_REUSE : SK_NO_REUSE);
  if (val == TCP_REPAIR_ON) set(tp->repair_queue, TCP_NO_QUEUE);
  if (val == TCP_REPAIR_OFF) tcp_send_window_probe(sk);
  return 0;
}
int setRepairQueue(const tcp_sock* tp, s32 val) {
  if (!tp->repair) return -EPERM;
  if (static_cast<u32>(val) > TCP_SEND_QUEUE) return -EINVAL;
  set(tp->repair_queue, val);
  return 0;
}
// Where a queue of a socket in repair begins: only while there is nothing in it.
int setQueueSeq(const sock* sk, s32 val) {
  const tcp_sock* tp = tcp_sk(sk);
  if (sk->sk_state != TCP_CLOSE) return -EPERM;
  const bool ofSending = tp->repair_queue == TCP_SEND_QUEUE;
  if (!ofSending && tp->repair_queue != TCP_RECV_QUEUE) return -EINVAL;
  const bool empty = ofSending ? tcp_rtx_queue_empty(sk) : tp->copied_seq == tp->rcv_nxt;
  if (!empty) return -EPERM;
  const u32 begin = static_cast<u32>(val);
  if (ofSending) {
    set(tp->write_seq, begin);
  } else {
    set(tp->rcv_nxt, begin);
    set(tp->copied_seq, begin);
  }
  return 0;
}

int setTimers(const sock* sk, int optname, s32 val) {
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const s32 hz = static_cast<s32>(HZ());
  int err = 0;
  switch (optname) {
  case TCP_KEEPIDLE: return tcp_sock_set_keepidle_locked(sk, val);
  case TCP_KEEPINTVL:
    err = inRange(val, 1, static_cast<s32>(MAX_TCP_KEEPINTVL));
    if (!err) set(tp->keepalive_intvl, val * hz);
    return err;
  case TCP_KEEPCNT:
    err = inRange(val, 1, static_cast<s32>(MAX_TCP_KEEPCNT));
    if (!err) set(tp->keepalive_probes, val);
    return err;
  case TCP_SYNCNT:
    err = inRange(val, 1, static_cast<s32>(MAX_TCP_SYNCNT));
    if (!err) set(icsk->icsk_syn_retries, val);
    return err;
  case TCP_LINGER2: set(tp->linger2, val < 0 ? -1 : std::min(val, 120) * hz); return 0;
  case TCP_USER_TIMEOUT:
    if (val < 0) return -EINVAL;
    set(icsk->icsk_user_timeout, static_cast<u32>(val));
    return 0;
  default: // TCP_DEFER_ACCEPT
    set(icsk->icsk_accept_queue.rskq_defer_accept, secs_to_retrans(val, 1, 120));
    return 0;
  }
}

int setSending(const sock* sk, int optname, s32 val) {
  const tcp_sock* tp = tcp_sk(sk);
  switch (optname) {
  case TCP_MAXSEG:
    if (val && inRange(val, TCP_MIN_MSS, MAX_TCP_WINDOW)) return -EINVAL;
    set(tp->rx_opt.user_mss, val);
    return 0;
  case TCP_NODELAY: __tcp_sock_set_nodelay(sk, val); return 0;
  case TCP_CORK: __tcp_sock_set_cork(sk, val); return 0;
  case TCP_THIN_LINEAR_TIMEOUTS:
    if (inRange(val, 0, 1)) return -EINVAL;
    set(tp, tcp_sock::bit::thin_lto, val);
    return 0;
  case TCP_THIN_DUPACK: return inRange(val, 0, 1); // known, and without effect
  case TCP_NOTSENT_LOWAT:
    set(tp->notsent_lowat, static_cast<u32>(val));
    sk->sk_write_space(sk);
    return 0;
  default: set(tp->tcp_tx_delay, static_cast<u32>(val)); return 0; // TCP_TX_DELAY
  }
}

// A listener's queue for SYNs with data is noted; since no cookie is ever given out, none comes.
int setFastopenQueue(const sock* sk, s32 val) {
  if (val < 0 || !(1 << sk->sk_state & (TCPF_CLOSE | TCPF_LISTEN))) return -EINVAL;
  tcp_fastopen_init_key_once(sock_net(sk));
  set(inet_csk(sk)->icsk_accept_queue.fastopenq.max_qlen, std::min<s32>(val, sock_net(sk)->core.sysctl_somaxconn));
  return 0;
}

int setInt(const sock* sk, int optname, s32 val) {
  const tcp_sock* tp = tcp_sk(sk);
  switch (optname) {
  case TCP_KEEPIDLE:
  case TCP_KEEPINTVL:
  case TCP_KEEPCNT:
  case TCP_SYNCNT:
  case TCP_LINGER2:
  case TCP_USER_TIMEOUT:
  case TCP_DEFER_ACCEPT: return setTimers(sk, optname, val);
  case TCP_MAXSEG:
  case TCP_NODELAY:
  case TCP_CORK:
  case TCP_THIN_LINEAR_TIMEOUTS:
  case TCP_THIN_DUPACK:
  case TCP_NOTSENT_LOWAT:
  case TCP_TX_DELAY: return setSending(sk, optname, val);
  case TCP_WINDOW_CLAMP: return tcp_set_window_clamp(sk, val);
  case TCP_QUICKACK: __tcp_sock_set_quickack(sk, val); return 0;
  case TCP_SAVE_SYN:
    if (inRange(val, 0, 2)) return -EINVAL;
    set(tp, tcp_sock::bit::save_syn, val);
    return 0;
  case TCP_INQ:
    if (inRange(val, 0, 1)) return -EINVAL;
    set(tp, tcp_sock::bit::recvmsg_inq, val);
    return 0;
  case TCP_REPAIR: return setRepair(sk, val);
  case TCP_REPAIR_QUEUE: return setRepairQueue(tp, val);
  case TCP_QUEUE_SEQ: return setQueueSeq(sk, val);
  case TCP_TIMESTAMP:
    if (!tp->repair) return -EPERM;
    set(tp->tsoffset, static_cast<u32>(val) - tcp_time_stamp_raw());
    return 0;
  case TCP_FASTOPEN: return setFastopenQueue(sk, val);
  case TCP_FASTOPEN_NO_COOKIE:
    if (inRange(val, 0, 1)) return -EINVAL;
    if (!(1 << sk->sk_state & (TCPF_CLOSE | TCPF_LISTEN))) return -EINVAL;
    set(tp, tcp_sock::bit::fastopen_no_cookie, val);
    return 0;
  case TCP_FASTOPEN_CONNECT: return inRange(val, 0, 1) || sk->sk_state != TCP_CLOSE ? -EINVAL : -EOPNOTSUPP;
  default: return -ENOPROTOOPT;
  }
}

int setUlp(const sock* sk, const sockptr_t& optval, u32 optlen) {
  char name[TCP_CA_NAME_MAX] = {};
  if (optlen < 1) return -EINVAL;
  if (copy_from_user(name, optval.user.value, std::min<u32>(TCP_CA_NAME_MAX - 1, optlen))) return -EFAULT;
  sockopt_lock_sock(sk);
  const int err = tcp_set_ulp(sk, name);
  sockopt_release_sock(sk);
  return err;
}
// TCP_MD5SIG: a key for a peer (RFC 2385).
int tcp_v4_parse_md5_keys(const sock* sk, int optname, u32 optlen) {
  KFUNC(tcp_v4_parse_md5_keys, sk, optname, optlen);
  SIMPLIFIED("keys are refused: segments are not signed");
  constexpr u32 SizeOfTcpMd5sig = 216;
  return call.result(optlen < SizeOfTcpMd5sig ? -EINVAL : -EOPNOTSUPP);
}

int setFastopenKeys(const sock* sk, const sockptr_t& optval, u32 optlen) {
  u8 keys[2 * TCP_FASTOPEN_KEY_LENGTH];
  if (optlen != TCP_FASTOPEN_KEY_LENGTH && optlen != sizeof keys) return -EINVAL;
  if (copy_from_user(keys, optval.user.value, optlen)) return -EFAULT;
  return tcp_fastopen_reset_cipher(sock_net(sk), sk, keys, optlen);
}

int setCongestion(const sock* sk, const sockptr_t& optval, u32 optlen) {
  char name[TCP_CA_NAME_MAX] = {};
  if (optlen < 1) return -EINVAL;
  if (copy_from_user(name, optval.user.value, std::min<u32>(TCP_CA_NAME_MAX - 1, optlen))) return -EFAULT;
  sockopt_lock_sock(sk);
  const int err = tcp_set_congestion_control(sk, name, true, sockopt_ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN));
  sockopt_release_sock(sk);
  return err;
}
} // namespace

static int do_tcp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(do_tcp_setsockopt, sk, level, optname, optlen);
  SIMPLIFIED("TCP Fast Open, MD5 signatures and TLS (TCP_ULP) are refused; keys of Fast Open are kept, without effect");
  if (optname == TCP_CONGESTION) return call.result(setCongestion(sk, optval, optlen));
  if (optname == TCP_ULP) return call.result(setUlp(sk, optval, optlen));
  if (optname == TCP_FASTOPEN_KEY) return call.result(setFastopenKeys(sk, optval, optlen));
  s32 wanted;
  if (const int err = copyOption(&wanted, optval, optlen)) return call.result(err);
  sockopt_lock_sock(sk);
  int err;
  switch (optname) {
  case TCP_MD5SIG:
  case TCP_MD5SIG_EXT: err = tcp_v4_parse_md5_keys(sk, optname, optlen); break;
  case TCP_REPAIR_OPTIONS:
    if (!tcp_sk(sk)->repair) err = -EINVAL;
    else err = sk->sk_state == TCP_ESTABLISHED ? tcp_repair_options_est(sk, optval, optlen) : -EPERM;
    break;
  case TCP_REPAIR_WINDOW: err = tcp_repair_set_window(tcp_sk(sk), optval, optlen); break;
  default: err = setInt(sk, optname, wanted);
  }
  sockopt_release_sock(sk);
  return call.result(err);
}

int tcp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(tcp_setsockopt, sk, level, optname, optlen);
  const bool ours = level == SOL_TCP; // other levels are IP's
  return call.result(ours ? do_tcp_setsockopt(sk, level, optname, optval, optlen)
                          : inet_csk(sk)->icsk_af_ops->setsockopt(sk, level, optname, optval, optlen));
}

} // namespace sockwalk::kernel
