// Packet sockets and frames that come up from eth0: blocked readers, unknown types, ARP, who else takes the frame; run with
// record --wire.
#include "packet_parts.h"
#define LATER_MS 1500
#define NAP_MS 1900
#include "wire_parts.h"
int main(void) {
  harness_init();
  teller = socket(AF_INET, SOCK_DGRAM, 0);
  int u = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = addr4("0.0.0.0", 5000);
  bind(u, SA(a));
  order("warm_up", "icmp_echo 56");
  usleep(2000000);
  int p = tap(SOCK_RAW, "eth0", ETH_P_ALL);
  empty(p);
  // The order itself is seen by the tap when it goes out: read away before each case
  order("warm_up_2", "icmp_echo 56"), usleep(2000000), empty(p);
#define READ(name, what, call)                                                                                         \
  do {                                                                                                                 \
    order(name, what);                                                                                                 \
    empty(p);                                                                                                          \
    CASE(name, call);                                                                                                  \
    usleep(600000);                                                                                                    \
    empty(p);                                                                                                          \
  } while (0)
  READ("eth_pkt_all_blocked_recv_udp", "udp 40 5000", recv(p, big, 2000, 0));
  READ("eth_pkt_all_blocked_recv_arp", "arp_request", recv(p, big, 2000, 0));
  READ("eth_pkt_all_blocked_recv_unknown_type", "ether_unknown", recv(p, big, 2000, 0));
  READ("eth_pkt_all_blocked_recv_802_3", "ether_802_3", recv(p, big, 2000, 0));
  READ("eth_pkt_all_blocked_recv_closed_port", "udp 40 5999", recv(p, big, 2000, 0));
  close(p);
  p = tap(SOCK_DGRAM, "eth0", ETH_P_ARP);
  READ("eth_pkt_arp_dgram_blocked_recv", "arp_request", recv(p, big, 2000, 0));
  close(p);
  p = tap(SOCK_RAW, "eth0", 0x88b5);
  NAP("eth_rx_pkt_other_type_udp", "udp 40 5000");
  close(p);
  p = tap(SOCK_DGRAM, "eth0", ETH_P_IP);
  int p2 = tap(SOCK_RAW, "eth0", ETH_P_IP);
  NAP("eth_rx_pkt_two_ip_taps", "udp 40 5000");
  close(p2);
  struct sock_filter icmp[] = {{BPF_LD | BPF_B | BPF_ABS, 0, 0, 9},
                               {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 1},
                               {BPF_RET | BPF_K, 0, 0, 0xffff},
                               {BPF_RET | BPF_K, 0, 0, 0}};
  ATTACH(p, icmp), empty(p);
  NAP("eth_rx_pkt_filter_sorts_out", "udp 40 5000");
  WHILE("eth_pkt_filter_blocked_recv_icmp", "icmp_echo 56", recv(p, big, 2000, 0));
  close(p);
  while (recv(u, big, sizeof big, MSG_DONTWAIT) >= 0) {}
  struct sock_filter first_byte[] = {{BPF_LD | BPF_B | BPF_ABS, 0, 0, 8},
                                     {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 1},
                                     {BPF_RET | BPF_K, 0, 0, 0xffff},
                                     {BPF_RET | BPF_K, 0, 0, 0}};
  ATTACH(u, first_byte);
  NAP("eth_rx_udp_filter_drops", "udp 40 5000");
  return 0;
}
