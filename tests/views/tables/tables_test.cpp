// The view of the kernel's tables: its model says what engine/tell says, however the playhead came where it is.
#include "engine/scenario/session.h"
#include "tests/support/stop_machine.h"
#include "views/tables/tables_filter.h"
#include "views/tables/tables_model.h"
#include "views/tables/tables_tree.h"
#include "views/tables/tables_view.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <filesystem>
#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace sockwalk;
using tell::KernelTable, tell::TableRow;

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
  tell::LiveObjects live;

  TablesTest() { live.reset(&journal); }
  // After the `n`th stimulus (0 for none), what the last `step` events did.
  std::vector<KernelTable> after(int n, EventIndex step = 1) {
    const auto& stimuli = journal.stimuli();
    const EventIndex position = n < int(stimuli.size()) ? stimuli[std::size_t(n)].event : journal.size();
    playhead.seek(position);
    return tell::readTables(playhead, live, tell::StepChanges(journal, position - std::min(step, position), position));
  }
};

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
  const int count = int(journal.stimuli().size());
  for (int n : {0, count, 3, count - 1, 1, count}) {
    auto tables = after(n);
    const QStringList truth = toldLines(tables);
    model.setTables(std::move(tables));
    EXPECT_EQ(shownLines(model), truth) << n;
  }
}

TEST(TablesOfExamples, TheModelShowsWhatIsTold) {
  namespace fs = std::filesystem;
  int moments = 0;
  for (const char* folder : {"/assets/walks", "/lessons"})
    for (const auto& entry : fs::recursive_directory_iterator(SOCKWALK_SOURCE_DIR + std::string(folder))) {
      if (entry.path().extension() != ".pkt") continue;
      auto session = scenario::Session::openFile(entry.path());
      ASSERT_TRUE(session) << entry.path();
      (*session)->runAll();
      const Journal& journal = (*session)->journal();
      Playhead playhead(journal);
      TablesModel model;
      for (int n = 1; n <= 12; ++n, ++moments) {
        playhead.seek(EventIndex(u64(journal.size()) * u64(n) / 12));
        auto tables = tell::readTables(playhead);
        const QStringList told = toldLines(tables);
        model.setTables(std::move(tables));
        ASSERT_EQ(shownLines(model), told) << entry.path() << " at " << playhead.position();
      }
    }
  EXPECT_GT(moments, 100);
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

} // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
