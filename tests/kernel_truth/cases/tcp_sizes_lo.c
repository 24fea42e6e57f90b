// Writes of many sizes over loopback, each read at once: the quick acknowledgements of a young connection, several segments,
// a send queue that waits for the receiver's window.
#include "tcp_pair.h"
int main(void) {
  harness_init();
  int l = listener(8081, 5), sizes[] = {1, 100, 1448, 1449, 3000, 16384, 32768, 65483, 65484, 70000};
  struct pair p = pair(l, 8081);
  for (int i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    CASE(sized("tcp_lo_write", sizes[i]), write(p.c, buf, sizes[i]));
    CASE(sized("tcp_lo_read", sizes[i]), read(p.s, big, sizeof big));
    drain(p.s);
  }
  CASE("tcp_lo_write_back_5", write(p.s, buf, 5));
  CASE("tcp_lo_read_back_5", read(p.c, big, 100));
  CASE("tcp_lo_write_back_70000", write(p.s, buf, 70000));
  CASE("tcp_lo_read_back_70000", read(p.c, big, sizeof big));
  drain(p.c);
  // A connection that only just began, and more than its window lets through.
  p = pair(l, 8081);
  CASE("tcp_lo_write_100000_young", write(p.c, big, 100000));
  CASE("tcp_lo_read_100000_first_part", read(p.s, big, 20000));
  CASE("tcp_lo_read_100000_second_part", read(p.s, big, 60000));
  CASE("tcp_lo_read_100000_rest", read(p.s, big, sizeof big));
  drain(p.s);
  p = pair(l, 8081);
  CASE("tcp_lo_write_200000_young", write(p.c, big, 200000));
  CASE("tcp_lo_write_5_behind_200000", write(p.c, buf, 5));
  CASE("tcp_lo_read_200000_first", read(p.s, big, sizeof big));
  CASE("tcp_lo_read_200000_next", read(p.s, big, sizeof big));
  drain(p.s);
  // Many small writes before one read, and a read that takes them in pieces.
  p = pair(l, 8081);
  CASE("tcp_lo_write_small_1st", write(p.c, "aaaaaaaaaa", 10));
  CASE("tcp_lo_write_small_2nd", write(p.c, "bbbbbbbbbb", 10));
  CASE("tcp_lo_write_small_3rd", write(p.c, "cccccccccc", 10));
  CASE("tcp_lo_read_7_of_30", read(p.s, big, 7));
  CASE("tcp_lo_read_10_of_23", read(p.s, big, 10));
  CASE("tcp_lo_read_13_rest", read(p.s, big, 100));
  CASE("tcp_lo_send_nonblock_full_1", send(p.c, big, 300000, MSG_DONTWAIT));
  int small = 4608;
  p = pair(l, 8081);
  setsockopt(p.c, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
  CASE("tcp_lo_send_sndbuf_4608", send(p.c, big, 100000, MSG_DONTWAIT));
  CASE("tcp_lo_send_sndbuf_eagain", send(p.c, big, 100000, MSG_DONTWAIT));
  CASE("tcp_lo_read_sndbuf", read(p.s, big, sizeof big));
  CASE("tcp_lo_send_sndbuf_again", send(p.c, big, 100000, MSG_DONTWAIT));
  return 0;
}
