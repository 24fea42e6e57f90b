#include "tests/engine/scenario/parse_helpers.h"

namespace sockwalk::scenario {

namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

TEST(Script, optionsCommandsAndEventsInOrder) {
  const Script script =
      parsed("--tolerance_usecs=5000 --strict_segments\n--local_ip=fd00::1/64 // a remark\n`sysctl -q a=1`\n"
             "0 `echo \\`x\\``\n+0 %{ assert a == 1 }%\n`cleanup`");
  ASSERT_EQ(script.options.size(), 3u);
  EXPECT_EQ(script.option("tolerance_usecs"), "5000");
  EXPECT_EQ(script.option("strict_segments"), "");
  EXPECT_EQ(script.option("local_ip"), "fd00::1/64");
  EXPECT_FALSE(script.option("mtu"));
  EXPECT_EQ(script.init->text, "sysctl -q a=1");
  ASSERT_EQ(script.events.size(), 2u);
  EXPECT_EQ(std::get<Command>(script.events[0].action).text, "echo \\`x\\`");
  EXPECT_EQ(std::get<Code>(script.events[1].action).text, "assert a == 1");
  EXPECT_EQ(script.cleanup->text, "cleanup");
}

TEST(Script, everyFormOfTime) {
  const Script script = parsed("0 f() = 0 +.1 f() = 0 +0.000000001 f() = 0 1.5 > . 1:1(0) * > . 1:1(0) "
                               "1~2.25 > . 1:1(0) +.1~+.2 > . 1:1(0)");
  std::vector<EventTime> times;
  for (const Event& event : script.events) times.push_back(event.time);
  const std::vector<EventTime> expected = {{TimeKind::Absolute, 0, 0},
                                           {TimeKind::Relative, 100 * kMillisecond, 100 * kMillisecond},
                                           {TimeKind::Relative, 1, 1},
                                           {TimeKind::Absolute, 1500 * kMillisecond, 1500 * kMillisecond},
                                           {TimeKind::Any, 0, 0},
                                           {TimeKind::AbsoluteRange, 1000 * kMillisecond, 2250 * kMillisecond},
                                           {TimeKind::RelativeRange, 100 * kMillisecond, 200 * kMillisecond}};
  EXPECT_EQ(times, expected);
}

TEST(Script, newLinesAndCommentsMeanNothing) {
  EXPECT_EQ(parsed("0/*a*/socket // b\n(\nAF_INET\n,1 , 0)=3+1<S 0:0(0)win 1"),
            parsed("0 socket(AF_INET, 1, 0) = 3\n+1 < S 0:0(0) win 1"));
}

TEST(Script, definitionsReplaceWords) {
  const Definitions defines = {{"COOKIE", "0123456789abcdef"},
                               {"N", "0x10"},
                               {"NAME", "\"cubic\""},
                               {"CALL", "close"},
                               {"T", "0.25"},
                               {"CLEAN", "`true`"}};
  EXPECT_EQ(parsed("T CALL(N, NAME) = 0 T > S 0:0(0) <FO COOKIE,nop,nop> CLEAN", defines),
            parsed("0.25 close(0x10, \"cubic\") = 0 0.25 > S 0:0(0) <FO 0123456789abcdef,nop,nop> `true`"));
  const Script own = parsed("--define=N=7\n--define=S=\"a b\"\n0 close(N, S) = 0", defines);
  EXPECT_EQ(describe(own.events[0]), "0 close(7, \"a b\") = 0");
  EXPECT_EQ(own.options[1].symbol, "S");
  EXPECT_EQ(own.options[1].value, "a b");
}

TEST(Script, positionsCountCharactersNotBytes) {
  const Script script = parsed("/* \xc3\xa9\xc3\xa9 */ 0 close(3) = 0\r\n\t+1 close(4) = 0");
  EXPECT_EQ(script.events[0].position.column, 10u);
  EXPECT_EQ(script.events[1].position.line, 2u);
  EXPECT_EQ(script.events[1].position.column, 2u);
}

TEST(Script, codeKnowsWhereItsTextBegins) {
  const auto code = only<Code>("0\n  %{  print(1)\nprint(2)  }%");
  EXPECT_EQ(code.text, "print(1)\nprint(2)");
  EXPECT_EQ(code.position.line, 2u);
  EXPECT_EQ(code.position.column, 7u);
}

TEST(Script, committedScriptsParse) {
  ASSERT_GE(scriptFiles().size(), 3u);
  for (const std::string& path : scriptFiles()) {
    const auto script = parseScriptFile(path);
    EXPECT_TRUE(script) << script.error().message;
  }
}

TEST(Script, aFileThatIsNotThere) {
  EXPECT_EQ(parseScriptFile("/nonexistent/a.pkt").error().message, "/nonexistent/a.pkt:1:1: cannot read this file");
  EXPECT_EQ(parseScriptFile(SCRIPTS_DIR).error().what, "cannot read this file");
}

} // namespace

} // namespace sockwalk::scenario
