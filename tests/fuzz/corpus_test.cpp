// Plays what the fuzzers found, and a little of what they started from, in every build.
#include "tests/fuzz/frame_fuzz.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace sockwalk {

namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(FuzzCorpus, FramesDoNoHarm) {
  int played = 0;
  for (auto& entry : std::filesystem::directory_iterator(SOCKWALK_FUZZ "/frames")) {
    const std::string input = contents(entry.path());
    for (const auto& what : playHostileFrames({reinterpret_cast<const std::uint8_t*>(input.data()), input.size()}))
      ADD_FAILURE() << entry.path().filename() << ": " << what;
    ++played;
  }
  EXPECT_GT(played, 5);
}

TEST(FuzzCorpus, CapturesAreReadAndWritten) {
  int played = 0;
  for (auto& entry : std::filesystem::directory_iterator(SOCKWALK_FUZZ "/captures")) {
    const std::string input = contents(entry.path());
    EXPECT_EQ(readHostileCapture({reinterpret_cast<const std::uint8_t*>(input.data()), input.size()}), "")
        << entry.path().filename();
    ++played;
  }
  EXPECT_GT(played, 5);
}

TEST(FuzzCorpus, ScriptsParseToWhatTheyPrint) {
  int played = 0;
  for (auto& entry : std::filesystem::directory_iterator(SOCKWALK_FUZZ "/scripts")) {
    EXPECT_EQ(parseHostileScript(contents(entry.path())), "") << entry.path().filename();
    ++played;
  }
  EXPECT_GT(played, 5);
}

} // namespace
} // namespace sockwalk
