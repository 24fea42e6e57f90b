// Sentences name the cause, also where one place in the kernel is reached for several reasons.
#include "engine/tell/moments.h"
#include "tests/support/walks.h"
#include <algorithm>

using namespace sockwalk;

namespace {

// What a script's walk says, note by note; the script itself must pass.
struct Told {
  std::vector<std::string> notes, calls, writes;
  explicit Told(const std::string& script) {
    const auto session = tests::walkOfScript(script);
    const Journal& j = session->journal();
    Playhead at(j);
    for (EventIndex i = 0; i < j.size(); ++i) {
      const EventType type = j[i].type;
      if (type != EventType::Note && type != EventType::Call && type != EventType::Write) continue;
      at.seek(i + 1);
      if (type == EventType::Call) calls.push_back(tell::call(at, i));
      else (type == EventType::Note ? notes : writes).push_back(tell::english(tell::event(at, i)));
    }
  }
  // How many notes have this in them.
  long said(const std::string& part) const { return found(notes, part); }
  long called(const std::string& part) const { return found(calls, part); }
  static long found(const std::vector<std::string>& all, const std::string& part) {
    return std::count_if(all.begin(), all.end(), [&](const std::string& s) { return s.find(part) != s.npos; });
  }
  std::string last(size_t count) const {
    std::string out;
    for (size_t i = notes.size() - std::min(count, notes.size()); i < notes.size(); ++i) out += notes[i] + "\n";
    return out;
  }
};

const std::string Accepted = R"(//@link tun
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 32792 <mss 1460>
+0 > S. 0:0(0) ack 1 <mss 1460>
+.1 < . 1:1(0) ack 1 win 32792
+0 accept(3, ..., ...) = 4
)";

TEST(Causes, DataForASocketThatNobodyHoldsIsAnsweredByOurOwnReset) {
  const Told told(Accepted + R"(+0 write(4, ..., 100) = 100
+0 > P. 1:101(100) ack 1
+0 close(4) = 0
+0 > F. 101:101(0) ack 1
+.01 < P. 1:1461(1460) ack 1 win 32792
+0 > R 1:1(0)
)");
  EXPECT_EQ(told.said("which no program holds any more and nobody will read: this kernel ends the connection"), 1)
      << told.last(12);
  EXPECT_EQ(told.said("cannot take sk_buff"), 1) << told.last(12);
  EXPECT_EQ(told.said("reset the connection"), 0) << told.last(12);
}

TEST(Causes, ThePeersResetIsThePeers) {
  const Told told(Accepted + R"(+.01 < R. 1:1(0) ack 1 win 32792
+.01 read(4, ..., 100) = -1 ECONNRESET
)");
  EXPECT_EQ(told.said("reset the connection: the program gets ECONNRESET (104)."), 1) << told.last(12);
  EXPECT_EQ(told.said("this kernel ends the connection"), 0) << told.last(12);
}

TEST(Causes, AnAnswerToTheSynByAResetIsARefusal) {
  const Told told(R"(//@link tun
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0...0.1 connect(3, ..., ...) = -1 ECONNREFUSED
+0 > S 0:0(0) <...>
+.1 < R. 0:0(0) ack 1 win 0
)");
  EXPECT_EQ(told.said("so nobody takes the connection there: the program gets ECONNREFUSED (111)."), 1)
      << told.last(12);
}

TEST(Causes, DeferAcceptIsNamedWhereItDropsTheAck) {
  const Told told(R"(//@link tun
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 setsockopt(3, SOL_TCP, TCP_DEFER_ACCEPT, [5], 4) = 0
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 32792 <mss 1460>
+0 > S. 0:0(0) ack 1 <mss 1460>
+.1 < . 1:1(0) ack 1 win 32792
)");
  EXPECT_EQ(told.said("accepts only with the first data (TCP_DEFER_ACCEPT): this ACK without any is dropped"), 1)
      << told.last(12);
  EXPECT_EQ(told.called("__sys_setsockopt(fd=3, level=SOL_TCP, optname=TCP_DEFER_ACCEPT"), 1);
}

TEST(Causes, ATagWithoutItsVlanDeviceIsNoBadHeader) {
  const Told told(R"(//@link e1000
//@frame 0 < 52540012345652550a0002028100000508004500001c00010000401162c20a0002020a00020f04d2162e00080000
//@    000000000000000000000000000000000000
)");
  EXPECT_EQ(told.said("has the tag of VLAN 5, and there is no VLAN device of that number on net_device"), 1)
      << told.last(12);
  EXPECT_EQ(told.said("is for another host: IP leaves it alone."), 1) << told.last(12);
  EXPECT_EQ(told.said("IP header"), 0) << told.last(12);
  // Of the bit-fields that share a byte, the one that changed.
  EXPECT_EQ(Told::found(told.writes, "skb->pkt_type is set to PACKET_OTHERHOST; it was PACKET_HOST."), 1);
  EXPECT_EQ(Told::found(told.writes, "skb->vlan_present is set to 1; it was 0."), 1);
}

// Two links to the server; the answer's route is by the other one.
TEST(Causes, TheReversePathFilterNamesItselfAndAddresses) {
  const Told told(R"(//@link e1000
0 `ip netns add server; ip netns add out`
+0 `ip link add a0 type veth peer name a1; ip link set a1 netns server; ip addr add 10.9.1.1/24 dev a0; ip link set a0 up`
+0 `ip -n server addr add 10.9.1.2/24 dev a1; ip -n server link set a1 up`
+0 `ip -n server link add b0 type veth peer name b1; ip -n server link set b1 netns out; ip -n server addr add 10.9.2.2/24 dev b0; ip -n server link set b0 up`
+0 `ip -n out addr add 10.9.2.1/24 dev b1; ip -n out link set b1 up`
+0 `ip addr add 10.99.0.1/32 dev lo; ip -n server route add 10.99.0.0/24 via 10.9.2.1`
+0 `ip netns exec server sysctl net.ipv4.conf.a1.rp_filter=1`
//@task client
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(4, {sa_family = AF_INET, sin_port = htons(7001), sin_addr = inet_addr("10.99.0.1")}, 16) = 0
+.1 sendto(4, "hello", 5, 0, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("10.9.1.2")}, 16) = 5
)");
  EXPECT_EQ(told.said("An answer to 10.99.0.1 would not leave by net_device"), 1) << told.last(12);
  EXPECT_GE(told.called("fib_validate_source(skb=sk_buff #"), 1);
  EXPECT_GE(told.called("src=10.99.0.1, dst=10.9.1.2"), 1);
  EXPECT_EQ(told.called("src=16"), 0);
}

TEST(Causes, ARequestIsForgottenForTheReasonThatItWas) {
  const std::string half = R"(//@link tun
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 32792 <mss 1460>
+0 > S. 0:0(0) ack 1 <mss 1460>
)";
  EXPECT_EQ(Told(half + "+.1 < R 1:1(0) win 0\n").said("The peer takes its SYN back with a RST"), 1);
  EXPECT_EQ(Told(half + "+.1 < . 5000000:5000000(0) ack 1 win 32792\n").said("outside of the window."), 1);
}

TEST(Causes, AnOldSegmentIsNotToldAsOneFarAhead) {
  const Told told(Accepted + R"(+.01 < P. 1:101(100) ack 1 win 32792
+0 > . 1:1(0) ack 101
+.1 < P. 1:51(50) ack 1 win 32792
)");
  EXPECT_EQ(told.said("lies below the window: it ends 50 bytes before what has been acknowledged already."), 1)
      << told.last(12);
}

TEST(Causes, WhatTheProgramItselfHoldsBackIsNotNagles) {
  const Told told(Accepted + R"(+0 setsockopt(4, SOL_TCP, TCP_CORK, [1], 4) = 0
+0 write(4, ..., 100) = 100
)");
  EXPECT_EQ(told.said("more is announced (TCP_CORK or MSG_MORE), so it waits."), 1) << told.last(12);
  EXPECT_EQ(told.said("Nagle"), 0) << told.last(12);
}

} // namespace
