// A datagram too long for the second link: cut up by the router, refused by it, and what the sender learns.
#include "three_hosts.h"

int main(void) {
  three_hosts();
  struct sockaddr_in s = addr4("10.9.2.2", 7000);
  int rx = udp(router, "10.9.1.2", 7000), sx = udp(server, "10.9.2.2", 7000), u = udp(here, 0, 0);
  setint(u, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
  CASE("fwd_udp_sendto_1400_router_fragments", sendto(u, buf, 1400, 0, SA(s)));
  setint(u, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
  CASE("fwd_udp_sendto_1400_frag_needed", sendto(u, buf, 1400, 0, SA(s)));
  CASE("fwd_udp_sendto_1400_emsgsize", sendto(u, buf, 1400, 0, SA(s)));
  setint(u, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_WANT);
  CASE("fwd_udp_sendto_1400_after_pmtu", sendto(u, buf, 1400, 0, SA(s)));
  kill(children[0], SIGKILL); kill(children[1], SIGKILL);
  return 0;
}
