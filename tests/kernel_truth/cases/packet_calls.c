// Packet sockets: binding, taps on lo and eth0 in both directions, reading, sending whole frames, promiscuous mode,
// statistics, closing.
#include "packet_parts.h"
static unsigned char frame[1600] = {0x52, 0x55, 10, 0, 2, 2, 0x52, 0x54, 0, 0x12, 0x34, 0x56, 0x88, 0xb5};
// An IPv4 and UDP header to 10.0.2.15 port 5600, data of `size` zeros; no UDP checksum.
static int datagram(unsigned char* at, int size) {
  int total = 28 + size, sum = 0;
  unsigned char head[28] = {
      0x45, 0,    total >> 8, total,           0,       7, 0, 0, 64, 17, 0, 0, 10, 9, 9, 9, 10, 0, 2, 15, 0x15,
      0xe1, 0x15, 0xe0,       (8 + size) >> 8, 8 + size};
  for (int i = 0; i < 20; i += 2) sum += head[i] << 8 | head[i + 1];
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  head[10] = ~sum >> 8, head[11] = ~sum;
  memcpy(at, head, 28), memset(at + 28, 0, size);
  return total;
}
static long member(int fd, int option, const char* device, int type) {
  struct packet_mreq m = {.mr_ifindex = known(device), .mr_type = type};
  return setsockopt(fd, SOL_PACKET, option, &m, sizeof m);
}
static long multicast(int fd, int option) {
  struct packet_mreq m = {
      .mr_ifindex = known("eth0"), .mr_type = PACKET_MR_MULTICAST, .mr_alen = 6, .mr_address = {1, 0, 0x5e, 1, 2, 3}};
  return setsockopt(fd, SOL_PACKET, option, &m, sizeof m);
}
int main(void) {
  harness_init();
  int s = socket(AF_INET, SOCK_DGRAM, 0), c = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = addr4("127.0.0.1", 5600), any = addr4("0.0.0.0", 5600), peer = addr4(PEER_IP, 7777);
  bind(s, SA(any));
  sendto(c, buf, 40, 0, SA(a)), recv(s, buf, 2000, 0);
  sendto(c, buf, 4, 0, SA(peer)), recv(c, buf, 100, 0);
  // Binding
  int p = socket(AF_PACKET, SOCK_RAW, 0), q = socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP));
  struct sockaddr_ll name;
  socklen_t len = sizeof name;
  CASE("pkt_getsockname_unbound", getsockname(p, (void*)&name, &len));
  CASE("pkt_bind_short_einval", bind(p, (void*)link_at("lo", ETH_P_ALL), 16));
  struct sockaddr_ll odd = *link_at("lo", ETH_P_ALL);
  odd.sll_family = AF_INET;
  CASE("pkt_bind_family_einval", bind(p, LL(&odd)));
  odd.sll_family = AF_PACKET, odd.sll_ifindex = 99;
  CASE("pkt_bind_no_device_enodev", bind(p, LL(&odd)));
  CASE("pkt_bind_lo_all", bind(p, LL(link_at("lo", ETH_P_ALL))));
  CASE("pkt_bind_same_again", bind(p, LL(link_at("lo", ETH_P_ALL))));
  len = sizeof name;
  CASE("pkt_getsockname_bound", getsockname(p, (void*)&name, &len));
  CASE("pkt_getpeername_eopnotsupp", getpeername(p, (void*)&name, &len));
  CASE("pkt_connect_eopnotsupp", connect(p, LL(link_at("lo", ETH_P_ALL))));
  CASE("pkt_listen_eopnotsupp", listen(p, 1));
  CASE("pkt_shutdown_eopnotsupp", shutdown(p, SHUT_RD));
  // A tap on lo sees each datagram twice: going out and coming in
  CASE("pkt_recv_eagain", recv(p, buf, 2000, MSG_DONTWAIT));
  CASE("pkt_poll_empty", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  CASE("pkt_tap_lo_all_udp_40", sendto(c, buf, 40, 0, SA(a)));
  CASE("pkt_poll_readable", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  int waiting;
  CASE("pkt_ioctl_inq", ioctl(p, FIONREAD, &waiting));
  CASE("pkt_ioctl_outq", ioctl(p, TIOCOUTQ, &waiting));
  len = sizeof name;
  CASE("pkt_recvfrom_outgoing", recvfrom(p, big, 2000, 0, (void*)&name, &len));
  CASE("pkt_recv_peek", recv(p, big, 2000, MSG_PEEK));
  CASE("pkt_recv_truncated", recv(p, big, 20, 0));
  sendto(c, buf, 40, 0, SA(a));
  CASE("pkt_recv_msg_trunc", recv(p, big, 20, MSG_TRUNC));
  CASE("pkt_recv_oob_einval", recv(p, big, 20, MSG_OOB));
  CASE("pkt_setsockopt_auxdata", on(p, SOL_PACKET, PACKET_AUXDATA, 1));
  CASE("pkt_recvmsg_auxdata", receive(p, 2000, 0));
  on(p, SOL_PACKET, PACKET_AUXDATA, 0), empty(p);
  CASE("pkt_getsockopt_statistics", asked(p, SOL_PACKET, PACKET_STATISTICS, 8));
  CASE("pkt_getsockopt_statistics_again", asked(p, SOL_PACKET, PACKET_STATISTICS, 8));
  CASE("pkt_getsockopt_unknown_enoprotoopt", asked(p, SOL_PACKET, 99, 4));
  CASE("pkt_setsockopt_unknown_enoprotoopt", on(p, SOL_PACKET, 99, 1));
  CASE("pkt_setsockopt_auxdata_short_einval", setsockopt(p, SOL_PACKET, PACKET_AUXDATA, &waiting, 2));
  CASE("pkt_setsockopt_ip_level_enoprotoopt", on(p, IPPROTO_IP, IP_TOS, 1));
  CASE("pkt_setsockopt_ignore_outgoing", on(p, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1));
  CASE("pkt_tap_lo_ignore_outgoing", sendto(c, buf, 40, 0, SA(a)));
  on(p, SOL_PACKET, PACKET_IGNORE_OUTGOING, 0), empty(p);
  CASE("pkt_setsockopt_origdev", on(p, SOL_PACKET, PACKET_ORIGDEV, 1));
  CASE("pkt_getsockopt_origdev", asked(p, SOL_PACKET, PACKET_ORIGDEV, 4));
  // One protocol only: nothing of what goes out
  CASE("pkt_rebind_lo_ip", bind(p, LL(link_at("lo", ETH_P_IP))));
  CASE("pkt_tap_lo_ip_udp_40", sendto(c, buf, 40, 0, SA(a)));
  empty(p);
  CASE("pkt_rebind_lo_arp", bind(p, LL(link_at("lo", ETH_P_ARP))));
  CASE("pkt_tap_lo_arp_sees_nothing", sendto(c, buf, 40, 0, SA(a)));
  // The datagram socket of this type is bound to no device: packets without their link header
  CASE("pkt_bind_any_device", bind(q, LL(link_at("none", ETH_P_ALL))));
  CASE("pkt_tap_any_dgram_udp_1000", sendto(c, buf, 1000, 0, SA(a)));
  len = sizeof name;
  CASE("pkt_dgram_recvfrom", recvfrom(q, big, 2000, 0, (void*)&name, &len));
  empty(q);
  // eth0: out to the peer and its echo
  CASE("pkt_bind_eth0_all", bind(p, LL(link_at("eth0", ETH_P_ALL))));
  CASE("pkt_tap_eth0_raw_and_dgram", sendto(c, buf, 40, 0, SA(peer)));
  empty(p), empty(q);
  CASE("pkt_close_bound_dgram", close(q));
  CASE("pkt_tap_eth0_raw", sendto(c, buf, 40, 0, SA(peer)));
  len = sizeof name;
  CASE("pkt_recvfrom_eth0", recvfrom(p, big, 2000, 0, (void*)&name, &len));
  empty(p);
  // Two taps: each with a clone of its own
  int p2 = tap(SOCK_RAW, "lo", ETH_P_ALL), p3 = tap(SOCK_RAW, "lo", ETH_P_ALL);
  CASE("pkt_two_taps_lo_udp", sendto(c, buf, 40, 0, SA(a)));
  CASE("pkt_close_with_queue", close(p3));
  empty(p2);
  int l = socket(AF_INET, SOCK_STREAM, 0), t = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in b = addr4("127.0.0.1", 5601);
  bind(l, SA(b)), listen(l, 1);
  CASE("pkt_tap_lo_tcp_connect", connect(t, SA(b)));
  int u = accept(l, 0, 0);
  CASE("pkt_tap_lo_tcp_write_100", write(t, buf, 100));
  CASE("pkt_tap_lo_tcp_write_30000", write(t, buf, 30000));
  close(t), close(u), close(l), empty(p2);
  // A full queue
  on(p2, SOL_SOCKET, SO_RCVBUF, 1);
  for (int i = 0; i < 4; i++) sendto(c, buf, 1000, 0, SA(a));
  CASE("pkt_tap_queue_full", sendto(c, buf, 1000, 0, SA(a)));
  CASE("pkt_statistics_drops", asked(p2, SOL_PACKET, PACKET_STATISTICS, 8));
  close(p2);
  while (recv(s, big, sizeof big, MSG_DONTWAIT) >= 0) {}
  // Sending
  int unbound = socket(AF_PACKET, SOCK_RAW, 0);
  CASE("pkt_send_unbound_enxio", send(unbound, frame, 60, 0));
  CASE("pkt_send_bound_60", send(p, frame, 60, 0));
  empty(p);
  close(p), p = socket(AF_PACKET, SOCK_RAW, 0);
  CASE("pkt_sendto_raw_eth0_60", sendto(p, frame, 60, 0, LL(link_at("eth0", 0x88b5))));
  CASE("pkt_sendto_raw_eth0_1514", sendto(p, frame, 1514, 0, LL(link_at("eth0", 0x88b5))));
  CASE("pkt_sendto_raw_protocol_0", sendto(p, frame, 60, 0, LL(link_at("eth0", 0))));
  CASE("pkt_sendto_raw_1519_emsgsize", sendto(p, frame, 1519, 0, LL(link_at("eth0", 0x88b5))));
  CASE("pkt_sendto_raw_1515_emsgsize", sendto(p, frame, 1515, 0, LL(link_at("eth0", 0x88b5))));
  CASE("pkt_sendto_raw_10_einval", sendto(p, frame, 10, 0, LL(link_at("eth0", 0x88b5))));
  CASE("pkt_sendto_no_device_enxio", sendto(p, frame, 60, 0, LL(link_at("none", 0x88b5))));
  CASE("pkt_sendto_short_address_einval", sendto(p, frame, 60, 0, (void*)link_at("eth0", 0x88b5), 16));
  unsigned char up[1600] = {0};
  int size = datagram(up + 14, 32);
  up[12] = 8;
  CASE("pkt_sendto_raw_lo_udp", sendto(p, up, 14 + size, 0, LL(link_at("lo", ETH_P_IP))));
  CASE("pkt_udp_recv_injected", recv(s, big, 2000, MSG_DONTWAIT));
  int d = socket(AF_PACKET, SOCK_DGRAM, 0);
  CASE("pkt_sendto_dgram_lo_udp", sendto(d, up + 14, size, 0, LL(link_at("lo", ETH_P_IP))));
  recv(s, big, 2000, MSG_DONTWAIT);
  struct sockaddr_ll to = *link_at("eth0", 0x88b5);
  to.sll_halen = 6, memcpy(to.sll_addr, frame, 6);
  CASE("pkt_sendto_dgram_eth0_100", sendto(d, buf, 100, 0, LL(&to)));
  CASE("pkt_sendto_dgram_1600_emsgsize", sendto(d, buf, 1600, 0, LL(&to)));
  on(p, SOL_PACKET, PACKET_QDISC_BYPASS, 1);
  CASE("pkt_sendto_qdisc_bypass", sendto(p, frame, 60, 0, LL(link_at("eth0", 0x88b5))));
  // Memberships
  CASE("pkt_promisc_add", member(p, PACKET_ADD_MEMBERSHIP, "eth0", PACKET_MR_PROMISC));
  CASE("pkt_promisc_add_again", member(p, PACKET_ADD_MEMBERSHIP, "eth0", PACKET_MR_PROMISC));
  CASE("pkt_promisc_drop_first", member(p, PACKET_DROP_MEMBERSHIP, "eth0", PACKET_MR_PROMISC));
  CASE("pkt_promisc_drop_last", member(p, PACKET_DROP_MEMBERSHIP, "eth0", PACKET_MR_PROMISC));
  CASE("pkt_promisc_no_device_enodev", member(p, PACKET_ADD_MEMBERSHIP, "none", PACKET_MR_PROMISC));
  CASE("pkt_allmulti_add", member(p, PACKET_ADD_MEMBERSHIP, "eth0", PACKET_MR_ALLMULTI));
  CASE("pkt_multicast_add", multicast(p, PACKET_ADD_MEMBERSHIP));
  CASE("pkt_multicast_drop", multicast(p, PACKET_DROP_MEMBERSHIP));
  member(p, PACKET_ADD_MEMBERSHIP, "eth0", PACKET_MR_PROMISC);
  CASE("pkt_close_with_memberships", close(p));
  return 0;
}
