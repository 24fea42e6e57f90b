// Packet sockets that share what comes, in a group (PACKET_FANOUT): each frame is handed to one of them.
#include "packet_parts.h"
static long join(int fd, int id, int type) { return on(fd, SOL_PACKET, PACKET_FANOUT, id | type << 16); }
int main(void) {
  harness_init();
  int s = socket(AF_INET, SOCK_DGRAM, 0), c = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = addr4("127.0.0.1", 5640);
  bind(s, SA(a));
  sendto(c, buf, 40, 0, SA(a)), recv(s, buf, 2000, 0);
  int p = socket(AF_PACKET, SOCK_RAW, 0), q = 0, r = 0;
  CASE("fanout_not_running_einval", join(p, 1, PACKET_FANOUT_LB));
  close(p);
  p = tap(SOCK_RAW, "lo", ETH_P_ALL), q = tap(SOCK_RAW, "lo", ETH_P_ALL), r = tap(SOCK_RAW, "lo", ETH_P_IP);
  CASE("fanout_unknown_type_einval", join(p, 1, 77));
  CASE("fanout_found", join(p, 1, PACKET_FANOUT_LB));
  CASE("fanout_twice_ealready", join(p, 1, PACKET_FANOUT_LB));
  CASE("fanout_other_type_einval", join(q, 1, PACKET_FANOUT_HASH));
  CASE("fanout_other_hook_einval", join(r, 1, PACKET_FANOUT_LB));
  close(r);
  CASE("fanout_join", join(q, 1, PACKET_FANOUT_LB));
  CASE("fanout_asked", asked(p, SOL_PACKET, PACKET_FANOUT, 4));
  CASE("fanout_bind_einval", bind(q, LL(link_at("lo", ETH_P_IP))));
  CASE("fanout_lb_udp_40", sendto(c, buf, 40, 0, SA(a)));
  CASE("fanout_lb_first_reads", recv(p, big, 2000, MSG_DONTWAIT));
  CASE("fanout_lb_second_reads", recv(q, big, 2000, MSG_DONTWAIT));
  CASE("fanout_member_close", close(q));
  CASE("fanout_lb_udp_40_alone", sendto(c, buf, 40, 0, SA(a)));
  CASE("fanout_last_close", close(p));
  empty(s);
  p = tap(SOCK_RAW, "lo", ETH_P_ALL), q = tap(SOCK_RAW, "lo", ETH_P_ALL);
  CASE("fanout_hash_found", join(p, 2, PACKET_FANOUT_HASH));
  join(q, 2, PACKET_FANOUT_HASH);
  CASE("fanout_hash_udp_40", sendto(c, buf, 40, 0, SA(a)));
  close(p), close(q), empty(s);
  p = tap(SOCK_RAW, "lo", ETH_P_ALL), q = tap(SOCK_RAW, "lo", ETH_P_ALL);
  join(p, 3, PACKET_FANOUT_CPU), join(q, 3, PACKET_FANOUT_CPU);
  CASE("fanout_cpu_udp_40", sendto(c, buf, 40, 0, SA(a)));
  close(p), close(q), empty(s);
  p = tap(SOCK_RAW, "lo", ETH_P_ALL), q = tap(SOCK_RAW, "lo", ETH_P_ALL);
  join(p, 4, PACKET_FANOUT_QM), join(q, 4, PACKET_FANOUT_QM);
  CASE("fanout_qm_udp_40", sendto(c, buf, 40, 0, SA(a)));
  CASE("fanout_own_send", sendto(p, "\0\0\0\0\0\0\0\0\0\0\0\0\x88\xb5" "0123456789012345678901234567890123456789012345", 60, 0, LL(link_at("lo", 0x88b5))));
  close(p), close(q);
  return 0;
}
