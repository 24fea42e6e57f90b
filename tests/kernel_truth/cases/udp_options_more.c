// More options and control messages of UDP, errors over the wire, UDP-Lite, and raw sockets on loopback.
#include "tcp_pair.h"
#include <netinet/udp.h>
#include <sys/timerfd.h>
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#define UDP_GRO 104
#endif
static struct sockaddr_in *at(const char *ip, int port, int family) {
  static struct sockaddr_in a;
  a = addr4(ip, port), a.sin_family = family;
  return &a;
}
static long receive(int fd, int size, int flags) {
  static char control[1024];
  struct sockaddr_in from;
  struct iovec in = {big, size};
  struct msghdr m = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &in, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  long n = recvmsg(fd, &m, flags);
  return n;
}
struct part { int level, type, size; const char *data; };
static long with(int fd, int size, struct sockaddr_in *to, int flags, struct part *p, int parts) {
  static char control[1024];
  struct iovec out = {buf, size};
  struct msghdr m = {.msg_name = to, .msg_namelen = sizeof *to, .msg_iov = &out, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  long used = 0;
  memset(control, 0, sizeof control);
  for (int i = 0; i < parts; i++) {
    c->cmsg_level = p[i].level, c->cmsg_type = p[i].type, c->cmsg_len = CMSG_LEN(p[i].size);
    memcpy(CMSG_DATA(c), p[i].data, p[i].size);
    used += CMSG_SPACE(p[i].size), c = (struct cmsghdr *)(control + used);
  }
  m.msg_controllen = used;
  return sendmsg(fd, &m, flags);
}
static long on(int fd, int level, int option, int v) { return setsockopt(fd, level, option, &v, sizeof v); }
static long asked(int fd, int level, int option, socklen_t size) {
  static char value[512];
  return getsockopt(fd, level, option, value, &size);
}
int main(void) {
  harness_init();
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  int c = socket(AF_INET, SOCK_DGRAM, 0);
  bind(s, SA(*at("0.0.0.0", 5610, AF_INET)));
  sendto(c, buf, 4, 0, SA(*at("10.0.2.2", 7777, AF_INET)));
  recv(c, big, 100, 0);
  sendto(c, buf, 4, 0, SA(*at("127.0.0.1", 5610, AF_INET)));
  recv(s, big, 2000, MSG_DONTWAIT);
  CASE("udpm_eth_sendto_closed_port", sendto(c, buf, 60, 0, SA(*at("10.0.2.2", 9, AF_INET))));
  int k = socket(AF_INET, SOCK_DGRAM, 0);
  connect(k, SA(*at("10.0.2.2", 9, AF_INET)));
  CASE("udpm_eth_send_connected_closed_port", send(k, buf, 60, 0));
  CASE("udpm_eth_recv_closed_port_eagain", recv(k, big, 2000, MSG_DONTWAIT));
  on(k, IPPROTO_IP, IP_RECVERR, 1);
  CASE("udpm_eth_send_recverr_closed_port", send(k, buf, 60, 0));
  CASE("udpm_eth_recvmsg_errqueue_eagain", receive(k, 2000, MSG_ERRQUEUE));
  CASE("udpm_getsockopt_ip_mtu_connected", asked(k, IPPROTO_IP, IP_MTU, 4));
  CASE("udpm_getpeername", getpeername(k, (struct sockaddr *)at("0.0.0.0", 0, 2), (socklen_t[]){16}));
  CASE("udpm_close_connected_eth", close(k));
  on(s, IPPROTO_IP, IP_RECVFRAGSIZE, 1);
  sendto(c, buf, 50, 0, SA(*at("127.0.0.1", 5610, AF_INET)));
  CASE("udpm_recvmsg_fragsize_none", receive(s, 2000, MSG_DONTWAIT));
  on(s, IPPROTO_IP, IP_RECVFRAGSIZE, 0);
  on(s, SOL_SOCKET, SO_TIMESTAMPING, 24);
  sendto(c, buf, 50, 0, SA(*at("127.0.0.1", 5610, AF_INET)));
  CASE("udpm_recvmsg_timestamping", receive(s, 2000, MSG_DONTWAIT));
  on(s, SOL_SOCKET, SO_TIMESTAMPING, 0);
  on(s, SOL_SOCKET, SO_TIMESTAMP, 1);
  sendto(c, buf, 50, 0, SA(*at("127.0.0.1", 5610, AF_INET)));
  CASE("udpm_recvmsg_peek_timestamp", receive(s, 2000, MSG_PEEK));
  drain(s);
  on(s, SOL_SOCKET, SO_TIMESTAMP, 0);
  CASE("udpm_setsockopt_passsec", on(s, IPPROTO_IP, IP_PASSSEC, 1));
  sendto(c, buf, 50, 0, SA(*at("127.0.0.1", 5610, AF_INET)));
  CASE("udpm_recvmsg_passsec", receive(s, 2000, MSG_DONTWAIT));
  on(s, IPPROTO_IP, IP_PASSSEC, 0);
  CASE("udpm_setsockopt_so_rcvmark", on(s, SOL_SOCKET, SO_RCVMARK, 1));
  sendto(c, buf, 50, 0, SA(*at("127.0.0.1", 5610, AF_INET)));
  CASE("udpm_recvmsg_rcvmark", receive(s, 2000, MSG_DONTWAIT));
  on(s, SOL_SOCKET, SO_RCVMARK, 0);
  on(c, SOL_SOCKET, SO_PRIORITY, 6);
  CASE("udpm_sendto_priority", sendto(c, buf, 50, 0, SA(*at("10.0.2.2", 7777, AF_INET))));
  drain(c);
  on(c, IPPROTO_IP, IP_TOS, 16);
  CASE("udpm_sendto_tos", sendto(c, buf, 50, 0, SA(*at("127.0.0.1", 5610, AF_INET))));
  on(c, IPPROTO_IP, IP_TTL, 3);
  CASE("udpm_sendto_ttl", sendto(c, buf, 50, 0, SA(*at("127.0.0.1", 5610, AF_INET))));
  CASE("udpm_sendto_nosignal", sendto(c, buf, 50, MSG_NOSIGNAL, SA(*at("127.0.0.1", 5610, AF_INET))));
  CASE("udpm_sendto_probe", sendto(c, buf, 50, 0x10, SA(*at("127.0.0.1", 5610, AF_INET))));
  CASE("udpm_sendto_errqueue_flag", sendto(c, buf, 50, MSG_ERRQUEUE, SA(*at("127.0.0.1", 5610, AF_INET))));
  drain(s);
  CASE("udpm_sendmsg_no_iov", sendmsg(c, &(struct msghdr){at("127.0.0.1", 5610, AF_INET), 16}, 0));
  CASE("udpm_recvmsg_no_iov", recvmsg(s, &(struct msghdr){0}, MSG_DONTWAIT));
  CASE("udpm_setsockopt_so_bindtoifindex", on(c, SOL_SOCKET, SO_BINDTOIFINDEX, 1));
  CASE("udpm_getsockopt_so_bindtoifindex", asked(c, SOL_SOCKET, SO_BINDTOIFINDEX, 4));
  CASE("udpm_setsockopt_so_bindtoifindex_77", on(c, SOL_SOCKET, SO_BINDTOIFINDEX, 77));
  on(c, SOL_SOCKET, SO_BINDTOIFINDEX, 0);
  CASE("udpm_getsockopt_so_incoming_napi_id", asked(s, SOL_SOCKET, SO_INCOMING_NAPI_ID, 4));
  CASE("udpm_getsockopt_so_netns_cookie", asked(s, SOL_SOCKET, SO_NETNS_COOKIE, 8));
  CASE("udpm_setsockopt_so_txtime", setsockopt(c, SOL_SOCKET, SO_TXTIME, "\x01\x00\x00\x00\x00\x00\x00\x00", 8));
  CASE("udpm_getsockopt_so_txtime", asked(c, SOL_SOCKET, SO_TXTIME, 8));
  CASE("udpm_setsockopt_so_detach_filter_enoent", on(c, SOL_SOCKET, SO_DETACH_FILTER, 0));
  CASE("udpm_setsockopt_so_buf_lock", on(c, SOL_SOCKET, SO_BUF_LOCK, 1));
  CASE("udpm_getsockopt_so_buf_lock", asked(c, SOL_SOCKET, SO_BUF_LOCK, 4));
  CASE("udpm_setsockopt_so_txrehash", on(c, SOL_SOCKET, SO_TXREHASH, 1));
  CASE("udpm_setsockopt_so_select_err_queue", on(c, SOL_SOCKET, SO_SELECT_ERR_QUEUE, 1));
  CASE("udpm_getsockopt_so_peername_enotconn", asked(c, SOL_SOCKET, SO_PEERNAME, 16));
  CASE("udpm_setsockopt_so_prefer_busy_poll", on(c, SOL_SOCKET, SO_PREFER_BUSY_POLL, 1));
  CASE("udpm_setsockopt_so_rcvlowat", on(c, SOL_SOCKET, SO_RCVLOWAT, 10));
  CASE("udpm_setsockopt_so_keepalive", on(c, SOL_SOCKET, SO_KEEPALIVE, 1));
  CASE("udpm_setsockopt_so_linger", setsockopt(c, SOL_SOCKET, SO_LINGER, "\x01\x00\x00\x00\x02\x00\x00\x00", 8));
  CASE("udpm_setsockopt_so_sndtimeo", setsockopt(c, SOL_SOCKET, SO_SNDTIMEO, "\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 16));
  CASE("udpm_setsockopt_so_rcvtimeo_edom", setsockopt(c, SOL_SOCKET, SO_RCVTIMEO, "\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\x7f", 16));
  CASE("udpm_setsockopt_so_mark", on(c, SOL_SOCKET, SO_MARK, 9));
  CASE("udpm_setsockopt_so_zerocopy_einval", on(c, SOL_SOCKET, SO_ZEROCOPY, 2));
  CASE("udpm_setsockopt_so_timestamping_einval", on(c, SOL_SOCKET, SO_TIMESTAMPING, 2147483647));
  CASE("udpm_setsockopt_so_reserve_mem_eopnotsupp", on(c, SOL_SOCKET, SO_RESERVE_MEM, 4096));
  CASE("udpm_setsockopt_ip_unicast_if", setsockopt(c, IPPROTO_IP, IP_UNICAST_IF, "\x00\x00\x00\x01", 4));
  CASE("udpm_getsockopt_ip_unicast_if", asked(c, IPPROTO_IP, IP_UNICAST_IF, 4));
  CASE("udpm_sendto_unicast_if_lo", sendto(c, buf, 40, 0, SA(*at("127.0.0.1", 5610, AF_INET))));
  CASE("udpm_setsockopt_ip_unicast_if_eaddrnotavail", setsockopt(c, IPPROTO_IP, IP_UNICAST_IF, "\x00\x00\x00\x4d", 4));
  setsockopt(c, IPPROTO_IP, IP_UNICAST_IF, "\x00\x00\x00\x00", 4);
  drain(s);
  CASE("udpm_setsockopt_ip_nodefrag_enoprotoopt", on(c, IPPROTO_IP, IP_NODEFRAG, 1));
  CASE("udpm_setsockopt_ip_recverr_rfc4884", on(c, IPPROTO_IP, IP_RECVERR_RFC4884, 1));
  CASE("udpm_setsockopt_ip_recvfragsize", on(c, IPPROTO_IP, IP_RECVFRAGSIZE, 1));
  CASE("udpm_setsockopt_ip_local_port_range", on(c, IPPROTO_IP, 51, 2622135360));
  CASE("udpm_setsockopt_ip_local_port_range_einval", on(c, IPPROTO_IP, 51, 2621480010));
  CASE("udpm_getsockopt_ip_protocol", asked(c, IPPROTO_IP, 52, 4));
  CASE("udpm_setsockopt_ip_mtu_discover_einval", on(c, IPPROTO_IP, IP_MTU_DISCOVER, 9));
  CASE("udpm_setsockopt_ip_tos_byte", setsockopt(c, IPPROTO_IP, IP_TOS, "\x08", 1));
  CASE("udpm_setsockopt_ip_tos_empty", setsockopt(c, IPPROTO_IP, IP_TOS, "", 0));
  CASE("udpm_getsockopt_ip_tos_byte", asked(c, IPPROTO_IP, IP_TOS, 1));
  CASE("udpm_setsockopt_ip_router_alert_einval", on(c, IPPROTO_IP, IP_ROUTER_ALERT, 1));
  CASE("udpm_getsockopt_ip_pktoptions_enoprotoopt", asked(c, IPPROTO_IP, IP_PKTOPTIONS, 64));
  CASE("udpm_setsockopt_ip_block_source_einval", setsockopt(c, IPPROTO_IP, IP_BLOCK_SOURCE, "\xef\x01\x01\x01\x0a\x00\x02\x0f\x0a\x00\x02\x02", 12));
  CASE("udpm_setsockopt_udp_no_check6_tx", on(c, IPPROTO_UDP, 101, 1));
  CASE("udpm_getsockopt_udp_no_check6_tx", asked(c, IPPROTO_UDP, 101, 4));
  CASE("udpm_setsockopt_udp_segment_negative_einval", on(c, IPPROTO_UDP, UDP_SEGMENT, -1));
  CASE("udpm_setsockopt_udp_short_einval", setsockopt(c, IPPROTO_UDP, UDP_CORK, "\x01\x00", 2));
  CASE("udpm_getsockopt_udp_unknown_enoprotoopt", asked(c, IPPROTO_UDP, 9999, 4));
  CASE("udpm_setsockopt_level_999_enoprotoopt", on(c, 999, 1, 1));
  CASE("udpm_getsockopt_level_999_eopnotsupp", asked(c, 999, 1, 4));
  CASE("udpm_fcntl_getfl", fcntl(c, F_GETFL));
  CASE("udpm_ioctl_fionread_two", sendto(c, buf, 7, 0, SA(*at("127.0.0.1", 5610, AF_INET))));
  sendto(c, buf, 9, 0, SA(*at("127.0.0.1", 5610, AF_INET)));
  CASE("udpm_ioctl_fionread_first", ioctl(s, FIONREAD, &(int){0}));
  CASE("udpm_poll_two_sockets", poll((struct pollfd[]){{s, POLLIN, 0}, {c, POLLIN | POLLOUT, 0}}, 2, 0));
  CASE("udpm_select_readable", select(s + 1, &(fd_set){.fds_bits = {1L << s}}, 0, 0, &(struct timeval){0, 20000}));
  CASE("udpm_poll_events_0", poll(&(struct pollfd){s, 0, 0}, 1, 0));
  drain(s);
  CASE("udpm_poll_timeout_20", poll(&(struct pollfd){s, POLLIN, 0}, 1, 20));
  int l1 = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
  int l2 = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
  CASE("udplm_bind", bind(l1, SA(*at("127.0.0.1", 5620, AF_INET))));
  CASE("udplm_sendto_100", sendto(l2, buf, 100, 0, SA(*at("127.0.0.1", 5620, AF_INET))));
  CASE("udplm_recv_100", recv(l1, big, 2000, MSG_DONTWAIT));
  CASE("udplm_sendto_closed", sendto(l2, buf, 100, 0, SA(*at("127.0.0.1", 5621, AF_INET))));
  CASE("udplm_setsockopt_send_cscov", on(l2, IPPROTO_UDPLITE, 10, 20));
  CASE("udplm_sendto_covered_20", sendto(l2, buf, 100, 0, SA(*at("127.0.0.1", 5620, AF_INET))));
  CASE("udplm_recv_covered_20", recv(l1, big, 2000, MSG_DONTWAIT));
  CASE("udplm_connect", connect(l2, SA(*at("127.0.0.1", 5620, AF_INET))));
  CASE("udplm_send_connected", send(l2, buf, 10, 0));
  CASE("udplm_close_with_queue", close(l1));
  int i = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  CASE("rawm_udp_closed_port_watched", sendto(c, buf, 30, 0, SA(*at("127.0.0.1", 9, AF_INET))));
  drain(i);
  CASE("rawm_icmp_timestamp_lo", sendto(i, "\x0d\x00\xf2\xf7\x00\x07\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 20, 0, SA(*at("127.0.0.1", 0, AF_INET))));
  drain(i);
  CASE("rawm_icmp_unknown_type_lo", sendto(i, "\x29\x00\xd6\xf7\x00\x07\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00", 16, 0, SA(*at("127.0.0.1", 0, AF_INET))));
  drain(i);
  CASE("rawm_icmp_bad_checksum_lo", sendto(i, "\x08\x00\x01\x02\x00\x01\x00\x01", 8, 0, SA(*at("127.0.0.1", 0, AF_INET))));
  drain(i);
  CASE("rawm_icmp_short_lo", sendto(i, "\x08\x00\xf7\xff", 4, 0, SA(*at("127.0.0.1", 0, AF_INET))));
  drain(i);
  CASE("rawm_icmp_echo_65507_lo", sendto(i, buf, 65507, 0, SA(*at("127.0.0.1", 0, AF_INET))));
  drain(i);
  on(i, SOL_SOCKET, SO_BROADCAST, 1);
  CASE("rawm_icmp_echo_broadcast", sendto(i, "\x08\x00\xf7\xf6\x00\x08\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 24, 0, SA(*at("10.0.2.255", 0, AF_INET))));
  CASE("rawm_icmp_echo_allhosts", sendto(i, "\x08\x00\xf7\xf5\x00\x09\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 24, 0, SA(*at("224.0.0.1", 0, AF_INET))));
  drain(i);
  CASE("rawm_setsockopt_router_alert", on(i, IPPROTO_IP, IP_ROUTER_ALERT, 1));
  CASE("rawm_getsockopt_hdrincl", asked(i, IPPROTO_IP, IP_HDRINCL, 4));
  CASE("rawm_setsockopt_nodefrag", on(i, IPPROTO_IP, IP_NODEFRAG, 1));
  CASE("rawm_getpeername_enotconn", getpeername(i, (struct sockaddr *)at("0.0.0.0", 0, 2), (socklen_t[]){16}));
  connect(i, SA(*at("127.0.0.1", 0, AF_INET)));
  CASE("rawm_getpeername_connected_enotconn", getpeername(i, (struct sockaddr *)at("0.0.0.0", 0, 2), (socklen_t[]){16}));
  CASE("rawm_getsockname", getsockname(i, (struct sockaddr *)at("0.0.0.0", 0, 2), (socklen_t[]){16}));
  CASE("rawm_shutdown_wr", shutdown(i, SHUT_WR));
  CASE("rawm_send_after_shutdown", send(i, buf, 8, MSG_NOSIGNAL));
  CASE("rawm_close_connected", close(i));
  int t = socket(AF_INET, SOCK_RAW, IPPROTO_TCP);
  CASE("rawm_tcp_rst_lo", sendto(t, "\x30\x39\x00\x50\x00\x00\x00\x01\x00\x00\x00\x00\x50\x04\x00\x00\x00\x00\x00\x00", 20, 0, SA(*at("127.0.0.1", 0, AF_INET))));
  CASE("rawm_tcp_recv", recv(t, big, 2000, MSG_DONTWAIT));
  close(t);
  return 0;
}
