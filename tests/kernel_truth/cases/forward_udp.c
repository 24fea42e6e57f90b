// Datagrams through the router: forwarded, without a route, out of hops.
#include "three_hosts.h"

int main(void) {
  three_hosts();
  struct sockaddr_in s = addr4("10.9.2.2", 7000), far = addr4("10.9.9.9", 7000);
  int rx = udp(router, "10.9.1.2", 7000), sx = udp(server, "10.9.2.2", 7000), u = udp(here, 0, 0);
  CASE("fwd_udp_sendto_5", sendto(u, buf, 5, 0, SA(s)));
  CASE("fwd_udp_sendto_900", sendto(u, buf, 900, 0, SA(s)));
  CASE("fwd_udp_sendto_no_route", sendto(u, buf, 5, 0, SA(far)));
  sleep(1);
  setint(u, IPPROTO_IP, IP_TTL, 1);
  CASE("fwd_udp_sendto_ttl_1", sendto(u, buf, 5, 0, SA(s)));
  kill(children[0], SIGKILL); kill(children[1], SIGKILL);
  return 0;
}
