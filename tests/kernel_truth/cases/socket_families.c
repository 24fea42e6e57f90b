// Creation and closing of the sockets that socket_create.c leaves out.
#include "harness.h"
#define PAIR(kind, family, type, protocol) \
  do { CASE("socket_" kind, socket(family, type, protocol)); CASE("close_" kind, close(last)); } while (0)
static void close_only(const char *name, int fd) { CASE(name, close(fd)); }
int main(void) {
  harness_init();
  close(socket(AF_INET, SOCK_DGRAM, 0)); // caches warm, as after a while of use
  PAIR("ping", AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  PAIR("raw_udp", AF_INET, SOCK_RAW, IPPROTO_UDP);
  PAIR("raw_raw", AF_INET, SOCK_RAW, IPPROTO_RAW);
  PAIR("udplite", AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
  PAIR("udp_explicit_nonblock", AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_UDP);
  PAIR("unix_dgram", AF_UNIX, SOCK_DGRAM, 0);
  PAIR("unix_seqpacket", AF_UNIX, SOCK_SEQPACKET, 0);
  PAIR("unix_raw_becomes_dgram", AF_UNIX, SOCK_RAW, 0);
  PAIR("netlink_dgram_generic", AF_NETLINK, SOCK_DGRAM, NETLINK_GENERIC);
  PAIR("packet_dgram", AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP));
  PAIR("packet_raw_proto_0", AF_PACKET, SOCK_RAW, 0);
  close(socket(AF_INET, SOCK_PACKET, 0)); // the kernel warns in its log, once
  PAIR("inet_sock_packet_is_af_packet", AF_INET, SOCK_PACKET, htons(ETH_P_ALL));
  close_only("close_raw_icmp", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
  close_only("close_unix", socket(AF_UNIX, SOCK_STREAM, 0));
  close_only("close_netlink", socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
  close_only("close_packet", socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)));
  close_only("close_udp_unbound", socket(AF_INET, SOCK_DGRAM, 0));
  close_only("close_tcp", socket(AF_INET, SOCK_STREAM, 0));
  int u = socket(AF_INET, SOCK_DGRAM, 0), d = socket(AF_INET, SOCK_DGRAM, 0), pair[2];
  struct sockaddr_in a = addr4("0.0.0.0", 4000);
  bind(u, SA(a));
  close_only("close_udp_bound", u);
  int twin = dup(d);
  close_only("close_udp_first_of_two_descriptors", twin);
  close_only("close_udp_last_of_two_descriptors", d);
  close_only("close_ebadf", d);
  CASE("socketpair_unix_stream", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  close_only("close_unix_pair_first", pair[0]);
  close_only("close_unix_pair_second", pair[1]);
  CASE("socketpair_inet_eopnotsupp", socketpair(AF_INET, SOCK_STREAM, 0, pair));
  return 0;
}
