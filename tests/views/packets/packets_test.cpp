// The packet list: rows from the journal, lazy summaries, filter, fate, and choosing a packet.
#include "tests/support/walks.h"
#include "tests/views/packets/made_packets.h"
#include "views/packets/comparison_pane.h"
#include "views/packets/filter_line.h"
#include "views/packets/frame_bytes.h"
#include "views/packets/frame_details.h"
#include "views/packets/packets_filter.h"
#include "views/packets/packets_model.h"
#include "views/packets/packets_view.h"
#include "views/walk/walk.h"
#include <cstdlib>
#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QCompleter>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

using namespace sockwalk;

namespace {

QString cell(const QAbstractItemModel& m, int row, int column) { return m.index(row, column).data().toString(); }

TEST(PacketsModel, HoldsToTheRulesOfModelsWhileTheJournalGrows) {
  RecordedSession s;
  PacketsModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.reset(&s);
  for (int i = 0; i < 5; ++i) {
    arrive(s.recorder(), udpFrame(), i % 2 == 0);
    model.update();
    model.setPosition(s.journal().size());
  }
  EXPECT_EQ(model.rowCount(), 5);
  EXPECT_EQ(model.current(), 4);
}

TEST(PacketsModel, SaysWhatAFrameIs) {
  RecordedSession s;
  arrive(s.recorder(), udpFrame());
  PacketsModel model;
  model.reset(&s);
  EXPECT_EQ(cell(model, 0, PacketsModel::Number), "1");
  EXPECT_EQ(cell(model, 0, PacketsModel::Interface), "device 2"); // no kernel that could name it
  EXPECT_EQ(cell(model, 0, PacketsModel::Protocol), "UDP");
  EXPECT_EQ(cell(model, 0, PacketsModel::Source), "10.0.2.2:7777");
  EXPECT_EQ(cell(model, 0, PacketsModel::Destination), "10.0.2.15:53");
  EXPECT_EQ(cell(model, 0, PacketsModel::Length), "47");
  EXPECT_EQ(cell(model, 0, PacketsModel::Fate), "under way");
}

TEST(PacketsModel, MarksThePacketThatCameLast) {
  RecordedSession s;
  arrive(s.recorder(), udpFrame());
  const EventIndex between = s.journal().size();
  arrive(s.recorder(), udpFrame());
  PacketsModel model;
  model.reset(&s);
  model.setPosition(0);
  EXPECT_EQ(model.current(), -1);
  model.setPosition(between);
  EXPECT_EQ(model.current(), 0);
  model.setPosition(s.journal().size());
  EXPECT_EQ(model.current(), 1);
}

TEST(PacketsModel, AHundredThousandPacketsAreListedAtOnce) {
  RecordedSession s;
  for (int i = 0; i < 100000; ++i) arrive(s.recorder(), udpFrame(u16(i)));
  PacketsModel model;
  QElapsedTimer clock;
  clock.start();
  model.reset(&s);
  EXPECT_LT(clock.elapsed(), 500) << "ms to list";
  clock.restart();
  for (int row = 50000; row < 50040; ++row)
    for (int c = 0; c < PacketsModel::Fate; ++c) cell(model, row, c);
  EXPECT_LT(clock.elapsed(), 100) << "ms for a screenful";
}

TEST(PacketsFilter, KeepsPacketsThatHaveEveryWord) {
  RecordedSession s;
  arrive(s.recorder(), udpFrame(53));
  arrive(s.recorder(), udpFrame(4000));
  arrive(s.recorder(), udpFrame(4000), false);
  PacketsModel model;
  model.reset(&s);
  PacketsFilter filter(model);
  const auto count = [&](const char* words) {
    filter.setText(words);
    return filter.rowCount();
  };
  EXPECT_EQ(count(""), 3);
  EXPECT_EQ(count("udp"), 3);
  EXPECT_EQ(count("UDP 4000"), 2);
  EXPECT_EQ(count("4000 in"), 1);
  EXPECT_EQ(count("out"), 1);
  EXPECT_EQ(count("tcp"), 0);
  EXPECT_EQ(count("dropped"), 0);
  EXPECT_EQ(count("udp.dstport == 4000 && way == in"), 1);
  EXPECT_EQ(count("udp.dstport == 4000 &&"), 1) << "what is not complete yet changes nothing";
}

TEST(PacketsFilter, HoldsToTheRulesOfModelsWhileTheJournalGrows) {
  RecordedSession s;
  PacketsModel model;
  PacketsFilter filter(model);
  QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.reset(&s);
  filter.setText("udp.dstport in {1, 3, 4}");
  for (u16 port = 0; port < 6; ++port) {
    arrive(s.recorder(), udpFrame(port));
    model.update();
    model.setPosition(s.journal().size());
  }
  EXPECT_EQ(filter.rowCount(), 3);
  EXPECT_EQ(filter.mapToSource(filter.index(1, 0)).row(), 3);
  EXPECT_EQ(filter.mapFromSource(model.index(4, 2)), filter.index(2, 2));
  EXPECT_FALSE(filter.mapFromSource(model.index(2, 0)).isValid());
  filter.setText("");
  EXPECT_EQ(filter.rowCount(), 6);
}

// More than can be looked at between two keys (bench_filter measures what a key waits): the rest follows by itself.
TEST(PacketsFilter, ManyPacketsAreLookedAtSliceBySlice) {
  auto s = std::make_unique<RecordedSession>();
  for (int i = 0; i < 50'000; ++i) arrive(s->recorder(), udpFrame(u16(i)));
  Walk walk;
  PacketsView view(walk);
  walk.open(std::move(s));
  const QString text = "udp.dstport in {7, 4000..4002} || frame contains \"xyz\"";
  QTest::keyClicks(view.filter(), text);
  EXPECT_EQ(view.filter()->text(), text);
  EXPECT_EQ(view.filter()->state(), FilterLine::State::Good);
  while (view.looking()) QTest::qWait(5);
  EXPECT_EQ(view.table()->model()->rowCount(), 4);
  EXPECT_EQ(view.listed(), (std::vector<int>{7, 4000, 4001, 4002}));
}

// Whatever the list shows, tell says.
TEST(PacketsModel, ShowsWhatIsTold) {
  for (const char* walk : {"/assets/walks/udp-through-a-router.pkt", "/assets/walks/tcp-on-loopback.pkt",
                           "/assets/captures/two-hosts.pcap"}) {
    const auto walked = tests::walkOf(std::string(SOCKWALK_SOURCE_DIR) + walk);
    tell::PacketRows rows;
    rows.open(*walked);
    rows.update();
    PacketsModel model;
    model.reset(walked.get());
    ASSERT_EQ(model.rowCount(), rows.size());
    for (int row = 0; row < model.rowCount(); ++row) {
      const tell::PacketRow one = rows.row(row);
      EXPECT_EQ(cell(model, row, PacketsModel::OurKernel).toStdString(), tell::verdictName(one.verdict));
      EXPECT_EQ(cell(model, row, PacketsModel::Interface).toStdString(), one.device);
      EXPECT_EQ(cell(model, row, PacketsModel::Source).toStdString(), one.source);
      EXPECT_EQ(cell(model, row, PacketsModel::Destination).toStdString(), one.destination);
      EXPECT_EQ(cell(model, row, PacketsModel::Info).toStdString(), one.info);
      EXPECT_EQ(cell(model, row, PacketsModel::Fate).toStdString(), english(one.fate));
      EXPECT_EQ(cell(model, row, PacketsModel::Direction).toStdString(), english(one.way));
    }
  }
}

// Two namespaces have devices of the same number, and of the same name.
TEST(PacketsModel, NamesDevicesWithTheirNamespace) {
  const auto walked = tests::walkOf(SOCKWALK_SOURCE_DIR "/assets/walks/udp-through-a-router.pkt");
  PacketsModel model;
  model.reset(walked.get());
  QStringList ways;
  for (int row = 0; row < model.rowCount() && ways.size() < 4; ++row)
    if (cell(model, row, PacketsModel::Protocol) == "UDP")
      ways << cell(model, row, PacketsModel::Direction) + ' ' + cell(model, row, PacketsModel::Interface);
  EXPECT_EQ(ways.join(", ").toStdString(), "↑ out cl0, ↓ in router veth0, ↑ out router rt1, ↓ in server veth1");
}

struct Window : ::testing::Test {
  Walk walk;
  PacketsView view{walk};
  void SetUp() override {
    auto s = std::make_unique<RecordedSession>();
    for (int i = 0; i < 20; ++i) arrive(s->recorder(), udpFrame(u16(1000 + i)));
    view.resize(1264, 300);
    view.show();
    walk.open(std::move(s));
  }
};

TEST_F(Window, ChoosingAPacketGoesToItsArrival) {
  const QModelIndex third = view.table()->model()->index(2, PacketsModel::Info);
  emit view.table()->clicked(third);
  EXPECT_EQ(walk.position(), view.model().eventOf(2) + 1);
  EXPECT_EQ(view.model().current(), 2);
}

TEST_F(Window, ArrowKeysGoAlongThePackets) {
  walk.seek(view.model().eventOf(4) + 1);
  view.activateWindow();
  view.table()->setFocus();
  if (!view.table()->hasFocus()) GTEST_SKIP() << "this platform gives no focus";
  QTest::keyClick(view.table(), Qt::Key_Down);
  EXPECT_EQ(walk.position(), view.model().eventOf(5) + 1);
}

TEST_F(Window, TheFilterIsGreenOrRedAsItIsTyped) {
  const auto type = [&](const char* keys) { QTest::keyClicks(view.filter(), keys); };
  type("udp.dstport == 1003");
  EXPECT_EQ(view.filter()->state(), FilterLine::State::Good);
  EXPECT_EQ(view.table()->model()->rowCount(), 1);
  type(" &");
  EXPECT_EQ(view.filter()->state(), FilterLine::State::Wrong);
  EXPECT_NE(view.problem()->text(), "");
  EXPECT_EQ(view.table()->model()->rowCount(), 1) << "the list waits until there is something to list";
  type("& udp.port == 7777");
  EXPECT_EQ(view.filter()->state(), FilterLine::State::Good);
  EXPECT_EQ(view.problem()->text(), "");
  view.filter()->clear();
  EXPECT_EQ(view.filter()->state(), FilterLine::State::Plain);
  type("1003");
  EXPECT_EQ(view.filter()->state(), FilterLine::State::Plain) << "plain words are no expression";
  EXPECT_EQ(view.table()->model()->rowCount(), 1);
}

TEST_F(Window, AWrongNameIsSaidWithTheNearest) {
  QTest::keyClicks(view.filter(), "udp.prt == 5");
  EXPECT_EQ(view.problem()->text(), "there is no udp.prt; the nearest is udp.port");
}

TEST_F(Window, CompletesWhatIsTyped) {
  QTest::keyClicks(view.filter(), "udp.ds");
  ASSERT_TRUE(view.filter()->words()->popup()->isVisible());
  QTest::keyClick(view.filter(), Qt::Key_Tab);
  EXPECT_EQ(view.filter()->text(), "udp.dstport");
  QTest::keyClicks(view.filter(), " == 1001 && outc");
  QTest::keyClick(view.filter(), Qt::Key_Tab);
  QTest::keyClicks(view.filter(), " == dr");
  QTest::keyClick(view.filter(), Qt::Key_Tab);
  EXPECT_EQ(view.filter()->text(), "udp.dstport == 1001 && outcome == dropped");
}

TEST_F(Window, ReturnIsTheLinesUntilAWordIsChosen) {
  QTest::keyClicks(view.filter(), "udp.d");
  QTest::keyClick(view.filter(), Qt::Key_Return);
  EXPECT_EQ(view.filter()->text(), "udp.d");
  EXPECT_FALSE(view.filter()->words()->popup()->isVisible());
}

TEST_F(Window, FieldsAndBytesLightEachOther) {
  walk.seek(view.model().eventOf(0) + 1);
  QTreeWidget* tree = view.details()->tree();
  ASSERT_GE(tree->topLevelItemCount(), 3);
  EXPECT_EQ(tree->topLevelItem(2)->text(0), "UDP");
  tree->setCurrentItem(tree->topLevelItem(2));
  EXPECT_EQ(view.details()->bytes()->litOffset(), 34);
  emit view.details()->bytes()->clicked(26); // first byte of the source address
  EXPECT_EQ(tree->currentItem()->text(1), "10.0.2.2");
}

// A capture that is relived: all its frames, the verdicts, and the way from one to the function that decided.
struct RelivedCapture : ::testing::Test {
  Walk walk;
  PacketsView view{walk};
  void SetUp() override {
    view.resize(1264, 320);
    view.show();
    walk.open(tests::walkOf(SOCKWALK_SOURCE_DIR "/tests/engine/scenario/captures/zero-window.pcap", "10.8.0.2"));
  }
};

TEST_F(RelivedCapture, ListsTheFramesOfTheFile) {
  EXPECT_EQ(cell(view.model(), 12, PacketsModel::OurKernel), "");
  QTest::keyClicks(view.filter(), "outcome == different");
  ASSERT_EQ(view.table()->model()->rowCount(), 2);
  EXPECT_EQ(view.table()->model()->index(0, PacketsModel::OurKernel).data().toString(), "different");
  EXPECT_EQ(view.countOf(2), "2 of 39 frames");
  EXPECT_FALSE(view.table()->isColumnHidden(PacketsModel::OurKernel));
}

TEST_F(RelivedCapture, LeadsToTheDecision) {
  QTest::keyClicks(view.filter(), "outcome == different");
  emit view.table()->clicked(view.table()->model()->index(0, 0));
  ComparisonPane* comparison = view.comparison();
  ASSERT_FALSE(comparison->decision()->isHidden());
  EXPECT_FALSE(comparison->words()->text().isEmpty());
  comparison->decision()->click();
  const Journal& journal = walk.journal();
  EXPECT_EQ(journal.function(journal[walk.position() - 1]).name, std::string_view("tcp_send_ack"));
}

TEST_F(RelivedCapture, AnotherSessionHasNoVerdicts) {
  walk.open(tests::walkOf(SOCKWALK_SOURCE_DIR "/assets/walks/tcp-on-loopback.pkt"));
  EXPECT_TRUE(view.table()->isColumnHidden(PacketsModel::OurKernel));
  EXPECT_FALSE(view.table()->isColumnHidden(PacketsModel::Interface));
}

} // namespace
