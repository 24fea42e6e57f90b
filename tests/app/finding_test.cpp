// Search finds and does everything; Ctrl+F in each view; run until; links; what is watched; bookmarks that are edited.
#include "app/bookmarks.h"
#include "app/bookmarks_dialog.h"
#include "app/edits.h"
#include "app/search_box.h"
#include "app/search_window.h"
#include "app/stage.h"
#include "app/status_line.h"
#include "app/transport_bar.h"
#include "app/until_bar.h"
#include "app/window_language.h"
#include "engine/tell/structures/structures.h"
#include "tests/app/window_fixture.h"
#include "tests/support/walks.h"
#include "views/packets/filter_line.h"
#include "views/structure/find_pane.h"
#include "views/structure/found_model.h"
#include "views/structure/structure_view.h"
#include "views/theme/find_bar.h"
#include "views/theme/theme.h"
#include "views/walk/view.h"
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

namespace sockwalk {
namespace {

constexpr const char* Loopback = SOCKWALK_SOURCE_DIR "/assets/walks/tcp-on-loopback.pkt";
constexpr const char* PageLoad = SOCKWALK_SOURCE_DIR "/assets/captures/page-load.pcapng";

class FindingTest : public tests::WindowTest {
protected:
  void SetUp() override {
    tests::WindowTest::SetUp();
    WindowLanguage::instance().setChoice(LanguageChoice::English); // before the first word is said
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    m_window->activateWindow();
    QApplication::processEvents();
  }
  Walk& walk() { return m_window->walk(); }
  SearchBox& box() { return m_window->transport().search(); }
  // Types it into the search field, and waits until everything has been looked through.
  const std::vector<SearchHit>& search(const QString& wish) {
    box().begin();
    box().clear();
    const bool typed = std::ranges::all_of(wish, [](QChar c) { return c.unicode() < 0x80; });
    if (typed) QTest::keyClicks(&box(), wish);
    else box().insert(wish), emit box().textEdited(wish); // what an input method types
    for (int i = 0; i < 200; ++i) QApplication::processEvents();
    return box().hits();
  }
  const SearchHit* hit(const QString& wish, SearchHit::Kind kind, const QString& name = {}) {
    for (const SearchHit& h : search(wish))
      if (h.kind == kind && (name.isEmpty() || h.name == name)) return &h;
    return nullptr;
  }
  void go(const SearchHit* wanted) {
    ASSERT_TRUE(wanted);
    const int row = int(wanted - box().hits().data());
    for (int i = 0; i < row; ++i) QTest::keyClick(&box(), Qt::Key_Down);
    QTest::keyClick(&box(), Qt::Key_Return);
  }
  void key(Qt::Key which, Qt::KeyboardModifiers modifiers = {}) {
    QWidget* to = QApplication::focusWidget() ? QApplication::focusWidget() : m_window.get();
    QTest::keyClick(to, which, modifiers);
  }
  std::unique_ptr<MainWindow> m_window;
};

// ---- search

TEST_F(FindingTest, AValueIsSoughtInAllMemory) {
  open(*m_window, Loopback);
  walk().seek(tests::shareOf(walk().journal(), 0.5));
  const SearchHit* all = hit("8080", SearchHit::Kind::Command, "Find 8080 in all memory");
  ASSERT_TRUE(all);
  EXPECT_TRUE(hit("8080", SearchHit::Kind::Member));
  go(hit("8080", SearchHit::Kind::Command, "Find 8080 in all memory"));
  auto* const view = m_window->findChild<StructureView*>();
  ASSERT_TRUE(view);
  EXPECT_EQ(view->tab(), StructureView::FindTab);
  while (view->finder()->searching()) QApplication::processEvents();
  EXPECT_EQ(view->finder()->model()->rowCount(), int(tell::findMembers(walk().playhead(), "8080", 1000).size()));
  key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier); // the command, for the next value
  EXPECT_EQ(QApplication::focusWidget(), view->finder()->line());
}

TEST_F(FindingTest, EveryCommandIsFoundByItsNameAndDoneByReturn) {
  open(*m_window, script());
  const std::vector<QAction*> all = commandsOf(*m_window->menuBar());
  ASSERT_GT(all.size(), 50u);
  for (QAction* action : all) {
    const QString name = plainName(*action);
    action->disconnect();                           // what it does is not the question, and may open a dialog
    for (QObject* in : action->associatedObjects()) // ... nor whether it can be done now
      if (auto* menu = qobject_cast<QMenu*>(in)) QObject::disconnect(menu, &QMenu::aboutToShow, nullptr, nullptr);
    action->setEnabled(true);
    QSignalSpy done(action, &QAction::triggered);
    const SearchHit* found = nullptr;
    for (const SearchHit& h : search(name))
      if (h.action == action) found = &h;
    ASSERT_TRUE(found) << name.toStdString() << " is not found";
    go(found);
    EXPECT_EQ(done.count(), 1) << name.toStdString();
  }
}

TEST_F(FindingTest, EveryCommandHasAKeyOrAWayThroughTheMenus) {
  open(*m_window, script());
  QHash<QString, QString> keys;
  for (const QAction* action : commandsOf(*m_window->menuBar()))
    for (const QKeySequence& key : action->shortcuts()) {
      const QString text = key.toString();
      EXPECT_FALSE(keys.contains(text)) << text.toStdString() << ": " << keys[text].toStdString() << " and "
                                        << action->text().toStdString();
      keys[text] = action->text();
    }
  // Alt and a letter opens a menu, letters and arrows lead on from there: no two menus of one row share a letter.
  QSet<QKeySequence> letters;
  for (const QAction* menu : m_window->menuBar()->actions()) {
    const QKeySequence letter = QKeySequence::mnemonic(menu->text());
    EXPECT_FALSE(letter.isEmpty()) << menu->text().toStdString();
    EXPECT_FALSE(letters.contains(letter)) << menu->text().toStdString() << " shares its letter";
    letters << letter;
  }
  std::vector<const QWidget*> menus{m_window->menuBar()};
  for (size_t i = 0; i < menus.size(); ++i)
    for (const QAction* action : menus[i]->actions())
      if (const QMenu* menu = action->menu()) {
        EXPECT_FALSE(QKeySequence::mnemonic(action->text()).isEmpty()) << action->text().toStdString();
        menus.push_back(menu);
      }
  for (const QAction* action : commandsOf(*m_window->menuBar())) {
    const QList<QObject*> in = action->associatedObjects();
    EXPECT_TRUE(std::ranges::any_of(in, [](QObject* o) { return qobject_cast<QMenu*>(o); }))
        << action->text().toStdString();
  }
}

TEST_F(FindingTest, WhatCannotBeDoneNowIsSaid) {
  open(*m_window, script());
  go(hit("Remove this bookmark", SearchHit::Kind::Command));
  EXPECT_TRUE(m_window->statusLine().text().contains("cannot be done now"));
}

TEST_F(FindingTest, SettingsAreFoundAndChosen) {
  open(*m_window, script());
  const SearchHit* dark = hit("dark", SearchHit::Kind::Setting);
  ASSERT_TRUE(dark);
  EXPECT_EQ(dark->name, "Theme: Dark");
  go(dark);
  EXPECT_TRUE(theme().isDark());
  go(hit("theme: light", SearchHit::Kind::Setting));
  EXPECT_FALSE(theme().isDark());
  EXPECT_TRUE(hit("welcome page at the start", SearchHit::Kind::Setting));
}

TEST_F(FindingTest, InChineseACommandIsFoundByEitherName) {
  open(*m_window, script());
  auto& language = WindowLanguage::instance();
  language.setChoice(LanguageChoice::Chinese);
  const SearchHit* english = hit("Step into", SearchHit::Kind::Command);
  EXPECT_TRUE(english);
  if (english) {
    EXPECT_EQ(english->action, m_window->commands()[Command::StepInto]);
    EXPECT_NE(english->name, "Step into");
    EXPECT_TRUE(hit(QString(english->name), SearchHit::Kind::Command));
  }
  language.setChoice(LanguageChoice::English);
}

TEST_F(FindingTest, LessonsSamplesAndFilesAreOpened) {
  open(*m_window, script());
  EXPECT_TRUE(hit("two.pkt", SearchHit::Kind::File));
  EXPECT_TRUE(hit("lossless", SearchHit::Kind::Sample) || hit("lost", SearchHit::Kind::Sample));
  EXPECT_TRUE(hit("time out now and then", SearchHit::Kind::Sample)) << "a failure, by what is seen of it";
  const SearchHit* lesson = hit("03-socket", SearchHit::Kind::Lesson);
  ASSERT_TRUE(lesson);
  go(lesson);
  while (walk().recording()) QApplication::processEvents();
  EXPECT_TRUE(m_window->windowTitle().contains("socket"));
}

TEST_F(FindingTest, OfTheWalkEverythingIsFound) {
  open(*m_window, Loopback);
  walk().toEnd();
  EXPECT_TRUE(hit("tcp_v4_rcv", SearchHit::Kind::Function));
  EXPECT_TRUE(hit("connect(", SearchHit::Kind::Stimulus));
  EXPECT_TRUE(hit("inet_stream_ops", SearchHit::Kind::Global));
  const SearchHit* member = hit("sk_state = TCP_LISTEN", SearchHit::Kind::Member);
  walk().toNextCall("tcp_v4_rcv", false);
  member = hit("sk_state = TCP_LISTEN", SearchHit::Kind::Member);
  ASSERT_TRUE(member);
  const quint64 address = member->focus;
  go(member);
  EXPECT_EQ(walk().focus(), address);
  EXPECT_TRUE(hit("127.0.0.1", SearchHit::Kind::Member));
  EXPECT_TRUE(hit("tcp_sock #1", SearchHit::Kind::Object));
  const SearchHit* step = hit("step 12", SearchHit::Kind::Step);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->name, "step 12");
}

TEST_F(FindingTest, PacketsAreFoundByNumberFilterAndWords) {
  open(*m_window, Loopback);
  const SearchHit* third = hit("packet 3", SearchHit::Kind::Packet);
  ASSERT_TRUE(third);
  EXPECT_TRUE(third->name.startsWith("packet 3: "));
  go(third);
  EXPECT_TRUE(walk().journal()[walk().position() - 1].type == EventType::PacketIn ||
              walk().journal()[walk().position() - 1].type == EventType::PacketOut);
  EXPECT_TRUE(hit("tcp.flags.syn == 1", SearchHit::Kind::Packet));
  EXPECT_TRUE(hit("8080 SYN", SearchHit::Kind::Packet));
}

TEST_F(FindingTest, NothingFoundIsSaid) {
  open(*m_window, script());
  EXPECT_TRUE(search("qqqqzzzz").empty());
  QTest::keyClick(&box(), Qt::Key_Return);
  EXPECT_TRUE(box().hits().empty());
}

// ---- run until

TEST_F(FindingTest, RunUntilGoesOnAndBack) {
  open(*m_window, Loopback);
  key(Qt::Key_R, Qt::ControlModifier);
  UntilBar& bar = m_window->until();
  ASSERT_TRUE(bar.isVisible());
  QTest::keyClicks(bar.line(), "call == tcp_v4_rcv && tcp.flags.syn == 1");
  EXPECT_EQ(bar.line()->state(), FilterLine::State::Good);
  const auto run = [&](Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(bar.line(), Qt::Key_Return, modifiers);
    ASSERT_TRUE(wait([&] { return !bar.search().looking(); }));
  };
  run({});
  const EventIndex first = walk().position();
  EXPECT_EQ(walk().journal().function(walk().journal()[first - 1]).name, "tcp_v4_rcv");
  EXPECT_TRUE(bar.said().startsWith("Stopped at step ")) << bar.said().toStdString();
  run({});
  const EventIndex second = walk().position();
  EXPECT_GT(second, first);
  run({});
  EXPECT_EQ(bar.said(), "That does not happen between here and the end of the record.");
  EXPECT_EQ(walk().position(), second);
  run(Qt::ShiftModifier);
  EXPECT_EQ(walk().position(), first);
  QTest::keyClick(bar.line(), Qt::Key_Escape);
  EXPECT_FALSE(bar.isVisible());
}

TEST_F(FindingTest, WhatIsWrongWithAConditionIsSaidWhileOneTypes) {
  open(*m_window, script());
  UntilBar& bar = m_window->until();
  bar.open();
  QTest::keyClicks(bar.line(), "sock.sk_stat == 1");
  EXPECT_EQ(bar.line()->state(), FilterLine::State::Wrong);
  EXPECT_TRUE(bar.said().contains("sock.sk_state")) << bar.said().toStdString();
  bar.line()->clear();
  QTest::keyClick(bar.line(), Qt::Key_Return);
  EXPECT_TRUE(bar.said().startsWith("expected a condition")) << bar.said().toStdString();
}

TEST_F(FindingTest, RunUntilMayBeStopped) {
  ASSERT_TRUE(m_window->openPath(PageLoad, QString()));
  while (walk().recording()) QApplication::processEvents();
  UntilBar& bar = m_window->until();
  const EventIndex before = walk().position();
  bar.run("time > 1000000");
  if (bar.search().looking()) {
    QTest::keyClick(bar.line(), Qt::Key_Escape);
    EXPECT_FALSE(bar.search().looking());
    EXPECT_TRUE(bar.isVisible());
  }
  EXPECT_EQ(walk().position(), before);
}

TEST_F(FindingTest, UntilIsAskedFromTheSearchField) {
  open(*m_window, script());
  const SearchHit* until = hit("until call == inet_create", SearchHit::Kind::Until);
  ASSERT_TRUE(until);
  go(until);
  ASSERT_TRUE(wait([&] { return !m_window->until().search().looking(); }));
  EXPECT_EQ(walk().journal().function(walk().journal()[walk().position() - 1]).name, "inet_create");
}

// ---- find in a view

TEST_F(FindingTest, CtrlFFindsInEveryView) {
  open(*m_window, Loopback);
  walk().toNextCall("tcp_v4_rcv");
  const std::pair<const char*, const char*> views[] = {{"call-path", "tcp"}, {"objects", "sock"}, {"buffer", "port"},
                                                       {"source", "skb"},    {"timeline", "tcp"}, {"console", "socket"},
                                                       {"lesson", "tcp_v4"}};
  for (const auto& [name, wanted] : views) {
    m_window->goToView(name);
    QApplication::processEvents();
    key(Qt::Key_F, Qt::ControlModifier);
    auto* const bar = m_window->view(name)->findChild<FindBar*>();
    ASSERT_TRUE(bar) << name;
    ASSERT_TRUE(bar->isVisible()) << name;
    EXPECT_TRUE(bar->line()->hasFocus()) << name;
    QTest::keyClicks(bar->line(), "no such thing");
    EXPECT_EQ(bar->said(), "Nothing found") << name;
    bar->line()->clear();
    QTest::keyClicks(bar->line(), wanted);
    EXPECT_NE(bar->said(), "Nothing found") << name;
    const QString first = bar->said();
    QTest::keyClick(bar->line(), Qt::Key_Return);
    QTest::keyClick(bar->line(), Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(bar->said(), first) << name;
    QTest::keyClick(bar->line(), Qt::Key_Escape);
    EXPECT_FALSE(bar->isVisible()) << name;
  }
  for (const char* name : {"structure", "packets", "tables"}) {
    m_window->goToView(name);
    QApplication::processEvents();
    key(Qt::Key_F, Qt::ControlModifier);
    EXPECT_TRUE(qobject_cast<QLineEdit*>(QApplication::focusWidget())) << name;
    EXPECT_TRUE(m_window->view(name)->isAncestorOf(QApplication::focusWidget())) << name;
  }
}

TEST_F(FindingTest, WhereThereIsNothingToFindThatIsSaid) {
  m_window->goToView("watch");
  key(Qt::Key_F, Qt::ControlModifier);
  EXPECT_TRUE(m_window->statusLine().text().contains("nothing to find"));
}

// ---- links

TEST_F(FindingTest, ALinkLeadsBack) {
  open(*m_window, script());
  walk().toNextCall("inet_create");
  const EventIndex here = walk().position();
  key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
  const QString link = QGuiApplication::clipboard()->text();
  EXPECT_TRUE(link.startsWith("sockwalk:")) << link.toStdString();
  EXPECT_TRUE(link.contains("#step="));
  walk().toEnd();
  ASSERT_TRUE(m_window->openPath(link));
  EXPECT_EQ(walk().position(), here) << "the file is open already";
  MainWindow other;
  ASSERT_TRUE(other.openPath(link));
  while (other.walk().recording()) QApplication::processEvents();
  EXPECT_EQ(other.walk().position(), here);
}

TEST_F(FindingTest, ABadLinkIsExplained) {
  open(*m_window, script());
  const EventIndex here = walk().position();
  EXPECT_FALSE(m_window->openPath("sockwalk:two.pkt#57"));
  EXPECT_TRUE(m_window->banner().message().contains("expected step=N"));
  EXPECT_FALSE(m_window->openPath("sockwalk:/no/such/file.pkt#step=1"));
  EXPECT_TRUE(m_window->banner().message().contains("a file that is not there"));
  m_window->openPath("sockwalk:" + m_dir.filePath("two.pkt") + "#step=99999");
  EXPECT_TRUE(m_window->banner().message().contains("no step 99999")) << m_window->banner().message().toStdString();
  EXPECT_EQ(walk().position(), here);
}

TEST_F(FindingTest, WhatIsInNoFileHasNoLink) {
  ASSERT_TRUE(m_window->openSocketWalk());
  EXPECT_EQ(m_window->linkHere(), "");
  key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_TRUE(m_window->banner().message().contains("save it"));
}

// ---- watched members

tell::WatchedMember stateOf(Walk& walk) {
  walk.toNextCall("inet_create");
  walk.toNextCall("fd_install");
  const auto subject = tell::structureNamed(walk.playhead(), "tcp_sock #1");
  return subject ? tell::WatchedMember::of(walk.playhead(), *subject, "sk_state") : tell::WatchedMember();
}

TEST_F(FindingTest, ARunStopsWhereAWatchedMemberChanges) {
  open(*m_window, Loopback);
  const auto state = stateOf(walk());
  ASSERT_TRUE(state.place);
  walk().watches().add(state, true);
  const EventIndex change = tell::firstChange(walk().journal(), state, walk().position(), walk().journal().size());
  ASSERT_NE(change, NoEvent);
  walk().setSpeed(1000);
  walk().run(1);
  ASSERT_TRUE(wait([&] { return !walk().running(); }));
  EXPECT_EQ(walk().position(), change);
  EXPECT_TRUE(m_window->statusLine().text().contains("sk_state of tcp_sock #1"))
      << m_window->statusLine().text().toStdString();
}

TEST_F(FindingTest, WhatIsWatchedIsSavedWithTheSession) {
  open(*m_window, script());
  const auto state = stateOf(walk());
  ASSERT_TRUE(walk().watches().add(state, true));
  EXPECT_TRUE(m_window->isWindowModified());
  const auto before = walk().watches().all();
  ASSERT_TRUE(m_window->saveSession(m_dir.filePath("mine.sockwalk")));
  open(*m_window, script());
  EXPECT_TRUE(walk().watches().all().empty());
  open(*m_window, m_dir.filePath("mine.sockwalk"));
  EXPECT_EQ(walk().watches().all(), before);
  EXPECT_FALSE(m_window->isWindowModified());
}

// ---- bookmarks and notes

TEST_F(FindingTest, BookmarksAndNotesAreEditedAndTakenBack) {
  open(*m_window, script());
  Bookmarks& bookmarks = m_window->bookmarks();
  bookmarks.set(walk().position(), "first");
  walk().toNextCall("fd_install");
  bookmarks.set(walk().position(), "second");
  key(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
  auto* const dialog = m_window->findChild<BookmarksDialog*>();
  ASSERT_TRUE(dialog && dialog->isVisible());
  QApplication::processEvents();
  QTableWidget& table = *dialog->table();
  table.setFocus();
  ASSERT_EQ(table.rowCount(), 2);
  EXPECT_TRUE(table.item(1, 1)->text().startsWith("step ")) << table.item(1, 1)->text().toStdString();
  table.item(0, 0)->setText("better");
  EXPECT_EQ(bookmarks.all()[0].note, "better");
  table.selectRow(1);
  QTest::keyClick(&table, Qt::Key_Delete);
  ASSERT_EQ(bookmarks.all().size(), 1u);
  QTest::keyClick(dialog, Qt::Key_Z, Qt::ControlModifier);
  ASSERT_EQ(bookmarks.all().size(), 2u);
  EXPECT_EQ(bookmarks.all()[1].note, "second");
  m_window->edits().stack().undo();
  EXPECT_EQ(bookmarks.all()[0].note, "first");
  m_window->edits().stack().redo();
  EXPECT_EQ(bookmarks.all()[0].note, "better");
  EXPECT_TRUE(m_window->isWindowModified());
}

} // namespace
} // namespace sockwalk
