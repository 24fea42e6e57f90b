// Ping sockets: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) sends echo requests and receives the replies without root's
// power, for groups that net.ipv4.ping_group_range allows. The echo identifier is the local port.
#include "engine/kernel/include/net/ping.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/datagram_internal.h"
#include "engine/kernel/net/ipv4/ping_internal.h"

namespace sockwalk::kernel {

Global<proto> ping_prot{"ping_prot"};
Global<struct ping_table> ping_table{"ping_table"};
static Global<u16> ping_port_rover{"ping_port_rover"};

static bool identTaken(const sock* sk, u16 ident, bool mayShare) {
  for (const sock* sk2 = sk_head(ping_hashslot(sock_net(sk), ident)); sk2; sk2 = sk_next(sk2))
    if (inet_sk(sk2)->inet_num == ident && sk2 != sk && !(mayShare && sk2->sk_reuse && sk->sk_reuse)) return true;
  return false;
}

int ping_get_port(const sock* sk, u16 ident) {
  KFUNC(ping_get_port, sk, ident);
  if (!ident) { // the next free one after the last that was given out
    u16 next = *ping_port_rover;
    u32 tries = 0;
    do {
      if (!++next) next = 1;
      if (++tries > 65536) return call.result(-EADDRINUSE);
    } while (identTaken(sk, next, false));
    set(*ping_port_rover, next);
    ident = next;
  } else if (identTaken(sk, ident, true)) {
    return call.result(-EADDRINUSE);
  }
  set(inet_sk(sk)->inet_num, ident);
  if (sk_unhashed(sk)) {
    sk_add_node(sk, ping_hashslot(sock_net(sk), ident));
    sock_set_flag(sk, SOCK_RCU_FREE);
    sock_prot_inuse_add(sock_net(sk), sk->sk_prot, 1);
  }
  return call.result(0);
}

void ping_unhash(const sock* sk) {
  KFUNC(ping_unhash, sk);
  const bool wasThere = sk_del_node_init(sk);
  if (!wasThere) return;
  for (const u16* port : {&inet_sk(sk)->inet_num, &inet_sk(sk)->inet_sport}) set(*port, 0);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
}

static int ping_init_sock(const sock* sk) {
  KFUNC(ping_init_sock, sk);
  SIMPLIFIED("only the task's own group is looked at, not its supplementary ones");
  const auto& range = sock_net(sk)->ipv4.ping_group_range.range;
  const u32 ownGroup = current_cred()->egid.val;
  const bool allowed = range[0].val <= ownGroup && ownGroup <= range[1].val;
  if (!allowed) NOTE("ping.group_refused", ownGroup, range[0].val, range[1].val);
  return call.result(allowed ? 0 : -EACCES);
}

static void ping_close(const sock* sk, s64 timeout) {
  KFUNC(ping_close, sk, timeout);
  sk_common_release(sk);
}

static int ping_check_bind_addr(const sock* sk, const sockaddr_in* addr, s32 addr_len) {
  if (addr_len < static_cast<s32>(sizeof *addr)) return -EINVAL;
  const u32 asked = addr->sin_addr.s_addr;
  const bool any = asked == INADDR_ANY, familyLeftOut = any && addr->sin_family == AF_UNSPEC;
  if (addr->sin_family != AF_INET && !familyLeftOut) return -EAFNOSUPPORT;
  if (any) return 0;
  const u32 ofDevice = l3mdev_fib_table_by_index(sock_net(sk), sk->sk_bound_dev_if);
  const u32 type = inet_addr_type_table(sock_net(sk), asked, ofDevice ? ofDevice : u32{RT_TABLE_LOCAL});
  return type == RTN_LOCAL ? 0 : -EADDRNOTAVAIL;
}

static int ping_bind(const sock* sk, const sockaddr* uaddr, s32 addr_len) {
  KFUNC(ping_bind, sk, uaddr, addr_len);
  const inet_sock* inet = inet_sk(sk);
  const sockaddr_in* addr = skCast<sockaddr_in>(uaddr);
  if (const int err = ping_check_bind_addr(sk, addr, addr_len)) return call.result(err);
  lock_sock(sk);
  const u16 askedPort = ntohs(addr->sin_port);
  int err = inet->inet_num ? -EINVAL : ping_get_port(sk, askedPort) ? -EADDRINUSE : 0;
  if (!err) {
    set(inet->inet_rcv_saddr, addr->sin_addr.s_addr);
    set(inet->inet_saddr, addr->sin_addr.s_addr);
    const int locks = (inet->inet_rcv_saddr ? SOCK_BINDADDR_LOCK : 0) | (askedPort ? SOCK_BINDPORT_LOCK : 0);
    set(sk, sock::bit::sk_userlocks, sk->sk_userlocks | locks);
    set(inet->inet_sport, htons(inet->inet_num));
    set(inet->inet_daddr, 0);
    set(inet->inet_dport, 0);
    sk_dst_reset(sk);
  }
  release_sock(sk);
  return call.result(err);
}

// The reply from its ICMP header on, or as much of it as there is room for.
static int handOver(const sock* sk, const sk_buff* skb, const msghdr* msg, u64 len, s32* addr_len) {
  const u64 whole = skb->len, taken = std::min(whole, len);
  if (taken < whole) set(msg->msg_flags, msg->msg_flags | MSG_TRUNC);
  if (const int err = skb_copy_datagram_msg(skb, 0, msg, static_cast<int>(taken))) return err;
  sock_recv_timestamp(msg, sk, skb);
  if (inet_sk(sk)->cmsg_flags) ip_cmsg_recv_offset(msg, sk, skb, 0, 0);
  giveSource(skb, msg, addr_len);
  return static_cast<int>(taken);
}

int ping_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len) {
  KFUNC(ping_recvmsg, sk, msg, len, flags);
  if (flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  const bool errors = static_cast<u32>(flags) & MSG_ERRQUEUE;
  if (errors) return call.result(inet_recv_error(sk, msg, static_cast<int>(len), addr_len));
  int got;
  if (const sk_buff* skb = skb_recv_datagram(sk, static_cast<u32>(flags), &got)) {
    got = handOver(sk, skb, msg, len, addr_len);
    skb_free_datagram(sk, skb);
  }
  return call.result(got);
}

void image_ping() {
  setBytes(ping_prot->name, "PING", 4);
  set(ping_prot->init, fn<ping_init_sock>);
  set(ping_prot->close, fn<ping_close>);
  set(ping_prot->connect, fn<ip4_datagram_connect>);
  set(ping_prot->disconnect, fn<__udp_disconnect>);
  set(ping_prot->setsockopt, fn<ip_setsockopt>);
  set(ping_prot->getsockopt, fn<ip_getsockopt>);
  set(ping_prot->sendmsg, fn<ping_v4_sendmsg>);
  set(ping_prot->recvmsg, fn<ping_recvmsg>);
  set(ping_prot->bind, fn<ping_bind>);
  set(ping_prot->backlog_rcv, fn<ping_queue_rcv_skb>);
  set(ping_prot->release_cb, fn<ip4_datagram_release_cb>);
  set(ping_prot->hash, unbuilt<"ping_hash">);
  set(ping_prot->unhash, fn<ping_unhash>);
  set(ping_prot->get_port, fn<ping_get_port>);
  set(ping_prot->put_port, fn<ping_unhash>);
  set(ping_prot->obj_size, sizeof(inet_sock));
}
void ping_init() { KFUNC(ping_init); }

} // namespace sockwalk::kernel
