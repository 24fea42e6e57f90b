// AF_INET: which protocols it makes sockets for and which packets it takes, and the order in which it comes to life.
#include "tests/engine/kernel/drivers/net/frames.h"

namespace sockwalk::kernel {
namespace {

constexpr int Inet = 2, Stream = 1, Dgram = 2, Raw = 3, Rdm = 4;

struct AfInet : OnTheWire {
  // The calls that `function` makes itself, in order.
  std::vector<std::string> calleesOf(std::string_view function) const {
    std::vector<std::string> all;
    const Journal& j = m.machine.journal();
    for (EventIndex i = 0; i < j.size(); ++i) {
      if (j[i].type != EventType::Call || j[i].where == NoEvent) continue;
      if (j.function(j[j[i].where]).name == function) all.emplace_back(j.function(j[i]).name);
    }
    return all;
  }
};

// What Linux 6.1 answers: IPPROTO_MAX is 263, for MPTCP (262), which no IP header can name.
TEST_F(AfInet, ProtocolsAboveThoseOfIPHeadersAreLookedForToo) {
  EXPECT_EQ(m.socket(Inet, Stream, 256), -EPROTONOSUPPORT);
  EXPECT_EQ(m.socket(Inet, Stream, 262), -EPROTONOSUPPORT);
  EXPECT_EQ(m.socket(Inet, Dgram, 256), -EPROTONOSUPPORT);
  EXPECT_EQ(m.socket(Inet, Rdm, 256), -ESOCKTNOSUPPORT);
  EXPECT_EQ(m.socket(Inet, Stream, 263), -EINVAL);
  EXPECT_EQ(m.socket(Inet, Stream, -1), -EINVAL);
  const int fd = m.socket(Inet, Raw, 256);
  EXPECT_EQ(fd, socket + 1);
  EXPECT_EQ(m.close(fd), 0);
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(AfInet, ComesToLifeInTheKernelsOrder) {
  const std::vector<std::string> order{"proto_register",
                                       "proto_register",
                                       "proto_register",
                                       "proto_register",
                                       "sock_register",
                                       "inet_add_protocol",
                                       "inet_add_protocol",
                                       "inet_add_protocol",
                                       "inet_add_protocol",
                                       "inet_register_protosw",
                                       "inet_register_protosw",
                                       "inet_register_protosw",
                                       "inet_register_protosw",
                                       "arp_init",
                                       "ip_init",
                                       "tcp_init",
                                       "udp_init",
                                       "udplite4_register",
                                       "raw_init",
                                       "ping_init",
                                       "icmp_init",
                                       "ip_mr_init",
                                       "init_inet_pernet_ops",
                                       "ipfrag_init",
                                       "dev_add_pack"};
  EXPECT_EQ(calleesOf("inet_init"), order);
  const std::vector<std::string> arp{"neigh_table_init", "dev_add_pack"}, ip{"ip_rt_init"};
  EXPECT_EQ(calleesOf("arp_init"), arp);
  EXPECT_EQ(calleesOf("ip_init"), ip);
}

// IGMP and PIM have their handlers in Linux: what they do not want is dropped in silence. GRE has none here.
TEST_F(AfInet, OnlyProtocolsWithoutAHandlerAreAnsweredWithAnError) {
  arrives(onEthernet(datagram(7000, "first"))); // so that the sender is known
  Frame query;
  append(query, {0x11, 100, 0, 0, 0, 0, 0, 0});
  const u16 sum = sumOf(query.data(), query.size());
  query[2] = static_cast<u8>(sum >> 8), query[3] = static_cast<u8>(sum);
  arrives(onEthernet(packet(2, query)));
  arrives(onEthernet(packet(2, Frame(8, 0x99)))); // an IGMP message whose checksum is wrong
  arrives(onEthernet(packet(103, Frame(28, 0))));
  EXPECT_EQ(notes("icmp.error"), 0);
  arrives(onEthernet(packet(47, Frame(28, 0))));
  EXPECT_EQ(notes("icmp.error"), 1);
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(AfInet, AFamilyThatIsMissingIsSaidToBeLinuxsOrNobodys) {
  EXPECT_EQ(m.socket(10, Stream, 0), -EAFNOSUPPORT); // AF_INET6, built in
  EXPECT_EQ(m.socket(31, Stream, 0), -EAFNOSUPPORT); // AF_BLUETOOTH, a module
  EXPECT_EQ(notes("socket.family_not_simulated"), 2);
  EXPECT_EQ(notes("socket.no_family"), 0);
  EXPECT_EQ(m.socket(13, Stream, 0), -EAFNOSUPPORT); // AF_NETBEUI: a number, and no more
  EXPECT_EQ(notes("socket.no_family"), 1);
}

} // namespace
} // namespace sockwalk::kernel
