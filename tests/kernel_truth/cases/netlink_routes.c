// Routes and neighbours over rtnetlink: what `ip route` and `ip neigh` ask and change.
#include "netlink_parts.h"
#define DUMP (NLM_F_REQUEST | NLM_F_DUMP)
#define CHANGE (NLM_F_REQUEST | NLM_F_ACK)
#define FRESH (CHANGE | NLM_F_CREATE | NLM_F_EXCL)
static void routes(int type, int flags, int length, int table, int scope, int kind) {
  struct rtmsg m = {AF_INET, length, 0, 0, table, RTPROT_BOOT, scope, kind};
  ask(type, flags, &m, sizeof m);
}
static void to(int type, int flags, const char* net, int length, const char* gateway, int index) {
  int deleting = type == RTM_DELROUTE;
  routes(type, flags, length, RT_TABLE_MAIN,
         deleting  ? RT_SCOPE_NOWHERE
         : gateway ? RT_SCOPE_UNIVERSE
                   : RT_SCOPE_LINK,
         deleting ? RTN_UNSPEC : RTN_UNICAST);
  with_ip(RTA_DST, net);
  if (gateway) with_ip(RTA_GATEWAY, gateway);
  if (index) with_u32(RTA_OIF, index);
}
static void question_of(const char* ip, int flags) {
  struct rtmsg m = {AF_INET, 32};
  m.rtm_flags = flags;
  ask(RTM_GETROUTE, NLM_F_REQUEST, &m, sizeof m);
  with_ip(RTA_DST, ip);
}
static void near(int type, int flags, const char* ip, const char* mac, int state, int index) {
  struct ndmsg m = {AF_INET, 0, 0, index, state, 0, 0};
  ask(type, flags, &m, sizeof m);
  if (ip) with_ip(NDA_DST, ip);
  if (mac) with(NDA_LLADDR, mac, 6);
}
int main(void) {
  harness_init();
  int s = routing(0), strict = routing(0), ear;
  option(strict, NETLINK_GET_STRICT_CHK, 1);
  routes(RTM_GETROUTE, DUMP, 0, 0, 0, 0);
  tell(s);
  drain(s);
  TELL("netlink_getroute_dump", s);
  HEAR("netlink_getroute_dump_recv", s);
  HEAR("netlink_getroute_dump_recv_done", s);
  struct rtmsg all = {AF_INET};
  ask(RTM_GETROUTE, DUMP, &all, sizeof all);
  with_u32(RTA_TABLE, RT_TABLE_MAIN);
  TELL("netlink_getroute_dump_strict_main", strict);
  drain(strict);
  question_of("10.0.2.2", 0);
  tell(s);
  drain(s);
  TELL("netlink_getroute_neighbour", s);
  HEAR("netlink_getroute_neighbour_recv", s);
  question_of("127.0.0.1", 0);
  TELL("netlink_getroute_local", s);
  HEAR("netlink_getroute_local_recv", s);
  question_of("192.0.2.1", 0);
  TELL("netlink_getroute_default", s);
  drain(s);
  question_of("10.0.2.2", RTM_F_LOOKUP_TABLE | RTM_F_FIB_MATCH);
  TELL("netlink_getroute_fib_match", s);
  HEAR("netlink_getroute_fib_match_recv", s);
  to(RTM_NEWROUTE, FRESH, "192.168.50.0", 24, "10.0.2.2", 0);
  TELL("netlink_newroute_gateway", s);
  HEAR("netlink_newroute_gateway_recv", s);
  TELL("netlink_newroute_eexist", s);
  HEAR("netlink_newroute_eexist_recv", s);
  to(RTM_NEWROUTE, FRESH, "192.168.60.0", 24, 0, 2);
  TELL("netlink_newroute_link", s);
  drain(s);
  to(RTM_NEWROUTE, FRESH, "192.168.70.0", 24, "172.16.0.1", 0);
  TELL("netlink_newroute_enetunreach", s);
  HEAR("netlink_newroute_enetunreach_recv", s);
  to(RTM_NEWROUTE, FRESH, "192.168.70.1", 24, "10.0.2.2", 0);
  TELL("netlink_newroute_bits_einval", s);
  drain(s);
  to(RTM_NEWROUTE, FRESH, "192.168.70.0", 24, 0, 99);
  TELL("netlink_newroute_enodev", s);
  drain(s);
  to(RTM_NEWROUTE, CHANGE | NLM_F_CREATE | NLM_F_REPLACE, "192.168.60.0", 24, "10.0.2.3", 0);
  TELL("netlink_newroute_replace", s);
  drain(s);
  routes(RTM_NEWROUTE, FRESH, 24, RT_TABLE_MAIN, RT_SCOPE_UNIVERSE, RTN_BLACKHOLE);
  with_ip(RTA_DST, "192.168.80.0");
  TELL("netlink_newroute_blackhole", s);
  drain(s);
  to(RTM_DELROUTE, CHANGE, "192.168.80.0", 24, 0, 0);
  TELL("netlink_delroute_blackhole", s);
  drain(s);
  to(RTM_DELROUTE, CHANGE, "192.168.60.0", 24, 0, 0);
  TELL("netlink_delroute", s);
  drain(s);
  TELL("netlink_delroute_esrch", s);
  HEAR("netlink_delroute_esrch_recv", s);
  to(RTM_DELROUTE, CHANGE, "192.168.50.0", 24, "10.0.2.2", 0);
  TELL("netlink_delroute_gateway", s);
  drain(s);
  ear = routing(RTMGRP_IPV4_ROUTE);
  to(RTM_NEWROUTE, FRESH, "192.168.90.0", 24, "10.0.2.2", 0);
  TELL("netlink_newroute_heard", s);
  drain(s);
  HEAR("netlink_newroute_ear_recv", ear);
  to(RTM_DELROUTE, CHANGE, "192.168.90.0", 24, 0, 0);
  TELL("netlink_delroute_heard", s);
  drain(s);
  HEAR("netlink_delroute_ear_recv", ear);
  close(ear);

  near(RTM_GETNEIGH, DUMP, 0, 0, 0, 0);
  TELL("netlink_getneigh_dump", s);
  HEAR("netlink_getneigh_dump_recv", s);
  drain(s);
  near(RTM_NEWNEIGH, FRESH, "10.0.2.77", "\x02\0\0\0\0\x77", NUD_PERMANENT, 2);
  TELL("netlink_newneigh", s);
  HEAR("netlink_newneigh_recv", s);
  TELL("netlink_newneigh_eexist", s);
  drain(s);
  near(RTM_NEWNEIGH, CHANGE | NLM_F_CREATE | NLM_F_REPLACE, "10.0.2.77", "\x02\0\0\0\0\x78", NUD_REACHABLE, 2);
  TELL("netlink_newneigh_replace", s);
  drain(s);
  near(RTM_GETNEIGH, NLM_F_REQUEST, "10.0.2.77", 0, 0, 2);
  TELL("netlink_getneigh_one", s);
  HEAR("netlink_getneigh_one_recv", s);
  near(RTM_GETNEIGH, NLM_F_REQUEST, "10.0.2.99", 0, 0, 2);
  TELL("netlink_getneigh_enoent", s);
  drain(s);
  near(RTM_GETNEIGH, DUMP, 0, 0, 0, 0);
  TELL("netlink_getneigh_dump_one", s);
  HEAR("netlink_getneigh_dump_one_recv", s);
  drain(s);
  near(RTM_DELNEIGH, CHANGE, "10.0.2.77", 0, 0, 2);
  TELL("netlink_delneigh", s);
  drain(s);
  near(RTM_DELNEIGH, CHANGE, "10.0.2.99", 0, 0, 2);
  TELL("netlink_delneigh_enoent", s);
  drain(s);
  near(RTM_NEWNEIGH, CHANGE, "10.0.2.99", "\x02\0\0\0\0\x77", NUD_PERMANENT, 2);
  TELL("netlink_newneigh_no_create_enoent", s);
  drain(s);
  ear = routing(RTMGRP_NEIGH);
  near(RTM_NEWNEIGH, FRESH, "10.0.2.88", "\x02\0\0\0\0\x88", NUD_PERMANENT, 2);
  TELL("netlink_newneigh_heard", s);
  drain(s);
  HEAR("netlink_newneigh_ear_recv", ear);
  return 0;
}
