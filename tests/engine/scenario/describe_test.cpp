#include "tests/engine/scenario/parse_helpers.h"

namespace sockwalk::scenario {

namespace {

TEST(Describe, committedScriptsSayTheSameAfterPrinting) {
  for (const std::string& path : scriptFiles()) {
    const auto first = parseScriptFile(path);
    ASSERT_TRUE(first) << first.error().message;
    const std::string text = describe(*first);
    const auto second = parseScript(text, path + " printed");
    ASSERT_TRUE(second) << second.error().message << "\n" << text;
    EXPECT_EQ(*first, *second) << text;
    EXPECT_EQ(describe(*second), text);
  }
}

// Each line is canonical already: it prints as it is written.
TEST(Describe, canonicalLinesStayAsTheyAre) {
  for (const char* line :
       {"0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3", "+0.1...0.25 accept(3, ..., ...) = 4 (note)",
        "0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)",
        "0 bind(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"10.0.0.1\")}, 16) = 0",
        "0 f([], [1, 0xff], {..., 1000}, A|B, -1, 2.5, \"a\\x00\\n\\\"\\\\\", \"b\"..., NULL) = ...",
        "0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLET, u64=1}) = 0",
        "0.001 < (ect0, tos 0x4, ttl 64) 5000 > 80 FP. 1:11(10) ack 7 win 257 urg 3 <nop,nop,sack 1:2 3:4>",
        "+0~+0.02 > SEW. 0:0(0) ack 1 <mss 1460,sackOK,TS val 1 ecr 2,nop,wscale 8>", "1~2 > - 1:1(0) <...>",
        "* > udp 53 > 99 (10)", "0 < icmp unreachable frag_needed mtu 1200 [1:1001(1000)]",
        "0 < icmp type_200 code_9 id 3 [udp (8)]", "0 `echo \"x\"`", "0 %{ assert a == 1 }%",
        "//@frame +0.01 < 02 00 ff", "//@frame * > 02", "//@wire delay 10ms loss 1%"}) {
    const Script script = parsed(line);
    ASSERT_EQ(script.events.size(), 1u) << line;
    EXPECT_EQ(describe(script.events[0]), line);
  }
}

TEST(Describe, aLongFrameRunsOverLines) {
  Event event{{}, {TimeKind::Absolute, 0, 0}, Frame{Direction::Inbound, std::vector<std::uint8_t>(40, 0xab)}};
  const Script again = parsed(describe(event));
  EXPECT_EQ(std::get<Frame>(again.events[0].action).bytes.size(), 40u);
  EXPECT_EQ(again.events[0], event);
}

TEST(Describe, equalityLooksAtMoreThanThePlace) {
  EXPECT_EQ(parsed("0 f(1) = 0"), parsed("\n\n 0   f( 1 ) = 0"));
  EXPECT_NE(parsed("0 f(1) = 0"), parsed("0 f(2) = 0"));
  EXPECT_NE(parsed("0 f([1]) = 0"), parsed("0 f([2]) = 0"));
  EXPECT_NE(parsed("0 < . 1:1(0) win 1"), parsed("0 < . 1:1(0) win 2"));
}

} // namespace

} // namespace sockwalk::scenario
