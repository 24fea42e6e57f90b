// The queues' picture: every buffer that waits has a cell of its own, in order, and a click looks at it.
#include "engine/tell/tables/tables.h"
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/queues/queues_canvas.h"
#include "views/queues/queues_view.h"
#include <QSignalSpy>

using namespace sockwalk;

namespace {

struct QueuesTest : tests::ShownView<QueuesView> {
  const std::vector<QueueLine>& lines() { return view.canvas().layout().lines(); }
  void openBeforeTheRead() {
    open("assets/walks/tcp-out-of-order.pkt");
    walk.toNextCall("tcp_recvmsg_locked", false);
  }
};

TEST_F(QueuesTest, CellsAreWhatTheTablesListAndLieApart) {
  openBeforeTheRead();
  size_t waiting = 0, cells = 0;
  for (const tell::KernelTable& table : tell::readTables(walk.playhead()))
    if (table.id == "queues" || table.id == "rings")
      for (const tell::TableRow& row : table.rows) waiting += row.indent > 0;
  QRectF above;
  for (const QueueLine& line : lines()) {
    cells += line.cells.size();
    EXPECT_GE(line.rect.top(), above.bottom());
    above = line.rect;
    for (size_t i = 0; i < line.cells.size(); ++i) {
      EXPECT_TRUE(line.rect.adjusted(0, 0, 1, 1).contains(line.cells[i].rect));
      EXPECT_FALSE(line.cells[i].rect.intersects(line.head));
      for (size_t k = 0; k < i; ++k) EXPECT_FALSE(line.cells[i].rect.intersects(line.cells[k].rect));
    }
  }
  EXPECT_EQ(cells, waiting);
  EXPECT_GE(cells, 5u);
}

TEST_F(QueuesTest, AClickOnWhatWaitsLooksAtIt) {
  openBeforeTheRead();
  QSignalSpy looked(&view, &View::focusWanted);
  const QueueLine& line = *std::ranges::find_if(lines(), [](const QueueLine& l) { return !l.cells.empty(); });
  QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, line.cells[1].rect.center().toPoint());
  ASSERT_EQ(looked.size(), 1);
  EXPECT_EQ(looked[0][0].toULongLong(), line.cells[1].address);
}

TEST_F(QueuesTest, IsToldWalkedThroughSearchedAndZoomed) {
  open("assets/walks/tcp-out-of-order.pkt");
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
  tests::expectZoom(view.canvas());
}

} // namespace
