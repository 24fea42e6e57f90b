// The ladder's picture: nothing lies on another thing, and the walk and the picture follow one another.
#include "tests/support/walks.h"
#include "views/ladder/ladder_canvas.h"
#include "views/ladder/ladder_view.h"
#include "views/walk/record_reader.h"
#include "views/walk/walk.h"
#include <gtest/gtest.h>
#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace sockwalk;
using tell::LadderRung;

namespace {

struct LadderTest : ::testing::Test {
  Walk walk;
  LadderView view{walk};

  void open(const std::string& file, const std::string& host = {}) {
    view.resize(900, 560);
    view.show();
    walk.open(tests::walkOf(SOCKWALK_SOURCE_ROOT "/" + file, host));
    ASSERT_TRUE(QTest::qWaitFor([&] { return RecordReader::of(walk).atEnd() && !view.canvas().ladder().empty(); }));
  }
  const tell::Ladder& ladder() { return view.canvas().ladder(); }
};

TEST_F(LadderTest, NumbersOfOneDirectionDoNotLieOnOneAnother) {
  for (const char* file : {"assets/walks/tcp-between-two-hosts.pkt", "assets/walks/tcp-lost-segment.pkt"}) {
    open(file);
    for (const bool forward : {true, false}) {
      QRectF before;
      for (const LadderRung& r : ladder().rungs) {
        if (r.kind == LadderRung::Read || r.forward != forward) continue;
        const QRectF label = view.canvas().labelRect(r);
        EXPECT_FALSE(label.adjusted(0, 3, 0, -3).intersects(before.adjusted(0, 3, 0, -3))) << file << " " << r.numbers;
        EXPECT_GT(label.left(), view.canvas().laneX(0));
        EXPECT_LT(label.right(), view.canvas().laneX(1));
        before = label;
      }
    }
  }
}

TEST_F(LadderTest, AClickOnAnArrowLeadsToWhereItLeavesOrArrives) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  LadderCanvas& canvas = view.canvas();
  walk.seek(ladder().rungs[3].event() + 1);
  const LadderRung& r = ladder().rungs[4];
  ASSERT_NE(r.arrived, NoEvent);
  const auto at = [&](double share) {
    const QLineF arrow = canvas.arrowOf(r);
    return arrow.pointAt(share).toPoint();
  };
  QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, at(0.1));
  EXPECT_EQ(walk.position(), r.left + 1);
  EXPECT_EQ(canvas.rungNow(), 4);
  QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, at(0.9));
  EXPECT_EQ(walk.position(), r.arrived + 1);
}

TEST_F(LadderTest, KeysGoFromSegmentToSegment) {
  open("assets/walks/tcp-lost-segment.pkt");
  QTest::keyClick(&view.canvas(), Qt::Key_Home);
  EXPECT_EQ(view.canvas().rungNow(), 0);
  QTest::keyClick(&view.canvas(), Qt::Key_Down);
  EXPECT_EQ(view.canvas().rungNow(), 1);
  QTest::keyClick(&view.canvas(), Qt::Key_End);
  EXPECT_EQ(view.canvas().rungNow(), int(ladder().rungs.size()) - 1);
  QTest::keyClick(&view.canvas(), Qt::Key_Up);
  EXPECT_EQ(view.canvas().rungNow(), int(ladder().rungs.size()) - 2);
}

TEST_F(LadderTest, WhoChoosesAConnectionKeepsIt) {
  open("assets/captures/page-load.pcapng", "10.9.0.2");
  ASSERT_EQ(view.flows()->count(), 2);
  EXPECT_TRUE(view.follows());
  view.flows()->setCurrentIndex(1);
  emit view.flows()->activated(1);
  EXPECT_FALSE(view.follows());
  const u16 port = ladder().flow.firstPort;
  walk.seek(0);
  walk.seek(walk.journal().size() / 2);
  EXPECT_EQ(ladder().flow.firstPort, port);
}

} // namespace
