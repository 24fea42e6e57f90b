// The picture of a filter: what ran is lit, the jumps that were taken are drawn, what was read of the packet is marked.
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/filter/filter_canvas.h"
#include "views/filter/filter_view.h"
#include <algorithm>
#include <QSignalSpy>

using namespace sockwalk;

namespace {

struct FilterViewTest : tests::ShownView<FilterView> {
  void SetUp() override { open("lessons/41-a-filter-step-by-step/scenario.pkt"); }
  EventIndex note(std::string_view name, int which = 1) const {
    const Journal& j = walk.journal();
    for (EventIndex i = 0; i < j.size(); ++i)
      if (j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == name && !--which) return i;
    return NoEvent;
  }
  // Of the run of tcpdump's program on the frame that it wants, as many instructions.
  void stepInRun(int instructions) { walk.seek(note("filter.begins", 2) + 1 + EventIndex(instructions)); }
  const FilterBlock& block() { return view.canvas().layout().blocks().at(0); }
  const tell::FilterTold& told() { return view.canvas().filters().at(0).told; }
  std::vector<FilterJump> jumps(Tense tense) {
    std::vector<FilterJump> out;
    std::ranges::copy_if(block().jumps, std::back_inserter(out), [&](const FilterJump& j) { return j.tense == tense; });
    return out;
  }
  int rowAt(QPointF end) {
    return int(
        std::ranges::find_if(block().rows, [&](const QRectF& r) { return r.top() < end.y() && end.y() < r.bottom(); }) -
        block().rows.begin());
  }
};

TEST_F(FilterViewTest, TheInstructionThatRanLastIsLit) {
  stepInRun(0);
  EXPECT_EQ(view.canvas().itemHere(), -1);
  EXPECT_EQ(told().a, 0u);
  for (int i = 1; i <= 3; ++i) {
    stepInRun(i);
    const int here = view.canvas().itemHere();
    EXPECT_TRUE(view.canvas().item(here).lit);
    EXPECT_TRUE(view.canvas().item(here).cells[0].startsWith(QString("(%1)").arg(i - 1, 3, 10, QLatin1Char('0'))));
  }
  EXPECT_EQ(told().a, 17u) << "the IP header says UDP";
  stepInRun(7);
  EXPECT_EQ(told().x, 28u) << "the IP header has options";
}

TEST_F(FilterViewTest, WhatItReadIsMarked) {
  stepInRun(3);
  ASSERT_EQ(told().looks.size(), 2u);
  EXPECT_EQ(told().looks.back().from, 23u);
  QStringList readBy;
  for (int i = 0; i < view.canvas().itemCount(); ++i)
    if (const auto item = view.canvas().item(i); item.cells[2].contains("read by")) readBy << item.cells[2];
  EXPECT_EQ(readBy, QStringList({"2 bytes from byte 12 read by (000)", "1 byte from byte 23 read by (002)"}));
}

TEST_F(FilterViewTest, JumpsThatWereTakenAreDrawnAndTheWaysOfTheNextOne) {
  walk.seek(note("filter.step") + 1); // the jump behind it is about to run, on a frame of ARP
  ASSERT_EQ(jumps(Tense::Future).size(), 1u) << "the other way leads to the next row";
  EXPECT_EQ(rowAt(jumps(Tense::Future)[0].corners.last()), 10);
  walk.seek(note("filter.jump") + 1);
  ASSERT_EQ(jumps(Tense::Active).size(), 1u);
  EXPECT_EQ(rowAt(jumps(Tense::Active)[0].corners.first()), 1);
  EXPECT_EQ(rowAt(jumps(Tense::Active)[0].corners.last()), 10);
  walk.seek(note("filter.returned") + 1);
  EXPECT_EQ(jumps(Tense::Past).size(), 1u);
  EXPECT_TRUE(jumps(Tense::Future).empty());
}

// At 1280 × 800 the stage has some 540 px: what came of an instruction is seen there without scrolling.
TEST_F(FilterViewTest, ItsListingIsNoWiderThanItsInstructions) {
  stepInRun(4);
  EXPECT_EQ(block().listing[1], "(001) jeq      #0x800        jt 2  jf 10");
  EXPECT_EQ(block().listing[6], "(006) ldxb     4*([14]&0xf)");
  EXPECT_LT(FilterLayout::leastWidthWithOutcomes(view.canvas().filters()), 540);
  EXPECT_TRUE(view.canvas().layout().hasOutcomes());
}

// Beside another stage the instructions come first; the registers say what came of them.
TEST_F(FilterViewTest, InLittleRoomTheInstructionsAreWhole) {
  stepInRun(4);
  const double least = FilterLayout::leastWidth(view.canvas().filters());
  EXPECT_LT(least, 390);
  const FilterLayout half(view.canvas().filters(), least);
  EXPECT_FALSE(half.hasOutcomes());
  for (const QRectF& row : half.blocks().at(0).rows) EXPECT_LE(row.right(), least);
}

TEST_F(FilterViewTest, AClickOnAnInstructionGoesToWhereItRan) {
  stepInRun(5);
  QSignalSpy went(&view.canvas(), &PictureCanvas::goTo);
  QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, block().rows[2].center().toPoint());
  ASSERT_EQ(went.size(), 1);
  EXPECT_EQ(went[0][0].toUInt(), note("filter.begins", 2) + 1 + 3);
  QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, block().rows[9].center().toPoint());
  EXPECT_EQ(went.size(), 1) << "it has not run";
}

TEST_F(FilterViewTest, NothingLiesOnAnything) {
  stepInRun(4);
  for (const QSize size : {QSize(940, 560), QSize(560, 400)}) {
    view.resize(size);
    QApplication::processEvents();
    std::vector<QRectF> all{block().heading, block().run, block().a, block().x};
    all.insert(all.end(), block().rows.begin(), block().rows.end());
    for (const FilterBytes& row : block().bytes) all.push_back(row.rect);
    for (size_t i = 0; i < all.size(); ++i)
      for (size_t k = 0; k < i; ++k) EXPECT_FALSE(all[i].intersects(all[k])) << i << " on " << k;
  }
}

TEST_F(FilterViewTest, IsToldWalkedThroughSearchedAndZoomed) {
  stepInRun(4);
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
  tests::expectZoom(view.canvas());
}

TEST_F(FilterViewTest, WithoutAFilterItSaysSo) {
  walk.seek(0);
  EXPECT_FALSE(view.canvas().isVisible());
  EXPECT_EQ(view.canvas().itemCount(), 0);
}

} // namespace
