// The plots' picture: panels apart, the line of now where the walk is, and a click that leads to its time.
#include "engine/memory/constants/tcp.h"
#include "tests/support/asked.h"
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/plots/plots_canvas.h"
#include "views/plots/plots_view.h"

using namespace sockwalk;

namespace {

struct PlotsTest : tests::ShownView<PlotsView> {
  PlotsCanvas& canvas() { return view.canvas(); }
  // Somewhere in the middle of a connection.
  void openInside() {
    open("assets/walks/tcp-lost-segment.pkt");
    walk.toNextCall("tcp_fastretrans_alert", false);
    ASSERT_FALSE(canvas().plots().panels.empty());
  }
};

TEST_F(PlotsTest, PanelsLieApartAndLegendsWithinThePicture) {
  openInside();
  for (int p = 0; p < int(canvas().plots().panels.size()); ++p) {
    EXPECT_TRUE(!p || canvas().panelRect(p).top() > canvas().panelRect(p - 1).bottom());
    for (int l = 0; l < int(canvas().plots().panels[size_t(p)].lines.size()); ++l) {
      EXPECT_GT(canvas().legendRect(p, l).left(), canvas().panelRect(p).right());
      EXPECT_LE(canvas().legendRect(p, l).right(), canvas().width());
      EXPECT_LE(canvas().legendRect(p, l).bottom(), canvas().panelRect(p).bottom() + 1);
    }
  }
}

TEST_F(PlotsTest, AClickLeadsToTheMomentUnderIt) {
  openInside();
  const tell::PlotLine& line = canvas().plots().panels[0].lines[0];
  const tell::PlotPoint point = line.points.back();
  QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {},
                    QPoint(int(canvas().x(point.time)) + 1, int(canvas().panelRect(0).center().y())));
  EXPECT_GT(walk.position(), point.event);
  EXPECT_EQ(line.valueAt(walk.position()), point.value);
}

TEST_F(PlotsTest, KeysGoFromChangeToChangeAndZoom) {
  openInside();
  const EventIndex before = walk.position();
  QTest::keyClick(&canvas(), Qt::Key_Left);
  EXPECT_LT(walk.position(), before);
  const s64 whole = canvas().to() - canvas().from();
  QTest::keyClick(&canvas(), Qt::Key_Plus);
  EXPECT_LT(canvas().to() - canvas().from(), whole);
  QTest::keyClick(&canvas(), Qt::Key_0);
  EXPECT_EQ(canvas().to() - canvas().from(), whole);
}

// While a lesson asks, the paper ahead of now is empty.
TEST_F(PlotsTest, DrawsNothingAheadWhileALessonAsks) {
  openInside();
  const auto ahead = [&] {
    const QRectF panel = canvas().panelRect(0);
    const double now = canvas().x(walk.journal().timeAt(walk.position() - 1));
    const QImage picture =
        canvas()
            .grab(QRectF(now + 4, panel.top() + 2, panel.right() - now - 6, panel.height() - 4).toAlignedRect())
            .toImage();
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x)
        if (picture.pixel(x, y) != picture.pixel(0, 0)) return true;
    return false;
  };
  EXPECT_TRUE(ahead());
  walk.setCovers(tests::askedNow(walk.session(), walk.position(), "tcp_sock#1.copied_seq"));
  ASSERT_FALSE(walk.covers().empty());
  EXPECT_FALSE(ahead());
  walk.setCovers({});
  EXPECT_TRUE(ahead());
}

TEST_F(PlotsTest, IsToldWalkedThroughSearchedAndZoomed) {
  openInside();
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
}

} // namespace
