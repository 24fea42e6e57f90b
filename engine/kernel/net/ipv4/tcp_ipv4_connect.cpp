// connect(): a route, a local address and port, an initial sequence number, and the SYN.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/secure_seq.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/ipv4/tcp_ipv4_internal.h"

namespace sockwalk::kernel {

static u8 connFlags(const sock* sk) {
  return (inet_sk(sk)->tos & IPTOS_RT_MASK) | (sock_flag(sk, SOCK_LOCALROUTE) ? RTO_ONLINK : 0);
}

int tcp_v4_pre_connect(const sock* sk, const sockaddr* uaddr, s32 addr_len) {
  KFUNC(tcp_v4_pre_connect, sk, uaddr, addr_len);
  return call.result(addr_len < s32(sizeof(sockaddr_in)) ? -EINVAL : 0);
}

static const rtable* routeOf(const sock* sk, const flowi4* fl4) {
  security_sk_classify_flow(sk, &fl4->__fl_common);
  return ip_route_output_flow(sock_net(sk), fl4, sk);
}

// Asks for any route there, to learn the address at the end that is still open. nullptr, or the error.
static const rtable* learnAddresses(const sock* sk, const flowi4* fl4, int oif) {
  const rtable* first = ip_route_output_key_hash(sock_net(sk), fl4, nullptr);
  if (IS_ERR(first)) return first;
  ip_rt_put(first);
  flowi4_update_output(fl4, oif, connFlags(sk), fl4->daddr, fl4->saddr);
  return nullptr;
}

// With an end still open the route is looked up twice: the first answer fills in the addresses.
static const rtable* ip_route_connect(const flowi4* fl4, u32 dst, u32 src, int oif, u16 sport, u16 dport,
                                      const sock* sk) {
  KFUNC(ip_route_connect, fl4, dst, src, oif, sport, dport, sk);
  INLINED();
  flowi4_init_output(fl4, oif, sk->sk_mark, connFlags(sk), RT_SCOPE_UNIVERSE, IPPROTO_TCP, inet_sk_flowi_flags(sk), dst,
                     src, dport, sport, sk->sk_uid.val);
  const bool endIsOpen = !dst || !src;
  const rtable* failure = endIsOpen ? learnAddresses(sk, fl4, oif) : nullptr;
  return call.result(failure ? failure : routeOf(sk, fl4));
}

// The local port is known now: a route may depend on it.
static const rtable* ip_route_newports(const flowi4* fl4, const rtable* rt, u16 orig_sport, u16 orig_dport, u16 sport,
                                       u16 dport, const sock* sk) {
  KFUNC(ip_route_newports, fl4, rt, orig_sport, orig_dport, sport, dport, sk);
  INLINED();
  const bool portsChanged = orig_sport != sport || orig_dport != dport;
  if (!portsChanged) return call.result(rt);
  set(fl4->uli.ports.dport, dport);
  set(fl4->uli.ports.sport, sport);
  ip_rt_put(rt);
  flowi4_update_output(fl4, sk->sk_bound_dev_if, connFlags(sk), fl4->daddr, fl4->saddr);
  return call.result(routeOf(sk, fl4));
}

static int ownAddress(const sock* sk, const flowi4* fl4) {
  if (!inet_sk(sk)->inet_saddr) {
    const u32 saddr = fl4->saddr;
    return inet_bhash2_update_saddr(sk, &saddr, AF_INET);
  }
  set(sk->sk_rcv_saddr, inet_sk(sk)->inet_saddr);
  return 0;
}

// What the socket remembers of timestamps was another peer's.
static void forgetOtherPeer(const tcp_sock* tp) {
  set(tp->rx_opt.ts_recent, 0);
  set(tp->rx_opt.ts_recent_stamp, 0);
  if (!tp->repair) set(tp->write_seq, 0);
}

static void peerAddress(const sock* sk, u32 daddr, u16 dport) {
  const inet_sock* inet = inet_sk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool otherPeer = inet->inet_daddr != daddr && tp->rx_opt.ts_recent_stamp;
  if (otherPeer) forgetOtherPeer(tp);
  set(inet->inet_dport, dport);
  set(sk->sk_daddr, daddr);
  const ip_options_rcu* options = inet->inet_opt;
  const u16 length = options ? u16(options->opt.optlen) : u16(0);
  set(inet_csk(sk)->icsk_ext_hdr_len, length);
  set(tp->rx_opt.mss_clamp, TCP_MSS_DEFAULT); // until the peer says more
}

static void chooseSequence(const sock* sk, u16 dport) {
  const inet_sock* inet = inet_sk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->repair) {
    const u32 own = inet->inet_saddr, peer = inet->inet_daddr;
    u32 stampOffset;
    const u32 isn = secure_tcp_seq_and_ts_off(sock_net(sk), own, peer, inet->inet_sport, dport, &stampOffset);
    if (!tp->write_seq) set(tp->write_seq, isn); // a TIME_WAIT socket whose place we took may have left one
    set(tp->tsoffset, stampOffset);
  }
  const ConnectionEnds ends{inet->inet_saddr, inet->inet_daddr, inet->inet_sport, dport};
  const u16 firstId = machine().wishes.identification(ends, static_cast<u16>(machine().random()));
  atomic_set(&inet->inet_id, firstId);
}

// From here on a failure undoes everything. *rt: counted, nullptr once the socket has it.
static int enterAndSend(const sock* sk, const flowi4* fl4, const rtable** rt, u16 orig_sport, u16 dport) {
  const inet_sock* inet = inet_sk(sk);
  if (const int err = inet_hash_connect(&sock_net(sk)->ipv4.tcp_death_row, sk)) return err;
  set(sk->sk_txhash, std::max(1u, static_cast<u32>(machine().random())));
  *rt = ip_route_newports(fl4, *rt, orig_sport, dport, inet->inet_sport, inet->inet_dport, sk);
  if (IS_ERR(*rt)) {
    const int err = static_cast<int>(PTR_ERR(*rt));
    *rt = nullptr;
    return err;
  }
  set(sk->sk_gso_type, SKB_GSO_TCPV4);
  const rtable* own = *rt;
  *rt = nullptr;
  sk_setup_caps(sk, &own->dst);
  chooseSequence(sk, dport);
  int err = 0;
  if (tcp_fastopen_defer_connect(sk, &err) || err) return err;
  return tcp_connect(sk);
}

int tcp_v4_connect(const sock* sk, const sockaddr* uaddr, s32 addr_len) {
  KFUNC(tcp_v4_connect, sk, uaddr, addr_len);
  const auto* peer = skCast<sockaddr_in>(uaddr);
  if (addr_len < s32(sizeof *peer)) return call.result(-EINVAL);
  if (peer->sin_family != AF_INET) return call.result(-EAFNOSUPPORT);
  const inet_sock* inet = inet_sk(sk);
  const ip_options_rcu* opt = inet->inet_opt;
  const bool sourceRoute = opt && opt->opt.srr;
  const u32 asked = peer->sin_addr.s_addr;
  if (sourceRoute && !asked) return call.result(-EINVAL);
  const u16 portBefore = inet->inet_sport, dport = peer->sin_port;
  const flowi4* flow = &inet->cork.fl.u.ip4;
  const u32 firstHop = sourceRoute ? u32(opt->opt.faddr) : asked;
  const rtable* rt = ip_route_connect(flow, firstHop, inet->inet_saddr, sk->sk_bound_dev_if, portBefore, dport, sk);
  if (IS_ERR(rt)) return call.result(static_cast<int>(PTR_ERR(rt)));
  int err = rt->rt_flags & (RTCF_MULTICAST | RTCF_BROADCAST) ? -ENETUNREACH : ownAddress(sk, flow);
  if (err) {
    ip_rt_put(rt);
    return call.result(err);
  }
  peerAddress(sk, sourceRoute ? asked : u32(flow->daddr), dport);
  tcp_set_state(sk, TCP_SYN_SENT);
  err = enterAndSend(sk, flow, &rt, portBefore, dport);
  if (!err) return call.result(0);
  tcp_set_state(sk, TCP_CLOSE);
  inet_bhash2_reset_saddr(sk);
  ip_rt_put(rt);
  set(sk->sk_route_caps, 0);
  set(inet->inet_dport, 0);
  return call.result(err);
}

} // namespace sockwalk::kernel
