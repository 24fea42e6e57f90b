// Options of sockets, set and asked for: SOL_SOCKET, IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, and what is refused.
#include "tcp_pair.h"
#include <linux/capability.h>
#include <netinet/udp.h>
#include <sys/syscall.h>
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif
static char value[512];
static void get(const char *name, int fd, int level, int option, socklen_t len) {
  char full[80];
  sprintf(full, "getsockopt_%s", name);
  CASE(full, getsockopt(fd, level, option, value, &len));
}
static void set(const char *name, int fd, int level, int option, int v) {
  char full[80];
  sprintf(full, "setsockopt_%s", name);
  CASE(full, setsockopt(fd, level, option, &v, sizeof v));
}
static void both(const char *name, int fd, int level, int option, int v) {
  set(name, fd, level, option, v), get(name, fd, level, option, 4);
}
static void effective_caps(int on) {
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct d[2];
  syscall(SYS_capget, &h, d);
  d[0].effective = on ? d[0].permitted : 0, d[1].effective = on ? d[1].permitted : 0;
  if (syscall(SYS_capset, &h, d)) perror("! capset");
}
int main(void) {
  harness_init();
  int l = listener(8091, 5), t = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_INET, SOCK_DGRAM, 0);
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_UDP);
  struct pair p = pair(l, 8091);
  both("so_debug", p.c, SOL_SOCKET, SO_DEBUG, 0);
  both("so_dontroute", t, SOL_SOCKET, SO_DONTROUTE, 1);
  both("so_broadcast", u, SOL_SOCKET, SO_BROADCAST, 1);
  both("so_sndbuf", t, SOL_SOCKET, SO_SNDBUF, 30000);
  both("so_rcvbuf", t, SOL_SOCKET, SO_RCVBUF, 30000);
  set("so_rcvbuf_connected", p.s, SOL_SOCKET, SO_RCVBUF, 100000);
  both("so_sndbufforce", t, SOL_SOCKET, SO_SNDBUFFORCE, 500000);
  both("so_rcvbufforce", t, SOL_SOCKET, SO_RCVBUFFORCE, 500000);
  both("so_keepalive", p.c, SOL_SOCKET, SO_KEEPALIVE, 1);
  set("so_keepalive_off", p.c, SOL_SOCKET, SO_KEEPALIVE, 0);
  both("so_oobinline", p.c, SOL_SOCKET, SO_OOBINLINE, 1);
  both("so_no_check", u, SOL_SOCKET, SO_NO_CHECK, 1);
  both("so_priority", p.c, SOL_SOCKET, SO_PRIORITY, 5);
  both("so_passcred", u, SOL_SOCKET, SO_PASSCRED, 1);
  both("so_rcvlowat", p.s, SOL_SOCKET, SO_RCVLOWAT, 100);
  get("so_sndlowat", p.s, SOL_SOCKET, SO_SNDLOWAT, 4);
  get("so_type", t, SOL_SOCKET, SO_TYPE, 4);
  get("so_error_none", t, SOL_SOCKET, SO_ERROR, 4);
  get("so_domain", t, SOL_SOCKET, SO_DOMAIN, 4);
  get("so_protocol", t, SOL_SOCKET, SO_PROTOCOL, 4);
  get("so_acceptconn", l, SOL_SOCKET, SO_ACCEPTCONN, 4);
  get("so_linger", p.c, SOL_SOCKET, SO_LINGER, 8);
  get("so_rcvtimeo", p.c, SOL_SOCKET, SO_RCVTIMEO, 16);
  get("so_sndtimeo", p.c, SOL_SOCKET, SO_SNDTIMEO, 16);
  get("so_peercred", p.c, SOL_SOCKET, SO_PEERCRED, 12);
  both("so_timestamp", u, SOL_SOCKET, SO_TIMESTAMP, 1);
  both("so_timestampns", u, SOL_SOCKET, SO_TIMESTAMPNS, 1);
  both("so_timestamping", u, SOL_SOCKET, SO_TIMESTAMPING, 0x18);
  both("so_mark", u, SOL_SOCKET, SO_MARK, 7);
  both("so_rxq_ovfl", u, SOL_SOCKET, SO_RXQ_OVFL, 1);
  both("so_busy_poll", u, SOL_SOCKET, SO_BUSY_POLL, 50);
  both("so_max_pacing_rate", t, SOL_SOCKET, SO_MAX_PACING_RATE, 1000000);
  both("so_incoming_cpu", u, SOL_SOCKET, SO_INCOMING_CPU, 0);
  both("so_peek_off", u, SOL_SOCKET, SO_PEEK_OFF, 0);
  both("so_zerocopy", u, SOL_SOCKET, SO_ZEROCOPY, 1);
  both("so_lock_filter", u, SOL_SOCKET, SO_LOCK_FILTER, 1);
  get("so_cookie", p.c, SOL_SOCKET, SO_COOKIE, 8);
  get("so_meminfo", p.c, SOL_SOCKET, SO_MEMINFO, 36);
  get("so_reuseaddr", l, SOL_SOCKET, SO_REUSEADDR, 4);
  get("so_reuseport", l, SOL_SOCKET, SO_REUSEPORT, 4);
  CASE("setsockopt_so_bindtodevice", setsockopt(u, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3));
  get("so_bindtodevice", u, SOL_SOCKET, SO_BINDTODEVICE, 16);
  set("so_unknown_enoprotoopt", t, SOL_SOCKET, 9999, 1);
  get("so_unknown_enoprotoopt", t, SOL_SOCKET, 9999, 4);
  set("so_type_enoprotoopt", t, SOL_SOCKET, SO_TYPE, 1);
  CASE("setsockopt_so_short_einval", setsockopt(t, SOL_SOCKET, SO_KEEPALIVE, &one, 2));
  CASE("setsockopt_ebadf", setsockopt(77, SOL_SOCKET, SO_KEEPALIVE, &one, 4));
  CASE("setsockopt_enotsock", setsockopt(1, SOL_SOCKET, SO_KEEPALIVE, &one, 4));
  effective_caps(0);
  set("so_mark_eperm", u, SOL_SOCKET, SO_MARK, 8);
  set("so_priority_7_eperm", u, SOL_SOCKET, SO_PRIORITY, 7);
  effective_caps(1);

  both("ip_tos", p.c, IPPROTO_IP, IP_TOS, 0x10);
  both("ip_ttl", p.c, IPPROTO_IP, IP_TTL, 44);
  set("ip_ttl_0_einval", p.c, IPPROTO_IP, IP_TTL, 0);
  both("ip_hdrincl", raw, IPPROTO_IP, IP_HDRINCL, 1);
  set("ip_hdrincl_enoprotoopt", u, IPPROTO_IP, IP_HDRINCL, 1);
  both("ip_pktinfo", u, IPPROTO_IP, IP_PKTINFO, 1);
  both("ip_recvttl", u, IPPROTO_IP, IP_RECVTTL, 1);
  both("ip_recvtos", u, IPPROTO_IP, IP_RECVTOS, 1);
  both("ip_recvopts", u, IPPROTO_IP, IP_RECVOPTS, 1);
  both("ip_retopts", u, IPPROTO_IP, IP_RETOPTS, 1);
  both("ip_recvorigdstaddr", u, IPPROTO_IP, IP_RECVORIGDSTADDR, 1);
  both("ip_recverr", u, IPPROTO_IP, IP_RECVERR, 1);
  both("ip_mtu_discover", u, IPPROTO_IP, IP_MTU_DISCOVER, 2);
  both("ip_freebind", t, IPPROTO_IP, IP_FREEBIND, 1);
  both("ip_transparent", t, IPPROTO_IP, IP_TRANSPARENT, 1);
  both("ip_minttl", t, IPPROTO_IP, IP_MINTTL, 5);
  both("ip_bind_address_no_port", t, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
  both("ip_multicast_ttl", u, IPPROTO_IP, IP_MULTICAST_TTL, 3);
  both("ip_multicast_loop", u, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
  both("ip_multicast_all", u, IPPROTO_IP, IP_MULTICAST_ALL, 0);
  get("ip_mtu_connected", p.c, IPPROTO_IP, IP_MTU, 4);
  get("ip_mtu_enotconn", t, IPPROTO_IP, IP_MTU, 4);
  get("ip_options_none", t, IPPROTO_IP, IP_OPTIONS, 40);
  set("ip_unknown_enoprotoopt", t, IPPROTO_IP, 9999, 1);
  get("ip_unknown_enoprotoopt", t, IPPROTO_IP, 9999, 4);

  both("tcp_nodelay_unconnected", t, IPPROTO_TCP, TCP_NODELAY, 1);
  both("tcp_nodelay_connected", p.c, IPPROTO_TCP, TCP_NODELAY, 1);
  set("tcp_nodelay_off", p.c, IPPROTO_TCP, TCP_NODELAY, 0);
  both("tcp_maxseg", t, IPPROTO_TCP, TCP_MAXSEG, 1000);
  get("tcp_maxseg_connected", p.c, IPPROTO_TCP, TCP_MAXSEG, 4);
  set("tcp_maxseg_einval", t, IPPROTO_TCP, TCP_MAXSEG, 1);
  both("tcp_cork_nothing", p.c, IPPROTO_TCP, TCP_CORK, 1);
  set("tcp_cork_off_nothing", p.c, IPPROTO_TCP, TCP_CORK, 0);
  both("tcp_keepidle", p.c, IPPROTO_TCP, TCP_KEEPIDLE, 30);
  both("tcp_keepintvl", p.c, IPPROTO_TCP, TCP_KEEPINTVL, 10);
  both("tcp_keepcnt", p.c, IPPROTO_TCP, TCP_KEEPCNT, 4);
  both("tcp_syncnt", t, IPPROTO_TCP, TCP_SYNCNT, 3);
  both("tcp_linger2", p.c, IPPROTO_TCP, TCP_LINGER2, 10);
  both("tcp_defer_accept_10", l, IPPROTO_TCP, TCP_DEFER_ACCEPT, 10);
  both("tcp_window_clamp", p.s, IPPROTO_TCP, TCP_WINDOW_CLAMP, 20000);
  both("tcp_quickack", p.s, IPPROTO_TCP, TCP_QUICKACK, 1);
  set("tcp_quickack_off", p.s, IPPROTO_TCP, TCP_QUICKACK, 0);
  both("tcp_user_timeout", p.c, IPPROTO_TCP, TCP_USER_TIMEOUT, 5000);
  both("tcp_thin_linear_timeouts", p.c, IPPROTO_TCP, TCP_THIN_LINEAR_TIMEOUTS, 1);
  both("tcp_fastopen", l, IPPROTO_TCP, TCP_FASTOPEN, 5);
  both("tcp_fastopen_connect", t, IPPROTO_TCP, 30, 1);
  both("tcp_timestamp", p.c, IPPROTO_TCP, TCP_TIMESTAMP, 0);
  both("tcp_notsent_lowat", p.c, IPPROTO_TCP, TCP_NOTSENT_LOWAT, 16384);
  both("tcp_save_syn", l, IPPROTO_TCP, TCP_SAVE_SYN, 1);
  both("tcp_inq", p.s, IPPROTO_TCP, 36, 1);
  get("tcp_saved_syn_none", p.s, IPPROTO_TCP, TCP_SAVED_SYN, 100);
  CASE("setsockopt_tcp_congestion_reno", setsockopt(p.c, IPPROTO_TCP, TCP_CONGESTION, "reno", 4));
  get("tcp_congestion", p.c, IPPROTO_TCP, TCP_CONGESTION, 16);
  CASE("setsockopt_tcp_congestion_cubic", setsockopt(p.c, IPPROTO_TCP, TCP_CONGESTION, "cubic", 5));
  CASE("setsockopt_tcp_congestion_unknown_enoent", setsockopt(p.c, IPPROTO_TCP, TCP_CONGESTION, "nosuch", 6));
  get("tcp_info_connected", p.c, IPPROTO_TCP, TCP_INFO, 240);
  get("tcp_info_listener", l, IPPROTO_TCP, TCP_INFO, 240);
  get("tcp_info_closed", socket(AF_INET, SOCK_STREAM, 0), IPPROTO_TCP, TCP_INFO, 240);
  get("tcp_cc_info", p.c, IPPROTO_TCP, TCP_CC_INFO, 20);
  set("tcp_unknown_enoprotoopt", p.c, IPPROTO_TCP, 9999, 1);
  get("tcp_unknown_enoprotoopt", p.c, IPPROTO_TCP, 9999, 4);
  CASE("setsockopt_tcp_short_einval", setsockopt(p.c, IPPROTO_TCP, TCP_NODELAY, &one, 2));

  both("udp_cork", u, IPPROTO_UDP, UDP_CORK, 1);
  set("udp_uncork_nothing", u, IPPROTO_UDP, UDP_CORK, 0);
  both("udp_segment", u, IPPROTO_UDP, UDP_SEGMENT, 500);
  both("udp_gro", u, IPPROTO_UDP, UDP_GRO, 1);
  set("udp_unknown_enoprotoopt", u, IPPROTO_UDP, 9999, 1);
  set("udp_level_on_tcp_enoprotoopt", t, IPPROTO_UDP, UDP_CORK, 1);
  set("tcp_level_on_udp_enoprotoopt", u, IPPROTO_TCP, TCP_NODELAY, 1);
  return 0;
}
