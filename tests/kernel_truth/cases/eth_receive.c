// Frames that come up from eth0, one order to the peer a case; run with record --wire. A case is a call that is already
// blocked when the frame comes, or a nap, when what matters is what the softirq makes of the frame.
#include "wire_parts.h"
static int bound(int type, int port) {
  int fd = socket(AF_INET, type, 0);
  struct sockaddr_in a = addr4("0.0.0.0", port);
  if (bind(fd, SA(a))) perror("! bind");
  return fd;
}

int main(void) {
  harness_init();
  teller = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in from, peer = addr4(PEER_IP, 7790), mine = addr4(LOCAL_IP, 5353);
  socklen_t len = sizeof from;
  order("warm_up", "icmp_echo 56");
  usleep(600000);
  int u = bound(SOCK_DGRAM, 5353);
  WHILE("eth_udp_blocked_recvfrom_5", "udp 5 5353", recvfrom(u, buf, sizeof buf, 0, (struct sockaddr *)&from, &len));
  WHILE("eth_udp_blocked_recv_200", "udp 200 5353", recv(u, buf, sizeof buf, 0));
  WHILE("eth_udp_blocked_recv_210", "udp 210 5353", recv(u, buf, sizeof buf, 0)); // the last that e1000 copies
  WHILE("eth_udp_blocked_recv_211", "udp 211 5353", recv(u, buf, sizeof buf, 0)); // the first that it does not
  WHILE("eth_udp_blocked_recv_1000", "udp 1000 5353", recv(u, buf, sizeof buf, 0));
  WHILE("eth_udp_blocked_recv_1472", "udp 1472 5353", recv(u, buf, sizeof buf, 0));
  WHILE("eth_udp_blocked_recv_3000_fragments", "udp_fragments 3000 5353", recv(u, buf, sizeof buf, 0));
  WHILE("eth_udp_blocked_recv_3000_reversed", "udp_fragments_reversed 3000 5353", recv(u, buf, sizeof buf, 0));
  WHILE("eth_udp_blocked_recv_no_checksum", "udp_no_checksum 40 5353", recv(u, buf, sizeof buf, 0));
  WHILE("eth_udp_blocked_read", "udp 40 5353", read(u, buf, sizeof buf));
  struct pollfd p = {u, POLLIN, 0};
  WHILE("eth_udp_blocked_poll", "udp 40 5353", poll(&p, 1, 2000));
  CASE("eth_udp_recv_40_queued", recv(u, buf, 100, 0));
  NAP("eth_rx_udp_5_queued", "udp 5 5353");
  recv(u, buf, sizeof buf, 0);
  NAP("eth_rx_udp_1000_queued", "udp 1000 5353");
  CASE("eth_udp_recv_1000_queued", recv(u, buf, sizeof buf, 0));
  NAP("eth_rx_udp_burst_3", "udp_burst 40 5353 3");
  while (recv(u, buf, sizeof buf, MSG_DONTWAIT) >= 0) {}
  NAP("eth_rx_udp_options", "udp_options 40 5353");
  NAP("eth_rx_udp_record_route", "udp_record_route 40 5353");
  NAP("eth_rx_udp_ttl_1", "udp_ttl_1 40 5353");
  NAP("eth_rx_udp_broadcast", "udp_broadcast 40 5353");
  NAP("eth_rx_udp_vlan", "ether_vlan 40 5353");
  while (recv(u, buf, sizeof buf, MSG_DONTWAIT) >= 0) {}
  NAP("eth_rx_udp_bad_checksum", "udp_bad_checksum 40 5353");
  NAP("eth_rx_udp_bad_checksum_68", "udp_bad_checksum 68 5353"); // up to here it is verified on arrival (CHECKSUM_BREAK)
  NAP("eth_rx_udp_bad_checksum_69", "udp_bad_checksum 69 5353"); // from here when the bytes are copied out
  CASE("eth_udp_recv_bad_checksum_69_eagain", recv(u, buf, 2000, MSG_DONTWAIT));
  NAP("eth_rx_udp_bad_checksum_1000", "udp_bad_checksum 1000 5353");
  CASE("eth_udp_recv_bad_checksum_eagain", recv(u, buf, 2000, MSG_DONTWAIT));
  NAP("eth_rx_udp_bad_length", "udp_bad_length 40 5353");
  NAP("eth_rx_udp_header_cut", "udp_header_cut");
  NAP("eth_rx_udp_closed_port", "udp 5 5999");
  NAP("eth_rx_udp_closed_port_1000", "udp 1000 5998");
  NAP("eth_rx_udp_closed_port_broadcast", "udp_broadcast 40 5999");
  NAP("eth_rx_udp_martian_source", "udp_martian_source 40 5353");
  NAP("eth_rx_udp_own_source", "udp_own_source 40 5353");
  NAP("eth_rx_udp_other_address", "udp_other_address 40 5353");
  NAP("eth_rx_udp_not_forwarded", "udp_forwarded 40 5353");
  NAP("eth_rx_udp_other_mac", "udp_other_mac 40 5353");
  NAP("eth_rx_ip_bad_checksum", "ip_bad_checksum 40 5353");
  NAP("eth_rx_ip_version_6_in_ipv4", "ip_version_6_in_ipv4 40 5353");
  NAP("eth_rx_ip_header_length_4", "ip_header_length_4 40 5353");
  NAP("eth_rx_ip_total_too_long", "ip_total_too_long 40 5353");
  NAP("eth_rx_ip_protocol_253", "ip_protocol 253");
  int small = 2304;
  setsockopt(u, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  NAP("eth_rx_udp_receive_buffer_full", "udp_burst 1000 5353 4");
  while (recv(u, buf, sizeof buf, MSG_DONTWAIT) >= 0) {}
  close(u);
  u = bound(SOCK_DGRAM, 0);
  bind(u, SA(mine)), connect(u, SA(peer));
  len = sizeof from;
  getsockname(u, (struct sockaddr *)&from, &len);
  char what[80];
  snprintf(what, sizeof what, "udp 40 %d", ntohs(from.sin_port));
  WHILE("eth_udp_blocked_recv_connected", what, recv(u, buf, sizeof buf, 0));
  snprintf(what, sizeof what, "icmp_port_unreachable %d 7790", ntohs(from.sin_port));
  WHILE("eth_udp_blocked_recv_econnrefused", what, recv(u, buf, sizeof buf, 0));
  NAP("eth_rx_icmp_port_unreachable", what);
  close(u);
  return 0;
}
