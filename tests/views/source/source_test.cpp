// The source view: embedded files, the line of each open call, and the strip of callers.
#include "tests/views/sample/recorded_session.h"
#include "views/source/code_pane.h"
#include "views/source/frame_strip.h"
#include "views/source/source_frames.h"
#include "views/source/source_text.h"
#include "views/source/source_view.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <fstream>
#include <gtest/gtest.h>
#include <QApplication>
#include <set>

using namespace sockwalk;

namespace {

const QStringList Text = QString(R"(static int two(int a) {
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
)")
                             .split('\n');

TEST(CallLine, IsWhereTheCalleesNameIsCalled) {
  EXPECT_EQ(callLine(Text, 6, "two"), 8);
  EXPECT_EQ(callLine(Text, 8, "two"), 8); // a statement that is under way counts
}
TEST(CallLine, FindsASlotOfATable) { EXPECT_EQ(callLine(Text, 6, "three"), 9); }
TEST(WrittenLine, IsOneThatCouldHaveWritten) {
  EXPECT_TRUE(couldRun(Text, 6, 7));
  EXPECT_FALSE(couldRun(Text, 6, 12)); // a brace of another function: the number is of another file
}
TEST(CallLine, StaysInsideTheFunctionAndOutOfComments) {
  EXPECT_EQ(callLine(Text, 2, "three"), 0);
  EXPECT_EQ(callLine(Text, 9, "two"), 0);
  EXPECT_EQ(callLine(Text, 6, "wo"), 0); // not part of another name
}

struct Booted : ::testing::Test {
  Walk walk;
  SourceView view{walk};
  void SetUp() override {
    auto session = std::make_unique<RecordedSession>();
    session->machine().boot();
    walk.open(std::move(session));
  }
};

TEST_F(Booted, EveryFunctionThatRunsHasItsSourceInTheProgram) {
  const Journal& j = walk.journal();
  ASSERT_GT(j.size(), 100u);
  for (EventIndex i = 0; i < j.size(); ++i) {
    if (j[i].type != EventType::Call) continue;
    const FunctionInfo& f = j.function(j[i]);
    const QStringList* lines = sourceLines(QString::fromUtf8(f.file.data(), qsizetype(f.file.size())));
    ASSERT_TRUE(lines) << f.file;
    ASSERT_LE(f.line, lines->size()) << f.file;
    EXPECT_TRUE(lines->at(f.line - 1).contains("KFUNC")) << f.file << ":" << f.line;
  }
}

TEST_F(Booted, TheEmbeddedTextIsTheFilesText) {
  const QString file = "engine/kernel/init/main.cpp";
  const std::string onDisk = readText(std::string(SOCKWALK_SOURCE_DIR "/") + file.toStdString());
  ASSERT_TRUE(sourceLines(file));
  EXPECT_EQ(sourceLines(file)->join('\n').toStdString() + "\n", onDisk);
}

TEST_F(Booted, CallersStandAtTheLineOfTheirCall) {
  Playhead at(walk.journal());
  const Journal& j = walk.journal();
  std::set<std::pair<QString, QString>> told, named; // caller and callee, however often: a loop is one place
  for (EventIndex i = 0; i < j.size() && i < 20000; ++i) {
    if (j[i].type != EventType::Call) continue;
    at.seek(i + 1);
    const auto frames = sourceFrames(at);
    for (size_t k = 0; k + 1 < frames.size(); ++k) {
      const QStringList* lines = sourceLines(frames[k].file);
      ASSERT_TRUE(lines);
      ASSERT_GE(frames[k].line, 1);
      ASSERT_LE(frames[k].line, lines->size());
      const auto pair = std::make_pair(frames[k].function, frames[k + 1].function);
      told.insert(pair);
      if (lines->at(frames[k].line - 1).contains(frames[k + 1].function)) named.insert(pair);
    }
  }
  ASSERT_GT(told.size(), 20u);
  EXPECT_GT(named.size(), told.size() * 7 / 10) << "of " << told.size(); // the others go through tables or helpers
}

TEST_F(Booted, TheViewShowsTheRunningLineAndACallersOnRequest) {
  const Journal& j = walk.journal();
  EventIndex deep = 0;
  for (EventIndex i = 0; i < j.size() && !deep; ++i)
    if (j[i].type == EventType::Call && depthOf(j, i) >= 3) deep = i;
  ASSERT_GT(deep, 0u);
  walk.seek(deep + 1);
  const auto source = walk.playhead().source();
  EXPECT_EQ(view.code().file().toStdString(), source.file);
  EXPECT_EQ(view.code().line(), source.line);
  const int running = view.strip().chosen();
  EXPECT_GE(running, 3);
  view.strip().choose(running - 1);
  EXPECT_EQ(view.code().line(), sourceFrames(walk.playhead())[running - 1].line);
  walk.seek(0); // outside of any function: nothing to show, and no stale text to fall over
  EXPECT_EQ(view.strip().chosen(), -1);
}

} // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  QApplication app(argc, argv);
  applyTheme(app);
  return RUN_ALL_TESTS();
}
