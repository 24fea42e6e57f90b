// UDP and raw sockets beyond sending and receiving: the error queue, ancillary data, corking, headers of one's own.
#include "tcp_pair.h"
#include <netinet/udp.h>
static char control[512];
static struct iovec in = {big, sizeof big}, out = {buf, 40};
static long receive(int fd, int flags) {
  struct sockaddr_in from;
  struct msghdr m = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &in, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  return recvmsg(fd, &m, flags);
}
static struct msghdr with(struct sockaddr_in *to, int type, const void *data, int size) {
  struct msghdr m = {.msg_name = to, .msg_namelen = sizeof *to, .msg_iov = &out, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(size)};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = IPPROTO_IP, c->cmsg_type = type, c->cmsg_len = CMSG_LEN(size);
  memcpy(CMSG_DATA(c), data, size);
  return m;
}
static void on(int fd, int level, int option, int v) { if (setsockopt(fd, level, option, &v, sizeof v)) perror("! setsockopt"); }
int main(void) {
  harness_init();
  int s = socket(AF_INET, SOCK_DGRAM, 0), c = socket(AF_INET, SOCK_DGRAM, 0), e = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = addr4("127.0.0.1", 5410), nobody = addr4("127.0.0.1", 9), peer = addr4(PEER_IP, 7777), any = addr4("0.0.0.0", 5410);
  bind(s, SA(any));
  // Ancillary data
  on(s, IPPROTO_IP, IP_PKTINFO, 1);
  CASE("udp_sendto_pktinfo", sendto(c, buf, 40, 0, SA(a)));
  CASE("udp_recvmsg_pktinfo", receive(s, 0));
  on(s, IPPROTO_IP, IP_RECVTTL, 1), on(s, IPPROTO_IP, IP_RECVTOS, 1);
  sendto(c, buf, 40, 0, SA(a));
  CASE("udp_recvmsg_pktinfo_ttl_tos", receive(s, 0));
  on(s, SOL_SOCKET, SO_TIMESTAMP, 1);
  sendto(c, buf, 40, 0, SA(a));
  CASE("udp_recvmsg_timestamp", receive(s, 0));
  on(s, SOL_SOCKET, SO_TIMESTAMP, 0);
  int ttl = 9, tos = 0x20;
  struct in_pktinfo info = {.ipi_spec_dst = a.sin_addr};
  struct msghdr m = with(&a, IP_TTL, &ttl, sizeof ttl);
  CASE("udp_sendmsg_ttl", sendmsg(c, &m, 0));
  m = with(&a, IP_TOS, &tos, sizeof tos);
  CASE("udp_sendmsg_tos", sendmsg(c, &m, 0));
  m = with(&a, IP_PKTINFO, &info, sizeof info);
  CASE("udp_sendmsg_pktinfo", sendmsg(c, &m, 0));
  m = with(&a, 999, &ttl, sizeof ttl);
  CASE("udp_sendmsg_unknown_cmsg_einval", sendmsg(c, &m, 0));
  drain(s);
  // The error queue
  on(e, IPPROTO_IP, IP_RECVERR, 1);
  CASE("udp_sendto_recverr_port_unreachable", sendto(e, buf, 40, 0, SA(nobody)));
  struct pollfd p = {e, POLLIN, 0};
  CASE("udp_poll_err", poll(&p, 1, 0));
  CASE("udp_recv_econnrefused", recv(e, big, 100, MSG_DONTWAIT));
  CASE("udp_recvmsg_errqueue", receive(e, MSG_ERRQUEUE));
  CASE("udp_recvmsg_errqueue_empty_eagain", receive(e, MSG_ERRQUEUE));
  sendto(e, buf, 40, 0, SA(nobody));
  CASE("udp_sendto_recverr_econnrefused", sendto(e, buf, 40, 0, SA(a)));
  CASE("udp_close_with_errqueue", close(e));
  connect(c, SA(nobody)), send(c, buf, 5, 0);
  int err;
  socklen_t len = sizeof err;
  CASE("udp_getsockopt_so_error", getsockopt(c, SOL_SOCKET, SO_ERROR, &err, &len));
  send(c, buf, 5, 0);
  CASE("udp_recv_connected_econnrefused", recv(c, big, 100, MSG_DONTWAIT));
  connect(c, SA(a));
  // Corking
  CASE("udp_lo_send_more_100", send(c, buf, 100, MSG_MORE));
  CASE("udp_lo_send_more_1000", send(c, buf, 1000, MSG_MORE));
  CASE("udp_lo_send_more_end", send(c, buf, 50, 0));
  on(c, IPPROTO_UDP, UDP_CORK, 1);
  CASE("udp_lo_send_corked", send(c, buf, 100, 0));
  int off = 0;
  CASE("udp_lo_uncork", setsockopt(c, IPPROTO_UDP, UDP_CORK, &off, sizeof off));
  send(c, buf, 10, MSG_MORE);
  CASE("udp_lo_send_more_too_long_emsgsize", send(c, buf, 65500, MSG_MORE));
  send(c, buf, 10, MSG_MORE);
  CASE("udp_close_corked", close(c));
  drain(s);
  c = socket(AF_INET, SOCK_DGRAM, 0);
  CASE("udp_write_unconnected_edestaddrreq", write(c, "x", 1));
  CASE("udp_sendto_port_0_einval", sendto(c, "x", 1, 0, SA(*(a.sin_port = 0, &a))));
  a.sin_port = htons(5410);
  a.sin_family = AF_INET6;
  CASE("udp_sendto_eafnosupport", sendto(c, "x", 1, 0, SA(a)));
  a.sin_family = AF_INET;
  struct sockaddr_in everyone = addr4("10.0.2.255", 5410), group = addr4("224.0.0.251", 5410), zeroes = addr4("0.0.0.0", 5410);
  CASE("udp_sendto_broadcast_eacces", sendto(c, "x", 1, 0, SA(everyone)));
  on(c, SOL_SOCKET, SO_BROADCAST, 1);
  CASE("udp_sendto_broadcast", sendto(c, "x", 1, 0, SA(everyone)));
  CASE("udp_sendto_multicast", sendto(c, "x", 1, 0, SA(group)));
  CASE("udp_sendto_0_0_0_0", sendto(c, "x", 1, 0, SA(zeroes)));
  CASE("udp_send_oob_eopnotsupp", sendto(c, "x", 1, MSG_OOB, SA(a)));
  CASE("udp_shutdown_enotconn", shutdown(c, SHUT_RD));
  connect(c, SA(a));
  CASE("udp_shutdown_wr", shutdown(c, SHUT_WR));
  CASE("udp_send_after_shutdown_epipe", send(c, "x", 1, MSG_NOSIGNAL));
  CASE("udp_shutdown_rd", shutdown(c, SHUT_RD));
  CASE("udp_recv_after_shutdown", recv(c, big, 100, 0));
  drain(s);
  // Two on one port; a connected one is preferred
  int r1 = socket(AF_INET, SOCK_DGRAM, 0), r2 = socket(AF_INET, SOCK_DGRAM, 0), x = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in shared = addr4("127.0.0.1", 5411);
  on(r1, SOL_SOCKET, SO_REUSEPORT, 1), on(r2, SOL_SOCKET, SO_REUSEPORT, 1);
  CASE("udp_bind_reuseport_1st", bind(r1, SA(shared)));
  CASE("udp_bind_reuseport_2nd", bind(r2, SA(shared)));
  CASE("udp_sendto_reuseport", sendto(x, "hello", 5, 0, SA(shared)));
  CASE("udp_close_reuseport", close(r2));
  // Buffers that are full, and reading in pieces
  int tiny = 2304;
  setsockopt(r1, SOL_SOCKET, SO_RCVBUF, &tiny, sizeof tiny);
  CASE("udp_sendto_fits_receive_buffer", sendto(x, buf, 1000, 0, SA(shared)));
  sendto(x, buf, 1000, 0, SA(shared)), sendto(x, buf, 1000, 0, SA(shared));
  CASE("udp_sendto_receive_buffer_full", sendto(x, buf, 1000, 0, SA(shared)));
  drain(r1);
  LATER(sendto(x, "hello", 5, 0, SA(shared)));
  CASE("udp_lo_recv_blocked", recv(r1, big, 100, 0));
  reaped();
  // Raw sockets
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_RAW), ru = socket(AF_INET, SOCK_RAW, IPPROTO_UDP);
  struct { unsigned char ip[20]; unsigned char udp[8]; char data[12]; } packet = {
      {0x45, 0, 0, 40, 0, 0, 0, 0, 64, 17, 0, 0, 0, 0, 0, 0, 127, 0, 0, 1}, {0x30, 0x39, 0x15, 0x22, 0, 20, 0, 0}, "hello, world"};
  CASE("raw_hdrincl_sendto_lo", sendto(raw, &packet, sizeof packet, 0, SA(a)));
  CASE("udp_recv_from_hdrincl", recv(s, big, 100, MSG_DONTWAIT));
  CASE("raw_udp_recv", recv(ru, big, 100, MSG_DONTWAIT));
  drain(ru);
  CASE("raw_udp_sendto_lo", sendto(ru, packet.udp, 20, 0, SA(a)));
  CASE("raw_udp_bind", bind(ru, SA(*(a.sin_port = 0, &a))));
  CASE("raw_udp_connect", connect(ru, SA(a)));
  CASE("raw_udp_send_connected", send(ru, packet.udp, 20, 0));
  CASE("raw_hdrincl_short_einval", sendto(raw, &packet, 10, 0, SA(a)));
  int ping = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  unsigned char echo[24] = {8, 0, 0, 0, 0, 0, 0, 1, 'h', 'i'};
  CASE("ping_lo_sendto", sendto(ping, echo, sizeof echo, 0, SA(a)));
  CASE("ping_lo_recv", recv(ping, big, 100, MSG_DONTWAIT));
  CASE("ping_sendto_not_echo_einval", (echo[0] = 3, sendto(ping, echo, sizeof echo, 0, SA(a))));
  CASE("ping_sendto_short_einval", sendto(ping, echo, 4, 0, SA(a)));
  // Segmentation offload of UDP
  int g = socket(AF_INET, SOCK_DGRAM, 0);
  a.sin_port = htons(5410);
  on(g, IPPROTO_UDP, 103, 500);
  CASE("udp_lo_sendto_gso_1200", sendto(g, buf, 1200, 0, SA(a)));
  CASE("udp_lo_recv_gso_1st", recv(s, big, 2000, MSG_DONTWAIT));
  return 0;
}
