// The pages of the structure view on a walk of the real kernel: groups, heat, comparison, search through memory. Each says
// what engine/tell says.
#include "engine/tell/fields.h"
#include "engine/tell/structures/structures.h"
#include "tests/support/walks.h"
#include "views/structure/compare_model.h"
#include "views/structure/compare_pane.h"
#include "views/structure/find_pane.h"
#include "views/structure/found_model.h"
#include "views/structure/heat_model.h"
#include "views/structure/heat_pane.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_view.h"
#include "views/walk/kept_moments.h"
#include "views/walk/text.h"
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace sockwalk;

namespace {

struct StructurePages : ::testing::Test {
  Walk walk;
  StructureView view{walk};

  void SetUp() override {
    view.resize(520, 560);
    walk.open(tests::walkOf(SOCKWALK_SOURCE_DIR "/assets/walks/tcp-on-loopback.pkt"));
    view.show();
    view.activateWindow();
    walk.seek(tests::shareOf(walk.journal(), 0.3));
    look("tcp_sock #1");
    QApplication::processEvents();
  }
  tell::StructureSubject named(const std::string& name) {
    const auto found = tell::structureNamed(walk.playhead(), name);
    if (!found) throw std::runtime_error(found.error().message);
    return *found;
  }
  void look(const std::string& name) { walk.setFocus(Arena::addressOf(named(name).base)); }
  static void waitFor(FindPane& pane) {
    for (int i = 0; i < 10000 && pane.searching(); ++i) QApplication::processEvents();
    QApplication::processEvents();
  }
  static QStringList column(const QAbstractItemModel& model, int column) {
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row) out << model.index(row, column).data().toString();
    return out;
  }
};

// ---- groups

TEST_F(StructurePages, GroupsHaveTheSameMembersInAnotherOrder) {
  view.setTab(StructureView::GroupsTab);
  QStringList themes;
  for (int r = 0; r < view.model()->rowCount(); ++r) {
    EXPECT_EQ(view.model()->index(r, 0).data(StructureModel::KindRole).toInt(), int(StructureModel::Kind::Theme));
    themes << view.model()->index(r, StructureModel::MemberColumn).data().toString();
  }
  for (const char* theme : {"identity", "state", "queues", "memory", "timers", "callbacks"})
    EXPECT_TRUE(themes.contains(theme)) << themes.join(", ").toStdString();
  const u32 state = tell::offsetIn("sock_common", "skc_state");
  view.selectMember(state);
  EXPECT_EQ(view.tree()->currentIndex().siblingAtColumn(StructureModel::MemberColumn).data().toString(), "skc_state");
  EXPECT_EQ(view.tree()->currentIndex().parent().siblingAtColumn(StructureModel::MemberColumn).data().toString(),
            "state");
  view.setTab(StructureView::MembersTab);
  EXPECT_EQ(view.model()->index(0, StructureModel::MemberColumn).data().toString(), "inet_conn");
}

TEST_F(StructurePages, WhatHasNoGroupsSaysSo) {
  look("socket #1");
  QSignalSpy said(&walk, &Walk::boundaryReached);
  view.setTab(StructureView::GroupsTab);
  ASSERT_EQ(said.count(), 1);
  EXPECT_TRUE(said[0][0].toString().contains("no groups"));
  EXPECT_EQ(view.model()->index(0, StructureModel::MemberColumn).data().toString(), "state");
}

TEST_F(StructurePages, AStepMarksItsMemberInItsGroup) {
  view.setTab(StructureView::GroupsTab);
  const QString sndNxt = QStringLiteral("snd_nxt");
  const u32 offset = tell::offsetIn("tcp_sock", "snd_nxt");
  const u32 base = named("tcp_sock #2").base;
  look("tcp_sock #2");
  const EventIndex write = nextWrite(walk.journal(), 0, base + offset, 4, true);
  ASSERT_NE(write, NoEvent);
  walk.seek(nextWrite(walk.journal(), write, base + offset, 4, true));
  EXPECT_EQ(view.tree()->currentIndex().siblingAtColumn(StructureModel::MemberColumn).data().toString(), sndNxt);
  EXPECT_EQ(view.tree()->currentIndex().parent().siblingAtColumn(StructureModel::MemberColumn).data().toString(),
            "sending");
}

TEST_F(StructurePages, KeysChooseThePages) {
  view.tree()->setFocus();
  QTest::keyClick(view.tree(), Qt::Key_G);
  EXPECT_EQ(view.tab(), StructureView::GroupsTab);
  QTest::keyClick(view.tree(), Qt::Key_H);
  EXPECT_EQ(view.tab(), StructureView::HeatTab);
  view.heat()->table()->setFocus();
  QTest::keyClick(view.heat()->table(), Qt::Key_C);
  EXPECT_EQ(view.tab(), StructureView::CompareTab);
  view.comparison()->table()->setFocus();
  QTest::keyClick(view.comparison()->table(), Qt::Key_F);
  EXPECT_EQ(view.tab(), StructureView::FindTab);
  view.finder()->line()->setFocus();
  QTest::keyClicks(view.finder()->line(), "gmh");
  EXPECT_EQ(view.tab(), StructureView::FindTab) << "letters are the line's while one types";
  EXPECT_EQ(view.finder()->line()->text(), "gmh");
}

// ---- heat

TEST_F(StructurePages, HeatIsWhatIsTold) {
  view.setTab(StructureView::HeatTab);
  const HeatModel& model = *view.heat()->model();
  for (const tell::HeatStretch stretch : tell::HeatStretches) {
    view.heat()->stretch()->setCurrentIndex(int(stretch));
    const tell::Heat told = tell::readHeat(walk.playhead(), view.subject());
    ASSERT_EQ(model.rowCount(), int(told.lines.size()));
    double hottest = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
      const tell::LineHeat& line = told.lines[size_t(row)];
      EXPECT_EQ(model.index(row, HeatModel::Writes).data().toUInt(), line.writes.in(stretch));
      EXPECT_EQ(model.index(row, HeatModel::Writers).data().toString().toStdString(),
                english(tell::writersText(line, stretch, 3)));
      hottest = std::max(hottest, model.index(row, 0).data(HeatModel::HeatRole).toDouble());
    }
    EXPECT_EQ(hottest, told.hottest(stretch) ? 1 : 0);
  }
}

TEST_F(StructurePages, HeatFollowsThePlayheadAndTheObject) {
  view.setTab(StructureView::HeatTab);
  view.heat()->stretch()->setCurrentIndex(int(tell::HeatStretch::Here));
  const u32 before = view.heat()->model()->heat().writes.here;
  walk.seek(tests::shareOf(walk.journal(), 0.65));
  EXPECT_GT(view.heat()->model()->heat().writes.here, before);
  EXPECT_EQ(view.heat()->model()->heat().writes, tell::readHeat(walk.playhead(), view.subject()).writes);
  look("tcp_sock #2");
  EXPECT_EQ(view.heat()->model()->heat().id, "tcp_sock #2");
}

TEST_F(StructurePages, ALineLeadsToItsMembers) {
  view.setTab(StructureView::HeatTab);
  emit view.heat()->table()->activated(view.heat()->model()->index(2, 0));
  EXPECT_EQ(view.tab(), StructureView::MembersTab);
  const u32 from = view.heat()->model()->heat().lines[2].from;
  const QModelIndex chosen = view.tree()->currentIndex().siblingAtColumn(0);
  const u32 offset = chosen.data(StructureModel::OffsetRole).toUInt();
  EXPECT_TRUE(from >= offset && from < offset + chosen.data(StructureModel::SizeRole).toUInt());
}

// ---- comparison

TEST_F(StructurePages, AtFirstAnObjectIsComparedWithItselfBeforeTheCall) {
  view.setTab(StructureView::CompareTab);
  const EventIndex call = walk.journal().stimuli()[size_t(walk.journal().stimulusAt(walk.position() - 1))].event;
  Playhead before(walk.journal());
  before.seek(std::max(call, view.subject().born + 1));
  const auto told = tell::compareStructures({&walk.playhead(), view.subject()}, {&before, view.subject()});
  ASSERT_TRUE(told);
  EXPECT_EQ(view.comparison()->model()->rowCount(), int(told->differing));
}

TEST_F(StructurePages, TwoObjectsAreComparedAndMoveWithThePlayhead) {
  const u64 other = Arena::addressOf(named("tcp_sock #2").base);
  view.comparison()->compareWith(other);
  EXPECT_EQ(view.tab(), StructureView::CompareTab);
  CompareModel& model = *view.comparison()->model();
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  ASSERT_GT(model.rowCount(), 3);
  EXPECT_EQ(model.headerData(CompareModel::Right, Qt::Horizontal, Qt::DisplayRole).toString(), "tcp_sock #2");
  const int differing = model.rowCount();
  view.comparison()->all()->setChecked(true);
  EXPECT_EQ(model.rowCount(), int(model.comparison().members.size()));
  int lit = 0;
  for (int row = 0; row < model.rowCount(); ++row) lit += model.index(row, 0).data(CompareModel::DiffersRole).toBool();
  EXPECT_EQ(lit, differing);
  walk.seek(tests::shareOf(walk.journal(), 0.65));
  const auto told =
      tell::compareStructures({&walk.playhead(), view.subject()}, {&walk.playhead(), named("tcp_sock #2")});
  ASSERT_TRUE(told);
  EXPECT_EQ(model.comparison().differing, told->differing);
}

TEST_F(StructurePages, AnotherMomentIsChosenFromTheMenu) {
  const EventIndex kept = (view.subject().born + walk.position()) / 2;
  KeptMoments::answer(walk, [kept] { return std::vector<KeptMoment>{{kept, "earlier"}}; });
  QMenu menu;
  view.comparison()->fillMenu(menu);
  QAction *bookmark = nullptr, *object = nullptr;
  for (QAction* action : menu.actions()) {
    if (action->text().contains("earlier")) bookmark = action;
    if (action->text() == "tcp_sock #2") object = action;
  }
  ASSERT_TRUE(bookmark && object);
  bookmark->trigger();
  Playhead there(walk.journal());
  there.seek(kept);
  const auto told = tell::compareStructures({&walk.playhead(), view.subject()}, {&there, view.subject()});
  ASSERT_TRUE(told);
  EXPECT_EQ(view.comparison()->model()->comparison().differing, told->differing);
  EXPECT_EQ(view.comparison()->model()->comparison().right, "tcp_sock #1");
}

TEST_F(StructurePages, AMomentBeforeItsBirthIsRefusedWithASentence) {
  view.comparison()->compareWithMoment(1);
  EXPECT_EQ(view.comparison()->model()->rowCount(), 0);
  bool said = false;
  for (const QLabel* label : view.comparison()->findChildren<QLabel*>())
    said |= label->isVisible() && label->text().contains("does not live at the other moment");
  EXPECT_TRUE(said);
}

// ---- who holds a value

TEST_F(StructurePages, AValueIsFoundInAllMemory) {
  view.findValue("8080");
  waitFor(*view.finder());
  const auto told = tell::findMembers(walk.playhead(), "8080", 1000);
  ASSERT_FALSE(told.empty());
  ASSERT_EQ(view.finder()->model()->rowCount(), int(told.size()));
  for (size_t i = 0; i < told.size(); ++i)
    EXPECT_EQ(view.finder()->model()->index(int(i), 0).data(FoundModel::AddressRole).toULongLong(), told[i].address);
  EXPECT_TRUE(view.finder()->said().contains("KiB looked through")) << view.finder()->said().toStdString();
  EXPECT_FALSE(view.finder()->stopButton()->isVisible());
}

TEST_F(StructurePages, APlaceLeadsToItsObjectAndTheListStays) {
  view.findValue("tcp_sock #1");
  waitFor(*view.finder());
  FoundModel& model = *view.finder()->model();
  const int places = model.rowCount(), row = int(column(model, FoundModel::Member).indexOf("sk"));
  ASSERT_GE(row, 0) << column(model, FoundModel::Member).join(", ").toStdString();
  emit view.finder()->table()->activated(model.index(row, 0));
  EXPECT_EQ(tell::subjectTitle(view.subject()), "struct socket");
  EXPECT_EQ(view.tab(), StructureView::FindTab);
  EXPECT_EQ(model.rowCount(), places);
}

TEST_F(StructurePages, TheSearchStopsWhenOneSaysSo) {
  FindPane& pane = *view.finder();
  view.findValue("sk_state");
  ASSERT_TRUE(pane.searching()) << "nothing is looked through before the window is drawn";
  ASSERT_TRUE(pane.stopButton()->isVisible());
  QTest::mouseClick(pane.stopButton(), Qt::LeftButton);
  const int places = pane.model()->rowCount();
  for (int i = 0; i < 50; ++i) QApplication::processEvents();
  EXPECT_EQ(pane.model()->rowCount(), places);
  EXPECT_TRUE(pane.said().startsWith("Stopped")) << pane.said().toStdString();
  EXPECT_FALSE(pane.stopButton()->isVisible());
  QTest::keyClick(pane.line(), Qt::Key_Return); // again, and to the end
  waitFor(pane);
  EXPECT_GT(pane.model()->rowCount(), places);
}

TEST_F(StructurePages, WhatCannotBeSoughtIsRefusedWithASentence) {
  view.findValue("1");
  waitFor(*view.finder());
  EXPECT_TRUE(view.finder()->said().contains("two digits")) << view.finder()->said().toStdString();
  EXPECT_FALSE(view.finder()->stopButton()->isVisible());
}

TEST_F(StructurePages, WhenThePlayheadRestsItIsLookedForAgain) {
  view.findValue("sk_state = TCP_ESTABLISHED");
  waitFor(*view.finder());
  const EventIndex middle = walk.position();
  walk.toStart();
  QTRY_COMPARE(view.finder()->model()->rowCount(), 0);
  walk.seek(middle);
  QTRY_COMPARE(view.finder()->model()->rowCount(),
               int(tell::findMembers(walk.playhead(), "sk_state = TCP_ESTABLISHED", 1000).size()));
}

} // namespace
