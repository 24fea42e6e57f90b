// Receive rings with frames of version 2, and of version 3, whose blocks are handed over whole: full, or after a while.
#include "packet_parts.h"
#include <sys/mman.h>
static unsigned char* shared;
static long ring(int fd, int block, int blocks, int frame) {
  struct tpacket_req r = {block, blocks, frame, frame ? block / frame * blocks : 0};
  return setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &r, sizeof r);
}
static long ring3(int fd, int blocks, int timeout, int private, int features) {
  struct tpacket_req3 r = {4096, blocks, 2048, 2 * blocks, timeout, private, features};
  return setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &r, sizeof r);
}
static long header_of(int fd, int version) {
  socklen_t size = sizeof version;
  return getsockopt(fd, SOL_PACKET, PACKET_HDRLEN, &version, &size);
}
static void map(int fd, int size) { shared = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); }
static void tell2(int frame) {
  struct tpacket2_hdr* h = (void*)(shared + frame * 2048);
  printf("! frame %d: status %x len %u snaplen %u mac %u net %u vlan %x %x\n", frame, h->tp_status, h->tp_len, h->tp_snaplen, h->tp_mac,
         h->tp_net, h->tp_vlan_tci, h->tp_vlan_tpid);
}
static void tell3(int block) {
  struct tpacket_block_desc* b = (void*)(shared + block * 4096);
  struct tpacket_hdr_v1* h = &b->hdr.bh1;
  printf("! block %d: version %u priv %u status %x pkts %u first %u len %u seq %llu\n", block, b->version, b->offset_to_priv,
         h->block_status, h->num_pkts, h->offset_to_first_pkt, h->blk_len, (unsigned long long)h->seq_num);
  unsigned char* p = (void*)b + h->offset_to_first_pkt;
  for (unsigned i = 0; i < h->num_pkts; i++) {
    struct tpacket3_hdr* f = (void*)p;
    printf("!   packet %u at %ld: next %u status %x len %u snaplen %u mac %u net %u hash %x\n", i, (long)(p - (unsigned char*)b),
           f->tp_next_offset, f->tp_status, f->tp_len, f->tp_snaplen, f->tp_mac, f->tp_net, f->hv1.tp_rxhash);
    p += f->tp_next_offset;
  }
}
static void give_back(int block) { ((struct tpacket_block_desc*)(shared + block * 4096))->hdr.bh1.block_status = TP_STATUS_KERNEL; }
int main(void) {
  harness_init();
  int s = socket(AF_INET, SOCK_DGRAM, 0), c = socket(AF_INET, SOCK_DGRAM, 0), p = socket(AF_PACKET, SOCK_RAW, 0);
  struct sockaddr_in a = addr4("127.0.0.1", 5640);
  bind(s, SA(a));
  sendto(c, buf, 40, 0, SA(a)), recv(s, buf, 2000, 0);
  CASE("ring2_version", on(p, SOL_PACKET, PACKET_VERSION, TPACKET_V2));
  CASE("ring2_header_length", header_of(p, TPACKET_V2));
  CASE("ring2_frame_too_small_einval", ring(p, 4096, 1, 32));
  CASE("ring2_set_4096_2048", ring(p, 4096, 1, 2048));
  map(p, 4096);
  CASE("ring2_bind_lo_all", bind(p, LL(link_at("lo", ETH_P_ALL))));
  CASE("ring2_poll_empty", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  CASE("ring2_udp_40", sendto(c, buf, 40, 0, SA(a)));
  tell2(0), tell2(1);
  CASE("ring2_poll_readable", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  CASE("ring2_udp_full", sendto(c, buf, 40, 0, SA(a)));
  ((struct tpacket2_hdr*)shared)->tp_status = TP_STATUS_KERNEL;
  CASE("ring2_udp_one_free", sendto(c, buf, 40, 0, SA(a)));
  tell2(0), tell2(1);
  CASE("ring2_statistics", asked(p, SOL_PACKET, PACKET_STATISTICS, 8));
  CASE("ring2_unset_ebusy", ring(p, 4096, 0, 2048));
  munmap(shared, 4096);
  CASE("ring2_unset", ring(p, 0, 0, 0));
  CASE("ring2_close", close(p));
  while (recv(s, big, sizeof big, MSG_DONTWAIT) >= 0) {}
  p = socket(AF_PACKET, SOCK_RAW, 0);
  CASE("ring3_version", on(p, SOL_PACKET, PACKET_VERSION, TPACKET_V3));
  CASE("ring3_header_length", header_of(p, TPACKET_V3));
  CASE("ring3_short_request_einval", ring(p, 4096, 2, 2048));
  CASE("ring3_private_too_large_einval", ring3(p, 2, 5000, 4096, 0));
  CASE("ring3_set_4096_2", ring3(p, 2, 5000, 0, 0));
  map(p, 8192);
  tell3(0), tell3(1);
  CASE("ring3_bind_lo_all", bind(p, LL(link_at("lo", ETH_P_ALL))));
  CASE("ring3_poll_empty", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  CASE("ring3_udp_40", sendto(c, buf, 40, 0, SA(a)));
  CASE("ring3_poll_block_open", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  CASE("ring3_udp_1400_fits", sendto(c, buf, 1400, 0, SA(a)));
  CASE("ring3_udp_1400_next_block", sendto(c, buf, 1400, 0, SA(a)));
  tell3(0), tell3(1);
  CASE("ring3_poll_readable", poll(&(struct pollfd){p, POLLIN, 0}, 1, 0));
  CASE("ring3_udp_1400_freezes", sendto(c, buf, 1400, 0, SA(a)));
  tell3(0), tell3(1);
  CASE("ring3_udp_40_frozen", sendto(c, buf, 40, 0, SA(a)));
  CASE("ring3_statistics", asked(p, SOL_PACKET, PACKET_STATISTICS, 12));
  give_back(0);
  CASE("ring3_udp_40_thaws", sendto(c, buf, 40, 0, SA(a)));
  tell3(0), tell3(1);
  CASE("ring3_statistics_again", asked(p, SOL_PACKET, PACKET_STATISTICS, 12));
  CASE("ring3_udp_3000_cut", sendto(c, buf, 3000, 0, SA(a)));
  munmap(shared, 8192);
  CASE("ring3_close", close(p));
  while (recv(s, big, sizeof big, MSG_DONTWAIT) >= 0) {}
  p = socket(AF_PACKET, SOCK_RAW, 0), on(p, SOL_PACKET, PACKET_VERSION, TPACKET_V3);
  CASE("ring3_set_hash_private", ring3(p, 2, 600, 16, TP_FT_REQ_FILL_RXHASH)); // from here on the timer looks every 600 ms
  map(p, 8192);
  bind(p, LL(link_at("lo", ETH_P_ALL)));
  CASE("ring3_udp_40_hash", sendto(c, buf, 40, 0, SA(a)));
  CASE("ring3_timer_hands_over", (usleep(620000), 0));
  CASE("ring3_udp_40_second_block", sendto(c, buf, 40, 0, SA(a)));
  CASE("ring3_timer_frozen", (usleep(700000), 0));
  tell3(0), tell3(1);
  give_back(0);
  CASE("ring3_timer_thaws", (usleep(620000), 0));
  tell3(0), tell3(1);
  sendto(c, buf, 40, 0, SA(a));
  CASE("ring3_poll_older_block", poll(&(struct pollfd){p, POLLIN, 0}, 1, 5000));
  tell3(0), tell3(1);
  munmap(shared, 8192);
  CASE("ring3_close_hash", close(p));
  p = socket(AF_PACKET, SOCK_RAW, 0), on(p, SOL_PACKET, PACKET_VERSION, TPACKET_V3);
  bind(p, LL(link_at("eth0", ETH_P_ALL)));
  CASE("ring3_set_eth0_own_timeout", ring3(p, 2, 0, 0, 0));
  CASE("ring3_close_eth0", close(p));
  return 0;
}
