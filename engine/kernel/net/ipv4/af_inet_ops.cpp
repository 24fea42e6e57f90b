// The calls that every AF_INET socket shares: bind, getsockname, recvmsg, shutdown, ioctl; and the three tables by
// which the socket layer reaches them.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_init.h"
#include "engine/kernel/include/net/inet_send.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/tcp_calls.h"

namespace sockwalk::kernel {

Global<proto_ops> inet_stream_ops{"inet_stream_ops"}, inet_dgram_ops{"inet_dgram_ops"};
Global<proto_ops> inet_sockraw_ops{"inet_sockraw_ops"};
constexpr u32 BIND_WITH_LOCK = 2;

bool inet_addr_valid_or_nonlocal(const net* net, const inet_sock* inet, u32 addr, int addr_type) {
  return net->ipv4.sysctl_ip_nonlocal_bind || inet->freebind || inet->transparent || addr == INADDR_ANY ||
         addr_type == RTN_LOCAL || addr_type == RTN_MULTICAST || addr_type == RTN_BROADCAST;
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

int __inet_bind(const sock* sk, const sockaddr* uaddr, int addr_len, u32 flags) {
  KFUNC(__inet_bind, sk, uaddr, addr_len, flags);
  const auto* addr = skCast<sockaddr_in>(uaddr);
  const u32 saddr = addr->sin_addr.s_addr;
  if (addr->sin_family != AF_INET && (addr->sin_family != AF_UNSPEC || saddr != INADDR_ANY))
    return call.result(-EAFNOSUPPORT);
  const u32 type = inet_addr_type_table(sock_net(sk), saddr, bindTable(sk));
  if (!inet_addr_valid_or_nonlocal(sock_net(sk), inet_sk(sk), saddr, static_cast<int>(type))) {
    NOTE("bind.not_local", saddr);
    return call.result(-EADDRNOTAVAIL);
  }
  const u16 snum = ntohs(addr->sin_port);
  if (snum && snum < sock_net(sk)->ipv4.sysctl_ip_prot_sock && !ns_capable(sock_net(sk)->user_ns, CAP_NET_BIND_SERVICE))
    return call.result(-EACCES);
  if (flags & BIND_WITH_LOCK) lock_sock(sk);
  const int err = bindLocked(sk, saddr, snum, type);
  if (flags & BIND_WITH_LOCK) release_sock(sk);
  return call.result(err);
}

int inet_bind(const socket* sock, const sockaddr* uaddr, int addr_len) {
  KFUNC(inet_bind, sock, uaddr, addr_len);
  const struct sock* sk = sock->sk;
  if (sk->sk_prot->bind) return call.result(sk->sk_prot->bind(sk, uaddr, addr_len));
  if (addr_len < static_cast<int>(sizeof(sockaddr_in))) return call.result(-EINVAL);
  return call.result(__inet_bind(sk, uaddr, addr_len, BIND_WITH_LOCK));
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
  s32 addr_len = 0;
  const int err = sock->sk->sk_prot->recvmsg(sock->sk, msg, size, flags, &addr_len);
  if (err >= 0) set(msg->msg_namelen, addr_len);
  return call.result(err);
}

int inet_shutdown(const socket* sock, int how) {
  KFUNC(inet_shutdown, sock, how);
  const struct sock* sk = sock->sk;
  ++how; // SHUT_RD, SHUT_WR, SHUT_RDWR as bits
  if ((how & ~SHUTDOWN_MASK) || !how) return call.result(-EINVAL);
  lock_sock(sk);
  if (sock->state == SS_CONNECTING)
    set(sock->state,
        1 << sk->sk_state & (1 << TCP_SYN_SENT | 1 << TCP_SYN_RECV | 1 << TCP_CLOSE) ? SS_DISCONNECTING : SS_CONNECTED);
  int err = sk->sk_state == TCP_CLOSE ? -ENOTCONN : 0;
  const bool listening = sk->sk_state == TCP_LISTEN;
  if (sk->sk_state == TCP_SYN_SENT || (listening && how & RCV_SHUTDOWN)) {
    err = sk->sk_prot->disconnect(sk, O_NONBLOCK);
    set(sock->state, err ? SS_DISCONNECTING : SS_UNCONNECTED);
  } else if (!listening) {
    set(sk->sk_shutdown, sk->sk_shutdown | how); // for a reader who sleeps, even where there is no connection
    if (sk->sk_prot->shutdown) sk->sk_prot->shutdown(sk, how);
  }
  sk->sk_state_change(sk);
  release_sock(sk);
  return call.result(err);
}

int inet_ioctl(const socket* sock, u32 cmd, u64 arg) {
  KFUNC(inet_ioctl, sock, cmd, arg);
  SIMPLIFIED("interfaces, routes and ARP entries are not configured by ioctl");
  const struct sock* sk = sock->sk;
  return call.result(sk->sk_prot->ioctl ? sk->sk_prot->ioctl(sk, static_cast<s32>(cmd), arg) : -515 /* ENOIOCTLCMD */);
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
  set(ops->mmap, unbuilt<"sock_no_mmap">);
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
}

} // namespace sockwalk::kernel
