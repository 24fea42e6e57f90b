// Datagrams and echo requests of many sizes, out and back: through eth0 to a peer that echoes them, and on loopback.
#include "harness.h"
static int echo_request(int size, int id) {
  memset(buf, 0, 8 + size);
  buf[0] = 8, buf[2] = (char)0xf7, buf[3] = (char)(0xff - id), buf[5] = id;
  return 8 + size;
}
static void named(char *to, const char *what, int size) { sprintf(to, "%s_%d", what, size); }

int main(void) {
  harness_init();
  struct sockaddr_in peer = addr4(PEER_IP, 7777), lo = addr4("127.0.0.1", 5401);
  int u = socket(AF_INET, SOCK_DGRAM, 0), s = socket(AF_INET, SOCK_DGRAM, 0), r = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  char name[80];
  sendto(u, "warm", 4, 0, SA(peer)), recv(u, buf, 100, 0);
  bind(s, SA(lo));
  int wire[] = {0, 1, 18, 19, 68, 69, 200, 210, 211, 1000, 1472, 1473, 2000, 8000};
  for (int i = 0; i < sizeof wire / sizeof *wire; i++) {
    named(name, "eth_udp_echo_sendto", wire[i]);
    CASE(name, sendto(u, buf, wire[i], 0, SA(peer)));
    named(name, "eth_udp_echo_recv", wire[i]);
    CASE(name, recv(u, buf, sizeof buf, MSG_DONTWAIT));
  }
  int inside[] = {1, 200, 1000, 1473, 8000, 20000, 65507};
  for (int i = 0; i < sizeof inside / sizeof *inside; i++) {
    named(name, "udp_lo_sendto", inside[i]);
    CASE(name, sendto(u, buf, inside[i], 0, SA(lo)));
    named(name, "udp_lo_recv", inside[i]);
    CASE(name, recv(s, buf, sizeof buf, MSG_DONTWAIT));
  }
  int ping[] = {0, 56, 200, 1000};
  for (int i = 0; i < sizeof ping / sizeof *ping; i++) {
    peer.sin_port = 0;
    named(name, "raw_icmp_echo_eth", ping[i]);
    CASE(name, sendto(r, buf, echo_request(ping[i], 1), 0, SA(peer)));
    named(name, "raw_icmp_recv_eth", ping[i]);
    CASE(name, recv(r, buf, sizeof buf, MSG_DONTWAIT));
    named(name, "raw_icmp_echo_lo", ping[i]);
    CASE(name, sendto(r, buf, echo_request(ping[i], 1), 0, SA(lo)));
    named(name, "raw_icmp_recv_lo", ping[i]);
    CASE(name, recv(r, buf, sizeof buf, MSG_DONTWAIT));
    while (recv(r, buf, sizeof buf, MSG_DONTWAIT) > 0) {}
  }
  // With identifier 0 the reply is all zeroes; its checksum is sent as 0 where 0xffff would be right, and refused.
  CASE("raw_icmp_echo_lo_all_zero_reply", sendto(r, buf, echo_request(16, 0), 0, SA(lo)));
  peer.sin_port = htons(7777);
  connect(u, SA(peer));
  CASE("eth_udp_send_connected", send(u, "hello", 5, 0));
  CASE("eth_udp_recv_connected", recv(u, buf, 100, MSG_DONTWAIT));
  CASE("eth_udp_send_more", send(u, "hel", 3, MSG_MORE));
  CASE("eth_udp_send_rest", send(u, "lo", 2, 0));
  recv(u, buf, 100, 0);
  struct iovec v[2] = {{"hello, ", 7}, {"world", 5}};
  struct msghdr m = {.msg_iov = v, .msg_iovlen = 2};
  CASE("eth_udp_sendmsg_two_buffers", sendmsg(u, &m, 0));
  CASE("eth_udp_close_with_datagram_queued", close(u));
  return 0;
}
