// L2TP over IP (protocol 115): sockets by which programs exchange the control messages of tunnels. A module: it comes when
// somebody asks for such a socket. Each packet begins with a session's number; 0 is the control channel, and only that is
// for programs. Source: net/l2tp/l2tp_ip.c.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/kernel/module/files.h"
#include "engine/kernel/net/ipv4/datagram_internal.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

namespace {

Global<proto> l2tp_ip_prot{"l2tp_ip_prot"};
Global<proto_ops> l2tp_ip_ops{"l2tp_ip_ops"};
Global<inet_protosw> l2tp_ip_protosw{"l2tp_ip_protosw"};
Global<net_protocol> l2tp_ip_protocol{"l2tp_ip_protocol"};
Global<hlist_head> l2tp_ip_table{"l2tp_ip_table"};           // sockets that have no address yet
Global<hlist_head> l2tp_ip_bind_table{"l2tp_ip_bind_table"}; // those that can receive

const l2tp_ip_sock* l2tp_ip_sk(const sock* sk) { return skCast<l2tp_ip_sock>(sk); }
const sock* boundSock(const hlist_node* n) { return n ? container_of(n, sock, __sk_common.skc_bind_node) : nullptr; }

// ---- a socket's life
int l2tp_ip_hash(const sock* sk) {
  KFUNC(l2tp_ip_hash, sk);
  if (sk_unhashed(sk)) sk_add_node(sk, l2tp_ip_table);
  return call.result(0);
}
void l2tp_ip_unhash(const sock* sk) {
  KFUNC(l2tp_ip_unhash, sk);
  sk_del_node_init(sk);
}
// There are no ports. A number in the port's place keeps others from choosing one.
int l2tp_ip_open(const sock* sk) {
  KFUNC(l2tp_ip_open, sk);
  set(inet_sk(sk)->inet_num, IPPROTO_L2TP);
  l2tp_ip_hash(sk);
  return call.result(0);
}
void l2tp_ip_close(const sock* sk, s64 timeout) {
  KFUNC(l2tp_ip_close, sk, timeout);
  hlist_del_init(&sk->sk_bind_node);
  sk_del_node_init(sk);
  sk_common_release(sk);
}
void l2tp_ip_destroy_sock(const sock* sk) {
  KFUNC(l2tp_ip_destroy_sock, sk);
  SIMPLIFIED("no tunnel hangs on the socket");
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_write_queue)) kfree_skb(skb);
}

// ---- addresses: an IP address and the number of a connection
const sock* __l2tp_ip_bind_lookup(const net* net, u32 laddr, u32 raddr, int dif, u32 tunnel_id) {
  const auto open = [](u32 mine, u32 theirs) { return !mine || !theirs || mine == theirs; };
  const auto takes = [&](const sock* sk) {
    const inet_sock* inet = inet_sk(sk);
    return sock_net(sk) == net && open(u32(sk->sk_bound_dev_if), u32(dif)) && open(inet->inet_rcv_saddr, laddr) &&
           open(inet->inet_daddr, raddr) && l2tp_ip_sk(sk)->conn_id == tunnel_id;
  };
  const sock* sk = boundSock(l2tp_ip_bind_table->first);
  while (sk && !takes(sk)) sk = boundSock(sk->sk_bind_node.next);
  return sk;
}

int place(const sock* sk, const sockaddr_l2tpip* addr) {
  const u32 own = addr->l2tp_addr.s_addr;
  const u32 kind = inet_addr_type(sock_net(sk), own);
  const bool group = kind == RTN_MULTICAST || kind == RTN_BROADCAST;
  if (!sock_flag(sk, SOCK_ZAPPED) || sk->sk_state != TCP_CLOSE) return -EINVAL; // it has one already
  if (own && kind != RTN_LOCAL && !group) return -EADDRNOTAVAIL;
  const inet_sock* inet = inet_sk(sk);
  if (own) set(inet->inet_rcv_saddr, own);
  if (own || group) set(inet->inet_saddr, group ? 0 : own);
  if (__l2tp_ip_bind_lookup(sock_net(sk), own, 0, sk->sk_bound_dev_if, addr->l2tp_conn_id)) return -EADDRINUSE;
  sk_dst_reset(sk);
  set(l2tp_ip_sk(sk)->conn_id, addr->l2tp_conn_id);
  hlist_add_head(&sk->sk_bind_node, l2tp_ip_bind_table);
  sk_del_node_init(sk);
  sock_reset_flag(sk, SOCK_ZAPPED);
  return 0;
}
int l2tp_ip_bind(const sock* sk, const sockaddr* uaddr, s32 addr_len) {
  KFUNC(l2tp_ip_bind, sk, uaddr, addr_len);
  const auto* addr = skCast<sockaddr_l2tpip>(uaddr);
  const bool whole = addr_len >= int(sizeof *addr) && addr->l2tp_family == AF_INET;
  if (!whole) return call.result(-EINVAL);
  lock_sock(sk);
  const int ret = place(sk, addr);
  release_sock(sk);
  return call.result(ret);
}
int l2tp_ip_getname(const socket* sock, const sockaddr* uaddr, s32 peer) {
  KFUNC(l2tp_ip_getname, sock, uaddr, peer);
  const l2tp_ip_sock* own = l2tp_ip_sk(sock->sk);
  const inet_sock* inet = &own->inet;
  if (peer && !inet->inet_dport) return call.result(-ENOTCONN);
  const auto* name = skCast<sockaddr_l2tpip>(uaddr);
  fillBytes(name, 0, sizeof *name);
  set(name->l2tp_family, AF_INET);
  set(name->l2tp_conn_id, peer ? own->peer_conn_id : own->conn_id);
  set(name->l2tp_addr.s_addr, peer                   ? u32(inet->inet_daddr)
                              : inet->inet_rcv_saddr ? u32(inet->inet_rcv_saddr)
                                                     : u32(inet->inet_saddr));
  return call.result(static_cast<int>(sizeof *name));
}

// ---- sending: four zero bytes, the number of the control channel, then what the program wrote
const sk_buff* build(const sock* sk, const msghdr* msg, u64 len, int* err) {
  constexpr u32 Front = 2 + NET_SKB_PAD, Session = 4; // the 2 put the IP header on an address that four divides
  *err = -ENOMEM;
  const sk_buff* skb = sock_wmalloc(sk, Front + sizeof(iphdr) + Session + len, false, GFP_KERNEL);
  if (!skb) return nullptr;
  skb_reserve(skb, Front);
  skb_reset_network_header(skb);
  skb_reserve(skb, sizeof(iphdr));
  skb_reset_transport_header(skb);
  fillBytes(skb_put(skb, Session), 0, Session);
  const u8* room = skb_put(skb, static_cast<u32>(len));
  if (copy_from_iter_full(room, static_cast<u32>(len), &msg->msg_iter)) return skb;
  *err = -EFAULT;
  kfree_skb(skb);
  return nullptr;
}
int destination(const msghdr* msg, u32* daddr) {
  const auto* to = skCast<sockaddr_l2tpip>(msg->msg_name.get());
  if (!to) return -EDESTADDRREQ;
  if (msg->msg_namelen < int(sizeof *to)) return -EINVAL;
  if (to->l2tp_family != AF_INET && to->l2tp_family != AF_UNSPEC) return -EAFNOSUPPORT;
  *daddr = to->l2tp_addr.s_addr;
  return 0;
}
int sendTo(const sock* sk, const msghdr* msg, u64 len) {
  u32 daddr = 0;
  if (sock_flag(sk, SOCK_DEAD)) return -ENOTCONN;
  if (const int bad = destination(msg, &daddr)) return bad;
  int err;
  const sk_buff* skb = build(sk, msg, len, &err);
  if (!skb) return err;
  const inet_sock* inet = inet_sk(sk);
  const flowi* flow = &inet->cork.fl;
  const u8 tos = static_cast<u8>((inet->tos & IPTOS_TOS_MASK) | (sock_flag(sk, SOCK_LOCALROUTE) ? RTO_ONLINK : 0));
  const rtable* rt =
      ip_route_output_ports(sock_net(sk), &flow->u.ip4, sk, daddr, inet->inet_saddr, inet->inet_dport, inet->inet_sport,
                            static_cast<u8>(sk->sk_protocol), tos, sk->sk_bound_dev_if);
  if (IS_ERR(rt)) return kfree_skb(skb), -EHOSTUNREACH;
  skb_dst_set(skb, &rt->dst);
  err = ip_queue_xmit(sk, skb, flow);
  return err < 0 ? err : static_cast<int>(len);
}
int l2tp_ip_sendmsg(const sock* sk, const msghdr* msg, u64 len) {
  KFUNC(l2tp_ip_sendmsg, sk, msg, len);
  lock_sock(sk);
  const int sent = sendTo(sk, msg, len);
  release_sock(sk);
  return call.result(sent);
}

// ---- receiving
int l2tp_ip_backlog_recv(const sock* sk, const sk_buff* skb) {
  KFUNC(l2tp_ip_backlog_recv, sk, skb);
  skb_drop_reason reason;
  if (sock_queue_rcv_skb_reason(sk, skb, &reason) < 0) kfree_skb(skb);
  return call.result(0);
}

int l2tp_ip_recv(const sk_buff* skb) {
  KFUNC(l2tp_ip_recv, skb);
  SIMPLIFIED("there are no sessions (l2tp_core): what is not of the control channel is dropped");
  constexpr u32 Session = 4, Control = 12, TypeAndLength = 0xc0; // of a control message's first byte
  const auto discard = [&] { return kfree_skb(skb), call.result(0); };
  u32 session;
  if (!pskb_may_pull(skb, Session)) return discard();
  std::memcpy(&session, skb->data.get(), sizeof session);
  if (session) return discard();
  __skb_pull(skb, Session);
  if (!pskb_may_pull(skb, Control)) return discard();
  if ((skb->data.get()[0] & TypeAndLength) != TypeAndLength) return discard();
  u32 tunnel;
  std::memcpy(&tunnel, skb->data.get() + 4, sizeof tunnel);
  const iphdr* iph = ip_hdr(skb);
  const sock* sk = __l2tp_ip_bind_lookup(dev_net(skb->dev), iph->daddr, iph->saddr, skb->skb_iif, ntohl(tunnel));
  if (!sk) return discard();
  sock_hold(sk);
  return call.result(__sk_receive_skb(sk, skb, 1, 1, true));
}

int l2tp_ip_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len) {
  KFUNC(l2tp_ip_recvmsg, sk, msg, len, flags);
  if (flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  int got;
  const sk_buff* skb = skb_recv_datagram(sk, static_cast<u32>(flags), &got);
  if (!skb) return call.result(got);
  const u64 whole = skb->len, taken = std::min(whole, len);
  if (taken < whole) set(msg->msg_flags, msg->msg_flags | MSG_TRUNC);
  got = skb_copy_datagram_msg(skb, 0, msg, static_cast<int>(taken));
  if (!got) {
    sock_recv_timestamp(msg, sk, skb);
    giveSource(skb, msg, addr_len);
    got = static_cast<int>(flags & MSG_TRUNC ? whole : taken);
  }
  skb_free_datagram(sk, skb);
  return call.result(got);
}

int l2tp_ioctl(const sock* sk, s32 cmd, u64 arg) {
  KFUNC(l2tp_ioctl, sk, cmd, arg);
  if (cmd == SIOCOUTQ) return call.result(put_user(sk_wmem_alloc_get(sk), arg));
  if (cmd != SIOCINQ) return call.result(-ENOIOCTLCMD);
  const sk_buff* first = skb_peek(&sk->sk_receive_queue);
  return call.result(put_user(first ? static_cast<s32>(first->len) : 0, arg));
}

// ---- the module
int l2tp_ip_init() {
  KFUNC(l2tp_ip_init);
  if (const int err = proto_register(l2tp_ip_prot, 1)) return call.result(err);
  if (const int err = inet_add_protocol(l2tp_ip_protocol, IPPROTO_L2TP)) {
    proto_unregister(l2tp_ip_prot);
    return call.result(err);
  }
  inet_register_protosw(l2tp_ip_protosw);
  return call.result(0);
}
void l2tp_ip_exit() {
  KFUNC(l2tp_ip_exit);
  inet_unregister_protosw(l2tp_ip_protosw);
  inet_del_protocol(l2tp_ip_protocol, IPPROTO_L2TP);
  proto_unregister(l2tp_ip_prot);
}

void layProto(const proto* prot) {
  setBytes(prot->name, "L2TP/IP", 7);
  set(prot->init, fn<l2tp_ip_open>);
  set(prot->close, fn<l2tp_ip_close>);
  set(prot->bind, fn<l2tp_ip_bind>);
  set(prot->connect, unbuilt<"l2tp_ip_connect">);
  set(prot->disconnect, unbuilt<"l2tp_ip_disconnect">);
  set(prot->ioctl, fn<l2tp_ioctl>);
  set(prot->destroy, fn<l2tp_ip_destroy_sock>);
  set(prot->setsockopt, fn<ip_setsockopt>);
  set(prot->getsockopt, fn<ip_getsockopt>);
  set(prot->sendmsg, fn<l2tp_ip_sendmsg>);
  set(prot->recvmsg, fn<l2tp_ip_recvmsg>);
  set(prot->backlog_rcv, fn<l2tp_ip_backlog_recv>);
  set(prot->hash, fn<l2tp_ip_hash>);
  set(prot->unhash, fn<l2tp_ip_unhash>);
  set(prot->obj_size, sizeof(l2tp_ip_sock));
}
// Those of a UDP socket, but for the few that are its own.
void layOps(const proto_ops* ops) {
  copy(ops, inet_dgram_ops.get());
  set(ops->getname, fn<l2tp_ip_getname>);
  set(ops->poll, fn<datagram_poll>);
  set(ops->recvmsg, fn<sock_common_recvmsg>);
  set(ops->sendpage, fn<sock_no_sendpage>);
  set(ops->set_peek_off, nullptr);
  set(ops->read_skb, nullptr);
}
void image(const struct module* owner) {
  layProto(l2tp_ip_prot);
  layOps(l2tp_ip_ops);
  set(l2tp_ip_prot->owner, owner);
  set(l2tp_ip_ops->owner, owner);
  set(l2tp_ip_protosw->type, SOCK_DGRAM);
  set(l2tp_ip_protosw->protocol, IPPROTO_L2TP);
  set(l2tp_ip_protosw->prot, l2tp_ip_prot);
  set(l2tp_ip_protosw->ops, l2tp_ip_ops);
  set(l2tp_ip_protocol->handler, fn<l2tp_ip_recv>);
}
void functions(const struct module* mod) {
  set(mod->init, fn<l2tp_ip_init>);
  set(mod->exit, fn<l2tp_ip_exit>);
}

} // namespace

ModuleFile l2tpIpFile() {
  static constexpr std::string_view Aliases[] = {"net-pf-2-proto-115-type-2", "net-pf-2-proto-115"};
  return {"l2tp_ip", Aliases, image, functions};
}

} // namespace sockwalk::kernel
