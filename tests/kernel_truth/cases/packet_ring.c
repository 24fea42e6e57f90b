// A packet socket with a receive ring shared with the program (PACKET_RX_RING), version 1 of its frames; SOCK_PACKET.
#include "packet_parts.h"
#include <sys/mman.h>
struct old_address {
  unsigned short family;
  unsigned char device[14];
  unsigned short protocol;
};
static long ring(int fd, int block, int blocks, int frame) {
  struct tpacket_req r = {block, blocks, frame, block / frame * blocks};
  return setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &r, sizeof r);
}
int main(void) {
  harness_init();
  int s = socket(AF_INET, SOCK_DGRAM, 0), c = socket(AF_INET, SOCK_DGRAM, 0), p = socket(AF_PACKET, SOCK_RAW, 0);
  struct sockaddr_in a = addr4("127.0.0.1", 5640);
  bind(s, SA(a));
  sendto(c, buf, 40, 0, SA(a)), recv(s, buf, 2000, 0);
  CASE("ring_odd_frame_size_einval", ring(p, 4096, 1, 100));
  CASE("ring_set_4096_2048", ring(p, 4096, 1, 2048));
  CASE("ring_version_ebusy", on(p, SOL_PACKET, PACKET_VERSION, TPACKET_V2));
  unsigned* at = 0;
  CASE("ring_mmap", (at = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, p, 0), at == MAP_FAILED ? -1 : 0));
  CASE("ring_bind_lo_all", bind(p, LL(link_at("lo", ETH_P_ALL))));
  CASE("ring_poll_empty", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  CASE("ring_udp_40", sendto(c, buf, 40, 0, SA(a)));
  CASE("ring_poll_readable", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  CASE("ring_udp_full", sendto(c, buf, 40, 0, SA(a)));
  CASE("ring_statistics", asked(p, SOL_PACKET, PACKET_STATISTICS, 8));
  *(unsigned long*)at = TP_STATUS_KERNEL, *(unsigned long*)(at + 512) = TP_STATUS_KERNEL;
  CASE("ring_udp_3000_cut", sendto(c, buf, 3000, 0, SA(a)));
  CASE("ring_unset_ebusy", ring(p, 4096, 0, 2048));
  munmap(at, 4096);
  CASE("ring_close", close(p));
  while (recv(s, big, sizeof big, MSG_DONTWAIT) >= 0) {}
  close(socket(AF_INET, SOCK_PACKET, 0)); // the kernel warns in its log, once
  int o = socket(AF_PACKET, SOCK_PACKET, htons(ETH_P_ALL));
  struct sockaddr lo = {AF_PACKET, "lo"}, nowhere = {AF_PACKET, "none"};
  struct old_address from, to = {AF_PACKET, "lo", htons(ETH_P_IP)};
  socklen_t len = sizeof from;
  CASE("spkt_bind_enodev", bind(o, &nowhere, sizeof nowhere));
  CASE("spkt_bind_short_einval", bind(o, &lo, 10));
  CASE("spkt_bind_lo", bind(o, &lo, sizeof lo));
  CASE("spkt_getsockname", getsockname(o, (void*)&from, &len));
  CASE("spkt_tap_lo_udp_40", sendto(c, buf, 40, 0, SA(a)));
  len = sizeof from;
  CASE("spkt_recvfrom", recvfrom(o, big, 2000, 0, (void*)&from, &len));
  while (recv(o, big, sizeof big, MSG_DONTWAIT) >= 0) {}
  CASE("spkt_send_no_address_enotconn", send(o, buf, 60, 0));
  unsigned char frame[60] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0xb5};
  CASE("spkt_sendto_lo_60", sendto(o, frame, 60, 0, (void*)&to, 18));
  CASE("spkt_close", close(o));
  return 0;
}
