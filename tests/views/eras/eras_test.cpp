// Two eras side by side: which kernel's calls stand where, what is lit, where a click goes, and what is said where there is
// no other kernel.
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/eras/eras_canvas.h"
#include "views/eras/eras_view.h"
#include <algorithm>
#include <QSignalSpy>

using namespace sockwalk;

namespace {

struct ErasViewTest : tests::ShownView<ErasView> {
  ErasCanvas& canvas() { return view.canvas(); }
  // The row that has such a function or member on that side; -1.
  int rowOf(const QString& name, Era era) {
    const auto& rows = canvas().picture().rows;
    const auto found = std::ranges::find_if(rows, [&](const ErasRow& r) { return r.side(era).name == name; });
    return found == rows.end() ? -1 : int(found - rows.begin());
  }
  const ErasRow& row(const QString& name, Era era) { return canvas().picture().rows.at(size_t(rowOf(name, era))); }
  void waitForBoth() {
    ASSERT_TRUE(QTest::qWaitFor([this] { return !canvas().picture().counts.empty(); }));
  }
};

TEST_F(ErasViewTest, AWalkOf26HasThatOf61BesideIt) {
  open("tests/scenarios/era26_create.pkt");
  waitForBoth();
  EXPECT_EQ(canvas().picture().open, Era::Linux26);
  EXPECT_EQ(canvas().picture().rows[0].then.name, canvas().picture().rows[0].now.name);
  EXPECT_EQ(row("new_inode", Era::Linux26).now.name, "new_inode_pseudo");
  EXPECT_EQ(row("new_inode", Era::Linux26).mark, tell::EraMark::Renamed);
  EXPECT_EQ(row("get_empty_filp", Era::Linux26).mark, tell::EraMark::Moved);
  EXPECT_EQ(row("get_empty_filp", Era::Linux26).now.elsewhere, "below, called by alloc_file");
  EXPECT_TRUE(row("net_family_read_lock", Era::Linux26).now.name.isEmpty());
}

TEST_F(ErasViewTest, WhereTheWalkIsIsLitAndAClickGoesThere) {
  open("tests/scenarios/era26_create.pkt");
  waitForBoth();
  const int alloc = rowOf("sock_alloc", Era::Linux26);
  walk.seek(canvas().picture().rows[size_t(alloc)].then.begins + 1);
  EXPECT_EQ(canvas().itemHere(), alloc);
  EXPECT_TRUE(canvas().item(alloc).lit);
  EXPECT_EQ(canvas().item(alloc).cells.last(), "running");
  EXPECT_EQ(canvas().item(0).cells.last(), "") << "what heads the calls is no function";
  const int later = alloc + 1;
  EXPECT_EQ(canvas().item(rowOf("inet_create", Era::Linux26)).cells.last(), "to come");
  QSignalSpy went(&canvas(), &PictureCanvas::goTo);
  QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, canvas().sideRect(alloc, Era::Linux61).center().toPoint());
  ASSERT_EQ(went.size(), 1);
  EXPECT_EQ(went[0][0].toUInt(), canvas().picture().rows[size_t(alloc)].then.begins + 1);
  EXPECT_LT(canvas().sideRect(alloc, Era::Linux26).right(), canvas().sideRect(later, Era::Linux61).left());
}

TEST_F(ErasViewTest, AWalkOf61HasThatOf26BesideItAsFarAsThatGoes) {
  open("lessons/03-socket/scenario.pkt");
  waitForBoth();
  EXPECT_EQ(canvas().picture().open, Era::Linux61);
  EXPECT_GE(rowOf("sys_socketcall", Era::Linux26), 0);
  EXPECT_NE(canvas().picture().rows.back().kind, ErasRow::Sentence) << "2.6 makes sockets and closes them";
  walk.open(tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 listen(3, 1) = 0\n"));
  ASSERT_TRUE(QTest::qWaitFor([this] { return canvas().picture().rows.back().kind == ErasRow::Sentence; }));
  waitForBoth();
  EXPECT_EQ(canvas().picture().rows.back().kind, ErasRow::Sentence);
  EXPECT_TRUE(canvas().picture().rows.back().words.contains("2.6")) << qPrintable(canvas().picture().rows.back().words);
}

TEST_F(ErasViewTest, OfACaptureItSaysThatThereIsNoOther) {
  open("assets/captures/hello-udp.pcap");
  ASSERT_EQ(canvas().itemCount(), 1);
  EXPECT_TRUE(canvas().item(0).cells[0].contains("2.6"));
}

TEST_F(ErasViewTest, AStructureHasAPage) {
  open("lessons/03-socket/scenario.pkt");
  EXPECT_FALSE(view.showPage("sk_buf"));
  ASSERT_TRUE(view.showPage("sock"));
  EXPECT_EQ(view.page(), "sock");
  EXPECT_EQ(canvas().picture().rows[0].then.name, "344 bytes");
  EXPECT_EQ(row("sk_sleep", Era::Linux26).now.name, "sk_wq");
  EXPECT_EQ(canvas().itemHere(), -1);
  ASSERT_TRUE(view.showPage("calls"));
  waitForBoth();
  EXPECT_GE(rowOf("inet_create", Era::Linux61), 0);
}

TEST_F(ErasViewTest, IsToldWalkedThroughSearchedAndZoomed) {
  open("tests/scenarios/era26_create.pkt");
  waitForBoth();
  for (const char* page : {"calls", "proto"}) {
    view.showPage(page);
    tests::expectTold(canvas());
    tests::expectKeysAndSearch(canvas());
    tests::expectZoom(canvas());
  }
}

} // namespace
