// Socket filters of classic BPF: attached, refused, run on UDP, TCP, raw and packet sockets, locked, asked for, taken off.
#include "packet_parts.h"
#include <netinet/ip_icmp.h>
int main(void) {
  harness_init();
  int s = socket(AF_INET, SOCK_DGRAM, 0), c = socket(AF_INET, SOCK_DGRAM, 0), p = tap(SOCK_RAW, "lo", ETH_P_ALL);
  struct sockaddr_in a = addr4("127.0.0.1", 5620), other = addr4("127.0.0.1", 5621), b = addr4("127.0.0.1", 5622);
  bind(s, SA(a)), bind(c, SA(other));
  sendto(c, buf, 40, 0, SA(a)), recv(s, buf, 2000, 0);
  // UDP: a filter sees the datagram from its UDP header on
  struct sock_filter all[] = {{BPF_RET | BPF_K, 0, 0, 0xffffffff}}, none[] = {{BPF_RET | BPF_K, 0, 0, 0}};
  struct sock_filter from_port[] = {{BPF_LD | BPF_H | BPF_ABS, 0, 0, 0},
                                    {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 5621},
                                    {BPF_RET | BPF_K, 0, 0, 0xffff},
                                    {BPF_RET | BPF_K, 0, 0, 0}};
  struct sock_filter first[] = {{BPF_RET | BPF_K, 0, 0, 18}};
  struct sock_filter far[] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, 2000}, {BPF_RET | BPF_K, 0, 0, 0xffff}};
  empty(p), close(p);
  CASE("filt_attach_accept_all", ATTACH(s, all));
  CASE("filt_udp_passes", sendto(c, buf, 40, 0, SA(a)));
  CASE("filt_udp_recv_passed", recv(s, big, 2000, MSG_DONTWAIT));
  CASE("filt_attach_replaces", ATTACH(s, none));
  CASE("filt_udp_dropped", sendto(c, buf, 40, 0, SA(a)));
  CASE("filt_udp_recv_nothing_eagain", recv(s, big, 2000, MSG_DONTWAIT));
  ATTACH(s, from_port);
  CASE("filt_udp_port_passes", sendto(c, buf, 40, 0, SA(a)));
  int stranger = socket(AF_INET, SOCK_DGRAM, 0);
  CASE("filt_udp_port_dropped", sendto(stranger, buf, 40, 0, SA(a)));
  recv(s, big, 2000, MSG_DONTWAIT);
  ATTACH(s, first);
  CASE("filt_udp_trimmed", sendto(c, buf, 40, 0, SA(a)));
  CASE("filt_udp_recv_trimmed", recv(s, big, 2000, MSG_DONTWAIT));
  ATTACH(s, far);
  CASE("filt_udp_load_beyond_end", sendto(c, buf, 40, 0, SA(a)));
  // What the check refuses
  struct sock_filter no_return[] = {{BPF_LD | BPF_IMM, 0, 0, 1}},
                     jumps_out[] = {{BPF_JMP | BPF_JEQ | BPF_K, 7, 0, 1}, {BPF_RET | BPF_K, 0, 0, 1}};
  struct sock_filter divides[] = {{BPF_ALU | BPF_DIV | BPF_K, 0, 0, 0}, {BPF_RET | BPF_K, 0, 0, 1}};
  struct sock_filter unknown[] = {{0xff, 0, 0, 0}, {BPF_RET | BPF_K, 0, 0, 1}};
  struct sock_filter unset[] = {{BPF_LD | BPF_MEM, 0, 0, 3}, {BPF_RET | BPF_A, 0, 0, 0}};
  CASE("filt_attach_no_return_einval", ATTACH(s, no_return));
  CASE("filt_attach_jump_out_einval", ATTACH(s, jumps_out));
  CASE("filt_attach_divide_by_0_einval", ATTACH(s, divides));
  CASE("filt_attach_unknown_code_einval", ATTACH(s, unknown));
  CASE("filt_attach_word_never_stored_einval", ATTACH(s, unset));
  CASE("filt_attach_empty_einval", taken(s, all, 0));
  CASE("filt_attach_short_einval", setsockopt(s, SOL_SOCKET, SO_ATTACH_FILTER, all, 4));
  struct sock_filter back[64];
  socklen_t len = 64;
  CASE("filt_get_filter", getsockopt(s, SOL_SOCKET, SO_GET_FILTER, back, &len));
  CASE("filt_detach", on(s, SOL_SOCKET, SO_DETACH_FILTER, 0));
  CASE("filt_detach_none_enoent", on(s, SOL_SOCKET, SO_DETACH_FILTER, 0));
  len = 64;
  CASE("filt_get_none", getsockopt(s, SOL_SOCKET, SO_GET_FILTER, back, &len));
  CASE("filt_udp_no_filter", sendto(c, buf, 40, 0, SA(a)));
  ATTACH(s, from_port);
  CASE("filt_lock", on(s, SOL_SOCKET, SO_LOCK_FILTER, 1));
  CASE("filt_attach_locked_eperm", ATTACH(s, all));
  CASE("filt_detach_locked_eperm", on(s, SOL_SOCKET, SO_DETACH_FILTER, 0));
  CASE("filt_unlock_eperm", on(s, SOL_SOCKET, SO_LOCK_FILTER, 0));
  CASE("filt_get_lock", asked(s, SOL_SOCKET, SO_LOCK_FILTER, 4));
  CASE("filt_close_udp", close(s));
  // A packet socket: "udp port 5620" as tcpdump compiles it, for Ethernet headers
  s = socket(AF_INET, SOCK_DGRAM, 0), bind(s, SA(a));
  struct sock_filter udp_port[] = {{0x28, 0, 0, 12},   {0x15, 0, 8, 0x800},  {0x30, 0, 0, 23}, {0x15, 0, 6, 17},
                                   {0x28, 0, 0, 20},   {0x45, 4, 0, 0x1fff}, {0xb1, 0, 0, 14}, {0x48, 0, 0, 16},
                                   {0x15, 0, 1, 5620}, {0x6, 0, 0, 262144},  {0x6, 0, 0, 0}};
  p = socket(AF_PACKET, SOCK_RAW, 0);
  CASE("filt_packet_attach_udp_port", ATTACH(p, udp_port));
  bind(p, LL(link_at("lo", ETH_P_ALL)));
  CASE("filt_packet_passes", sendto(c, buf, 40, 0, SA(a)));
  empty(p);
  CASE("filt_packet_sorts_out", sendto(c, buf, 40, 0, SA(other)));
  struct sock_filter snap[] = {{BPF_RET | BPF_K, 0, 0, 34}};
  ATTACH(p, snap);
  CASE("filt_packet_snaplen", sendto(c, buf, 400, 0, SA(a)));
  CASE("filt_packet_recv_snapped", recv(p, big, 2000, MSG_DONTWAIT));
  on(p, SOL_PACKET, PACKET_AUXDATA, 1);
  CASE("filt_packet_recvmsg_auxdata_snapped", receive(p, 2000, 0));
  struct sock_filter incoming[] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, SKF_AD_OFF + SKF_AD_PKTTYPE},
                                   {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, PACKET_OUTGOING},
                                   {BPF_RET | BPF_K, 0, 0, 0},
                                   {BPF_RET | BPF_K, 0, 0, 0xffff}};
  ATTACH(p, incoming), empty(p);
  CASE("filt_packet_only_incoming", sendto(c, buf, 40, 0, SA(a)));
  struct sock_filter everything[] = {{BPF_LDX | BPF_IMM, 0, 0, 20},
                                     {BPF_LD | BPF_B | BPF_IND, 0, 0, (unsigned)SKF_NET_OFF - 11},
                                     {BPF_ST, 0, 0, 2},
                                     {BPF_LDX | BPF_MEM, 0, 0, 2},
                                     {BPF_LD | BPF_W | BPF_LEN, 0, 0, 0},
                                     {BPF_ALU | BPF_SUB | BPF_X, 0, 0, 0},
                                     {BPF_ALU | BPF_AND | BPF_K, 0, 0, 0xffff},
                                     {BPF_MISC | BPF_TAX, 0, 0, 0},
                                     {BPF_LD | BPF_W | BPF_ABS, 0, 0, SKF_AD_OFF + SKF_AD_IFINDEX},
                                     {BPF_ALU | BPF_ADD | BPF_X, 0, 0, 0},
                                     {BPF_RET | BPF_A, 0, 0, 0}};
  ATTACH(p, everything), empty(p);
  CASE("filt_packet_arithmetic", sendto(c, buf, 40, 0, SA(a)));
  CASE("filt_packet_recv_arithmetic", recv(p, big, 2000, MSG_DONTWAIT));
  CASE("filt_close_packet", close(p));
  // TCP: the filter sees the TCP header; who is accepted inherits it
  int l = socket(AF_INET, SOCK_STREAM, 0), t = socket(AF_INET, SOCK_STREAM, 0);
  bind(l, SA(b)), listen(l, 1);
  CASE("filt_tcp_attach_listener", ATTACH(l, all));
  CASE("filt_tcp_connect", connect(t, SA(b)));
  CASE("filt_tcp_accept_inherits", accept(l, 0, 0));
  int u = last;
  CASE("filt_tcp_write_passes", write(t, buf, 100));
  ATTACH(u, none);
  CASE("filt_tcp_write_dropped", write(t, buf, 100));
  CASE("filt_tcp_detach", on(u, SOL_SOCKET, SO_DETACH_FILTER, 0));
  CASE("filt_tcp_close", close(u));
  ATTACH(l, none);
  int t2 = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CASE("filt_tcp_syn_dropped", connect(t2, SA(b)));
  close(t2), close(t), close(l);
  // Raw sockets
  int r = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  unsigned char echo[64] = {8, 0, 0xf7, 0xf8, 0, 7};
  struct sock_filter replies[] = {{BPF_LDX | BPF_B | BPF_MSH, 0, 0, 0},
                                  {BPF_LD | BPF_B | BPF_IND, 0, 0, 0},
                                  {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, ICMP_ECHOREPLY},
                                  {BPF_RET | BPF_K, 0, 0, 0xffff},
                                  {BPF_RET | BPF_K, 0, 0, 0}};
  CASE("filt_raw_attach", ATTACH(r, replies));
  CASE("filt_raw_only_replies", sendto(r, echo, sizeof echo, 0, SA(*at("127.0.0.1", 0, AF_INET))));
  CASE("filt_raw_close", close(r));
  return 0;
}
