// Netlink in scripts: messages in words, answers compared, and what the messages change.
#include "play.h"

namespace sockwalk::scenario {

namespace {
const std::string Open = R"(
//@link e1000
0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3
+0 bind(3, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=0}, 12) = 0
)";
std::string address(const std::string& type) {
  return "{type=" + type + ", flags=NLM_F_REQUEST|NLM_F_ACK|NLM_F_CREATE|NLM_F_EXCL, family=AF_INET, prefixlen=24, " +
         R"(index=2, attributes=[IFA_LOCAL=inet_addr("10.9.0.1"), IFA_ADDRESS=inet_addr("10.9.0.1")]})";
}
} // namespace

TEST(Netlink, TheDevicesAreReadTillDone) {
  EXPECT_EQ(failures(Open + R"(
+0 send(3, {type=RTM_GETLINK, flags=NLM_F_REQUEST|NLM_F_DUMP, family=AF_UNSPEC, index=0}, ..., 0) = 32
+0 recv(3, [{type=RTM_NEWLINK, flags=NLM_F_MULTI, index=1, attributes=[IFLA_IFNAME="lo", IFLA_MTU=65536]},
            {type=RTM_NEWLINK, index=2, attributes=[IFLA_IFNAME="eth0"]}], 32768, 0) = 2848
+0 recv(3, {type=NLMSG_DONE, error=0}, 32768, 0) = 20
+0 close(3) = 0
)"),
            "");
}

// What a reader has no room for comes in the next part.
TEST(Netlink, ADumpComesInParts) {
  EXPECT_EQ(failures(Open + R"(
+0 `ip link add a type veth peer name b; ip link add c type veth peer name d`
+0 send(3, {type=RTM_GETLINK, flags=NLM_F_REQUEST|NLM_F_DUMP, family=AF_UNSPEC, index=0}, ..., 0) = 32
+0 recv(3, [{type=RTM_NEWLINK, index=1}, {type=RTM_NEWLINK, index=2}], 4000, 0) = 2848
+0 recv(3, [{type=RTM_NEWLINK, index=3}, {type=RTM_NEWLINK}, {type=RTM_NEWLINK}], 4000, 0) = ...
+0 recv(3, {type=RTM_NEWLINK, index=6}, 4000, 0) = ...
+0 recv(3, {type=NLMSG_DONE}, 4000, 0) = 20
)"),
            "");
}

TEST(Netlink, AnAddressThatIsAddedIsOurs) {
  EXPECT_EQ(failures(Open + "+0 send(3, " + address("RTM_NEWADDR") + R"(, ..., 0) = 40
+0 recv(3, {type=NLMSG_ERROR, error=0}, 4096, 0) = 36
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(4, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr("10.9.0.1")}, 16) = 0
+0 close(4) = 0
+0 send(3, )" + address("RTM_DELADDR") +
                     R"(, ..., 0) = 40
+0 recv(3, {type=NLMSG_ERROR, error=0}, 4096, 0) = 36
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(4, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr("10.9.0.1")}, 16) = -1 EADDRNOTAVAIL
)"),
            "");
}

// Whoever is in a group hears of changes, whoever makes them: here a command of `ip`.
TEST(Netlink, AListenerSleepsUntilSomethingChanges) {
  EXPECT_EQ(failures(R"(
//@link e1000
//@task monitor
0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3
+0 bind(3, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=0}, 12) = 0
+0 setsockopt(3, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, [RTNLGRP_IPV4_ROUTE], 4) = 0
+0...0.2 recv(3, {type=RTM_NEWROUTE, dst_len=24, attributes=[RTA_DST=inet_addr("192.168.7.0")]}, 4096, 0) = 60
//@task other
+0.2 `ip route add 192.168.7.0/24 via 10.0.2.2`
)"),
            "");
}

TEST(Netlink, WhatCommandsTakeAwayIsHeardOf) {
  EXPECT_EQ(failures(R"(
//@link e1000
0 `ip addr add 10.9.0.1/24 dev eth0`
+0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3
+0 bind(3, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=0x11}, 12) = 0
+0 `ip addr del 10.9.0.1/24 dev eth0`
+0 recv(3, {type=RTM_DELADDR, prefixlen=24, index=2, attributes=[IFA_LOCAL=inet_addr("10.9.0.1")]}, 4096, 0) = ...
+0 `ip link set eth0 down`
+0 recv(3, {type=RTM_NEWLINK, index=2, change=IFF_UP}, 4096, 0) = ...
+0 `ip link set eth0 up`
+0 recv(3, {type=RTM_NEWLINK, index=2, change=IFF_UP|IFF_RUNNING}, 4096, 0) = ...
+0 `ip link set eth0 mtu 1400`
+0 recv(3, {type=RTM_NEWLINK, index=2, change=0, attributes=[IFLA_MTU=1400]}, 4096, 0) = ...
+0 recv(3, ..., 4096, MSG_DONTWAIT) = -1 EAGAIN
+0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 4
+0 bind(4, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=0x40}, 12) = 0
+0 `ip route add 192.168.7.0/24 dev eth0; ip route del 192.168.7.0/24`
+0 recv(4, {type=RTM_NEWROUTE, dst_len=24, attributes=[RTA_DST=inet_addr("192.168.7.0")]}, 4096, 0) = 52
+0 recv(4, {type=RTM_DELROUTE, dst_len=24, attributes=[RTA_DST=inet_addr("192.168.7.0")]}, 4096, 0) = 52
)"),
            "");
}

TEST(Netlink, WhatIsNotBuiltIsRefused) {
  EXPECT_EQ(failures(R"(
//@link e1000
0 socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC) = 3
+0 send(3, {type=16, flags=NLM_F_REQUEST, body="\x03\x01\x00\x00"}, ..., 0) = 20
+0 recv(3, {type=NLMSG_ERROR, error=EOPNOTSUPP}, 4096, 0) = 40
)"),
            "");
}

TEST(Netlink, AMessageThatIsNoneIsAMistakeOfTheScript) {
  EXPECT_NE(failures(Open + "+0 send(3, {type=RTM_GETLINK, indx=1}, ..., 0) = 32\n").find("has no 'indx'"),
            std::string::npos);
  EXPECT_NE(failures(Open + "+0 send(3, {type=RTM_GETLINK, attributes=[IFLA_NAME=1]}, ..., 0) = 32\n")
                .find("there is no attribute IFLA_NAME"),
            std::string::npos);
}

} // namespace sockwalk::scenario
