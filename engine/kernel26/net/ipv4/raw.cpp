// Raw sockets of 2.6.11: their number is a protocol, and packets find them by it from the moment they are made.
#include "engine/kernel26/include/net/inet.h"
#include <cstring>

namespace sockwalk::kernel26 {

Global26<proto> raw_prot{"raw_prot"};
static Global26<hlist_head[256]> raw_v4_htable{"raw_v4_htable"};

static void setWord(const void* at, u32 value) { setBytes(at, &value, sizeof value); }

static void raw_v4_hash(const sock* sk) {
  KFUNC(raw_v4_hash, sk);
  const hlist_head* chain = &raw_v4_htable[inet_sk(sk)->num & 255u];
  const hlist_node *node = &sk->__sk_common.skc_node, *first = chain->first;
  sock_hold(sk);
  set(node->next, first);
  if (first) setWord(&first->pprev, Address32::of(&node->next));
  set(chain->first, node);
  setWord(&node->pprev, Address32::of(&chain->first));
}

static void raw_v4_unhash(const sock* sk) {
  KFUNC(raw_v4_unhash, sk);
  const hlist_node *node = &sk->__sk_common.skc_node, *next = node->next;
  u32 back;
  std::memcpy(&back, &node->pprev, sizeof back);
  if (!back) return;
  setBytes(t_arena->at(Address32::offsetOf(back)), &node->next, 4);
  if (next) setWord(&next->pprev, back);
  setWord(&node->pprev, 0);
  atomic_dec(&sk->__sk_common.skc_refcnt);
}

static int raw_init(const sock* sk) {
  KFUNC(raw_init, sk);
  const auto* raw = reinterpret_cast<const raw_sock*>(sk);
  if (raw->inet.num == IPPROTO_ICMP) set(raw->filter.data, 0); // it wants all types of messages
  return call.result(0);
}

static void raw_close(const sock* sk, s32 timeout) {
  KFUNC(raw_close, sk, timeout);
  SIMPLIFIED("it cannot have asked for packets with the router alert");
  sk_common_release(sk);
}

void image_raw() {
  const proto* p = raw_prot;
  setBytes(p->name, "RAW", 4);
  set(p->close, fn<raw_close>);
  set(p->connect, unbuilt26<"ip4_datagram_connect">);
  set(p->disconnect, unbuilt26<"udp_disconnect">);
  set(p->ioctl, unbuilt26<"raw_ioctl">);
  set(p->init, fn<raw_init>);
  set(p->setsockopt, unbuilt26<"raw_setsockopt">);
  set(p->getsockopt, unbuilt26<"raw_getsockopt">);
  set(p->sendmsg, unbuilt26<"raw_sendmsg">);
  set(p->recvmsg, unbuilt26<"raw_recvmsg">);
  set(p->bind, unbuilt26<"raw_bind">);
  set(p->backlog_rcv, unbuilt26<"raw_rcv_skb">);
  set(p->hash, fn<raw_v4_hash>);
  set(p->unhash, fn<raw_v4_unhash>);
  set(p->slab_obj_size, sizeof(raw_sock));
}

} // namespace sockwalk::kernel26
