// Scripts that speak of packet sockets and filters: structures in both directions, and what is wrong in words.
#include "tests/engine/scenario/play.h"

namespace sockwalk::scenario {
namespace {

const std::string Tap = R"(//@link lo
0 socket(AF_PACKET, SOCK_RAW, 0) = 3
+0 bind(3, {sll_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), sll_ifindex="lo"}, 20) = 0
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
)";

TEST(PacketStructs, AnAddressIsHeldAgainstWhatComes) {
  const std::string name = "+0 getsockname(3, {sll_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), sll_ifindex=";
  EXPECT_EQ(failures(Tap + name + "\"lo\"}, [20, 18]) = 0\n"), "");
  EXPECT_NE(failures(Tap + name + "7}, [20, 18]) = 0\n").find("expected sll_ifindex 7, got 1"), std::string::npos);
}

TEST(PacketStructs, ADeviceThatIsNotThereIsASentence) {
  const std::string bind = "+0 bind(3, {sll_family=AF_PACKET, sll_protocol=0, sll_ifindex=\"eth7\"}, 20) = 0\n";
  EXPECT_NE(failures(Tap + bind).find("no device is called 'eth7' here"), std::string::npos);
}

TEST(PacketStructs, AFilterInWordsIsForSocketsThatSeeHeaders) {
  const auto attach = [](int fd, const std::string& filter) {
    return "+0 setsockopt(" + std::to_string(fd) + ", SOL_SOCKET, SO_ATTACH_FILTER, " + filter + ", 16) = 0\n";
  };
  EXPECT_EQ(failures(Tap + attach(3, "\"udp port 53\"")), "");
  EXPECT_NE(failures(Tap + attach(4, "\"udp port 53\"")).find("write instructions"), std::string::npos);
  EXPECT_EQ(failures(Tap + attach(4, "[{BPF_RET|BPF_K, 0, 0, 0}]")), "");
  EXPECT_NE(failures(Tap + attach(3, "\"udp prt 53\"")).find("is no filter as tcpdump takes it"), std::string::npos);
  EXPECT_NE(failures(Tap + attach(3, "[{1, 2}]")).find("expected an instruction, {code, jt, jf, k}"),
            std::string::npos);
}

TEST(PacketStructs, AFilterSortsWhatALocalOrANetlinkSocketGets) {
  const std::string yes = "[{BPF_LD|BPF_B|BPF_ABS, 0, 0, 0}, {BPF_JMP|BPF_JEQ|BPF_K, 0, 1, 121}, "
                          "{BPF_RET|BPF_K, 0, 0, 3}, {BPF_RET|BPF_K, 0, 0, 0}]";
  const auto pair = [&](const std::string& type) {
    return "//@link lo\n0 socketpair(AF_UNIX, " + type +
           ", 0, [3, 4]) = 0\n+0 setsockopt(4, SOL_SOCKET, SO_ATTACH_FILTER, " + yes +
           ", 16) = 0\n+0 write(3, \"no\", 2) = 2\n+0 write(3, \"yes, please\", 11) = 11\n";
  };
  EXPECT_EQ(failures(pair("SOCK_DGRAM") + "+0 read(4, \"yes\", 100) = 3\n"), "") << "the sender is not told";
  EXPECT_EQ(failures(pair("SOCK_STREAM") + "+0 read(4, \"noyes, please\", 100) = 13\n"), "") << "nobody asks it";
  EXPECT_EQ(failures(R"(//@link lo
0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3
+0 setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, [{BPF_RET|BPF_K, 0, 0, 0}], 16) = 0
+0 send(3, {type=RTM_GETLINK, flags=NLM_F_REQUEST|NLM_F_DUMP, family=AF_UNSPEC, index=0}, ..., 0) = 32
+0 recv(3, ..., 4000, MSG_DONTWAIT) = -1 EAGAIN
)"),
            "");
}

TEST(PacketStructs, ThatADeviceIsPromiscuousIsToldToNetlinksListeners) {
  EXPECT_EQ(failures(R"(//@link e1000
0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3
+0 bind(3, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=1}, 12) = 0
+0 socket(AF_PACKET, SOCK_RAW, 0) = 4
+0 setsockopt(4, SOL_PACKET, PACKET_ADD_MEMBERSHIP, {mr_ifindex="eth0", mr_type=PACKET_MR_PROMISC}, 16) = 0
+0 recv(3, {type=RTM_NEWLINK, index=2, attributes=[IFLA_PROMISCUITY=1]}, 4000, 0) = ...
+0 close(4) = 0
+0 recv(3, {type=RTM_NEWLINK, index=2, attributes=[IFLA_PROMISCUITY=0]}, 4000, 0) = ...
)"),
            "");
}

} // namespace
} // namespace sockwalk::scenario
