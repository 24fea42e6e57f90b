// AF_INET sockets that send or connect get a local port first, if they have none.
#include "engine/kernel/include/net/inet_send.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/sock_reuseport.h"

namespace sockwalk::kernel {

static int inet_autobind(const sock* sk) {
  KFUNC(inet_autobind, sk);
  const inet_sock* inet = inet_sk(sk);
  lock_sock(sk);
  if (!inet->inet_num) {
    if (sk->sk_prot->get_port(sk, 0)) {
      release_sock(sk);
      return call.result(-EAGAIN);
    }
    set(inet->inet_sport, htons(inet->inet_num));
    NOTE("inet.autobind", inet->inet_num);
  }
  release_sock(sk);
  return call.result(0);
}

int inet_send_prepare(const sock* sk) {
  KFUNC(inet_send_prepare, sk);
  if (!inet_sk(sk)->inet_num && !sk->sk_prot->no_autobind && inet_autobind(sk)) return call.result(-EAGAIN);
  return call.result(0);
}

int inet_sendmsg(const socket* sock, const msghdr* msg, u64 size) {
  KFUNC(inet_sendmsg, sock, msg, size);
  const struct sock* sk = sock->sk;
  if (inet_send_prepare(sk)) return call.result(-EAGAIN);
  return call.result(sk->sk_prot->sendmsg(sk, msg, size));
}

int inet_dgram_connect(const socket* sock, const sockaddr* uaddr, int addr_len, int flags) {
  KFUNC(inet_dgram_connect, sock, uaddr, addr_len, flags);
  const struct sock* sk = sock->sk;
  if (addr_len < 2) return call.result(-EINVAL);
  if (uaddr->sa_family == AF_UNSPEC) return call.result(sk->sk_prot->disconnect(sk, flags));
  if (sk->sk_prot->pre_connect) {
    if (const int err = sk->sk_prot->pre_connect(sk, uaddr, addr_len)) return call.result(err);
  }
  if (!inet_sk(sk)->inet_num && inet_autobind(sk)) return call.result(-EAGAIN);
  return call.result(sk->sk_prot->connect(sk, uaddr, addr_len));
}

// ---- the route that a connected socket remembers
const dst_entry* sk_dst_check(const sock* sk, u32 cookie) {
  KFUNC(sk_dst_check, sk, cookie);
  const dst_entry* dst = sk->sk_dst_cache;
  if (dst && !dst_hold_safe(dst)) dst = nullptr;
  if (dst && dst->obsolete && !dst->ops->check(dst, cookie)) {
    sk_dst_reset(sk);
    dst_release(dst);
    return call.result<const dst_entry*>(nullptr);
  }
  return call.result(dst);
}
void sk_dst_set(const sock* sk, const dst_entry* dst) {
  sk_tx_queue_clear(sk);
  const dst_entry* old = sk->sk_dst_cache;
  set(sk->sk_dst_cache, dst);
  dst_release(old);
}

u8 inet_sk_flowi_flags(const sock* sk) { return inet_sk(sk)->transparent ? FLOWI_FLAG_ANYSRC : 0; }

// Connecting a datagram socket only fixes the peer: the route is looked up, and with it our own address.
static int __ip4_datagram_connect(const sock* sk, const sockaddr* uaddr, int addr_len) {
  KFUNC(__ip4_datagram_connect, sk, uaddr, addr_len);
  const inet_sock* inet = inet_sk(sk);
  const auto* usin = skCast<sockaddr_in>(uaddr);
  if (addr_len < int(sizeof *usin)) return call.result(-EINVAL);
  if (usin->sin_family != AF_INET) return call.result(-EAFNOSUPPORT);
  sk_dst_reset(sk);
  const u32 daddr = usin->sin_addr.s_addr;
  u32 saddr = inet->inet_saddr;
  int oif = sk->sk_bound_dev_if;
  if (ipv4_is_multicast(daddr)) {
    if (!oif) oif = inet->mc_index;
    if (!saddr) saddr = inet->mc_addr;
  } else if (!oif) {
    oif = inet->uc_index;
  }
  const flowi4* fl4 = &inet->cork.fl.u.ip4;
  const u8 tos = (inet->tos & IPTOS_RT_MASK) | (sock_flag(sk, SOCK_LOCALROUTE) ? RTO_ONLINK : 0);
  flowi4_init_output(fl4, oif, sk->sk_mark, tos, RT_SCOPE_UNIVERSE, sk->sk_protocol, inet_sk_flowi_flags(sk), daddr,
                     saddr, usin->sin_port, inet->inet_sport, sk->sk_uid.val);
  const net* net = sock_net(sk);
  if (!daddr || !saddr) { // the first look-up fills in what was open
    const rtable* first = ip_route_output_key_hash(net, fl4, nullptr);
    if (IS_ERR(first)) return call.result(static_cast<int>(PTR_ERR(first)));
    ip_rt_put(first);
    flowi4_update_output(fl4, oif, tos, fl4->daddr, fl4->saddr);
  }
  security_sk_classify_flow(sk, &fl4->__fl_common);
  const rtable* rt = ip_route_output_flow(net, fl4, sk);
  if (IS_ERR(rt)) return call.result(static_cast<int>(PTR_ERR(rt)));
  if (rt->rt_flags & RTCF_BROADCAST && !sock_flag(sk, SOCK_BROADCAST)) return ip_rt_put(rt), call.result(-EACCES);
  if (!inet->inet_saddr) set(inet->inet_saddr, fl4->saddr);
  if (!inet->inet_rcv_saddr) {
    set(inet->inet_rcv_saddr, fl4->saddr);
    if (sk->sk_prot->rehash) sk->sk_prot->rehash(sk);
  }
  set(inet->inet_daddr, fl4->daddr);
  set(inet->inet_dport, usin->sin_port);
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
