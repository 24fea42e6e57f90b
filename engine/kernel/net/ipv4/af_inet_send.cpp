// AF_INET sockets that send or connect get a local port first, if they have none.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/sock_reuseport.h"

namespace sockwalk::kernel {

// The socket is locked. Another thread may have been quicker.
static int chooseMissingPort(const sock* sk) {
  const inet_sock* inet = inet_sk(sk);
  if (inet->inet_num) return 0;
  if (sk->sk_prot->get_port(sk, 0)) return -EAGAIN;
  set(inet->inet_sport, htons(inet->inet_num));
  NOTE("inet.autobind", inet->inet_num);
  return 0;
}

static int inet_autobind(const sock* sk) {
  KFUNC(inet_autobind, sk);
  lock_sock(sk);
  const int err = chooseMissingPort(sk);
  release_sock(sk);
  return call.result(err);
}

int inet_send_prepare(const sock* sk) {
  KFUNC(inet_send_prepare, sk);
  const bool portMissing = !sk->sk_prot->no_autobind && !inet_sk(sk)->inet_num;
  return call.result(portMissing ? inet_autobind(sk) : 0);
}

int inet_sendmsg(const socket* sock, const msghdr* msg, u64 size) {
  KFUNC(inet_sendmsg, sock, msg, size);
  const struct sock* sk = sock->sk;
  const int unready = inet_send_prepare(sk);
  return call.result(unready ? unready : sk->sk_prot->sendmsg(sk, msg, size));
}

int inet_dgram_connect(const socket* sock, const sockaddr* uaddr, int addr_len, int flags) {
  KFUNC(inet_dgram_connect, sock, uaddr, addr_len, flags);
  constexpr int FamilySize = sizeof uaddr->sa_family;
  if (addr_len < FamilySize) return call.result(-EINVAL);
  const struct sock* sk = sock->sk;
  const proto* prot = sk->sk_prot;
  const bool toNobody = uaddr->sa_family == AF_UNSPEC;
  if (toNobody) return call.result(prot->disconnect(sk, flags));
  int err = prot->pre_connect ? prot->pre_connect(sk, uaddr, addr_len) : 0;
  if (!err && !inet_sk(sk)->inet_num) err = inet_autobind(sk);
  return call.result(err ? err : prot->connect(sk, uaddr, addr_len));
}

// ---- the route that a connected socket remembers
const dst_entry* sk_dst_check(const sock* sk, u32 cookie) {
  KFUNC(sk_dst_check, sk, cookie);
  const dst_entry* remembered = sk->sk_dst_cache;
  if (!remembered || !dst_hold_safe(remembered)) return call.result<const dst_entry*>(nullptr);
  const bool valid = !remembered->obsolete || remembered->ops->check(remembered, cookie);
  if (valid) return call.result(remembered);
  sk_dst_reset(sk);
  dst_release(remembered);
  return call.result<const dst_entry*>(nullptr);
}
void sk_dst_set(const sock* sk, const dst_entry* dst) {
  sk_tx_queue_clear(sk);
  const dst_entry* before = sk->sk_dst_cache;
  set(sk->sk_dst_cache, dst);
  dst_release(before);
}

u8 inet_sk_flowi_flags(const sock* sk) { return inet_sk(sk)->transparent ? FLOWI_FLAG_ANYSRC : 0; }

namespace {
// What a route is asked for.
struct Journey {
  u32 from, to;
  int device;
  u8 tos;
};

// From the socket's options. A group's packets may have a device and a source of their own.
Journey journeyTo(const inet_sock* inet, u32 to) {
  const sock* sk = &inet->sk;
  const u8 onLink = sock_flag(sk, SOCK_LOCALROUTE) ? RTO_ONLINK : 0;
  Journey j{inet->inet_saddr, to, sk->sk_bound_dev_if, static_cast<u8>((inet->tos & IPTOS_RT_MASK) | onLink)};
  const bool group = ipv4_is_multicast(to);
  if (!j.device) j.device = group ? inet->mc_index : inet->uc_index;
  if (group && !j.from) j.from = inet->mc_addr;
  return j;
}

// The route, and in the flow the addresses that were open.
const rtable* routeFor(const inet_sock* inet, const Journey& j, u16 port, const flowi4* flow) {
  const sock* sk = &inet->sk;
  flowi4_init_output(flow, j.device, sk->sk_mark, j.tos, RT_SCOPE_UNIVERSE, static_cast<u8>(sk->sk_protocol),
                     inet_sk_flowi_flags(sk), j.to, j.from, port, inet->inet_sport, sk->sk_uid.val);
  const net* net = sock_net(sk);
  const bool open = !j.to || !j.from;
  if (open) { // the first look-up fills in what was open, the second one is the answer
    const rtable* first = ip_route_output_key_hash(net, flow, nullptr);
    if (IS_ERR(first)) return first;
    ip_rt_put(first);
    flowi4_update_output(flow, j.device, j.tos, flow->daddr, flow->saddr);
  }
  security_sk_classify_flow(sk, &flow->__fl_common);
  return ip_route_output_flow(net, flow, sk);
}

// The socket's own address, where it had none, is the one that the route begins with.
void takeSource(const sock* sk, u32 source) {
  const inet_sock* inet = inet_sk(sk);
  const bool hearsAll = !inet->inet_rcv_saddr;
  if (!inet->inet_saddr) set(inet->inet_saddr, source);
  if (hearsAll) set(inet->inet_rcv_saddr, source);
  if (hearsAll && sk->sk_prot->rehash) sk->sk_prot->rehash(sk); // it is looked for under its address from now on
}
} // namespace

// Connecting a datagram socket only fixes the peer: the route is looked up, and with it our own address.
static int __ip4_datagram_connect(const sock* sk, const sockaddr* uaddr, int addr_len) {
  KFUNC(__ip4_datagram_connect, sk, uaddr, addr_len);
  const auto* peer = skCast<sockaddr_in>(uaddr);
  if (addr_len < int(sizeof *peer)) return call.result(-EINVAL);
  if (peer->sin_family != AF_INET) return call.result(-EAFNOSUPPORT);
  sk_dst_reset(sk);
  const inet_sock* inet = inet_sk(sk);
  const flowi4* flow = &inet->cork.fl.u.ip4;
  const rtable* rt = routeFor(inet, journeyTo(inet, peer->sin_addr.s_addr), peer->sin_port, flow);
  if (IS_ERR(rt)) return call.result(static_cast<int>(PTR_ERR(rt)));
  const bool toEverybody = rt->rt_flags & RTCF_BROADCAST;
  if (toEverybody && !sock_flag(sk, SOCK_BROADCAST)) { // that must be asked for
    ip_rt_put(rt);
    return call.result(-EACCES);
  }
  takeSource(sk, flow->saddr);
  set(inet->inet_daddr, flow->daddr);
  set(inet->inet_dport, peer->sin_port);
  reuseport_has_conns_set(sk);
  set(sk->sk_state, TCP_ESTABLISHED);
  set(sk->sk_txhash, static_cast<u32>(machine().random()) | 1);
  atomic_set(&inet->inet_id, static_cast<u16>(machine().random()));
  sk_dst_set(sk, &rt->dst);
  return call.result(0);
}

int ip4_datagram_connect(const sock* sk, const sockaddr* uaddr, int addr_len) {
  KFUNC(ip4_datagram_connect, sk, uaddr, addr_len);
  lock_sock(sk);
  const int err = __ip4_datagram_connect(sk, uaddr, addr_len);
  release_sock(sk);
  return call.result(err);
}

} // namespace sockwalk::kernel
