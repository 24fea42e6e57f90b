// Raw sockets: every packet of one IP protocol, header and all. The protocol number is what a port is elsewhere.
#include "engine/kernel/include/net/raw.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/datagram_internal.h"
#include "engine/kernel/net/ipv4/ip_sockglue_internal.h"
#include "engine/kernel/net/ipv4/raw_internal.h"
#include "engine/memory/constants/errors.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

Global<proto> raw_prot{"raw_prot"};
Global<struct raw_hashinfo> raw_v4_hashinfo{"raw_v4_hashinfo"};

static int raw_ioctl(const sock* sk, s32 cmd, u64 arg) {
  KFUNC(raw_ioctl, sk, cmd);
  SIMPLIFIED("multicast routing, which some of the calls ask about, is not simulated");
  if (cmd == SIOCOUTQ) return call.result(put_user(sk_wmem_alloc_get(sk), arg));
  if (cmd != SIOCINQ) return call.result(-ENOIOCTLCMD);
  const sk_buff* skb = skb_peek(&sk->sk_receive_queue);
  return call.result(put_user(skb ? static_cast<s32>(skb->len) : 0, arg));
}

int raw_hash_sk(const sock* sk) {
  KFUNC(raw_hash_sk, sk);
  const net* net = sock_net(sk);
  const u32 protocol = inet_sk(sk)->inet_num, slot = raw_hashfunc(net, protocol);
  sk_add_node(sk, &sk->sk_prot->h.raw_hash->ht[slot]);
  sock_set_flag(sk, SOCK_RCU_FREE);
  sock_prot_inuse_add(net, sk->sk_prot, 1);
  if (protocol == IPPROTO_RAW) NOTE("raw.only_sends", sk, protocol, slot);
  else NOTE("raw.hashed", sk, protocol, slot);
  return call.result(0);
}

void raw_unhash_sk(const sock* sk) {
  KFUNC(raw_unhash_sk, sk);
  const bool wasThere = sk_del_node_init(sk);
  if (wasThere) sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
}

static void raw_close(const sock* sk, s64 timeout) {
  KFUNC(raw_close, sk, timeout);
  ip_ra_control(sk, false);
  sk_common_release(sk);
}

static void raw_destroy(const sock* sk) {
  KFUNC(raw_destroy, sk);
  lock_sock(sk);
  ip_flush_pending_frames(sk);
  release_sock(sk);
}

static int raw_sk_init(const sock* sk) {
  KFUNC(raw_sk_init, sk);
  if (inet_sk(sk)->inet_num == IPPROTO_ICMP) set(raw_sk(sk)->filter.data, 0);
  return call.result(0);
}

static int raw_bind(const sock* sk, const sockaddr* uaddr, s32 addr_len) {
  KFUNC(raw_bind, sk, uaddr, addr_len);
  const inet_sock* inet = inet_sk(sk);
  const u32 address = skCast<sockaddr_in>(uaddr)->sin_addr.s_addr;
  lock_sock(sk);
  int ret = -EINVAL;
  if (sk->sk_state == TCP_CLOSE && addr_len >= static_cast<s32>(sizeof(sockaddr_in))) {
    const u32 type = inet_addr_type_table(sock_net(sk), address, RT_TABLE_LOCAL);
    ret = -EADDRNOTAVAIL;
    if (inet_addr_valid_or_nonlocal(sock_net(sk), inet, address, static_cast<int>(type))) {
      set(inet->inet_saddr, type == RTN_MULTICAST || type == RTN_BROADCAST ? 0 : address);
      set(inet->inet_rcv_saddr, address);
      sk_dst_reset(sk);
      ret = 0;
    }
  }
  release_sock(sk);
  return call.result(ret);
}

// The packet as it came, IP header and all, or as much of it as there is room for.
static int handOver(const sock* sk, const sk_buff* skb, const msghdr* msg, u64 len, s32 flags, s32* addr_len) {
  const u64 whole = skb->len, taken = std::min(whole, len);
  if (taken < whole) set(msg->msg_flags, msg->msg_flags | MSG_TRUNC);
  if (const int err = skb_copy_datagram_msg(skb, 0, msg, static_cast<int>(taken))) return err;
  sock_recv_cmsgs(msg, sk, skb);
  giveSource(skb, msg, addr_len);
  if (inet_sk(sk)->cmsg_flags) ip_cmsg_recv_offset(msg, sk, skb, 0, 0);
  return static_cast<int>(flags & MSG_TRUNC ? whole : taken);
}

int raw_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len) {
  KFUNC(raw_recvmsg, sk, msg, len, flags);
  if (flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  const bool errors = static_cast<u32>(flags) & MSG_ERRQUEUE;
  if (errors) return call.result(ip_recv_error(sk, msg, static_cast<int>(len), addr_len));
  int got;
  if (const sk_buff* skb = skb_recv_datagram(sk, static_cast<u32>(flags), &got)) {
    got = handOver(sk, skb, msg, len, flags, addr_len);
    skb_free_datagram(sk, skb);
  }
  return call.result(got);
}

void image_raw() {
  setBytes(raw_prot->name, "RAW", 3);
  set(raw_prot->close, fn<raw_close>);
  set(raw_prot->destroy, fn<raw_destroy>);
  set(raw_prot->connect, fn<ip4_datagram_connect>);
  set(raw_prot->disconnect, fn<__udp_disconnect>);
  set(raw_prot->ioctl, fn<raw_ioctl>);
  set(raw_prot->init, fn<raw_sk_init>);
  set(raw_prot->setsockopt, fn<raw_setsockopt>);
  set(raw_prot->getsockopt, fn<raw_getsockopt>);
  set(raw_prot->sendmsg, fn<raw_sendmsg>);
  set(raw_prot->recvmsg, fn<raw_recvmsg>);
  set(raw_prot->bind, fn<raw_bind>);
  set(raw_prot->backlog_rcv, fn<raw_rcv_skb>);
  set(raw_prot->release_cb, fn<ip4_datagram_release_cb>);
  set(raw_prot->hash, fn<raw_hash_sk>);
  set(raw_prot->unhash, fn<raw_unhash_sk>);
  set(raw_prot->obj_size, sizeof(raw_sock));
  set(raw_prot->useroffset, offsetof(raw_sock, filter));
  set(raw_prot->usersize, sizeof(icmp_filter));
  set(raw_prot->h.raw_hash, raw_v4_hashinfo);
  set(raw_prot->diag_destroy, unbuilt<"raw_abort">);
}
void raw_hashinfo_init() {} // the table is all zero already
void raw_init() { KFUNC(raw_init); }

} // namespace sockwalk::kernel
