// "What happened here": the rows, choosing one, growing, the heading and what stands there when there is nothing.
#include "tests/support/walks.h"
#include "tests/views/sample/recorded_session.h"
#include "views/packets/happenings_pane.h"
#include "views/theme/theme.h"
#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace sockwalk;

namespace {

constexpr const char* LostSegment = SOCKWALK_SOURCE_DIR "/assets/walks/tcp-lost-segment.pkt";

struct Shown : ::testing::Test {
  std::unique_ptr<scenario::Session> session = tests::walkOf(LostSegment);
  HappeningsPane pane;
  Shown() {
    pane.resize(620, 200);
    pane.setJournal(&session->journal());
    pane.show();
  }
  const std::vector<tell::Happening>& all() const { return pane.model().happenings().all(); }
  int rows() { return pane.list()->model()->rowCount(); }
  QModelIndex row(int n) { return pane.list()->model()->index(n, 0); }
};

TEST_F(Shown, SaysWhatIsTold) {
  ASSERT_EQ(rows(), int(all().size()));
  ASSERT_GE(rows(), 3);
  for (int n = 0; n < rows(); ++n) {
    const tell::Happening& h = all()[size_t(n)];
    EXPECT_EQ(row(n).data().toString().toStdString(), english(h.words));
    EXPECT_EQ(row(n).data(HappeningsModel::FlowRole).toString().toStdString(), h.flow);
    EXPECT_EQ(row(n).data(HappeningsModel::NumberRole).toString().toInt(), h.packet + 1);
    EXPECT_TRUE(row(n).data(Qt::ToolTipRole).toString().contains(QString::fromStdString(h.function + "()")));
  }
  EXPECT_EQ(pane.count()->text().toStdString(), english(heading(pane.model().happenings())));
  EXPECT_TRUE(pane.list()->isVisible());
}

TEST_F(Shown, AClickAndEnterLeadToThePlace) {
  QSignalSpy goes(&pane, &HappeningsPane::goTo);
  QTest::mouseClick(pane.list()->viewport(), Qt::LeftButton, {}, pane.list()->visualRect(row(1)).center());
  ASSERT_EQ(goes.count(), 1);
  EXPECT_EQ(goes[0][0].value<EventIndex>(), all()[1].event);
  pane.list()->setCurrentIndex(row(2));
  QTest::keyClick(pane.list(), Qt::Key_Return);
  ASSERT_EQ(goes.count(), 2);
  EXPECT_EQ(goes[1][0].value<EventIndex>(), all()[2].event);
}

TEST_F(Shown, WhereTheWalkIsIsMarked) {
  const auto marked = [&] {
    std::vector<int> out;
    for (int n = 0; n < rows(); ++n)
      if (row(n).data(HappeningsModel::CurrentRole).toBool()) out.push_back(n);
    return out;
  };
  EXPECT_EQ(marked(), std::vector<int>{});
  pane.setPosition(all()[1].event); // it is about to happen
  EXPECT_EQ(marked(), std::vector<int>{0});
  pane.setPosition(all()[1].event + 1);
  EXPECT_EQ(marked(), std::vector<int>{1});
  pane.setPosition(0);
  EXPECT_EQ(marked(), std::vector<int>{});
}

TEST_F(Shown, ProblemsOnly) {
  int problems = 0;
  for (const tell::Happening& h : all()) problems += h.level >= tell::HappeningLevel::Warning;
  ASSERT_GT(problems, 0);
  ASSERT_LT(problems, rows());
  QSignalSpy goes(&pane, &HappeningsPane::goTo);
  pane.problemsOnly()->setChecked(true);
  ASSERT_EQ(rows(), problems);
  EXPECT_TRUE(pane.count()->text().startsWith(QString("%1 of %2 notices").arg(problems).arg(all().size())));
  emit pane.list()->activated(row(0));
  ASSERT_EQ(goes.count(), 1);
  const auto first =
      std::find_if(all().begin(), all().end(), [](const auto& h) { return h.level >= tell::HappeningLevel::Warning; });
  EXPECT_EQ(goes[0][0].value<EventIndex>(), first->event);
  pane.problemsOnly()->setChecked(false);
  EXPECT_EQ(rows(), int(all().size()));
}

TEST_F(Shown, FramesAreCalledAsTheListCallsThem) {
  pane.setNumbering([](const tell::Happening& h) { return h.packet < 0 ? QString() : QString("f%1").arg(h.packet); });
  for (int n = 0; n < rows(); ++n) {
    const int packet = all()[size_t(n)].packet;
    EXPECT_EQ(row(n).data(HappeningsModel::NumberRole).toString(), packet < 0 ? "" : QString("f%1").arg(packet));
  }
}

TEST_F(Shown, IsHeardAsItIsSeen) {
  EXPECT_FALSE(pane.list()->accessibleName().isEmpty());
  for (int n = 0; n < rows(); ++n) {
    const QString spoken = row(n).data(Qt::AccessibleTextRole).toString();
    EXPECT_TRUE(spoken.contains(row(n).data().toString()));
    EXPECT_TRUE(spoken.contains(QString(levelName(all()[size_t(n)].level)))) << spoken.toStdString();
  }
}

// The bars are of different colours, in the light and in the dark.
TEST_F(Shown, BarsTellTheLevel) {
  for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
    ThemeHub::instance().setChoice(choice);
    QCoreApplication::processEvents();
    const QImage picture = pane.list()->viewport()->grab().toImage();
    std::map<int, QRgb> colours;
    for (int n = 0; n < rows(); ++n) {
      const QRect place = pane.list()->visualRect(row(n));
      const double scale = picture.devicePixelRatio();
      const QRgb colour = picture.pixel(int((place.left() + 8) * scale), int(place.center().y() * scale));
      const int level = row(n).data(HappeningsModel::LevelRole).toInt();
      EXPECT_EQ(colours.try_emplace(level, colour).first->second, colour);
    }
    std::set<QRgb> different;
    for (const auto& [level, colour] : colours) different.insert(colour);
    EXPECT_EQ(different.size(), colours.size());
    EXPECT_GE(colours.size(), 3u);
  }
  ThemeHub::instance().setChoice(ThemeChoice::System);
}

TEST(HappeningsModel, HoldsToTheRulesOfModelsWhileTheJournalGrows) {
  auto opened = scenario::Session::openFile(LostSegment);
  ASSERT_TRUE(opened);
  scenario::Session& session = **opened;
  HappeningsModel model;
  HappeningsFilter filter(model);
  filter.setProblemsOnly(true);
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.reset(&session.journal());
  int steps = 0;
  for (; session.pending(); ++steps) {
    session.runNext();
    model.update();
    model.setPosition(session.journal().size());
  }
  EXPECT_GT(steps, 5);
  tell::Happenings whole;
  whole.update(session.journal());
  ASSERT_EQ(model.rowCount(), int(whole.all().size()));
  for (int n = 0; n < model.rowCount(); ++n)
    EXPECT_EQ(model.index(n).data().toString().toStdString(), english(whole.all()[size_t(n)].words));
}

TEST(HappeningsPane, SaysWhenThereIsNothing) {
  RecordedSession s;
  HappeningsPane pane;
  pane.show();
  EXPECT_TRUE(pane.empty()->isVisible());
  EXPECT_FALSE(pane.list()->isVisible());
  EXPECT_FALSE(pane.empty()->text().isEmpty());
  EXPECT_TRUE(pane.count()->text().isEmpty());
  pane.setJournal(&s.journal());
  EXPECT_TRUE(pane.empty()->isVisible());
  pane.setJournal(nullptr);
  EXPECT_TRUE(pane.empty()->isVisible());
}

} // namespace
