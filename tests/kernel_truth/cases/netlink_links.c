// Devices over rtnetlink: what `ip link` asks and changes.
#include "netlink_parts.h"
static void links(int type, int flags, int index, unsigned state, unsigned change) {
  struct ifinfomsg m = {AF_UNSPEC, 0, 0, index, state, change};
  ask(type, flags, &m, sizeof m);
}
#define QUERY NLM_F_REQUEST
#define DUMP (NLM_F_REQUEST | NLM_F_DUMP)
#define CHANGE (NLM_F_REQUEST | NLM_F_ACK)
int main(void) {
  harness_init();
  int s = routing(0), t = routing(0), ear;
  links(RTM_GETLINK, DUMP, 0, 0, 0); // caches warm, as after a while of use
  tell(s);
  drain(s);
  TELL("netlink_getlink_dump", s);
  HEAR("netlink_getlink_dump_recv", s);
  HEAR("netlink_getlink_dump_recv_done", s);
  CASE("netlink_getlink_dump_recv_eagain", hear(s));
  TELL("netlink_getlink_dump_for_peek", s);
  TELL("netlink_getlink_dump_while_dumping_ebusy", s);
  CASE("netlink_getlink_dump_peek_trunc", recv(s, buf, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT));
  HEAR("netlink_getlink_dump_recv_1", s);
  HEAR("netlink_getlink_dump_recv_2", s);
  HEAR("netlink_getlink_dump_recv_3", s);
  links(RTM_GETLINK, QUERY, 1, 0, 0);
  TELL("netlink_getlink_lo", s);
  HEAR("netlink_getlink_lo_recv", s);
  links(RTM_GETLINK, QUERY, 0, 0, 0);
  with(IFLA_IFNAME, "eth0", 5);
  TELL("netlink_getlink_eth0_by_name", s);
  HEAR("netlink_getlink_eth0_recv", s);
  links(RTM_GETLINK, QUERY, 1, 0, 0);
  with_u32(IFLA_EXT_MASK, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS);
  TELL("netlink_getlink_lo_skip_stats", s);
  drain(s);
  links(RTM_GETLINK, QUERY, 99, 0, 0);
  TELL("netlink_getlink_enodev", s);
  HEAR("netlink_getlink_enodev_recv", s);
  links(RTM_GETLINK, QUERY, 0, 0, 0);
  TELL("netlink_getlink_nothing_einval", s);
  drain(s);
  links(RTM_GETLINK, QUERY | NLM_F_ACK, 1, 0, 0);
  TELL("netlink_getlink_lo_ack", s);
  drain(s);
  option(t, NETLINK_GET_STRICT_CHK, 1);
  links(RTM_GETLINK, DUMP, 0, 0, 0);
  with_u32(IFLA_EXT_MASK, RTEXT_FILTER_VF);
  TELL("netlink_getlink_dump_strict", t);
  drain(t);
  links(RTM_GETLINK, DUMP, 1, 0, 0);
  TELL("netlink_getlink_dump_strict_index_einval", t);
  HEAR("netlink_getlink_dump_strict_einval_recv", t);
  TELL("netlink_getlink_dump_for_small_room", s);
  CASE("netlink_getlink_dump_recv_small_room", recv(s, buf, 100, MSG_DONTWAIT));
  CASE("netlink_getlink_dump_close_unfinished", close(s));
  s = routing(0);
  links(RTM_SETLINK, CHANGE, 1, 0, 0);
  with_u32(IFLA_MTU, 40000);
  TELL("netlink_setlink_mtu", s);
  HEAR("netlink_setlink_mtu_recv", s);
  links(RTM_SETLINK, CHANGE, 99, 0, 0);
  TELL("netlink_setlink_enodev", s);
  drain(s);
  links(RTM_NEWLINK, CHANGE, 1, IFF_UP, IFF_UP);
  TELL("netlink_newlink_up_already", s);
  drain(s);
  links(RTM_NEWLINK, CHANGE, 99, IFF_UP, IFF_UP);
  TELL("netlink_newlink_enodev", s);
  drain(s);
  ear = routing(RTMGRP_LINK);
  links(RTM_SETLINK, CHANGE, 1, 0, 0);
  with_u32(IFLA_MTU, 65536);
  TELL("netlink_setlink_mtu_heard", s);
  drain(s);
  HEAR("netlink_setlink_mtu_ear_recv", ear);
  drain(ear);
  close(ear);
  links(RTM_NEWLINK, CHANGE, 1, 0, IFF_UP);
  TELL("netlink_newlink_lo_down", s);
  drain(s);
  links(RTM_NEWLINK, CHANGE, 1, IFF_UP, IFF_UP);
  TELL("netlink_newlink_lo_up", s);
  drain(s);
  links(RTM_NEWLINK, CHANGE | NLM_F_CREATE | NLM_F_EXCL, 0, 0, 0);
  with(IFLA_IFNAME, "lo", 3);
  TELL("netlink_newlink_eexist", s);
  drain(s);
  links(RTM_DELLINK, CHANGE, 1, 0, 0);
  TELL("netlink_dellink_lo_eopnotsupp", s);
  drain(s);
  return 0;
}
