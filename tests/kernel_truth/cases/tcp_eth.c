// TCP over eth0 with the peer that echoes: sizes, waiting, refusal, the orders of closing.
#include "tcp_pair.h"
static int dial(void) {
  int c = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = addr4(PEER_IP, 7777);
  if (connect(c, SA(a))) perror("! dial");
  return c;
}
static void echoed(int fd, long total) { for (long n = 0, r; n < total && (r = read(fd, big, sizeof big)) > 0; n += r) {} }
int main(void) {
  harness_init();
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_in a = addr4(PEER_IP, 7777), closed = addr4(PEER_IP, 7), from;
  socklen_t len = sizeof from;
  int c = dial(), sizes[] = {1, 100, 1448, 1460, 1461, 2920, 3000}, err;
  for (int i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    CASE(sized("tcp_eth_write", sizes[i]), write(c, buf, sizes[i]));
    echoed(c, sizes[i]);
  }
  CASE("tcp_eth_write_read_small", write(c, "hello", 5));
  CASE("tcp_eth_read_5", read(c, big, 100));
  CASE("tcp_eth_getsockname", getsockname(c, (struct sockaddr *)&from, &len));
  CASE("tcp_eth_ioctl_fionread_0", ioctl(c, FIONREAD, &err));
  CASE("tcp_eth_write_16384", write(c, buf, 16384));
  echoed(c, 16384);
  CASE("tcp_eth_write_65536", write(c, buf, 65536));
  echoed(c, 65536);
  CASE("tcp_eth_write_small_1st", write(c, "a", 1));
  CASE("tcp_eth_write_small_2nd", write(c, "b", 1));
  echoed(c, 2);
  write(c, "hello", 5);
  struct pollfd p = {c, POLLIN, 0};
  CASE("tcp_eth_poll_readable", poll(&p, 1, 1000));
  CASE("tcp_eth_recv_peek", recv(c, big, 100, MSG_PEEK));
  CASE("tcp_eth_recv_dontwait", recv(c, big, 100, MSG_DONTWAIT));
  LATER(write(c, "hello", 5));
  CASE("tcp_eth_read_blocked", read(c, big, 100));
  reaped();
  CASE("tcp_eth_shutdown_wr", shutdown(c, SHUT_WR));
  CASE("tcp_eth_read_eof", read(c, big, 100));
  CASE("tcp_eth_close_closed", close(c));
  int refused = socket(AF_INET, SOCK_STREAM, 0);
  CASE("tcp_eth_connect_refused", connect(refused, SA(closed)));
  int n = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CASE("tcp_eth_connect_nonblock_einprogress", connect(n, SA(a)));
  struct pollfd pn = {n, POLLOUT, 0};
  CASE("tcp_eth_poll_connected", poll(&pn, 1, 1000));
  len = sizeof err;
  CASE("tcp_eth_getsockopt_so_error_0", getsockopt(n, SOL_SOCKET, SO_ERROR, &err, &len));
  CASE("tcp_eth_connect_nonblock_done", connect(n, SA(a)));
  CASE("tcp_eth_connect_nonblock_eisconn", connect(n, SA(a)));
  CASE("tcp_eth_read_eagain", read(n, big, 100));
  CASE("tcp_eth_close_2nd", close(n));
  int w = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  connect(w, SA(a));
  struct pollfd pw = {w, POLLOUT, 0};
  n = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CASE("tcp_eth_connect_nonblock_3rd", connect(n, SA(a)));
  CASE("tcp_eth_poll_two_connects", poll(&pw, 1, 1000));
  struct linger hard = {1, 0};
  setsockopt(w, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  CASE("tcp_eth_close_linger_0", close(w));
  c = dial();
  write(c, "hello", 5), usleep(50000);
  CASE("tcp_eth_close_unread_data", close(c));
  c = dial();
  struct iovec v[2] = {{"hello, ", 7}, {"world", 5}};
  CASE("tcp_eth_writev", writev(c, v, 2));
  echoed(c, 12);
  CASE("tcp_eth_send_more", send(c, buf, 1000, MSG_MORE));
  CASE("tcp_eth_send_rest", send(c, buf, 1000, 0));
  echoed(c, 2000);
  CASE("tcp_eth_cork", setsockopt(c, IPPROTO_TCP, TCP_CORK, &one, sizeof one));
  CASE("tcp_eth_write_corked_2000", write(c, buf, 2000));
  CASE("tcp_eth_uncork", setsockopt(c, IPPROTO_TCP, TCP_CORK, &zero, sizeof zero));
  echoed(c, 2000);
  int file = open("/tmp/eth-data", O_RDWR | O_CREAT, 0600);
  write(file, buf, 5000);
  off_t at = 0;
  CASE("tcp_eth_sendfile_5000", sendfile(c, file, &at, 5000));
  echoed(c, 5000);
  setsockopt(c, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof one);
  CASE("tcp_eth_send_zerocopy_4000", send(c, buf, 4000, MSG_ZEROCOPY));
  echoed(c, 4000);
  int keep = 1;
  CASE("tcp_eth_setsockopt_keepalive", setsockopt(c, SOL_SOCKET, SO_KEEPALIVE, &keep, sizeof keep));
  CASE("tcp_eth_shutdown_rdwr", shutdown(c, SHUT_RDWR));
  CASE("tcp_eth_close_after_shutdown", close(c));
  // Nobody is at this address: the neighbour is never resolved.
  struct sockaddr_in nobody = addr4("10.0.2.99", 80);
  int lost = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CASE("tcp_eth_connect_unresolved", connect(lost, SA(nobody)));
  usleep(4000000);
  CASE("tcp_eth_connect_unresolved_again_ehostunreach", connect(lost, SA(nobody)));
  CASE("tcp_eth_close_unresolved", close(lost));
  return 0;
}
