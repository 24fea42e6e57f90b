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

} // namespace
} // namespace sockwalk::scenario
