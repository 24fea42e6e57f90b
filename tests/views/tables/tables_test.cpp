// The kernel's tables, from walks of the real kernel: who is in which bucket, in which order, and what a step touched.
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include "engine/scenario/session.h"
#include "tests/support/stop_machine.h"
#include "views/tables/tables_filter.h"
#include "views/tables/tables_model.h"
#include "views/tables/tables_tree.h"
#include "views/tables/tables_view.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace sockwalk;

namespace {

constexpr const char* Sockets = R"(//@link lo
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(4, {sa_family = AF_INET, sin_port = htons(5609), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 connect(4, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = 5
+0 socket(AF_INET, SOCK_STREAM, 0) = 6
+0 bind(6, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 close(3) = 0
)";

std::unique_ptr<scenario::Session> play(const char* script) {
  auto session = scenario::Session::open({scenario::ScriptStimulus{"tables.pkt", script}});
  if (!session) {
    ADD_FAILURE() << session.error().message;
    return nullptr;
  }
  (*session)->runAll();
  for (const auto& failure : (*session)->failures()) ADD_FAILURE() << failure.message;
  return std::move(*session);
}

struct TablesTest : ::testing::Test {
  std::unique_ptr<scenario::Session> session = play(Sockets);
  const Journal& journal = session->journal();
  Playhead playhead{journal};
  LiveObjects live;

  TablesTest() { live.reset(&journal); }
  // After the `n`th stimulus (0 for none), what the last `step` events did.
  std::vector<KernelTable> after(int n, EventIndex step = 1) {
    const auto& stimuli = journal.stimuli();
    const EventIndex position = n < int(stimuli.size()) ? stimuli[std::size_t(n)].event : journal.size();
    playhead.seek(position);
    return readTables(playhead, live, StepChanges(journal, position - std::min(step, position), position));
  }
  int indexOf(const std::string& call) {
    const auto& stimuli = journal.stimuli();
    for (std::size_t i = 0; i < stimuli.size(); ++i)
      if (stimuli[i].text.starts_with(call)) return int(i);
    ADD_FAILURE() << "no call " << call;
    return 0;
  }
  static const KernelTable& table(const std::vector<KernelTable>& tables, const QString& id) {
    for (const KernelTable& t : tables)
      if (t.id == id) return t;
    ADD_FAILURE() << "no table " << id.toStdString();
    return tables.front();
  }
};

TEST_F(TablesTest, ABoundUdpSocketIsInBothTablesInTheBucketOfItsPort) {
  const auto tables = after(indexOf("bind(3") + 1);
  const KernelTable &byPort = table(tables, "udp-hash"), &byAddress = table(tables, "udp-hash2");
  ASSERT_EQ(byPort.rows.size(), 1u);
  ASSERT_EQ(byAddress.rows.size(), 1u);
  const auto* udp = playhead.global<kernel::udp_table>("udp_table");
  const u32 mix = playhead.global<kernel::net>("init_net")->hash_mix;
  EXPECT_EQ(byPort.rows[0].place, QString("[%1]").arg((5353 + mix) & udp->mask));
  const auto* sk = playhead.object<kernel::sock_common>(byPort.rows[0].address);
  EXPECT_EQ(byAddress.rows[0].place, QString("[%1]").arg(sk->skc_u16hashes[1] & udp->mask));
  EXPECT_EQ(byPort.rows[0].key, "127.0.0.1:5353");
  EXPECT_EQ(byPort.rows[0].object, "udp_sock #1");
  EXPECT_EQ(byPort.rows[0].state, "TCP_CLOSE");
  EXPECT_EQ(byPort.rows[0].detail, "fd 3, not connected");
  EXPECT_EQ(byPort.summary, QString("1 socket in 1 of %L1 buckets").arg(udp->mask + 1));
}

TEST_F(TablesTest, AChainIsListedInItsOrderTheNewestFirst) {
  const auto tables = after(indexOf("connect(4") + 1); // 5353 + 256 = 5609: the same bucket of 256
  const KernelTable& t = table(tables, "udp-hash");
  ASSERT_EQ(t.rows.size(), 2u);
  EXPECT_EQ(t.rows[1].place, t.rows[0].place + " 2nd");
  EXPECT_EQ(t.rows[0].key, "127.0.0.1:5609 ↔ 127.0.0.1:5353");
  EXPECT_EQ(t.rows[0].state, "TCP_ESTABLISHED");
  EXPECT_EQ(t.rows[1].key, "127.0.0.1:5353");
  EXPECT_TRUE(t.summary.startsWith("2 sockets in 1 of")) << t.summary.toStdString();
}

TEST_F(TablesTest, WhatTheStepPutThereIsNewAndItsNeighboursAreNot) {
  const int bind = indexOf("bind(4");
  const EventIndex length = journal.stimuli()[std::size_t(bind) + 1].event - journal.stimuli()[std::size_t(bind)].event;
  const KernelTable& t = table(after(bind + 1, length), "udp-hash");
  ASSERT_EQ(t.rows.size(), 2u);
  EXPECT_EQ(t.rows[0].mark, RowMark::New);
  EXPECT_EQ(t.rows[1].mark, RowMark::None);
  const int connect = indexOf("connect(4");
  const EventIndex connecting =
      journal.stimuli()[std::size_t(connect) + 1].event - journal.stimuli()[std::size_t(connect)].event;
  EXPECT_EQ(table(after(connect + 1, connecting), "udp-hash").rows[0].mark, RowMark::Changed);
  EXPECT_EQ(table(after(connect + 1, 1), "udp-hash").rows[0].mark, RowMark::None);
}

TEST_F(TablesTest, AClosedSocketHasLeft) {
  const KernelTable& t = table(after(int(journal.stimuli().size())), "udp-hash");
  ASSERT_EQ(t.rows.size(), 1u);
  EXPECT_EQ(t.rows[0].key, "127.0.0.1:5609 ↔ 127.0.0.1:5353");
}

TEST_F(TablesTest, APortHasItsOwnersUnderIt) {
  const auto tables = after(indexOf("bind(6") + 1);
  const KernelTable &ports = table(tables, "bhash"), &addresses = table(tables, "bhash2");
  ASSERT_EQ(ports.rows.size(), 2u);
  EXPECT_EQ(ports.rows[0].key, "port 8080");
  EXPECT_EQ(ports.rows[0].object, "inet_bind_bucket #1");
  EXPECT_EQ(ports.rows[1].indent, 1);
  EXPECT_EQ(ports.rows[1].object, "tcp_sock #1");
  ASSERT_EQ(addresses.rows.size(), 2u);
  EXPECT_EQ(addresses.rows[0].key, "127.0.0.1:8080");
  EXPECT_EQ(addresses.rows[1].address, ports.rows[1].address);
}

TEST_F(TablesTest, RoutesReadAsIpRouteWritesThem) {
  const QString text = tablesText(after(1));
  EXPECT_TRUE(text.contains("local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1"))
      << text.toStdString();
  EXPECT_TRUE(text.contains("local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1"));
}

TEST_F(TablesTest, RawSocketsAndFilesAreThere) {
  const auto tables = after(indexOf("socket(AF_INET, SOCK_RAW") + 1);
  ASSERT_EQ(table(tables, "raw").rows.size(), 1u);
  EXPECT_EQ(table(tables, "raw").rows[0].key, "protocol 1");
  const KernelTable& files = table(tables, "files");
  EXPECT_TRUE(std::any_of(files.rows.begin(), files.rows.end(), [](auto& row) {
    return row.place == "fd 5" && row.key.startsWith("pid 100") && row.detail.contains("raw_sock #");
  }));
}

TEST_F(TablesTest, TheModelHoldsToTheRulesWhereverThePlayheadGoes) {
  TablesModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  TablesFilter filter;
  filter.setSourceModel(&model);
  QAbstractItemModelTester filtered(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
  filter.setWords("127.0.0.1 udp");
  const int count = int(journal.stimuli().size());
  for (int n = 0; n <= count; ++n) model.setTables(after(n));
  for (int n = count; n >= 0; n -= 2) model.setTables(after(n));
  model.setTables(after(count));
  EXPECT_EQ(filter.entries(), 2); // one socket in two tables
  filter.setWords("");
  EXPECT_EQ(filter.entries(), model.entries());
  model.setTables({});
  EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(TablesTest, TheModelIsWhatTheMemoryIsHoweverItCame) {
  TablesModel model;
  const int count = int(journal.stimuli().size());
  for (int n : {0, count, 3, count - 1, 1, count}) {
    auto tables = after(n);
    const QString truth = tablesText(tables);
    model.setTables(std::move(tables));
    EXPECT_EQ(tablesText(model.tables()), truth) << n;
  }
}

TEST_F(TablesTest, AClickLooksAtTheEntry) {
  Walk walk;
  TablesView view(walk);
  view.resize(900, 600);
  view.show();
  walk.open(std::move(session));
  walk.toEnd();
  QModelIndex entry;
  for (int t = 0; t < view.model().rowCount() && !entry.isValid(); ++t)
    if (view.model().tables()[std::size_t(t)].id == "raw") entry = view.model().index(0, 0, view.model().index(t, 0));
  ASSERT_TRUE(entry.isValid());
  auto* filter = static_cast<QSortFilterProxyModel*>(view.tree().model());
  const QModelIndex shown = filter->mapFromSource(entry);
  view.tree().scrollTo(shown);
  QTest::mouseClick(view.tree().viewport(), Qt::LeftButton, {}, view.tree().visualRect(shown).center());
  EXPECT_EQ(walk.focus(), view.model().data(entry, TablesModel::AddressRole).toULongLong());
  EXPECT_TRUE(view.model().data(entry, TablesModel::FocusedRole).toBool());
}

TEST_F(TablesTest, OfAMachineThatHasStoppedSaySo) {
  Walk walk;
  TablesView view(walk);
  view.show();
  walk.open(std::move(session));
  kernel::stopWithNextFrame(walk.session().machine());
  const auto marks = [&] {
    int n = 0;
    for (const QLabel* label : view.findChildren<QLabel*>())
      n += label->isVisible() && label->text().startsWith("The kernel has stopped: this kernel does not simulate");
    return n;
  };
  const auto call = [&](const char* line) { ASSERT_TRUE(walk.console(line)) << line; };
  call("s = socket(AF_INET, SOCK_DGRAM, 0)");
  walk.toEnd();
  EXPECT_EQ(marks(), 0);
  call("sendto(s, \"x\", 1, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr(\"127.0.0.1\")}, 16)");
  walk.toEnd();
  EXPECT_EQ(marks(), 1);
  walk.toStart();
  EXPECT_EQ(marks(), 0) << "at that moment it still ran";
}

TEST_F(TablesTest, WhereNobodyLooksNothingIsRead) {
  Walk walk;
  TablesView view(walk);
  walk.open(std::move(session));
  walk.toEnd();
  EXPECT_EQ(view.model().entries(), 0);
  view.show();
  EXPECT_GT(view.model().entries(), 0);
}

constexpr const char* Connection = R"(//@link lo
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 listen(3, 8) = 0
+0 socket(AF_INET, SOCK_STREAM, 0) = 4
+.1 connect(4, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+.1 accept(3, ..., ...) = 5
+.1 close(4) = 0
+.1 close(5) = 0
)";

struct ConnectionTest : TablesTest {
  ConnectionTest() : other(play(Connection)), at(other->journal()) { live.reset(&other->journal()); }
  std::vector<KernelTable> when(EventIndex position) {
    at.seek(position);
    return readTables(at, live, StepChanges(other->journal(), position ? position - 1 : 0, position));
  }
  EventIndex into(const char* function) {
    return nextCall(other->journal(), 0, Symbols::get().functionNamed(function)->id, true);
  }
  std::unique_ptr<scenario::Session> other;
  Playhead at;
};

TEST_F(ConnectionTest, AListenerARequestAndBothEndsAreWhereTheKernelLooksForThem) {
  const auto request = when(into("tcp_v4_send_synack"));
  ASSERT_EQ(table(request, "lhash2").rows.size(), 1u);
  EXPECT_EQ(table(request, "lhash2").rows[0].state, "TCP_LISTEN");
  ASSERT_EQ(table(request, "ehash").rows.size(), 2u);
  EXPECT_TRUE(tablesText(request).contains("TCP_NEW_SYN_RECV"));
  EXPECT_TRUE(tablesText(request).contains("tcp_request_sock #1"));
  const auto both = when(into("__x64_sys_accept"));
  const auto& ends = table(both, "ehash").rows;
  ASSERT_EQ(ends.size(), 2u);
  for (const TableRow& end : ends) EXPECT_EQ(end.state, "TCP_ESTABLISHED");
  const QStringList one = ends[0].key.split(QStringLiteral(" ↔ ")), two = ends[1].key.split(QStringLiteral(" ↔ "));
  EXPECT_EQ(one.value(0), two.value(1));
  EXPECT_EQ(one.value(1), two.value(0));
  EXPECT_TRUE(table(both, "lhash2").rows[0].detail.contains("accept queue 1 of 8"));
}

TEST_F(ConnectionTest, WhatIsLeftStandsInTheTablesUntilItsTimeIsOver) {
  const auto end = when(other->journal().size());
  ASSERT_EQ(table(end, "ehash").rows.size(), 1u);
  EXPECT_EQ(table(end, "ehash").rows[0].state, "TCP_TIME_WAIT");
  EXPECT_EQ(table(end, "ehash").rows[0].object, "tcp_timewait_sock #1");
  const auto& addresses = table(end, "bhash2").rows;
  EXPECT_TRUE(std::any_of(addresses.begin(), addresses.end(), [](auto& r) { return r.state == "TCP_TIME_WAIT"; }));
}

TEST_F(TablesTest, ReadingIsQuick) {
  playhead.seek(journal.size());
  QElapsedTimer timer;
  timer.start();
  for (int i = 0; i < 20; ++i) readTables(playhead, live, StepChanges(journal, journal.size() - 1, journal.size()));
  EXPECT_LT(timer.elapsed() / 20, 16);
}

} // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
