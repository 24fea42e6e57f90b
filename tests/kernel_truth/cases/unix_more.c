// Local sockets further: other sizes, orders, flags and ends than the first programs have.
#include "unix_parts.h"
int main(void) {
  harness_init();
  int v[2], w[2], fds[4], n = 0;
  struct sockaddr_un a;
  socklen_t len = sizeof a;
  unix_pair(SOCK_STREAM, w), write(w[0], buf, 10), read(w[1], big, 10), close(w[0]), close(w[1]); // caches warm
  unix_pair(SOCK_STREAM, v);
  CASE("unixm_writev_3", writev(v[0], (struct iovec[]){{buf, 1}, {buf, 2}, {buf, 3}}, 3));
  CASE("unixm_recv_waitall_6", recv(v[1], big, 6, MSG_WAITALL));
  CASE("unixm_write_8000", write(v[0], buf, 8000));
  CASE("unixm_read_5000_of_8000", read(v[1], big, 5000));
  CASE("unixm_read_rest_of_8000", read(v[1], big, 5000));
  write(v[0], "abc", 3), write(v[0], "def", 3), write(v[0], "ghi", 3);
  CASE("unixm_peek_across_three", recv(v[1], big, 9, MSG_PEEK));
  CASE("unixm_read_across_three", read(v[1], big, 9));
  send(v[0], "ab", 2, 0), send(v[0], "!", 1, MSG_OOB), send(v[0], "cd", 2, 0);
  CASE("unixm_ioctl_siocatmark", ioctl(v[1], SIOCATMARK, &n));
  CASE("unixm_read_up_to_urgent", read(v[1], big, 10));
  CASE("unixm_read_past_urgent", read(v[1], big, 10));
  CASE("unixm_setsockopt_oobinline", setsockopt(v[1], SOL_SOCKET, SO_OOBINLINE, &one, 4));
  send(v[0], "!", 1, MSG_OOB);
  CASE("unixm_read_urgent_inline", read(v[1], big, 10));
  struct pollfd p = {v[0], POLLOUT | POLLHUP, 0};
  CASE("unixm_poll_writable", poll(&p, 1, 0));
  CASE("unixm_dup", dup(v[0]));
  int twin = last;
  CASE("unixm_close_first_of_two", close(v[0]));
  CASE("unixm_write_by_twin", write(twin, "x", 1));
  int e = epoll_create1(0);
  struct epoll_event ev = {EPOLLIN, {.fd = 1}}, got_ev;
  CASE("unixm_epoll_ctl_add", epoll_ctl(e, EPOLL_CTL_ADD, v[1], &ev));
  CASE("unixm_epoll_wait_readable", epoll_wait(e, &got_ev, 1, 0));
  CASE("unixm_write_watched", write(twin, "y", 1));
  CASE("unixm_close_watched", close(v[1]));
  close(twin), close(e);
  // Connections that end before they are accepted, and listeners with files.
  int l = unix_listener(SOCK_STREAM, "/tmp/more", 5), c = unix_client(SOCK_STREAM, "/tmp/more");
  write(c, "hello", 5);
  CASE("unixm_close_before_accept", close(c));
  CASE("unixm_accept_closed_by_client", accept(l, (struct sockaddr*)&a, &len));
  int s = last;
  CASE("unixm_read_after_client_closed", read(s, big, 10));
  CASE("unixm_close_accepted_file", close(s));
  c = unix_socket(SOCK_STREAM);
  bind_to(c, "/tmp/client2");
  CASE("unixm_connect_bound_client", connect_to(c, "/tmp/more"));
  len = sizeof a;
  CASE("unixm_accept_named_client", accept(l, (struct sockaddr*)&a, &len));
  s = last;
  CASE("unixm_shutdown_accepted", shutdown(s, SHUT_RDWR));
  CASE("unixm_unlink_bound", unlink("/tmp/more"));
  CASE("unixm_connect_unlinked_enoent", connect_to(unix_socket(SOCK_STREAM), "/tmp/more"));
  close(l), close(c), close(s);
  // A descriptor of a listener, several in one message, through seqpacket.
  l = unix_listener(SOCK_STREAM, "@lent", 5);
  unix_pair(SOCK_SEQPACKET, v), unix_pair(SOCK_STREAM, w);
  fds[0] = l, fds[1] = w[0], fds[2] = w[1];
  CASE("unixm_seqpacket_send_three_sockets", send_fds(v[0], 3, fds, 3));
  CASE("unixm_seqpacket_recv_three_sockets", take(v[1], 10, sizeof control, 0));
  for (int i = 0; i < 3; i++) close(got() + i);
  CASE("unixm_seqpacket_send_eor", send(v[0], "abc", 3, MSG_EOR));
  CASE("unixm_seqpacket_recvmsg_short_trunc", take(v[1], 2, 0, 0));
  CASE("unixm_seqpacket_shutdown_wr", shutdown(v[0], SHUT_WR));
  CASE("unixm_seqpacket_read_shut_eof", read(v[1], big, 10));
  fds[0] = v[1];
  unix_pair(SOCK_DGRAM, w);
  send_fds(w[0], 1, fds, 1);
  CASE("unixm_dgram_disconnect_with_rights_queued", (a.sun_family = AF_UNSPEC, connect(w[1], (struct sockaddr*)&a, sizeof a)));
  CASE("unixm_dgram_close_disconnected", close(w[1]));
  int d = unix_at(SOCK_DGRAM, "@dup");
  CASE("unixm_dgram_sendto_self", send_to(d, "hello", 5, "@dup"));
  CASE("unixm_dgram_recv_from_self", recv(d, big, 10, 0));
  CASE("unixm_dgram_connect_self", connect_to(d, "@dup"));
  CASE("unixm_dgram_send_self", send(d, "x", 1, 0));
  CASE("unixm_dgram_close_connected_to_self", close(d));
  return 0;
}
