// Connections beginning: queues of the listener, waiting in accept and connect, flags, several clients, oneself.
#include "tcp_pair.h"
static int nonblocking_client(const char *name, int port) {
  int c = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in a = addr4("127.0.0.1", port);
  CASE(name, connect(c, SA(a)));
  return c;
}
int main(void) {
  harness_init();
  int l = listener(8085, 1), n = 0;
  struct sockaddr_in a = addr4("127.0.0.1", 8085), from;
  socklen_t len = sizeof from;
  int c1 = nonblocking_client("tcp_connect_nonblock_lo", 8085), c2 = nonblocking_client("tcp_connect_second_client", 8085);
  int c3 = nonblocking_client("tcp_connect_accept_queue_full", 8085);
  struct pollfd p = {c3, POLLOUT, 0}, pl = {l, POLLIN, 0};
  CASE("tcp_poll_syn_sent", poll(&p, 1, 0));
  CASE("tcp_connect_again_ealready", connect(c3, SA(a)));
  CASE("tcp_write_syn_sent_eagain", write(c3, "x", 1));
  CASE("tcp_read_syn_sent_eagain", read(c3, big, 1));
  CASE("tcp_close_syn_sent", close(c3));
  CASE("tcp_poll_listener_readable", poll(&pl, 1, 0));
  CASE("tcp_accept_first_of_two", accept(l, (struct sockaddr *)&from, &len));
  int s1 = last;
  CASE("tcp_accept4_cloexec_nonblock", accept4(l, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK));
  int s2 = last;
  CASE("tcp_poll_listener_empty", poll(&pl, 1, 0));
  CASE("tcp_connect_once_more_established", connect(c1, SA(a)));
  CASE("tcp_connect_then_eisconn", connect(c1, SA(a)));
  // One writes before the other side accepts.
  int early = client(8085);
  CASE("tcp_write_before_accept", write(early, "hello", 5));
  CASE("tcp_accept_with_data", accept(l, 0, 0));
  int s3 = last;
  CASE("tcp_read_written_before_accept", read(s3, big, 100));
  int gone = client(8085);
  CASE("tcp_close_before_accept", close(gone));
  CASE("tcp_accept_closed_by_peer", accept(l, 0, 0));
  CASE("tcp_read_closed_by_peer_eof", read(last, big, 100));
  int child = 0;
  LATER(child = client(8085));
  CASE("tcp_accept_blocked", accept(l, (struct sockaddr *)&from, &len));
  reaped();
  LATER(child = client(8085));
  CASE("tcp_poll_listener_blocked", poll(&pl, 1, 2000));
  reaped();
  close(accept(l, 0, 0));
  int waiting = client(8085);
  CASE("tcp_close_listener_with_connection", close(l));
  CASE("tcp_read_listener_gone_econnreset", read(waiting, big, 100));
  // Two listeners share a port.
  int r[2];
  struct sockaddr_in shared = addr4("127.0.0.1", 8086);
  for (int i = 0; i < 2; i++) {
    r[i] = socket(AF_INET, SOCK_STREAM, 0);
    CASE(i ? "tcp_setsockopt_reuseport_2nd" : "tcp_setsockopt_reuseport", setsockopt(r[i], SOL_SOCKET, SO_REUSEPORT, &one, sizeof one));
    CASE(i ? "tcp_bind_reuseport_2nd" : "tcp_bind_reuseport_1st", bind(r[i], SA(shared)));
    CASE(i ? "tcp_listen_reuseport_2nd" : "tcp_listen_reuseport_1st", listen(r[i], 5));
  }
  int x = socket(AF_INET, SOCK_STREAM, 0);
  CASE("tcp_connect_reuseport", connect(x, SA(shared)));
  CASE("tcp_close_reuseport_2nd", close(r[1]));
  CASE("tcp_close_reuseport_1st", close(r[0]));
  // A socket that connects to its own address: both ends send a SYN.
  int self = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in me = addr4("127.0.0.1", 8087);
  bind(self, SA(me));
  CASE("tcp_connect_self", connect(self, SA(me)));
  CASE("tcp_write_self", write(self, "hello", 5));
  CASE("tcp_read_self", read(self, big, 100));
  CASE("tcp_close_self", close(self));
  // From a bound port, to the address of eth0, from a wildcard listener.
  int lw = socket(AF_INET, SOCK_STREAM, 0), b = socket(AF_INET, SOCK_STREAM, 0), e = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in wild = addr4("0.0.0.0", 8088), bound = addr4("127.0.0.1", 4001), lo = addr4("127.0.0.1", 8088);
  struct sockaddr_in eth = addr4(LOCAL_IP, 8088), nowhere = addr4("0.0.0.0", 8088);
  CASE("tcp_bind_wildcard", bind(lw, SA(wild)));
  CASE("tcp_listen_wildcard", listen(lw, 5));
  bind(b, SA(bound));
  CASE("tcp_connect_bound", connect(b, SA(lo)));
  CASE("tcp_connect_own_eth_address", connect(e, SA(eth)));
  int z = socket(AF_INET, SOCK_STREAM, 0);
  CASE("tcp_connect_to_0_0_0_0", connect(z, SA(nowhere)));
  CASE("tcp_accept_wildcard", accept(lw, (struct sockaddr *)&from, &len));
  CASE("tcp_disconnect_unspec", connect(b, SA(*(memset(&from, 0, sizeof from), &from))));
  CASE("tcp_connect_after_disconnect", connect(b, SA(lo)));
  int d = socket(AF_INET, SOCK_STREAM, 0), defer = 5;
  CASE("tcp_setsockopt_defer_accept", setsockopt(lw, IPPROTO_TCP, TCP_DEFER_ACCEPT, &defer, sizeof defer));
  CASE("tcp_connect_defer_accept", connect(d, SA(lo)));
  CASE("tcp_write_defer_accept", write(d, "hello", 5));
  return 0;
}
