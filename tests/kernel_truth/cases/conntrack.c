// Connections as netfilter tracks them, as soon as one rule asks for their state: UDP, ICMP echo and TCP on loopback, a
// connection that a rule refuses, an error about one. Recorded with --iptables.
#include "three_hosts.h"

int main(void) {
  harness_init();
  sh("ip link set eth0 down");
  sh("iptables -A INPUT -m conntrack --ctstate INVALID -j DROP");
  sh("iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT");
  sh("iptables -A INPUT -p udp --dport 7005 -m conntrack --ctstate NEW -j REJECT");
  here = open("/proc/self/ns/net", O_RDONLY);
  struct sockaddr_in s = addr4("127.0.0.1", 7000), from;
  socklen_t len = sizeof from;
  int rx = udp(here, "127.0.0.1", 7000), u = udp(here, "127.0.0.1", 7001);
  struct sockaddr_in back = addr4("127.0.0.1", 7001);
  CASE("ct_udp_new", sendto(u, buf, 5, 0, SA(s)));
  CASE("ct_udp_new_again", sendto(u, buf, 5, 0, SA(s)));
  CASE("ct_udp_reply", sendto(rx, buf, 5, 0, SA(back)));
  CASE("ct_udp_established", sendto(u, buf, 5, 0, SA(s)));
  CASE("ct_udp_reply_again", sendto(rx, buf, 5, 0, SA(back)));
  CASE("ct_udp_recv", recvfrom(rx, buf, 5, 0, (void*)&from, &len));

  struct sockaddr_in closed = addr4("127.0.0.1", 7004), refused = addr4("127.0.0.1", 7005);
  int c = udp(here, 0, 0);
  CASE("ct_udp_closed_port_related", sendto(c, buf, 5, 0, SA(closed)));
  CASE("ct_udp_new_rejected", sendto(c, buf, 5, 0, SA(refused)));

  struct sockaddr_in host = addr4("127.0.0.1", 0);
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  struct icmphdr echo = {.type = ICMP_ECHO, .checksum = htons(0xf7fe), .un.echo.sequence = htons(1)};
  CASE("ct_icmp_echo", sendto(raw, &echo, 8, 0, SA(host)));
  close(raw);

  struct sockaddr_in l = addr4("127.0.0.1", 7010);
  int listener = socket(AF_INET, SOCK_STREAM, 0), t = socket(AF_INET, SOCK_STREAM, 0), a;
  setint(listener, SOL_SOCKET, SO_REUSEADDR, 1);
  bind(listener, SA(l));
  listen(listener, 5);
  CASE("ct_tcp_connect", connect(t, SA(l)));
  a = accept(listener, 0, 0);
  CASE("ct_tcp_send", send(t, buf, 100, 0));
  CASE("ct_tcp_send_back", send(a, buf, 100, 0));
  recv(a, buf, 100, 0);
  recv(t, buf, 100, 0);
  CASE("ct_tcp_close_first", close(t));
  CASE("ct_tcp_close_second", close(a));
  t = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in none = addr4("127.0.0.1", 7011);
  CASE("ct_tcp_refused", connect(t, SA(none)));
  close(t);
  t = socket(AF_INET, SOCK_STREAM, 0);
  connect(t, SA(l));
  a = accept(listener, 0, 0);
  struct linger hard = {1, 0};
  setsockopt(t, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  CASE("ct_tcp_close_reset", close(t));
  return 0;
}
