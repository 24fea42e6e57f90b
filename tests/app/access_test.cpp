// For every person: what a screen reader is told, the ring around what has the keys, the keys of every place, and each
// picture as a table.
#include "app/stage.h"
#include "app/table_panel.h"
#include "tests/app/window_fixture.h"
#include "views/buffer/buffer_strip.h"
#include "views/call_path/call_path_stage.h"
#include "views/objects/objects_stage.h"
#include "views/source/frame_strip.h"
#include "views/theme/focus_ring.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_canvas.h"
#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMetaEnum>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTreeView>
#include <set>

namespace sockwalk {
namespace {

const QString Sources = SOCKWALK_SOURCE_DIR;

QString roleName(QAccessible::Role role) {
  return QString::fromLatin1(QMetaEnum::fromType<QAccessible::Role>().valueToKey(role));
}

// What a person can be led to or act on, and what is a picture: it must have a name.
bool needsName(QAccessible::Role role) {
  static const std::set<QAccessible::Role> roles{
      QAccessible::Button,       QAccessible::CheckBox,    QAccessible::RadioButton,  QAccessible::ComboBox,
      QAccessible::EditableText, QAccessible::Slider,      QAccessible::SpinBox,      QAccessible::List,
      QAccessible::Table,        QAccessible::Tree,        QAccessible::Canvas,       QAccessible::Graphic,
      QAccessible::PageTab,      QAccessible::PageTabList, QAccessible::MenuItem,     QAccessible::Link,
      QAccessible::Indicator,    QAccessible::ListItem,    QAccessible::ButtonMenu,   QAccessible::ButtonDropDown,
      QAccessible::ProgressBar,  QAccessible::Dial,        QAccessible::ColumnHeader, QAccessible::Terminal,
  };
  return roles.contains(role);
}

// The tree as an assistive technology reads it, and what is wrong with it.
struct Tree {
  int nodes = 0;
  std::map<QAccessible::Role, int> roles;
  QStringList wrong;

  void read(QAccessibleInterface* at, const QString& way) {
    if (!at || !at->isValid()) return void(wrong << way + ": no interface");
    ++nodes;
    const QAccessible::Role role = at->role();
    const QAccessible::State state = at->state();
    const QString name = at->text(QAccessible::Name), here = way + " > " + roleName(role) + " \"" + name + '"';
    if (state.invisible) return;
    ++roles[role];
    if (needsName(role) && name.isEmpty()) wrong << here + ": has no name" + classOf(at);
    // Of a hidden column there is still a head.
    // Tabs without room are in the menu beside them.
    const bool listed = role == QAccessible::PageTab || role == QAccessible::ColumnHeader;
    if (!state.offscreen && !listed && at->rect().isEmpty() && needsName(role))
      wrong << here + ": has no place" + classOf(at);
    // Rows without end are alike: the first hundred tell.
    for (int i = 0; i < std::min(at->childCount(), 100); ++i) {
      if (QAccessibleInterface* const child = at->child(i)) read(child, here);
      else wrong << here + ": child " + QString::number(i) + " is missing";
    }
  }
  static QString classOf(QAccessibleInterface* at) {
    return at->object() ? " (" + QString::fromLatin1(at->object()->metaObject()->className()) + " " +
                              at->object()->objectName() + ")"
                        : QString();
  }
};

class AccessTest : public tests::WindowTest {
protected:
  void SetUp() override {
    tests::WindowTest::SetUp();
    QAccessible::setActive(true);
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
    m_window->resetLayout();
    ASSERT_TRUE(m_window->openSocketWalk());
    settle();
  }
  void TearDown() override {
    m_window.reset();
    QAccessible::setActive(false);
  }
  void settle() {
    while (m_window->walk().recording()) QApplication::processEvents();
    for (int i = 0; i < 3; ++i) QApplication::processEvents();
  }
  void go(const char* function) {
    m_window->walk().toNextCall(function);
    settle();
  }
  void expectNothingIsSilent(const char* where) {
    Tree tree;
    tree.read(QAccessible::queryAccessibleInterface(m_window.get()), "");
    EXPECT_TRUE(tree.wrong.isEmpty()) << where << ":\n" << tree.wrong.join('\n').toStdString();
    EXPECT_GT(tree.nodes, 60) << where;
  }
  template <class Canvas> Canvas& canvas() { return *m_window->findChild<Canvas*>(); }
  template <class Canvas> QAccessibleInterface* told() {
    return QAccessible::queryAccessibleInterface(m_window->findChild<Canvas*>());
  }
  static QList<QAccessibleInterface*> children(QAccessibleInterface* of) {
    QList<QAccessibleInterface*> out;
    for (int i = 0; i < of->childCount(); ++i) out << of->child(i);
    return out;
  }
  static QAccessibleInterface* named(QAccessibleInterface* among, const QString& name) {
    for (QAccessibleInterface* child : children(among))
      if (child->text(QAccessible::Name) == name) return child;
    return nullptr;
  }
  std::unique_ptr<MainWindow> m_window;
};

// ---- the tree

TEST_F(AccessTest, NothingOfTheWelcomePageIsSilent) {
  m_window->welcome();
  settle();
  expectNothingIsSilent("welcome");
}

TEST_F(AccessTest, NothingOfAnyViewIsSilent) {
  go("inet_create");
  for (const char* view : {"call-path", "objects", "buffer", "tables", "timeline", "packets", "console", "structure"}) {
    m_window->goToView(view);
    settle();
    expectNothingIsSilent(view);
  }
}

TEST_F(AccessTest, NothingOfACaptureIsSilent) {
  ASSERT_TRUE(m_window->openPath(Sources + "/assets/captures/hello-udp.pcap", QString()));
  settle();
  go("udp_rcv");
  for (const char* view : {"packets", "buffer", "objects", "tables"}) {
    m_window->goToView(view);
    settle();
    expectNothingIsSilent(view);
  }
}

TEST_F(AccessTest, NothingOfALessonIsSilent) {
  ASSERT_TRUE(m_window->openLesson(Sources + "/lessons/01-socket/lesson.md"));
  settle();
  expectNothingIsSilent("lesson");
}

TEST_F(AccessTest, TheCallPathTellsEachOfItsNodes) {
  go("inet_create");
  CallPathStage& stage = canvas<CallPathStage>();
  QAccessibleInterface* const path = told<CallPathStage>();
  EXPECT_EQ(path->role(), QAccessible::Canvas);
  EXPECT_EQ(path->text(QAccessible::Name), "Call path");
  EXPECT_TRUE(path->text(QAccessible::Description).startsWith("inet_create is running."));
  ASSERT_EQ(path->childCount(), int(stage.pills().size()));
  int running = 0;
  for (QAccessibleInterface* node : children(path)) {
    EXPECT_EQ(node->role(), QAccessible::Button);
    EXPECT_EQ(node->parent(), path);
    EXPECT_EQ(path->child(path->indexOfChild(node)), node);
    running += node->state().selected ? 1 : 0;
  }
  EXPECT_EQ(running, 1);
  QAccessibleInterface* const node = named(path, "inet_create");
  ASSERT_TRUE(node);
  EXPECT_TRUE(node->state().selected);
  EXPECT_TRUE(node->text(QAccessible::Description).contains("Layer: inet, State: running"))
      << node->text(QAccessible::Description).toStdString();
  EXPECT_EQ(path->childAt(node->rect().center().x(), node->rect().center().y()), node);
  // Pressing goes there, and what was before is done, with what it gave back.
  const EventIndex before = m_window->walk().position();
  QAccessibleInterface* const later = named(path, "sk_alloc");
  ASSERT_TRUE(later);
  EXPECT_TRUE(later->text(QAccessible::Description).contains("State: to come"));
  later->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
  settle();
  EXPECT_GT(m_window->walk().position(), before);
  EXPECT_TRUE(named(path, "sk_alloc")->state().selected);
  m_window->walk().stepOut();
  settle();
  EXPECT_TRUE(named(path, "sk_alloc")->text(QAccessible::Description).contains("State: done, Result: tcp_sock #1"))
      << named(path, "sk_alloc")->text(QAccessible::Description).toStdString();
}

TEST_F(AccessTest, ObjectsTellTheirMembersAndPointers) {
  go("inet_create");
  m_window->goToView("objects");
  settle();
  QAccessibleInterface* const objects = told<ObjectsStage>();
  const tell::ObjectGraph& graph = canvas<ObjectsStage>().graph();
  std::size_t rows = 0;
  for (const tell::ObjectCard& card : graph.cards) rows += card.rows.size();
  EXPECT_EQ(std::size_t(objects->childCount()), graph.cards.size() + rows + graph.links.size());
  QAccessibleInterface* const socket = named(objects, "socket #3");
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket->role(), QAccessible::Button);
  QAccessibleInterface* const member = named(objects, "socket #3.state");
  ASSERT_TRUE(member);
  EXPECT_TRUE(socket->rect().contains(member->rect().center()));
  EXPECT_TRUE(member->text(QAccessible::Description).contains("Value: SS_UNCONNECTED"));
  socket->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
  EXPECT_NE(m_window->walk().focus(), 0u);
}

TEST_F(AccessTest, TheTimelinesPlayheadIsAValueThatCanBeSet) {
  go("inet_create");
  QAccessibleInterface* const timeline = told<TimelineCanvas>();
  QAccessibleInterface* const playhead = named(timeline, "Playhead");
  ASSERT_TRUE(playhead && playhead->valueInterface());
  EXPECT_EQ(playhead->role(), QAccessible::Slider);
  EXPECT_EQ(playhead->valueInterface()->currentValue().toUInt(), m_window->walk().position());
  EXPECT_EQ(playhead->valueInterface()->maximumValue().toUInt(), m_window->walk().journal().size());
  playhead->valueInterface()->setCurrentValue(m_window->walk().position() + 3.0);
  EXPECT_EQ(playhead->valueInterface()->currentValue().toUInt(), m_window->walk().position());
  QAccessibleInterface* const bar = named(timeline, "inet_create");
  ASSERT_TRUE(bar);
  EXPECT_TRUE(bar->text(QAccessible::Description).contains("State: running") ||
              bar->text(QAccessible::Description).contains("State: open"));
}

TEST_F(AccessTest, TheBufferTellsItsRegionsAndPointers) {
  ASSERT_TRUE(m_window->openPath(Sources + "/assets/captures/hello-udp.pcap", QString()));
  settle();
  go("udp_rcv");
  m_window->goToView("buffer");
  settle();
  BufferStrip& strip = canvas<BufferStrip>();
  QAccessibleInterface* const buffer = told<BufferStrip>();
  ASSERT_TRUE(named(buffer, "head 0"));
  EXPECT_TRUE(named(buffer, QString("data %1").arg(std::lround(strip.drawnData()))));
  QAccessibleInterface* const band = named(buffer, "IPv4");
  ASSERT_TRUE(band);
  EXPECT_TRUE(band->text(QAccessible::Description).contains("Bytes: 20, State: pulled"))
      << band->text(QAccessible::Description).toStdString();
  // The same by keys: to the first item, and on to the headers.
  strip.setFocus();
  QTest::keyClick(&strip, Qt::Key_Home);
  EXPECT_EQ(buffer->focusChild()->text(QAccessible::Name), "headroom");
  for (int i = 0; i < 20 && buffer->focusChild() != band; ++i) QTest::keyClick(&strip, Qt::Key_Right);
  EXPECT_EQ(buffer->focusChild(), band);
  EXPECT_TRUE(band->state().focused);
}

TEST_F(AccessTest, BytesAreReadByRowsAndChosenByKeys) {
  ASSERT_TRUE(m_window->openPath(Sources + "/assets/captures/hello-udp.pcap", QString()));
  settle();
  go("udp_rcv");
  m_window->goToView("buffer");
  settle();
  QWidget* bytes = nullptr;
  for (QWidget* pane : m_window->view("buffer")->findChildren<QWidget*>())
    if (pane->accessibleName() == "Bytes of the packet") bytes = pane;
  ASSERT_TRUE(bytes);
  auto* fields = m_window->view("buffer")->findChild<QAbstractItemView*>();
  ASSERT_TRUE(fields);
  bytes->setFocus();
  QTest::keyClick(bytes, Qt::Key_Down);
  const QString first = fields->currentIndex().data().toString();
  EXPECT_FALSE(first.isEmpty()) << "the byte's field is chosen, as by a click";
  for (int i = 0; i < 8; ++i) QTest::keyClick(bytes, Qt::Key_Right);
  EXPECT_NE(fields->currentIndex().data().toString(), first);
}

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
    if (card.title == "socket #3") socket = card.address;
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
