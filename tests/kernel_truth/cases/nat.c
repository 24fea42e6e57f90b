// A router that translates addresses: SNAT, MASQUERADE, DNAT, REDIRECT, of UDP, TCP and ICMP echo, and errors about what was
// translated. Recorded with --iptables.
#include "three_hosts.h"

static void nat(int ns, const char* text) {
  enter(ns);
  sh("iptables -t nat -A %s", text);
  enter(here);
}

int main(void) {
  three_hosts();
  nat(router, "POSTROUTING -o rt1 -s 10.9.1.1 -p udp --dport 7002 -j SNAT --to-source 10.9.2.1:5000");
  nat(router, "POSTROUTING -o rt1 -j MASQUERADE");
  nat(router, "PREROUTING -i veth0 -d 10.9.9.9 -j DNAT --to-destination 10.9.2.2");
  nat(router, "PREROUTING -i veth0 -p udp --dport 7007 -j REDIRECT --to-ports 7000");
  nat(here, "OUTPUT -p udp -d 10.9.7.7 --dport 7000 -j DNAT --to-destination 10.9.2.2:7001");
  enter(here);
  sh("ip route add 10.9.7.0/24 via 10.9.1.2");
  struct sockaddr_in s = addr4("10.9.2.2", 7000), snat = addr4("10.9.2.2", 7002), far = addr4("10.9.9.9", 7000),
                     redirected = addr4("10.9.2.2", 7007), local = addr4("10.9.7.7", 7000), from;
  socklen_t len = sizeof from;
  int rx = udp(router, "10.9.1.2", 7000), sx = udp(server, "10.9.2.2", 7000), s1 = udp(server, "10.9.2.2", 7001),
      s2 = udp(server, "10.9.2.2", 7002), u = udp(here, 0, 6000);
  CASE("nat_masquerade_udp", sendto(u, buf, 5, 0, SA(s)));
  recvfrom(sx, buf, 5, 0, (void*)&from, &len);
  printf("from %s:%d\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port));
  CASE("nat_masquerade_udp_reply", sendto(sx, buf, 5, 0, SA(from)));
  CASE("nat_masquerade_udp_again", sendto(u, buf, 5, 0, SA(s)));
  int second = udp(server, 0, 0);
  CASE("nat_snat_udp_port", sendto(u, buf, 5, 0, SA(snat)));
  recvfrom(s2, buf, 5, 0, (void*)&from, &len);
  printf("from %s:%d\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port));
  CASE("nat_snat_udp_port_reply", sendto(s2, buf, 5, 0, SA(from)));
  CASE("nat_dnat_udp", sendto(u, buf, 5, 0, SA(far)));
  recvfrom(sx, buf, 5, 0, (void*)&from, &len);
  recvfrom(sx, buf, 5, 0, (void*)&from, &len);
  CASE("nat_dnat_udp_reply", sendto(sx, buf, 5, 0, SA(from)));
  CASE("nat_redirect_udp", sendto(u, buf, 5, 0, SA(redirected)));
  recvfrom(rx, buf, 5, 0, (void*)&from, &len);
  printf("from %s:%d\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port));
  CASE("nat_redirect_udp_reply", sendto(rx, buf, 5, 0, SA(from)));
  CASE("nat_output_dnat_udp", sendto(u, buf, 5, 0, SA(local)));
  recvfrom(s1, buf, 5, 0, (void*)&from, &len);
  printf("from %s:%d\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port));
  CASE("nat_output_dnat_udp_reply", sendto(s1, buf, 5, 0, SA(from)));
  struct sockaddr_in closed = addr4("10.9.2.2", 7009);
  CASE("nat_masquerade_udp_error", sendto(u, buf, 5, 0, SA(closed)));
  recv(u, buf, 5, MSG_DONTWAIT);

  struct sockaddr_in host = addr4("10.9.2.2", 0);
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  struct icmphdr echo = {.type = ICMP_ECHO, .checksum = htons(0xf7fd), .un.echo.sequence = htons(2)};
  CASE("nat_masquerade_icmp_echo", sendto(raw, &echo, 8, 0, SA(host)));
  close(raw);

  enter(server);
  int listener = socket(AF_INET, SOCK_STREAM, 0), a;
  enter(here);
  struct sockaddr_in l = addr4("10.9.2.2", 7010);
  bind(listener, SA(l));
  listen(listener, 5);
  int t = socket(AF_INET, SOCK_STREAM, 0);
  CASE("nat_masquerade_tcp_connect", connect(t, SA(l)));
  a = accept(listener, (void*)&from, &len);
  printf("from %s:%d\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port));
  CASE("nat_masquerade_tcp_send", send(t, buf, 100, 0));
  CASE("nat_masquerade_tcp_send_back", send(a, buf, 100, 0));
  recv(a, buf, 100, 0);
  recv(t, buf, 100, 0);
  CASE("nat_masquerade_tcp_close", close(t));
  CASE("nat_masquerade_tcp_close_second", close(a));
  int t2 = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in dl = addr4("10.9.9.9", 7010);
  CASE("nat_dnat_tcp_connect", connect(t2, SA(dl)));
  kill(children[0], SIGKILL); kill(children[1], SIGKILL);
  return 0;
}
