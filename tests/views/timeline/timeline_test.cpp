// The timeline: bars from calls, lanes from contexts, geometry, and what mouse and keys do.
#include "tests/views/sample/recorded_session.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_canvas.h"
#include "views/timeline/timeline_view.h"
#include "views/walk/walk.h"
#include <gtest/gtest.h>
#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

using namespace sockwalk;

namespace {

const char* const Tree = "one\n  two\n    three\n  four\nfive\n";

std::unique_ptr<RecordedSession> session() {
  knowFunctions(Tree);
  auto s = std::make_unique<RecordedSession>();
  s->play("first()", Tree);
  s->play("second()", Tree, Context::Softirq);
  return s;
}

std::string dump(const TimelineModel& model) {
  std::string out;
  for (const TimelineLane& lane : model.lanes()) {
    out += lane.name + "\n";
    for (const auto& row : lane.rows) {
      out += " ";
      for (const TimelineBar& b : row) out += " " + std::string(Symbols::get().function(b.function).name);
      out += "\n";
    }
  }
  return out;
}

TEST(TimelineModel, PutsCallsInRowsByDepthAndInLanesByContext) {
  const auto s = session();
  TimelineModel model;
  model.update(s->journal());
  EXPECT_EQ(dump(model), "task 100\n  one five\n  two four\n  three\ninterrupt\n  one five\n  two four\n  three\n");
}

TEST(TimelineModel, GrowsToTheSameAsWhenBuiltAtOnce) {
  knowFunctions(Tree);
  RecordedSession s;
  TimelineModel growing, whole;
  for (int i = 0; i < 5; ++i) {
    s.play("again()", Tree, i % 2 ? Context::Softirq : Context::Task);
    growing.update(s.journal());
  }
  whole.update(s.journal());
  EXPECT_EQ(dump(growing), dump(whole));
}

TEST(TimelineModel, RowsAreSortedAndBarsOfARowApart) {
  const auto s = session();
  TimelineModel model;
  model.update(s->journal());
  for (const TimelineLane& lane : model.lanes())
    for (const auto& row : lane.rows)
      for (size_t i = 1; i < row.size(); ++i) EXPECT_LT(row[i - 1].end, row[i].begin);
}

TEST(TimelineModel, ACallThatSleepsKeepsItsRowWhileOthersRun) {
  knowFunctions(Tree);
  RecordedSession s;
  Recorder& r = s.recorder();
  const FunctionInfo& f = *Symbols::get().functions()[0];
  r.context(Context::Task, 100, "task 100", 0, NoEvent);
  const EventIndex sleeps = r.call(f, nullptr, 0);
  s.play("other()", Tree, Context::Softirq);
  TimelineModel model;
  model.update(s.journal());
  EXPECT_EQ(model.lanes()[0].rows[0][0].end, NoEvent);
  r.context(Context::Task, 100, "task 100", 0, sleeps);
  r.call(f, nullptr, 0);
  r.leave(sleeps + 0, false, 0, 1);
  model.update(s.journal());
  EXPECT_EQ(model.lanes()[0].rows[0].back().end, s.journal().size() - 1);
  EXPECT_EQ(model.lanes()[0].rows.size(), 2u); // what it calls after its sleep is below it
}

TEST(TimelineModel, FindsMarksAndBarsByEvent) {
  const auto s = session();
  const u8 frame[4] = {};
  s->recorder().packet(true, 2, 0, frame, sizeof frame);
  s->recorder().drop(0x1000000, 2);
  TimelineModel model;
  model.update(s->journal());
  ASSERT_EQ(model.marks().size(), 2u);
  EXPECT_EQ(model.marks()[0].kind, TimelineMark::In);
  EXPECT_EQ(model.firstMarkFrom(model.marks()[1].event), 1u);
  const auto& row = model.lanes()[0].rows[0];
  EXPECT_EQ(TimelineModel::firstEndingAfter(row, row[0].end), 1u);
  EXPECT_TRUE(TimelineModel::touches(row, row[0].begin, row[0].begin + 1));
  EXPECT_FALSE(TimelineModel::touches(row, 0, row[0].begin));
}

TEST(TimelineLayout, KeepsCallsWithinTheirCallersAndRowsApart) {
  const auto s = session();
  TimelineModel model;
  model.update(s->journal());
  TimelineLayout layout;
  layout.arrange(model, {0, double(model.size())}, QRectF(70, 30, 800, 120), 1);
  ASSERT_EQ(layout.rows().size(), 6u);
  ASSERT_EQ(layout.labels().size(), 2u);
  for (size_t i = 1; i < 6; ++i) EXPECT_GE(layout.rows()[i].y, layout.rows()[i - 1].y + layout.barHeight());
  EXPECT_DOUBLE_EQ(layout.x(0), 70);
  EXPECT_NEAR(layout.eventAt(layout.x(7)), 7, 1e-9);
  // Only what is in the range takes a row.
  const auto& first = model.lanes()[0].rows[0][0];
  layout.arrange(model, {double(first.begin), double(first.begin) + 1}, QRectF(70, 30, 800, 120), 1);
  EXPECT_EQ(layout.rows().size(), 1u);
  EXPECT_TRUE(layout.labels().empty());
}

struct Window : ::testing::Test {
  Walk walk;
  TimelineView view{walk};
  void SetUp() override {
    view.resize(900, 200);
    view.show();
    walk.open(session(), 5);
    view.fit();
    QCoreApplication::processEvents();
  }
  TimelineCanvas& canvas() { return view.canvas(); }
  QPoint middleOf(u32 lane, u32 row, size_t index) {
    const TimelineBar& bar = canvas().model().lanes()[lane].rows[row][index];
    const TimelineRow* r = canvas().layout().find(lane, row);
    return QPoint(int(canvas().layout().x((bar.begin + bar.end) / 2.0)), int(r->y + canvas().layout().barHeight() / 2));
  }
};

TEST_F(Window, AClickOnABarSeeksToItsCall) {
  const TimelineBar& bar = canvas().model().lanes()[1].rows[1][0];
  QTest::mouseClick(&canvas(), Qt::LeftButton, {}, middleOf(1, 1, 0));
  EXPECT_EQ(walk.position(), bar.begin + 1);
}

TEST_F(Window, ADragMovesThePlayheadWithIt) {
  QTest::mousePress(&canvas(), Qt::LeftButton, {}, QPoint(300, 5));
  QTest::mouseMove(&canvas(), QPoint(600, 5));
  QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, QPoint(600, 5));
  EXPECT_NEAR(walk.position(), canvas().layout().eventAt(600), 1);
}

TEST_F(Window, TheWheelZoomsAroundThePointer) {
  const double before = canvas().layout().eventAt(400), length = canvas().layout().range().length();
  QWheelEvent wheel(QPointF(400, 80), canvas().mapToGlobal(QPointF(400, 80)), {}, {0, 120}, {}, {}, Qt::NoScrollPhase,
                    false);
  QCoreApplication::sendEvent(&canvas(), &wheel);
  EXPECT_LT(canvas().layout().range().length(), length);
  EXPECT_NEAR(canvas().layout().eventAt(400), before, 0.5);
  EXPECT_EQ(canvas().scope(), TimelineCanvas::Scope::Free);
}

TEST_F(Window, TheScopeOfACallFollowsThePlayhead) {
  canvas().setScope(TimelineCanvas::Scope::Call);
  for (const Stimulus& s : walk.journal().stimuli()) {
    walk.seek(s.event + 3);
    EXPECT_DOUBLE_EQ(canvas().layout().range().from, s.event);
  }
}

TEST_F(Window, KeysStepAndZoom) {
  const EventIndex before = walk.position();
  QTest::keyClick(&canvas(), Qt::Key_Right);
  EXPECT_GT(walk.position(), before);
  QTest::keyClick(&canvas(), Qt::Key_Left);
  EXPECT_EQ(walk.position(), before);
  QTest::keyClick(&canvas(), Qt::Key_Plus);
  EXPECT_EQ(canvas().scope(), TimelineCanvas::Scope::Free);
  QTest::keyClick(&canvas(), Qt::Key_0);
  EXPECT_EQ(canvas().scope(), TimelineCanvas::Scope::Whole);
}

TEST(TimelineSpeed, AMillionEventsPaintWithinAFewFrames) {
  knowFunctions(Tree);
  auto s = std::make_unique<RecordedSession>();
  while (s->journal().size() < 1000000) s->play("again()", Tree);
  Walk walk;
  TimelineView view(walk);
  view.resize(1264, 200);
  walk.open(std::move(s), 500000);
  view.fit();
  view.grab(); // fonts
  QElapsedTimer clock;
  clock.start();
  for (int i = 0; i < 10; ++i) view.grab();
  EXPECT_LT(clock.elapsed() / 10, 100) << "ms a picture";
}

} // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  QApplication app(argc, argv);
  applyTheme(app);
  return RUN_ALL_TESTS();
}
