// The tables of net/ipv4/af_inet.c, and how they are filled when the kernel starts.
#include "engine/kernel26/include/linux/module.h"
#include "engine/kernel26/net/ipv4/inet_internal.h"

namespace sockwalk::kernel26 {

Global26<list_head[SOCK_MAX_26]> inetsw{"inetsw"};
Global26<proto_ops> inet_stream_ops{"inet_stream_ops"}, inet_dgram_ops{"inet_dgram_ops"},
    inet_sockraw_ops{"inet_sockraw_ops"};
static Global26<inet_protosw[3]> inetsw_array{"inetsw_array"};
static Global26<spinlock_t> inetsw_lock{"inetsw_lock"};
static Global26<net_proto_family> inet_family_ops{"inet_family_ops"};
static Global26<net_protocol> tcp_protocol{"tcp_protocol"}, udp_protocol{"udp_protocol"},
    icmp_protocol{"icmp_protocol"}, igmp_protocol{"igmp_protocol"};

// ---- inetsw[]: for each type of socket a ring of who serves it, permanent entries first
static bool isTaken(const list_head* ring, int protocol, const list_head** last) {
  *last = ring;
  for (const list_head* at = ring->next; at != ring; at = at->next) {
    const inet_protosw* entry = container_of(at, inet_protosw, list);
    if (!(entry->flags & INET_PROTOSW_PERMANENT)) continue;
    if (entry->protocol == protocol) return true;
    *last = at;
  }
  return false;
}

void inet_register_protosw(const inet_protosw* p) {
  KFUNC(inet_register_protosw, p);
  spin_lock(inetsw_lock);
  const list_head* behind = nullptr;
  if (p->type < SOCK_MAX_26 && !isTaken(&inetsw[p->type], p->protocol, &behind)) {
    list_add(&p->list, behind);
    NOTE("inetsw.registered", p->type, p->protocol, p->prot.get());
  }
  spin_unlock(inetsw_lock);
}

// ---- boot
static int init_ipv4_mibs() {
  KFUNC(init_ipv4_mibs);
  SIMPLIFIED("nothing is counted");
  return call.result(0);
}
static int ipv4_proc_init() {
  KFUNC(ipv4_proc_init);
  SIMPLIFIED("there is no /proc");
  return call.result(0);
}

static int makeSlabs() {
  const std::pair<const proto*, const char*> wanted[] = {
      {tcp_prot, "tcp_sock"}, {udp_prot, "udp_sock"}, {raw_prot, "raw_sock"}};
  for (const auto& [prot, name] : wanted)
    if (const int error = sk_alloc_slab(prot, name)) return error;
  return 0;
}

int inet_init() {
  KFUNC(inet_init);
  if (const int error = makeSlabs()) return call.result(error);
  sock_register(inet_family_ops);
  inet_add_protocol(icmp_protocol, IPPROTO_ICMP);
  inet_add_protocol(udp_protocol, IPPROTO_UDP);
  inet_add_protocol(tcp_protocol, IPPROTO_TCP);
  inet_add_protocol(igmp_protocol, IPPROTO_IGMP);
  for (u32 type = 0; type < inetsw.size(); ++type) INIT_LIST_HEAD(&inetsw[type]);
  for (u32 i = 0; i < inetsw_array.size(); ++i) inet_register_protosw(&inetsw_array[i]);
  arp_init();
  ip_init();
  tcp_v4_init(inet_family_ops);
  tcp_init();
  icmp_init(inet_family_ops);
  ip_mr_init();
  init_ipv4_mibs();
  ipv4_proc_init();
  ipfrag_init();
  return call.result(0);
}

// ---- .data
static void fillOps(const proto_ops* ops) {
  set(ops->family, PF_INET);
  set(ops->release, fn<inet_release>);
  set(ops->bind, unbuilt26<"inet_bind">);
  set(ops->socketpair, unbuilt26<"sock_no_socketpair">);
  set(ops->getname, unbuilt26<"inet_getname">);
  set(ops->ioctl, unbuilt26<"inet_ioctl">);
  set(ops->shutdown, unbuilt26<"inet_shutdown">);
  set(ops->setsockopt, unbuilt26<"sock_common_setsockopt">);
  set(ops->getsockopt, unbuilt26<"sock_common_getsockopt">);
  set(ops->sendmsg, unbuilt26<"inet_sendmsg">);
  set(ops->recvmsg, unbuilt26<"sock_common_recvmsg">);
  set(ops->mmap, unbuilt26<"sock_no_mmap">);
}
static void fillDatagramOps(const proto_ops* ops) {
  fillOps(ops);
  set(ops->connect, unbuilt26<"inet_dgram_connect">);
  set(ops->accept, unbuilt26<"sock_no_accept">);
  set(ops->listen, unbuilt26<"sock_no_listen">);
  set(ops->sendpage, unbuilt26<"inet_sendpage">);
}
static void fillEntry(u32 i, int type, int protocol, const proto* prot, const proto_ops* ops, int capability,
                      u8 flags) {
  const inet_protosw* entry = &inetsw_array[i];
  set(entry->type, type);
  set(entry->protocol, protocol);
  set(entry->prot, prot);
  set(entry->ops, ops);
  set(entry->capability, capability);
  set(entry->flags, flags);
}

void image_inet() {
  fillOps(inet_stream_ops);
  set(inet_stream_ops->connect, unbuilt26<"inet_stream_connect">);
  set(inet_stream_ops->accept, unbuilt26<"inet_accept">);
  set(inet_stream_ops->poll, unbuilt26<"tcp_poll">);
  set(inet_stream_ops->listen, unbuilt26<"inet_listen">);
  set(inet_stream_ops->sendpage, unbuilt26<"tcp_sendpage">);
  fillDatagramOps(inet_dgram_ops);
  set(inet_dgram_ops->poll, unbuilt26<"udp_poll">);
  fillDatagramOps(inet_sockraw_ops);
  set(inet_sockraw_ops->poll, unbuilt26<"datagram_poll">);
  constexpr int Anybody = -1;
  fillEntry(0, SOCK_STREAM, IPPROTO_TCP, tcp_prot, inet_stream_ops, Anybody, INET_PROTOSW_PERMANENT);
  fillEntry(1, SOCK_DGRAM, IPPROTO_UDP, udp_prot, inet_dgram_ops, Anybody, INET_PROTOSW_PERMANENT);
  fillEntry(2, SOCK_RAW, IPPROTO_IP, raw_prot, inet_sockraw_ops, CAP_NET_RAW, INET_PROTOSW_REUSE);
  spin_lock_init(inetsw_lock);
  set(inet_family_ops->family, PF_INET);
  set(inet_family_ops->create, fn<inet_create>);
  set(tcp_protocol->handler, unbuilt26<"tcp_v4_rcv">);
  set(tcp_protocol->err_handler, unbuilt26<"tcp_v4_err">);
  set(tcp_protocol->no_policy, 1);
  set(udp_protocol->handler, unbuilt26<"udp_rcv">);
  set(udp_protocol->err_handler, unbuilt26<"udp_err">);
  set(udp_protocol->no_policy, 1);
  set(icmp_protocol->handler, unbuilt26<"icmp_rcv">);
  set(igmp_protocol->handler, unbuilt26<"igmp_rcv">);
}

} // namespace sockwalk::kernel26
