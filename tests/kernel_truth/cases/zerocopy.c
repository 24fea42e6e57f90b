// MSG_ZEROCOPY of several sizes, over loopback, with the notifications on the error queue.
#include "tcp_pair.h"
static char control[512];
static long notice(int fd) {
  struct msghdr m = {.msg_control = control, .msg_controllen = sizeof control};
  return recvmsg(fd, &m, MSG_ERRQUEUE | MSG_DONTWAIT);
}
int main(void) {
  harness_init();
  int l = listener(8092, 5), sizes[] = {1, 100, 4096, 10000, 65536};
  struct pair p = pair(l, 8092);
  CASE("zerocopy_tcp_send_without_so_zerocopy", send(p.c, buf, 5000, MSG_ZEROCOPY));
  drain(p.s);
  setsockopt(p.c, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof one);
  for (int i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    CASE(sized("zerocopy_tcp_send", sizes[i]), send(p.c, buf, sizes[i], MSG_ZEROCOPY));
    CASE(sized("zerocopy_tcp_read", sizes[i]), read(p.s, big, sizeof big));
    drain(p.s);
    CASE(sized("zerocopy_tcp_errqueue", sizes[i]), notice(p.c));
  }
  CASE("zerocopy_tcp_errqueue_empty_eagain", notice(p.c));
  send(p.c, buf, 5000, MSG_ZEROCOPY), drain(p.s);
  CASE("zerocopy_tcp_send_2nd_coalesced", send(p.c, buf, 5000, MSG_ZEROCOPY));
  drain(p.s);
  struct pollfd f = {p.c, POLLIN, 0};
  CASE("zerocopy_tcp_poll_err", poll(&f, 1, 0));
  CASE("zerocopy_tcp_errqueue_two", notice(p.c));
  send(p.c, buf, 5000, MSG_ZEROCOPY), drain(p.s);
  CASE("zerocopy_tcp_close_with_notice", close(p.c));
  int u = socket(AF_INET, SOCK_DGRAM, 0), s = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = addr4("127.0.0.1", 5420);
  bind(s, SA(a));
  setsockopt(u, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof one);
  CASE("zerocopy_udp_send_10", sendto(u, buf, 10, MSG_ZEROCOPY, SA(a)));
  CASE("zerocopy_udp_recv_10", recv(s, big, sizeof big, MSG_DONTWAIT));
  CASE("zerocopy_udp_send_8000", sendto(u, buf, 8000, MSG_ZEROCOPY, SA(a)));
  CASE("zerocopy_udp_recv_8000", recv(s, big, sizeof big, MSG_DONTWAIT));
  CASE("zerocopy_udp_errqueue", notice(u));
  return 0;
}
