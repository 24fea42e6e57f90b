// The ladder's picture: nothing lies on another thing, and the walk and the picture follow one another.
#include "engine/memory/arena.h"
#include "tests/support/asked.h"
#include "tests/support/picture_habits.h"
#include "tests/support/walks.h"
#include "views/ladder/ladder_canvas.h"
#include "views/ladder/ladder_view.h"
#include "views/walk/record_reader.h"
#include "views/walk/walk.h"
#include <gtest/gtest.h>
#include <QComboBox>
#include <QScrollBar>
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

TEST_F(LadderTest, WordsOfASideDoNotLieOnOneAnotherNorOnTheLadder) {
  for (const char* file : {"assets/walks/tcp-between-two-hosts.pkt", "assets/walks/tcp-lost-segment.pkt"}) {
    open(file);
    const tell::Record& record = RecordReader::of(walk).record();
    std::vector<QRectF> words;
    for (const LadderRung& r : ladder().rungs) {
      if (!atSender(ladder(), r, walk.journal(), record).empty()) words.push_back(view.canvas().sideRect(r, true));
      if (!atReceiver(ladder(), r, walk.journal(), record).empty()) words.push_back(view.canvas().sideRect(r, false));
    }
    ASSERT_GT(words.size(), 4u);
    for (size_t i = 0; i < words.size(); ++i) {
      EXPECT_TRUE(words[i].right() < view.canvas().laneX(0) || words[i].left() > view.canvas().laneX(1));
      for (size_t k = 0; k < i; ++k) EXPECT_LT((words[i] & words[k]).height(), 0.01) << file << " " << i << " " << k;
    }
  }
}

TEST_F(LadderTest, WithLittleRoomItScrollsAndStaysReadable) {
  open("assets/walks/tcp-lost-segment.pkt");
  view.resize(280, 400);
  QTest::qWait(1);
  const LadderCanvas& canvas = view.canvas();
  EXPECT_GT(canvas.horizontalScrollBar()->maximum(), 0);
  EXPECT_LT(canvas.headRect(0).right(), canvas.headRect(1).left());
  for (const int end : {0, 1}) EXPECT_GT(canvas.headRect(end).width(), 150);
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
  const auto go = [&](Qt::Key key) {
    QTest::keyClick(&view.canvas(), key);
    QTest::keyClick(&view.canvas(), Qt::Key_Return);
    return view.canvas().rungNow();
  };
  EXPECT_EQ(go(Qt::Key_Home), 0);
  EXPECT_EQ(go(Qt::Key_Down), 1);
  EXPECT_EQ(go(Qt::Key_End), int(ladder().rungs.size()) - 1);
  EXPECT_EQ(go(Qt::Key_Up), int(ladder().rungs.size()) - 2);
}

TEST_F(LadderTest, ASocketThatIsLookedAtShowsItsConnection) {
  open("assets/captures/page-load.pcapng", "10.9.0.2");
  while (walk.recording()) QTest::qWait(1);
  walk.seek(walk.journal().size() / 2);
  const tell::SocketHistories& sockets = RecordReader::of(walk).record().sockets;
  std::set<u16> shown;
  for (const tell::SocketLife& life : sockets.all()) {
    if (!life.livesAt(walk.position()) || !life.valueAt(tell::SocketMember::PeerPort, walk.position())) continue;
    walk.setFocus(Arena::addressOf(life.offset));
    const u16 peer = __builtin_bswap16(static_cast<u16>(life.valueAt(tell::SocketMember::PeerPort, walk.position())));
    EXPECT_EQ(ladder().flow.firstPort, peer);
    shown.insert(peer);
  }
  EXPECT_FALSE(shown.empty());
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

// What is still to come may be the answer: it comes back with the answer.
TEST_F(LadderTest, DrawsNothingAheadWhileALessonAsks) {
  open("assets/walks/tcp-lost-segment.pkt");
  walk.seek(tests::shareOf(walk.journal(), 0.5));
  const int all = view.canvas().itemCount();
  ASSERT_LT(view.canvas().rungNow() + 1, all);
  walk.setCovers(tests::askedNow(walk.session(), walk.position(), "tcp_sock#1.copied_seq"));
  ASSERT_FALSE(walk.covers().empty());
  EXPECT_EQ(view.canvas().itemCount(), view.canvas().rungNow() + 1);
  view.grab();
  walk.setCovers({});
  EXPECT_EQ(view.canvas().itemCount(), all);
}

TEST_F(LadderTest, IsToldWalkedThroughSearchedAndZoomed) {
  open("assets/walks/tcp-between-two-hosts.pkt");
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
  tests::expectZoom(view.canvas());
}

} // namespace
