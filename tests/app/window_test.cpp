// The window as a person uses it, on no screen: open, step, go back, jump, change the looks, save and reopen.
#include "app/card_dock.h"
#include "app/field_name.h"
#include "app/search_box.h"
#include "app/stage.h"
#include "app/status_line.h"
#include "app/transport_bar.h"
#include "app/verified.h"
#include "app/view_factory.h"
#include "app/window.h"
#include "tests/app/window_fixture.h"
#include "tests/support/stop_machine.h"
#include "views/packets/filter_line.h"
#include "views/packets/packets_view.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <QDockWidget>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

namespace sockwalk {
namespace {

using tests::WindowTest;

TEST_F(WindowTest, OpensAtTheFirstCallAndBootCanBeWalkedBackTo) {
  MainWindow window;
  window.show();
  open(window, script());
  Walk& walk = window.walk();
  const Stimulus& first = walk.journal().stimuli()[std::size_t(walk.journal().stimulusAt(walk.position() - 1))];
  EXPECT_EQ(first.name, "socket_tcp");
  EXPECT_EQ(walk.position(), first.event + 1);
  EXPECT_GT(first.event, 0u);
  window.commands()[Command::PreviousStimulus]->trigger();
  EXPECT_LT(walk.position(), first.event + 1);
}

TEST_F(WindowTest, StepsTwentyTimesAndBackToTheSameMoment) {
  MainWindow window;
  window.show();
  open(window, script());
  Walk& walk = window.walk();
  const EventIndex begin = walk.position();
  std::vector<EventIndex> path{begin};
  for (int i = 0; i < 20; ++i) {
    window.commands()[Command::StepInto]->trigger();
    QApplication::processEvents();
    if (walk.position() == path.back()) break;
    path.push_back(walk.position());
    if (walk.journal().stimulusAt(path.back() - 1) == walk.journal().stimulusAt(begin - 1)) {
      EXPECT_TRUE(window.transport().whereText().startsWith(QString("step %1 of ").arg(i + 1)))
          << window.transport().whereText().toStdString();
    }
  }
  ASSERT_GE(path.size(), 10u);
  for (std::size_t i = path.size() - 1; i-- > 0;) {
    window.commands()[Command::StepBackInto]->trigger();
    EXPECT_EQ(walk.position(), path[i]);
  }
  EXPECT_EQ(walk.position(), begin);
}

TEST_F(WindowTest, SearchFindsFunctionsAndSteps) {
  MainWindow window;
  window.show();
  open(window, script());
  Walk& walk = window.walk();
  SearchBox& search = window.transport().search();
  const auto type = [&](const QString& text) {
    search.setText(text);
    emit search.textEdited(text);
  };
  type("inet_create");
  ASSERT_FALSE(search.hits().empty());
  EXPECT_EQ(search.hits()[0].name, "inet_create");
  search.go(0);
  EXPECT_EQ(walk.playhead().source().function, "inet_create");
  type("step 3");
  ASSERT_FALSE(search.hits().empty());
  search.go(0);
  EXPECT_TRUE(window.transport().whereText().startsWith("step 3 of ")) << window.transport().whereText().toStdString();
  type("no_such_thing_anywhere");
  EXPECT_TRUE(search.hits().empty());
}

TEST_F(WindowTest, FindsMembersDeepInsideAndByTheirMacros) {
  MainWindow window;
  window.show();
  open(window, script());
  window.walk().nextStimulus(); // the socket lives still: close() begins
  const auto direct = findField(window.walk(), "tcp_sock #1 skc_state");
  const auto macro = findField(window.walk(), "tcp_sock #1->sk_state");
  ASSERT_TRUE(direct && macro);
  EXPECT_EQ(macro->offset, direct->offset);
  EXPECT_EQ(macro->size, 1u);
  EXPECT_FALSE(findField(window.walk(), "tcp_sock #1.tw_state"));
}

TEST_F(WindowTest, EveryViewIsRegisteredOnceAndHasAPlace) {
  const QStringList names = viewNames();
  EXPECT_EQ(QSet<QString>(names.begin(), names.end()).size(), names.size());
  for (const char* name : {"call-path", "objects", "buffer", "tables", "structure", "source", "timeline", "packets",
                           "console", "watch", "lesson"})
    EXPECT_TRUE(names.contains(name)) << name;
  MainWindow window;
  for (const QString& name : names) EXPECT_NE(window.view(name), nullptr) << name.toStdString();
}

TEST_F(WindowTest, RunsAndAStepByHandTakesOver) {
  MainWindow window;
  window.show();
  open(window, script());
  window.commands()[Command::Run]->trigger();
  EXPECT_TRUE(window.walk().running());
  window.commands()[Command::StepInto]->trigger();
  EXPECT_FALSE(window.walk().running());
  const double chosen = window.walk().speed();
  window.commands()[Command::RunExpress]->trigger();
  EXPECT_EQ(window.walk().speed(), Commands::ExpressSpeed);
  window.commands()[Command::Pause]->trigger();
  EXPECT_EQ(window.walk().speed(), chosen);
}

TEST_F(WindowTest, ThemeTypeAndLayoutChangeAndComeBack) {
  MainWindow window;
  window.show();
  open(window, script());
  ThemeHub::instance().setChoice(ThemeChoice::Dark);
  ThemeHub::instance().setTypeScale(1.35);
  QApplication::processEvents();
  EXPECT_TRUE(theme().isDark());
  const auto docks = window.findChildren<CardDock*>();
  const QString before = window.layoutState();
  for (QDockWidget* dock : docks) dock->hide();
  window.stage().setSplit(true);
  window.resetLayout();
  for (QDockWidget* dock : docks) EXPECT_TRUE(dock->isVisibleTo(&window)) << dock->objectName().toStdString();
  EXPECT_FALSE(window.stage().split());
  for (QDockWidget* dock : docks) dock->hide();
  window.restoreLayout(before);
  for (QDockWidget* dock : docks) EXPECT_TRUE(dock->isVisibleTo(&window)) << dock->objectName().toStdString();
  window.restoreLayout("{\"docks\": \"nonsense\", \"stage\": \"none|such\", \"bottom\": 99, \"unit\": -7}");
  window.restoreLayout("not even that");
  ThemeHub::instance().setChoice(ThemeChoice::Light);
  ThemeHub::instance().setTypeScale(1);
}

TEST_F(WindowTest, StagesShowOnceEachSideBySide) {
  MainWindow window;
  window.show();
  Stage& stage = window.stage();
  if (stage.names().size() < 2) GTEST_SKIP() << "fewer than two stages are built in";
  const QStringList names = stage.names();
  stage.setSplit(true);
  for (const QString& name : names) {
    stage.show(name);
    QApplication::processEvents();
    EXPECT_TRUE(window.view(name)->isVisible()) << name.toStdString();
    const QStringList shown = stage.state().split('|');
    ASSERT_EQ(shown.size(), 2) << stage.state().toStdString() << " leaves halves";
    EXPECT_NE(shown[0], shown[1]);
  }
  const QString state = stage.state();
  stage.reset();
  EXPECT_EQ(stage.state(), names[0]);
  stage.restore(state);
  EXPECT_EQ(stage.state(), state);
}

// The tabs below stay under the pointer, whichever is pressed: one height serves all three.
TEST_F(WindowTest, ATabBelowMovesNothing) {
  MainWindow window;
  window.resize(1280, 800);
  window.show();
  window.resetLayout();
  open(window, script());
  auto* const dock = window.findChild<QDockWidget*>("walk");
  auto* const tabs = dock->findChild<QTabBar*>();
  ASSERT_TRUE(tabs);
  const QRect was = dock->geometry();
  EXPECT_NEAR(was.height(), 186, 12);
  for (int round = 0; round < 2; ++round)
    for (int tab = 0; tab < tabs->count(); ++tab) {
      const QPoint pointer = tabs->mapTo(&window, tabs->tabRect(tab).center());
      QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tab).center());
      QApplication::processEvents();
      EXPECT_EQ(tabs->currentIndex(), tab);
      EXPECT_EQ(dock->geometry(), was) << tabs->tabText(tab).toStdString();
      EXPECT_EQ(tabs->mapTo(&window, tabs->tabRect(tab).center()).y(), pointer.y());
    }
}

TEST_F(WindowTest, ACaptureThatIsRelivedGetsRowsForItsList) {
  MainWindow window;
  window.resize(1280, 800);
  window.show();
  window.resetLayout();
  ASSERT_TRUE(window.openPath(SOCKWALK_SOURCE_DIR "/assets/captures/hello-udp.pcap", QString()));
  QApplication::processEvents();
  EXPECT_GE(window.findChild<QDockWidget*>("walk")->height(), 250);
  EXPECT_TRUE(window.view("packets")->isVisible());
}

TEST_F(WindowTest, AKeyThatShowsAViewGivesItTheKeys) {
  MainWindow window;
  window.show();
  open(window, script());
  QSet<QKeySequence> taken;
  for (const QString& name : viewNames()) {
    const auto* const action = window.findChild<QAction*>("view:" + name);
    const QKeySequence keys = action->shortcut();
    ASSERT_FALSE(keys.isEmpty() || taken.contains(keys)) << name.toStdString();
    taken << keys;
    QTest::keyClick(&window, keys[0].key(), keys[0].keyboardModifiers());
    QWidget* const view = window.view(name);
    EXPECT_TRUE(view->isVisible()) << name.toStdString();
    if (!window.stage().names().contains(name)) continue;
    EXPECT_TRUE(view->isAncestorOf(QApplication::focusWidget()) || view == QApplication::focusWidget())
        << name.toStdString();
  }
  EXPECT_EQ(window.findChild<QAction*>("view:lesson")->shortcut(), QKeySequence("Ctrl+Shift+5")) << "lesson 1 says so";
}

TEST_F(WindowTest, TheMenuOfStepsSaysWhichIsChosen) {
  MainWindow window;
  window.show();
  open(window, script());
  const auto checked = [&] {
    QStringList texts;
    for (auto* button : window.transport().findChildren<QToolButton*>())
      if (button->menu())
        for (const QAction* action : button->menu()->actions())
          if (action->isChecked()) texts << action->text();
    return texts;
  };
  EXPECT_EQ(checked(), QStringList("function"));
  window.walk().setUnit(Unit::Event);
  EXPECT_EQ(checked(), QStringList("event"));
  window.walk().setUnit(Unit::Stimulus);
  EXPECT_EQ(checked(), QStringList("system call"));
}

// A change of theme changes colours, and of type sizes; the bar's parts stay where they are.
TEST_F(WindowTest, AThemeDoesNotShiftTheBar) {
  MainWindow window;
  window.resize(1280, 800);
  window.show();
  open(window, script());
  const auto places = [&] {
    QApplication::processEvents();
    std::vector<QRect> rects{window.transport().geometry()};
    for (const QWidget* part : window.transport().findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
      if (part->isVisible()) rects.push_back(part->geometry());
    return rects;
  };
  const std::vector<QRect> before = places();
  ASSERT_GT(before.size(), 10u);
  ThemeHub::instance().setChoice(ThemeChoice::Dark);
  EXPECT_EQ(places(), before);
  ThemeHub::instance().setTypeScale(1.35);
  EXPECT_EQ(places()[1].left(), before[1].left()) << "the first button";
  EXPECT_EQ(places().back().right(), before.back().right()) << "the search field";
  EXPECT_EQ(places().size(), before.size() - 1) << "large type leaves no room for a word beside the slider";
  ThemeHub::instance().setTypeScale(1);
  ThemeHub::instance().setChoice(ThemeChoice::Light);
  EXPECT_EQ(places(), before);
}

TEST_F(WindowTest, KeyMapIsRemembered) {
  {
    MainWindow window;
    window.commands().setKeyMap(KeyMap::Qtenv);
    EXPECT_EQ(window.commands()[Command::StepInto]->shortcut(), QKeySequence("F4"));
    EXPECT_TRUE(window.commands()[Command::StepInto]->toolTip().contains("F4"));
    window.close();
  }
  MainWindow again;
  EXPECT_EQ(again.commands().keyMap(), KeyMap::Qtenv);
}

TEST_F(WindowTest, ASessionIsSavedAndReopenedWhereItStood) {
  const QString saved = m_dir.filePath("walk.sockwalk");
  EventIndex position;
  u64 hash;
  {
    MainWindow window;
    window.show();
    open(window, script());
    window.walk().toNextCall("inet_create");
    position = window.walk().position();
    ASSERT_TRUE(window.walk().console("socket(AF_INET, SOCK_DGRAM, 0)").ok());
    window.walk().seek(position);
    window.walk().setUnit(Unit::Event);
    hash = window.walk().journal().hash();
    ASSERT_TRUE(window.saveSession(saved)) << window.banner().message().toStdString();
  }
  MainWindow window;
  window.show();
  open(window, saved);
  EXPECT_EQ(window.walk().position(), position);
  EXPECT_EQ(window.walk().unit(), Unit::Event);
  EXPECT_EQ(window.walk().journal().hash(), hash);
}

TEST_F(WindowTest, BadFilesSayWhereAndLeaveTheSessionOpen) {
  MainWindow window;
  window.show();
  open(window, script());
  const EventIndex size = window.walk().journal().size();
  EXPECT_FALSE(window.openPath(write("bad.pkt", "0 socket(AF_INET = 3\n")));
  EXPECT_TRUE(window.banner().isVisible());
  EXPECT_TRUE(window.banner().message().contains("bad.pkt:")) << window.banner().message().toStdString();
  EXPECT_FALSE(window.openPath(write("bad.pcap", "this is no capture")));
  EXPECT_TRUE(window.banner().message().contains("bad.pcap"));
  EXPECT_FALSE(window.openPath(m_dir.filePath("missing.pkt")));
  EXPECT_TRUE(window.banner().message().contains("missing.pkt"));
  EXPECT_TRUE(window.walk().isOpen());
  EXPECT_EQ(window.walk().journal().size(), size);
}

// A capture that says what to look for says it above the stage; the next file takes it away.
TEST_F(WindowTest, ACaptureSaysWhatItsCommentSays) {
  MainWindow window;
  window.show();
  const QString captures = SOCKWALK_SOURCE_DIR "/assets/captures/";
  ASSERT_TRUE(window.openPath(captures + "refused-port.pcapng", "10.9.0.2"));
  EXPECT_TRUE(window.banner().isVisible());
  EXPECT_TRUE(window.banner().property("callout").toBool()) << "it is a hint";
  EXPECT_TRUE(window.banner().message().startsWith("refused-port.pcapng says: Two ports where nobody is."))
      << window.banner().message().toStdString();
  ASSERT_TRUE(window.openPath(captures + "hello-udp.pcap", "10.9.0.2"));
  EXPECT_FALSE(window.banner().isVisible());
}

TEST_F(WindowTest, OpensTheSocketWalkOnItsOwn) {
  MainWindow window;
  window.show();
  ASSERT_TRUE(window.openSocketWalk()) << window.banner().message().toStdString();
  while (window.walk().recording()) QApplication::processEvents();
  const Journal& j = window.walk().journal();
  ASSERT_GT(window.walk().position(), 0u);
  EXPECT_EQ(j.stimuli()[std::size_t(j.stimulusAt(window.walk().position() - 1))].text.rfind("socket(", 0), 0u);
  EXPECT_TRUE(window.statusLine().text().startsWith("Linux 6.1")) << window.statusLine().text().toStdString();
}

TEST_F(WindowTest, TheStatusLineSaysWhichMachineRuns) {
  MainWindow window;
  window.show();
  open(window, script());
  EXPECT_TRUE(window.statusLine().text().contains("plain machine")) << window.statusLine().text().toStdString();
  open(window, write("slow.pkt", "//@machine recorded\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"));
  EXPECT_TRUE(window.statusLine().text().contains("as recorded")) << window.statusLine().text().toStdString();
  scenario::OpenOptions options;
  options.setup.machine = scenario::MachineKind::Recorded; // as --machine on the command line
  window.setOpenOptions(options);
  open(window, script());
  EXPECT_TRUE(window.statusLine().text().contains("as recorded"));
}

TEST_F(WindowTest, ExportsPictures) {
  MainWindow window;
  window.show();
  open(window, script());
  for (const char* name : {"picture.png", "picture.svg"}) {
    const QString path = m_dir.filePath(name);
    EXPECT_TRUE(window.exportPicture(path)) << window.banner().message().toStdString();
    EXPECT_GT(QFile(path).size(), 500) << name;
  }
  EXPECT_FALSE(window.exportPicture(m_dir.filePath("picture.doc")));
  EXPECT_FALSE(window.exportPicture(m_dir.filePath("no/such/dir/picture.svg")));
}

TEST_F(WindowTest, ExportsPackets) {
  MainWindow window;
  open(window, SOCKWALK_SOURCE_DIR "/assets/walks/tcp-on-loopback.pkt");
  EXPECT_TRUE(window.exportPackets(m_dir.filePath("out.pcapng")));
  EXPECT_TRUE(window.exportPackets(m_dir.filePath("out.json")));
  QFile pcapng(m_dir.filePath("out.pcapng")), json(m_dir.filePath("out.json"));
  ASSERT_TRUE(pcapng.open(QIODevice::ReadOnly) && json.open(QIODevice::ReadOnly));
  EXPECT_EQ(pcapng.read(4), QByteArray("\x0a\x0d\x0d\x0a"));
  EXPECT_EQ(json.read(1), "[");
  auto* const packets = window.findChild<PacketsView*>();
  ASSERT_TRUE(packets);
  packets->filter()->setText("tcp.flags.syn == 1");
  EXPECT_TRUE(window.exportPackets(m_dir.filePath("filtered.json")));
  QFile filtered(m_dir.filePath("filtered.json"));
  ASSERT_TRUE(filtered.open(QIODevice::ReadOnly));
  EXPECT_EQ(QJsonDocument::fromJson(filtered.readAll()).array().size(), 2) << "SYN and SYN,ACK";
  EXPECT_TRUE(window.statusLine().text().contains("2 of 11 packets in filtered.json"))
      << window.statusLine().text().toStdString();
  EXPECT_FALSE(window.exportPackets(m_dir.filePath("no/such/folder/out.pcapng")));
  EXPECT_TRUE(window.banner().message().contains("cannot be written")) << window.banner().message().toStdString();
}

TEST_F(WindowTest, TheStatusLineSaysThatTheMachineHasStopped) {
  MainWindow window;
  window.show();
  open(window, script());
  Walk& walk = window.walk();
  kernel::stopWithNextFrame(walk.session().machine());
  ASSERT_TRUE(walk.console("s = socket(AF_INET, SOCK_DGRAM, 0)"));
  const auto* status = window.findChild<StatusLine*>();
  ASSERT_TRUE(status);
  walk.toEnd();
  EXPECT_FALSE(status->text().contains("has stopped")) << status->text().toStdString();
  ASSERT_TRUE(walk.console("sendto(s, \"x\", 1, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = "
                           "inet_addr(\"127.0.0.1\")}, 16)"));
  walk.toEnd();
  EXPECT_TRUE(status->text().contains("The kernel has stopped: this kernel does not simulate unsimulated_tap()"))
      << status->text().toStdString();
  walk.toStart();
  EXPECT_FALSE(status->text().contains("has stopped"));
}

TEST_F(WindowTest, ScoresAreShownOnlyWhereTheyAreKnown) {
  const Verified scores = Verified::read(write("verified.tsv", "kind\tcase\tfloor\ncalls\tsocket_tcp\t1.000\n"
                                                               "calls\tudp\t0.98\ngeometry\tudp\t0.91\nbad line\n"));
  EXPECT_EQ(scores.score("socket_tcp"), 1.0);
  EXPECT_EQ(scores.score("udp"), 0.91);
  EXPECT_FALSE(scores.score("close").has_value());
  EXPECT_FALSE(Verified::read(m_dir.filePath("none.tsv")).score("socket_tcp").has_value());
}

} // namespace
} // namespace sockwalk

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  testing::InitGoogleTest(&argc, argv);
  QApplication app(argc, argv);
  QApplication::setApplicationName("sockwalk-test");
  QApplication::setOrganizationName("sockwalk-test");
  sockwalk::ThemeHub::instance().setChoice(sockwalk::ThemeChoice::Light);
  sockwalk::applyTheme(app);
  return RUN_ALL_TESTS();
}
