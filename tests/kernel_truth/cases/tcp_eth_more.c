// More of TCP over eth0 with the peer that echoes: other sizes, several writes, ways to read, options, ends.
#include "tcp_pair.h"
static int dial(void) {
  int c = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = addr4(PEER_IP, 7777);
  if (connect(c, SA(a))) perror("! dial");
  return c;
}
static void echoed(int fd, int n) {
  usleep(300000);
  if (recv(fd, big, n, MSG_WAITALL) != n) printf("! not all came back\n");
  usleep(300000);
}
int main(void) {
  harness_init();
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_in a = addr4(PEER_IP, 7777), closed = addr4(PEER_IP, 9);
  socklen_t len;
  int c = dial(), sizes[] = {536, 2896, 8000, 20000, 30000}, value;
  for (int i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    CASE(sized("tcp_eth_write", sizes[i]), write(c, buf, sizes[i]));
    echoed(c, sizes[i]);
  }
  // Two writes, and ways to read what came of them.
  CASE("tcp_eth_write_1000_1st", write(c, buf, 1000));
  CASE("tcp_eth_write_1000_2nd", write(c, buf, 1000));
  CASE("tcp_eth_read_part", read(c, big, 100));
  struct iovec v[2] = {{big, 300}, {big + 300, 600}};
  CASE("tcp_eth_readv", readv(c, v, 2));
  struct sockaddr_in from;
  struct msghdr m = {&from, sizeof from, v, 2};
  CASE("tcp_eth_recvmsg", recvmsg(c, &m, 0));
  CASE("tcp_eth_recv_peek_100", recv(c, big, 100, MSG_PEEK));
  CASE("tcp_eth_ioctl_fionread_100", ioctl(c, FIONREAD, &value));
  CASE("tcp_eth_recv_trunc", recv(c, big, 100, MSG_TRUNC));
  CASE("tcp_eth_recv_dontwait_eagain", recv(c, big, 100, MSG_DONTWAIT));
  // In turns.
  int t = dial();
  CASE("tcp_eth_turn_write_100", write(t, buf, 100));
  CASE("tcp_eth_turn_read_100", read(t, big, 1000));
  CASE("tcp_eth_turn_write_200", write(t, buf, 200));
  CASE("tcp_eth_turn_read_200", read(t, big, 1000));
  CASE("tcp_eth_turn_write_3500", write(t, buf, 3500));
  CASE("tcp_eth_turn_recv_waitall_3500", recv(t, big, 3500, MSG_WAITALL));
  LATER(write(t, buf, 3000));
  CASE("tcp_eth_recv_waitall_blocked", recv(t, big, 3000, MSG_WAITALL));
  reaped();
  struct pollfd p = {t, POLLIN | POLLOUT, 0};
  CASE("tcp_eth_poll_writable", poll(&p, 1, 1000));
  p.events = POLLIN;
  LATER(write(t, buf, 10));
  CASE("tcp_eth_poll_blocked", poll(&p, 1, 3000));
  reaped();
  int e = epoll_create1(0);
  struct epoll_event ev = {.events = EPOLLIN, .data.fd = t}, got;
  CASE("tcp_eth_epoll_add_readable", epoll_ctl(e, EPOLL_CTL_ADD, t, &ev));
  CASE("tcp_eth_epoll_wait_readable", epoll_wait(e, &got, 1, 1000));
  CASE("tcp_eth_read_10", read(t, big, 100));
  CASE("tcp_eth_epoll_write_10", write(t, buf, 10)); // with somebody who watches
  CASE("tcp_eth_epoll_close", close(t));
  // Options.
  int n = dial();
  CASE("tcp_eth_setsockopt_nodelay", setsockopt(n, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one));
  CASE("tcp_eth_write_nodelay_1600", write(n, buf, 1600));
  echoed(n, 1600);
  CASE("tcp_eth_send_more_1600", send(n, buf, 1600, MSG_MORE));
  CASE("tcp_eth_send_after_more_10", send(n, buf, 10, 0));
  echoed(n, 1610);
  CASE("tcp_eth_send_dontwait_2000", send(n, buf, 2000, MSG_DONTWAIT));
  echoed(n, 2000);
  int small = 4096;
  setsockopt(n, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
  CASE("tcp_eth_write_sndbuf_4000", write(n, buf, 4000));
  echoed(n, 4000);
  // Ends.
  CASE("tcp_eth_shutdown_rd", shutdown(n, SHUT_RD));
  CASE("tcp_eth_read_after_shutdown_rd", read(n, big, 100));
  CASE("tcp_eth_shutdown_wr_after_rd", shutdown(n, SHUT_WR));
  CASE("tcp_eth_close_after_both", close(n));
  int l = dial();
  struct linger hard = {1, 0};
  setsockopt(l, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  write(l, buf, 3000), usleep(300000);
  CASE("tcp_eth_close_linger_0_unread", close(l));
  int r = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CASE("tcp_eth_connect_closed_port_nonblock", connect(r, SA(closed)));
  struct pollfd pr = {r, POLLOUT, 0};
  CASE("tcp_eth_poll_refused", poll(&pr, 1, 1000));
  len = sizeof value;
  CASE("tcp_eth_getsockopt_so_error_refused", getsockopt(r, SOL_SOCKET, SO_ERROR, &value, &len));
  CASE("tcp_eth_connect_after_refused", connect(r, SA(a)));
  struct linger wait = {1, 5};
  setsockopt(c, SOL_SOCKET, SO_LINGER, &wait, sizeof wait);
  CASE("tcp_eth_close_linger_5", close(c));
  return 0;
}
