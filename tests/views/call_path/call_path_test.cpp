// The view of the call path, from recordings made by hand: what is folded, what stands in it, and where a click goes.
#include "engine/tell/calls/calls.h"
#include "tests/support/walks.h"
#include "tests/views/sample/recorded_session.h"
#include "views/call_path/call_path_folds.h"
#include "views/call_path/call_path_view.h"
#include "views/theme/motion.h"
#include "views/walk/text.h"

#include <gtest/gtest.h>
#include <QLabel>

using namespace sockwalk;

namespace {

const char* const socketTree = "__x64_sys_socket\n"
                               "  __sys_socket\n"
                               "    sock_alloc\n"
                               "    sk_alloc\n"
                               "      sk_prot_alloc\n"
                               "    sk_alloc\n"
                               "    inet_create\n";
// A chain of 40 with a leaf beside each of its functions: too many for one picture.
std::string deepTree() {
  std::string tree;
  for (int i = 0; i < 40; ++i) {
    tree += std::string(2 * i, ' ') + "deep_" + std::to_string(i) + "\n";
    tree += std::string(2 * i + 2, ' ') + "leaf_" + std::to_string(i) + "\n";
  }
  return tree;
}
const bool known = knowFunctions(socketTree) && knowFunctions(deepTree());

struct CallPathTest : ::testing::Test {
  std::unique_ptr<RecordedSession> session = std::make_unique<RecordedSession>();
  static int named(const tell::CallPath& path, const std::string& name) {
    for (std::size_t n = 0; n < path.nodes().size(); ++n)
      if (path.nodes()[n].name == name) return static_cast<int>(n);
    return -1;
  }
};

TEST_F(CallPathTest, ALargePathIsFoldedButTheRunningFunctionIsAlwaysThere) {
  session->play("deep", deepTree());
  const tell::CallPath path(session->journal(), 0);
  ASSERT_EQ(path.nodes().size(), 81u);
  for (int running = 0; running < 81; ++running) {
    std::set<int> opened;
    openFoldsOf(path, running, opened, 20);
    const auto shown = visibleNodes(path, opened, 20);
    EXPECT_TRUE(std::binary_search(shown.begin(), shown.end(), running)) << running;
    EXPECT_LE(shown.size(), 81u);
    for (int n : shown) {
      const int up = path.nodes()[n].parent;
      EXPECT_TRUE(up < 0 || !path.nodes()[n].level || std::binary_search(shown.begin(), shown.end(), up))
          << "a caller is missing";
    }
  }
  EXPECT_EQ(visibleNodes(path, {}, 500).size(), 81u);
  EXPECT_LE(visibleNodes(path, {}, 20).size(), 20u);
}

TEST_F(CallPathTest, TheWayBetweenTwoNodesGoesThroughTheirCaller) {
  session->play("socket(2, 1, 0)", socketTree);
  const tell::CallPath path(session->journal(), 0);
  const int a = named(path, "sk_prot_alloc"), b = named(path, "sock_alloc");
  const std::vector<int> expected{a, named(path, "sk_alloc"), named(path, "__sys_socket"), b};
  EXPECT_EQ(wayBetween(path, a, b), expected);
  EXPECT_EQ(wayBetween(path, a, a), std::vector<int>{a});
}

TEST_F(CallPathTest, AClickSeeksAndARepeatedClickGoesOn) {
  session->play("socket(2, 1, 0)", socketTree);
  Walk walk;
  CallPathView view(walk);
  view.resize(620, 520);
  walk.open(std::move(session));
  walk.seek(3);
  const auto path = view.stage().picture()->path;
  const int node = named(*path, "sk_alloc");
  const auto& calls = path->nodes()[node].calls;
  emit view.stage().nodeClicked(node, false);
  EXPECT_EQ(walk.position(), calls[0] + 1);
  emit view.stage().nodeClicked(node, false);
  EXPECT_EQ(walk.position(), calls[1] + 1);
  emit view.stage().nodeClicked(node, false);
  EXPECT_EQ(walk.position(), calls[0] + 1) << "from the last to the first";
  emit view.stage().nodeClicked(node, true);
  EXPECT_EQ(walk.position(), calls[1] + 1) << "backward from the first to the last";
}

TEST_F(CallPathTest, AStepGlidesAndAJumpDoesNot) {
  session->play("socket(2, 1, 0)", socketTree);
  Walk walk;
  CallPathView view(walk);
  view.resize(620, 520);
  walk.open(std::move(session));
  walk.seek(4);
  EXPECT_FALSE(view.stage().gliding());
  const QPointF before = view.stage().tokenPosition();
  walk.stepInto();
  EXPECT_TRUE(view.stage().gliding());
  walk.seek(4);
  EXPECT_FALSE(view.stage().gliding());
  EXPECT_EQ(view.stage().tokenPosition(), before);
}

TEST_F(CallPathTest, PictureIsReusedWhileNothingUnfolds) {
  session->play("socket(2, 1, 0)", socketTree);
  Walk walk;
  CallPathView view(walk);
  view.resize(620, 520);
  walk.open(std::move(session));
  const PathPicture* first = view.stage().picture();
  for (EventIndex p = 2; p < walk.journal().size(); ++p) {
    walk.seek(p);
    EXPECT_EQ(view.stage().picture(), first);
  }
}

TEST_F(CallPathTest, AStimulusThatGrowsIsReadAgain) {
  session->play("socket(2, 1, 0)", socketTree);
  RecordedSession& growing = *session;
  Walk walk;
  CallPathView view(walk);
  view.resize(620, 520);
  walk.open(std::move(session));
  walk.seek(4);
  const tell::CallPath* first = view.stage().picture()->path.get();
  emit walk.recorded();
  EXPECT_EQ(view.stage().picture()->path.get(), first) << "nothing new";
  const FunctionInfo& late = *Symbols::get().functionNamed("deep_0");
  growing.recorder().leave(growing.recorder().call(late, nullptr, 0), false, 0, 1);
  emit walk.recorded();
  EXPECT_GE(named(*view.stage().picture()->path, "deep_0"), 0);
  growing.play("another", socketTree);
  emit walk.recorded();
  EXPECT_EQ(named(*view.stage().picture()->path, "another"), -1) << "the playhead stands in the first";
}

// The map rests: stepping through a call moves no function, and changes no size of type, but where a fold opens.
TEST(CallPathWalks, TheMapRests) {
  Motion::setReduced(true);
  for (const char* file : {"/assets/walks/epoll-server.pkt", "/assets/walks/tcp-between-two-hosts.pkt",
                           "/lessons/10-sk-buff/scenario.pkt"}) {
    SCOPED_TRACE(file);
    Walk walk;
    CallPathView view(walk);
    view.resize(620, 520);
    walk.open(tests::walkOf(std::string(SOCKWALK_SOURCE_DIR) + file));
    walk.toStimulus(1); // the boot is no call
    std::shared_ptr<const tell::CallPath> path;
    const PathPicture* picture = nullptr;
    std::vector<int> shown;
    std::size_t opened = 0;
    for (int step = 0; step < 300; ++step) {
      walk.stepInto();
      CallPathStage& stage = view.stage();
      EXPECT_EQ(stage.transform().m11(), CallPathStage::readingScale);
      const bool same = stage.picture()->path == path;
      opened += same && stage.picture() != picture;
      if (same && stage.picture() != picture) {
        EXPECT_FALSE(std::ranges::includes(shown, stage.picture()->shown)) << "nothing opened, yet the map is another";
      }
      path = stage.picture()->path;
      picture = stage.picture();
      shown = picture->shown;
    }
    EXPECT_LT(opened, 60u);
  }
  Motion::setReduced(false);
}

// The walk that the program opens on: socket() has one map, and it stands.
TEST(CallPathWalks, TheMapOfSocketNeverMoves) {
  Motion::setReduced(true); // it is where it goes at once
  Walk walk;
  CallPathView view(walk);
  view.resize(620, 520);
  walk.open(tests::walkOf(SOCKWALK_SOURCE_DIR "/lessons/03-socket/scenario.pkt"));
  walk.toNextCall("__x64_sys_socket");
  const PathPicture* map = view.stage().picture();
  int steps = 0, cards = 0, tables = 0;
  for (const auto path = map->path; view.stage().picture()->path == path; ++steps) {
    EXPECT_EQ(view.stage().picture(), map) << steps;
    cards += !view.stage().cards().empty();
    tables += view.stage().card().has_value();
    EXPECT_EQ(view.reached()->text().isEmpty(), !view.stage().card()) << "a table call is said even where no card fits";
    walk.stepInto();
  }
  EXPECT_GT(steps, 60);
  EXPECT_GT(cards, steps / 2) << "most steps find room for their words";
  EXPECT_GT(tables, 0);
  Motion::setReduced(false);
}

// What the view shows is what the command line prints, in every example walk and lesson.
TEST(CallPathWalks, TheStageSaysWhatIsTold) {
  int tables = 0, sentences = 0;
  for (const std::string& file : tests::exampleWalks(SOCKWALK_SOURCE_DIR)) {
    SCOPED_TRACE(file);
    Walk walk;
    CallPathView view(walk);
    view.resize(620, 520);
    walk.open(tests::walkOf(file));
    for (EventIndex moment : tests::someMoments(walk.journal(), 25)) {
      walk.seek(moment);
      const tell::CallsAt told = tell::readCalls(walk.playhead());
      const CallPathStage& stage = view.stage();
      EXPECT_EQ(stage.picture()->path->nodes().size(), told.path.nodes().size());
      EXPECT_EQ(stage.moment().tenses, told.moment.tenses);
      EXPECT_EQ(stage.caption().arguments.toStdString(), english(told.moment.arguments));
      EXPECT_EQ(stage.caption().sentence.toStdString(), english(told.moment.sentence));
      EXPECT_EQ(stage.caption().loss.toStdString(), english(told.moment.loss));
      ASSERT_EQ(stage.card().has_value(), told.card.has_value());
      if (told.card) {
        EXPECT_EQ(lines(*stage.card()), lines(*told.card));
      }
      tables += told.card.has_value();
      sentences += !told.moment.sentence.empty();
    }
  }
  EXPECT_GT(tables, 5);
  EXPECT_GT(sentences, 10);
}

TEST(Callout, LiesBesideItsAnchorAndInsideTheStage) {
  const QRectF bounds(0, 0, 600, 400), anchor(250, 180, 100, 26);
  const QRectF at = placeCallout({120, 60}, anchor, {{QRectF(200, 210, 300, 100), 12}}, bounds);
  EXPECT_TRUE(bounds.contains(at));
  EXPECT_FALSE(at.intersects(anchor));
  EXPECT_FALSE(at.intersects(QRectF(200, 210, 300, 100)));
}

} // namespace
