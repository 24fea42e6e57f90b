// The map's picture: parts within it and apart, chosen by keys, leading to calls and views.
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
  QTest::mouseClick(&canvas(), Qt::LeftButton, {}, canvas().partRect(part).center().toPoint());
  const Event& call = walk.journal()[walk.position() - 1];
  ASSERT_EQ(call.type, EventType::Call);
  EXPECT_EQ(tell::mapPartOf(walk.journal().function(call)), part);
}

TEST_F(MapTest, KeysReachEveryPartAndOpenItsView) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  std::set<int> reached = {canvas().chosen()};
  for (const Qt::Key key :
       {Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_Down, Qt::Key_Right, Qt::Key_Down, Qt::Key_Left,
        Qt::Key_Down, Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_Down, Qt::Key_Right})
    for (int i = 0; i < (key == Qt::Key_Down ? 1 : 5); ++i) {
      QTest::keyClick(&canvas(), key);
      reached.insert(canvas().chosen());
    }
  EXPECT_GE(reached.size(), 15u);
  QSignalSpy wanted(&view, &View::viewWanted);
  QTest::keyClick(&canvas(), Qt::Key_Space);
  EXPECT_EQ(wanted.size(), 1);
}

} // namespace
