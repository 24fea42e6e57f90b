// TCP segments that come up from eth0, one order to the peer a case; run with record --wire. See eth_receive.c for how.
#include "tcp_pair.h"
#define ORDERS "tcp/"
#include "wire_parts.h"
#define IDLE(name, ms) CASE(name, (usleep(ms * 1000), 0))
static int dial(int port) {
  int c = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = addr4(PEER_IP, port);
  if (connect(c, SA(a))) perror("! dial");
  return c;
}
int main(void) {
  harness_init();
  signal(SIGPIPE, SIG_IGN);
  teller = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = addr4(PEER_IP, 7001);
  close(dial(7001));
  usleep(100000);
  int c = socket(AF_INET, SOCK_STREAM, 0);
  CASE("wire_tcp_connect", connect(c, SA(a)));
  CASE("wire_tcp_write_5", write(c, "hello", 5));
  CASE("wire_tcp_write_4000", write(c, buf, 4000));
  WHILE("wire_tcp_blocked_read_5", "data 5", read(c, big, 100));
  WHILE("wire_tcp_blocked_read_1460", "data 1460", read(c, big, sizeof big));
  NAP("wire_tcp_rx_data_queued", "data 100");
  CASE("wire_tcp_read_queued", read(c, big, sizeof big));
  NAP("wire_tcp_rx_burst_4", "burst 1460 4");
  CASE("wire_tcp_read_burst", read(c, big, sizeof big));
  NAP("wire_tcp_rx_out_of_order", "ahead 100 100");
  NAP("wire_tcp_rx_out_of_order_2nd", "ahead 100 300");
  NAP("wire_tcp_rx_out_of_order_again", "ahead 100 100");
  NAP("wire_tcp_rx_fills_gap", "data 100");
  CASE("wire_tcp_read_behind_gap", read(c, big, sizeof big));
  NAP("wire_tcp_rx_partly_new", "partly_again 100");
  drain(c);
  NAP("wire_tcp_rx_duplicate", "again 100");
  NAP("wire_tcp_rx_beyond_window", "beyond_window");
  NAP("wire_tcp_rx_old_ack", "old_ack");
  NAP("wire_tcp_rx_future_ack", "future_ack");
  NAP("wire_tcp_rx_bad_checksum", "bad_checksum");
  NAP("wire_tcp_rx_syn_in_established", "syn_again");
  NAP("wire_tcp_rx_rst_not_next", "rst_wrong");
  NAP("wire_tcp_rx_window_update", "window 300");
  NAP("wire_tcp_rx_urgent", "urgent 3");
  drain(c);
  WHILE("wire_tcp_blocked_read_eof", "fin", read(c, big, 100));
  CASE("wire_tcp_close_after_fin", close(c));
  c = dial(7001);
  WHILE("wire_tcp_blocked_read_rst", "rst", read(c, big, 100));
  CASE("wire_tcp_close_after_rst", close(c));
  c = dial(7002); // acknowledges nothing
  CASE("wire_tcp_write_unanswered", write(c, buf, 100));
  IDLE("wire_tcp_loss_probe_and_timeout", 700);
  NAP("wire_tcp_rx_ack_after_timeout", "ack 100");
  write(c, buf, 10000);
  NAP("wire_tcp_rx_dupacks_3", "dupacks 3");
  NAP("wire_tcp_rx_sack", "sack 1460 2920");
  NAP("wire_tcp_rx_ack_all", "ack 10000");
  NAP("wire_tcp_rx_zero_window", "window 0");
  CASE("wire_tcp_write_zero_window", write(c, buf, 100));
  IDLE("wire_tcp_window_probe", 600);
  NAP("wire_tcp_rx_window_opens", "window 500");
  struct linger hard = {1, 0};
  setsockopt(c, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  close(c);
  c = dial(7001);
  int sec = 1;
  setsockopt(c, IPPROTO_TCP, TCP_KEEPIDLE, &sec, sizeof sec);
  setsockopt(c, SOL_SOCKET, SO_KEEPALIVE, &sec, sizeof sec);
  IDLE("wire_tcp_keepalive", 1300);
  CASE("wire_tcp_close_first", close(c));
  NAP("wire_tcp_rx_fin_in_fin_wait2", "fin");
  NAP("wire_tcp_rx_in_time_wait", "again 1");
  // The peer opens
  int l = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in any = addr4("0.0.0.0", 8100);
  setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  bind(l, SA(any)), listen(l, 5);
  NAP("wire_tcp_rx_syn_to_listener", "open 8100 41000");
  CASE("wire_tcp_accept_there", accept(l, 0, 0));
  int s = last;
  WHILE("wire_tcp_blocked_accept", "open 8100 41001", accept(l, 0, 0));
  close(last);
  usleep(100000);
  WHILE("wire_tcp_blocked_poll_listener", "open 8100 41002", ({ struct pollfd p = {l, POLLIN, 0}; poll(&p, 1, 2000); }));
  s = accept(l, 0, 0);
  NAP("wire_tcp_rx_data_to_accepted", "data 1000");
  CASE("wire_tcp_close_unread", close(s));
  NAP("wire_tcp_rx_syn_listener_rst", "open 8199 41003");
  struct sockaddr_in silent = addr4(PEER_IP, 7003);
  int q = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CASE("wire_tcp_connect_unanswered", connect(q, SA(silent)));
  IDLE("wire_tcp_syn_again", 1100);
  CASE("wire_tcp_close_unanswered", close(q));
  return 0;
}
