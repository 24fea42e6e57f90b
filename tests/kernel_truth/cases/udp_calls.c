// The calls around a UDP socket on loopback: peeking, truncation, empty queues, addresses, errors.
#include "harness.h"
#include <sys/time.h>
int main(void) {
  harness_init();
  int s = socket(AF_INET, SOCK_DGRAM, 0), c = socket(AF_INET, SOCK_DGRAM, 0), x = socket(AF_INET, SOCK_DGRAM, 0), n = 0;
  struct sockaddr_in a = addr4("127.0.0.1", 5400), any = addr4("0.0.0.0", 0), wild = addr4("0.0.0.0", 5400), from;
  socklen_t len = sizeof from;
  CASE("getsockname_udp_unbound", getsockname(s, (struct sockaddr *)&from, &len));
  CASE("getpeername_udp_enotconn", getpeername(s, (struct sockaddr *)&from, &len));
  bind(s, SA(a));
  CASE("bind_udp_eaddrinuse", bind(x, SA(a)));
  CASE("bind_udp_wildcard_eaddrinuse", bind(x, SA(wild)));
  CASE("bind_udp_twice_einval", bind(s, SA(a)));
  CASE("bind_udp_port_0", bind(x, SA(any)));
  a.sin_family = AF_UNIX;
  CASE("bind_udp_eafnosupport", bind(x, SA(a)));
  a.sin_family = AF_INET;
  CASE("bind_udp_short_address_einval", bind(c, (struct sockaddr *)&a, 8));
  len = sizeof from;
  CASE("getsockname_udp_bound", getsockname(s, (struct sockaddr *)&from, &len));
  CASE("recv_udp_eagain", recv(s, buf, 100, MSG_DONTWAIT));
  CASE("ioctl_fionread_udp_empty", ioctl(s, FIONREAD, &n));
  connect(c, SA(a));
  CASE("getpeername_udp_connected", getpeername(c, (struct sockaddr *)&from, &len));
  send(c, "hello, world", 12, 0);
  CASE("ioctl_fionread_udp_12", ioctl(s, FIONREAD, &n));
  CASE("recvfrom_udp_peek", recvfrom(s, buf, 100, MSG_PEEK, (struct sockaddr *)&from, &len));
  CASE("recv_udp_peek_short", recv(s, buf, 4, MSG_PEEK));
  CASE("recv_udp_msg_trunc_short", recv(s, buf, 4, MSG_TRUNC));
  send(c, "hello, world", 12, 0);
  CASE("recv_udp_short_buffer", recv(s, buf, 4, 0));
  send(c, "hello, world", 12, 0);
  CASE("read_udp_12", read(s, buf, 100));
  CASE("send_udp_empty_datagram", send(c, "", 0, 0));
  CASE("recv_udp_empty_datagram", recv(s, buf, 100, 0));
  CASE("write_udp_lo_5", write(c, "hello", 5));
  struct iovec v[2] = {{buf, 3}, {buf + 3, 100}};
  struct msghdr m = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = v, .msg_iovlen = 2};
  CASE("recvmsg_udp_two_buffers", recvmsg(s, &m, 0));
  CASE("send_udp_lo_1472", send(c, buf, 1472, 0));
  CASE("recv_udp_1472", recv(s, buf, sizeof buf, 0));
  CASE("send_udp_lo_60000", send(c, buf, 60000, 0));
  CASE("recv_udp_60000", recv(s, buf, sizeof buf, 0));
  CASE("sendto_udp_edestaddrreq", send(x, "x", 1, 0));
  struct timeval t = {0, 100000};
  CASE("setsockopt_rcvtimeo", setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t));
  CASE("recv_udp_timeout_eagain", recv(s, buf, 100, 0));
  struct pollfd p = {s, POLLIN, 0};
  CASE("poll_udp_empty", poll(&p, 1, 0));
  write(c, "hello", 5);
  CASE("poll_udp_readable", poll(&p, 1, 0));
  CASE("close_udp_with_datagram_queued", close(s));
  CASE("connect_udp_unspec_disconnects", connect(c, SA(*(memset(&from, 0, sizeof from), &from))));
  CASE("recv_ebadf", recv(s, buf, 100, 0));
  CASE("recv_enotsock", recv(1, buf, 100, 0));
  return 0;
}
