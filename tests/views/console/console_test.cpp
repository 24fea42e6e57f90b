// The console: calls by hand on a real session, their results, history and completion.
#include "tests/support/walks.h"
#include "views/console/call_completer.h"
#include "views/console/call_line.h"
#include "views/console/console_view.h"
#include "views/console/stimuli_model.h"
#include "views/walk/walk.h"
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QTableView>
#include <QTest>

using namespace sockwalk;

namespace {

struct Console : ::testing::Test {
  Walk walk;
  ConsoleView view{walk};
  void SetUp() override {
    view.resize(900, 240);
    view.show();
    walk.open(tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"));
  }
  QString cell(int column) { return view.model().index(view.model().rowCount() - 1, column).data().toString(); }
};

TEST_F(Console, ACallGivesItsResultAndAVariableKeepsIt) {
  QAbstractItemModelTester tester(&view.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  view.issue("fd = socket(AF_INET, SOCK_STREAM, 0)");
  EXPECT_EQ(cell(StimuliModel::Call), "socket(AF_INET, SOCK_STREAM, 0)");
  const QString fd = cell(StimuliModel::Outcome);
  EXPECT_TRUE(fd.startsWith("= ")) << fd.toStdString();
  view.issue("close(fd)");
  EXPECT_EQ(cell(StimuliModel::Outcome), "= 0");
  view.issue("close(fd)");
  EXPECT_EQ(cell(StimuliModel::Outcome), "= -1 EBADF (9)");
}

TEST_F(Console, ACommandHasNoResultAndSaysThatItIsDone) {
  view.issue("ip addr add 10.1.2.3/24 dev lo");
  EXPECT_EQ(view.message().toStdString(), "ip addr add 10.1.2.3/24 dev lo: done");
  EXPECT_EQ(cell(StimuliModel::Outcome), "");
}

TEST_F(Console, ThePlayheadGoesToWhereTheCallBegins) {
  view.issue("fd = socket(AF_INET, SOCK_DGRAM, 0)");
  EXPECT_EQ(walk.position(), walk.journal().stimuli().back().event + 1);
  EXPECT_EQ(view.model().current(), view.model().rowCount() - 1);
}

// However many there are, and whatever the console has to say below them.
TEST_F(Console, TheNewestRowIsSeenWhole) {
  auto* const table = view.findChild<QTableView*>();
  for (const int height : {150, 183, 240}) {
    view.resize(900, height);
    for (int i = 0; i < 12; ++i) {
      view.issue(i % 3 ? "socket(AF_INET, SOCK_DGRAM, 0)" : "ip addr add 10.1.2.3/24 dev lo");
      for (int k = 0; k < 4; ++k) QApplication::processEvents();
      const QRect row = table->visualRect(view.model().index(view.model().rowCount() - 1, 0));
      EXPECT_TRUE(table->viewport()->rect().contains(row))
          << "row " << i << " at " << height << ": " << row.top() << " to " << row.bottom() << " of "
          << table->viewport()->height() << ", current " << view.model().current() << " of " << view.model().rowCount();
      EXPECT_GT(row.height(), 10);
    }
  }
}

TEST_F(Console, ErrorsOfTheKernelAndOfTheLineAreToldApart) {
  view.issue("socket(AF_APPLETALK, SOCK_STREAM, 0)");
  EXPECT_EQ(cell(StimuliModel::Outcome), "= -1 EAFNOSUPPORT (97)");
  const int calls = view.model().rowCount();
  view.issue("socket(AF_INET,");
  EXPECT_EQ(view.model().rowCount(), calls); // nothing ran
  EXPECT_FALSE(view.message().isEmpty());
  EXPECT_EQ(view.line()->text(), "socket(AF_INET,"); // and nothing typed is lost
}

TEST_F(Console, UpAndDownGoThroughTheHistory) {
  view.issue("fd = socket(AF_INET, SOCK_STREAM, 0)");
  view.issue("close(fd)");
  view.line()->setText("dra");
  QTest::keyClick(view.line(), Qt::Key_Up);
  EXPECT_EQ(view.line()->text(), "close(fd)");
  QTest::keyClick(view.line(), Qt::Key_Up);
  EXPECT_EQ(view.line()->text(), "fd = socket(AF_INET, SOCK_STREAM, 0)");
  QTest::keyClick(view.line(), Qt::Key_Down);
  QTest::keyClick(view.line(), Qt::Key_Down);
  EXPECT_EQ(view.line()->text(), "dra"); // the draft came back
}

TEST_F(Console, TabCompletesCallsAndConstants) {
  QTest::keyClicks(view.line(), "s = sock");
  QTest::keyClick(view.line(), Qt::Key_Tab);
  EXPECT_EQ(view.line()->text(), "s = socket(");
  QTest::keyClicks(view.line(), "AF_INE");
  QTest::keyClick(view.line(), Qt::Key_Tab);
  EXPECT_EQ(view.line()->text(), "s = socket(AF_INET");
}

TEST_F(Console, ACallThatSleepsSaysSoAndOnWhat) {
  view.issue("u = socket(AF_INET, SOCK_DGRAM, 0)");
  view.issue("bind(u, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr(\"0.0.0.0\")}, 16)");
  ASSERT_EQ(cell(StimuliModel::Outcome), "= 0") << view.message().toStdString();
  view.issue("recvfrom(u, ..., 100, 0, ..., ...)");
  ASSERT_TRUE(view.message().contains("sleeps in")) << view.message().toStdString();
  EXPECT_TRUE(cell(StimuliModel::Outcome).contains("sleeps in __skb_wait_for_more_packets()"))
      << cell(StimuliModel::Outcome).toStdString();
  EXPECT_TRUE(cell(StimuliModel::Outcome).contains("udp_sock #")) << cell(StimuliModel::Outcome).toStdString();
}

TEST_F(Console, ACallThatReturnsLaterIsToldAgain) {
  view.issue("u = socket(AF_INET, SOCK_DGRAM, 0)");
  view.issue("bind(u, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr(\"0.0.0.0\")}, 16)");
  view.issue("recvfrom(u, ..., 100, 0, ..., ...)");
  ASSERT_TRUE(view.message().contains("sleeps in")) << view.message().toStdString();
  ASSERT_TRUE(walk.console("v = socket(AF_INET, SOCK_DGRAM, 0)"));
  ASSERT_TRUE(walk.console("sendto(v, \"hi\", 2, 0, {sa_family = AF_INET, sin_port = htons(7777), "
                           "sin_addr = inet_addr(\"127.0.0.1\")}, 16)"));
  EXPECT_TRUE(view.message().endsWith("= 2")) << view.message().toStdString();
}

TEST_F(Console, AMistakeIsForgottenWithItsLine) {
  view.issue("sokcet(AF_INET)");
  ASSERT_FALSE(view.message().isEmpty());
  EXPECT_EQ(view.line()->text(), "sokcet(AF_INET)") << "to be put right";
  view.line()->selectAll();
  QTest::keyClick(view.line(), Qt::Key_Backspace);
  EXPECT_TRUE(view.message().isEmpty()) << view.message().toStdString();
}

TEST_F(Console, TheListSaysWhatIsTold) {
  view.issue("u = socket(AF_INET, SOCK_DGRAM, 0)");
  view.issue("bind(u, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr(\"0.0.0.0\")}, 16)");
  view.issue("close(77)");
  view.issue("recvfrom(u, ..., 100, 0, ..., ...)");
  const auto told = tell::stimuli(walk.playhead(), walk.session().machine());
  ASSERT_EQ(view.model().rowCount(), int(told.size()));
  for (const tell::StimulusRow& s : told) {
    const auto shownIn = [&](int column) { return view.model().index(s.number, column).data().toString(); };
    EXPECT_EQ(shownIn(StimuliModel::Call).toStdString(), s.text);
    EXPECT_EQ(shownIn(StimuliModel::Outcome).toStdString(), tell::english(s.outcome));
    EXPECT_EQ(view.model().index(s.number, 0).data(StimuliModel::WaitsRole).toBool(), s.waits);
    EXPECT_EQ(view.model().index(s.number, 0).data(StimuliModel::FailedRole).toBool(), s.failed);
  }
}

TEST(Completion, KnowsWhereACallStands) {
  EXPECT_TRUE(wordAt("soc", 3).call);
  EXPECT_TRUE(wordAt("fd = soc", 8).call);
  EXPECT_FALSE(wordAt("socket(AF", 9).call);
  EXPECT_EQ(wordAt("socket(AF_IN, 0)", 12).text, "AF_IN");
  EXPECT_TRUE(completions(wordAt("socket(AF_INET", 14)).isEmpty()); // complete already
  EXPECT_TRUE(callNames().contains("socket"));
  EXPECT_TRUE(constantNames().contains("SOCK_STREAM"));
}

} // namespace
