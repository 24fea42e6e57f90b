// The map's picture: parts within it and apart, chosen by keys, leading to calls and views.
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/map/map_canvas.h"
#include "views/map/map_view.h"
#include <QSignalSpy>

using namespace sockwalk;

namespace {

struct MapTest : tests::ShownView<MapView> {
  MapCanvas& canvas() { return view.canvas(); }
  int partOf(const char* id) {
    for (int i = 0; i < int(tell::stackMap().size()); ++i)
      if (std::string_view(tell::stackMap()[size_t(i)].id) == id) return i;
    return -1;
  }
};

TEST_F(MapTest, PartsLieWithinThePictureAndApart) {
  for (const QSize size : {QSize(900, 620), QSize(560, 420)}) {
    open("assets/walks/tcp-between-two-hosts.pkt", size);
    for (int i = 0; i < int(tell::stackMap().size()); ++i) {
      EXPECT_TRUE(QRectF(canvas().rect()).contains(canvas().partRect(i))) << tell::stackMap()[size_t(i)].id;
      for (int k = 0; k < i; ++k)
        EXPECT_FALSE(canvas().partRect(i).intersects(canvas().partRect(k)))
            << tell::stackMap()[size_t(i)].id << " " << tell::stackMap()[size_t(k)].id;
    }
  }
}

TEST_F(MapTest, AClickGoesToTheNextCallOfThePart) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  walk.toNextCall("tcp_v4_connect", false);
  const int part = partOf("routes");
  QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, canvas().partRect(part).center().toPoint());
  const Event& call = walk.journal()[walk.position() - 1];
  ASSERT_EQ(call.type, EventType::Call);
  EXPECT_EQ(tell::mapPartOf(walk.journal().function(call)), part);
}

TEST_F(MapTest, TheNameOfItsViewOpensThat) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  QSignalSpy wanted(&view, &View::viewWanted);
  int links = 0;
  for (int part = 0; part < canvas().itemCount(); ++part) {
    const QRectF link = canvas().linkRect(part);
    if (link.isEmpty()) continue;
    EXPECT_TRUE(canvas().partRect(part).contains(link));
    QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, link.center().toPoint());
    ++links;
    ASSERT_EQ(wanted.size(), links);
    EXPECT_EQ(wanted.back().front().toString().toStdString(), tell::stackMap()[size_t(part)].view);
  }
  EXPECT_GT(links, int(tell::stackMap().size()) / 2);
}

TEST_F(MapTest, KeysReachEveryPartAndOpenItsView) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  std::set<int> reached = {canvas().chosen()};
  constexpr Qt::Key Keys[] = {Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_Up};
  for (u32 i = 0, random = 7; i < 1500; ++i, random = random * 1664525 + 1013904223) {
    QTest::keyClick(&canvas(), Keys[random >> 30]);
    reached.insert(canvas().chosen());
  }
  EXPECT_EQ(reached.size(), tell::stackMap().size());
  QSignalSpy wanted(&view, &View::viewWanted);
  QTest::keyClick(&canvas(), Qt::Key_Space);
  EXPECT_EQ(wanted.size(), 1);
}

TEST_F(MapTest, IsToldWalkedThroughSearchedAndZoomed) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
  tests::expectZoom(view.canvas());
}

} // namespace
