// Messages as such: to the kernel, which answers or does not; from one program to another; to a group; and full queues.
#include "netlink_parts.h"
static struct rtgenmsg nothing = {AF_UNSPEC};
static int plain(int protocol, unsigned pid, unsigned groups) {
  int s = socket(AF_NETLINK, SOCK_RAW, protocol);
  struct sockaddr_nl a = address(pid, groups);
  if (bind(s, SA(a))) perror("bind");
  return s;
}
static long with_info(int s) {
  static char control[256];
  struct sockaddr_nl from;
  struct iovec iov = {buf, sizeof buf};
  struct msghdr m = {&from, sizeof from, &iov, 1, control, sizeof control, 0};
  return recvmsg(s, &m, MSG_DONTWAIT);
}
static long scattered(int s, struct sockaddr_nl* to, int length) {
  struct iovec iov[2] = {{question, 16}, {question + 16, length - 16}};
  struct msghdr m = {to, sizeof *to, iov, 2, 0, 0, 0};
  return sendmsg(s, &m, 0);
}
int main(void) {
  harness_init();
  close(routing(0));
  struct sockaddr_nl kernel = address(0, 0), nobody = address(4711, 0), second = address(5002, 0),
                     group = address(0, 1), both = address(5002, 1);
  int r = routing(0);
  send(r, question, 0, 0); // the kernel warns in its log, once
  CASE("netlink_send_nothing_enodata", send(r, question, 0, 0));
  CASE("netlink_send_less_than_a_header", send(r, question, 8, 0));
  ask(RTM_GETLINK, 0, &nothing, sizeof nothing);
  TELL("netlink_send_no_request", r);
  ask(RTM_GETLINK, NLM_F_ACK, &nothing, sizeof nothing);
  TELL("netlink_send_no_request_ack", r);
  HEAR("netlink_recv_ack_of_no_request", r);
  ask(NLMSG_NOOP, NLM_F_REQUEST | NLM_F_ACK, &nothing, sizeof nothing);
  TELL("netlink_send_noop_ack", r);
  HEAR("netlink_recv_ack_of_noop", r);
  ask(200, NLM_F_REQUEST, &nothing, sizeof nothing);
  TELL("netlink_send_unknown_type", r);
  HEAR("netlink_recv_eopnotsupp", r);
  ask(RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK, &nothing, 0);
  TELL("netlink_send_header_only", r);
  drain(r);
  ask(RTM_GETLINK, NLM_F_REQUEST, &nothing, sizeof nothing);
  TELL("netlink_send_short_body", r);
  drain(r);
  ask(200, NLM_F_REQUEST, &nothing, sizeof nothing);
  int first = NLMSG_ALIGN(asked->nlmsg_len);
  memcpy(question + first, question, first);
  CASE("netlink_send_two_at_once", send(r, question, 2 * first, 0));
  HEAR("netlink_recv_first_of_two", r);
  HEAR("netlink_recv_second_of_two", r);
  CASE("netlink_send_sendto_kernel", sendto(r, question, first, 0, SA(kernel)));
  CASE("netlink_recv_peek", recv(r, buf, sizeof buf, MSG_PEEK | MSG_DONTWAIT));
  CASE("netlink_recv_peek_trunc_0", recv(r, buf, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT));
  CASE("netlink_recv_truncated", recv(r, buf, 10, MSG_DONTWAIT));
  CASE("netlink_send_oob_eopnotsupp", send(r, question, first, MSG_OOB));
  CASE("netlink_recv_oob_eopnotsupp", recv(r, buf, sizeof buf, MSG_OOB));
  CASE("netlink_send_emsgsize", send(r, buf, sizeof buf * 4, 0));
  option(r, NETLINK_EXT_ACK, 1);
  TELL("netlink_send_unknown_type_ext_ack", r);
  HEAR("netlink_recv_eopnotsupp_ext_ack", r);
  option(r, NETLINK_CAP_ACK, 1);
  TELL("netlink_send_unknown_type_cap_ack", r);
  HEAR("netlink_recv_eopnotsupp_cap_ack", r);
  int fresh = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  TELL("netlink_send_autobinds", fresh);
  option(fresh, NETLINK_PKTINFO, 1);
  CASE("netlink_recvmsg_pktinfo", with_info(fresh));
  TELL("netlink_write_again", fresh);
  struct pollfd p = {fresh, POLLIN | POLLOUT};
  CASE("netlink_poll_readable", poll(&p, 1, 0));
  CASE("netlink_close_unread", close(fresh));

  int a = plain(NETLINK_USERSOCK, 5001, 0), b = plain(NETLINK_USERSOCK, 5002, 1), c = plain(NETLINK_USERSOCK, 5003, 1);
  CASE("netlink_user_sendto", sendto(a, buf, 100, 0, SA(second)));
  struct sockaddr_nl from;
  socklen_t n = sizeof from;
  CASE("netlink_user_recvfrom", recvfrom(b, buf, sizeof buf, 0, (void*)&from, &n));
  CASE("netlink_user_sendto_nobody_econnrefused", sendto(a, buf, 100, 0, SA(nobody)));
  CASE("netlink_user_sendto_kernel_econnrefused", sendto(a, buf, 100, 0, SA(kernel)));
  CASE("netlink_user_sendmsg_two_pieces", scattered(a, &second, 3000));
  CASE("netlink_user_recv_3000", hear(b));
  CASE("netlink_user_sendto_40000", sendto(a, buf, 40000, 0, SA(second)));
  CASE("netlink_user_recv_40000", hear(b));
  CASE("netlink_user_sendto_group_econnrefused", sendto(a, buf, 50, 0, SA(group)));
  CASE("netlink_user_recv_of_group", hear(b));
  CASE("netlink_user_recv_of_group_other", hear(c));
  CASE("netlink_user_sendto_group_and_one", sendto(a, buf, 50, 0, SA(both)));
  drain(b);
  drain(c);
  CASE("netlink_user_connect", connect(a, SA(second)));
  CASE("netlink_user_send_connected", send(a, buf, 60, 0));
  drain(b);
  int small = 1;
  setsockopt(b, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  CASE("netlink_user_send_into_small_queue", send(a, buf, 1500, 0));
  CASE("netlink_user_send_full_eagain", (send(a, buf, 1500, MSG_DONTWAIT)));
  CASE("netlink_user_send_full_eagain_2", (send(a, buf, 1500, MSG_DONTWAIT)));
  drain(b);
  sendto(a, buf, 1500, 0, SA(group));
  CASE("netlink_user_group_overrun", sendto(a, buf, 1500, 0, SA(group)));
  CASE("netlink_user_group_overrun_2", sendto(a, buf, 1500, 0, SA(group)));
  p.fd = b;
  CASE("netlink_poll_overrun", poll(&p, 1, 0));
  CASE("netlink_recv_enobufs", hear(b));
  CASE("netlink_recv_after_enobufs", hear(b));
  drain(b);
  CASE("netlink_user_send_after_drain", send(a, buf, 100, 0));
  CASE("netlink_user_close_unread", close(b));
  return 0;
}
