// Room, shared out anew: what folds and comes back, by itself, by mouse and by keys, and edges that keys move.
#include "app/stage.h"
#include "tests/app/room_fixture.h"
#include <QAbstractButton>
#include <QTabBar>

namespace sockwalk {
namespace {

using tests::Lesson, tests::RoomTest, tests::Script;

// What does not fit folds to its heading by itself, and comes back: on a click, when something else gives way, and with the
// room.
TEST_F(RoomTest, WhatDoesNotFitFoldsAndComesBack) {
  begin({1280, 800}, SOCKWALK_SOURCE_DIR "/assets/walks/tcp-on-loopback.pkt");
  window().resize(820, 640);
  rest();
  ASSERT_EQ(window().size(), QSize(820, 640));
  EXPECT_EQ(dock("lesson").shape(), CardDock::Shape::Spine);
  EXPECT_FALSE(dock("structure").isFolded());
  EXPECT_GE(window().stage().width(), 380);
  QTest::mouseClick(dock("lesson").titleBarWidget()->findChild<QAbstractButton*>(), Qt::LeftButton);
  rest();
  EXPECT_FALSE(dock("lesson").isFolded());
  EXPECT_EQ(window().size(), QSize(820, 640));
  EXPECT_EQ(dock("structure").shape(), CardDock::Shape::Spine) << "which gives way";
  EXPECT_EQ(dock("source").shape(), CardDock::Shape::Spine);
  window().resize(1280, 800);
  rest();
  for (const char* name : {"lesson", "structure", "source", "walk"}) EXPECT_FALSE(dock(name).isFolded()) << name;
}

TEST_F(RoomTest, InALessonTheWordsStay) {
  begin({1280, 800}, Lesson);
  window().resize(820, 640);
  rest();
  EXPECT_FALSE(dock("lesson").isFolded());
  EXPECT_EQ(dock("structure").shape(), CardDock::Shape::Spine);
}

TEST_F(RoomTest, ADockFoldsToItsHeadingAndStaysSo) {
  begin({1280, 800}, Lesson);
  CardDock& source = dock("source");
  const int height = source.height(), structure = dock("structure").height();
  const auto fold = [&] {
    QTest::mouseDClick(source.titleBarWidget(), Qt::LeftButton, {}, {60, 8});
    rest();
  };
  fold();
  EXPECT_EQ(source.shape(), CardDock::Shape::Heading);
  EXPECT_EQ(source.height(), source.headingHeight());
  EXPECT_GT(dock("structure").height(), structure + height / 2) << "it has the room";
  window().resize(1400, 900);
  rest();
  EXPECT_TRUE(source.isFolded()) << "by the person";
  const QString state = window().layoutState();
  fold();
  EXPECT_FALSE(source.isFolded());
  window().restoreLayout(state);
  rest();
  EXPECT_TRUE(source.isFolded());
  window().goToView("source");
  rest();
  EXPECT_FALSE(source.isFolded()) << "asked for by its key";
  EXPECT_NEAR(source.height(), dock("structure").height() * 38 / 62, 40) << "its share of the column";
}

TEST_F(RoomTest, TheKeyFoldsTheDockThatHasTheKeys) {
  begin({1280, 800}, Lesson);
  window().goToView("structure");
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_F12, Qt::ShiftModifier);
  rest();
  EXPECT_TRUE(dock("structure").isFolded());
  ASSERT_TRUE(dock("structure").isAncestorOf(QApplication::focusWidget())) << "its arrow has them now";
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_F12, Qt::ShiftModifier);
  rest();
  EXPECT_FALSE(dock("structure").isFolded());
}

TEST_F(RoomTest, KeysMoveTheEdgeOfWhatHasTheKeys) {
  begin({1280, 800}, Script);
  CardDock& structure = dock("structure");
  const auto press = [&](Qt::Key key) {
    QTest::keyClick(&window(), key, Qt::ControlModifier | Qt::AltModifier);
    rest();
  };
  view<StructureView>().findChild<QTreeView*>()->setFocus();
  const int wide = structure.width();
  press(Qt::Key_Right);
  EXPECT_GT(structure.width(), wide);
  press(Qt::Key_Left);
  EXPECT_EQ(structure.width(), wide);
  QWidget& stage = window().stage();
  window().goToView("call-path");
  const QSize before = stage.size();
  press(Qt::Key_Right);
  EXPECT_GT(stage.width(), before.width());
  press(Qt::Key_Up);
  EXPECT_GT(stage.height(), before.height());
  press(Qt::Key_Down);
  EXPECT_EQ(stage.height(), before.height());
}

TEST_F(RoomTest, KeysMoveTheEdgeWithinAView) {
  begin({1280, 800}, Script);
  auto* tree = view<StructureView>().findChild<QTreeView*>();
  tree->setFocus();
  const int high = tree->height(), dockHigh = dock("structure").height();
  QTest::keyClick(&window(), Qt::Key_Down, Qt::ControlModifier | Qt::AltModifier);
  rest();
  EXPECT_LT(tree->height(), high);
  EXPECT_EQ(dock("structure").height(), dockHigh);
}

TEST_F(RoomTest, ATabBelowOpensWhatIsFolded) {
  begin({1280, 800}, Lesson);
  auto* const tabs = dock("walk").findChild<QTabBar*>();
  QTest::mouseDClick(dock("walk").titleBarWidget(), Qt::LeftButton, {}, {dock("walk").width() - 60, 8});
  rest();
  ASSERT_TRUE(dock("walk").isFolded());
  QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
  rest();
  EXPECT_FALSE(dock("walk").isFolded());
  EXPECT_EQ(tabs->currentIndex(), 1);
  EXPECT_TRUE(window().view("packets")->isVisible());
}

TEST_F(RoomTest, OneKeyGivesTheStageTheWholeWindowAndBack) {
  begin({1280, 800}, Lesson);
  QMap<QString, QRect> before;
  const auto places = [&] {
    QMap<QString, QRect> all;
    for (const CardDock* d : window().findChildren<CardDock*>()) all[d->objectName()] = d->geometry();
    return all;
  };
  before = places();
  QTest::keyClick(&window(), Qt::Key_F12);
  rest();
  EXPECT_GE(window().stage().width(), 1260);
  EXPECT_GE(window().stage().height(), 670);
  for (const CardDock* d : window().findChildren<CardDock*>()) EXPECT_FALSE(d->isVisible());
  const QString kept = window().layoutState();
  QTest::keyClick(&window(), Qt::Key_F12);
  rest();
  EXPECT_EQ(places(), before);
  window().restoreLayout(kept);
  rest();
  EXPECT_EQ(places(), before) << "a layout that is kept meanwhile is the one that comes back";
}

} // namespace
} // namespace sockwalk
