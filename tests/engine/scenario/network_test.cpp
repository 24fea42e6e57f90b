// Scripts and console lines that set networks up: two hosts in one machine, routes, rules, a bad wire.
#include "play.h"

namespace sockwalk::scenario {

namespace {
// The server waits for a datagram, which comes `until` after it began to.
std::string exchange(const char* until) {
  return std::string(R"(
//@task server
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("10.1.0.2")}, 16) = 0
+0...)") +
         until + R"( recv(3, "hello", 100, 0) = 5
//@task client
+0.1 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 sendto(4, "hello", 5, 0, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("10.1.0.2")}, 16) = 5
)";
}
// How many may wait at the listener, as its socket says at the end.
u32 mostWaiting(const Session& session) {
  const Journal& j = session.journal();
  u32 most = 0;
  for (EventIndex i = 0; i < j.size(); ++i)
    if (j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == "tcp.listening")
      most = static_cast<u32>(j.arguments(j[i])[2]);
  return most;
}
} // namespace

TEST(Networks, TwoHostsTalkOverVeth) { EXPECT_EQ(failures("//@link veth\n" + exchange("0.1")), ""); }

TEST(Networks, TwoHostsTalkOverAWireWithDelay) {
  EXPECT_EQ(failures("//@link wire\n//@wire delay 33ms\n" + exchange("0.2")), ""); // ARP there and back, then once
}

// Client and server run their own kernels side by side, and one walk shows both.
TEST(Networks, TcpBetweenTwoHostsOverAWireThatTakesTime) {
  EXPECT_EQ(failures(R"(
//@link wire
//@wire delay 10ms
//@task server
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("10.1.0.2")}, 16) = 0
+0 listen(3, 5) = 0
//@task client
+0 socket(AF_INET, SOCK_STREAM, 0) = 4
+0...0.04 connect(4, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("10.1.0.2")}, 16) = 0
+0 write(4, "GET /", 5) = 5
//@task server
+0.1 accept(3, ..., ...) = 5
+0 read(5, "GET /", 100) = 5
+0 write(5, "ok", 2) = 2
+0 close(5) = 0
//@task client
+0.1 read(4, "ok", 100) = 2
+0 read(4, ..., 100) = 0
+0 close(4) = 0
)"),
            ""); // ARP there and back, SYN and SYN/ACK: four times 10 ms
}

TEST(Networks, AWireThatLosesAllDeliversNothing) {
  EXPECT_NE(failures("//@link wire\n//@wire loss 100%\n" + exchange("0.1")), "");
}

TEST(Networks, RulesAndRoutesAreSetByTheirUsualCommands) {
  EXPECT_EQ(failures(R"(
0 `ip netns add router; ip netns add far`
+0 `ip link add a type veth peer name b; ip link set b netns router`
+0 `ip link add c type veth peer name d; ip link set c netns router; ip link set d netns far name eth9`
+0 `ip addr add 10.8.1.1/24 dev a; ip link set a up; ip -n router addr add 10.8.1.2/24 dev b; ip -n router link set b up`
+0 `ip -n router addr add 10.8.2.1/24 dev c; ip -n router link set c up; ip -n far addr add 10.8.2.2/24 dev eth9`
+0 `ip -n far link set eth9 up; ip -n far route add default via 10.8.2.1; ip route add 10.8.2.0/24 via 10.8.1.2`
+0 `ip netns exec router sysctl -q net.ipv4.ip_forward=1; ip netns exec router iptables -A FORWARD -p udp --dport 7001 -j DROP`
//@task far
+0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(7001), sin_addr = inet_addr("0.0.0.0")}, 16) = 0
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(4, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("0.0.0.0")}, 16) = 0
//@task main
+0 socket(AF_INET, SOCK_DGRAM, 0) = 5
+0 sendto(5, "no", 2, 0, {sa_family = AF_INET, sin_port = htons(7001), sin_addr = inet_addr("10.8.2.2")}, 16) = 2
+0 sendto(5, "yes", 3, 0, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("10.8.2.2")}, 16) = 3
//@task far
+0 recv(3, ..., 100, MSG_DONTWAIT) = -1 EAGAIN
+0 recv(4, "yes", 100, MSG_DONTWAIT) = 3
)"),
            "");
}

// What the real kernel was recorded with (tests/kernel_truth/cases of the same names) plays as written.
TEST(Networks, TheRecordedScenariosPlay) {
  const std::pair<const char*, size_t> Recorded[] = {{"veth_udp", 4}, {"forward_udp", 4}, {"forward_pmtu", 4},
                                                     {"reject", 16},  {"conntrack", 16},  {"nat", 19}};
  for (const auto& [name, cases] : Recorded) {
    auto opened = Session::openFile(std::string(CAPTURES_DIR "/../../tests/scenarios/") + name + ".pkt");
    ASSERT_TRUE(opened) << opened.error().message;
    (*opened)->runAll();
    EXPECT_EQ(failuresOf(**opened), "") << name;
    EXPECT_EQ((*opened)->cases().size(), cases) << name;
  }
}

TEST(Networks, WhatIsTakenAwayIsGone) {
  const std::string bind =
      "bind(3, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr(\"10.9.0.1\")}, 16) = ";
  const std::string connect =
      "connect(3, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr(\"10.9.0.2\")}, 16) = ";
  const std::string begin =
      "//@link e1000\n0 `ip addr add 10.9.0.1/24 dev eth0; ip route add 10.20.0.0/16 via 10.9.0.2`\n"
      "+0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n";
  EXPECT_EQ(failures(begin + "+0 `ip addr del 10.9.0.1/24 dev eth0`\n+0 " + bind + "-1 EADDRNOTAVAIL\n"), "");
  EXPECT_EQ(failures(begin + "+0 `ip addr del 10.9.0.1 dev eth0`\n+0 " + bind + "-1 EADDRNOTAVAIL\n"), "");
  EXPECT_EQ(failures(begin + "+0 `ip link set eth0 down`\n+0 " + bind + "0\n+0 " + connect +
                     "-1 ENETUNREACH\n"
                     "+0 `ip link set eth0 up`\n+0 " +
                     connect + "0\n"),
            "");
  EXPECT_EQ(failures(begin +
                     "+0 `ip link add a type veth peer name b; ip addr add 10.8.0.1/24 dev a; ip netns add far; "
                     "ip link set a netns far; ip -n far addr add 10.8.0.1/24 dev a`\n"),
            ""); // its addresses stay behind
  for (const char* route : {"10.20.0.0/16", "10.20.0.0/16 via 10.9.0.2", "10.20.0.0/16 dev eth0"}) {
    const std::string del = std::string("ip route del ") + route;
    EXPECT_EQ(failures(begin + "+0 `" + del + "`\n"), "") << route;
    EXPECT_NE(failures(begin + "+0 `" + del + "; " + del + "`\n").find("ESRCH"), std::string::npos) << route;
  }
  EXPECT_NE(failures(begin + "+0 `ip route del 10.20.0.0/16 via 10.9.0.3`\n").find("ESRCH"), std::string::npos);
  EXPECT_NE(failures(begin + "+0 `ip addr del 10.9.0.1/16 dev eth0`\n").find("EADDRNOTAVAIL"), std::string::npos);
}

TEST(Networks, WrongCommandsSayWhatWasExpected) {
  const auto fails = [](const std::string& command, const char* why) {
    EXPECT_NE(failures("0 `" + command + "`\n").find(why), std::string::npos)
        << command << ": " << failures("0 `" + command + "`\n");
  };
  fails("ip netns add x; ip netns add x", "EEXIST");
  fails("ip link set nosuch up", "there is no device 'nosuch'");
  fails("ip -n nowhere link set lo up", "there is no network namespace 'nowhere'");
  fails("ip addr add 10.0.0.300/24 dev lo", "IPv4 address");
  fails("iptables -A NOCHAIN -j DROP", "there is no chain 'NOCHAIN'");
  fails("iptables -A PREROUTING -j DROP", "EINVAL"); // the filter table has no such chain
  fails("iptables -A INPUT --dport 7 -j DROP", "ports need -p");
  fails("iptables -A INPUT -j FLY", "target 'FLY'");
  fails("iptables -P INPUT DROP now", "'now' is one word too many");
  fails("iptables -F INPUT OUTPUT", "'OUTPUT' is one word too many");
  fails("iptables -t nat -P PREROUTING DROP", "nothing is dropped there");
  fails("iptables -A INPUT -j REJECT --reject-with icmp-echo-reply", "nothing that REJECT answers");
  fails("iptables -A INPUT -p udp -j REJECT --reject-with tcp-reset", "EINVAL");
  fails("iptables -t mangle -A INPUT -j REJECT", "EINVAL");
  fails("iptables -A INPUT -m conntrack --ctstate LOST -j DROP", "no state of a connection");
  fails("iptables -A INPUT -m conntrack --ctproto tcp -j DROP", "--ctstate is played");
  fails("iptables -A INPUT -j SNAT --to-source 10.0.0.1", "EINVAL"); // another table's
  fails("iptables -t nat -A PREROUTING -j SNAT --to-source 10.0.0.1", "EINVAL");
  fails("iptables -t nat -A POSTROUTING -j SNAT --to-source 10.0.0.1-10.0.0.9", "not a range");
  fails("iptables -t nat -A POSTROUTING -j MASQUERADE --to-ports 1024", "ports need -p");
  fails("iptables -t nat -A POSTROUTING -j MASQUERADE --random", "'--random' is not played");
  fails("iptables -t nat -A FORWARD -j ACCEPT", "EINVAL"); // there is no such chain
  fails("iptables -t nat -A OUTPUT -j DROP", "not for filtering");
  fails("iptables -t raw -A OUTPUT -j DROP", "filter, mangle and nat are");
  fails("wire loss 1%", "no cable");
  fails("ip route add default via 192.168.77.1", "ENETUNREACH");
  fails("sysctl net.ipv4.conf.all.nosuch=1", "net.ipv4.conf.all.nosuch");
  fails("sysctl net.ipv4.conf.all.proxy_arp=1", "would have no effect");
  fails("sysctl net.ipv4.ip_local_port_range=40000", "two numbers");
  fails("sysctl net.ipv4.ip_local_port_range=\"40000 40001 40002\"", "two numbers");
  fails("sysctl net.ipv4.ip_local_port_range=\"40001 40000\"", "the lower one first");
  fails("sysctl net.ipv4.ip_local_port_range=\"80 90\"", "from 1024");
  fails("sysctl net.ipv4.ping_group_range=all", "two numbers");
  fails("skb push", "the length (a number)");
  fails("skb push 64 nosuch", "this kernel has no function nosuch()");
  fails("skb push 64 udp_sendmsg", "udp_sendmsg() is handed no sk_buff");
  fails("skb push 64; skb pull 2", "still waits for its sk_buff");
  fails("skb push 64", "no sk_buff was handed to that function any more");
}

// Two cards of the server in one network. The client asks over the second for the address of the first, to which the
// server's route back leads over the first: with arp_filter the second keeps silent.
TEST(Networks, ArpFilterAnswersByTheCardThatLeadsBack) {
  const auto asks = [](const char* filter, const char* outcome) {
    return failures(std::string(R"(//@link e1000
0 `ip netns add client; ip netns add server`
+0 `ip -n server link add s0 type veth peer name c0; ip -n server addr add 10.9.1.2/24 dev s0; ip -n server link set c0 up; ip -n server link set s0 up`
+0 `ip -n server link add s1 type veth peer name c1; ip -n server link set c1 netns client; ip -n server addr add 10.9.1.3/24 dev s1; ip -n server link set s1 up`
+0 `ip -n client addr add 10.9.1.1/24 dev c1; ip -n client link set c1 up; ip netns exec server sysctl net.ipv4.conf.s1.arp_filter=)") +
                    filter + R"(`
//@task server
+0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(53), sin_addr = inet_addr("0.0.0.0")}, 16) = 0
//@task client
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 sendto(4, "who?", 4, 0, {sa_family = AF_INET, sin_port = htons(53), sin_addr = inet_addr("10.9.1.2")}, 16) = 4
//@task server
+.1 recv(3, ..., 100, MSG_DONTWAIT) = )" +
                    outcome + "\n");
  };
  EXPECT_EQ(asks("0", "4"), "");
  EXPECT_EQ(asks("1", "-1 EAGAIN"), "");
}

// What a host sends to itself goes over lo, which is down in a new namespace: it is lost there, and nobody is told.
TEST(Networks, WhatIsSentByADeviceThatIsDownIsLost) {
  EXPECT_EQ(failures(R"(//@link e1000
0 `ip netns add host; ip -n host link add a type veth peer name b; ip -n host addr add 10.9.1.1/24 dev a`
+0 `ip -n host link set b up; ip -n host link set a up`
//@task host
+0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(53), sin_addr = inet_addr("10.9.1.1")}, 16) = 0
+0 sendto(3, "me?", 3, 0, {sa_family = AF_INET, sin_port = htons(53), sin_addr = inet_addr("10.9.1.1")}, 16) = 3
+.1 recv(3, ..., 100, MSG_DONTWAIT) = -1 EAGAIN
+0 `ip -n host link set lo up`
+0 sendto(3, "me?", 3, 0, {sa_family = AF_INET, sin_port = htons(53), sin_addr = inet_addr("10.9.1.1")}, 16) = 3
+.1 recv(3, "me?", 100, MSG_DONTWAIT) = 3
)"),
            "");
}

// By the names that sysctl(8) has for them, each in its own namespace, and with what they are for.
TEST(Networks, SettingsOfTheKernelAreThoseOfOneNamespace) {
  const auto plays = [](const std::string& command, const std::string& script) {
    return failures("//@link veth\n0 `" + command + "`\n//@task server\n" + script);
  };
  const std::string bind80 = "+0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, {sa_family = AF_INET, sin_port = "
                             "htons(80), sin_addr = inet_addr(\"10.1.0.2\")}, 16) = ";
  const std::string plain = "//@capability -net_bind_service\n" + bind80;
  EXPECT_EQ(plays("ip netns exec server sysctl net.ipv4.ip_unprivileged_port_start=80", plain + "0\n"), "");
  EXPECT_EQ(plays("ip netns exec client sysctl net.ipv4.ip_unprivileged_port_start=80", plain + "-1 EACCES\n"), "");

  const auto reno = [](const char* command, const char* task, const char* name) {
    return failures(std::string("//@link veth\n0 `") + command + "`\n//@task " + task +
                    "\n+0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 getsockopt(3, IPPROTO_TCP, TCP_CONGESTION, \"" +
                    name + "\", [16]) = 0\n");
  };
  const char* command = "ip netns exec server sysctl net.ipv4.tcp_congestion_control=reno";
  EXPECT_EQ(reno(command, "server", "reno"), "");
  EXPECT_EQ(reno(command, "client", "cubic"), "");
}

TEST(Networks, BacklogsAreLimitedByTheirSettings) {
  const auto refused = [](const std::string& name) {
    return failures("0 `sysctl " + name + "=4`\n").find(name + " is not one that Sockwalk knows") != std::string::npos;
  };
  EXPECT_TRUE(refused("net.ipv4.max_syn_backlog")) << "the member's name is no sysctl";
  EXPECT_TRUE(refused("net.ipv4.ip_prot_sock"));
  EXPECT_TRUE(refused("net.ipv4.local_reserved_ports"));
  EXPECT_TRUE(refused("net.core.hdr"));
  EXPECT_NE(failures("0 `sysctl net.core.somaxconn=-1`\n").find("from 0"), std::string::npos);
  EXPECT_NE(failures("0 `sysctl net.ipv4.ip_unprivileged_port_start=40000`\n").find("from 0 to 32768"),
            std::string::npos);

  const auto listener = [](const char* setting) {
    const auto session = played(std::string("0 `sysctl ") + setting +
                                "`\n+0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 listen(3, 100) = 0\n");
    EXPECT_EQ(failuresOf(*session), "");
    return mostWaiting(*session);
  };
  EXPECT_EQ(listener("net.core.somaxconn=2"), 2u);
  EXPECT_EQ(listener("net.core.somaxconn=200"), 100u);
  // Without cookies, the last quarter of the places for half-open connections is for those who were here before; of less
  // than no places, that is all of them.
  const auto second = [](const char* most, const char* answered) {
    return failures(std::string("//@link tun\n0 `sysctl net.ipv4.tcp_syncookies=0 net.ipv4.tcp_max_syn_backlog=") +
                    most +
                    "`\n+0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 10) = 0\n"
                    "+0 < S 0:0(0) win 32792 <mss 1000>\n" +
                    answered);
  };
  const char* const Answer = "+0 > S. 0:0(0) ack 1 <mss 1460>\n";
  EXPECT_EQ(second("128", Answer), "");
  EXPECT_NE(second("-8", Answer), "");
}

// Connections are tracked while a rule asks for them, and not a moment longer.
TEST(Networks, ConnectionsAreTrackedWhileARuleAsks) {
  const auto tracks = [](const std::string& commands) {
    const auto session = played("//@link lo\n0 `" + commands + R"(`
+0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 sendto(3, ..., 5, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr("127.0.0.1")}, 16) = 5
)");
    const Journal& j = session->journal();
    for (EventIndex i = 0; i < j.size(); ++i)
      if (j[i].type == EventType::Call && j.function(j[i]).name == "nf_conntrack_in") return true;
    return false;
  };
  const std::string asks = "iptables -A INPUT -m state --state ESTABLISHED -j ACCEPT";
  EXPECT_FALSE(tracks("iptables -A INPUT -p udp --dport 1 -j REJECT"));
  EXPECT_TRUE(tracks(asks));
  EXPECT_TRUE(tracks("iptables -t nat -A POSTROUTING -j MASQUERADE"));
  EXPECT_FALSE(tracks(asks + "; iptables -F"));
}

TEST(Networks, TheConsoleTakesThemToo) {
  auto session = played("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n");
  ASSERT_TRUE(session);
  EXPECT_TRUE(session->console("ip netns add other").ok());
  EXPECT_TRUE(session->console("ip -n other link set lo up").ok());
  EXPECT_TRUE(session->console("task visitor@other").ok());
  const auto made = session->console("s = socket(AF_INET, SOCK_DGRAM, 0)");
  ASSERT_TRUE(made.ok());
  EXPECT_GE(session->journal().stimuli()[made.value()].result, 0);
  EXPECT_TRUE(session->console("iptables -A OUTPUT -p udp -j DROP").ok());
  EXPECT_FALSE(session->console("ip netns add other").ok());
  EXPECT_FALSE(session->console("task x@nowhere").ok());
  EXPECT_FALSE(session->console("skb trim 4").ok());
  EXPECT_TRUE(session->console("skb push 64").ok());
  EXPECT_FALSE(session->machine().panicked()) << "nobody has come by yet";
}

// The first of the script, not of the alphabet; and //@task goes on in one that the script has made, with what it has open.
TEST(Networks, TheConsoleGoesOnInATaskOfTheScript) {
  auto session = played("//@task server\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n//@task client\n"
                        "+0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 socket(AF_INET, SOCK_DGRAM, 0) = 4\n");
  ASSERT_TRUE(session);
  const auto result = [&](const char* line) {
    const auto made = session->console(line);
    EXPECT_TRUE(made.ok()) << line << ": " << (made ? "" : made.error().message);
    return made ? session->journal().stimuli()[made.value()].result : -1000;
  };
  EXPECT_EQ(result("listen(4, 1)"), -9) << "the server has no 4";
  EXPECT_TRUE(session->console("//@task client").ok());
  EXPECT_EQ(result("listen(4, 1)"), -95) << "the client has, and it takes no listen()";
  EXPECT_TRUE(session->console("task server").ok());
  EXPECT_EQ(result("listen(4, 1)"), -9);
  EXPECT_TRUE(session->console("//@task nobody-yet").ok());
  EXPECT_EQ(result("listen(3, 1)"), -9);
  auto two = played("//@link veth\n//@task server\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n//@task client\n"
                    "+0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 socket(AF_INET, SOCK_DGRAM, 0) = 4\n");
  ASSERT_TRUE(two);
  EXPECT_EQ(two->journal().stimuli()[two->console("listen(4, 1)").value()].result, -95) << "the script's own host";
  for (const char* line : {"//@idle 1", "//@task a shares client", "//@task"})
    EXPECT_FALSE(session->console(line).ok()) << line;
}

} // namespace sockwalk::scenario
