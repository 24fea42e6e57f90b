// The timeline: its geometry, and what mouse and keys do. Bars and lanes themselves: tests/engine/tell/lanes_test.cpp.
#include "tests/views/sample/recorded_session.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_canvas.h"
#include "views/timeline/timeline_view.h"
#include "views/walk/walk.h"
#include <gtest/gtest.h>
#include <QElapsedTimer>
#include <QTest>
#include <QToolButton>

using namespace sockwalk;

namespace {

const char* const Tree = "one\n  two\n    three\n  four\nfive\n";
const bool known = knowFunctions(Tree);

std::unique_ptr<RecordedSession> session() {
  auto s = std::make_unique<RecordedSession>();
  s->play("first()", Tree);
  s->play("second()", Tree, Context::Softirq);
  return s;
}

TEST(TimelineLayout, KeepsCallsWithinTheirCallersAndRowsApart) {
  const auto s = session();
  tell::Lanes model;
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
    const tell::LaneBar& bar = canvas().model().lanes()[lane].rows[row][index];
    const TimelineRow* r = canvas().layout().find(lane, row);
    return QPoint(int(canvas().layout().x((bar.begin + bar.end) / 2.0)), int(r->y + canvas().layout().barHeight() / 2));
  }
};

TEST_F(Window, AClickOnABarSeeksToItsCall) {
  const tell::LaneBar& bar = canvas().model().lanes()[1].rows[1][0];
  QTest::mouseClick(&canvas(), Qt::LeftButton, {}, middleOf(1, 1, 0));
  EXPECT_EQ(walk.position(), bar.begin + 1);
}

TEST_F(Window, ADragMovesThePlayheadWithIt) {
  QTest::mousePress(&canvas(), Qt::LeftButton, {}, QPoint(300, 5));
  QTest::mouseMove(&canvas(), QPoint(600, 5));
  QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, QPoint(600, 5));
  EXPECT_NEAR(walk.position(), canvas().layout().eventAt(600), 1);
}

// Its handle is as far down as the words and buttons along the top reach, wherever the playhead stands.
TEST_F(Window, ThePlayheadLiesOnNoWordAndOnNoButton) {
  const QColor red = theme().color(Role::Playhead);
  int lowest = 0;
  for (const auto* button : view.findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly))
    if (button->isVisible())
      lowest = std::max(lowest, button->geometry().translated(view.mapTo(&view, QPoint())).bottom());
  ASSERT_GT(lowest, 10);
  const auto topOfTheRed = [&] {
    const QImage picture = canvas().grab().toImage();
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x)
        if (picture.pixelColor(x, y) == red) return y;
    return picture.height();
  };
  for (const EventIndex at : {EventIndex(0), walk.journal().size() / 2, walk.journal().size()}) {
    walk.seek(at);
    const int top = topOfTheRed();
    EXPECT_LT(top, canvas().height()) << "it is there";
    EXPECT_GE(top + canvas().y(), lowest - 2) << at;
  }
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

// What the wheel and a double click do, for those who have none.
TEST_F(Window, KeysMoveThePartShownAndFillItWithTheRunningCall) {
  QTest::keyClick(&canvas(), Qt::Key_Plus);
  const TimelineRange before = canvas().layout().range();
  QTest::keyClick(&canvas(), Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_GT(canvas().layout().range().from, before.from);
  EXPECT_NEAR(canvas().layout().range().length(), before.length(), 1e-6);
  QTest::keyClick(&canvas(), Qt::Key_Left, Qt::ShiftModifier);
  EXPECT_NEAR(canvas().layout().range().from, before.from, 1e-6);
  const tell::LaneBar& bar = canvas().model().lanes()[1].rows[0][0];
  walk.seek(bar.begin + 1);
  QTest::keyClick(&canvas(), Qt::Key_Return);
  EXPECT_NEAR(canvas().layout().range().from, bar.begin, 1);
  EXPECT_NEAR(canvas().layout().range().to, bar.end + 1, 1);
}

// All that is drawn is said: bars, what the machine is told, and the playhead.
TEST_F(Window, SaysWhatItDraws) {
  std::size_t bars = 0;
  for (const tell::Lane& lane : canvas().model().lanes())
    for (const auto& row : lane.rows) bars += row.size();
  const Description& said = canvas().description();
  EXPECT_EQ(said.items.size(), bars + walk.journal().stimuli().size() + 1);
  for (const DescribedItem& item : said.items) EXPECT_FALSE(item.rect.isEmpty()) << said.nameOf(item).toStdString();
  QTest::keyClick(&canvas(), Qt::Key_Plus);
  EXPECT_LE(canvas().description().items.size(), said.items.size());
}

TEST(TimelineSpeed, AMillionEventsPaintWithinAFewFrames) {
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
