// The structure view over objects that the test writes itself: rows are the layout tables', marks are the
// journal's.
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/tell/structures/structures.h"
#include "tests/support/walks.h"
#include "tests/views/sample/recorded_session.h"
#include "views/structure/history_pane.h"
#include "views/structure/structure_filter.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_view.h"
#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QTest>
#include <QTreeView>
#include <set>

using namespace sockwalk;

namespace sockwalk::kernel {
inline void test_name_it(const socket* s, int type) {
  KFUNC(test_name_it, s, type);
  set(s->type, type);
  set(s->state, 1);
}
} // namespace sockwalk::kernel

namespace {

struct StructureTest : ::testing::Test {
  Walk walk;
  RecordedSession* session = nullptr;
  const kernel::socket* sock = nullptr;
  const kernel::sk_buff* skb = nullptr;
  const kernel::tcp_sock* tcp = nullptr;
  StructureView view{walk};

  void SetUp() override {
    auto s = std::make_unique<RecordedSession>();
    session = s.get();
    session->machine().interrupt("write", [this] {
      auto& slab = kernel::machine().slab();
      sock = static_cast<const kernel::socket*>(slab.kmalloc(sizeof *sock, TypeName<kernel::socket>::index, true, 1));
      tcp = static_cast<const kernel::tcp_sock*>(slab.kmalloc(sizeof *tcp, TypeName<kernel::tcp_sock>::index, true, 1));
      skb = static_cast<const kernel::sk_buff*>(slab.kmalloc(sizeof *skb, TypeName<kernel::sk_buff>::index, true, 1));
      kernel::test_name_it(sock, 1);
      kernel::test_name_it(sock, 2);
      set(sock->sk, reinterpret_cast<const kernel::sock*>(tcp));
      set(skb, kernel::sk_buff::bit::cloned, 1);
      slab.free(skb, 1);
    });
    walk.open(std::move(s));
    walk.setUnit(Unit::Event);
  }
  void after(const void* member, int nth = 1) {
    EventIndex at = 0;
    for (int i = 0; i <= nth; ++i)
      at = nextWrite(walk.journal(), at, Arena::offsetOf(member), 1, true); // the 0th clears
    walk.seek(at);
  }
  std::string dump(int depth = 1) { return view.model()->dump(depth).join("\n").toStdString(); }
};

TEST_F(StructureTest, FollowsTheObjectThatIsWrittenTo) {
  after(&sock->type);
  EXPECT_EQ(Arena::addressOf(view.subject().base), Arena::address(sock));
  EXPECT_EQ(tell::subjectTitle(view.subject()), "struct socket");
  EXPECT_NE(dump().find("4 2 type SOCK_STREAM changed"), std::string::npos) << dump();
  EXPECT_EQ(dump().find("state SS_UNCONNECTED changed"), std::string::npos) << "that comes a step later";
}

TEST_F(StructureTest, HolesAndCacheLinesAreRows) {
  after(&sock->type);
  EXPECT_NE(dump().find("6 2 hole, 2 bytes"), std::string::npos) << dump();
  EXPECT_NE(dump().find("64 0 cache line 1"), std::string::npos) << dump();
}

TEST_F(StructureTest, OnlyTheBitFieldThatFlippedIsChanged) {
  walk.seek(walk.journal().size() - 1); // the free is the last event
  for (EventIndex p = walk.journal().size(); p-- > 1;)
    if (walk.journal()[p - 1].type == EventType::Write) {
      walk.seek(p);
      break;
    }
  EXPECT_EQ(tell::subjectTitle(view.subject()), "struct sk_buff");
  EXPECT_NE(dump().find("126:0 1 cloned 1 changed"), std::string::npos) << dump();
  EXPECT_EQ(dump().find("nohdr 0 changed"), std::string::npos);
  EXPECT_EQ(view.tree()->currentIndex().siblingAtColumn(StructureModel::MemberColumn).data().toString(), "cloned");
}

TEST_F(StructureTest, HistoryNamesWriterAndValues) {
  after(&sock->type, 2);
  view.selectMember(4);
  MemberHistory* h = view.history()->model();
  ASSERT_EQ(h->rowCount(), 3) << "cleared, then written twice";
  EXPECT_EQ(h->index(2).data(MemberHistory::FunctionRole).toString(), "test_name_it");
  EXPECT_EQ(h->index(2).data(MemberHistory::BeforeRole).toString(), "SOCK_STREAM");
  EXPECT_EQ(h->index(2).data(MemberHistory::AfterRole).toString(), "SOCK_DGRAM");
  EXPECT_EQ(h->current(), 2);
  walk.seek(h->index(1).data(MemberHistory::EventRole).toUInt() + 1);
  EXPECT_EQ(sock->type, 2) << "the machine itself stays where it was";
  view.selectMember(4);
  EXPECT_EQ(h->current(), 1);
}

TEST_F(StructureTest, AMemberStaysInSightWhenItsHistoryOpensOverIt) {
  after(&sock->type);
  walk.setFocus(Arena::address(tcp));
  view.resize(360, 320); // the room is the table's until a member is asked for
  view.show();
  QApplication::processEvents();
  EXPECT_FALSE(view.history()->isVisible());
  QTreeView& tree = *view.tree();
  QModelIndex low;
  for (QModelIndex row = tree.indexAt({5, 5}); tree.visualRect(row).bottom() < tree.viewport()->height();
       row = tree.indexBelow(row))
    if (row.data(StructureModel::KindRole).toInt() == int(StructureModel::Kind::Member)) low = row;
  walk.showMember(view.subject().base + low.data(StructureModel::OffsetRole).toUInt());
  for (int i = 0; i < 3; ++i) QApplication::processEvents(); // the history opens, the table has less room, it scrolls
  EXPECT_TRUE(view.history()->isVisible());
  EXPECT_GE(tree.visualRect(tree.currentIndex()).top(), 0);
  EXPECT_LE(tree.visualRect(tree.currentIndex()).bottom(), tree.viewport()->height());
}

TEST_F(StructureTest, PointersLeadOnAndBack) {
  after(&sock->sk);
  view.selectMember(offsetof(kernel::socket, sk));
  EXPECT_EQ(view.tree()->currentIndex().siblingAtColumn(0).data(StructureModel::PointerRole).toULongLong(),
            Arena::address(tcp));
  walk.setFocus(Arena::address(tcp));
  EXPECT_FALSE(view.following());
  EXPECT_EQ(tell::subjectTitle(view.subject()), "struct tcp_sock");
  view.back();
  EXPECT_EQ(tell::subjectTitle(view.subject()), "struct socket");
  view.forward();
  EXPECT_EQ(tell::subjectTitle(view.subject()), "struct tcp_sock");
}

TEST_F(StructureTest, ASocketIsOpenDownToItsSmallestPart) {
  walk.seek(walk.journal().size());
  view.lookAt(Arena::address(tcp));
  const QModelIndex first = view.tree()->model()->index(0, 0);
  EXPECT_TRUE(view.tree()->isExpanded(first));
  EXPECT_TRUE(view.tree()->isExpanded(first.model()->index(0, 0, first)));
  EXPECT_NE(dump(5).find("skc_state"), std::string::npos);
}

TEST_F(StructureTest, FiltersByNameChangeAndValue) {
  after(&sock->type);
  QAbstractItemModel* rows = view.tree()->model();
  view.setFilter("changed");
  ASSERT_EQ(rows->rowCount(), 1);
  EXPECT_EQ(rows->index(0, StructureModel::MemberColumn).data().toString(), "type");
  view.setFilter("ops");
  ASSERT_EQ(rows->rowCount(), 1);
  view.setFilter("not zero");
  EXPECT_EQ(rows->rowCount(), 1);
  view.setFilter("");
  EXPECT_GT(rows->rowCount(), 6);
}

TEST_F(StructureTest, AMemberIsFoundUnderTheNameThatTheKernelsSourceHas) {
  after(&sock->type);
  view.lookAt(Arena::address(tcp));
  QModelIndex found;
  view.setFilter("sk_state");
  for (QModelIndex row = view.tree()->model()->index(0, StructureModel::MemberColumn); row.isValid();
       row = row.model()->index(0, StructureModel::MemberColumn, row.siblingAtColumn(0)))
    found = row;
  EXPECT_EQ(found.data().toString(), "skc_state");
  EXPECT_TRUE(found.data(Qt::ToolTipRole).toString().contains("sk_state"));
  view.setFilter("tw_state"); // what a sock's is not called
  EXPECT_EQ(view.tree()->model()->rowCount(), 0);
}

TEST_F(StructureTest, AFreedObjectSaysSo) {
  walk.seek(walk.journal().size() - 1);
  walk.setFocus(Arena::address(skb));
  const EventIndex died = view.subject().died;
  ASSERT_NE(died, NoEvent);
  walk.seek(walk.journal().size());
  EXPECT_EQ(view.subject().died, died);
  EXPECT_EQ(tell::subjectTitle(view.subject()), "struct sk_buff");
}

// The rows below `parent` in the order of memory, as tell::StructureAt has them.
void expectSame(const StructureModel& model, const QModelIndex& parent, const tell::StructureAt& told, size_t& next) {
  using Model = StructureModel;
  for (int r = 0; r < model.rowCount(parent); ++r) {
    ASSERT_LT(next, told.members.size());
    const tell::StructureMember& m = told.members[next++];
    const QModelIndex row = model.index(r, 0, parent);
    const auto at = [&](Model::Column c) { return row.siblingAtColumn(c).data().toString().toStdString(); };
    EXPECT_EQ(at(Model::OffsetColumn), m.place);
    EXPECT_EQ(at(Model::MemberColumn), english(m.name));
    EXPECT_EQ(at(Model::ValueColumn), english(m.value)) << m.path;
    EXPECT_EQ(at(Model::TypeColumn), m.type);
    EXPECT_EQ(row.data(Model::ChangeRole).toInt(), int(m.change)) << m.path;
    if (m.isMember()) {
      EXPECT_EQ(row.data(Model::PathRole).toString().toStdString(), m.path);
    }
    if (model.hasChildren(row)) expectSame(model, row, told, next);
  }
}

// What the view shows is what the command line prints: every kind of object of every example walk and lesson.
TEST(StructureWalks, TheModelSaysWhatIsTold) {
  int compared = 0;
  for (const std::string& file : tests::exampleWalks(SOCKWALK_SOURCE_DIR)) {
    SCOPED_TRACE(file);
    const auto session = tests::walkOf(file);
    ASSERT_TRUE(session);
    Playhead at(session->journal());
    std::set<std::string> types;
    for (EventIndex moment : tests::someMoments(session->journal(), 3)) {
      at.seek(moment);
      for (const tell::LiveStructure& live : tell::liveStructures(at)) {
        if (!types.insert(live.type).second) continue;
        SCOPED_TRACE(live.id);
        const auto subject = tell::subjectAt(at, live.address);
        const auto told = tell::readStructure(at, subject, moment - 1);
        StructureModel model;
        model.show(&at, subject);
        model.refresh(tell::changesBetween(session->journal(), subject, moment - 1, moment));
        size_t next = 0;
        expectSame(model, {}, told, next);
        EXPECT_EQ(next, told.members.size());
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 200);
}

TEST_F(StructureTest, TheModelKeepsTheRulesOfModels) {
  QAbstractItemModelTester tester(view.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  QAbstractItemModelTester filtered(view.tree()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  QAbstractItemModelTester history(view.history()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  for (const EventIndex p : {0u, walk.journal().size(), walk.journal().size() / 2}) walk.seek(p);
  after(&sock->type);
  view.setFilter("s");
  walk.stepInto();
  walk.stepBackInto();
  view.setFilter("changed");
  walk.stepInto();
}

} // namespace

namespace {

TEST_F(StructureTest, WWatchesTheChosenMemberAndNoLongerDoes) {
  after(&sock->sk);
  view.lookAt(Arena::addressOf(Arena::offsetOf(sock)));
  view.selectMember(static_cast<u32>(offsetof(kernel::socket, type)));
  view.show();
  view.activateWindow();
  view.tree()->setFocus();
  QApplication::processEvents();
  QTest::keyClick(view.tree(), Qt::Key_W);
  ASSERT_EQ(walk.watches().all().size(), 1u);
  EXPECT_EQ(walk.watches().all()[0].member.member, "type");
  EXPECT_EQ(walk.watches().all()[0].member.place.offset(), Arena::offsetOf(&sock->type));
  QTest::keyClick(view.tree(), Qt::Key_W);
  EXPECT_TRUE(walk.watches().all().empty());
}

} // namespace
