// For every person: what a screen reader is told of the window, its dialogs and its pictures.
#include "app/table_panel.h"
#include "tests/app/access_fixture.h"
#include "views/buffer/buffer_strip.h"
#include "views/objects/objects_stage.h"
#include "views/timeline/timeline_canvas.h"
#include <QAbstractItemView>
#include <QDialog>
#include <QMenu>
#include <QTest>

namespace sockwalk {
namespace {

using tests::AccessTest, tests::Sources, tests::Tree;

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
  ASSERT_TRUE(m_window->openLesson(Sources + "/lessons/03-socket/lesson.md"));
  settle();
  expectNothingIsSilent("lesson");
}

TEST_F(AccessTest, NothingOfTheDialogsIsSilent) {
  const auto expectNoSilence = [&](const char* name, const std::function<void()>& open) {
    bool seen = false;
    QTimer::singleShot(20, qApp, [&] {
      for (QWidget* top : QApplication::topLevelWidgets()) {
        auto* dialog = qobject_cast<QDialog*>(top);
        if (!dialog || !dialog->isVisible()) continue;
        Tree tree;
        tree.read(QAccessible::queryAccessibleInterface(dialog), "");
        EXPECT_TRUE(tree.wrong.isEmpty()) << name << ":\n" << tree.wrong.join('\n').toStdString();
        seen = true;
        dialog->close();
      }
    });
    open();
    EXPECT_TRUE(wait([&] { return seen; })) << name;
    settle();
  };
  const auto commandOf = [&](const QString& text) -> QAction* {
    for (QAction* action : m_window->findChildren<QAction*>())
      if (action->text() == text && !action->menu()) return action;
    return nullptr;
  };
  for (const char* name : {"Pre&ferences…", "&TAP…", "&Keys", "&About Sockwalk", "&bind()…",
                           "To the next call of a function…", "To the next write of a field…"}) {
    QAction* const opens = commandOf(name);
    ASSERT_TRUE(opens) << name;
    expectNoSilence(name, [opens] { opens->trigger(); });
  }
  expectNoSilence("hosts of a capture", [&] { m_window->openPath(Sources + "/assets/captures/page-load.pcapng"); });
}

TEST_F(AccessTest, NothingOfTheTableIsSilent) {
  go("inet_create");
  m_window->tablePanel().open(m_window->view("call-path"));
  settle();
  Tree tree;
  tree.read(QAccessible::queryAccessibleInterface(&m_window->tablePanel()), "");
  EXPECT_TRUE(tree.wrong.isEmpty()) << tree.wrong.join('\n').toStdString();
  EXPECT_EQ(tree.roles[QAccessible::Table], 1);
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
  m_window->walk().stepOut(); // what has just returned is what runs, until the next step
  m_window->walk().stepInto();
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
  EXPECT_EQ(std::size_t(objects->childCount()), graph.cards.size() + rows + graph.holders.size() + graph.links.size());
  QAccessibleInterface* const socket = named(objects, "socket #12");
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket->role(), QAccessible::Button);
  QAccessibleInterface* const member = named(objects, "socket #12.state");
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

} // namespace
} // namespace sockwalk
