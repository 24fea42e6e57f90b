// Each kind of mistake: the exact place and what was expected.
#include "tests/engine/scenario/parse_helpers.h"

namespace sockwalk::scenario {

namespace {

struct Mistake {
  const char* source;
  const char* message;
};

void check(std::initializer_list<Mistake> mistakes) {
  for (const Mistake& m : mistakes) EXPECT_EQ(errorOf(m.source), m.message) << "for:\n" << m.source;
}

TEST(Error, inTheTokens) {
  check({
      {"0 f(\"abc) = 0", "t:1:5: string opened here is not closed by '\"'"},
      {"0 f() = 0\n+0 `ls", "t:2:4: command opened here is not closed by '`'"},
      {"0 %{ a", "t:1:3: code opened here is not closed by '}%'"},
      {"0 f() /* a", "t:1:7: comment opened here is not closed by '*/'"},
      {"0 f(\"a\\q\") = 0", "t:1:5: unknown escape in this string; expected \\f \\n \\r \\t \\v \\\\ \\\" or \\xHH"},
      {"0 f(\"\\x4\") = 0", "t:1:5: expected two hex digits after \\x in this string"},
      {"0 f(99999999999999999999) = 0", "t:1:5: number does not fit in 64 bits"},
      {"0 f() = 0 (note", "t:1:11: note opened here is not closed by ')'"},
  });
}

TEST(Error, inTheFrameOfTheScript) {
  check({
      {"", "t:1:1: expected at least one event, found none"},
      {"// nothing\n", "t:1:1: expected at least one event, found none"},
      {"socket(1) = 3", "t:1:1: expected an event: a time such as 0.1, +0.1 or *, found 'socket'"},
      {"--nonsense=1\n0 f() = 0", "t:1:1: unknown option --nonsense"},
      {"--mtu\n0 f() = 0", "t:1:1: option --mtu needs a value: --mtu=..."},
      {"--mtu= // none\n", "t:2:1: expected a value for --mtu"},
      {"--dry_run=1\n0 f() = 0", "t:1:1: option --dry_run takes no value"},
      {"--ip_version=ipv5\n0 f() = 0", "t:1:14: expected ipv4, ipv6 or ipv4-mapped-ipv6, found 'ipv5'"},
      {"0 f() = 0\n--mtu=1", "t:2:1: options must stand at the top, before commands and events"},
      {"0 f() = 0 `a` `b`", "t:1:15: expected nothing after the clean-up command, found '`b`'"},
      {"0 f() = 0 `a`\n+1 g() = 0", "t:2:1: expected nothing after the clean-up command, found '+'"},
      {"--define=/=x\n0 A() = 0", "t:1:10: expected a symbol after --define=, found '/'"},
      {"--define=A=x/y\n0 A() = 0", "t:2:3: the definition of A is neither a word, a number, \"text\" nor `command`"},
  });
}

TEST(Error, inTimes) {
  check({
      {"0", "t:1:2: expected a packet ('<' or '>'), a system call, a `command` or %{ code }% after the time, "
            "found the end"},
      {"+ f() = 0", "t:1:3: expected seconds after '+', found 'f'"},
      {"-1 f() = 0", "t:1:1: a time must not be negative"},
      {"10000000000 f() = 0", "t:1:1: a time must be below 1000000000 seconds"},
      {"* f() = 0", "t:1:1: the time '*' may stand only before an outbound packet"},
      {"1~2 < . 1:1(0) win 1", "t:1:1: a range of times may stand only before an outbound packet"},
      {"2~1 > . 1:1(0)", "t:1:3: the range of times ends before it begins"},
      {"+1~2 > . 1:1(0)", "t:1:4: expected '+' before the second time of a relative range, found '2'"},
      {"1...0.5 f() = 0", "t:1:1: the call f() ends before it begins"},
      {"0...x f() = 0", "t:1:5: expected a time in seconds, found 'x'"},
  });
}

TEST(Error, inCalls) {
  check({
      {"0 f = 0", "t:1:5: expected '(' after the name of a system call, found '='"},
      {"0 f(1 2) = 0", "t:1:7: expected ',' or ')' to close the arguments, found '2'"},
      {"0 f(1,) = 0", "t:1:7: expected a value, found ')'"},
      {"0 f(1)\n+0 g() = 0", "t:2:1: expected '=' and the result of the call, found '+'"},
      {"0 f(1) =", "t:1:9: expected a value, found the end"},
      {"0 f(1) = -1 EWHAT", "t:1:13: expected an error name such as EAGAIN, found 'EWHAT'"},
      {"0 f([1, 2) = 0", "t:1:10: expected ',' or ']' to close the list, found ')'"},
      {"0 f({}) = 0", "t:1:5: expected a structure's fields or values between '{' and '}'"},
      {"0 f(A|) = 0", "t:1:7: expected a value, found ')'"},
      {"0 f({fd=1, evnts=2}) = 0", "t:1:12: expected field events, found 'evnts'"},
      {"0 f({fd=1}) = 0", "t:1:10: expected ',' and field events, found '}'"},
      {"0 f({events=1, what=2}) = 0", "t:1:16: expected field fd or ptr or u32 or u64, found 'what'"},
      {"0 f({msg_name=1}) = 0", "t:1:14: expected '(' and a length after the field's name, found '='"},
      {"0 f({onoff=1, linger=2, x=3}) = 0", "t:1:23: expected '}' to close the structure, found ','"},
      {"0 f(inet_addr(\"1.2.3\")) = 0", "t:1:15: expected an IPv4 address such as \"192.0.2.1\""},
      {"0 f(htons(1, 2)) = 0", "t:1:11: expected one argument for htons()"},
      {"0 f(g(1)) = 0", "t:1:6: expected ',' or ')' to close the arguments, found '('"},
  });
}

TEST(Error, inPackets) {
  check({
      {"0 < S 0:0(0)", "t:1:13: expected 'ack N' or 'win N' (an inbound packet needs its window), found the end"},
      {"0 < . 0:0(0) ack 1\n+0 f() = 0", "t:2:1: expected 'win N' (an inbound packet needs its window), found '+'"},
      {"0 > X 0:0(0)", "t:1:5: expected TCP flags out of F S R P E W U A and '.', udp or icmp, found 'X'"},
      {"0 > 0:0(0)", "t:1:6: expected '>' between source and destination port, found ':'"},
      {"0 > .9 0:0(0)", "t:1:5: expected a digit from 0 to 7 after '.' in the TCP flags"},
      {"0 > < 0:0(0)", "t:1:5: expected TCP flags such as S or P. (or '-' for none), udp or icmp, found '<'"},
      {"0 > . 0:5(6)", "t:1:7: sequence numbers and length do not agree: 0 + 6 is not 5"},
      {"0 > . 0:5", "t:1:10: expected '(' and the payload's length, found the end"},
      {"0 > . 4294967296:5(6)", "t:1:7: the sequence number must be from 0 to 4294967295, found 4294967296"},
      {"0 > . 0:0(0) win 65536", "t:1:18: the window must be from 0 to 65535, found 65536"},
      {"0 > . 0:0(0) ack x", "t:1:18: expected the acknowledgment number (a number), found 'x'"},
      {"0 > (ect9) . 0:0(0)", "t:1:6: expected ect0, ect1, ect01, noecn, ce, tos, ttl or flowlabel, found 'ect9'"},
      {"0 < (ect01) . 0:0(0) win 1", "t:1:6: ect01 may stand only in an outbound packet"},
      {"0 > (ce . 0:0(0)", "t:1:9: expected ')' to close the IP fields, found '.'"},
      {"0 > ipv4 1.2.3.4 > 5.6.7.8: . 1:1(0)", "t:1:5: encapsulation in ipv4 is not simulated"},
      {"0 > udp 10", "t:1:11: expected '>' between source and destination port, found the end"},
      {"0 > udp ()", "t:1:10: expected the payload's length (a number), found ')'"},
      {"0 < icmp nothing", "t:1:10: unknown ICMP type 'nothing'; expected echo_request, unreachable, ... or type_N"},
      {"0 < icmp unreachable CODE",
       "t:1:22: unknown ICMP code 'CODE' for type unreachable; expected frag_needed, ... or code_N"},
      {"0 < icmp unreachable [x]",
       "t:1:23: expected START:END(LENGTH), udp (LENGTH) or raw (LENGTH) of the quoted packet, found 'x'"},
  });
}

TEST(Error, inTcpOptions) {
  check({
      {"0 > S 0:0(0) <>", "t:1:15: expected a TCP option: nop, eol, mss, wscale, sackOK, sack, TS, md5, FO, "
                          "FOEXP or ECN, found '>'"},
      {"0 > S 0:0(0) <mss>", "t:1:18: expected mss (a number), found '>'"},
      {"0 > S 0:0(0) <mss 1460", "t:1:23: expected ',' or '>' to close the TCP options, found the end"},
      {"0 > S 0:0(0) <nop>",
       "t:1:14: these TCP options take 1 bytes; expected a multiple of 4, padded with nop or eol"},
      {"0 > S 0:0(0) <sack 1:2 1:2 1:2 1:2 1:2>", "t:1:14: these TCP options are longer than 40 bytes"},
      {"0 > S 0:0(0) <TS 1>", "t:1:18: expected 'val N' after TS, found '1'"},
      {"0 > S 0:0(0) <TS val 1>", "t:1:23: expected 'ecr N' after TS val, found '>'"},
      {"0 > S 0:0(0) <md5 0011>", "t:1:19: an md5 digest has 32 hex digits"},
      {"0 > S 0:0(0) <FO TFO_COOKIE>",
       "t:1:18: expected a Fast Open cookie in hex digits, two to a byte, found 'TFO_COOKIE' "
       "(a symbol is given its value by -D SYMBOL=value)"},
      {"0 > S 0:0(0) <ECN x>", "t:1:19: expected e0b, e1b or ceb after ECN, found 'x'"},
      {"0 < S 0:0(0) win 1 <...>",
       "t:1:21: <...> may stand only in an outbound packet: an injected one needs its options"},
  });
}

TEST(Error, inDirectives) {
  check({
      {"//@what 1\n0 f() = 0", "t:1:4: unknown directive //@what; expected case, note, link, hz, machine, era, answer, "
                               "frame, limit, fail, skb, capability, "
                               "task, signal, peer, idle or wire"},
      {"//@ case x\n0 f() = 0",
       "t:1:1: '//@' and a blank carries on a //@frame, //@note or //@answer, but none stands right above"},
      {"//@link eth0\n0 f() = 0", "t:1:9: expected e1000, veth, wire, lo or tun, found 'eth0'"},
      {"//@link lo\n//@link lo\n0 f() = 0", "t:2:1: //@link may stand only once"},
      {"0 f() = 0\n//@hz 250",
       "t:2:1: //@link, //@hz, //@machine, //@era and //@answer must stand before the first event"},
      {"//@hz 0\n0 f() = 0", "t:1:7: ticks per second must be from 1 to 10000, found 0"},
      {"//@case\n0 f() = 0", "t:1:8: expected a name for the case"},
      {"//@case a b\n0 f() = 0", "t:1:11: expected nothing more after //@case, found 'b'"},
      {"0 f() = 0\n//@case a", "t:2:1: expected a call after this //@case, found none"},
      {"//@case a\n//@case b\n0 f() = 0", "t:2:1: two //@case lines before one call or frame"},
      {"//@note\n0 f() = 0", "t:1:1: expected a text after //@note"},
      {"//@limit nofile\n0 f() = 0", "t:1:16: expected '=' after the name of a limit, found the end"},
      {"//@limit nofile=-1\n0 f() = 0", "t:1:17: a limit must be from 0 to 9223372036854775807, found -1"},
      {"//@fail\n0 f() = 0", "t:1:8: expected the name of a kernel function such as sk_alloc, found the end"},
      {"//@fail sk_alloc 0\n0 f() = 0", "t:1:18: which allocation is to fail must be from 1 to 1000000, found 0"},
      {"//@capability net_raw\n0 f() = 0",
       "t:1:15: expected '-' or '+' before a capability, -net_raw for instance, found 'net_raw'"},
      {"//@peer discard 9\n0 f() = 0", "t:1:9: expected echo or alone, found 'discard'"},
      {"//@frame 0 < 0\n", "t:1:14: expected two hex digits for each byte of the frame"},
      {"//@frame 0 < 00\n//@   0g", "t:2:7: expected two hex digits for each byte of the frame"},
      {"//@frame 0 <\n", "t:1:1: expected the bytes of the frame in hex"},
      {"//@frame 0 00\n", "t:1:12: expected '<' (injected) or '>' (expected) after the time of a frame, found '00'"},
      {"//@frame * < 00\n", "t:1:1: the time '*' may stand only before an outbound packet"},
  });
}

TEST(Error, partsOfTheMessageStandAlone) {
  const auto result = parseScript("0 f(\n  ]", "a.pkt");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().file, "a.pkt");
  EXPECT_EQ(result.error().position.line, 2u);
  EXPECT_EQ(result.error().position.column, 3u);
  EXPECT_EQ(result.error().what, "expected a value, found ']'");
  const Error plain = result.error();
  EXPECT_EQ(plain.message, "a.pkt:2:3: expected a value, found ']'");
}

TEST(Error, aFrameHasAGreatestSize) {
  std::string source = "//@frame 0 <";
  for (int i = 0; i < 65535; ++i) source += "00";
  EXPECT_EQ(std::get<Frame>(parsed(source).events[0].action).bytes.size(), 65535u);
  EXPECT_EQ(errorOf(source + "00").substr(0, 50), "t:1:13: a frame has 65535 bytes at most");
}

} // namespace

} // namespace sockwalk::scenario
