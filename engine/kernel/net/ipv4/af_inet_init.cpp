// How IPv4 comes to life at boot: inet_init() registers the protocols that sockets can have, those that packets can be
// for, and brings each part of it up, in the kernel's order. Source: net/ipv4/af_inet.c.
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/mroute.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/ping.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/include/net/udplite.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

extern Global<net_proto_family> inet_family_ops;
static Global<inet_protosw[INETSW_ARRAY_LEN]> inetsw_array{"inetsw_array"};
static Global<packet_type> ip_packet_type{"ip_packet_type"};
static Global<net_protocol> tcp_protocol{"tcp_protocol"}, udp_protocol{"udp_protocol"}, icmp_protocol{"icmp_protocol"},
    igmp_protocol{"igmp_protocol"};

// ---- what sockets can have
// Behind the permanent entries of its type, of which none is overridden.
void inet_register_protosw(const inet_protosw* p) {
  KFUNC(inet_register_protosw, p);
  if (p->type >= SOCK_MAX) return;
  const list_head* after = &inetsw[p->type];
  for (const inet_protosw* entry : list_for_each_entry(inet_protosw, list, &inetsw[p->type])) {
    const bool permanent = entry->flags & INET_PROTOSW_PERMANENT;
    if (!permanent) break;
    if (entry->protocol == p->protocol) return;
    after = &entry->list;
  }
  list_add(&p->list, after);
  NOTE("inetsw.registered", p->type, p->protocol, p->prot.get());
}

// None that is permanent: those of TCP and UDP stay for ever.
void inet_unregister_protosw(const inet_protosw* p) {
  KFUNC(inet_unregister_protosw, p);
  BUG_ON(p->flags & INET_PROTOSW_PERMANENT);
  list_del(&p->list);
}

static void laydown(std::size_t i, int type, int protocol, const proto* prot, const proto_ops* ops, u8 flags) {
  const inet_protosw* p = &inetsw_array[i];
  set(p->type, type);
  set(p->protocol, protocol);
  set(p->prot, prot);
  set(p->ops, ops);
  set(p->flags, flags);
}
void image_af_inet() {
  laydown(0, SOCK_STREAM, IPPROTO_TCP, tcp_prot, inet_stream_ops, INET_PROTOSW_PERMANENT | INET_PROTOSW_ICSK);
  laydown(1, SOCK_DGRAM, IPPROTO_UDP, udp_prot, inet_dgram_ops, INET_PROTOSW_PERMANENT);
  laydown(2, SOCK_DGRAM, IPPROTO_ICMP, ping_prot, inet_sockraw_ops, INET_PROTOSW_REUSE);
  laydown(3, SOCK_RAW, IPPROTO_IP, raw_prot, inet_sockraw_ops, INET_PROTOSW_REUSE);
  image_inet_family();
  image_inet_ops();
}

// ---- what packets can be for
void image_inet_protocols() {
  set(ip_packet_type->type, htons(ETH_P_IP));
  set(ip_packet_type->func, fn<ip_rcv>);
  set(ip_packet_type->list_func, fn<ip_list_rcv>);
  set(tcp_protocol->handler, fn<tcp_v4_rcv>);
  set(tcp_protocol->err_handler, fn<tcp_v4_err>);
  set(tcp_protocol.get(), net_protocol::bit::no_policy, 1);
  set(tcp_protocol.get(), net_protocol::bit::icmp_strict_tag_validation, 1);
  set(udp_protocol->handler, fn<udp_rcv>);
  set(udp_protocol->err_handler, fn<udp_err>);
  set(udp_protocol.get(), net_protocol::bit::no_policy, 1);
  set(icmp_protocol->handler, fn<icmp_rcv>);
  set(icmp_protocol->err_handler, fn<icmp_err>);
  set(icmp_protocol.get(), net_protocol::bit::no_policy, 1);
  set(igmp_protocol->handler, fn<igmp_rcv>);
  image_inet_offload();
  image_udp_offload();
  image_tcp_offload();
  image_ip_fragment();
}

// ---- boot
// From now on socket(AF_INET, ...) finds somebody; nothing can come in before the last line, though.
int inet_init() {
  KFUNC(inet_init);
  SIMPLIFIED("no counters of SNMP, nothing in /proc, no tunnels");
  raw_hashinfo_init();
  for (const proto* prot : {tcp_prot.get(), udp_prot.get(), raw_prot.get(), ping_prot.get()})
    if (const int rc = proto_register(prot, 1)) return call.result(rc);
  sock_register(inet_family_ops);
  inet_add_protocol(icmp_protocol, IPPROTO_ICMP);
  inet_add_protocol(udp_protocol, IPPROTO_UDP);
  inet_add_protocol(tcp_protocol, IPPROTO_TCP);
  inet_add_protocol(igmp_protocol, IPPROTO_IGMP);
  for (std::size_t type = 0; type < SOCK_MAX; ++type) INIT_LIST_HEAD(&inetsw[type]);
  for (std::size_t i = 0; i < INETSW_ARRAY_LEN; ++i) inet_register_protosw(&inetsw_array[i]);
  arp_init();
  ip_init();
  tcp_init();
  udp_init();
  udplite4_register();
  raw_init();
  ping_init();
  icmp_init();
  ip_mr_init();
  init_inet_pernet_ops();
  ipfrag_init();
  dev_add_pack(ip_packet_type);
  return call.result(0);
}

} // namespace sockwalk::kernel
