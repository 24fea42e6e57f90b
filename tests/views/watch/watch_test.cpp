// The list of watched members: their values at the playhead, what a step changed, keys.
#include "engine/tell/structures/structures.h"
#include "tests/views/sample/socket_walk.h"
#include "views/watch/watch_model.h"
#include "views/watch/watch_view.h"
#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QJsonObject>
#include <QTableView>
#include <QTest>

namespace sockwalk {
namespace {

class WatchTest : public testing::Test {
protected:
  WatchTest() : m_tester(&view.model()) {
    auto session = std::make_unique<RecordedSession>();
    made = playSocketWalk(*session);
    walk.open(std::move(session));
    walk.seek(made.skSet);
    view.resize(900, 160);
    view.show();
    view.activateWindow(); // for its keys
    QApplication::processEvents();
  }
  tell::WatchedMember member(u64 address, const char* name) {
    return tell::WatchedMember::of(walk.playhead(), tell::subjectAt(walk.playhead(), address), name);
  }
  QString text(int row, int column) { return view.model().index(row, column).data().toString(); }

  Walk walk;
  WatchView view{walk};
  SocketWalk made;
  QAbstractItemModelTester m_tester;
};

TEST_F(WatchTest, ShowsTheValueOfEachMoment) {
  ASSERT_TRUE(walk.watches().add(member(made.socket, "sk")));
  EXPECT_FALSE(walk.watches().add(member(made.socket, "sk"))) << "it is watched already";
  ASSERT_EQ(view.model().rowCount(), 1);
  EXPECT_TRUE(text(0, WatchModel::Member).endsWith(" . sk")) << text(0, 0).toStdString();
  const QString set = text(0, WatchModel::Value);
  EXPECT_NE(set, "NULL");
  walk.seek(made.sockBorn);
  EXPECT_EQ(text(0, WatchModel::Value), "NULL");
  walk.seek(0);
  EXPECT_EQ(text(0, WatchModel::Value), "not born yet");
}

TEST_F(WatchTest, MarksWhatTheStepChanged) {
  walk.watches().add(member(made.socket, "sk"));
  walk.setUnit(Unit::Event);
  walk.seek(made.skSet - 1);
  EXPECT_FALSE(view.model().index(0, 0).data(WatchModel::ChangedRole).toBool());
  walk.stepInto();
  EXPECT_TRUE(view.model().index(0, 0).data(WatchModel::ChangedRole).toBool());
  EXPECT_EQ(text(0, WatchModel::Before), "NULL");
  walk.stepInto();
  EXPECT_FALSE(view.model().index(0, 0).data(WatchModel::ChangedRole).toBool());
}

TEST_F(WatchTest, IsUsedByKeys) {
  walk.watches().add(member(made.socket, "sk"));
  walk.watches().add(member(made.sock, "sk_state"));
  view.table()->selectRow(0);
  view.table()->setFocus();
  QTest::keyClick(view.table(), Qt::Key_Space);
  EXPECT_TRUE(walk.watches().all()[0].stops);
  QTest::keyClick(view.table(), Qt::Key_Return);
  EXPECT_EQ(static_cast<u32>(walk.focus()), walk.watches().all()[0].member.place.offset());
  QTest::keyClick(view.table(), Qt::Key_Delete);
  ASSERT_EQ(view.model().rowCount(), 1);
  EXPECT_TRUE(text(0, WatchModel::Member).endsWith("sk_state"));
}

TEST_F(WatchTest, IsKeptAndReadAgain) {
  walk.watches().add(member(made.socket, "sk"), true);
  const auto before = walk.watches().all();
  QJsonArray json = walk.watches().json();
  json << QJsonObject{{"object", "x"}, {"type", "no_such"}, {"member", "sk"}, {"base", 7}, {"born", 1}} << 3;
  walk.watches().read({});
  EXPECT_TRUE(walk.watches().all().empty());
  walk.watches().read(json);
  EXPECT_EQ(walk.watches().all(), before) << "what makes no sense in a file is left out";
}

} // namespace
} // namespace sockwalk
