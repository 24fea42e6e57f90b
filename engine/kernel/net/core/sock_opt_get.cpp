// getsockopt at level SOL_SOCKET.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/net/core/sock_opt_internal.h"

namespace sockwalk::kernel {

static Global<s64> cookie_gen{"cookie_gen"};

namespace {
s32 pendingError(const sock* sk) { // the hard error, or what was noted and did not end anything
  s32 v = -sock_error(sk);
  if (!v) v = sk->sk_err_soft, set(sk->sk_err_soft, 0);
  return v;
}

bool flagValue(const sock* sk, int optname, s32* v) {
  const bool stamp = sock_flag(sk, SOCK_RCVTSTAMP), fresh = sock_flag(sk, SOCK_TSTAMP_NEW);
  const bool ns = sock_flag(sk, SOCK_RCVTSTAMPNS);
  switch (optname) {
  case SO_DEBUG: *v = sock_flag(sk, SOCK_DBG); return true;
  case SO_DONTROUTE: *v = sock_flag(sk, SOCK_LOCALROUTE); return true;
  case SO_BROADCAST: *v = sock_flag(sk, SOCK_BROADCAST); return true;
  case SO_KEEPALIVE: *v = sock_flag(sk, SOCK_KEEPOPEN); return true;
  case SO_OOBINLINE: *v = sock_flag(sk, SOCK_URGINLINE); return true;
  case SO_ZEROCOPY: *v = sock_flag(sk, SOCK_ZEROCOPY); return true;
  case SO_RXQ_OVFL: *v = sock_flag(sk, SOCK_RXQ_OVFL); return true;
  case SO_WIFI_STATUS: *v = sock_flag(sk, SOCK_WIFI_STATUS); return true;
  case SO_NOFCS: *v = sock_flag(sk, SOCK_NOFCS); return true;
  case SO_LOCK_FILTER: *v = sock_flag(sk, SOCK_FILTER_LOCKED); return true;
  case SO_SELECT_ERR_QUEUE: *v = sock_flag(sk, SOCK_SELECT_ERR_QUEUE); return true;
  case SO_TIMESTAMP: *v = stamp && !fresh && !ns; return true;
  case SO_TIMESTAMPNS: *v = ns && !fresh; return true;
  case SO_TIMESTAMP_NEW: *v = stamp && fresh && !ns; return true;
  case SO_TIMESTAMPNS_NEW: *v = ns && fresh; return true;
  case SO_RCVMARK: *v = sock_flag(sk, SOCK_RCVMARK); return true;
  case SO_BPF_EXTENSIONS: *v = 64; return true; // SKF_AD_MAX: what filters may ask of a packet besides its bytes
  case SO_BSDCOMPAT: *v = 0; return true;
  case SO_PASSCRED: *v = sk->sk_socket->flags >> SOCK_PASSCRED & 1; return true;
  case SO_PASSSEC: *v = sk->sk_socket->flags >> SOCK_PASSSEC & 1; return true;
  default: return false;
  }
}
bool plainValue(const sock* sk, int optname, s32* v) {
  if (flagValue(sk, optname, v)) return true;
  switch (optname) {
  case SO_REUSEADDR: *v = sk->sk_reuse; return true;
  case SO_REUSEPORT: *v = sk->sk_reuseport; return true;
  case SO_TYPE: *v = sk->sk_type; return true;
  case SO_PROTOCOL: *v = sk->sk_protocol; return true;
  case SO_DOMAIN: *v = sk->sk_family; return true;
  case SO_ERROR: *v = pendingError(sk); return true;
  case SO_SNDBUF: *v = sk->sk_sndbuf; return true;
  case SO_RCVBUF: *v = sk->sk_rcvbuf; return true;
  case SO_NO_CHECK: *v = sk->sk_no_check_tx; return true;
  case SO_PRIORITY: *v = static_cast<s32>(sk->sk_priority); return true;
  case SO_RCVLOWAT: *v = sk->sk_rcvlowat; return true;
  case SO_SNDLOWAT: *v = 1; return true;
  case SO_MARK: *v = static_cast<s32>(sk->sk_mark); return true;
  case SO_ACCEPTCONN: *v = sk->sk_state == TCP_LISTEN; return true;
  case SO_PEEK_OFF: *v = sk->sk_peek_off; return true;
  case SO_BUSY_POLL: *v = static_cast<s32>(sk->sk_ll_usec); return true;
  case SO_INCOMING_CPU: *v = sk->sk_incoming_cpu; return true;
  case SO_INCOMING_NAPI_ID: *v = static_cast<s32>(sk->sk_napi_id); return true;
  case SO_PREFER_BUSY_POLL: *v = sk->sk_prefer_busy_poll; return true;
  case SO_BINDTOIFINDEX: *v = sk->sk_bound_dev_if; return true;
  case SO_BUF_LOCK: *v = sk->sk_userlocks & 3; return true;
  case SO_TXREHASH: *v = sk->sk_txrehash; return true;
  case SO_RESERVE_MEM: *v = static_cast<s32>(sk->sk_reserved_mem); return true;
  default: return false;
  }
}

Timeval sock_get_timeout(s64 timeo) {
  KFUNC(sock_get_timeout, timeo);
  const s64 hz = machine().options().hz;
  return timeo == MAX_SCHEDULE_TIMEOUT ? Timeval{0, 0} : Timeval{timeo / hz, timeo % hz * 1000000 / hz};
}

} // namespace

u64 __sock_gen_cookie(const sock* sk) { // a number that no other socket ever gets
  KFUNC(__sock_gen_cookie, sk);
  const s64& cookie = sk->__sk_common.skc_cookie.counter;
  if (!cookie) set(cookie, add(*cookie_gen, 1));
  return call.result(static_cast<u64>(cookie));
}

u32 sk_get_meminfo(const sock* sk, u8* out) {
  KFUNC(sk_get_meminfo, sk);
  const s32 mem[9] = {
      sk_rmem_alloc_get(sk),     sk->sk_rcvbuf,      sk_wmem_alloc_get(sk),           sk->sk_sndbuf,
      sk->sk_forward_alloc,      sk->sk_wmem_queued, atomic_read(&sk->sk_omem_alloc), sk->sk_backlog.len,
      atomic_read(&sk->sk_drops)};
  std::memcpy(out, mem, sizeof mem);
  return call.result(u32{sizeof mem});
}

namespace {
// Whom the other end belonged to when the two were connected. Of a socket of the internet nobody: it may be another machine.
u32 peerCredentials(const sock* sk, u8* out) {
  const cred* theirs = sk->sk_peer_cred;
  ucred told{static_cast<u32>(pid_vnr(sk->sk_peer_pid)), ~0u, ~0u};
  if (theirs) told.uid = theirs->euid.val, told.gid = theirs->egid.val;
  std::memcpy(out, &told, sizeof told);
  return sizeof told;
}

// What is more than an int. Gives its size; 0: none of these.
u32 structured(const sock* sk, int optname, u8* out) {
  if (optname == SO_RCVTIMEO || optname == SO_SNDTIMEO || optname == SO_RCVTIMEO_NEW || optname == SO_SNDTIMEO_NEW) {
    const Timeval tv =
        sock_get_timeout(optname == SO_RCVTIMEO || optname == SO_RCVTIMEO_NEW ? sk->sk_rcvtimeo : sk->sk_sndtimeo);
    std::memcpy(out, &tv, sizeof tv);
    return sizeof tv;
  }
  if (optname == SO_LINGER) {
    const s32 ling[2] = {sock_flag(sk, SOCK_LINGER), static_cast<s32>(sk->sk_lingertime / machine().options().hz)};
    std::memcpy(out, ling, sizeof ling);
    return sizeof ling;
  }
  if (optname == SO_MEMINFO) {
    return sk_get_meminfo(sk, out);
  }
  if (optname == SO_TIMESTAMPING || optname == SO_TIMESTAMPING_NEW) { // the new one tells only what it has set itself
    const bool told = optname == SO_TIMESTAMPING || sock_flag(sk, SOCK_TSTAMP_NEW);
    const s32 flags[2] = {told ? sk->sk_tsflags : 0, told ? s32(sk->sk_bind_phc) : 0};
    std::memcpy(out, flags, sizeof flags);
    return sizeof flags;
  }
  if (optname == SO_TXTIME) {
    const u32 txtime[2] = {sk->sk_clockid, sk->sk_txtime_deadline_mode | sk->sk_txtime_report_errors * 2u};
    std::memcpy(out, txtime, sizeof txtime);
    return sizeof txtime;
  }
  if (optname == SO_PEERCRED) return peerCredentials(sk, out);
  u64 v = 0;
  if (optname == SO_COOKIE) v = __sock_gen_cookie(sk);
  else if (optname == SO_NETNS_COOKIE) v = sock_net(sk)->net_cookie;
  else if (optname == SO_MAX_PACING_RATE) v = sk->sk_max_pacing_rate;
  else return 0;
  std::memcpy(out, &v, 8);
  return 8;
}

const net_device* netdev_get_name(const net* net, int ifindex) {
  KFUNC(netdev_get_name, net, ifindex);
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &net->dev_base_head))
    if (dev->ifindex == ifindex) return call.result(dev);
  return call.result<const net_device*>(nullptr);
}
int deviceName(const sock* sk, u8* optval, s32* optlen) {
  if (!sk->sk_bound_dev_if) return giveOption(optval, optlen, nullptr, 0);
  if (*optlen < 16) return -EINVAL;
  const net_device* dev = netdev_get_name(sock_net(sk), sk->sk_bound_dev_if);
  if (!dev) return -ENODEV;
  return giveOption(optval, optlen, dev->name,
                    static_cast<u32>(std::strlen(reinterpret_cast<const char*>(dev->name))) + 1);
}
int filterBack(const sock* sk, u8* optval, s32* optlen) { // *optlen counts instructions
  const int instructions = sk_get_filter(sk, optval, static_cast<u32>(*optlen));
  if (instructions < 0) return instructions;
  setBytes(optlen, &instructions, sizeof *optlen);
  return 0;
}
int peerName(const sock* sk, u8* optval, s32* optlen) {
  OnStack<__kernel_sockaddr_storage> address;
  const int lv = sk->sk_socket->ops->getname(sk->sk_socket, reinterpret_cast<const sockaddr*>(address.get()), 2);
  if (lv < 0) return -ENOTCONN;
  return lv < *optlen ? -EINVAL : giveOption(optval, optlen, address.get(), static_cast<u32>(lv));
}
} // namespace

static int sk_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(sk_getsockopt, sk, level, optname);
  if (*optlen < 0) return call.result(-EINVAL);
  if (optname == SO_BINDTODEVICE) return call.result(deviceName(sk, optval, optlen));
  if (optname == SO_PEERNAME) return call.result(peerName(sk, optval, optlen));
  if (optname == SO_GET_FILTER) return call.result(filterBack(sk, optval, optlen));
  if (optname == SO_COOKIE && *optlen < 8) return call.result(-EINVAL);
  if (optname == SO_NETNS_COOKIE && *optlen != 8) return call.result(-EINVAL);
  if (optname == SO_PEERGROUPS && !sk->sk_peer_cred) return call.result(-ENODATA);
  if (optname == SO_PEEK_OFF && !sk->sk_socket->ops->set_peek_off.value) return call.result(-EOPNOTSUPP);
  u8 value[64];
  s32 v = 0;
  u32 size = structured(sk, optname, value);
  if (!size && plainValue(sk, optname, &v)) std::memcpy(value, &v, size = 4);
  if (!size) return call.result(-ENOPROTOOPT);
  if (optname == SO_MAX_PACING_RATE && *optlen < 8) { // asked as an int
    const u32 rate = static_cast<u32>(std::min<u64>(sk->sk_max_pacing_rate, ~0u));
    return call.result(giveOption(optval, optlen, &rate, 4));
  }
  return call.result(giveOption(optval, optlen, value, size));
}
int sock_getsockopt(const socket* sock, int level, int op, u8* optval, s32* optlen) {
  KFUNC(sock_getsockopt, sock, level, op);
  return call.result(sk_getsockopt(sock->sk, level, op, optval, optlen));
}

} // namespace sockwalk::kernel
