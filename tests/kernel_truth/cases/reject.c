// What a rule with the target REJECT answers: at a host's INPUT, on a router's way through, at one's own OUTPUT.
// Recorded with --iptables.
#include "three_hosts.h"

static void rule(int ns, const char* text) {
  enter(ns);
  sh("iptables -A %s", text);
  enter(here);
}
static int tcp(void) {
  int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setint(s, IPPROTO_TCP, TCP_SYNCNT, 1);
  return s;
}

int main(void) {
  three_hosts();
  static const char* kinds[] = {"", " --reject-with icmp-net-unreachable", " --reject-with icmp-host-unreachable",
                                " --reject-with icmp-proto-unreachable", " --reject-with icmp-net-prohibited",
                                " --reject-with icmp-host-prohibited", " --reject-with icmp-admin-prohibited"};
  char text[200];
  for (int i = 0; i < 7; ++i) {
    snprintf(text, sizeof text, "INPUT -p udp --dport %d -j REJECT%s", 7001 + i, kinds[i]);
    rule(server, text);
  }
  rule(server, "INPUT -p tcp --dport 7010 -j REJECT --reject-with tcp-reset");
  rule(server, "INPUT -p tcp --dport 7011 -j REJECT");
  rule(server, "INPUT -p icmp -j REJECT --reject-with icmp-host-prohibited");
  rule(router, "FORWARD -p udp --dport 7020 -j REJECT");
  rule(router, "FORWARD -p tcp --dport 7021 -j REJECT --reject-with tcp-reset");
  rule(here, "OUTPUT -p udp --dport 7030 -j REJECT");
  rule(here, "OUTPUT -p tcp --dport 7031 -j REJECT --reject-with tcp-reset");
  struct sockaddr_in s = addr4("10.9.2.2", 7001);
  int u = udp(here, 0, 0), t;
  connect(u, SA(s));
  CASE("reject_udp_port", send(u, buf, 5, 0));
  CASE("reject_udp_port_error", send(u, buf, 5, 0));
  static const char* names[] = {0, "reject_udp_net", "reject_udp_host", "reject_udp_proto", "reject_udp_net_prohibited",
                                "reject_udp_host_prohibited", "reject_udp_admin_prohibited"};
  for (int i = 1; i < 7; ++i) {
    sleep(1);
    s = addr4("10.9.2.2", 7001 + i);
    CASE(names[i], sendto(u, buf, 5, 0, SA(s)));
  }
  s = addr4("10.9.2.2", 7010);
  t = tcp();
  CASE("reject_tcp_reset", connect(t, SA(s)));
  CASE("reject_tcp_reset_error", connect(t, SA(s)));
  close(t);
  sleep(1);
  s = addr4("10.9.2.2", 7011);
  t = tcp();
  CASE("reject_tcp_port", connect(t, SA(s)));
  close(t);
  sleep(1);
  struct sockaddr_in host = addr4("10.9.2.2", 0);
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  struct icmphdr echo = {.type = ICMP_ECHO, .checksum = htons(0xf7fe), .un.echo.sequence = htons(1)};
  CASE("reject_icmp_echo", sendto(raw, &echo, 8, 0, SA(host)));
  close(raw);
  sleep(1);
  s = addr4("10.9.2.2", 7020);
  CASE("reject_forward_udp", sendto(u, buf, 5, 0, SA(s)));
  s = addr4("10.9.2.2", 7021);
  t = tcp();
  CASE("reject_forward_tcp_reset", connect(t, SA(s)));
  close(t);
  sleep(1);
  s = addr4("10.9.2.2", 7030);
  CASE("reject_output_udp", sendto(u, buf, 5, 0, SA(s)));
  s = addr4("10.9.2.2", 7031);
  t = tcp();
  CASE("reject_output_tcp_reset", connect(t, SA(s)));
  kill(children[0], SIGKILL); kill(children[1], SIGKILL);
  return 0;
}
