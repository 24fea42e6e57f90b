// The view of the kernel's tables: its model says what engine/tell says, however the playhead came where it is.
#include "tests/engine/tell/tables/tables_sample.h"
#include "tests/support/stop_machine.h"
#include "views/tables/tables_filter.h"
#include "views/tables/tables_model.h"
#include "views/tables/tables_tree.h"
#include "views/tables/tables_view.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace sockwalk;
using tell::KernelTable, tell::TableRow;

namespace {

struct TablesTest : ::testing::Test {
  void show(int height) {
    view.resize(900, height);
    view.show();
    walk.open(std::move(played.session));
    walk.toEnd();
  }
  tell::PlayedTables played{tell::Sockets};
  Walk walk;
  TablesView view{walk};
};

TEST_F(TablesTest, TheModelHoldsToTheRulesWhereverThePlayheadGoes) {
  TablesModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  TablesFilter filter;
  filter.setSourceModel(&model);
  QAbstractItemModelTester filtered(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
  filter.setWords("127.0.0.1 udp");
  const int count = int(played.journal().stimuli().size());
  for (int n = 0; n <= count; ++n) model.setTables(played.after(n));
  for (int n = count; n >= 0; n -= 2) model.setTables(played.after(n));
  model.setTables(played.after(count));
  EXPECT_EQ(filter.entries(), 2); // one socket in two tables
  filter.setWords("");
  EXPECT_EQ(filter.entries(), model.entries());
  model.setTables({});
  EXPECT_EQ(model.rowCount(), 0);
}

// What the model shows, in the form of tell::lines().
QString cellText(const QModelIndex& row, int column) { return row.siblingAtColumn(column).data().toString(); }
QStringList shownLines(const TablesModel& model) {
  QStringList out;
  for (int t = 0; t < model.rowCount(); ++t) {
    const QModelIndex table = model.index(t, 0);
    out << QStringLiteral("%1 (%2): %3")
               .arg(table.data().toString(), table.data(TablesModel::SymbolRole).toString(),
                    table.data(TablesModel::SummaryRole).toString());
    for (int r = 0; r < model.rowCount(table); ++r) {
      const QModelIndex row = model.index(r, 0, table);
      QStringList cells;
      for (int c = 0; c < TablesModel::ColumnCount; ++c)
        if (const QString cell = cellText(row, c); !cell.isEmpty()) cells << cell;
      const auto mark = tell::RowMark(row.data(TablesModel::MarkRole).toInt());
      out << QString(2 + 2 * row.data(TablesModel::IndentRole).toInt(), ' ') + cells.join(QStringLiteral(" | ")) +
                 (mark == tell::RowMark::New       ? " (new)"
                  : mark == tell::RowMark::Changed ? " (changed)"
                  : mark == tell::RowMark::Taken   ? " (taken)"
                                                   : "");
    }
  }
  return out;
}
QStringList toldLines(const std::vector<KernelTable>& tables) {
  QStringList out;
  for (const std::string& line : tell::lines(tables)) out << text(line);
  return out;
}

TEST_F(TablesTest, TheModelIsWhatTheMemoryIsHoweverItCame) {
  TablesModel model;
  const int count = int(played.journal().stimuli().size());
  for (int n : {0, count, 3, count - 1, 1, count}) {
    auto tables = played.after(n);
    const QStringList truth = toldLines(tables);
    model.setTables(std::move(tables));
    EXPECT_EQ(shownLines(model), truth) << n;
  }
}

TEST(TablesOfExamples, TheModelShowsWhatIsTold) {
  int moments = 0;
  for (const std::string& file : tests::exampleWalks(SOCKWALK_SOURCE_DIR)) {
    const auto session = tests::walkOf(file);
    Playhead playhead(session->journal());
    TablesModel model;
    for (const EventIndex at : tests::someMoments(session->journal(), 12)) {
      playhead.seek(at);
      auto tables = tell::readTables(playhead);
      const QStringList told = toldLines(tables);
      model.setTables(std::move(tables));
      ASSERT_EQ(shownLines(model), told) << file << " at " << at;
      ++moments;
    }
  }
  EXPECT_GT(moments, 100);
}

TEST_F(TablesTest, AClickLooksAtTheEntry) {
  show(600);
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

TEST_F(TablesTest, SingleTablesCanBeChosen) {
  show(600);
  const auto ids = [&] {
    std::vector<std::string> out;
    for (const KernelTable& table : view.model().tables()) out.push_back(table.id);
    return out;
  };
  const auto all = ids();
  EXPECT_TRUE(view.showOnly("ops"));
  EXPECT_EQ(ids(),
            (std::vector<std::string>{"net_families", "inetsw", "inetsw_array", "proto_ops", "proto", "two-hops"}));
  EXPECT_FALSE(view.showOnly("no such table"));
  EXPECT_EQ(ids().size(), 6u) << "what was chosen stays";
  EXPECT_TRUE(view.showOnly("raw"));
  EXPECT_EQ(ids(), std::vector<std::string>{"raw"});
  EXPECT_TRUE(view.showOnly(""));
  EXPECT_EQ(ids(), all);
}

// What a lesson looks at is marked, and comes into sight: at once, or when somebody looks.
TEST_F(TablesTest, ATableOpensWithItsFirstEntriesAndStaysAsSomebodyLeftIt) {
  show(600);
  walk.toStart();
  walk.toEnd();
  TablesTree& tree = view.tree();
  const QAbstractItemModel& model = *tree.model();
  for (int t = 0; t < model.rowCount(); ++t)
    if (const QModelIndex table = model.index(t, 0); model.hasChildren(table)) {
      EXPECT_TRUE(tree.isExpanded(table)) << table.data().toString().toStdString();
    }
  walk.toStart();
  view.findChild<QLineEdit*>()->setText("udp_sock"); // no table has one yet
  ASSERT_EQ(model.rowCount(), 0);
  walk.toEnd();
  ASSERT_GT(model.rowCount(), 0);
  EXPECT_TRUE(tree.isExpanded(model.index(0, 0)));
  view.findChild<QLineEdit*>()->clear();
  int closed = 0;
  while (!model.hasChildren(model.index(closed, 0))) ++closed;
  tree.collapse(model.index(closed, 0));
  walk.stepBackInto();
  walk.toEnd();
  EXPECT_FALSE(tree.isExpanded(model.index(closed, 0)));
}

TEST_F(TablesTest, WhatIsLookedAtComesIntoSight) {
  show(120);
  const auto rowInSight = [&](u64 address) {
    QApplication::processEvents();
    const TablesModel& model = view.model();
    const auto* filter = static_cast<const TablesFilter*>(view.tree().model());
    const QModelIndex row = filter->mapFromSource(model.rowOf(address));
    return row.isValid() && row.data(TablesModel::FocusedRole).toBool() &&
           view.tree().viewport()->rect().intersects(view.tree().visualRect(row));
  };
  const auto tables = tell::readTables(walk.playhead());
  const auto& files = *std::ranges::find(tables, "files", &KernelTable::id);
  const auto& connections = *std::ranges::find(tables, "udp-hash", &KernelTable::id);
  ASSERT_FALSE(files.rows.empty() || connections.rows.empty());
  walk.setFocus(files.rows.back().address);
  EXPECT_TRUE(rowInSight(files.rows.back().address));
  view.hide();
  walk.setFocus(connections.rows.front().address);
  view.show();
  EXPECT_TRUE(rowInSight(connections.rows.front().address));
  view.hide();
  EXPECT_TRUE(view.showOnly("ehash")) << "a page is taken while nobody looks";
  EXPECT_FALSE(view.showOnly("ehsh"));
  view.show();
  QApplication::processEvents();
  EXPECT_EQ(view.model().rowCount(), 1);
}

TEST_F(TablesTest, OfAMachineThatHasStoppedSaySo) {
  view.show();
  walk.open(std::move(played.session));
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
  walk.open(std::move(played.session));
  walk.toEnd();
  EXPECT_EQ(view.model().entries(), 0);
  view.show();
  EXPECT_GT(view.model().entries(), 0);
}

} // namespace
