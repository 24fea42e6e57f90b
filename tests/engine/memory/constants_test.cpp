// The names of constants as everybody asks for them; that the table itself is in order: tests/habits/constants_test.py.
#include "engine/memory/constants.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/memory/constants/tcp.h"
#include <gtest/gtest.h>

using namespace sockwalk;

TEST(Constants, haveTheLayoutDatasValues) {
  static_assert(kernel::TCP_LISTEN == 10);
  static_assert(kernel::SKB_DROP_REASON_MAX == 66);
  static_assert(kernel::TCP_FLAG_SYN == 0x00020000, "host byte order, though the layout data has network byte order");
  static_assert(kernel::NETIF_F_GSO_MASK == 0x7ffffull << 16);
  static_assert(std::is_same_v<decltype(kernel::NETIF_F_SG), const u64>);
  static_assert(std::is_enum_v<kernel::skb_drop_reason>);
}

TEST(Constants, membersReadAsNames) {
  EXPECT_EQ(memberConstant("sock_common", "skc_state", 10), "TCP_LISTEN");
  EXPECT_EQ(memberConstant("sock_common", "skc_state", 99), std::nullopt);
  EXPECT_EQ(memberConstant("sock_common", "skc_hash", 10), std::nullopt);
  EXPECT_EQ(memberConstant("sock", "sk_protocol", kernel::IPPROTO_UDPLITE), "IPPROTO_UDPLITE");
  EXPECT_EQ(memberConstant("sk_buff", "protocol", 0x0608), "ETH_P_ARP") << "as the packet has it";
  EXPECT_EQ(memberConstant("neighbour", "nud_state", 0), "NUD_NONE");
}

TEST(Constants, flagsReadAsTheirBits) {
  EXPECT_EQ(constantText("epoll_events", 5), "EPOLLIN|EPOLLOUT");
  EXPECT_EQ(constantText("epoll_events", 0x80000001), "EPOLLIN|EPOLLET");
  EXPECT_EQ(constantText("epoll_events", 0x801), "EPOLLIN|0x800");
  EXPECT_EQ(constantText("epoll_events", 0), "");
  EXPECT_EQ(constantText("tcp_header_flags", 0x12), "TCPHDR_SYN|TCPHDR_ACK");
  EXPECT_EQ(constantText("no_such_group", 1), "");
  EXPECT_EQ(openFlagsText(04002), "O_RDWR|O_NONBLOCK");
  EXPECT_EQ(openFlagsText(0), "O_RDONLY");
}

TEST(Constants, packetdrillsWordsStandBesideTheNames) {
  const ConstantGroup* unreachable = constantGroup("icmp_unreach");
  ASSERT_TRUE(unreachable);
  EXPECT_EQ(constantText(*unreachable, 4), "ICMP_FRAG_NEEDED");
  EXPECT_EQ(unreachable->words[4].name, "frag_needed");
  EXPECT_EQ(unreachable->words[4].value, 4);
}
