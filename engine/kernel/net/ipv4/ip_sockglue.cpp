// setsockopt and getsockopt at level IPPROTO_IP: how this socket's packets are made (TOS, TTL, don't fragment, options)
// and what a receiver wants to be told of those that come.
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/net/ipv4/ip_sockglue_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// TCP keeps the two bits of ECN to itself.
static void __ip_sock_set_tos(const sock* sk, int val) {
  KFUNC(__ip_sock_set_tos, sk, val);
  const inet_sock* inet = inet_sk(sk);
  if (sk->sk_type == SOCK_STREAM) val = (val & ~3) | (inet->tos & 3);
  if (inet->tos == val) return;
  set(inet->tos, val);
  set(sk->sk_priority, rt_tos2priority(static_cast<u8>(val)));
  sk_dst_reset(sk); // the route may depend on it
}

// The control message that an option asks for; 0: it is none of these.
static u16 cmsgFlag(int optname) {
  switch (optname) {
  case IP_PKTINFO: return IP_CMSG_PKTINFO;
  case IP_RECVTTL: return IP_CMSG_TTL;
  case IP_RECVTOS: return IP_CMSG_TOS;
  case IP_RECVOPTS: return IP_CMSG_RECVOPTS;
  case IP_RETOPTS: return IP_CMSG_RETOPTS;
  case IP_RECVORIGDSTADDR: return IP_CMSG_ORIGDSTADDR;
  case IP_RECVFRAGSIZE: return IP_CMSG_RECVFRAGSIZE;
  case IP_CHECKSUM: return IP_CMSG_CHECKSUM;
  case IP_PASSSEC: return IP_CMSG_PASSSEC;
  default: return 0;
  }
}

// Packets with the option "router alert" would go to this socket; only a raw one can ask for them.
int ip_ra_control(const sock* sk, bool on) {
  KFUNC(ip_ra_control, sk, on);
  SIMPLIFIED("the option is kept, and no packet is handed over for it: this host forwards none with a router alert");
  return call.result(sk->sk_type != SOCK_RAW || inet_sk(sk)->inet_num == IPPROTO_RAW ? -EINVAL : 0);
}
static int setUnicastInterface(const sock* sk, s32 val) {
  const int ifindex = static_cast<int>(ntohl(static_cast<u32>(val)));
  const net_device* dev = ifindex ? dev_get_by_index(sock_net(sk), ifindex) : nullptr;
  if (ifindex && !dev) return -EADDRNOTAVAIL;
  if (dev) l3mdev_master_ifindex_rcu(dev);
  if (ifindex && sk->sk_bound_dev_if) return -EINVAL;
  set(inet_sk(sk)->uc_index, ifindex);
  return 0;
}

static int setErrors(const sock* sk, int optname, s32 val) {
  if (optname == IP_RECVERR_RFC4884) {
    if (val < 0 || val > 1) return -EINVAL;
    set(inet_sk(sk), inet_sock::bit::recverr_rfc4884, val);
    return 0;
  }
  set(inet_sk(sk), inet_sock::bit::recverr, val != 0);
  if (!val) skb_queue_purge(&sk->sk_error_queue);
  return 0;
}

static int setForeignAddress(const sock* sk, int optname, s32 val) { // addresses that are not this host's
  if (optname == IP_TRANSPARENT && val && !sockopt_ns_capable(sock_net(sk)->user_ns, CAP_NET_RAW) &&
      !sockopt_ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN))
    return -EPERM;
  set(inet_sk(sk), optname == IP_TRANSPARENT ? inet_sock::bit::transparent : inet_sock::bit::freebind, val != 0);
  return 0;
}

static int setPortRange(const sock* sk, s32 val) {
  const u16 lo = static_cast<u16>(val), hi = static_cast<u16>(static_cast<u32>(val) >> 16);
  if (lo && hi && lo > hi) return -EINVAL;
  set(inet_sk(sk)->local_port_range.lo, lo);
  set(inet_sk(sk)->local_port_range.hi, hi);
  return 0;
}

static int setValue(const sock* sk, int optname, s32 val, u32 optlen) {
  const inet_sock* inet = inet_sk(sk);
  const bool on = val != 0, raw = sk->sk_type == SOCK_RAW;
  if (const u16 flag = cmsgFlag(optname)) {
    if (optname == IP_RECVFRAGSIZE && sk->sk_type == SOCK_STREAM) return -EINVAL; // its data come in no datagrams
    set(inet->cmsg_flags, on ? inet->cmsg_flags | flag : inet->cmsg_flags & ~flag);
    return 0;
  }
  switch (optname) {
  case IP_TOS: __ip_sock_set_tos(sk, val); return 0;
  case IP_TTL:
    if (optlen < 1 || (val != -1 && (val < 1 || val > 255))) return -EINVAL;
    set(inet->uc_ttl, val);
    return 0;
  case IP_HDRINCL:
    if (!raw) return -ENOPROTOOPT;
    set(inet, inet_sock::bit::hdrincl, on);
    return 0;
  case IP_NODEFRAG:
    if (!raw) return -ENOPROTOOPT;
    set(inet, inet_sock::bit::nodefrag, on);
    return 0;
  case IP_BIND_ADDRESS_NO_PORT: set(inet, inet_sock::bit::bind_address_no_port, on); return 0;
  case IP_MTU_DISCOVER:
    if (val < IP_PMTUDISC_DONT || val > IP_PMTUDISC_OMIT) return -EINVAL;
    set(inet->pmtudisc, val);
    return 0;
  case IP_RECVERR:
  case IP_RECVERR_RFC4884: return setErrors(sk, optname, val);
  case IP_MULTICAST_TTL:
    if (sk->sk_type == SOCK_STREAM || optlen < 1 || val < -1 || val > 255) return -EINVAL;
    set(inet->mc_ttl, val == -1 ? 1 : val);
    return 0;
  case IP_MULTICAST_LOOP:
    if (optlen < 1) return -EINVAL;
    set(inet, inet_sock::bit::mc_loop, on);
    return 0;
  case IP_MULTICAST_ALL:
    if (optlen < 1 || (val != 0 && val != 1)) return -EINVAL;
    set(inet, inet_sock::bit::mc_all, val);
    return 0;
  case IP_UNICAST_IF: return optlen == 4 ? setUnicastInterface(sk, val) : -EINVAL;
  case IP_FREEBIND:
  case IP_TRANSPARENT: return optlen < 1 ? -EINVAL : setForeignAddress(sk, optname, val);
  case IP_MINTTL:
    if (optlen < 1 || val < 0 || val > 255) return -EINVAL;
    set(inet->min_ttl, val);
    return 0;
  case IP_LOCAL_PORT_RANGE: return optlen == 4 ? setPortRange(sk, val) : -EINVAL;
  default: return -ENOPROTOOPT;
  }
}

// IP_OPTIONS: up to 40 bytes that stand behind the header of every packet of this socket.
static int setOptions(const sock* sk, const sockptr_t& optval, u32 optlen) {
  if (optlen > 40) return -EINVAL;
  const ip_options_rcu* opt = nullptr;
  if (const int err = ip_options_get(sock_net(sk), &opt, optlen ? userAt(optval.user.value, optlen) : nullptr, optlen))
    return err;
  const ip_options_rcu* old = inet_sk(sk)->inet_opt;
  if (inet_sk(sk)->is_icsk) { // less room for data in each segment
    const inet_connection_sock* icsk = inet_csk(sk);
    set(icsk->icsk_ext_hdr_len, icsk->icsk_ext_hdr_len - (old ? old->opt.optlen : 0) + opt->opt.optlen);
    icsk->icsk_sync_mss(sk, icsk->icsk_pmtu_cookie);
  }
  set(inet_sk(sk)->inet_opt, opt);
  kfree(old);
  return 0;
}

// Which packets of this socket IPsec is to protect: nobody here could say how, as on a host without a key manager.
static int setPolicy(const sock* sk, const sockptr_t& optval, u32 optlen) {
  if (!sockopt_ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN)) return -EPERM;
  if (!optval.user.value && !optlen) return 0; // none is set, and none is to be
  return optlen == 0 || optlen > PAGE_SIZE ? -EMSGSIZE : -EINVAL;
}

static int do_ip_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(do_ip_setsockopt, sk, level, optname, optlen);
  SIMPLIFIED("groups of single sources, multicast routing and policies of IPsec are refused");
  const bool changesGroups = setsockopt_needs_rtnl(optname);
  const bool policy = optname == IP_XFRM_POLICY || optname == IP_IPSEC_POLICY;
  const bool structured = optname == IP_OPTIONS || optname == IP_MULTICAST_IF || changesGroups || policy;
  s32 wanted = 0;
  if (!structured)
    if (const int err = copyOption(&wanted, optval, optlen, true)) return call.result(err);
  if (optname == IP_ROUTER_ALERT) return call.result(ip_ra_control(sk, wanted != 0));
  if (changesGroups) rtnl_lock();
  sockopt_lock_sock(sk);
  const int err = changesGroups                ? setGroups(sk, optname, optval, optlen)
                  : policy                     ? setPolicy(sk, optval, optlen)
                  : optname == IP_OPTIONS      ? setOptions(sk, optval, optlen)
                  : optname == IP_MULTICAST_IF ? setMulticastInterface(sk, optval, optlen)
                                               : setValue(sk, optname, wanted, optlen);
  sockopt_release_sock(sk);
  if (changesGroups) rtnl_unlock();
  return call.result(err);
}

// iptables speaks to the kernel by options of a raw socket.
static int nf_sockopt_find(const sock* sk, u8 pf, int val) {
  KFUNC(nf_sockopt_find, sk, pf, val);
  SIMPLIFIED("no tables are configured by socket options");
  return call.result(-ENOPROTOOPT);
}
static int nf_setsockopt(const sock* sk, u8 pf, int val) {
  KFUNC(nf_setsockopt, sk, pf, val);
  return call.result(nf_sockopt_find(sk, pf, val));
}
static int nf_getsockopt(const sock* sk, u8 pf, int val) {
  KFUNC(nf_getsockopt, sk, pf, val);
  return call.result(nf_sockopt_find(sk, pf, val));
}

int ip_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(ip_setsockopt, sk, level, optname, optlen);
  if (level != SOL_IP) return call.result(-ENOPROTOOPT);
  const int own = do_ip_setsockopt(sk, level, optname, optval, optlen);
  const bool othersMayKnow = own == -ENOPROTOOPT && optname != IP_HDRINCL;
  return call.result(othersMayKnow ? nf_setsockopt(sk, PF_INET, optname) : own);
}

// ---- reading
static int pathMtu(const sock* sk, s32* val) {
  const dst_entry* dst = sk->sk_dst_cache;
  *val = dst ? static_cast<s32>(dst_mtu(dst)) : 0;
  if (dst) dst_hold(dst), dst_release(dst); // sk_dst_get() takes a reference
  return *val ? 0 : -ENOTCONN;
}
static int valueOf(const sock* sk, int optname, s32* v) {
  const inet_sock* inet = inet_sk(sk);
  if (const u16 flag = cmsgFlag(optname)) return *v = (inet->cmsg_flags & flag) != 0, 0;
  switch (optname) {
  case IP_TOS: *v = inet->tos; return 0;
  case IP_TTL: *v = inet->uc_ttl == -1 ? sock_net(sk)->ipv4.sysctl_ip_default_ttl : inet->uc_ttl; return 0;
  case IP_HDRINCL: *v = inet->hdrincl; return 0;
  case IP_NODEFRAG: *v = inet->nodefrag; return 0;
  case IP_BIND_ADDRESS_NO_PORT: *v = inet->bind_address_no_port; return 0;
  case IP_MTU_DISCOVER: *v = inet->pmtudisc; return 0;
  case IP_MTU: return pathMtu(sk, v);
  case IP_RECVERR: *v = inet->recverr; return 0;
  case IP_RECVERR_RFC4884: *v = inet->recverr_rfc4884; return 0;
  case IP_MULTICAST_TTL: *v = inet->mc_ttl; return 0;
  case IP_MULTICAST_LOOP: *v = inet->mc_loop; return 0;
  case IP_MULTICAST_ALL: *v = inet->mc_all; return 0;
  case IP_UNICAST_IF: *v = static_cast<s32>(htonl(static_cast<u32>(inet->uc_index))); return 0;
  case IP_MULTICAST_IF: *v = static_cast<s32>(inet->mc_addr); return 0;
  case IP_FREEBIND: *v = inet->freebind; return 0;
  case IP_TRANSPARENT: *v = inet->transparent; return 0;
  case IP_MINTTL: *v = inet->min_ttl; return 0;
  case IP_LOCAL_PORT_RANGE: *v = inet->local_port_range.hi << 16 | inet->local_port_range.lo; return 0;
  case IP_PROTOCOL: *v = inet->inet_num; return 0;
  case IP_MSFILTER:
  case MCAST_MSFILTER: return -EINVAL; // of a group that is not there
  default: return -ENOPROTOOPT;
  }
}

static int giveOptions(const sock* sk, u8* optval, s32* optlen) {
  const ip_options_rcu* own = inet_sk(sk)->inet_opt;
  if (!own || !own->opt.optlen) return giveOption(optval, optlen, optval, 0);
  OnStack<ip_options_data> room; // as they were set: without the place for this host's own mark
  const ip_options* opt = &room->opt.opt;
  setBytes(opt, &own->opt, sizeof(ip_options) + own->opt.optlen);
  ip_options_undo(opt);
  return giveOption(optval, optlen, opt->__data, opt->optlen);
}

// What the control messages of a stream socket would say if it took datagrams.
static int givePacketOptions(const sock* sk, u8* optval, s32* optlen) {
  if (sk->sk_type != SOCK_STREAM) return -ENOPROTOOPT;
  const inet_sock* inet = inet_sk(sk);
  OnStack<msghdr> msg;
  const s32 room = *optlen;
  set(msg->msg_control, optval);
  set(msg->msg_controllen, static_cast<u64>(room));
  set(msg.get(), msghdr::bit::msg_control_is_user, 1);
  if (inet->cmsg_flags & IP_CMSG_PKTINFO) {
    const u32 own = inet->inet_rcv_saddr, info[3] = {static_cast<u32>(inet->mc_index), own, own};
    put_cmsg(msg, SOL_IP, IP_PKTINFO, sizeof info, info);
  }
  const s32 ttl = inet->mc_ttl, tos = inet->rcv_tos;
  if (inet->cmsg_flags & IP_CMSG_TTL) put_cmsg(msg, SOL_IP, IP_TTL, sizeof ttl, &ttl);
  if (inet->cmsg_flags & IP_CMSG_TOS) put_cmsg(msg, SOL_IP, IP_TOS, sizeof tos, &tos);
  set(*optlen, room - static_cast<s32>(msg->msg_controllen));
  return 0;
}

static int do_ip_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(do_ip_getsockopt, sk, level, optname);
  if (level != SOL_IP) return call.result(-EOPNOTSUPP);
  if (*optlen < 0) return call.result(-EINVAL);
  sockopt_lock_sock(sk);
  s32 held = 0;
  const bool structured = optname == IP_OPTIONS || optname == IP_PKTOPTIONS;
  const int err = structured ? 0 : valueOf(sk, optname, &held);
  sockopt_release_sock(sk);
  if (optname == IP_PKTOPTIONS) return call.result(givePacketOptions(sk, optval, optlen));
  if (optname == IP_OPTIONS) return call.result(giveOptions(sk, optval, optlen));
  if (err) return call.result(err);
  const bool byte = *optlen < 4 && *optlen > 0 && held >= 0 && held <= 255 && optname != IP_MULTICAST_IF;
  return call.result(giveOption(optval, optlen, &held, byte ? 1 : 4)); // a small value fits a small room
}

int ip_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(ip_getsockopt, sk, level, optname);
  const int own = do_ip_getsockopt(sk, level, optname, optval, optlen);
  const bool othersMayKnow = own == -ENOPROTOOPT && optname != IP_PKTOPTIONS;
  return call.result(othersMayKnow ? nf_getsockopt(sk, PF_INET, optname) : own);
}

} // namespace sockwalk::kernel
