#include "tests/engine/scenario/parse_helpers.h"

namespace sockwalk::scenario {

namespace {

template <class T> const T& as(const Expression& expression) { return std::get<T>(expression.value); }

TEST(Call, hasNameArgumentsResultErrorAndNote) {
  const auto call = only<SystemCall>("0 connect(3, ..., ...) = -1 EINPROGRESS (Operation  now\n in progress)");
  EXPECT_EQ(call.name, "connect");
  ASSERT_EQ(call.arguments.size(), 3u);
  EXPECT_EQ(as<Integer>(call.arguments[0]).value, 3);
  EXPECT_TRUE(std::holds_alternative<Ellipsis>(call.arguments[1].value));
  EXPECT_EQ(as<Integer>(call.result).value, -1);
  EXPECT_EQ(call.errorName, "EINPROGRESS");
  EXPECT_EQ(call.note, "Operation now in progress");
  EXPECT_FALSE(call.end);
}

TEST(Call, withoutArgumentsAndWithoutErrorName) {
  const auto call = only<SystemCall>("0 fork() = -1 (whatever it's called)");
  EXPECT_TRUE(call.arguments.empty());
  EXPECT_EQ(call.errorName, "");
  EXPECT_EQ(call.note, "whatever it's called");
}

TEST(Call, thatBlocksHasItsEndOnTheSameBaseAsItsTime) {
  const Script script = parsed("+.1...0.25 accept(3, ..., ...) = 4");
  EXPECT_EQ(script.events[0].time.kind, TimeKind::Relative);
  EXPECT_EQ(script.events[0].time.from, 100'000'000);
  EXPECT_EQ(std::get<SystemCall>(script.events[0].action).end, 250'000'000);
}

TEST(Call, takesIntegersOfEachForm) {
  const auto call = only<SystemCall>("0 f(-7, 0x1F, 0xffffffffffffffff, 18446744073709551615, 2.50, -.5) = 0");
  EXPECT_EQ(as<Integer>(call.arguments[0]).value, -7);
  EXPECT_EQ(as<Integer>(call.arguments[1]).value, 31);
  EXPECT_TRUE(as<Integer>(call.arguments[1]).hex);
  EXPECT_EQ(as<Integer>(call.arguments[2]).value, -1);
  EXPECT_EQ(as<Integer>(call.arguments[3]).value, -1);
  EXPECT_DOUBLE_EQ(as<Float>(call.arguments[4]).value, 2.5);
  EXPECT_DOUBLE_EQ(as<Float>(call.arguments[5]).value, -0.5);
}

TEST(Call, stringsAreUnescapedAndJoined) {
  const auto call = only<SystemCall>(R"(0 write(4, "a\x00\n" "\"b\\", "GET "...) = 5)");
  EXPECT_EQ(as<Text>(call.arguments[1]).bytes, std::string("a\0\n\"b\\", 6));
  EXPECT_FALSE(as<Text>(call.arguments[1]).andMore);
  EXPECT_TRUE(as<Text>(call.arguments[2]).andMore);
}

TEST(Call, flagsOredTogetherStandSideBySide) {
  const auto call = only<SystemCall>("0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK | 0x8) = 0");
  const auto& flags = as<BitOr>(call.arguments[2]).operands;
  ASSERT_EQ(flags.size(), 3u);
  EXPECT_EQ(as<Word>(flags[1]).name, "O_NONBLOCK");
}

TEST(Call, socketAddress) {
  const auto call = only<SystemCall>(
      R"(0 bind(3, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("10.0.0.1")}, 16) = 0)");
  const auto& address = as<Struct>(call.arguments[1]);
  EXPECT_EQ(address.kind, StructKind::Sockaddr);
  EXPECT_EQ(as<Word>(*address.field("sa_family")).name, "AF_INET");
  EXPECT_EQ(as<Conversion>(*address.field("sin_port")).function, "htons");
  EXPECT_EQ(as<Text>(as<Conversion>(*address.field("sin_addr")).arguments[0]).bytes, "10.0.0.1");
  EXPECT_EQ(only<SystemCall>("0 connect(3, {sa_family = AF_UNSPEC}, 16) = 0").arguments.size(), 3u);
}

TEST(Call, messageWithVectorAndControlData) {
  const auto call =
      only<SystemCall>("0 recvmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 1000}, {..., 1}], msg_flags=MSG_EOR,\n"
                       " msg_control=[{cmsg_level=SOL_TCP, cmsg_type=TCP_CM_INQ, cmsg_data=9000}]}, 0) = 1000");
  const auto& message = as<Struct>(call.arguments[1]);
  EXPECT_EQ(message.kind, StructKind::MsgHdr);
  EXPECT_EQ(as<Integer>(*message.fields[1].length).value, 2);
  const auto& vector = as<List>(*message.field("msg_iov")).items;
  ASSERT_EQ(vector.size(), 2u);
  EXPECT_EQ(as<Integer>(as<Braces>(vector[0]).items[1]).value, 1000);
  const auto& control = as<Struct>(as<List>(*message.field("msg_control")).items[0]);
  EXPECT_EQ(control.kind, StructKind::CmsgHdr);
  EXPECT_EQ(as<Integer>(*control.field("cmsg_data")).value, 9000);
}

TEST(Call, pollAndEpollTellTheirStructuresApart) {
  const auto poll = only<SystemCall>("0 poll([{fd=3, events=POLLIN, revents=0}, {fd=4, events=0}], 2, 0) = 0");
  const auto& entries = as<List>(poll.arguments[0]).items;
  EXPECT_EQ(as<Struct>(entries[0]).kind, StructKind::PollFd);
  EXPECT_NE(as<Struct>(entries[0]).field("revents"), nullptr);
  EXPECT_EQ(as<Struct>(entries[1]).field("revents"), nullptr);
  for (const char* member : {"fd", "ptr", "u32", "u64"}) {
    const std::string source = "0 epoll_wait(5, {events=EPOLLIN, " + std::string(member) + "=4}, 1, 0) = 1";
    const auto wait = only<SystemCall>(source);
    EXPECT_EQ(as<Struct>(wait.arguments[1]).kind, StructKind::EpollEvent);
    EXPECT_EQ(as<Integer>(*as<Struct>(wait.arguments[1]).field(member)).value, 4);
  }
}

TEST(Call, netlinkAttributesAreAssignments) {
  const auto call = only<SystemCall>("0 f({_TCP_NLA_BUSY=1, _TCP_NLA_SRTT=A|B}) = 0");
  const auto& items = as<Braces>(call.arguments[0]).items;
  EXPECT_EQ(as<Assignment>(items[0]).name, "_TCP_NLA_BUSY");
  EXPECT_EQ(as<BitOr>(as<Assignment>(items[1]).value[0]).operands.size(), 2u);
}

TEST(Call, everyPartKnowsWhereItStood) {
  const auto call = only<SystemCall>("0\n  poll([{fd=3,\n      events=POLLIN}], 1, 0) = 0");
  EXPECT_EQ(call.position.line, 2u);
  EXPECT_EQ(call.position.column, 3u);
  const auto& poll = as<Struct>(as<List>(call.arguments[0]).items[0]);
  EXPECT_EQ(poll.fields[1].position.line, 3u);
  EXPECT_EQ(poll.fields[1].position.column, 7u);
  EXPECT_EQ(poll.fields[1].value.position.column, 14u);
}

TEST(Console, readsOneCall) {
  auto call = parseConsoleCall("fd = socket(AF_INET, SOCK_DGRAM, 0)");
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->variable, "fd");
  EXPECT_EQ(call->name, "socket");
  EXPECT_EQ(call->arguments.size(), 3u);
  EXPECT_EQ(describe(*call), "fd = socket(AF_INET, SOCK_DGRAM, 0)");

  call = parseConsoleCall("  close(fd) ;  // done");
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->variable, "");
  EXPECT_EQ(as<Word>(call->arguments[0]).name, "fd");

  call = parseConsoleCall("n = poll([{fd=fd, events=POLLIN}], 1, 0)");
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(as<Word>(*as<Struct>(as<List>(call->arguments[0]).items[0]).field("fd")).name, "fd");
}

TEST(Console, saysWhatItExpected) {
  EXPECT_EQ(parseConsoleCall("").error().message,
            "1:1: expected a call such as fd = socket(AF_INET, SOCK_STREAM, 0), found the end");
  EXPECT_EQ(parseConsoleCall("fd = 3").error().message, "1:6: expected the name of a system call, found '3'");
  EXPECT_EQ(parseConsoleCall("close(3").error().message,
            "1:8: expected ',' or ')' to close the arguments, found the end");
  EXPECT_EQ(parseConsoleCall("close(3) = 0").error().message, "1:10: expected nothing after the call, found '='");
}

} // namespace

} // namespace sockwalk::scenario
