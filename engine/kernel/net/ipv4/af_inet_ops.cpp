// The calls that every AF_INET socket shares: bind, getsockname, recvmsg, shutdown, ioctl; and the three tables by
// which the socket layer reaches them.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/errors.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

Global<proto_ops> inet_stream_ops{"inet_stream_ops"}, inet_dgram_ops{"inet_dgram_ops"};
Global<proto_ops> inet_sockraw_ops{"inet_sockraw_ops"};

// May a socket have this address as its own? One of ours, a group's or a broadcast's; any at all if somebody said so.
bool inet_addr_valid_or_nonlocal(const net* net, const inet_sock* inet, u32 addr, int addr_type) {
  if (net->ipv4.sysctl_ip_nonlocal_bind || inet->freebind || inet->transparent) return true;
  switch (addr_type) {
  case RTN_LOCAL:
  case RTN_BROADCAST:
  case RTN_MULTICAST: return true;
  default: return addr == INADDR_ANY;
  }
}

static u32 bindTable(const sock* sk) {
  const u32 table = l3mdev_fib_table_by_index(sock_net(sk), sk->sk_bound_dev_if);
  return table ? table : u32{RT_TABLE_LOCAL};
}

// The part of bind() that needs the socket's lock: the address is set first, since get_port() looks at it.
static int bindLocked(const sock* sk, u32 saddr, u16 snum, u32 type) {
  const inet_sock* inet = inet_sk(sk);
  if (sk->sk_state != TCP_CLOSE || inet->inet_num) return -EINVAL;
  set(inet->inet_saddr, type == RTN_MULTICAST || type == RTN_BROADCAST ? 0 : saddr);
  set(inet->inet_rcv_saddr, saddr);
  if (snum || !inet->bind_address_no_port) {
    if (const int err = sk->sk_prot->get_port(sk, snum)) {
      set(inet->inet_saddr, 0);
      set(inet->inet_rcv_saddr, 0);
      return err == 1 ? -EADDRINUSE : err;
    }
  }
  const int locks = (saddr ? SOCK_BINDADDR_LOCK : 0) | (snum ? SOCK_BINDPORT_LOCK : 0);
  set(sk, sock::bit::sk_userlocks, sk->sk_userlocks | locks);
  set(inet->inet_sport, htons(inet->inet_num));
  set(inet->inet_daddr, 0);
  set(inet->inet_dport, 0);
  sk_dst_reset(sk);
  return 0;
}

// The lowest ports are for well-known services: not for everybody (RFC 6335 6).
static bool portIsPrivileged(const net* net, u16 port) {
  return port && port < net->ipv4.sysctl_ip_prot_sock && !ns_capable(net->user_ns, CAP_NET_BIND_SERVICE);
}

int __inet_bind(const sock* sk, const sockaddr* uaddr, int addr_len, u32 flags) {
  KFUNC(__inet_bind, sk, uaddr, addr_len, flags);
  const auto* asked = skCast<sockaddr_in>(uaddr);
  const u32 address = asked->sin_addr.s_addr;
  const bool nowhere = asked->sin_family == AF_UNSPEC && address == INADDR_ANY; // old programs leave the family out
  if (asked->sin_family != AF_INET && !nowhere) return call.result(-EAFNOSUPPORT);
  const net* net = sock_net(sk);
  const u32 type = inet_addr_type_table(net, address, bindTable(sk));
  if (!inet_addr_valid_or_nonlocal(net, inet_sk(sk), address, static_cast<int>(type))) {
    NOTE("bind.not_local", address);
    return call.result(-EADDRNOTAVAIL);
  }
  const u16 port = ntohs(asked->sin_port);
  if (portIsPrivileged(net, port)) return call.result(-EACCES);
  const bool takeLock = flags & BIND_WITH_LOCK;
  if (takeLock) lock_sock(sk);
  const int err = bindLocked(sk, address, port, type);
  if (takeLock) release_sock(sk);
  return call.result(err);
}

int inet_bind(const socket* sock, const sockaddr* uaddr, int addr_len) {
  KFUNC(inet_bind, sock, uaddr, addr_len);
  SIMPLIFIED("no BPF program of the task's cgroup is asked, which might change the address or refuse it");
  const struct sock* sk = sock->sk;
  const proto* prot = sk->sk_prot;
  if (prot->bind) return call.result(prot->bind(sk, uaddr, addr_len)); // raw and ping sockets have their own way
  constexpr int Shortest = sizeof(sockaddr_in);
  return call.result(addr_len < Shortest ? -EINVAL : __inet_bind(sk, uaddr, addr_len, BIND_WITH_LOCK));
}

int inet_getname(const socket* sock, const sockaddr* uaddr, int peer) {
  KFUNC(inet_getname, sock, uaddr, peer);
  const struct sock* sk = sock->sk;
  const inet_sock* inet = inet_sk(sk);
  const auto* sin = skCast<sockaddr_in>(uaddr);
  fillBytes(sin, 0, sizeof *sin);
  set(sin->sin_family, AF_INET);
  lock_sock(sk);
  int result = sizeof *sin;
  if (peer) {
    const bool connecting = (1u << sk->sk_state) & (1u << TCP_CLOSE | 1u << TCP_SYN_SENT);
    if (!inet->inet_dport || (connecting && peer == 1)) {
      result = -ENOTCONN;
    } else {
      set(sin->sin_port, inet->inet_dport);
      set(sin->sin_addr.s_addr, inet->inet_daddr);
    }
  } else {
    set(sin->sin_port, inet->inet_sport);
    set(sin->sin_addr.s_addr, inet->inet_rcv_saddr ? inet->inet_rcv_saddr : inet->inet_saddr);
  }
  release_sock(sk);
  return call.result(result);
}

int inet_recvmsg(const socket* sock, const msghdr* msg, u64 size, int flags) {
  KFUNC(inet_recvmsg, sock, msg, size, flags);
  const struct sock* sk = sock->sk;
  s32 nameLength = 0;
  const int got = sk->sk_prot->recvmsg(sk, msg, size, flags, &nameLength);
  if (got >= 0) set(msg->msg_namelen, nameLength);
  return call.result(got);
}

// A connect() that did not wait is under way: did it succeed in the meantime?
static void settleConnecting(const socket* sock, const struct sock* sk) {
  constexpr u32 NotConnected = 1u << TCP_CLOSE | 1u << TCP_SYN_SENT | 1u << TCP_SYN_RECV;
  if (sock->state != SS_CONNECTING) return;
  set(sock->state, NotConnected >> sk->sk_state & 1 ? SS_DISCONNECTING : SS_CONNECTED);
}

// There is no connection yet: the attempt to make one, or the readiness for one, is given up.
static int giveUp(const socket* sock, const struct sock* sk) {
  const int err = sk->sk_prot->disconnect(sk, O_NONBLOCK);
  set(sock->state, err ? SS_DISCONNECTING : SS_UNCONNECTED);
  return err;
}

static int shutHalves(const socket* sock, const struct sock* sk, int halves) {
  const int before = sk->sk_state;
  if (before == TCP_SYN_SENT) return giveUp(sock, sk);
  if (before == TCP_LISTEN) return halves & RCV_SHUTDOWN ? giveUp(sock, sk) : 0;
  set(sk->sk_shutdown, sk->sk_shutdown | halves); // for a reader who sleeps, even where there is no connection
  if (sk->sk_prot->shutdown) sk->sk_prot->shutdown(sk, halves);
  return before == TCP_CLOSE ? -ENOTCONN : 0;
}

int inet_shutdown(const socket* sock, int how) {
  KFUNC(inet_shutdown, sock, how);
  const bool known = 0 <= how && how <= 2;
  if (!known) return call.result(-EINVAL);
  const int halves = how + 1; // SHUT_RD, SHUT_WR, SHUT_RDWR as bits
  const struct sock* sk = sock->sk;
  lock_sock(sk);
  settleConnecting(sock, sk);
  const int err = shutHalves(sock, sk, halves);
  sk->sk_state_change(sk); // whoever sleeps on the socket looks again
  release_sock(sk);
  return call.result(err);
}

int inet_ioctl(const socket* sock, u32 cmd, u64 arg) {
  KFUNC(inet_ioctl, sock, cmd, arg);
  SIMPLIFIED("interfaces, routes and ARP entries are not configured by ioctl");
  const auto& own = sock->sk->sk_prot->ioctl;
  return call.result(own ? own(sock->sk, static_cast<s32>(cmd), arg) : -ENOIOCTLCMD);
}

static void layShared(const proto_ops* ops) {
  set(ops->family, PF_INET);
  set(ops->release, fn<inet_release>);
  set(ops->bind, fn<inet_bind>);
  set(ops->connect, fn<inet_dgram_connect>);
  set(ops->socketpair, fn<sock_no_socketpair>);
  set(ops->accept, fn<sock_no_accept>);
  set(ops->getname, fn<inet_getname>);
  set(ops->poll, fn<udp_poll>);
  set(ops->ioctl, fn<inet_ioctl>);
  set(ops->gettstamp, fn<sock_gettstamp>);
  set(ops->listen, fn<sock_no_listen>);
  set(ops->shutdown, fn<inet_shutdown>);
  set(ops->setsockopt, fn<sock_common_setsockopt>);
  set(ops->getsockopt, fn<sock_common_getsockopt>);
  set(ops->sendmsg, fn<inet_sendmsg>);
  set(ops->recvmsg, fn<inet_recvmsg>);
  set(ops->mmap, fn<sock_no_mmap>);
  set(ops->sendpage, fn<inet_sendpage>);
}
void image_inet_ops() {
  for (const proto_ops* ops : {inet_stream_ops.get(), inet_dgram_ops.get(), inet_sockraw_ops.get()}) layShared(ops);
  set(inet_sockraw_ops->poll, fn<datagram_poll>);
  set(inet_stream_ops->connect, fn<inet_stream_connect>);
  set(inet_stream_ops->accept, fn<inet_accept>);
  set(inet_stream_ops->listen, fn<inet_listen>);
  set(inet_stream_ops->poll, fn<tcp_poll>);
  set(inet_stream_ops->set_rcvlowat, fn<tcp_set_rcvlowat>);
  set(inet_stream_ops->peek_len, fn<tcp_peek_len>);
  set(inet_dgram_ops->set_peek_off, fn<sk_set_peek_off>);
  set(inet_stream_ops->mmap, unbuilt<"tcp_mmap">);
  set(inet_stream_ops->splice_read, unbuilt<"tcp_splice_read">);
  set(inet_stream_ops->read_sock, unbuilt<"tcp_read_sock">);
  set(inet_stream_ops->read_skb, unbuilt<"tcp_read_skb">);
  set(inet_stream_ops->sendmsg_locked, fn<tcp_sendmsg_locked>);
  set(inet_stream_ops->sendpage_locked, unbuilt<"tcp_sendpage_locked">);
  set(inet_dgram_ops->read_skb, unbuilt<"udp_read_skb">);
}

} // namespace sockwalk::kernel
