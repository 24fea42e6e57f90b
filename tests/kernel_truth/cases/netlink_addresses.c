// Addresses over rtnetlink: what `ip addr` asks and changes.
#include "netlink_parts.h"
#define DUMP (NLM_F_REQUEST | NLM_F_DUMP)
#define CHANGE (NLM_F_REQUEST | NLM_F_ACK)
static void addresses(int type, int flags, int family, int prefix, int index) {
  struct ifaddrmsg m = {family, prefix, 0, 0, index};
  ask(type, flags, &m, sizeof m);
}
static void own(int type, int flags, const char* ip, int prefix, int index) {
  addresses(type, flags, AF_INET, prefix, index);
  with_ip(IFA_LOCAL, ip);
  with_ip(IFA_ADDRESS, ip);
}
int main(void) {
  harness_init();
  int s = routing(0), strict = routing(0), ear = -1;
  option(strict, NETLINK_GET_STRICT_CHK, 1);
  addresses(RTM_GETADDR, DUMP, AF_INET, 0, 0);
  tell(s);
  drain(s);
  TELL("netlink_getaddr_dump_inet", s);
  HEAR("netlink_getaddr_dump_inet_recv", s);
  HEAR("netlink_getaddr_dump_inet_recv_done", s);
  addresses(RTM_GETADDR, DUMP, AF_INET, 0, 1);
  TELL("netlink_getaddr_dump_strict_index", strict);
  drain(strict);
  addresses(RTM_GETADDR, DUMP, AF_UNSPEC, 0, 0);
  TELL("netlink_getaddr_dump_any_family", s);
  HEAR("netlink_getaddr_dump_any_family_recv", s);
  drain(s);
  own(RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, "10.77.0.1", 24, 1);
  TELL("netlink_newaddr_lo", s);
  HEAR("netlink_newaddr_lo_recv", s);
  TELL("netlink_newaddr_eexist", s);
  HEAR("netlink_newaddr_eexist_recv", s);
  own(RTM_DELADDR, CHANGE, "10.77.0.1", 24, 1);
  TELL("netlink_deladdr_lo", s);
  drain(s);
  TELL("netlink_deladdr_eaddrnotavail", s);
  drain(s);
  own(RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, "10.77.0.1", 24, 99);
  TELL("netlink_newaddr_enodev", s);
  drain(s);
  own(RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, "10.77.0.1", 33, 1);
  TELL("netlink_newaddr_prefix_einval", s);
  drain(s);
  addresses(RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, AF_INET, 24, 1);
  TELL("netlink_newaddr_no_local_einval", s);
  drain(s);
  own(RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, "10.78.0.1", 24, 2);
  with_ip(IFA_BROADCAST, "10.78.0.255");
  TELL("netlink_newaddr_eth0_broadcast", s);
  drain(s);
  own(RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, "10.78.0.2", 24, 2);
  TELL("netlink_newaddr_eth0_secondary", s);
  drain(s);
  TELL("netlink_newaddr_secondary_eexist", s);
  drain(s);
  own(RTM_DELADDR, CHANGE, "10.78.0.2", 24, 2);
  TELL("netlink_deladdr_eth0_secondary", s);
  drain(s);
  own(RTM_DELADDR, CHANGE, "10.78.0.1", 24, 2);
  TELL("netlink_deladdr_eth0", s);
  drain(s);
  ear = routing(RTMGRP_IPV4_IFADDR);
  own(RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, "10.79.0.1", 32, 1);
  TELL("netlink_newaddr_32_heard", s);
  drain(s);
  HEAR("netlink_newaddr_ear_recv", ear);
  own(RTM_DELADDR, CHANGE, "10.79.0.1", 32, 1);
  TELL("netlink_deladdr_32_heard", s);
  drain(s);
  HEAR("netlink_deladdr_ear_recv", ear);
  return 0;
}
