// The source view: the text and the line of each open call, and the strip of callers.
#include "engine/tell/source/source_files.h"
#include "tests/views/sample/recorded_session.h"
#include "views/source/code_pane.h"
#include "views/source/frame_strip.h"
#include "views/source/source_view.h"
#include "views/walk/walk.h"
#include <gtest/gtest.h>

using namespace sockwalk;

namespace {

struct Booted : ::testing::Test {
  Walk walk;
  SourceView view{walk};
  void SetUp() override {
    auto session = std::make_unique<RecordedSession>();
    session->machine().boot();
    walk.open(std::move(session));
  }
};

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
  EXPECT_EQ(view.code().line(), tell::sourceFrames(walk.playhead())[running - 1].line);
  EXPECT_EQ(view.code().toPlainText().toStdString() + "\n", tell::sourceText(view.code().file().toStdString()));
  walk.seek(0); // outside of any function: nothing to show, and no stale text to fall over
  EXPECT_EQ(view.strip().chosen(), -1);
}

} // namespace
