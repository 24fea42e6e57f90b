// For every person: the ring around what has the keys, the keys of every place, each picture as a table, and the looks.
#include "app/table_panel.h"
#include "tests/app/access_fixture.h"
#include "views/objects/objects_stage.h"
#include "views/theme/focus_ring.h"
#include "views/theme/theme.h"
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QTableView>
#include <QTest>
#include <QTreeView>

namespace sockwalk {
namespace {

using tests::AccessTest, tests::Sources;

// ---- keys

// Every widget that takes the keys by Tab is come to, once a round, with a ring around it.
TEST_F(AccessTest, EveryStopOfTabShowsItsRing) {
  go("inet_create");
  QWidget* const start = &canvas<CallPathStage>();
  start->setFocus();
  // Coming by opens what only opens then (the history of a member): the second round counts.
  do QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab), QApplication::processEvents();
  while (QApplication::focusWidget() != start);
  QWidgetList stops;
  for (int i = 0; i < 200; ++i) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    for (int n = 0; n < 3; ++n) QApplication::processEvents();
    QWidget* const stop = QApplication::focusWidget();
    ASSERT_TRUE(stop);
    if (stops.contains(stop)) break;
    stops << stop;
    const FocusRing* ring = shownFocusRing();
    ASSERT_TRUE(ring) << stop->metaObject()->className() << " " << stop->accessibleName().toStdString();
    const QRect place(stop->mapTo(stop->window(), QPoint()), stop->size());
    EXPECT_TRUE(place.adjusted(-3, -3, 3, 3).contains(ring->geometry())) << stop->metaObject()->className();
  }
  EXPECT_EQ(stops.last(), start) << "it goes round, and is held nowhere: " << stops.last()->metaObject()->className();
  for (QWidget* widget : m_window->findChildren<QWidget*>()) {
    const bool takes = widget->focusPolicy() & Qt::TabFocus && widget->isVisible() && widget->isEnabled() &&
                       !widget->focusProxy() && widget->window() == m_window.get();
    EXPECT_TRUE(!takes || stops.contains(widget))
        << widget->metaObject()->className() << " " << widget->accessibleName().toStdString();
  }
  // A click takes the ring away: whoever points sees where.
  QTest::mouseClick(start, Qt::LeftButton, {}, QPoint(3, 3));
  for (int n = 0; n < 3; ++n) QApplication::processEvents();
  EXPECT_FALSE(shownFocusRing());
}

TEST_F(AccessTest, EnterFollowsThePointerOfAMember) {
  m_window->goToView("objects");
  go("tcp_v4_init_sock");
  u64 socket = 0, sock = 0;
  for (const tell::ObjectCard& card : canvas<ObjectsStage>().graph().cards) {
    if (card.title == "socket #12") socket = card.address;
    if (card.title == "tcp_sock #1") sock = card.address;
  }
  ASSERT_TRUE(socket && sock);
  m_window->walk().setFocus(socket);
  settle();
  auto* tree = m_window->view("structure")->findChild<QTreeView*>();
  const auto found =
      tree->model()->match(tree->model()->index(0, 2), Qt::DisplayRole, "sk", 1, Qt::MatchExactly | Qt::MatchRecursive);
  ASSERT_FALSE(found.isEmpty());
  tree->setFocus();
  tree->setCurrentIndex(found.first().siblingAtColumn(0));
  QTest::keyClick(tree, Qt::Key_Return);
  EXPECT_EQ(m_window->walk().focus(), sock);
}

TEST_F(AccessTest, EnterGoesToACallOfTheList) {
  go("inet_create");
  QListView* calls = nullptr;
  for (QListView* list : m_window->view("lesson")->findChildren<QListView*>())
    if (list->isVisible()) calls = list;
  ASSERT_TRUE(calls);
  calls->setFocus();
  calls->setCurrentIndex(calls->model()->index(0, 0));
  QTest::keyClick(calls, Qt::Key_Down);
  const QString function = calls->currentIndex().data().toString();
  QTest::keyClick(calls, Qt::Key_Return);
  settle();
  const tell::PathMoment& moment = canvas<CallPathStage>().moment();
  EXPECT_EQ(QString::fromStdString(canvas<CallPathStage>().picture()->path->nodes()[moment.running].name), function);
}

TEST_F(AccessTest, TheMenuKeyOpensWhatARightClickOpens) {
  go("inet_create");
  for (QWidget* canvas : m_window->tablePanel().pictures()) {
    canvas->setFocus();
    QStringList entries;
    QTimer::singleShot(0, qApp, [&] {
      if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) {
        for (const QAction* action : menu->actions()) entries << action->text();
        menu->close();
      }
    });
    QContextMenuEvent event(QContextMenuEvent::Keyboard, canvas->rect().center(),
                            canvas->mapToGlobal(canvas->rect().center()));
    QApplication::sendEvent(canvas, &event);
    QApplication::processEvents();
    EXPECT_TRUE(entries.contains("Show as ta&ble")) << canvas->accessibleName().toStdString();
  }
}

// ---- as a table

TEST_F(AccessTest, APictureIsATableThatFollowsTheWalk) {
  go("inet_create");
  CallPathStage& stage = canvas<CallPathStage>();
  stage.setFocus();
  QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
  settle();
  TablePanel& panel = m_window->tablePanel();
  ASSERT_TRUE(panel.isVisible());
  EXPECT_EQ(panel.shown(), &stage);
  const QAbstractItemModel& rows = *panel.table().model();
  ASSERT_EQ(rows.rowCount(), int(stage.pills().size()));
  const auto stateOf = [&](const QString& function) {
    for (int i = 0; i < rows.rowCount(); ++i)
      if (rows.index(i, 0).data().toString() == function) return rows.index(i, 2).data().toString();
    return QString();
  };
  EXPECT_EQ(stateOf("inet_create"), "running");
  m_window->walk().stepInto();
  EXPECT_TRUE(wait([&] { return stateOf("inet_create") == "open"; }));
  // Enter goes to what the row names.
  QTableView& table = panel.table();
  for (int i = 0; i < rows.rowCount(); ++i)
    if (rows.index(i, 0).data().toString() == "sk_alloc") table.setCurrentIndex(rows.index(i, 0));
  QTest::keyClick(&table, Qt::Key_Return);
  EXPECT_TRUE(wait([&] { return stateOf("sk_alloc") == "running"; }));
}

TEST_F(AccessTest, ATableIsCopiedWithTabsAndSortedByNumbers) {
  go("inet_create");
  canvas<CallPathStage>().setFocus();
  QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
  settle();
  TablePanel& panel = m_window->tablePanel();
  QTableView& table = panel.table();
  const int depth = 4;
  table.sortByColumn(depth, Qt::DescendingOrder);
  std::vector<int> depths;
  for (int i = 0; i < table.model()->rowCount(); ++i) depths.push_back(table.model()->index(i, depth).data().toInt());
  EXPECT_TRUE(std::is_sorted(depths.rbegin(), depths.rend()));
  table.clearSelection();
  QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
  const QStringList lines = QApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), table.model()->rowCount() + 1);
  EXPECT_EQ(lines[0], "Function\tLayer\tState\tResult\tDepth\tCalled by\tCalls\tFolded below\tSource\tLeft out");
  EXPECT_EQ(lines[1].split('\t')[depth].toInt(), depths.front());
  table.selectRow(0);
  QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
  EXPECT_EQ(QApplication::clipboard()->text().count('\n'), 2) << "the headings and the chosen row";
  QTest::keyClick(&table, Qt::Key_Escape);
  settle();
  EXPECT_FALSE(panel.isVisible());
}

TEST_F(AccessTest, EveryPictureInSightCanBeATable) {
  ASSERT_TRUE(m_window->openPath(Sources + "/assets/captures/hello-udp.pcap", QString()));
  settle();
  go("udp_rcv");
  TablePanel& panel = m_window->tablePanel();
  for (const char* view : {"call-path", "objects", "buffer", "tables", "timeline", "packets"}) {
    m_window->goToView(view);
    settle();
    panel.open(m_window->view(view));
    settle();
    ASSERT_TRUE(panel.shown() && m_window->view(view)->isAncestorOf(panel.shown())) << view;
    EXPECT_GT(panel.table().model()->rowCount(), 0) << view;
    EXPECT_EQ(panel.chooser().currentText(), panel.shown()->accessibleName());
    const QModelIndex first = panel.table().model()->index(0, 0);
    EXPECT_FALSE(first.data().toString().isEmpty()) << view;
    panel.close();
  }
}

// What a lesson's question asks for is told to nobody: neither to who hears the picture nor to who reads its table.
TEST_F(AccessTest, WhatIsCoveredIsToldNowhere) {
  go("inet_create");
  Described::coverBy([](const QString& words) { return QString(words).replace("inet_create", "▒▒▒▒"); });
  m_window->tablePanel().open(m_window->view("call-path"));
  const QAbstractItemModel& rows = *m_window->tablePanel().table().model();
  QAccessibleInterface* const path = told<CallPathStage>();
  EXPECT_FALSE(named(path, "inet_create"));
  EXPECT_TRUE(named(path, "▒▒▒▒"));
  EXPECT_FALSE(path->text(QAccessible::Description).contains("inet_create"));
  EXPECT_TRUE(rows.match(rows.index(0, 0), Qt::DisplayRole, "inet_create", 1, Qt::MatchExactly).isEmpty());
  Described::coverBy(nullptr);
  EXPECT_TRUE(named(path, "inet_create"));
  EXPECT_FALSE(rows.match(rows.index(0, 0), Qt::DisplayRole, "inet_create", 1, Qt::MatchExactly).isEmpty());
}

// ---- looks

TEST_F(AccessTest, WhatAnEmptyLineAsksForCanBeRead) {
  ThemeHub& hub = ThemeHub::instance();
  for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::Contrast}) {
    hub.setChoice(choice);
    settle();
    for (const QLineEdit* line : m_window->findChildren<QLineEdit*>()) {
      if (!line->isVisible() || line->placeholderText().isEmpty()) continue;
      const QColor words = line->palette().color(QPalette::PlaceholderText), card = theme().color(Role::Card);
      EXPECT_GE(contrast(mix(words, card, words.alphaF()), card), leastContrast(theme().shade()))
          << line->accessibleName().toStdString();
    }
  }
  hub.setChoice(ThemeChoice::Light);
}

TEST_F(AccessTest, HighContrastIsAThemeOfTheMenu) {
  QAction* wanted = nullptr;
  for (QAction* action : m_window->findChildren<QAction*>())
    if (action->text() == "&High contrast") wanted = action;
  ASSERT_TRUE(wanted);
  wanted->trigger();
  EXPECT_EQ(theme().shade(), Shade::Contrast);
  EXPECT_EQ(QSettings().value("theme").toInt(), int(ThemeChoice::Contrast));
  ThemeHub::instance().setChoice(ThemeChoice::Light);
}

} // namespace
} // namespace sockwalk
