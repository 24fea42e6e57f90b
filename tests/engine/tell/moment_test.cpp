// Where a moment is: step, task, stack, and what has just happened.
#include "engine/tell/moment.h"
#include "engine/tell/position.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>

using namespace sockwalk;

namespace {

std::unique_ptr<scenario::Session> walked() {
  return tests::walkOfScript("//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
}

TEST(TellMoment, SaysWhoRunsAndWhere) {
  const auto session = walked();
  Playhead at(session->journal());
  at.seek(*tell::positionNamed(session->journal(), tell::firstMoment(*session), "inet_create"));
  const tell::Moment m = tell::momentAt(at);
  EXPECT_EQ(m.stimulus, "socket(AF_INET, SOCK_STREAM, 0)");
  EXPECT_EQ(m.name, "make");
  EXPECT_EQ(m.task, "main");
  ASSERT_FALSE(m.stack.empty());
  EXPECT_TRUE(m.stack.front().call.starts_with("__x64_sys_socket(family=AF_INET")) << m.stack.front().call;
  EXPECT_TRUE(m.stack.back().call.starts_with("inet_create(")) << m.stack.back().call;
  EXPECT_TRUE(m.stack.back().file.ends_with("net/ipv4/af_inet.cpp")) << m.stack.back().file;
  EXPECT_TRUE(tell::english(m.sentence).starts_with("inet_create() is called with")) << tell::english(m.sentence);
  EXPECT_EQ(m.position, at.position());
  EXPECT_GT(m.step, 1);
  EXPECT_GT(m.steps, m.step);
}

TEST(TellMoment, LinesAndJsonSayTheSame) {
  const auto session = walked();
  Playhead at(session->journal());
  at.seek(*tell::positionNamed(session->journal(), tell::firstMoment(*session), "57"));
  const tell::Moment m = tell::momentAt(at);
  const auto json = tell::json(m);
  const auto lines = tell::lines(m);
  EXPECT_EQ(json["step"], 57);
  EXPECT_EQ(lines.back(), json["sentence"].get<std::string>());
  EXPECT_EQ(lines.size(), 3 + json["stack"].size());
  EXPECT_NE(lines[1].find("step 57 of"), std::string::npos) << lines[1];
}

TEST(TellMoment, BeforePowerOnNothingRuns) {
  const auto session = walked();
  const tell::Moment m = tell::momentAt(Playhead(session->journal()));
  EXPECT_TRUE(m.stack.empty());
  EXPECT_TRUE(m.sentence.empty());
  EXPECT_EQ(tell::lines(m).size(), 1u);
}

} // namespace
