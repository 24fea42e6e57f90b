// The strips of latency: one after the other, adding up to the time that the packet took.
#include "engine/tell/buffers/buffer_journey.h"
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/latency/latency_canvas.h"
#include "views/latency/latency_view.h"

using namespace sockwalk;

namespace {

struct LatencyTest : tests::ShownView<LatencyView> {
  LatencyCanvas& canvas() { return view.canvas(); }
};

TEST_F(LatencyTest, PiecesAddUpToTheTimeOfThePacketAndFollowOneAnother) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  const tell::PacketList& list = RecordReader::of(walk).record().packets;
  tell::BufferJourneys journeys;
  ASSERT_GT(canvas().packets(), 20);
  for (int packet = 0; packet < canvas().packets(); ++packet) {
    if (list.lifeOf(packet) < 0) continue;
    const auto& journey = journeys.of(walk.journal(), list.lives(), list.lifeOf(packet));
    s64 sum = 0;
    double right = -1;
    for (const LatencyPiece& piece : canvas().stripOf(packet)) {
      sum += piece.ns;
      EXPECT_GE(piece.rect.left(), right - 0.01);
      right = piece.rect.right();
    }
    EXPECT_EQ(sum, journey.times().total) << packet;
  }
}

TEST_F(LatencyTest, KeysAndClicksLeadToPackets) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  QTest::keyClick(&canvas(), Qt::Key_Home);
  QTest::keyClick(&canvas(), Qt::Key_Return);
  EXPECT_EQ(canvas().packetNow(), 0);
  QTest::keyClick(&canvas(), Qt::Key_Down);
  QTest::keyClick(&canvas(), Qt::Key_Return);
  EXPECT_EQ(canvas().packetNow(), 1);
  const auto strip = canvas().stripOf(3);
  ASSERT_GT(strip.size(), 2u);
  QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, strip[1].rect.center().toPoint());
  EXPECT_EQ(walk.position(), strip[1].span.from + 1);
}

TEST_F(LatencyTest, IsToldWalkedThroughSearchedAndZoomed) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
  tests::expectZoom(view.canvas());
}

} // namespace
