// UDP sockets: birth, ports, the two hash tables, death.
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/raw.h"
#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/include/net/udplite.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/udp_impl.h"
#include "engine/kernel/net/ipv4/udp_internal.h"
#include "engine/memory/constants/udp.h"
#include <bitset>

namespace sockwalk::kernel {

constexpr u32 PORTS_PER_CHAIN = 65536 / UDP_HTABLE_SIZE;

Global<proto> udp_prot{"udp_prot"};
Global<struct udp_table> udp_table{"udp_table"}, udplite_table{"udplite_table"};

// ---- birth and death
static void udp_destruct_common(const sock* sk) {
  KFUNC(udp_destruct_common, sk);
  const sk_buff_head* unread = &udp_sk(sk)->reader_queue;
  skb_queue_splice_tail_init(&sk->sk_receive_queue, unread);
  int freed = 0;
  while (const sk_buff* skb = __skb_dequeue(unread)) {
    freed += static_cast<int>(skb->truesize);
    kfree_skb(skb);
  }
  udp_rmem_release(sk, freed, 0, true);
}
static void udp_destruct_sock(const sock* sk) {
  KFUNC(udp_destruct_sock, sk);
  udp_destruct_common(sk);
  inet_sock_destruct(sk);
}

int udp_init_sock(const sock* sk) {
  KFUNC(udp_init_sock, sk);
  skb_queue_head_init(&udp_sk(sk)->reader_queue);
  set(sk->sk_destruct, fn<udp_destruct_sock>);
  set(sk->sk_socket->flags, sk->sk_socket->flags | 1ull << SOCK_SUPPORT_ZC);
  return call.result(0);
}

static void udp_destroy_sock(const sock* sk) {
  KFUNC(udp_destroy_sock, sk);
  const bool contended = __lock_sock_fast(sk);
  sock_set_flag(sk, SOCK_DEAD);
  if (udp_sk(sk)->pending) {
    set(udp_sk(sk)->len, 0);
    set(udp_sk(sk)->pending, 0);
    ip_flush_pending_frames(sk);
  }
  unlock_sock_fast(sk, contended);
}

void udp_lib_close(const sock* sk, s64) { sk_common_release(sk); }
int udp_lib_hash(const sock* sk) {
  KFUNC(udp_lib_hash, sk);
  INLINED();
  panic("udp_lib_hash: UDP sockets are hashed by get_port");
}

// ---- ports
u32 sock_i_uid(const sock* sk) {
  KFUNC(sock_i_uid, sk);
  return call.result(sk->sk_socket.get() ? SOCK_INODE(sk->sk_socket)->i_uid.val : 0u);
}

bool inet_rcv_saddr_equal(const sock* sk, const sock* sk2, bool match_wildcard) {
  KFUNC(inet_rcv_saddr_equal, sk, sk2, match_wildcard);
  const u32 a = inet_sk(sk)->inet_rcv_saddr, b = inet_sk(sk2)->inet_rcv_saddr;
  return call.result(a == b || (match_wildcard && (!a || !b)));
}

static bool samePortAllowed(const sock* sk, const sock* other) { // both asked to share, or each has its own device
  const int own = sk->sk_bound_dev_if, others = other->sk_bound_dev_if;
  return (other->sk_reuse && sk->sk_reuse) || (own && others && own != others);
}
static bool sameGroup(const sock* sk, const sock* other, u32 user) { // SO_REUSEPORT, of one user
  const bool both = other->sk_reuseport && sk->sk_reuseport && !sk->sk_reuseport_cb.get();
  return both && user == sock_i_uid(other);
}

// Is the port taken on this chain? With `used`, notes every port of the chain that is, for a free choice.
static int udp_lib_lport_inuse(const net* net, u16 num, const udp_hslot* hslot, std::bitset<PORTS_PER_CHAIN>* used,
                               const sock* sk, u32 log) {
  KFUNC(udp_lib_lport_inuse, net, num, hslot, sk, log);
  const u32 user = sock_i_uid(sk);
  for (const sock* other = sk_head(&hslot->head); other; other = sk_next(other)) {
    const u16 taken = udp_sk(other)->udp_port_hash;
    if (other == sk || sock_net(other) != net || (!used && taken != num) || samePortAllowed(sk, other)) continue;
    if (!inet_rcv_saddr_equal(sk, other, true)) continue;
    const bool shared = sameGroup(sk, other, user);
    if (!used) return call.result(shared ? 0 : 1);
    if (!shared) used->set(taken >> log);
  }
  return call.result(0);
}

// The same question to a chain of hash2, where only sockets with this address (or any) and port stand.
static int udp_lib_lport_inuse2(const net* net, u16 num, const udp_hslot* hslot2, const sock* sk) {
  KFUNC(udp_lib_lport_inuse2, net, num, hslot2, sk);
  const u32 user = sock_i_uid(sk);
  for (const hlist_node* n = hslot2->head.first; n; n = n->next) {
    const sock* other = udpSockOfNode2(n);
    const bool onPort = sock_net(other) == net && udp_sk(other)->udp_port_hash == num;
    if (other == sk || !onPort || samePortAllowed(sk, other) || !inet_rcv_saddr_equal(sk, other, true)) continue;
    return call.result(sameGroup(sk, other, user) ? 0 : 1);
  }
  return call.result(0);
}

static bool inet_rcv_saddr_any(const sock* sk) { return !inet_sk(sk)->inet_rcv_saddr; }

// In the same place, of the same user, and with SO_REUSEPORT: the two can form a group.
static bool canFormGroup(const sock* sk, const sock* other, u32 user) {
  const bool samePort = udp_sk(other)->udp_port_hash == udp_sk(sk)->udp_port_hash && sock_net(other) == sock_net(sk);
  const bool sameKind = other->sk_family == sk->sk_family && other->sk_bound_dev_if == sk->sk_bound_dev_if;
  if (other == sk || !samePort || !sameKind || !other->sk_reuseport) return false;
  return sock_i_uid(other) == user && inet_rcv_saddr_equal(sk, other, false);
}
// Joins the group of somebody who shares the port already, or begins one.
static int udp_reuseport_add_sock(const sock* sk, const udp_hslot* hslot) {
  const u32 user = sock_i_uid(sk);
  const sock* member = sk_head(&hslot->head);
  while (member && !canFormGroup(sk, member, user)) member = sk_next(member);
  const bool anyAddress = inet_rcv_saddr_any(sk);
  return member ? reuseport_add_sock(sk, member, anyAddress) : reuseport_alloc(sk, anyAddress);
}

void inet_get_local_port_range(const net* net, int* low, int* high) {
  const auto& bounds = net->ipv4.ip_local_ports.range;
  *low = bounds[0];
  *high = bounds[1];
}

// Any free port of the local range: chains in turn from a random one on, and on each chain a random stride.
static bool findOpenPort(const sock* sk, const struct udp_table* table, u16* snum) {
  int low, high;
  inet_sk_get_local_port_range(sk, &low, &high);
  u32 rand = static_cast<u32>(machine().random());
  u16 first =
      static_cast<u16>((static_cast<u64>(rand) * static_cast<u32>(high - low + 1) >> 32) + static_cast<u32>(low));
  rand = (rand | 1) * (table->mask + 1); // an odd multiple of the table's size stays on the chain and visits all of it
  const u16 last = static_cast<u16>(first + table->mask + 1);
  do {
    std::bitset<PORTS_PER_CHAIN> used;
    udp_lib_lport_inuse(sock_net(sk), *snum, udp_hashslot(table, sock_net(sk), first), &used, sk, table->log);
    u16 port = first;
    do {
      if (low <= port && port <= high && !used[port >> table->log]) return *snum = port, true;
      port = static_cast<u16>(port + rand);
    } while (port != first);
  } while (++first != last);
  return false;
}

static void hashSock(const sock* sk, const struct udp_table* table, const udp_hslot* hslot) {
  sock_set_flag(sk, SOCK_RCU_FREE);
  sk_add_node(sk, &hslot->head);
  add(hslot->count, 1);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, 1);
  const udp_hslot* hslot2 = udp_hashslot2(table, udp_sk(sk)->udp_portaddr_hash);
  hlist_add_head(&udp_sk(sk)->udp_portaddr_node, &hslot2->head);
  add(hslot2->count, 1);
  NOTE("udp.hashed", sk, udp_sk(sk)->udp_port_hash, hslot, hslot2);
}

// A long chain of `hash` is not searched if the two chains of hash2 where a rival could be are shorter.
static bool portTaken(const sock* sk, const struct udp_table* table, u16 snum, u32 hash2_nulladdr) {
  const net* net = sock_net(sk);
  const udp_hslot* hslot = udp_hashslot(table, net, snum);
  if (hslot->count > 10) {
    const u32 slot2 = (udp_sk(sk)->udp_portaddr_hash ^ snum) & table->mask;
    const udp_hslot* hslot2 = udp_hashslot2(table, slot2);
    if (hslot->count >= hslot2->count) {
      int exist = udp_lib_lport_inuse2(net, snum, hslot2, sk);
      if (!exist && (hash2_nulladdr & table->mask) != slot2)
        exist = udp_lib_lport_inuse2(net, snum, udp_hashslot2(table, hash2_nulladdr), sk);
      return exist != 0;
    }
  }
  return udp_lib_lport_inuse(net, snum, hslot, nullptr, sk, 0) != 0;
}

static int udp_lib_get_port(const sock* sk, u16 snum, u32 hash2_nulladdr) {
  KFUNC(udp_lib_get_port, sk, snum, hash2_nulladdr);
  const struct udp_table* table = sk->sk_prot->h.udp_table;
  if (!snum) {
    if (!findOpenPort(sk, table, &snum)) return call.result(-EADDRINUSE);
  } else if (portTaken(sk, table, snum, hash2_nulladdr)) {
    NOTE("udp.port_in_use", snum);
    return call.result(-EADDRINUSE);
  }
  set(inet_sk(sk)->inet_num, snum);
  set(udp_sk(sk)->udp_port_hash, snum);
  set(udp_sk(sk)->udp_portaddr_hash, udp_sk(sk)->udp_portaddr_hash ^ snum);
  if (!sk_unhashed(sk)) return call.result(0);
  if (sk->sk_reuseport && udp_reuseport_add_sock(sk, udp_hashslot(table, sock_net(sk), snum))) {
    set(inet_sk(sk)->inet_num, 0);
    set(udp_sk(sk)->udp_port_hash, 0);
    set(udp_sk(sk)->udp_portaddr_hash, udp_sk(sk)->udp_portaddr_hash ^ snum);
    return call.result(-EADDRINUSE);
  }
  hashSock(sk, table, udp_hashslot(table, sock_net(sk), snum));
  return call.result(0);
}

int udp_v4_get_port(const sock* sk, u16 snum) {
  KFUNC(udp_v4_get_port, sk, snum);
  const u32 nulladdr = ipv4_portaddr_hash(sock_net(sk), htonl(INADDR_ANY), snum);
  set(udp_sk(sk)->udp_portaddr_hash, ipv4_portaddr_hash(sock_net(sk), inet_sk(sk)->inet_rcv_saddr, 0));
  return call.result(udp_lib_get_port(sk, snum, nulladdr));
}

void udp_lib_unhash(const sock* sk) {
  KFUNC(udp_lib_unhash, sk);
  if (!sk_hashed(sk)) return;
  const udp_sock* up = udp_sk(sk);
  if (sk->sk_reuseport_cb.get()) reuseport_detach_sock(sk);
  const struct udp_table* table = sk->sk_prot->h.udp_table;
  const udp_hslot* byPort = udp_hashslot(table, sock_net(sk), up->udp_port_hash);
  const udp_hslot* byAddress = udp_hashslot2(table, up->udp_portaddr_hash);
  sk_del_node_init(sk);
  sub(byPort->count, 1);
  set(inet_sk(sk)->inet_num, 0);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
  hlist_del_init(&up->udp_portaddr_node);
  sub(byAddress->count, 1);
}

// A connected socket got a new address: it moves to another chain of hash2.
static void udp_lib_rehash(const sock* sk, u16 hash) {
  KFUNC(udp_lib_rehash, sk, hash);
  if (!sk_hashed(sk)) return;
  const struct udp_table* table = sk->sk_prot->h.udp_table;
  const udp_hslot *from = udp_hashslot2(table, udp_sk(sk)->udp_portaddr_hash), *to = udp_hashslot2(table, hash);
  set(udp_sk(sk)->udp_portaddr_hash, hash);
  if (from != to && sk->sk_reuseport_cb.get()) reuseport_detach_sock(sk); // its group was for the old address
  if (from == to) return;
  hlist_del_init(&udp_sk(sk)->udp_portaddr_node);
  sub(from->count, 1);
  hlist_add_head(&udp_sk(sk)->udp_portaddr_node, &to->head);
  add(to->count, 1);
}

static void udp_v4_rehash(const sock* sk) {
  KFUNC(udp_v4_rehash, sk);
  const inet_sock* inet = inet_sk(sk);
  udp_lib_rehash(sk, static_cast<u16>(ipv4_portaddr_hash(sock_net(sk), inet->inet_rcv_saddr, inet->inet_num)));
}

static void forgetPeer(const sock* sk) {
  const inet_sock* inet = inet_sk(sk);
  set(sk->sk_state, TCP_CLOSE);
  set(inet->inet_daddr, 0);
  set(inet->inet_dport, 0);
  set(sk->sk_bound_dev_if, 0);
}
// The address came with connect(), not from bind(): it goes again, and the socket to the chain of all addresses.
static void forgetAddress(const sock* sk, bool portChosen) {
  const inet_sock* inet = inet_sk(sk);
  for (const u32* address : {&inet->inet_saddr, &inet->inet_rcv_saddr}) set(*address, 0);
  if (portChosen && sk->sk_prot->rehash) sk->sk_prot->rehash(sk);
}
static void forgetPort(const sock* sk) {
  sk->sk_prot->unhash(sk);
  set(inet_sk(sk)->inet_sport, 0);
}

int __udp_disconnect(const sock* sk, s32 flags) {
  KFUNC(__udp_disconnect, sk, flags);
  const bool addressChosen = sk->sk_userlocks & SOCK_BINDADDR_LOCK, portChosen = sk->sk_userlocks & SOCK_BINDPORT_LOCK;
  forgetPeer(sk);
  if (!addressChosen) forgetAddress(sk, portChosen);
  if (!portChosen) forgetPort(sk);
  const dst_entry* route = sk->sk_dst_cache;
  set(sk->sk_dst_cache, nullptr);
  dst_release(route);
  return call.result(0);
}
int udp_disconnect(const sock* sk, s32 flags) {
  KFUNC(udp_disconnect, sk, flags);
  lock_sock(sk);
  __udp_disconnect(sk, flags);
  release_sock(sk);
  return call.result(0);
}

// ---- tables
static void layUdpCalls(const proto* p) {
  set(p->close, fn<udp_lib_close>);
  set(p->connect, fn<ip4_datagram_connect>);
  set(p->disconnect, fn<udp_disconnect>);
  set(p->ioctl, fn<udp_ioctl>);
  set(p->init, fn<udp_init_sock>);
  set(p->destroy, fn<udp_destroy_sock>);
  set(p->setsockopt, fn<udp_setsockopt>);
  set(p->getsockopt, fn<udp_getsockopt>);
  set(p->sendmsg, fn<udp_sendmsg>);
  set(p->recvmsg, fn<udp_recvmsg>);
  set(p->sendpage, fn<udp_sendpage>);
  set(p->release_cb, fn<ip4_datagram_release_cb>);
  set(p->hash, fn<udp_lib_hash>);
  set(p->unhash, fn<udp_lib_unhash>);
  set(p->rehash, fn<udp_v4_rehash>);
  set(p->get_port, fn<udp_v4_get_port>);
  set(p->put_port, fn<udp_lib_unhash>);
}
void image_udp() {
  setBytes(udp_prot->name, "UDP", 3);
  layUdpCalls(udp_prot);
  set(udp_prot->obj_size, sizeof(udp_sock));
  set(udp_prot->sysctl_wmem_offset, offsetof(net, ipv4.sysctl_udp_wmem_min));
  set(udp_prot->sysctl_rmem_offset, offsetof(net, ipv4.sysctl_udp_rmem_min));
  set(udp_prot->h.udp_table, udp_table);
  set(udp_prot->diag_destroy, unbuilt<"udp_abort">);
}

static Global<pernet_operations> udp_sysctl_ops{"udp_sysctl_ops"};
static int udp_sysctl_init(const net* net) {
  KFUNC(udp_sysctl_init, net);
  set(net->ipv4.sysctl_udp_wmem_min, 4096);
  set(net->ipv4.sysctl_udp_rmem_min, 4096);
  return call.result(0);
}

static void udp_table_init(const struct udp_table* table) {
  KFUNC(udp_table_init, table);
  auto* slots = static_cast<const udp_hslot*>(allocateBytes(
      2 * UDP_HTABLE_SIZE * sizeof(udp_hslot), TypeName<udp_hslot>::index, GFP_KERNEL | __GFP_ZERO, __LINE__));
  set(table->hash, slots);
  set(table->hash2, slots + UDP_HTABLE_SIZE);
  set(table->mask, UDP_HTABLE_SIZE - 1);
  set(table->log, UDP_HTABLE_LOG);
}
void udp_init() {
  KFUNC(udp_init);
  udp_table_init(udp_table);
  set(udp_sysctl_ops->init, fn<udp_sysctl_init>);
  if (register_pernet_subsys(udp_sysctl_ops)) panic("UDP: failed to init sysctl parameters");
}

// ---- UDP-Lite (RFC 3828): the same sockets in a table of their own
Global<proto> udplite_prot{"udplite_prot"};
static Global<inet_protosw> udplite4_protosw{"udplite4_protosw"};
static Global<net_protocol> udplite_protocol{"udplite_protocol"};

static int udplite_sk_init(const sock* sk) {
  KFUNC(udplite_sk_init, sk);
  udp_init_sock(sk);
  set(udp_sk(sk)->pcflag, 1); // UDPLITE_BIT
  return call.result(0);
}
void udplite4_register() {
  KFUNC(udplite4_register);
  setBytes(udplite_prot->name, "UDP-Lite", 8);
  layUdpCalls(udplite_prot);
  set(udplite_prot->release_cb, nullptr);
  set(udplite_prot->init, fn<udplite_sk_init>);
  set(udplite_prot->obj_size, sizeof(udp_sock));
  set(udplite_prot->h.udp_table, udplite_table);
  set(udplite4_protosw->type, SOCK_DGRAM);
  set(udplite4_protosw->protocol, IPPROTO_UDPLITE);
  set(udplite4_protosw->prot, udplite_prot);
  set(udplite4_protosw->ops, inet_dgram_ops);
  set(udplite4_protosw->flags, INET_PROTOSW_PERMANENT);
  udp_table_init(udplite_table);
  set(udplite_protocol->handler, fn<udplite_rcv>);
  set(udplite_protocol->err_handler, fn<udplite_err>);
  set(udplite_protocol.get(), net_protocol::bit::no_policy, 1);
  inet_add_protocol(udplite_protocol, IPPROTO_UDPLITE);
  proto_register(udplite_prot, 1);
  inet_register_protosw(udplite4_protosw);
}

} // namespace sockwalk::kernel
