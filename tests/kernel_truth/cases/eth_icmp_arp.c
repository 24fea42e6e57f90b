// ICMP, ARP and odd frames that come up from eth0; run with record --wire.
#include "harness.h"
static int teller;

static void order(const char *name, const char *what) {
  char text[200];
  struct sockaddr_in peer = addr4(PEER_IP, 7790);
  snprintf(text, sizeof text, "%s 400 %s", name, what);
  sendto(teller, text, strlen(text), 0, SA(peer));
  usleep(60000);
}
#define WHILE(name, what, call) do { order(name, what); CASE(name, call); } while (0)
#define NAP(name, what) WHILE(name, what, (usleep(600000), 0))

int main(void) {
  harness_init();
  teller = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in peer = addr4(PEER_IP, 0);
  order("warm_up", "icmp_echo 56");
  usleep(600000);
  NAP("eth_rx_icmp_echo_56", "icmp_echo 56");
  NAP("eth_rx_icmp_echo_0", "icmp_echo 0");
  NAP("eth_rx_icmp_echo_1000", "icmp_echo 1000");
  NAP("eth_rx_icmp_echo_1472", "icmp_echo 1472");
  NAP("eth_rx_icmp_echo_3000_fragments", "icmp_echo_fragments 3000");
  NAP("eth_rx_icmp_echo_burst_3", "icmp_echo_burst 56 3");
  NAP("eth_rx_icmp_bad_checksum", "icmp_bad_checksum");
  NAP("eth_rx_icmp_unknown_type", "icmp_unknown_type");
  NAP("eth_rx_icmp_extended_echo", "icmp_extended_echo");
  NAP("eth_rx_icmp_timestamp", "icmp_timestamp");
  NAP("eth_rx_icmp_reply_unasked", "icmp_reply_unasked");
  NAP("eth_rx_icmp_broadcast", "icmp_broadcast");
  NAP("eth_rx_tcp_syn_closed_port", "tcp_syn 9");
  NAP("eth_rx_tcp_ack_no_connection", "tcp_ack 9");
  NAP("eth_rx_arp_request", "arp_request");
  NAP("eth_rx_arp_request_new_neighbour", "arp_request_new_neighbour");
  NAP("eth_rx_arp_request_other", "arp_request_other");
  NAP("eth_rx_arp_gratuitous", "arp_gratuitous");
  NAP("eth_rx_arp_reply", "arp_reply");
  NAP("eth_rx_arp_bad_hardware_length", "arp_bad_hardware_length");
  NAP("eth_rx_ether_unknown", "ether_unknown");
  NAP("eth_rx_ether_802_3", "ether_802_3");
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  WHILE("eth_raw_icmp_blocked_recv_echo", "icmp_echo 56", recv(raw, buf, sizeof buf, 0));
  close(raw);
  raw = socket(AF_INET, SOCK_RAW, 253);
  WHILE("eth_raw_253_blocked_recv", "ip_protocol 253", recv(raw, buf, sizeof buf, 0));
  close(raw);
  raw = socket(AF_INET, SOCK_RAW, IPPROTO_UDP);
  WHILE("eth_raw_udp_blocked_recv_closed_port", "udp 5 5999", recv(raw, buf, sizeof buf, 0));
  close(raw);
  int packet = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_IP));
  WHILE("eth_packet_blocked_recv_echo", "icmp_echo 56", recv(packet, buf, sizeof buf, 0));
  close(packet);
  int ping = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  unsigned char echo[64] = {8};
  CASE("eth_ping_sendto", sendto(ping, echo, sizeof echo, 0, SA(peer)));
  CASE("eth_ping_recv", recv(ping, buf, sizeof buf, MSG_DONTWAIT));
  CASE("close_ping_used", close(ping));
  raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  unsigned char request[64] = {8, 0, 0xf7, 0xf8, 0, 7};
  CASE("eth_raw_icmp_sendto_64", sendto(raw, request, sizeof request, 0, SA(peer)));
  CASE("eth_raw_icmp_recv_reply", recv(raw, buf, sizeof buf, MSG_DONTWAIT));
  CASE("close_raw_icmp_used", close(raw));
  struct sockaddr_in nobody = addr4("10.0.2.88", 9);
  CASE("eth_udp_sendto_arp_unanswered", sendto(teller, "x", 1, 0, SA(nobody)));
  usleep(3500000);
  struct sockaddr_in echo_port = addr4(PEER_IP, 7777);
  int u = socket(AF_INET, SOCK_DGRAM, 0);
  CASE("eth_udp_sendto_1472", sendto(u, buf, 1472, 0, SA(echo_port)));
  CASE("eth_udp_recv_1472", recv(u, buf, 2000, MSG_DONTWAIT));
  CASE("eth_udp_sendto_0", sendto(u, "", 0, 0, SA(echo_port)));
  CASE("eth_udp_recv_0", recv(u, buf, 2000, MSG_DONTWAIT));
  return 0;
}
