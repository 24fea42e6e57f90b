// The family's picture: every member has its place, nothing lies on another thing, the lines are the marks of the record,
// and it rests while the walk goes on.
#include "tests/support/shown_view.h"
#include "views/family/family_stage.h"
#include "views/family/family_view.h"
#include <QContextMenuEvent>
#include <QSignalSpy>

using namespace sockwalk;
using tell::FamilyMember, tell::KinState;

namespace {

struct FamilyViewTest : tests::ShownView<FamilyView> {
  FamilyStage& stage() { return view.stage(); }
  const FamilyLayout& layout() { return stage().layout(); }
  const tell::BufferFamily& family() { return view.family(); }
  const tell::BufferLives& lives() { return RecordReader::of(walk).record().packets.lives(); }
  void SetUp() override { QObject::connect(&view, &View::focusWanted, &walk, &Walk::setFocus); }
  // The first life that stands so to another one.
  int withEdge(BufferMark how) {
    for (int l = 0; l < int(lives().all().size()); ++l) {
      const tell::BufferLife& life = lives().life(l);
      if ((life.from >= 0 && life.origin == how) || (life.into >= 0 && life.joined == how)) return l;
    }
    return -1;
  }
  int largest() {
    int best = 0;
    size_t most = 0;
    for (int l = 0; l < int(lives().all().size()); l += 7)
      if (const size_t n = kinOf(lives(), l).size(); n > most) most = n, best = l;
    return best;
  }
  void lookAt(int life, EventIndex position = NoEvent) {
    walk.seek(position == NoEvent ? lives().life(life).born + 1 : position);
    walk.setFocus(Arena::addressOf(lives().life(life).offset));
  }
  int cardOf(int life) {
    for (size_t m = 0; m < family().members.size(); ++m)
      if (family().members[m].life == life) return layout().tree().cardOf(int(m));
    return -1;
  }
  QPoint middleOf(int card) { return stage().onViewport(layout().cards()[size_t(card)]).center(); }
  void expectOrder();
};

// What must hold of each picture.
void FamilyViewTest::expectOrder() {
  const auto& cards = layout().cards();
  std::vector<int> shown(family().members.size(), 0);
  for (const FamilyCard& card : layout().tree().cards())
    for (const int m : card.members) ++shown[size_t(m)];
  for (size_t m = 0; m < shown.size(); ++m) EXPECT_EQ(shown[m], 1) << family().members[m].name;
  std::vector<QRectF> boxes;
  for (int c = 0; c < int(cards.size()); ++c) {
    boxes.push_back(cards[size_t(c)].adjusted(1, 1, -1, -1));
    boxes.push_back(layout().plinth(c).adjusted(1, 1, -1, -1));
    EXPECT_TRUE(QRectF(QPointF(), layout().size()).contains(cards[size_t(c)].united(layout().plinth(c))));
  }
  for (const FamilyLabel& label : layout().labels()) boxes.push_back(label.rect.adjusted(1, 1, -1, -1));
  for (size_t i = 0; i < boxes.size(); ++i)
    for (size_t k = 0; k < i; ++k)
      ASSERT_FALSE(boxes[i].intersects(boxes[k])) << i << " on " << k << " of " << boxes.size();
  // Lines lead from card to card of their edge, and not through a card.
  for (const FamilyLine& line : layout().lines()) {
    const tell::FamilyEdge& edge = family().edges[size_t(line.edge)];
    const int to = layout().tree().cardOf(edge.to);
    const QRectF target = cards[size_t(to)].united(layout().plinth(to)).adjusted(-1, -1, 1, 1);
    EXPECT_TRUE(target.contains(line.points.last())) << english(tell::howText(edge.how));
    if (line.across) continue;
    for (qsizetype i = 1; i < line.points.size(); ++i) {
      const QRectF stretch = QRectF(line.points[i - 1], line.points[i]).normalized().adjusted(-0.1, -0.1, 0.1, 0.1);
      for (const QRectF& card : cards)
        EXPECT_FALSE(stretch.intersects(card.adjusted(1, 1, -1, -1))) << english(tell::howText(edge.how));
    }
  }
}

TEST_F(FamilyViewTest, OfEachKindOfKinNothingLiesOnAnything) {
  const std::pair<const char*, BufferMark> kinds[] = {
      {"assets/walks/tcp-on-loopback.pkt", BufferMark::Cloned},
      {"tests/scenarios/tcp_sizes_lo.pkt", BufferMark::Split},
      {"tests/scenarios/raw_ping_more.pkt", BufferMark::Segment},
      {"tests/scenarios/tcp_eth_calls.pkt", BufferMark::Merged},
      {"tests/scenarios/udp_sizes_eth.pkt", BufferMark::Fragment},
      {"tests/scenarios/udp_fragments_eth.pkt", BufferMark::Reassembled},
      {"tests/scenarios/tcp_open.pkt", BufferMark::Copied},
      {"assets/walks/tcp-lost-segment.pkt", BufferMark::Cloned},
  };
  for (const auto& [file, how] : kinds) {
    SCOPED_TRACE(file);
    open(file);
    const int life = withEdge(how);
    ASSERT_GE(life, 0);
    lookAt(life);
    ASSERT_FALSE(family().empty());
    EXPECT_TRUE(std::ranges::any_of(family().edges, [&](const auto& e) { return e.how == how; }));
    expectOrder();
    lookAt(largest());
    expectOrder();
  }
}

TEST_F(FamilyViewTest, ItRestsWhileTheWalkGoesOnAndSaysWhatIsToCome) {
  open("assets/walks/tcp-on-loopback.pkt");
  const int clone = withEdge(BufferMark::Cloned);
  lookAt(lives().life(clone).from);
  const std::vector<QRectF> before = layout().cards();
  const auto stateOf = [&](int life) { return std::ranges::find(family().members, life, &FamilyMember::life)->state; };
  EXPECT_EQ(stateOf(clone), KinState::Coming);
  walk.seek(endOf(walk.journal(), walk.journal().callAround(lives().life(clone).born)));
  EXPECT_EQ(stateOf(clone), KinState::Alive);
  EXPECT_EQ(layout().cards(), before);
  // They stand on one plinth.
  const QRectF mine = layout().plinth(cardOf(clone)), other = layout().plinth(cardOf(lives().life(clone).from));
  int under = 0;
  for (const FamilyStage::Plinth& plinth : stage().plinths())
    if (plinth.rect.contains(mine.center()) && plinth.rect.contains(other.center())) {
      ++under;
      EXPECT_TRUE(stage().wordsOf(plinth).contains("dataref 2")) << stage().wordsOf(plinth).toStdString();
    }
  EXPECT_EQ(under, 1);
  walk.seek(lives().life(clone).released + 1);
  EXPECT_NE(stateOf(clone), KinState::Alive);
  EXPECT_EQ(layout().cards(), before);
}

TEST_F(FamilyViewTest, APairStandsSideBySide) {
  open("assets/walks/tcp-on-loopback.pkt");
  const int clone = withEdge(BufferMark::Cloned);
  ASSERT_EQ(lives().life(clone).half, tell::BufferLife::Second);
  lookAt(clone);
  const QRectF mine = layout().cards()[size_t(cardOf(clone))],
               other = layout().cards()[size_t(cardOf(lives().life(clone).from))];
  EXPECT_EQ(mine.top(), other.top());
  EXPECT_LT(mine.left() - other.right(), 8);
  EXPECT_GE(mine.left(), other.right());
}

TEST_F(FamilyViewTest, AClickGoesToTheBirthADoubleClickToTheDeath) {
  open("assets/walks/tcp-on-loopback.pkt");
  const int clone = withEdge(BufferMark::Cloned);
  lookAt(lives().life(clone).from);
  const int card = cardOf(clone);
  QTest::mouseClick(stage().viewport(), Qt::LeftButton, {}, middleOf(card));
  EXPECT_EQ(walk.position(), lives().life(clone).born + 1);
  EXPECT_EQ(walk.focus(), Arena::addressOf(lives().life(clone).offset));
  EXPECT_EQ(family().members[size_t(family().looked)].life, clone);
  QTest::mouseDClick(stage().viewport(), Qt::LeftButton, {}, middleOf(card));
  EXPECT_EQ(walk.position(), lives().life(clone).released + 1);
  EXPECT_EQ(family().members[size_t(family().looked)].life, clone);
  // By keys: the item after it and back, its birth, its death.
  stage().setCurrentItem(card);
  QTest::keyClick(&stage(), Qt::Key_Return);
  EXPECT_EQ(walk.position(), lives().life(clone).born + 1);
  QTest::keyClick(&stage(), Qt::Key_Return, Qt::ShiftModifier);
  EXPECT_EQ(walk.position(), lives().life(clone).released + 1);
}

TEST_F(FamilyViewTest, WhoLivesToTheEndHasNoDeathToGoTo) {
  open("tests/scenarios/tcp_eth_calls.pkt");
  int immortal = -1;
  for (int l = 0; l < int(lives().all().size()); ++l)
    if (lives().life(l).released == NoEvent && lives().life(l).end == NoEvent && lives().life(l).dropped == NoEvent)
      immortal = l;
  ASSERT_GE(immortal, 0);
  lookAt(immortal);
  const EventIndex before = walk.position();
  QSignalSpy refused(&stage(), &FamilyStage::refused);
  QTest::mouseDClick(stage().viewport(), Qt::LeftButton, {}, middleOf(cardOf(immortal)));
  EXPECT_EQ(refused.size(), 1);
  EXPECT_EQ(walk.position(), before);
}

TEST_F(FamilyViewTest, ManyFoldIntoANumberAndUnfold) {
  open("tests/scenarios/tcp_eth_calls.pkt");
  lookAt(kinOf(lives(), largest()).front());
  ASSERT_GT(family().members.size(), 12u);
  const auto folds = [&] { return std::ranges::count_if(layout().tree().cards(), &FamilyCard::folded); };
  const auto before = folds();
  ASSERT_GE(before, 1);
  const size_t cards = layout().cards().size();
  EXPECT_LT(cards, family().members.size());
  const auto& all = layout().tree().cards();
  const int fold = int(std::ranges::find_if(all, &FamilyCard::folded) - all.begin());
  QTest::mouseClick(stage().viewport(), Qt::LeftButton, {}, middleOf(fold));
  EXPECT_LT(folds(), before);
  EXPECT_GT(layout().cards().size(), cards);
  expectOrder();
}

TEST_F(FamilyViewTest, ItIsATableToo) {
  open("assets/walks/tcp-on-loopback.pkt");
  const int clone = withEdge(BufferMark::Cloned);
  lookAt(clone, endOf(walk.journal(), walk.journal().callAround(lives().life(clone).born)));
  const Description& told = Described::of(&stage())->description();
  ASSERT_EQ(told.items.size(), layout().cards().size());
  const DescribedItem& item = told.items[size_t(cardOf(clone))];
  EXPECT_EQ(item.cells.size(), told.headings.size());
  EXPECT_TRUE(item.lit);
  EXPECT_TRUE(item.cells[1].contains("clone")) << item.cells.join('|').toStdString();
  EXPECT_EQ(item.cells.last(), "2");
  EXPECT_TRUE(told.summary.contains("dataref 2"));
}

TEST_F(FamilyViewTest, WithoutAWalkItSaysSo) {
  view.show();
  EXPECT_TRUE(family().empty());
}

} // namespace
