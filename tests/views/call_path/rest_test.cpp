// The map of a call path rests, and nothing lies on it: each walk is stepped whole, forward and back, and at every step
// the places of all that stands in the scene are compared with the step before and with one another.
#include "tests/support/walks.h"
#include "views/call_path/call_path_view.h"
#include "views/theme/motion.h"

#include <gtest/gtest.h>
#include <QTest>

using namespace sockwalk;

namespace {

struct Calm : ::testing::Test {
  Calm() { Motion::setReduced(true); } // it is where it goes at once
  ~Calm() override { Motion::setReduced(false); }
};

// Where the functions of the path stand in the scene, by what they are rather than by number: their first call and part.
using Places = std::map<EventIndex, QPointF>;

struct Stepper {
  Walk walk;
  CallPathView view{walk};
  Places before;
  std::shared_ptr<const tell::CallPath> path;
  std::vector<int> shown;
  int steps = 0, moved = 0, opened = 0;

  explicit Stepper(const std::string& file, const QSize& size = {620, 520}) {
    view.resize(size);
    walk.open(tests::walkOf(SOCKWALK_SOURCE_DIR + file));
  }

  void look() {
    const CallPathStage& stage = view.stage();
    const PathPicture& picture = *stage.picture();
    Places now;
    for (QGraphicsItem* item : stage.scene()->items())
      if (const auto* pill = qgraphicsitem_cast<PillItem*>(item))
        now[picture.path->nodes()[pill->node()].calls.front()] = pill->sceneBoundingRect().center();
    if (path == picture.path) {
      const bool unfolds = !std::ranges::includes(shown, picture.shown); // something is there that was not
      opened += unfolds;
      for (const auto& [call, place] : now) moved += !unfolds && before.contains(call) && before[call] != place;
    }
    before = std::move(now);
    path = picture.path;
    shown = picture.shown;
    ++steps;
    nothingLiesOnAFunction();
  }

  void nothingLiesOnAFunction() {
    CallPathStage& stage = view.stage();
    std::vector<QRectF> pills = stage.pills();
    for (QRectF& pill : pills) pill.adjust(1, 1, -1, -1); // what the screen's pixels round
    std::vector<QRectF> lying = stage.cards();
    lying.push_back(stage.token());
    for (std::size_t a = 0; a < pills.size(); ++a) {
      for (const QRectF& card : lying) EXPECT_FALSE(card.intersects(pills[a])) << "at " << walk.position();
      for (std::size_t b = a + 1; b < pills.size(); ++b)
        EXPECT_FALSE(pills[a].intersects(pills[b])) << "at " << walk.position();
    }
    for (std::size_t a = 0; a + 1 < lying.size(); ++a)
      for (std::size_t b = a + 1; b + 1 < lying.size(); ++b) EXPECT_FALSE(lying[a].intersects(lying[b]));
  }

  // Through all of a stimulus and back.
  void walkThrough(int stimulus) {
    walk.toStimulus(stimulus);
    look();
    const EventIndex begin = walk.position();
    while (path->stimulus() == stimulus && walk.position() < path->end()) {
      walk.stepInto();
      if (view.stage().picture()->path->stimulus() != stimulus) break;
      look();
    }
    while (walk.position() > begin) {
      walk.stepBackInto();
      look();
    }
  }

  int stimulusNamed(std::string_view words, int nth = 1) const {
    const auto& all = walk.journal().stimuli();
    for (std::size_t s = 0; s < all.size(); ++s)
      if (all[s].text.starts_with(words) && --nth == 0) return static_cast<int>(s);
    ADD_FAILURE() << "no " << words;
    return 0;
  }
};

TEST_F(Calm, SocketForwardAndBack) {
  Stepper s("/lessons/03-socket/scenario.pkt");
  s.walkThrough(s.stimulusNamed("socket(AF_INET, SOCK_STREAM"));
  EXPECT_GT(s.steps, 130);
  EXPECT_EQ(s.moved, 0);
  EXPECT_EQ(s.opened, 0) << "all of it is shown";
}

TEST_F(Calm, ConnectToAnotherHost) {
  Stepper s("/assets/walks/tcp-between-two-hosts.pkt");
  s.walkThrough(s.stimulusNamed("connect("));
  EXPECT_GT(s.steps, 380);
  EXPECT_EQ(s.moved, 0);
  EXPECT_LT(s.opened, s.steps / 8);
}

TEST_F(Calm, ASoftirqThatReceives) {
  Stepper s("/assets/walks/tcp-between-two-hosts.pkt");
  s.walkThrough(s.stimulusNamed("frames arrive", 3));
  EXPECT_GT(s.steps, 200);
  EXPECT_EQ(s.moved, 0);
}

TEST_F(Calm, OnLoopbackWhereASoftirqRunsInTheMidstOfACall) {
  Stepper s("/assets/walks/tcp-on-loopback.pkt", {780, 700});
  s.walkThrough(s.stimulusNamed("connect("));
  EXPECT_EQ(s.moved, 0);
  EXPECT_GT(s.view.stage().picture()->headings.size(), 1u);
}

// Every edge runs down the page, and the picture is no wider than the stage: nothing circles it, nothing is cut off.
TEST_F(Calm, EdgesLeadDownAndThePictureFitsTheStage) {
  for (const char* file :
       {"/assets/walks/tcp-between-two-hosts.pkt", "/assets/walks/udp-through-a-router.pkt",
        "/assets/walks/tcp-lost-segment.pkt", "/assets/walks/epoll-server.pkt", "/assets/walks/tcp-on-loopback.pkt"}) {
    Stepper s(file);
    std::set<const PathPicture*> seen;
    for (const EventIndex moment : tests::someMoments(s.walk.journal(), 60)) {
      s.walk.seek(moment);
      const PathPicture& picture = *s.view.stage().picture();
      if (!seen.insert(&picture).second) continue;
      for (const PathPicture::Edge& edge : picture.edges)
        EXPECT_LT(edge.points.first().y(), edge.points.last().y()) << file << " at " << moment;
      EXPECT_LE(picture.size.width() * CallPathStage::readingScale, s.view.width() * 1.02) << file << " at " << moment;
    }
    EXPECT_GT(seen.size(), 5u);
  }
}

// A click on a part of a function, as a person makes it; false if none that is in sight has it.
bool clickOn(CallPathStage& stage, PillItem::Part part, int& node) {
  for (QGraphicsItem* item : stage.scene()->items()) {
    const auto* pill = qgraphicsitem_cast<PillItem*>(item);
    if (!pill) continue;
    const QRectF r = pill->boundingRect();
    for (double x = r.right(); x > r.left(); x -= 2)
      for (double y = r.bottom(); y > r.top(); y -= 2) {
        const QPoint at = stage.mapFromScene(QPointF(x, y));
        if (pill->partAt({x, y}) != part || !stage.viewport()->rect().adjusted(4, 4, -4, -4).contains(at)) continue;
        node = pill->node();
        QTest::mouseClick(stage.viewport(), Qt::LeftButton, {}, at);
        return true;
      }
  }
  return false;
}

// What is called several times is one function with a count, and opens in place on a click on the count.
TEST_F(Calm, ACountOpensAndCloses) {
  Stepper s("/assets/walks/tcp-on-loopback.pkt");
  s.walk.toStimulus(s.stimulusNamed("connect("));
  s.walk.toNextCall("ip_rcv");
  const EventIndex at = s.walk.position();
  const auto path = s.view.stage().picture()->path;
  int counted = -1;
  ASSERT_TRUE(clickOn(s.view.stage(), PillItem::Part::Times, counted));
  EXPECT_EQ(s.walk.position(), at) << "the walk stays where it is";
  const tell::PathNode node = path->nodes()[counted];
  const auto apart = s.view.stage().picture()->path;
  ASSERT_GT(apart->nodes().size(), path->nodes().size());
  for (std::size_t call = 0; call < node.calls.size(); ++call)
    EXPECT_EQ(apart->nodes()[apart->nodeOf(node.calls[call])].part, static_cast<int>(call) + 1);
  emit s.view.stage().callsWanted(apart->nodeOf(node.calls[1])); // from its menu
  EXPECT_EQ(s.view.stage().picture()->path->nodes().size(), path->nodes().size());
}

TEST_F(Calm, AFoldOpensOnAClickOnItsCount) {
  Stepper s("/assets/walks/tcp-between-two-hosts.pkt");
  s.walk.toStimulus(s.stimulusNamed("connect("));
  s.walk.toNextCall("tcp_v4_connect");
  const EventIndex at = s.walk.position();
  const std::vector<int> before = s.view.stage().picture()->shown;
  int fold = -1;
  ASSERT_TRUE(clickOn(s.view.stage(), PillItem::Part::Fold, fold));
  const std::vector<int> now = s.view.stage().picture()->shown;
  EXPECT_EQ(s.walk.position(), at);
  EXPECT_TRUE(std::ranges::includes(now, before)) << "what was there stays";
  EXPECT_GT(now.size(), before.size());
}

} // namespace
