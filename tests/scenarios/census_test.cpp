// Every scenario, every lesson, every example walk and every failure plays as its script says, on a plain machine and as
// recorded; and when its tasks have ended and all timers have run out, nothing is left that the kernel would have freed,
// all accounts are settled, all references are dropped.
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/scenario/session.h"
#include "tests/support/census.h"
#include "tests/support/walks.h"
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace sockwalk {

namespace {

std::vector<std::string> everyScenario() {
  std::vector<std::string> out = tests::exampleWalks(SOCKWALK_SOURCE_DIR);
  for (const char* folder : {SOCKWALK_SOURCE_DIR "/tests/scenarios", SOCKWALK_SOURCE_DIR "/assets/failures"})
    for (const std::string& scenario : tests::filesBelow(folder, ".pkt")) out.push_back(scenario);
  for (std::string& file : out) file = std::filesystem::path(file).lexically_relative(SOCKWALK_SOURCE_DIR).string();
  std::sort(out.begin(), out.end());
  return out;
}

// The census itself: it sees a buffer that nobody frees, and an account that is not settled.
TEST(CensusOfLeaks, AreFound) {
  auto session =
      scenario::Session::open({scenario::ScriptStimulus{"leak.pkt", "0 socket(AF_INET, SOCK_DGRAM, 0) = 3"}});
  ASSERT_TRUE(session) << session.error().message;
  kernel::Machine& machine = (*session)->machine();
  const testing::Census boot = testing::censusOf(machine.journal(), machine.journal().size());
  (*session)->runAll();
  machine.interrupt("a leak", [&] {
    kernel::alloc_skb(100, kernel::GFP_KERNEL);
    for (const Allocation& a : machine.journal().allocations())
      if (a.died == NoEvent && machine.journal().caches()[a.cache].name == "UDP")
        set(t_arena->object<kernel::sock>(a.offset)->sk_omem_alloc.counter, 8);
  });
  std::string all;
  for (const std::string& what : testing::leaks(machine, boot)) all += what + "\n";
  EXPECT_NE(all.find("left alive: skbuff_head_cache sk_buff"), std::string::npos) << all;
  EXPECT_NE(all.find("sk_omem_alloc of udp_sock #1 is 8"), std::string::npos) << all;
}

// Where boot ended: what `//@link wire` sets up belongs to the scenario, and goes with it.
EventIndex endOfBoot(const Journal& journal) {
  return journal.stimuli().size() > 1 ? journal.stimuli()[1].event : journal.size(); // the first is boot itself
}

class Census : public ::testing::TestWithParam<std::string> {};

void playAndCount(const std::string& file, scenario::MachineKind machine) {
  scenario::OpenOptions options;
  options.setup.otherwise = machine;
  auto session = scenario::Session::openFile(file, options);
  if (!session && session.error().message.ends_with("//@machine recorded is not for 2.6"))
    GTEST_SKIP() << "2.6 has one machine";
  ASSERT_TRUE(session) << session.error().message;
  const testing::Census boot = testing::censusOf((*session)->journal(), endOfBoot((*session)->journal()));
  (*session)->runAll();
  for (const auto& failure : (*session)->failures()) ADD_FAILURE() << failure.message;
  for (const std::string& what : testing::leaks((*session)->machine(), boot)) ADD_FAILURE() << what;
}

TEST_P(Census, NothingIsLeftOfThePlainMachine) {
  playAndCount(SOCKWALK_SOURCE_DIR "/" + GetParam(), scenario::MachineKind::Plain);
}
TEST_P(Census, NothingIsLeftOfTheRecordedMachine) {
  playAndCount(SOCKWALK_SOURCE_DIR "/" + GetParam(), scenario::MachineKind::Recorded);
}
INSTANTIATE_TEST_SUITE_P(Scenarios, Census, ::testing::ValuesIn(everyScenario()), [](auto& each) {
  std::string name = each.param.substr(0, each.param.size() - 4);
  for (char& c : name)
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

} // namespace
} // namespace sockwalk
