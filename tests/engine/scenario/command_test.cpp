// Commands and settings of a script: each does what it says, or is refused with a sentence. None is taken in silence.
#include "engine/memory/layout.h"
#include "engine/scenario/sysctl_place.h"
#include "tests/engine/scenario/play.h"

namespace sockwalk::scenario {

namespace {
std::vector<std::string> noticesOf(const std::string& text) { return played(text)->notices(); }
std::string saysOf(const std::string& command) { return failures("//@link tun\n0 `" + command + "`\n"); }
} // namespace

TEST(Commands, WhatHasNoEffectIsRefused) {
  for (const char* command : {"sysctl net.ipv4.tcp_migrate_req=1",
                              "sysctl net.ipv4.ip_dynaddr=1",
                              "sysctl net.ipv4.conf.all.log_martians=1",
                              "tc qdisc add dev tun0 root netem delay 10ms",
                              "tc qdisc add dev tun0 root tbf rate 1mbit",
                              "tc qdisc add dev tun0",
                              "tc filter add dev tun0",
                              "ethtool -K tun0 warp off",
                              "ethtool -K tun0 lro on",
                              "ip addr del 192.168.0.9/16 dev tun0",
                              "ip link set tun0 sideways",
                              "ip route del 10.77.0.0/16",
                              "ip link del tun0",
                              "ip rule add from 10.0.0.1",
                              "ip tcp_metrics delete 10.0.0.1",
                              "iptables -A INPUT -m conntrack -j DROP",
                              "iptables -A INPUT ! -p tcp -j DROP",
                              "sleep",
                              "sleep long",
                              "sysctl net.ipv4.tcp_sack=$((1 + )"})
    EXPECT_NE(saysOf(command), "") << command;
}

TEST(Commands, WhatOnlyShowsOrIsOffAlreadyIsTaken) {
  for (const char* command :
       {"ip addr show", "ip link", "ip route get 10.0.0.1", "ip tcp_metrics flush all", "ethtool -K tun0 lro off",
        "tc qdisc replace dev tun0 root handle 1: pfifo limit 10", "tc qdisc del dev tun0 root"})
    EXPECT_EQ(saysOf(command), "") << command;
}

TEST(Commands, WhatIsThereCanBeTakenAway) {
  for (const char* command : {"ip addr del 192.168.0.1/16 dev tun0", "ip address del 192.168.0.1 dev tun0",
                              "ip link set tun0 down", "ip link set dev tun0 down; ip link set dev tun0 up"})
    EXPECT_EQ(saysOf(command), "") << command;
}

TEST(Commands, ModulesComeAndGo) {
  EXPECT_EQ(saysOf("modprobe af_alg; modprobe af_alg; modprobe net-pf-2-proto-115; rmmod af_alg"), "");
  EXPECT_EQ(saysOf("modprobe -r af_alg"), "test.pkt:2:1: rmmod af_alg: the kernel says ENOENT");
  EXPECT_EQ(saysOf("modprobe sctp"),
            "test.pkt:2:1: modprobe: there is no module 'sctp' on this machine's disk; af_alg and l2tp_ip are");
  EXPECT_NE(saysOf("modprobe"), "");
  EXPECT_NE(saysOf("sysctl kernel.modules_disabled=0"), "");
  EXPECT_NE(saysOf("sysctl kernel.modprobe=" + std::string(300, 'x')), "");
  EXPECT_EQ(saysOf("sysctl kernel.modules_disabled=1; modprobe af_alg"),
            "test.pkt:2:1: modprobe af_alg: the kernel says EPERM");
  EXPECT_EQ(failures("//@link tun\n0 socket(AF_ALG, SOCK_SEQPACKET, 0) = 3\n+0 `rmmod af_alg`\n"),
            "test.pkt:3:1: rmmod af_alg: the kernel says EAGAIN");
}

TEST(Commands, PartsOfARingAreGivenBack) {
  const std::string made = "//@link lo\n0 socket(AF_PACKET, SOCK_RAW, 0) = 3\n"
                           "+0 setsockopt(3, SOL_PACKET, PACKET_RX_RING, {tp_block_size=4096, tp_block_nr=1, "
                           "tp_frame_size=2048, tp_frame_nr=2}, 16) = 0\n";
  EXPECT_EQ(failures(made + "+0 `ring 3 back 1`\n"), "");
  EXPECT_EQ(failures(made + "+0 `ring 3 back 2`\n"), "test.pkt:4:1: the ring has 2 parts, counted from 0");
  EXPECT_EQ(failures(made + "+0 `ring 3 back x`\n"), "test.pkt:4:1: expected ring FD back N, two numbers; found 'x'");
  EXPECT_EQ(failures(made + "+0 `ring 3 forth 0`\n"), "test.pkt:4:1: expected ring FD back N");
  EXPECT_EQ(saysOf("ring 3 back 0"), "test.pkt:2:1: descriptor 3 is no packet socket with a ring (PACKET_RX_RING)");
}

TEST(Commands, WhatChangesNothingIsSaid) {
  const auto said = [](const std::string& text) {
    const std::vector<std::string> notices = noticesOf(text);
    return notices.empty() ? "" : notices.front();
  };
  EXPECT_EQ(said("//@link tun\n0 `sysctl net.ipv4.tcp_fastopen=0x70403`\n"),
            "the sysctl net.ipv4.tcp_fastopen changes nothing here");
  EXPECT_EQ(said("//@link tun\n0 `../common/defaults.sh`\n"), "");
  EXPECT_EQ(said("--mss=1000\n//@link tun\n0 `ip link`\n"), "the option --mss changes nothing here");
}

// Over the whole table: a setting is written where the kernel reads it, or refused.
TEST(Commands, EverySettingIsWrittenOrRefused) {
  const LayoutInfo* settings = layoutNamed("netns_ipv4");
  ASSERT_TRUE(settings);
  int written = 0, refused = 0;
  for (const MemberInfo& m : settings->members) {
    const std::string member(m.name);
    const std::string name = "net.ipv4." + member.substr(std::min<size_t>(member.size(), 7));
    if (!member.starts_with("sysctl_") || !sysctlPlace(name)) continue;
    const std::string said = saysOf("sysctl " + name + "=1");
    if (sysctlIsAskedFor(name)) EXPECT_EQ(said, "") << name;
    else EXPECT_NE(said.find("would have no effect"), std::string::npos) << name << ": " << said;
    ++(sysctlIsAskedFor(name) ? written : refused);
  }
  EXPECT_GT(written, 80);
  EXPECT_GT(refused, 10);
}

TEST(Commands, SumsAreWorkedOutAndTimePasses) {
  EXPECT_EQ(failures("0 `sysctl net.ipv4.ip_default_ttl=$((40 + 2))`\n+0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"
                     "+0 getsockopt(3, IPPROTO_IP, IP_TTL, [42], [4]) = 0\n"),
            "");
  const auto session = played("//@link tun\n0 `sleep 1.5`\n");
  EXPECT_GE(session->machine().now(), 1'500'000'000);
}

TEST(Commands, TheLimitOfGroupsIsTheSettings) {
  const auto joins = [](const std::string& last, const std::string& outcome) {
    return "+0 setsockopt(3, IPPROTO_IP, IP_ADD_MEMBERSHIP, \"\\xef\\x01\\x02" + last +
           "\\x7f\\x00\\x00\\x01\", 8) = " + outcome + "\n";
  };
  EXPECT_EQ(failures("0 `sysctl -q net.ipv4.igmp_max_memberships=1`\n+0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n" +
                     joins("\\x03", "0") + joins("\\x04", "-1 ENOBUFS")),
            "");
}

} // namespace sockwalk::scenario
