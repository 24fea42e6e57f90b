// setsockopt and getsockopt at level SOL_SOCKET: what every socket understands.
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"

namespace sockwalk::kernel {

struct Timeval { s64 sec, usec; };

static int sock_copy_user_timeval(Timeval* tv, u64 from, u32 optlen) {
  KFUNC(sock_copy_user_timeval, from, optlen);
  if (optlen < sizeof *tv) return call.result(-EINVAL);
  return call.result(copy_from_user(tv, from, sizeof *tv) ? -EFAULT : 0);
}
static int sock_set_timeout(const s64& timeo, u64 optval, u32 optlen) {
  KFUNC(sock_set_timeout, optval, optlen);
  Timeval tv;
  if (const int err = sock_copy_user_timeval(&tv, optval, optlen)) return call.result(err);
  if (tv.usec < 0 || tv.usec >= 1000000) return call.result(-EDOM);
  const s64 hz = machine().options().hz;
  if (tv.sec < 0) set(timeo, 0);
  else if (!tv.sec && !tv.usec) set(timeo, MAX_SCHEDULE_TIMEOUT);
  else set(timeo, tv.sec * hz + (tv.usec * hz + 999999) / 1000000);
  return call.result(0);
}

// The kernel doubles what is asked for: half is for its own bookkeeping (truesize).
static void setBufferSize(const sock* sk, const s32& size, s32 val, u32 max, s32 min, int lock) {
  val = std::min<s32>(val, static_cast<s32>(max));
  set(sk, sock::bit::sk_userlocks, sk->sk_userlocks | lock);
  set(size, std::max(val * 2, min));
}

static int setLinger(const sock* sk, u64 optval, u32 optlen) {
  s32 ling[2]; // l_onoff, l_linger in seconds
  if (optlen < sizeof ling) return -EINVAL;
  if (copy_from_user(ling, optval, sizeof ling)) return -EFAULT;
  if (ling[0]) set(sk->sk_lingertime, static_cast<u64>(ling[1]) * machine().options().hz);
  sock_valbool_flag(sk, SOCK_LINGER, ling[0]);
  return 0;
}

static int setPlain(const sock* sk, int optname, s32 val) {
  const bool on = val;
  const auto inetStream = [&] { return sk->sk_protocol == IPPROTO_TCP || sk->sk_protocol == IPPROTO_UDP; };
  switch (optname) {
    case SO_DEBUG: sock_valbool_flag(sk, SOCK_DBG, on); return on && !capable(CAP_NET_ADMIN) ? -EACCES : 0;
    case SO_REUSEADDR: set(&sk->__sk_common, sock_common::bit::skc_reuse, on ? SK_CAN_REUSE : SK_NO_REUSE); return 0;
    case SO_REUSEPORT: set(&sk->__sk_common, sock_common::bit::skc_reuseport, on); return 0;
    case SO_DONTROUTE: sock_valbool_flag(sk, SOCK_LOCALROUTE, on); sk_dst_reset(sk); return 0;
    case SO_BROADCAST: sock_valbool_flag(sk, SOCK_BROADCAST, on); return 0;
    case SO_SNDBUF:
      setBufferSize(sk, sk->sk_sndbuf, val, *sysctl_wmem_max, SOCK_MIN_SNDBUF, SOCK_SNDBUF_LOCK);
      sk->sk_write_space(sk);
      return 0;
    case SO_RCVBUF: setBufferSize(sk, sk->sk_rcvbuf, val, *sysctl_rmem_max, SOCK_MIN_RCVBUF, SOCK_RCVBUF_LOCK); return 0;
    case SO_KEEPALIVE: sock_valbool_flag(sk, SOCK_KEEPOPEN, on); return 0;
    case SO_OOBINLINE: sock_valbool_flag(sk, SOCK_URGINLINE, on); return 0;
    case SO_NO_CHECK: set(sk, sock::bit::sk_no_check_tx, on); return 0;
    case SO_PRIORITY:
      if ((val < 0 || val > 6) && !ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN)) return -EPERM;
      set(sk->sk_priority, val);
      return 0;
    case SO_RCVLOWAT: set(sk->sk_rcvlowat, val < 0 ? INT32_MAX : val ? val : 1); return 0;
    case SO_MARK:
      if (!ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN)) return -EPERM;
      set(sk->sk_mark, val);
      sk_dst_reset(sk);
      return 0;
    case SO_PEEK_OFF: set(sk->sk_peek_off, val); return 0;
    case SO_ZEROCOPY:
      if (sk->sk_family != PF_INET || !inetStream()) return -EOPNOTSUPP;
      if (val < 0 || val > 1) return -EINVAL;
      sock_valbool_flag(sk, SOCK_ZEROCOPY, on);
      return 0;
    default: return -ENOPROTOOPT; // SO_TYPE and SO_ERROR too: they can only be read
  }
}

static int sk_setsockopt(const sock* sk, int level, int optname, u64 optval, u32 optlen) {
  KFUNC(sk_setsockopt, sk, level, optname, optlen);
  SIMPLIFIED("options for time stamps, filters, busy polling and devices are left out");
  s32 val;
  if (optlen < sizeof val) return call.result(-EINVAL);
  if (copy_from_user(&val, optval, sizeof val)) return call.result(-EFAULT);
  set(sk->sk_lock.owned, 1); // sockopt_lock_sock()
  int ret;
  if (optname == SO_LINGER) ret = setLinger(sk, optval, optlen);
  else if (optname == SO_RCVTIMEO) ret = sock_set_timeout(sk->sk_rcvtimeo, optval, optlen);
  else if (optname == SO_SNDTIMEO) ret = sock_set_timeout(sk->sk_sndtimeo, optval, optlen);
  else ret = setPlain(sk, optname, val);
  release_sock(sk);
  return call.result(ret);
}
int sock_setsockopt(const socket* sock, int level, int op, const sockptr_t& optval, u32 optlen) {
  KFUNC(sock_setsockopt, sock, level, op, optlen);
  return call.result(sk_setsockopt(sock->sk, level, op, optval.user.value, optlen));
}

// ---- reading
static bool plainValue(const sock* sk, int optname, s32* v) {
  switch (optname) {
    case SO_DEBUG: *v = sock_flag(sk, SOCK_DBG); return true;
    case SO_REUSEADDR: *v = sk->sk_reuse; return true;
    case SO_REUSEPORT: *v = sk->sk_reuseport; return true;
    case SO_TYPE: *v = sk->sk_type; return true;
    case SO_PROTOCOL: *v = sk->sk_protocol; return true;
    case SO_DOMAIN: *v = sk->sk_family; return true;
    case SO_ERROR: *v = -sock_error(sk); if (!*v) *v = sk->sk_err_soft, set(sk->sk_err_soft, 0); return true;
    case SO_DONTROUTE: *v = sock_flag(sk, SOCK_LOCALROUTE); return true;
    case SO_BROADCAST: *v = sock_flag(sk, SOCK_BROADCAST); return true;
    case SO_SNDBUF: *v = sk->sk_sndbuf; return true;
    case SO_RCVBUF: *v = sk->sk_rcvbuf; return true;
    case SO_KEEPALIVE: *v = sock_flag(sk, SOCK_KEEPOPEN); return true;
    case SO_OOBINLINE: *v = sock_flag(sk, SOCK_URGINLINE); return true;
    case SO_NO_CHECK: *v = sk->sk_no_check_tx; return true;
    case SO_PRIORITY: *v = static_cast<s32>(sk->sk_priority); return true;
    case SO_RCVLOWAT: *v = sk->sk_rcvlowat; return true;
    case SO_SNDLOWAT: *v = 1; return true;
    case SO_MARK: *v = static_cast<s32>(sk->sk_mark); return true;
    case SO_ACCEPTCONN: *v = sk->sk_state == TCP_LISTEN; return true;
    case SO_PEEK_OFF: *v = sk->sk_peek_off; return true;
    case SO_ZEROCOPY: *v = sock_flag(sk, SOCK_ZEROCOPY); return true;
    default: return false;
  }
}
static Timeval timeoutOf(s64 timeo) {
  const s64 hz = machine().options().hz;
  return timeo == MAX_SCHEDULE_TIMEOUT ? Timeval{0, 0} : Timeval{timeo / hz, timeo % hz * 1000000 / hz};
}

static int sk_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(sk_getsockopt, sk, level, optname);
  s32 v[4] = {}, lv = 4, len = *optlen;
  if (len < 0) return call.result(-EINVAL);
  if (optname == SO_RCVTIMEO || optname == SO_SNDTIMEO) {
    const Timeval tv = timeoutOf(optname == SO_RCVTIMEO ? sk->sk_rcvtimeo : sk->sk_sndtimeo);
    std::memcpy(v, &tv, lv = sizeof tv);
  } else if (optname == SO_LINGER) {
    v[0] = sock_flag(sk, SOCK_LINGER);
    v[1] = static_cast<s32>(sk->sk_lingertime / machine().options().hz);
    lv = 8;
  } else if (!plainValue(sk, optname, v)) {
    return call.result(-ENOPROTOOPT);
  }
  len = std::min(len, lv);
  if (len && !optval) return call.result(-EFAULT);
  setBytes(optval, v, static_cast<u32>(len));
  setBytes(optlen, &len, 4);
  return call.result(0);
}
int sock_getsockopt(const socket* sock, int level, int op, u8* optval, s32* optlen) {
  KFUNC(sock_getsockopt, sock, level, op);
  return call.result(sk_getsockopt(sock->sk, level, op, optval, optlen));
}

} // namespace sockwalk::kernel
