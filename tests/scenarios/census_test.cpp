// After every scenario and every lesson, when its tasks have ended and all timers have run out: nothing is left that the
// kernel would have freed, all accounts are settled, all references are dropped.
#include "engine/scenario/session.h"
#include "tests/support/census.h"
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace sockwalk {

namespace {

std::vector<std::string> everyScenario() {
  std::vector<std::string> out;
  for (const char* folder : {SOCKWALK_SOURCE_DIR "/tests/scenarios", SOCKWALK_SOURCE_DIR "/lessons"})
    for (auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".pkt") out.push_back(entry.path().lexically_relative(SOCKWALK_SOURCE_DIR).string());
  std::sort(out.begin(), out.end());
  return out;
}

class Census : public ::testing::TestWithParam<std::string> {};

TEST_P(Census, NothingIsLeft) {
  auto session = scenario::Session::openFile(SOCKWALK_SOURCE_DIR "/" + GetParam());
  ASSERT_TRUE(session) << session.error().message;
  const testing::Census boot = testing::censusOf((*session)->journal(), (*session)->journal().size());
  (*session)->runAll();
  for (const std::string& what : testing::leaks((*session)->machine(), boot)) ADD_FAILURE() << what;
}
INSTANTIATE_TEST_SUITE_P(Scenarios, Census, ::testing::ValuesIn(everyScenario()), [](auto& info) {
  std::string name = info.param.substr(0, info.param.size() - 4);
  for (char& c : name)
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

} // namespace
} // namespace sockwalk
