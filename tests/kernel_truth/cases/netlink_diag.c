// sock_diag: what `ss` asks. Recorded with --modules "net/ipv4/inet_diag net/ipv4/tcp_diag net/ipv4/udp_diag".
#include "netlink_parts.h"
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#define DUMP (NLM_F_REQUEST | NLM_F_DUMP)
static void sockets(int flags, int protocol, unsigned states, int ext) {
  struct inet_diag_req_v2 m = {AF_INET, protocol, ext, 0, states};
  ask(SOCK_DIAG_BY_FAMILY, flags, &m, sizeof m);
}
int main(void) {
  harness_init();
  int s = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
  struct sockaddr_in tcp = addr4("127.0.0.1", 4000), udp = addr4("127.0.0.1", 5000), seen;
  int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0),
      u = socket(AF_INET, SOCK_DGRAM, 0), v = socket(AF_INET, SOCK_DGRAM, 0);
  int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  bind(listener, SA(tcp));
  listen(listener, 5);
  bind(u, SA(udp));
  sockets(DUMP, IPPROTO_TCP, -1, 0);
  tell(s);
  drain(s);
  sockets(DUMP, IPPROTO_UDP, -1, 0);
  tell(s);
  drain(s);
  sockets(DUMP, IPPROTO_TCP, 1 << 10, 0);
  TELL("netlink_diag_tcp_listen", s);
  HEAR("netlink_diag_tcp_listen_recv", s);
  HEAR("netlink_diag_tcp_listen_recv_done", s);
  sockets(DUMP, IPPROTO_TCP, 1 << 10, 0xff);
  TELL("netlink_diag_tcp_listen_all_extensions", s);
  HEAR("netlink_diag_tcp_listen_all_extensions_recv", s);
  drain(s);
  connect(client, SA(tcp));
  int server = accept(listener, 0, 0);
  socklen_t n = sizeof seen;
  getsockname(client, (void*)&seen, &n);
  sockets(DUMP, IPPROTO_TCP, 1 << 1, 0);
  TELL("netlink_diag_tcp_established", s);
  HEAR("netlink_diag_tcp_established_recv", s);
  drain(s);
  sockets(DUMP, IPPROTO_TCP, 1 << 1, 1 << (INET_DIAG_INFO - 1));
  TELL("netlink_diag_tcp_established_info", s);
  HEAR("netlink_diag_tcp_established_info_recv", s);
  drain(s);
  sockets(DUMP, IPPROTO_TCP, 1 << 1, 1 << (INET_DIAG_SKMEMINFO - 1) | 1 << (INET_DIAG_CONG - 1));
  TELL("netlink_diag_tcp_established_memory", s);
  drain(s);
  sockets(DUMP, IPPROTO_TCP, -1, 0);
  TELL("netlink_diag_tcp_all", s);
  HEAR("netlink_diag_tcp_all_recv", s);
  drain(s);
  struct inet_diag_req_v2 m = {AF_INET, IPPROTO_TCP, 0, 0, -1};
  m.id = (struct inet_diag_sockid){seen.sin_port, htons(4000), {seen.sin_addr.s_addr}, {htonl(INADDR_LOOPBACK)}, 0,
                                   {-1, -1}};
  ask(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, &m, sizeof m);
  TELL("netlink_diag_tcp_one", s);
  HEAR("netlink_diag_tcp_one_recv", s);
  m.id.idiag_sport = htons(1);
  ask(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, &m, sizeof m);
  TELL("netlink_diag_tcp_one_enoent", s);
  HEAR("netlink_diag_tcp_one_enoent_recv", s);
  sockets(DUMP, IPPROTO_UDP, 1 << 7, 0);
  TELL("netlink_diag_udp", s);
  HEAR("netlink_diag_udp_recv", s);
  drain(s);
  connect(v, SA(udp));
  sockets(DUMP, IPPROTO_UDP, -1, 0);
  TELL("netlink_diag_udp_both", s);
  HEAR("netlink_diag_udp_both_recv", s);
  drain(s);
  sockets(DUMP, IPPROTO_ICMP, -1, 0);
  TELL("netlink_diag_unknown_protocol_enoent", s);
  HEAR("netlink_diag_unknown_protocol_recv", s);
  sockets(DUMP, 0, -1, 0);
  ((char*)NLMSG_DATA(asked))[0] = 200;
  TELL("netlink_diag_unknown_family_einval", s);
  HEAR("netlink_diag_unknown_family_recv", s);
  ask(SOCK_DIAG_BY_FAMILY, DUMP, &m, 0);
  TELL("netlink_diag_short_einval", s);
  HEAR("netlink_diag_short_recv", s);
  ask(21, NLM_F_REQUEST, &m, sizeof m);
  TELL("netlink_diag_destroy", s);
  drain(s);
  close(server);
  sockets(DUMP, IPPROTO_TCP, -1, 0);
  TELL("netlink_diag_tcp_closing", s);
  HEAR("netlink_diag_tcp_closing_recv", s);
  close(client);
  CASE("netlink_diag_close", close(s));
  return 0;
}
