// The view of the object graph: its cards say what engine/tell says, stand apart, and keep their places.
#include "tests/support/walks.h"
#include "tests/views/sample/socket_walk.h"
#include "views/objects/objects_view.h"
#include "views/walk/text.h"
#include <QLabel>
#include <QToolButton>

using namespace sockwalk;

namespace {

struct ObjectsTest : ::testing::Test {
  std::unique_ptr<RecordedSession> session = std::make_unique<RecordedSession>();
  SocketWalk walk = playSocketWalk(*session);
};

TEST_F(ObjectsTest, CardsDoNotOverlapAndAClickChoosesOne) {
  Walk w;
  ObjectsView view(w);
  view.resize(900, 700);
  w.open(std::move(session));
  w.seek(walk.queued);
  const LayoutResult& layout = view.stage().layout();
  for (auto a = layout.nodes.begin(); a != layout.nodes.end(); ++a)
    for (auto b = layout.nodes.begin(); b != layout.nodes.end(); ++b)
      EXPECT_TRUE(a.key() == b.key() || !a->intersects(*b));
  emit view.stage().cardClicked(walk.socket);
  EXPECT_EQ(w.focus(), walk.socket);
  EXPECT_TRUE(view.stage().itemOf(walk.socket)->card().focused);
}

// A socket and its inode stand in the frame of their allocation, one below the other, and nothing else does.
TEST_F(ObjectsTest, PartsOfAnAllocationStandInItsFrame) {
  Walk w;
  ObjectsView view(w);
  view.resize(900, 700);
  w.open(std::move(session));
  w.seek(walk.queued);
  const ObjectsStage& stage = view.stage();
  ASSERT_EQ(stage.holders().size(), stage.graph().holders.size());
  ASSERT_FALSE(stage.holders().empty());
  const QRectF frame = stage.holders()[0]->sceneBoundingRect();
  EXPECT_TRUE(stage.holders()[0]->words().startsWith("socket_alloc #1: container_of"))
      << stage.holders()[0]->words().toStdString();
  const auto place = [&](u64 address) {
    const ObjectItem* item = stage.itemOf(address);
    return QRectF(item->pos(), item->size());
  };
  EXPECT_LT(place(walk.socket).bottom(), place(walk.inode).top());
  for (const tell::ObjectCard& card : stage.graph().cards) {
    const bool part = card.address == walk.socket || card.address == walk.inode;
    EXPECT_EQ(frame.contains(place(card.address)), part) << card.title;
    EXPECT_EQ(frame.intersects(place(card.address)), part) << card.title;
  }
}

TEST_F(ObjectsTest, FitShowsEveryCardWhateverTheSize) {
  Walk w;
  ObjectsView view(w);
  view.resize(420, 300);
  view.show();
  w.open(std::move(session));
  w.seek(walk.queued);
  view.stage().setZoom(ObjectsStage::Zoom::Whole);
  const QRectF seen = view.stage().mapToScene(view.stage().viewport()->rect()).boundingRect();
  for (const QRectF& node : view.stage().layout().nodes) EXPECT_TRUE(seen.contains(node));
}

TEST_F(ObjectsTest, PlacesStayWhileOnlyValuesChange) {
  Walk w;
  ObjectsView view(w);
  view.resize(900, 700);
  w.open(std::move(session));
  w.seek(walk.skSet + 1);
  const QPointF before = view.stage().itemOf(walk.socket)->pos();
  w.seek(walk.skSet + 1);
  EXPECT_EQ(view.stage().itemOf(walk.socket)->pos(), before);
}

// What a card shows, in the form of tell::lines().
QStringList shownLines(const ObjectItem& item, const tell::ObjectGraph& graph, int index) {
  const tell::ObjectCard& card = item.card();
  QStringList out{text(card.title) + (card.born ? " (new)" : "")};
  for (int r = 0; r < int(card.rows.size()); ++r) {
    const bool points = std::any_of(graph.links.begin(), graph.links.end(),
                                    [&](auto& link) { return link.from == index && link.row == r; });
    out << QStringLiteral("  %1%2%3%4")
               .arg(item.label(r), points ? QStringLiteral(" → ") : QStringLiteral(" = "), item.value(r),
                    card.rows[std::size_t(r)].changed && !card.born ? QStringLiteral(" (changed)") : QString());
  }
  return out;
}

// What there is no room for is counted in a line below the stage, with a way to have it there.
TEST(ObjectsOfExamples, WhatIsLeftOutIsSaidAndCanBeShown) {
  Walk w;
  ObjectsView view(w);
  view.resize(560, 420);
  w.open(tests::walkOf(SOCKWALK_SOURCE_DIR "/assets/walks/tcp-between-two-hosts.pkt"));
  w.toNextCall("tcp_v4_syn_recv_sock");
  const tell::ObjectGraph few = view.stage().graph();
  ASSERT_GT(few.hidden, 0);
  EXPECT_EQ(view.leftOut()->toolTip().toStdString(), english(few.leftOut()));
  ASSERT_TRUE(view.showAll()->isEnabled());
  view.showAll()->click();
  EXPECT_EQ(view.stage().graph().hidden, 0);
  EXPECT_EQ(view.stage().graph().cards.size(), few.cards.size() + std::size_t(few.hidden));
  view.showAll()->click();
  EXPECT_EQ(view.stage().graph().cards.size(), few.cards.size());
}

TEST(ObjectsOfExamples, TheCardsSayWhatIsTold) {
  int moments = 0;
  for (const std::string& file : tests::exampleWalks(SOCKWALK_SOURCE_DIR)) {
    Walk w;
    ObjectsView view(w);
    view.resize(900, 700);
    w.open(tests::walkOf(file));
    for (const EventIndex at : tests::someMoments(w.journal(), 8)) {
      w.seek(at);
      ++moments;
      const tell::ObjectGraph& graph = view.stage().graph();
      QStringList shown, told;
      for (int i : graph.inOrder())
        shown << shownLines(*view.stage().itemOf(graph.cards[std::size_t(i)].address), graph, i);
      for (std::size_t h = 0; h < graph.holders.size(); ++h) {
        QStringList parts;
        for (const int card : graph.holders[h].cards) parts << text(graph.cards[std::size_t(card)].title);
        const QString words = view.stage().holders()[h]->words();
        shown << QString("%1 holds %2; %3")
                     .arg(words.section(": ", 0, 0), parts.join(QStringLiteral(", ")), words.section(": ", 1));
      }
      for (const std::string& line : tell::lines(graph)) told << text(line);
      if (graph.hidden || graph.cards.empty()) told.removeLast(); // a sentence of its own
      ASSERT_EQ(shown, told) << file << " at " << at;
    }
  }
  EXPECT_GT(moments, 60);
}

} // namespace
