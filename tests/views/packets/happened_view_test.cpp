// "What happened" as a view of its own: the same list of a script, of a capture and of a session that still lives.
#include "tests/support/walks.h"
#include "views/packets/happened_view.h"
#include "views/packets/happenings_pane.h"
#include "views/packets/packets_view.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <gtest/gtest.h>
#include <QCheckBox>
#include <QListView>
#include <QTest>

using namespace sockwalk;

namespace {

struct HappenedTest : ::testing::Test {
  Walk walk;
  HappenedView view{walk};

  void show(std::unique_ptr<scenario::Session> session) {
    view.resize(1200, 320);
    view.show();
    walk.open(std::move(session));
    untilRead();
  }
  void untilRead() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return !walk.recording() && view.atEnd(); }));
  }
  const std::vector<tell::Happening>& all() { return view.pane().model().happenings().all(); }
  QListView& list() { return *view.pane().list(); }
  QModelIndex row(int n) { return list().model()->index(n, 0); }
  int rows() { return list().model()->rowCount(); }
  QString at(int n, HappeningsModel::Role role) { return row(n).data(role).toString(); }

  // Told of whatever walk: everything that the kernel's record says, in its order, each a jump.
  void expectWholeListOfJumps() {
    tell::Happenings whole;
    whole.update(walk.journal());
    ASSERT_EQ(rows(), int(whole.all().size()));
    ASSERT_GT(rows(), 0);
    for (int n = 0; n < rows(); ++n) {
      const tell::Happening& h = whole.all()[size_t(n)];
      EXPECT_EQ(row(n).data().toString(), shown(h.words));
      EXPECT_EQ(at(n, HappeningsModel::ClockRole).toDouble(), QString::number(double(h.time) / 1e9, 'f', 3).toDouble());
      EXPECT_EQ(at(n, HappeningsModel::HostRole).toStdString(), walk.hosts().of(h.event));
      QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().visualRect(row(n)).center());
      EXPECT_EQ(walk.position(), h.event + 1);
      EXPECT_TRUE(list().viewport()->rect().intersects(list().visualRect(row(n))));
    }
  }
};

TEST_F(HappenedTest, OfAScript) {
  show(tests::walkOf(SOCKWALK_SOURCE_DIR "/assets/walks/tcp-lost-segment.pkt"));
  expectWholeListOfJumps();
  view.pane().everything()->setChecked(true);
  EXPECT_GT(rows(), int(all().size()));
}

TEST_F(HappenedTest, OfACaptureUnderTheNumbersOfItsFile) {
  show(tests::walkOf(SOCKWALK_SOURCE_DIR "/assets/captures/lost-segment.pcapng"));
  expectWholeListOfJumps();
  PacketsView packets(walk);
  HappeningsPane& beside = *packets.happenings();
  beside.setPosition(walk.position());
  ASSERT_EQ(beside.list()->model()->rowCount(), rows());
  int numbered = 0;
  for (int n = 0; n < rows(); ++n) {
    const QModelIndex other = beside.list()->model()->index(n, 0);
    EXPECT_EQ(at(n, HappeningsModel::NumberRole), other.data(HappeningsModel::NumberRole).toString());
    numbered += !at(n, HappeningsModel::NumberRole).isEmpty();
  }
  EXPECT_GT(numbered, 0);
}

TEST_F(HappenedTest, OfASessionThatLives) {
  auto live = scenario::Session::open({});
  ASSERT_TRUE(live);
  show(std::move(*live));
  EXPECT_EQ(rows(), 0);
  ASSERT_TRUE(walk.console("socket(AF_INET, SOCK_STREAM, 0)"));
  ASSERT_TRUE(walk.console("connect(3, {sa_family = AF_INET, sin_port = htons(9), "
                           "sin_addr = inet_addr(\"127.0.0.1\")}, 16)"));
  untilRead();
  walk.toEnd();
  expectWholeListOfJumps();
}

TEST_F(HappenedTest, WhatIsAheadIsFaintAndWhatIsNowIsInSight) {
  show(tests::walkOf(SOCKWALK_SOURCE_DIR "/assets/walks/tcp-lost-segment.pkt"));
  view.resize(1200, 120); // not all have room
  for (const tell::Happening& h : all()) {
    walk.seek(h.event + 1);
    for (int n = 0; n < rows(); ++n)
      EXPECT_EQ(row(n).data(HappeningsModel::AheadRole).toBool(), all()[size_t(n)].event >= walk.position());
    const int now = view.pane().model().current();
    EXPECT_TRUE(list().viewport()->rect().contains(list().visualRect(row(now))));
  }
}

TEST_F(HappenedTest, IsSearched) {
  show(tests::walkOf(SOCKWALK_SOURCE_DIR "/assets/walks/tcp-lost-segment.pkt"));
  EXPECT_TRUE(view.find());
  const FindBar::Search search = view.pane().search();
  const int wanted = rows() - 1;
  EXPECT_GT(search(row(wanted).data().toString(), 0).count, 0);
  EXPECT_EQ(list().currentIndex().data().toString(), row(wanted).data().toString());
  EXPECT_EQ(search("no such words anywhere", 0).count, 0);
}

} // namespace
