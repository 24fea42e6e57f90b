// What goes with a message of a local socket besides its bytes: descriptors (SCM_RIGHTS) and who sent it (SCM_CREDENTIALS).
#include "unix_parts.h"
int main(void) {
  harness_init();
  int v[2], w[2], fds[4], n = 0;
  struct ucred me = {getpid(), 0, 0}, other = {1, 0, 0}, nobody = {9999, 0, 0};
  unix_pair(SOCK_STREAM, w), write(w[0], buf, 10), read(w[1], big, 10), close(w[0]), close(w[1]); // caches warm
  unix_pair(SOCK_STREAM, v);
  int u = socket(AF_INET, SOCK_DGRAM, 0);
  fds[0] = u, fds[1] = u;
  CASE("unix_rights_send_udp_socket", send_fds(v[0], 1, fds, 1));
  CASE("unix_rights_recv", take(v[1], 10, sizeof control, 0));
  int came = got();
  CASE("unix_rights_close_received", close(came));
  CASE("unix_rights_send_two", send_fds(v[0], 5, fds, 2));
  CASE("unix_rights_recv_peek", take(v[1], 10, sizeof control, MSG_PEEK));
  came = got();
  close(came), close(came + 1);
  CASE("unix_rights_recv_cloexec", take(v[1], 10, sizeof control, MSG_CMSG_CLOEXEC));
  came = got();
  close(came), close(came + 1);
  send_fds(v[0], 5, fds, 2);
  CASE("unix_rights_recv_room_for_one_ctrunc", take(v[1], 10, CMSG_LEN(4), 0));
  close(got());
  send_fds(v[0], 5, fds, 1);
  CASE("unix_rights_recv_no_room", read(v[1], big, 10));
  int bad = 99;
  CASE("unix_rights_send_ebadf", send_fds(v[0], 1, &bad, 1));
  CASE("unix_rights_send_none", send_fds(v[0], 1, fds, 0));
  read(v[1], big, 10);
  static int many[300];
  for (int i = 0; i < 300; i++) many[i] = u;
  CASE("unix_rights_send_254_einval", send_fds(v[0], 1, many, 254));
  // Three writes, the second with a descriptor: a read goes up to it, and not further.
  write(v[0], "abc", 3), send_fds(v[0], 3, fds, 1), write(v[0], "ghi", 3);
  CASE("unix_rights_recv_up_to_rights", take(v[1], 100, sizeof control, 0));
  close(got());
  CASE("unix_rights_recv_behind_rights", take(v[1], 100, sizeof control, 0));
  int file = open("/tmp/f", O_RDWR | O_CREAT, 0600);
  CASE("unix_rights_send_file", send_fds(v[0], 1, &file, 1));
  CASE("unix_rights_recv_file", take(v[1], 10, sizeof control, 0));
  close(got());
  send_fds(v[0], 1, fds, 1);
  CASE("unix_rights_close_unread", close(v[1]));
  close(v[0]);
  // Sockets of this family are counted while they are on their way.
  unix_pair(SOCK_STREAM, v), unix_pair(SOCK_STREAM, w);
  CASE("unix_rights_send_unix_socket", send_fds(v[0], 1, w, 1));
  CASE("unix_rights_close_sent_socket", close(w[0]));
  CASE("unix_rights_recv_unix_socket", take(v[1], 10, sizeof control, 0));
  came = got();
  CASE("unix_rights_write_through_received", write(came, "hello", 5));
  CASE("unix_rights_send_sender_itself", send_fds(v[0], 1, &v[0], 1));
  CASE("unix_rights_recv_sender_itself", take(v[1], 10, sizeof control, 0));
  close(got());
  // A socket in its own queue: nobody can read it there once the last descriptor is closed.
  CASE("unix_rights_send_receiver_itself", send_fds(v[0], 1, &v[1], 1));
  CASE("unix_rights_close_cycle_1st", close(v[0]));
  CASE("unix_rights_close_cycle_2nd", close(v[1]));
  CASE("unix_rights_close_another_collects", close(came));
  usleep(50000);
  // Datagrams carry them too.
  unix_pair(SOCK_DGRAM, v);
  CASE("unix_rights_dgram_send", send_fds(v[0], 5, fds, 1));
  CASE("unix_rights_dgram_recv_peek", take(v[1], 10, sizeof control, MSG_PEEK));
  close(got());
  CASE("unix_rights_dgram_recv", take(v[1], 10, sizeof control, 0));
  close(got());
  send_fds(v[0], 5, w + 1, 1), close(w[1]);
  CASE("unix_rights_dgram_close_unread", close(v[1]));
  close(v[0]);
  // Who sent it.
  unix_pair(SOCK_STREAM, v);
  CASE("unix_creds_setsockopt_passcred", setsockopt(v[1], SOL_SOCKET, SO_PASSCRED, &one, 4));
  CASE("unix_creds_write", write(v[0], "hello", 5));
  CASE("unix_creds_recv", take(v[1], 10, sizeof control, 0));
  CASE("unix_creds_send_own", send_control(v[0], 5, SCM_CREDENTIALS, &me, sizeof me));
  CASE("unix_creds_recv_sent", take(v[1], 10, sizeof control, 0));
  CASE("unix_creds_send_other_pid", send_control(v[0], 5, SCM_CREDENTIALS, &other, sizeof other));
  CASE("unix_creds_recv_other_pid", take(v[1], 10, sizeof control, 0));
  CASE("unix_creds_send_no_such_pid_esrch", send_control(v[0], 5, SCM_CREDENTIALS, &nobody, sizeof nobody));
  CASE("unix_creds_send_short_einval", send_control(v[0], 5, SCM_CREDENTIALS, &me, 8));
  CASE("unix_creds_send_unknown_einval", send_control(v[0], 5, 77, &me, 4));
  send_fds(v[0], 5, fds, 1);
  CASE("unix_creds_recv_with_rights", take(v[1], 10, sizeof control, 0));
  if (fork() == 0) setuid(1000), write(v[0], "x", 1), _exit(0);
  reaped();
  write(v[0], "y", 1);
  CASE("unix_creds_recv_of_child", take(v[1], 10, sizeof control, 0));
  CASE("unix_creds_recv_of_parent", take(v[1], 10, sizeof control, 0));
  close(v[0]), close(v[1]);
  unix_pair(SOCK_DGRAM, v);
  setsockopt(v[1], SOL_SOCKET, SO_PASSCRED, &one, 4);
  CASE("unix_creds_dgram_write_autobinds", write(v[1], "hello", 5));
  CASE("unix_creds_dgram_write", write(v[0], "hello", 5));
  CASE("unix_creds_dgram_recv", take(v[1], 10, sizeof control, 0));
  // Without capabilities one may say of oneself only what is so.
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {};
  struct ucred liar = {getpid(), 1000, 0};
  syscall(SYS_capset, &h, none);
  CASE("unix_creds_send_other_pid_eperm", send_control(v[0], 5, SCM_CREDENTIALS, &other, sizeof other));
  CASE("unix_creds_send_other_uid_eperm", send_control(v[0], 5, SCM_CREDENTIALS, &liar, sizeof liar));
  CASE("unix_creds_send_own_unprivileged", send_control(v[0], 5, SCM_CREDENTIALS, &me, sizeof me));
  return 0;
}
