// What inet_init() registers for reception: the protocols above IP, the packet types below it.
#include "engine/kernel/include/linux/napi.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip_receive.h"

namespace sockwalk::kernel {

void image_inet_offload();
void image_udp_offload();
void image_tcp_offload();
void ipv4_offload_init();
int udpv4_offload_init();
int tcpv4_offload_init();

static Global<packet_type> ip_packet_type{"ip_packet_type"}, arp_packet_type{"arp_packet_type"};
static Global<net_protocol> tcp_protocol{"tcp_protocol"}, udp_protocol{"udp_protocol"}, icmp_protocol{"icmp_protocol"};

void ip_receive_image() {
  set(ip_packet_type->type, htons(ETH_P_IP));
  set(ip_packet_type->func, fn<ip_rcv>);
  set(ip_packet_type->list_func, fn<ip_list_rcv>);
  set(arp_packet_type->type, htons(ETH_P_ARP));
  set(arp_packet_type->func, fn<arp_rcv>);
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
  image_inet_offload();
  image_udp_offload();
  image_tcp_offload();
  image_ip_fragment();
}

void ip_receive_init() {
  KFUNC(ip_receive_init);
  inet_add_protocol(icmp_protocol, IPPROTO_ICMP);
  inet_add_protocol(udp_protocol, IPPROTO_UDP);
  inet_add_protocol(tcp_protocol, IPPROTO_TCP);
  ipv4_offload_init();
  udpv4_offload_init();
  tcpv4_offload_init();
  ipfrag_init();
  dev_add_pack(ip_packet_type);
  dev_add_pack(arp_packet_type);
}

} // namespace sockwalk::kernel
