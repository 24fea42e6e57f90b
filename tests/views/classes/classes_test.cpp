// Boxes in boxes: what lies in another in memory lies in it in the picture.
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/classes/classes_canvas.h"
#include "views/classes/classes_view.h"
#include "views/theme/theme.h"
#include <QSignalSpy>

using namespace sockwalk;

namespace {

struct ClassesTest : tests::ShownView<ClassesView> {
  void openInside(QSize size) {
    open("assets/walks/tcp-between-two-hosts.pkt", size);
    walk.toNextCall("tcp_recvmsg_locked", false);
  }
  const std::vector<NestingPiece>& pieces() { return view.canvas().layout().pieces(); }
};

TEST_F(ClassesTest, BoxesLieInOneAnotherOrApart) {
  for (const QSize size : {QSize(940, 640), QSize(560, 420)}) {
    openInside(size);
    std::vector<NestingPiece> boxes;
    for (const NestingPiece& p : pieces())
      if (p.kind == NestingPiece::Box) boxes.push_back(p);
    ASSERT_GE(boxes.size(), 8u);
    for (const NestingPiece& a : boxes)
      for (const NestingPiece& b : boxes) {
        const bool apart = !a.rect.intersects(b.rect);
        EXPECT_TRUE(apart || a.rect.contains(b.rect) || b.rect.contains(a.rect));
      }
  }
}

TEST_F(ClassesTest, TheChainIsNamedWholeHoweverNarrow) {
  for (const QSize size : {QSize(940, 640), QSize(540, 420), QSize(280, 420)}) {
    openInside(size);
    std::vector<QRectF> links;
    for (size_t i = 0; i < pieces().size(); ++i) {
      if (pieces()[i].kind != NestingPiece::Chain) continue;
      const NestingPiece& title = pieces()[i + 1];
      ASSERT_EQ(title.kind, NestingPiece::Title);
      EXPECT_LE(QFontMetricsF(theme().mono(12, QFont::Bold)).horizontalAdvance(title.text), title.rect.width());
      EXPECT_TRUE(pieces()[i].rect.contains(title.rect));
      for (const QRectF& other : links) EXPECT_FALSE(other.intersects(pieces()[i].rect));
      links.push_back(pieces()[i].rect);
    }
    EXPECT_GE(links.size(), 5u);
    for (const NestingPiece& p : pieces())
      for (const QRectF& link : links) EXPECT_TRUE(p.kind != NestingPiece::Box || p.rect.top() > link.bottom());
  }
}

TEST_F(ClassesTest, NamesAndValuesDoNotLieOnOneAnother) {
  openInside({940, 640});
  std::vector<NestingPiece> words;
  for (const NestingPiece& p : pieces())
    if (p.kind == NestingPiece::Name || p.kind == NestingPiece::Value || p.kind == NestingPiece::Group)
      words.push_back(p);
  for (size_t i = 0; i < words.size(); ++i)
    for (size_t k = 0; k < i; ++k)
      EXPECT_LT((words[i].rect & words[k].rect).width(), 2)
          << words[i].text.toStdString() << " " << words[k].text.toStdString();
}

TEST_F(ClassesTest, AClickOnAPointerLooksAtWhatItPointsAt) {
  openInside({940, 640});
  QSignalSpy looked(&view, &View::focusWanted);
  const auto value =
      std::ranges::find_if(pieces(), [](const NestingPiece& p) { return p.kind == NestingPiece::Value && p.address; });
  ASSERT_NE(value, pieces().end());
  QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, value->rect.center().toPoint());
  ASSERT_EQ(looked.size(), 1);
  EXPECT_EQ(looked[0][0].toULongLong(), value->address);
}

TEST_F(ClassesTest, IsToldWalkedThroughSearchedAndZoomed) {
  openInside({940, 640});
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
  tests::expectZoom(view.canvas());
}

} // namespace
