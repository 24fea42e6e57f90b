// The source of a moment: the text that is part of the program, the line of each open call.
#include "engine/tell/source/source_files.h"
#include "engine/tell/source/source_frames.h"
#include "tests/views/sample/recorded_session.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

constexpr std::string_view Text = R"(static int two(int a) {
  KFUNC(two, a);
  return call.result(a); // three(a) in a comment
}
int one(const ops* table) {
  KFUNC(one, table);
  NOTE("one.begins");
  if (two(1)) return call.result(0);
  return call.result(table->three(2));
}
int three(int) {
}
)";

const SourceLines Lines = [] {
  SourceLines lines;
  for (std::string_view rest = Text; !rest.empty(); rest.remove_prefix(lines.back().size() + 1))
    lines.push_back(rest.substr(0, rest.find('\n')));
  return lines;
}();

TEST(CallLine, IsWhereTheCalleesNameIsCalled) {
  EXPECT_EQ(callLine(Lines, 6, "two"), 8);
  EXPECT_EQ(callLine(Lines, 8, "two"), 8); // a statement that is under way counts
}
TEST(CallLine, FindsASlotOfATable) { EXPECT_EQ(callLine(Lines, 6, "three"), 9); }
TEST(WrittenLine, IsOneThatCouldHaveWritten) {
  EXPECT_TRUE(couldRun(Lines, 6, 7));
  EXPECT_FALSE(couldRun(Lines, 6, 12)); // a brace of another function: the number is of another file
}
TEST(CallLine, StaysInsideTheFunctionAndOutOfComments) {
  EXPECT_EQ(callLine(Lines, 2, "three"), 0);
  EXPECT_EQ(callLine(Lines, 9, "two"), 0);
  EXPECT_EQ(callLine(Lines, 6, "wo"), 0); // not part of another name
}

struct TellSource : ::testing::Test {
  RecordedSession session;
  TellSource() { session.machine().boot(); }
};

TEST_F(TellSource, EveryFunctionThatRunsHasItsSourceInTheProgram) {
  const Journal& j = session.journal();
  ASSERT_GT(j.size(), 100u);
  for (EventIndex i = 0; i < j.size(); ++i) {
    if (j[i].type != EventType::Call) continue;
    const FunctionInfo& f = j.function(j[i]);
    const SourceLines* lines = sourceLines(f.file);
    ASSERT_TRUE(lines) << f.file;
    ASSERT_LE(f.line, int(lines->size())) << f.file;
    EXPECT_TRUE(lines->at(size_t(f.line) - 1).find("KFUNC") != std::string_view::npos) << f.file << ":" << f.line;
  }
}

TEST_F(TellSource, TheEmbeddedTextIsTheFilesText) {
  const std::string file = "engine/kernel/init/main.cpp";
  const std::string onDisk = readText(std::string(SOCKWALK_SOURCE_DIR "/") + file);
  EXPECT_EQ(sourceText(file), onDisk);
  ASSERT_TRUE(sourceLines(file));
  EXPECT_EQ(sourceLines(file)->size(), size_t(std::count(onDisk.begin(), onDisk.end(), '\n')));
  EXPECT_FALSE(sourceLines("engine/kernel/nowhere.cpp"));
}

TEST_F(TellSource, CallersStandAtTheLineOfTheirCall) {
  Playhead at(session.journal());
  const Journal& j = session.journal();
  std::set<std::pair<std::string, std::string>> told, named; // caller and callee, however often: a loop is one place
  for (EventIndex i = 0; i < j.size() && i < 20000; ++i) {
    if (j[i].type != EventType::Call) continue;
    at.seek(i + 1);
    const auto frames = sourceFrames(at);
    for (size_t k = 0; k + 1 < frames.size(); ++k) {
      const SourceLines* lines = sourceLines(frames[k].file);
      ASSERT_TRUE(lines);
      ASSERT_GE(frames[k].line, 1);
      ASSERT_LE(frames[k].line, int(lines->size()));
      const auto pair = std::make_pair(frames[k].function, frames[k + 1].function);
      told.insert(pair);
      const std::string_view line = lines->at(size_t(frames[k].line) - 1);
      if (line.find(frames[k + 1].function) != line.npos) named.insert(pair);
    }
  }
  ASSERT_GT(told.size(), 20u);
  EXPECT_GT(named.size(), told.size() * 7 / 10) << "of " << told.size(); // the others go through tables or helpers
}

TEST_F(TellSource, SaysWhatEachOpenFunctionLeavesOut) {
  Playhead at(session.journal());
  const Journal& j = session.journal();
  EventIndex simplified = 0;
  for (EventIndex i = 0; i < j.size() && !simplified; ++i)
    if (j[i].type == EventType::Call && !Symbols::get().simplified(j.function(j[i]).name).empty()) simplified = i + 1;
  ASSERT_TRUE(simplified);
  at.seek(simplified);
  const auto frames = sourceFrames(at);
  const auto said = lines(frames);
  EXPECT_EQ(said.back(), "    simplified: " + english(frames.back().simplified));
  EXPECT_EQ(json(frames).back()["simplified"], english(frames.back().simplified));
  EXPECT_EQ(json(frames).size(), frames.size());
}

} // namespace
