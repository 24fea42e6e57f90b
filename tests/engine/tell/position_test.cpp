// Positions by the words that people use for them.
#include "engine/tell/position.h"
#include "tests/support/walks.h"

using namespace sockwalk;

namespace {

struct Walked {
  std::unique_ptr<scenario::Session> session;
  const Journal& journal() const { return session->journal(); }
  Result<EventIndex> named(std::string_view wish) const {
    return tell::positionNamed(journal(), tell::firstMoment(*session), wish);
  }
};
Walked walked() {
  return {tests::walkOfScript("//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n//@case end\n+.1 close(3) = 0\n")};
}
std::string_view functionBefore(const Journal& j, EventIndex position) { return j.function(j[position - 1]).name; }

TEST(TellPosition, StepsAreThoseOfTheFirstNamedCall) {
  const Walked w = walked();
  const auto first = w.named("1"), same = w.named("step 1");
  ASSERT_TRUE(first && same);
  EXPECT_EQ(*first, *same);
  EXPECT_EQ(functionBefore(w.journal(), *first), "__x64_sys_socket");
  EXPECT_EQ(functionBefore(w.journal(), *w.named("2")), "__sys_socket");
}

TEST(TellPosition, AStimulusIsFoundByItsNameOrNumber) {
  const Walked w = walked();
  const auto close = w.named("end step 1");
  ASSERT_TRUE(close) << close.error().message;
  EXPECT_EQ(functionBefore(w.journal(), *close), "__x64_sys_close");
  const int number = w.journal().stimulusAt(*close - 1);
  EXPECT_EQ(*w.named("stimulus " + std::to_string(number) + " step 1"), *close);
  EXPECT_EQ(w.journal()[*w.named("make") - 1].type, EventType::Stimulus);
}

TEST(TellPosition, FunctionsEventsAndEdges) {
  const Walked w = walked();
  EXPECT_EQ(functionBefore(w.journal(), *w.named("inet_create")), "inet_create");
  EXPECT_EQ(*w.named("event 12"), 12u);
  EXPECT_EQ(*w.named("start"), 0u);
}

TEST(TellPosition, WhatIsNowhereIsSaid) {
  const Walked w = walked();
  for (const char* wrong :
       {"9999", "event 99999999", "tcp_v4_rcv", "no_such_function", "stimulus 77", "make step 9999"}) {
    const auto position = w.named(wrong);
    ASSERT_FALSE(position) << wrong;
    EXPECT_FALSE(position.error().message.empty());
  }
}

} // namespace
