// Buffers side by side: on one scale, their shared data joined, and what a person adds and takes away.
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/buffer/beside_canvas.h"
#include "views/buffer/buffer_view.h"
#include "views/buffer/side_by_side.h"
#include <QSignalSpy>

using namespace sockwalk;
using tell::BesideJoint;

namespace {

struct SideBySideTest : tests::ShownView<BufferView> {
  SideBySide& page() { return view.besides(); }
  BesideCanvas& canvas() { return page().canvas(); }
  const tell::SideBySide& rows() { return canvas().rows(); }
  // Where a pair of clones is there, whole.
  void seekToClones() {
    open("assets/walks/tcp-on-loopback.pkt");
    tell::BufferLives lives;
    lives.update(walk.journal());
    for (const tell::BufferLife& life : lives.all()) {
      if (life.from < 0 || life.origin != BufferMark::Cloned) continue;
      walk.seek(endOf(walk.journal(), walk.journal().callAround(life.born)));
      walk.setFocus(Arena::addressOf(life.offset));
      return;
    }
    FAIL() << "no clone in the walk";
  }
  void press(int row, bool cross = false) {
    canvas().standOn(row);
    const auto& place = canvas().places()[size_t(row)];
    const QPointF scrolled = place.whole.topLeft() - QPointF(canvas().item(row).rect.topLeft());
    const QPointF at = (cross ? place.remove : place.strip).center() - scrolled;
    QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, at.toPoint());
  }
};

TEST_F(SideBySideTest, ClonesStandOnOneScaleAndTheirBytesAreJoined) {
  seekToClones();
  view.setBeside(true);
  ASSERT_TRUE(view.isBeside());
  ASSERT_GE(rows().rows.size(), 2u);
  size_t joined = 0;
  for (size_t i = 0; i < rows().joints.size(); ++i) {
    if (rows().joints[i].kind != BesideJoint::SameBytes) continue;
    ++joined;
    EXPECT_EQ(rows().rows[i].picture.shape.head, rows().rows[i + 1].picture.shape.head);
    EXPECT_GE(rows().rows[i].picture.dataref, 2u);
    const QRectF band = canvas().joint(i);
    EXPECT_EQ(band.top(), canvas().places()[i].strip.bottom());
    EXPECT_EQ(band.bottom(), canvas().places()[i + 1].strip.top());
    const QRectF &above = canvas().places()[i].strip, &below = canvas().places()[i + 1].strip;
    EXPECT_EQ(band.left(), std::max(above.left(), below.left()));
    EXPECT_EQ(band.right(), std::min(above.right(), below.right()));
  }
  EXPECT_GE(joined, 1u);
  for (size_t i = 1; i < canvas().places().size(); ++i)
    EXPECT_GT(canvas().places()[i].whole.top(), canvas().places()[i - 1].whole.bottom());
}

TEST_F(SideBySideTest, AClickLooksAtThatBufferAndTheCrossLeavesItOut) {
  seekToClones();
  view.setBeside(true);
  const int other = rows().rows[0].life == view.picture().life ? 1 : 0;
  const std::string name = rows().rows[size_t(other)].name;
  press(other);
  EXPECT_EQ(view.picture().title, name);
  const size_t before = rows().rows.size();
  for (size_t n = before; n > tell::LeastBeside; --n) press(int(n) - 1, true);
  ASSERT_EQ(rows().rows.size(), tell::LeastBeside);
  press(0, true);
  EXPECT_EQ(rows().rows.size(), tell::LeastBeside);
  EXPECT_TRUE(page().note().contains("Two at least"));
}

TEST_F(SideBySideTest, FourAreTheMost) {
  open("tests/scenarios/tcp_eth_calls.pkt");
  tell::BufferLives lives;
  lives.update(walk.journal());
  for (const tell::BufferLife& life : lives.all()) {
    walk.seek(life.born + 1);
    if (lives.aliveAt(walk.position()).size() > tell::MostBeside) break;
  }
  view.setBeside(true);
  for (const int life : lives.aliveAt(walk.position())) {
    const bool full = rows().rows.size() == tell::MostBeside;
    if (std::ranges::find(rows().rows, life, &tell::BesideRow::life) != rows().rows.end()) continue;
    page().add(life);
    if (full) {
      EXPECT_TRUE(page().note().contains("Four is the most"));
      break;
    }
  }
  EXPECT_EQ(rows().rows.size(), tell::MostBeside);
}

TEST_F(SideBySideTest, OneBufferAtSeveralMomentsSaysWhatBecameDifferent) {
  seekToClones();
  view.setBeside(true);
  page().setMode(SideBySide::Mode::Moments);
  ASSERT_GE(rows().rows.size(), 2u);
  ASSERT_LE(rows().rows.size(), tell::MostBeside);
  for (size_t i = 0; i < rows().joints.size(); ++i) {
    const auto &a = rows().rows[i], &b = rows().rows[i + 1];
    EXPECT_EQ(a.life, b.life);
    EXPECT_LT(a.position, b.position);
    if (!a.there() || !b.there()) continue;
    const std::string words = english(rows().joints[i].words);
    EXPECT_EQ(words.find("data " + std::to_string(a.picture.shape.data) + " →") != std::string::npos,
              a.picture.shape.data != b.picture.shape.data)
        << words;
    EXPECT_EQ(words.find("len " + std::to_string(a.picture.shape.len) + " →") != std::string::npos,
              a.picture.shape.len != b.picture.shape.len)
        << words;
  }
  // A click goes there; the row that is now goes with the walk.
  const EventIndex there = rows().rows.front().position;
  press(0);
  EXPECT_EQ(walk.position(), there);
  walk.stepInto();
  EXPECT_TRUE(std::ranges::any_of(rows().rows, [&](const auto& row) { return row.position == walk.position(); }));
}

TEST_F(SideBySideTest, AMomentIsKeptOnceAndTakenAway) {
  seekToClones();
  view.setBeside(true);
  page().setMode(SideBySide::Mode::Moments);
  const auto rowNow = [&] {
    const auto now = std::ranges::find(rows().rows, walk.position(), &tell::BesideRow::position);
    return int(now - rows().rows.begin());
  };
  while (rows().rows.size() > 2) press(rowNow() == 0 ? 1 : 0, true);
  const size_t before = rows().rows.size();
  page().keepMoment();
  page().keepMoment();
  EXPECT_TRUE(page().note().contains("kept already"));
  walk.stepInto();
  EXPECT_GT(rows().rows.size(), before - 1);
  press(rowNow(), true);
  EXPECT_TRUE(page().note().contains("This is now"));
}

TEST_F(SideBySideTest, ItIsATableAndKeysMoveInIt) {
  seekToClones();
  view.setBeside(true);
  const Description& told = Described::of(&canvas())->description();
  ASSERT_EQ(told.items.size(), rows().rows.size());
  for (const DescribedItem& item : told.items) EXPECT_EQ(item.cells.size(), told.headings.size());
  EXPECT_EQ(std::ranges::count_if(told.items, &DescribedItem::lit), 1);
  QTest::keyClick(&canvas(), Qt::Key_Home);
  QTest::keyClick(&canvas(), Qt::Key_Return);
  EXPECT_EQ(view.picture().title, rows().rows.front().name);
}

TEST_F(SideBySideTest, ItIsToldSearchedAndZoomedLikeOtherPictures) {
  seekToClones();
  view.setBeside(true);
  tests::expectTold(canvas());
  tests::expectKeysAndSearch(canvas());
  tests::expectZoom(canvas());
}

TEST_F(SideBySideTest, FindingBytesLeadsBackToTheOneBuffer) {
  seekToClones();
  view.setBeside(true);
  EXPECT_TRUE(view.find());
  EXPECT_FALSE(view.isBeside());
}

} // namespace
