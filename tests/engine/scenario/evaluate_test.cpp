#include "engine/scenario/evaluate.h"

#include "tests/engine/scenario/parse_helpers.h"

namespace sockwalk::scenario {

namespace {

ScriptResult<std::int64_t> valueOf(const std::string& text, const Variables& variables = {}) {
  auto call = parseConsoleCall("f(" + text + ")");
  if (!call) return call.error();
  return evaluateInteger(call->arguments.at(0), variables, "line");
}

TEST(Evaluate, numbersConstantsFlagsAndVariables) {
  EXPECT_EQ(*valueOf("-7"), -7);
  EXPECT_EQ(*valueOf("0x10"), 16);
  EXPECT_EQ(*valueOf("AF_INET"), 2);
  EXPECT_EQ(*valueOf("NULL"), 0);
  EXPECT_EQ(*valueOf("SOCK_STREAM|SOCK_NONBLOCK|0x80000"), 0x80801);
  EXPECT_EQ(*valueOf("fd", {{"fd", 5}}), 5);
  EXPECT_EQ(*valueOf("AF_INET", {{"AF_INET", 9}}), 9);
  EXPECT_EQ(*valueOf("ECONNRESET"), 104);
}

TEST(Evaluate, conversionsGiveWhatTheyGiveOnLittleEndianMachines) {
  EXPECT_EQ(*valueOf("htons(80)"), 0x5000);
  EXPECT_EQ(*valueOf("ntohs(htons(8080))"), 8080);
  EXPECT_EQ(*valueOf("htonl(INADDR_LOOPBACK)"), 0x0100007f);
  EXPECT_EQ(*valueOf("inet_addr(\"192.0.2.1\")"), 0x010200c0);
}

TEST(Evaluate, mistakesNameTheirPlace) {
  EXPECT_EQ(valueOf("AF_INET|AF_WHAT").error().message,
            "line:1:11: unknown name 'AF_WHAT'; expected a constant such as AF_INET or an earlier variable");
  EXPECT_EQ(valueOf("...").error().message, "line:1:3: expected a number, found ...");
  EXPECT_EQ(valueOf("[1]").error().what, "expected a number, found [1]");
  EXPECT_EQ(valueOf("htons(\"a\")").error().message, "line:1:9: expected a number, found \"a\"");
  EXPECT_EQ(valueOf("inet_addr(4)").error().message, "line:1:13: expected an IPv4 address such as \"192.0.2.1\"");
}

} // namespace

} // namespace sockwalk::scenario
