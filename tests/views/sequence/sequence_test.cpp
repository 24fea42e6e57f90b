// The sequence's picture: the walk and the picture follow one another, and layers fold.
#include "tests/support/picture_habits.h"
#include "tests/support/walks.h"
#include "views/sequence/sequence_canvas.h"
#include "views/sequence/sequence_view.h"
#include "views/walk/walk.h"
#include <gtest/gtest.h>
#include <QTest>

using namespace sockwalk;
using tell::SequenceMessage;

namespace {

struct SequenceTest : ::testing::Test {
  Walk walk;
  SequenceView view{walk};
  SequenceTest() {
    view.resize(900, 560);
    view.show();
    walk.open(tests::walkOf(SOCKWALK_SOURCE_ROOT "/lessons/03-socket/scenario.pkt"));
    while (walk.recording()) QTest::qWait(1);
    walk.toNextCall("inet_create");
    walk.seek(walk.journal().size());
    view.showWhole(true);
  }
  const tell::Sequence& sequence() { return view.canvas().sequence(); }
};

TEST_F(SequenceTest, WordsOfARowStayWithinThePictureAndHeadsApart) {
  SequenceCanvas& canvas = view.canvas();
  for (int i = 0; i < int(sequence().messages.size()); ++i) {
    const SequenceMessage& m = sequence().messages[size_t(i)];
    if (m.kind == SequenceMessage::Heading) continue;
    const QRectF words = canvas.wordsRect(m, i);
    EXPECT_GE(words.left(), 0);
    EXPECT_LE(words.right(), canvas.viewport()->width());
  }
  for (int c = 1; c < int(sequence().columns.size()); ++c)
    EXPECT_GT(canvas.headRect(c).left(), canvas.headRect(c - 1).right());
}

TEST_F(SequenceTest, ManyColumnsScrollAndTheMomentIsInSight) {
  walk.open(tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-between-two-hosts.pkt"));
  while (walk.recording()) QTest::qWait(1);
  view.showWhole(true);
  SequenceCanvas& canvas = view.canvas();
  ASSERT_GT(sequence().columns.size(), 12u);
  for (int c = 1; c < int(sequence().columns.size()); ++c) EXPECT_GE(canvas.columnX(c) - canvas.columnX(c - 1), 70);
  for (const EventIndex moment : tests::someMoments(walk.journal(), 20)) {
    walk.seek(moment);
    const int now = canvas.messageNow();
    const QRectF there = now < 0 ? QRectF() : QRectF(canvas.item(now).rect);
    if (now < 0 || there.width() > canvas.room().width()) continue;
    EXPECT_TRUE(QRectF({}, canvas.room()).adjusted(-1, -1, 1, 1).contains(there)) << moment;
  }
}

TEST_F(SequenceTest, ClicksAndKeysLeadThere) {
  SequenceCanvas& canvas = view.canvas();
  const auto go = [&](Qt::Key key) {
    QTest::keyClick(&canvas, key);
    QTest::keyClick(&canvas, Qt::Key_Return);
    return walk.position();
  };
  const EventIndex first = go(Qt::Key_Home);
  EXPECT_EQ(first, sequence().messages[0].event + 1);
  EXPECT_GT(go(Qt::Key_Down), first);
  EXPECT_EQ(go(Qt::Key_Up), first);
  const int row = canvas.messageNow() + 3;
  QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, QPoint(200, int(canvas.y(row))));
  EXPECT_EQ(walk.position(), sequence().messages[size_t(row)].event + 1);
}

TEST_F(SequenceTest, ALayerFoldsAwayAndBackByItsHead) {
  const auto columnOf = [&](tell::SequenceLane lane) {
    for (int c = 0; c < int(sequence().columns.size()); ++c)
      if (sequence().columns[size_t(c)].lane == lane) return c;
    return -1;
  };
  const int vfs = columnOf(tell::SequenceLane::Vfs);
  ASSERT_GE(vfs, 0);
  QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, view.canvas().headRect(vfs).center().toPoint());
  EXPECT_EQ(columnOf(tell::SequenceLane::Vfs), -1);
  view.fold(tell::SequenceLane::Vfs);
  EXPECT_EQ(columnOf(tell::SequenceLane::Vfs), vfs);
}

TEST_F(SequenceTest, IsToldWalkedThroughSearchedAndZoomed) {
  walk.seek(walk.journal().size() / 2);
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
  tests::expectZoom(view.canvas());
}

} // namespace
