// Datagrams over a veth pair into the next namespace.
#include "three_hosts.h"

int main(void) {
  three_hosts();
  struct sockaddr_in r = addr4("10.9.1.2", 7000);
  int rx = udp(router, "10.9.1.2", 7000), sx = udp(server, "10.9.2.2", 7000), u = udp(here, 0, 0);
  CASE("veth_udp_sendto_5", sendto(u, buf, 5, 0, SA(r)));
  CASE("veth_udp_recv_5", recv(rx, buf, sizeof buf, 0));
  CASE("veth_udp_sendto_1400", sendto(u, buf, 1400, 0, SA(r)));
  CASE("veth_udp_sendto_3000_fragments", sendto(u, buf, 3000, 0, SA(r)));
  kill(children[0], SIGKILL); kill(children[1], SIGKILL);
  return 0;
}
