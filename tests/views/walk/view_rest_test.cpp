// A view that stands behind another does nothing at a step, and hears where the playhead is when it comes to the front.
#include "tests/views/sample/socket_walk.h"
#include "views/walk/view.h"
#include <gtest/gtest.h>
#include <QTabWidget>

using namespace sockwalk;

namespace {

class Probe final : public View {
public:
  using View::View;
  int heard = 0;
  EventIndex at = NoEvent;
  bool jumped = false;

private:
  void moved(EventIndex, EventIndex to, bool jump) override {
    ++heard;
    at = to;
    jumped = jump;
  }
};

struct ViewRestTest : testing::Test {
  void SetUp() override {
    auto session = std::make_unique<RecordedSession>();
    played = playSocketWalk(*session);
    walk.open(std::move(session));
    walk.seek(played.begin);
    for (Probe* probe : {front, behind}) tabs.addTab(probe, {});
  }
  SocketWalk played;
  Walk walk;
  QTabWidget tabs;
  Probe *front = new Probe(walk), *behind = new Probe(walk);
};

TEST_F(ViewRestTest, OnlyTheViewInFrontWorksAtAStep) {
  tabs.show();
  front->heard = behind->heard = 0;
  walk.seek(played.sockBorn);
  walk.seek(played.skSet);
  EXPECT_EQ(front->heard, 2);
  EXPECT_EQ(behind->heard, 0);
}

TEST_F(ViewRestTest, WhoComesToTheFrontHearsOnceWhereThePlayheadIs) {
  tabs.show();
  walk.seek(played.installed);
  behind->heard = 0;
  tabs.setCurrentWidget(behind);
  EXPECT_EQ(behind->heard, 1);
  EXPECT_EQ(behind->at, walk.position());
  EXPECT_TRUE(behind->jumped);
  tabs.setCurrentWidget(front);
  tabs.setCurrentWidget(behind);
  EXPECT_EQ(behind->heard, 1) << "nothing moved meanwhile";
}

TEST_F(ViewRestTest, InAWindowThatIsNotSeenAllWork) {
  front->heard = behind->heard = 0;
  walk.seek(played.installed);
  EXPECT_EQ(front->heard, 1);
  EXPECT_EQ(behind->heard, 1);
}

} // namespace
