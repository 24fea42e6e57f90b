// The library of failures: each walk plays as its script says, and where it says that the answer is, the record has it; what
// the answer names (functions, reasons to drop) happens in the walk.
#include "engine/tell/broken_walk.h"
#include "engine/tell/file_comment.h"
#include "engine/tell/lessons/lesson_place.h"
#include "engine/tell/values.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

using namespace sockwalk;

namespace {

struct TellFailures : ::testing::TestWithParam<std::string> {};

std::set<std::string> found(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), expression), end; it != end; ++it) out.insert((*it)[1].str());
  return out;
}

// The functions that ran, by name, and the system calls that a script or somebody made.
std::set<std::string> called(const Journal& journal) {
  std::set<std::string> out;
  for (EventIndex i = tell::afterBoot(journal); i < journal.size(); ++i)
    if (journal[i].type == EventType::Call) out.emplace(Symbols::get().function(journal[i].b).name);
  for (const Stimulus& stimulus : journal.stimuli()) out.insert(stimulus.text.substr(0, stimulus.text.find('(')));
  return out;
}

std::set<std::string> dropReasons(const Journal& journal) {
  std::set<std::string> out;
  for (EventIndex i = tell::afterBoot(journal); i < journal.size(); ++i)
    if (journal[i].type == EventType::Drop) out.insert(tell::dropReason(journal[i].b));
  return out;
}

TEST_P(TellFailures, DieWhereTheySay) {
  const auto session = tests::walkOf(GetParam());
  const auto walk = tell::brokenWalk(*session);
  ASSERT_TRUE(walk);
  EXPECT_FALSE(walk->title.empty());
  EXPECT_TRUE(walk->symptom.ends_with('.')) << walk->symptom;
  ASSERT_FALSE(walk->answers.empty());
  const auto calls = called(session->journal()), reasons = dropReasons(session->journal());
  for (const tell::BrokenWalkAnswer& answer : walk->answers) {
    EXPECT_NE(answer.position, NoEvent) << answer.place << ": " << answer.missing;
    EXPECT_TRUE(answer.words.ends_with('.')) << answer.words;
    for (const std::string& name : found(answer.words, "\\b(\\w+)\\(\\)"))
      EXPECT_TRUE(calls.contains(name)) << name << " is not called: " << answer.words;
    for (const std::string& name : found(answer.words, "reason (\\w+)"))
      EXPECT_TRUE(reasons.contains("SKB_DROP_REASON_" + name))
          << name << " is no reason of this walk: " << answer.words;
  }
}

std::vector<std::string> library() { return tests::filesBelow(SOCKWALK_SOURCE_ROOT "/assets/failures", ".pkt"); }
INSTANTIATE_TEST_SUITE_P(Library, TellFailures, ::testing::ValuesIn(library()), [](auto& file) {
  std::string name = std::filesystem::path(file.param).stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
});

const std::string Refused = "// Nobody listens: The client is refused.\n//@link lo\n//@answer note tcp.lookup_none\n"
                            "//@ No listener.\n//@answer note tcp.refused\n//@ And so it is told.\n"
                            "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                            "+0 connect(3, {sa_family = AF_INET, sin_port = htons(80), sin_addr = "
                            "inet_addr(\"127.0.0.1\")}, 16) = -1 ECONNREFUSED\n";

TEST(TellBrokenWalk, IsReadFromItsScript) {
  const auto session = tests::walkOfScript(Refused);
  const auto walk = tell::brokenWalk(*session);
  ASSERT_TRUE(walk);
  EXPECT_EQ(walk->title, "Nobody listens");
  EXPECT_EQ(walk->symptom, "The client is refused.");
  ASSERT_EQ(walk->answers.size(), 2u);
  EXPECT_LT(walk->answers[0].position, walk->answers[1].position);
  EXPECT_EQ(walk->answers[1].words, "And so it is told.");
  EXPECT_EQ(tell::english(tell::fileComment(*session)), "The client is refused. Where does it die?");
  EXPECT_EQ(tell::lines(*walk).size(), 4u);
  EXPECT_EQ(tell::json(*walk)["answers"][0]["place"], "note tcp.lookup_none");
}

TEST(TellBrokenWalk, SaysWhatIsWrongWithAPlace) {
  std::string script = Refused;
  script.replace(script.find("tcp.refused"), 11, "tcp.resused");
  const auto walk = tell::brokenWalk(*tests::walkOfScript(script));
  ASSERT_TRUE(walk);
  EXPECT_EQ(walk->answers[1].position, NoEvent);
  EXPECT_EQ(walk->answers[1].missing,
            "test.pkt:5:11: no function of this kernel notes 'tcp.resused'; did you mean tcp.refused?");
}

TEST(TellBrokenWalk, OtherWalksAskNothing) {
  const auto session = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  EXPECT_FALSE(tell::brokenWalk(*session));
  EXPECT_TRUE(tell::fileComment(*session).empty());
  EXPECT_EQ(tell::headLineOf("//@link lo\n").title, "");
  EXPECT_EQ(tell::headLineOf("// A walk of mine").title, "A walk of mine");
}

} // namespace
