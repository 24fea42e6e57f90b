// The model of the call path, from recordings made by hand: which nodes there are, which run, and where a click goes.
#include "tests/views/sample/recorded_session.h"
#include "views/call_path/call_path_view.h"
#include "views/theme/motion.h"

#include <gtest/gtest.h>
#include <QApplication>

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

struct CallPathTest : ::testing::Test {
  static void SetUpTestSuite() {
    knowFunctions(socketTree);
    knowFunctions(deepTree());
  }
  std::unique_ptr<RecordedSession> session = std::make_unique<RecordedSession>();
  static int named(const CallPath& path, const QString& name) {
    for (std::size_t n = 0; n < path.nodes().size(); ++n)
      if (path.nodes()[n].name == name) return static_cast<int>(n);
    return -1;
  }
};

TEST_F(CallPathTest, RepeatedCallsFromOneCallerAreOneNode) {
  session->play("socket(2, 1, 0)", socketTree);
  const CallPath path(session->journal(), 0);
  ASSERT_EQ(path.nodes().size(), 7u); // the stimulus and six functions
  EXPECT_EQ(path.nodes()[0].name, "socket(2, 1, 0)");
  EXPECT_EQ(path.nodes()[named(path, "sk_alloc")].calls.size(), 2u);
  EXPECT_EQ(path.nodes()[0].below, 6);
  for (std::size_t n = 1; n < path.nodes().size(); ++n) EXPECT_LT(path.nodes()[n].parent, static_cast<int>(n));
}

TEST_F(CallPathTest, TensesFollowThePlayhead) {
  session->play("socket(2, 1, 0)", socketTree);
  const Journal& j = session->journal();
  const CallPath path(j, 0);
  Playhead p(j);
  const int alloc = named(path, "sk_prot_alloc");
  p.seek(path.nodes()[alloc].calls[0] + 1);
  PathMoment m = momentOf(path, p);
  EXPECT_EQ(m.running, alloc);
  EXPECT_EQ(m.tenses[alloc], Tense::Running);
  EXPECT_EQ(m.tenses[named(path, "sk_alloc")], Tense::Active);
  EXPECT_EQ(m.tenses[0], Tense::Active);
  EXPECT_EQ(m.tenses[named(path, "sock_alloc")], Tense::Past);
  EXPECT_EQ(m.tenses[named(path, "inet_create")], Tense::Future);
  EXPECT_EQ(m.arguments, "value 3");

  p.seek(Journal::returnOf(j[path.nodes()[alloc].calls[0]]) + 1);
  m = momentOf(path, p);
  EXPECT_EQ(m.running, named(path, "sk_alloc"));
  EXPECT_EQ(m.returned, alloc);
  EXPECT_EQ(m.result, "0");

  p.seek(j.size());
  m = momentOf(path, p);
  EXPECT_EQ(m.running, 0) << "all has returned: the stimulus itself";
}

TEST_F(CallPathTest, ASleeperThatGoesOnKeepsItsCallers) {
  Recorder& r = session->recorder();
  session->play("socket(2, 1, 0)", socketTree);
  const FunctionInfo& outer = *Symbols::get().functionNamed("__sys_socket");
  const FunctionInfo& inner = *Symbols::get().functionNamed("sock_alloc");
  r.context(Context::Task, 100, "task 100", r.now(), NoEvent);
  r.stimulus("sleeps", "");
  const EventIndex call = r.call(outer, nullptr, 0);
  r.context(Context::Idle, 0, "interrupt", r.now(), NoEvent);
  r.stimulus("frame", "");
  r.context(Context::Task, 100, "task 100", r.now(), call);
  const EventIndex woken = r.call(inner, nullptr, 0);
  r.leave(woken, false, 0, 1);
  r.leave(call, false, 0, 1);
  const CallPath path(session->journal(), 2);
  EXPECT_EQ(path.nodes()[0].layer, Layer::Device);
  ASSERT_GE(path.nodeOf(woken), 0);
  EXPECT_EQ(path.nodes()[path.nodeOf(woken)].parent, path.nodeOf(call));
  EXPECT_EQ(path.nodes()[path.nodeOf(call)].parent, -1);
  Playhead p(session->journal());
  p.seek(woken + 1);
  EXPECT_EQ(momentOf(path, p).running, path.nodeOf(woken));
}

TEST_F(CallPathTest, ALargePathIsFoldedButTheRunningFunctionIsAlwaysThere) {
  session->play("deep", deepTree());
  const CallPath path(session->journal(), 0);
  ASSERT_EQ(path.nodes().size(), 81u);
  for (int running = 0; running < 81; ++running) {
    const auto shown = path.visible(running, 20);
    EXPECT_TRUE(std::binary_search(shown.begin(), shown.end(), running)) << running;
    EXPECT_LE(shown.size(), 70u);
    for (int n : shown) {
      const int up = path.nodes()[n].parent;
      EXPECT_TRUE(up < 0 || std::binary_search(shown.begin(), shown.end(), up)) << "a caller is missing";
    }
  }
  EXPECT_EQ(path.visible(0, 500).size(), 81u);
  EXPECT_LE(path.visible(0, 20).size(), 20u);
}

TEST_F(CallPathTest, TheWayBetweenTwoNodesGoesThroughTheirCaller) {
  session->play("socket(2, 1, 0)", socketTree);
  const CallPath path(session->journal(), 0);
  const int a = named(path, "sk_prot_alloc"), b = named(path, "sock_alloc");
  const std::vector<int> expected{a, named(path, "sk_alloc"), named(path, "__sys_socket"), b};
  EXPECT_EQ(path.way(a, b), expected);
  EXPECT_EQ(path.way(a, a), std::vector<int>{a});
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
  const CallPath* first = view.stage().picture()->path.get();
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

TEST(Callout, LiesBesideItsAnchorAndInsideTheStage) {
  const QRectF bounds(0, 0, 600, 400), anchor(250, 180, 100, 26);
  const QRectF at = placeCallout({120, 60}, anchor, {{QRectF(200, 210, 300, 100), 12}}, bounds);
  EXPECT_TRUE(bounds.contains(at));
  EXPECT_FALSE(at.intersects(anchor));
  EXPECT_FALSE(at.intersects(QRectF(200, 210, 300, 100)));
}

} // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
