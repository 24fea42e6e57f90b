// The calls around a netlink socket, before anything is sent: addresses, groups, options, what it cannot do.
#include "netlink_parts.h"
static long setint(int s, int level, int name, int v) { return setsockopt(s, level, name, &v, sizeof v); }
static long getint(int s, int level, int name, int room) {
  socklen_t n = room;
  return getsockopt(s, level, name, buf, &n);
}
int main(void) {
  harness_init();
  close(routing(0));
  int a = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), b = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  int c = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), d = socket(AF_NETLINK, SOCK_DGRAM, NETLINK_ROUTE);
  struct sockaddr_nl any = address(0, 0), own = address(7777, 0), other = address(7778, 0),
                     groups = address(0, RTMGRP_LINK | RTMGRP_IPV4_IFADDR);
  struct sockaddr_nl wrong = {AF_INET}, unspec = {AF_UNSPEC}, kernel = address(0, 0), far = address(99, 0),
                     group = address(0, 1), none = address(0, 0);
  socklen_t n = sizeof any;
  CASE("netlink_getsockname_unbound", getsockname(a, (void*)buf, &n));
  CASE("netlink_bind_wrong_family_einval", bind(a, SA(wrong)));
  CASE("netlink_bind_short_einval", bind(a, (void*)&any, 8));
  CASE("netlink_bind_any", bind(a, SA(any)));
  CASE("netlink_bind_any_again", bind(a, SA(any)));
  CASE("netlink_bind_other_pid_einval", bind(a, SA(other)));
  CASE("netlink_getsockname_bound", getsockname(a, (void*)buf, &n));
  CASE("netlink_bind_explicit", bind(b, SA(own)));
  CASE("netlink_bind_eaddrinuse", bind(c, SA(own)));
  CASE("netlink_bind_second_of_a_process", bind(c, SA(any)));
  CASE("netlink_bind_groups", bind(d, SA(groups)));
  CASE("netlink_bind_other_groups", bind(d, SA(group)));
  CASE("netlink_bind_no_groups", bind(d, SA(none)));
  n = sizeof any;
  CASE("netlink_getpeername", getpeername(a, (void*)buf, &n));
  CASE("netlink_connect_kernel", connect(a, SA(kernel)));
  CASE("netlink_connect_pid", connect(a, SA(far)));
  n = sizeof any;
  CASE("netlink_getpeername_connected", getpeername(a, (void*)buf, &n));
  CASE("netlink_connect_unspec", connect(a, SA(unspec)));
  CASE("netlink_connect_short_einval", connect(a, (void*)&kernel, 8));
  CASE("netlink_connect_wrong_family_einval", connect(a, SA(wrong)));
  int e = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  CASE("netlink_connect_autobinds", connect(e, SA(kernel)));
  CASE("netlink_add_membership", setint(a, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, RTNLGRP_LINK));
  CASE("netlink_add_membership_second", setint(a, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, RTNLGRP_IPV4_ROUTE));
  CASE("netlink_add_membership_0_einval", setint(a, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 0));
  CASE("netlink_add_membership_too_high_einval", setint(a, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 1000));
  CASE("netlink_list_memberships", getint(a, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, 8));
  CASE("netlink_drop_membership", setint(a, SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, RTNLGRP_LINK));
  int f = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  CASE("netlink_add_membership_unbound", setint(f, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, RTNLGRP_LINK));
  CASE("netlink_set_pktinfo", setint(a, SOL_NETLINK, NETLINK_PKTINFO, 1));
  CASE("netlink_set_broadcast_error", setint(a, SOL_NETLINK, NETLINK_BROADCAST_ERROR, 1));
  CASE("netlink_set_no_enobufs", setint(a, SOL_NETLINK, NETLINK_NO_ENOBUFS, 1));
  CASE("netlink_unset_no_enobufs", setint(a, SOL_NETLINK, NETLINK_NO_ENOBUFS, 0));
  CASE("netlink_set_listen_all_nsid", setint(a, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1));
  CASE("netlink_set_cap_ack", setint(a, SOL_NETLINK, NETLINK_CAP_ACK, 1));
  CASE("netlink_set_ext_ack", setint(a, SOL_NETLINK, NETLINK_EXT_ACK, 1));
  CASE("netlink_set_strict_check", setint(a, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1));
  CASE("netlink_set_unknown_enoprotoopt", setint(a, SOL_NETLINK, 99, 1));
  CASE("netlink_set_wrong_level_enoprotoopt", setint(a, SOL_TCP, NETLINK_EXT_ACK, 1));
  CASE("netlink_set_short", setsockopt(a, SOL_NETLINK, NETLINK_EXT_ACK, buf, 2));
  CASE("netlink_get_ext_ack", getint(a, SOL_NETLINK, NETLINK_EXT_ACK, 4));
  CASE("netlink_get_short_einval", getint(a, SOL_NETLINK, NETLINK_EXT_ACK, 2));
  CASE("netlink_get_unknown_enoprotoopt", getint(a, SOL_NETLINK, 99, 4));
  CASE("netlink_get_wrong_level_enoprotoopt", getint(a, SOL_TCP, NETLINK_EXT_ACK, 4));
  CASE("netlink_recv_eagain", recv(a, buf, 100, MSG_DONTWAIT));
  struct pollfd p = {a, POLLIN | POLLOUT};
  CASE("netlink_poll_empty", poll(&p, 1, 0));
  int waiting;
  CASE("netlink_ioctl_fionread_enotty", ioctl(a, FIONREAD, &waiting));
  CASE("netlink_listen_eopnotsupp", listen(a, 1));
  CASE("netlink_accept_eopnotsupp", accept(a, 0, 0));
  CASE("netlink_shutdown_eopnotsupp", shutdown(a, SHUT_RDWR));
  int pair[2];
  CASE("netlink_socketpair_eopnotsupp", socketpair(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, pair));
  CASE("netlink_socket_stream_esocktnosupport", socket(AF_NETLINK, SOCK_STREAM, NETLINK_ROUTE));
  CASE("netlink_socket_unknown_eprotonosupport", socket(AF_NETLINK, SOCK_RAW, 33));
  CASE("netlink_close_bound", close(b));
  CASE("netlink_close_member", close(a));
  CASE("netlink_close_member_unbound", close(f));
  return 0;
}
