// setsockopt at level SOL_SOCKET: what every socket understands. Reading them: sock_opt_get.cpp.
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/printk.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/tcp.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/core/sock_internal.h"
#include "engine/kernel/net/core/sock_opt_internal.h"

namespace sockwalk::kernel {

// What the compiler made of lock_sock() in this file.
static void ownQuietly(const sock* sk) {
  if (sock_owned_by_user(sk)) lock_sock(sk);
  else set(sk->sk_lock.owned, 1);
}

static int sock_copy_user_timeval(Timeval* tv, u64 from, u32 optlen) {
  KFUNC(sock_copy_user_timeval, from, optlen);
  const bool tooShort = optlen < sizeof *tv;
  if (tooShort) return call.result(-EINVAL);
  return call.result(copy_from_user(tv, from, sizeof *tv) ? -EFAULT : 0);
}
static bool net_ratelimit() {
  KFUNC(net_ratelimit);
  return call.result(true);
}
void _printk(const char*) {
  KFUNC(_printk);
  SIMPLIFIED("the kernel's log is not kept");
}
// In ticks, the last one begun counted whole. No time at all means for ever; a negative time, none.
static s64 ticksOf(const Timeval& time) {
  const s64 hz = machine().options().hz;
  if (time.sec < 0) return 0;
  if (!time.sec && !time.usec) return MAX_SCHEDULE_TIMEOUT;
  return time.sec * hz + (time.usec * hz + 999999) / 1000000;
}
static int sock_set_timeout(const s64& timeo, u64 optval, u32 optlen) {
  KFUNC(sock_set_timeout, optval, optlen);
  Timeval asked;
  if (const int err = sock_copy_user_timeval(&asked, optval, optlen)) return call.result(err);
  const bool partOfSecond = asked.usec >= 0 && asked.usec < 1000000;
  if (!partOfSecond) return call.result(-EDOM);
  if (asked.sec < 0 && net_ratelimit()) _printk("sock_set_timeout: a program tries to set a negative timeout");
  set(timeo, ticksOf(asked));
  return call.result(0);
}

// The kernel doubles what is asked for: half is for its own bookkeeping (truesize).
static void setBufferSize(const sock* sk, const s32& size, s32 val, s32 min, int lock) {
  val = std::min(val, INT32_MAX / 2);
  set(sk, sock::bit::sk_userlocks, sk->sk_userlocks | lock);
  set(size, std::max(val * 2, min));
}
static int setBuffer(const sock* sk, int optname, s32 val) {
  const bool force = optname == SO_SNDBUFFORCE || optname == SO_RCVBUFFORCE;
  const bool send = optname == SO_SNDBUF || optname == SO_SNDBUFFORCE;
  if (force && !capable(CAP_NET_ADMIN)) return -EPERM;
  const u32 most = send ? *sysctl_wmem_max : *sysctl_rmem_max;
  val = force ? std::max(val, 0) : static_cast<s32>(std::min<u32>(static_cast<u32>(val), most));
  if (!send) {
    setBufferSize(sk, sk->sk_rcvbuf, val, SOCK_MIN_RCVBUF, SOCK_RCVBUF_LOCK);
    return 0;
  }
  setBufferSize(sk, sk->sk_sndbuf, val, SOCK_MIN_SNDBUF, SOCK_SNDBUF_LOCK);
  sk->sk_write_space(sk); // a writer may have waited for it
  return 0;
}

static int setLinger(const sock* sk, u64 optval, u32 optlen) {
  s32 ling[2]; // l_onoff, l_linger in seconds
  if (optlen < sizeof ling) return -EINVAL;
  if (copy_from_user(ling, optval, sizeof ling)) return -EFAULT;
  if (ling[0]) set(sk->sk_lingertime, static_cast<u64>(ling[1]) * machine().options().hz);
  sock_valbool_flag(sk, SOCK_LINGER, ling[0]);
  return 0;
}

// ---- the time of arrival: from the first socket that asks on, every packet is stamped
static void net_enable_timestamp() {
  KFUNC(net_enable_timestamp);
  add(*netstamp_needed, 1u);
}
static void sock_enable_timestamp(const sock* sk, int flag) {
  KFUNC(sock_enable_timestamp, sk, flag);
  if (sock_flag(sk, flag)) return;
  if (!(sk->sk_flags & SK_FLAGS_TIMESTAMP)) net_enable_timestamp();
  sock_set_flag(sk, flag);
}
// SIOCGSTAMP: when the packet came that was read last. -ENOENT: none was read since stamps are kept.
int sock_gettstamp(const socket* sock, const void* userstamp, bool timeval, bool time32) {
  KFUNC(sock_gettstamp, sock, userstamp, timeval, time32);
  const struct sock* sk = sock->sk;
  ownQuietly(sk);
  sock_enable_timestamp(sk, SOCK_TIMESTAMP);
  release_sock(sk);
  s64 stamp[2] = {sk->sk_stamp / 1000000000, sk->sk_stamp % 1000000000};
  if (sk->sk_stamp < 0) return call.result(-ENOENT);
  if (timeval) stamp[1] /= 1000;
  if (!userstamp) return call.result(-EFAULT);
  setBytes(userstamp, stamp, sizeof stamp);
  return call.result(0);
}
void sock_disable_timestamp(const sock* sk, u64 flags) {
  if (!(sk->sk_flags & flags)) return;
  set(sk->sk_flags, sk->sk_flags & ~flags);
  if (!(sk->sk_flags & SK_FLAGS_TIMESTAMP)) sub(*netstamp_needed, 1u);
}
static void __sock_set_timestamps(const sock* sk, bool val, bool fresh, bool ns) {
  KFUNC(__sock_set_timestamps, sk, val, fresh, ns);
  sock_valbool_flag(sk, SOCK_RCVTSTAMP, val);
  sock_valbool_flag(sk, SOCK_RCVTSTAMPNS, val && ns);
  if (!val) return;
  sock_valbool_flag(sk, SOCK_TSTAMP_NEW, fresh);
  sock_enable_timestamp(sk, SOCK_TIMESTAMP);
}
static void sock_set_timestamp(const sock* sk, int optname, bool val) {
  KFUNC(sock_set_timestamp, sk, optname, val);
  const bool fresh = optname == SO_TIMESTAMP_NEW || optname == SO_TIMESTAMPNS_NEW;
  __sock_set_timestamps(sk, val, fresh, optname == SO_TIMESTAMPNS || optname == SO_TIMESTAMPNS_NEW);
}
// Messages about packets are numbered: a stream's by its bytes from here on, others from nought.
static int beginNumbers(const sock* sk) {
  const bool stream = sk->sk_type == SOCK_STREAM && sk->sk_protocol == IPPROTO_TCP;
  if (!stream) {
    set(sk->sk_tskey.counter, 0);
    return 0;
  }
  if (1 << sk->sk_state & (TCPF_CLOSE | TCPF_LISTEN)) return -EINVAL;
  set(sk->sk_tskey.counter, static_cast<s32>(tcp_sk(sk)->snd_una));
  return 0;
}
static int sock_set_timestamping(const sock* sk, int optname, u32 flags) {
  KFUNC(sock_set_timestamping, sk, optname, flags);
  SIMPLIFIED("the flags are kept, but time stamps of transmission are not made, and no device has a clock of its own");
  constexpr u32 all = SOF_TIMESTAMPING_BIND_PHC * 2 - 1;
  if (flags & ~all) return call.result(-EINVAL);
  if (flags & SOF_TIMESTAMPING_OPT_ID && !(sk->sk_tsflags & SOF_TIMESTAMPING_OPT_ID))
    if (const int err = beginNumbers(sk)) return call.result(err);
  if (flags & SOF_TIMESTAMPING_OPT_STATS && !(flags & SOF_TIMESTAMPING_OPT_TSONLY)) return call.result(-EINVAL);
  if (flags & SOF_TIMESTAMPING_BIND_PHC) return call.result(sk->sk_bound_dev_if ? -EINVAL : -EOPNOTSUPP);
  set(sk->sk_tsflags, static_cast<u16>(flags));
  sock_valbool_flag(sk, SOCK_TSTAMP_NEW, optname == SO_TIMESTAMPING_NEW);
  if (flags & SOF_TIMESTAMPING_RX_SOFTWARE) sock_enable_timestamp(sk, SOCK_TIMESTAMPING_RX_SOFTWARE);
  else sock_disable_timestamp(sk, 1ull << SOCK_TIMESTAMPING_RX_SOFTWARE);
  return call.result(0);
}
static void reuseport_update_incoming_cpu(const sock* sk, int val) {
  KFUNC(reuseport_update_incoming_cpu, sk, val);
  set(sk->sk_incoming_cpu, val);
}

// ---- one device only
static int sock_bindtoindex_locked(const sock* sk, int ifindex) {
  KFUNC(sock_bindtoindex_locked, sk, ifindex);
  const bool bound = sk->sk_bound_dev_if != 0; // whoever sandboxed the program this way does not want it undone
  if (bound && !ns_capable(sock_net(sk)->user_ns, CAP_NET_RAW)) return call.result(-EPERM);
  if (ifindex < 0) return call.result(-EINVAL);
  set(sk->sk_bound_dev_if, ifindex);
  const proto* protocol = sk->sk_prot;
  if (protocol->rehash) protocol->rehash(sk); // its place in the tables counts the device in
  sk_dst_reset(sk);                           // and the route it remembers may lead through another
  return call.result(0);
}
const net_device* dev_get_by_name_rcu(const net* net, const char* name) {
  KFUNC(dev_get_by_name_rcu, net);
  full_name_hash(name);
  return call.result(__dev_get_by_name(net, name));
}
static int sock_setbindtodevice(const sock* sk, u64 optval, s32 optlen) {
  if (optlen < 0) return -EINVAL;
  char name[16] = {};
  if (copy_from_user(name, optval, static_cast<u64>(std::min(optlen, 15)))) return -EFAULT;
  const bool any = !name[0]; // an empty name: any device again
  const net_device* dev = any ? nullptr : dev_get_by_name_rcu(sock_net(sk), name);
  if (!any && !dev) return -ENODEV;
  ownQuietly(sk);
  const int err = sock_bindtoindex_locked(sk, any ? 0 : dev->ifindex);
  release_sock(sk);
  return err;
}

namespace {
bool netAdmin(const sock* sk) {
  const user_namespace* ns = sock_net(sk)->user_ns;
  return ns_capable(ns, CAP_NET_RAW) || ns_capable(ns, CAP_NET_ADMIN);
}
// Flags that are only kept and looked at elsewhere. False: none of these.
bool setFlag(const sock* sk, int optname, bool on) {
  switch (optname) {
  case SO_BROADCAST: sock_valbool_flag(sk, SOCK_BROADCAST, on); return true;
  case SO_OOBINLINE: sock_valbool_flag(sk, SOCK_URGINLINE, on); return true;
  case SO_RXQ_OVFL: sock_valbool_flag(sk, SOCK_RXQ_OVFL, on); return true;
  case SO_WIFI_STATUS: sock_valbool_flag(sk, SOCK_WIFI_STATUS, on); return true;
  case SO_NOFCS: sock_valbool_flag(sk, SOCK_NOFCS, on); return true;
  case SO_SELECT_ERR_QUEUE: sock_valbool_flag(sk, SOCK_SELECT_ERR_QUEUE, on); return true;
  case SO_NO_CHECK: set(sk, sock::bit::sk_no_check_tx, on); return true;
  case SO_REUSEADDR: set(&sk->__sk_common, sock_common::bit::skc_reuse, on ? SK_CAN_REUSE : SK_NO_REUSE); return true;
  case SO_BSDCOMPAT: return true;
  case SO_DONTROUTE:
    sock_valbool_flag(sk, SOCK_LOCALROUTE, on);
    sk_dst_reset(sk);
    return true;
  case SO_TIMESTAMP:
  case SO_TIMESTAMP_NEW:
  case SO_TIMESTAMPNS:
  case SO_TIMESTAMPNS_NEW: sock_set_timestamp(sk, optname, on); return true;
  default: return false;
  }
}

int setZerocopy(const sock* sk, s32 val) {
  const bool tcp = sk->sk_protocol == IPPROTO_TCP, udp = sk->sk_type == SOCK_DGRAM && sk->sk_protocol == IPPROTO_UDP;
  if (sk->sk_family != PF_INET || (!tcp && !udp)) return -EOPNOTSUPP;
  if (val < 0 || val > 1) return -EINVAL;
  sock_valbool_flag(sk, SOCK_ZEROCOPY, val);
  return 0;
}
int setPacing(const sock* sk, s32 val, u64 optval, u32 optlen) {
  u64 rate = val == -1 ? ~0ull : static_cast<u32>(val); // bytes a second
  if (optlen >= 8 && copy_from_user(&rate, optval, 8)) return -EFAULT;
  if (rate != ~0ull && !sk->sk_pacing_status) set(sk->sk_pacing_status, 1u); // SK_PACING_NEEDED
  set(sk->sk_max_pacing_rate, rate);
  set(sk->sk_pacing_rate, std::min<u64>(sk->sk_pacing_rate, rate));
  return 0;
}
int setLowat(const sock* sk, s32 val) {
  if (val < 0) val = INT32_MAX;
  const socket* sock = sk->sk_socket;
  if (sock && sock->ops->set_rcvlowat) return sock->ops->set_rcvlowat(sk, val);
  set(sk->sk_rcvlowat, val ? val : 1);
  return 0;
}
int setSocketFlag(const sock* sk, int bit, bool on) {
  const u64 mask = 1ull << bit;
  set(sk->sk_socket->flags, on ? sk->sk_socket->flags | mask : sk->sk_socket->flags & ~mask);
  return 0;
}

// SO_TXTIME: struct sock_txtime, a clock and flags.
int setTxtime(const sock* sk, u64 optval, u32 optlen) {
  constexpr u32 MONOTONIC = 1, DEADLINE = 1, REPORT = 2;
  u32 t[2];
  if (optlen != sizeof t) return -EINVAL;
  if (copy_from_user(t, optval, sizeof t)) return -EFAULT;
  if (t[1] & ~(DEADLINE | REPORT)) return -EINVAL;
  if (t[0] != MONOTONIC && !ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN)) return -EPERM;
  sock_valbool_flag(sk, SOCK_TXTIME, true);
  set(sk->sk_clockid, static_cast<u8>(t[0]));
  set(sk, sock::bit::sk_txtime_deadline_mode, (t[1] & DEADLINE) != 0);
  set(sk, sock::bit::sk_txtime_report_errors, (t[1] & REPORT) != 0);
  return 0;
}
int attachFilter(const sock* sk, u64 optval, u32 optlen) {
  // What a filter takes from a TCP connection is missing in its stream: that is for administrators.
  const bool tcp = sk->sk_type == SOCK_STREAM && sk->sk_protocol == IPPROTO_TCP;
  if (tcp && !ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN)) return -EPERM;
  OnStack<sock_fprog> program;
  const int bad = copy_bpf_fprog_from_user(program, optval, optlen);
  return bad ? bad : sk_attach_filter(program, sk);
}

// How its packets stand among others, in queues and in rules. High priorities and all marks are for administrators.
int setStanding(const sock* sk, int optname, s32 val) {
  const bool forAnybody = optname == SO_PRIORITY && val >= 0 && val <= 6;
  if (!forAnybody && !netAdmin(sk)) return -EPERM;
  if (optname == SO_PRIORITY) set(sk->sk_priority, val);
  if (optname == SO_RCVMARK) sock_valbool_flag(sk, SOCK_RCVMARK, val != 0);
  const bool marksAnew = optname == SO_MARK && static_cast<s32>(sk->sk_mark) != val;
  if (marksAnew) set(sk->sk_mark, val), sk_dst_reset(sk); // routes may depend on the mark
  return 0;
}
// A processor that polls for this socket does nothing else meanwhile: to ask for more of that than it has, a program
// needs the right to.
int setBusyPoll(const sock* sk, int optname, s32 val) {
  const bool prefer = optname == SO_PREFER_BUSY_POLL, budget = optname == SO_BUSY_POLL_BUDGET;
  const s32 present = prefer ? 0 : budget ? sk->sk_busy_poll_budget : static_cast<s32>(sk->sk_ll_usec);
  const bool more = prefer ? val != 0 : val > present;
  if (more && !capable(CAP_NET_ADMIN)) return -EPERM;
  if (prefer) return set(sk->sk_prefer_busy_poll, static_cast<u8>(val != 0)), 0;
  if (val < 0 || (budget && val > 0xffff)) return -EINVAL;
  if (budget) set(sk->sk_busy_poll_budget, static_cast<u16>(val));
  else set(sk->sk_ll_usec, static_cast<u32>(val));
  return 0;
}

int setValue(const sock* sk, int optname, s32 val) {
  const bool on = val != 0;
  if (setFlag(sk, optname, on)) return 0;
  switch (optname) {
  case SO_DEBUG:
    if (on && !capable(CAP_NET_ADMIN)) return -EACCES;
    sock_valbool_flag(sk, SOCK_DBG, on);
    return 0;
  case SO_REUSEPORT:
    if (on && sk->sk_family != PF_INET) return -EOPNOTSUPP;
    set(&sk->__sk_common, sock_common::bit::skc_reuseport, on);
    return 0;
  case SO_SNDBUF:
  case SO_SNDBUFFORCE:
  case SO_RCVBUF:
  case SO_RCVBUFFORCE: return setBuffer(sk, optname, val);
  case SO_KEEPALIVE:
    if (sk->sk_prot->keepalive) sk->sk_prot->keepalive(sk, on);
    sock_valbool_flag(sk, SOCK_KEEPOPEN, on);
    return 0;
  case SO_PRIORITY:
  case SO_MARK:
  case SO_RCVMARK: return setStanding(sk, optname, val);
  case SO_PREFER_BUSY_POLL:
  case SO_BUSY_POLL_BUDGET:
  case SO_BUSY_POLL: return setBusyPoll(sk, optname, val);
  case SO_RCVLOWAT: return setLowat(sk, val);
  case SO_PEEK_OFF: return sk->sk_socket->ops->set_peek_off ? sk->sk_socket->ops->set_peek_off(sk, val) : -EOPNOTSUPP;
  case SO_PASSCRED: return setSocketFlag(sk, SOCK_PASSCRED, on);
  case SO_PASSSEC: return setSocketFlag(sk, SOCK_PASSSEC, on);
  case SO_LOCK_FILTER:
    if (sock_flag(sk, SOCK_FILTER_LOCKED) && !on) return -EPERM;
    sock_valbool_flag(sk, SOCK_FILTER_LOCKED, on);
    if (on) NOTE("filter.locked", sk);
    return 0;
  case SO_DETACH_FILTER: return sk_detach_filter(sk);
  case SO_DETACH_REUSEPORT_BPF: return sk->sk_reuseport_cb || sk->sk_reuseport ? -ENOENT : -EINVAL; // none can be there
  case SO_RESERVE_MEM: return val < 0 ? -EINVAL : val ? -EOPNOTSUPP : 0; // it counts on memory cgroups
  case SO_CNX_ADVICE:
    if (val == 1) dst_negative_advice(sk);
    return 0;
  case SO_TIMESTAMPING:
  case SO_TIMESTAMPING_NEW: return sock_set_timestamping(sk, optname, static_cast<u32>(val));
  case SO_INCOMING_CPU: reuseport_update_incoming_cpu(sk, val); return 0;
  case SO_ZEROCOPY: return setZerocopy(sk, val);
  case SO_BINDTOIFINDEX: return sock_bindtoindex_locked(sk, val);
  case SO_BUF_LOCK:
    if (val & ~3) return -EINVAL;
    set(sk, sock::bit::sk_userlocks, static_cast<u8>(val) | (sk->sk_userlocks & ~3));
    return 0;
  case SO_TXREHASH:
    if (val < -1 || val > 1) return -EINVAL;
    set(sk->sk_txrehash, val == -1 ? sock_net(sk)->core.sysctl_txrehash : static_cast<u8>(val));
    return 0;
  default: return -ENOPROTOOPT; // SO_TYPE and SO_ERROR too: they can only be read
  }
}
} // namespace

// Options that are more than an int are read here from the program's memory once more. False: `optname` is none of
// them.
static bool setStructured(const sock* sk, int optname, s32 asInt, u64 optval, u32 optlen, int* ret) {
  switch (optname) {
  case SO_ATTACH_FILTER: *ret = attachFilter(sk, optval, optlen); return true;
  case SO_TXTIME: *ret = setTxtime(sk, optval, optlen); return true;
  case SO_LINGER: *ret = setLinger(sk, optval, optlen); return true;
  case SO_RCVTIMEO:
  case SO_RCVTIMEO_NEW: *ret = sock_set_timeout(sk->sk_rcvtimeo, optval, optlen); return true;
  case SO_SNDTIMEO:
  case SO_SNDTIMEO_NEW: *ret = sock_set_timeout(sk->sk_sndtimeo, optval, optlen); return true;
  case SO_MAX_PACING_RATE: *ret = setPacing(sk, asInt, optval, optlen); return true;
  default: return false;
  }
}

static int sk_setsockopt(const sock* sk, int level, int optname, u64 optval, u32 optlen) {
  KFUNC(sk_setsockopt, sk, level, optname, optlen);
  SIMPLIFIED("eBPF filters and reserved memory are refused; busy polling and SO_TXTIME are kept, and have no effect");
  if (optname == SO_BINDTODEVICE) return call.result(sock_setbindtodevice(sk, optval, static_cast<s32>(optlen)));
  s32 wanted;
  if (optlen < sizeof wanted) return call.result(-EINVAL);
  if (copy_from_user(&wanted, optval, sizeof wanted)) return call.result(-EFAULT);
  ownQuietly(sk);
  int ret = 0;
  if (!setStructured(sk, optname, wanted, optval, optlen, &ret)) ret = setValue(sk, optname, wanted);
  release_sock(sk);
  return call.result(ret);
}
int sock_setsockopt(const socket* sock, int level, int op, const sockptr_t& optval, u32 optlen) {
  KFUNC(sock_setsockopt, sock, level, op, optlen);
  return call.result(sk_setsockopt(sock->sk, level, op, optval.user.value, optlen));
}

// Where the next peek of a datagram socket begins.
int sk_set_peek_off(const sock* sk, int val) {
  KFUNC(sk_set_peek_off, sk, val);
  set(sk->sk_peek_off, val);
  return call.result(0);
}

} // namespace sockwalk::kernel
