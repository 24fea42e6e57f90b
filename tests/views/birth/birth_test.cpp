// The picture of a birth: nothing lies on another thing, it rests while the walk goes on, and a click leads to the moment.
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/birth/birth_canvas.h"
#include "views/birth/birth_view.h"

using namespace sockwalk;

namespace {

struct BirthViewTest : tests::ShownView<BirthView> {
  BirthCanvas& canvas() { return view.canvas(); }
  const tell::Birth& birth() { return canvas().birth(); }
  void click(int item) {
    canvas().standOn(item);
    QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, canvas().item(item).rect.center());
  }
  void seekInto(const char* function) {
    const auto next = [&](EventIndex from, const char* name) {
      return nextCall(walk.journal(), from, Symbols::get().functionNamed(name)->id, true);
    };
    walk.seek(next(next(0, "__sys_socket"), function)); // the kernel makes sockets of its own before
  }
};

TEST_F(BirthViewTest, NothingLiesOnAnything) {
  open("lessons/03-socket/scenario.pkt");
  seekInto("inet_create");
  ASSERT_GE(birth().parts.size(), 3u);
  std::vector<QRectF> boxes = canvas().cards();
  for (const BirthCanvas::Tie& tie : canvas().ties()) boxes.push_back(tie.label.adjusted(0, 1, 0, -1));
  for (size_t i = 0; i < boxes.size(); ++i)
    for (size_t k = 0; k < i; ++k) EXPECT_FALSE(boxes[i].intersects(boxes[k])) << i << " on " << k;
  for (const BirthCanvas::Tie& tie : canvas().ties()) EXPECT_LT(tie.line.boundingRect().right(), canvas().width());
  for (size_t t = 0; t < birth().ties.size(); ++t) {
    const QRectF &from = canvas().cards()[size_t(birth().ties[t].from)],
                 &to = canvas().cards()[size_t(birth().ties[t].to)];
    const QPolygonF& line = canvas().ties()[t].line;
    EXPECT_TRUE(from.adjusted(-1, 0, 2, 0).contains(line.first()));
    EXPECT_TRUE(to.adjusted(-1, 0, 2, 0).contains(line.last()));
  }
}

TEST_F(BirthViewTest, ItRestsWhileTheWalkGoesOn) {
  open("lessons/03-socket/scenario.pkt");
  seekInto("sock_alloc");
  const std::vector<QRectF> before = canvas().cards();
  const auto there = [&] { return std::ranges::count_if(birth().parts, &tell::BirthPart::there); };
  const auto few = there();
  ASSERT_FALSE(before.empty());
  walk.seek(birth().to);
  EXPECT_EQ(canvas().cards(), before);
  EXPECT_GT(there(), few);
  EXPECT_TRUE(view.title().contains(QString::fromStdString(birth().subject)));
}

TEST_F(BirthViewTest, AClickGoesToTheBirthOrTheWrite) {
  open("lessons/03-socket/scenario.pkt");
  seekInto("inet_create");
  const tell::BirthPart part = birth().parts.back();
  click(int(birth().parts.size()) - 1);
  EXPECT_EQ(walk.position(), part.born + 1);
  const EventIndex write = birth().ties.front().event;
  click(int(birth().parts.size()));
  EXPECT_EQ(walk.position(), write + 1);
}

TEST_F(BirthViewTest, ItIsATableToo) {
  open("lessons/03-socket/scenario.pkt");
  seekInto("inet_create");
  const Description& told = Described::of(&canvas())->description();
  EXPECT_EQ(told.items.size(), birth().parts.size() + birth().ties.size());
  for (const DescribedItem& item : told.items) EXPECT_EQ(item.cells.size(), told.headings.size());
}

TEST_F(BirthViewTest, ItIsToldSearchedAndZoomedLikeOtherPictures) {
  open("lessons/03-socket/scenario.pkt");
  seekInto("inet_create");
  tests::expectTold(canvas());
  tests::expectKeysAndSearch(canvas());
  tests::expectZoom(canvas());
  EXPECT_TRUE(view.find());
}

TEST_F(BirthViewTest, InASmallRoomAllOfItIsReached) {
  open("lessons/03-socket/scenario.pkt", QSize(360, 240));
  seekInto("inet_create");
  ASSERT_GE(birth().parts.size(), 3u);
  for (int i = 0; i < canvas().itemCount(); ++i) {
    canvas().standOn(i);
    EXPECT_TRUE(QRectF({}, canvas().room()).contains(QRectF(canvas().item(i).rect).center())) << i;
  }
}

} // namespace
