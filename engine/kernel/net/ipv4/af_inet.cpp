// The family AF_INET: from (type, protocol) to a protocol by the table inetsw[], and the calls that all its sockets
// share. inet_init() (af_inet_init.cpp) fills the tables when the kernel boots.
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

Global<list_head[SOCK_MAX]> inetsw{"inetsw"};
Global<net_proto_family> inet_family_ops{"inet_family_ops"};

void inet_sock_destruct(const sock* sk) {
  KFUNC(inet_sock_destruct, sk);
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_receive_queue)) kfree_skb(skb);
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_error_queue)) kfree_skb(skb);
  sk_mem_reclaim_final(sk);
  BUG_ON(!sock_flag(sk, SOCK_DEAD));
  BUG_ON(sk_rmem_alloc_get(sk) || refcount_read(&sk->sk_wmem_alloc) || sk->sk_wmem_queued);
  kfree(inet_sk(sk)->inet_opt.get());
  dst_release(sk->sk_dst_cache);
  dst_release(sk->sk_rx_dst);
}

// The first entry of inetsw[type] that fits the protocol; 0 (IPPROTO_IP) is a wild card on either side.
static const inet_protosw* findProtosw(int type, int* protocol, int* err) {
  *err = -ESOCKTNOSUPPORT;
  for (const inet_protosw* answer : list_for_each_entry(inet_protosw, list, &inetsw[static_cast<u32>(type)])) {
    const bool same = *protocol == answer->protocol;
    if (same ? *protocol != IPPROTO_IP : answer->protocol == IPPROTO_IP) return *err = 0, answer;
    if (!same && *protocol == IPPROTO_IP) return *protocol = answer->protocol, *err = 0, answer;
    NOTE("inetsw.mismatch", answer->type, answer->protocol, *protocol);
    *err = -EPROTONOSUPPORT;
  }
  return nullptr;
}

// What is missing may be a module's: first as the very thing that is wanted, then as the protocol alone. After each the
// table is looked through once more.
static const inet_protosw* lookup_protocol(int type, int* protocol, int* err) {
  for (int loaded = 0;; ++loaded) {
    if (const inet_protosw* answer = findProtosw(type, protocol, err)) return answer;
    NOTE("inetsw.none", type, *protocol);
    if (loaded == 2) return nullptr;
    const std::string name = "net-pf-" + std::to_string(PF_INET) + "-proto-" + std::to_string(*protocol);
    request_module(loaded ? name : name + "-type-" + std::to_string(type));
  }
}

static void initInetSock(const net* net, const inet_sock* inet, int type, int protocol, u8 flags) {
  if (flags & INET_PROTOSW_REUSE) set(&inet->sk.__sk_common, sock_common::bit::skc_reuse, SK_CAN_REUSE);
  set(inet, inet_sock::bit::is_icsk, (flags & INET_PROTOSW_ICSK) != 0);
  set(inet, inet_sock::bit::nodefrag, 0);
  if (type == SOCK_RAW) { // a raw socket's "port" is its protocol
    set(inet->inet_num, protocol);
    if (protocol == IPPROTO_RAW) set(inet, inet_sock::bit::hdrincl, 1);
  }
  set(inet->pmtudisc, net->ipv4.sysctl_ip_no_pmtu_disc ? IP_PMTUDISC_DONT : IP_PMTUDISC_WANT);
  atomic_set(&inet->inet_id, 0);
}

static void initInetDefaults(const inet_sock* inet) {
  set(inet->uc_ttl, -1);
  set(inet, inet_sock::bit::mc_loop, 1);
  set(inet->mc_ttl, 1);
  set(inet, inet_sock::bit::mc_all, 1);
  set(inet->mc_index, 0);
  set(inet->mc_list, nullptr);
  set(inet->rcv_tos, 0);
}

// Hashes and initialises a new socket; a protocol may refuse, and then the socket is released again.
static int startSock(const sock* sk) {
  if (inet_sk(sk)->inet_num) {
    set(inet_sk(sk)->inet_sport, htons(inet_sk(sk)->inet_num));
    if (const int err = sk->sk_prot->hash(sk)) return err;
  }
  return sk->sk_prot->init ? sk->sk_prot->init(sk) : 0;
}

static s32 inet_create(const net* net, const socket* sock, s32 protocol, s32 kern) {
  KFUNC(inet_create, net, sock, protocol, kern);
  if (protocol < 0 || protocol >= IPPROTO_MAX) return call.result(-EINVAL);
  set(sock->state, SS_UNCONNECTED);
  int err;
  const inet_protosw* answer = lookup_protocol(sock->type, &protocol, &err);
  if (!answer) return call.result(err);
  NOTE("inetsw.match", answer->type, answer->protocol, answer->prot.get());
  if (sock->type == SOCK_RAW && !kern && !ns_capable(net->user_ns, CAP_NET_RAW)) return call.result(-EPERM);

  set(sock->ops, answer->ops);
  const struct sock* sk = sk_alloc(net, PF_INET, GFP_KERNEL, answer->prot, kern);
  if (!sk) return call.result(-ENOMEM);
  const inet_sock* inet = inet_sk(sk);
  initInetSock(net, inet, sock->type, protocol, answer->flags);
  sock_init_data(sock, sk);
  set(sk->sk_destruct, fn<inet_sock_destruct>);
  set(sk->sk_protocol, protocol);
  set(sk->sk_backlog_rcv, sk->sk_prot->backlog_rcv);
  set(sk->sk_txrehash, net->core.sysctl_txrehash);
  initInetDefaults(inet);
  err = startSock(sk);
  if (err) {
    sk_common_release(sk);
    set(sock->sk, nullptr);
  }
  return call.result(err);
}

int inet_release(const socket* sock) {
  KFUNC(inet_release, sock);
  if (const struct sock* sk = sock->sk) {
    ip_mc_drop_socket(sk);
    const bool lingers = sock_flag(sk, SOCK_LINGER); // SO_LINGER: close() waits until the peer has everything
    sk->sk_prot->close(sk, lingers ? static_cast<s64>(sk->sk_lingertime) : 0);
    set(sock->sk, nullptr);
  }
  return call.result(0);
}

// ---- boot: what af_inet_init.cpp registers
void image_inet_family() {
  set(inet_family_ops->family, PF_INET);
  set(inet_family_ops->create, fn<inet_create>);
}

} // namespace sockwalk::kernel
