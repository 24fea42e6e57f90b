// What a person makes is not lost: kept while one works, offered after a crash, asked for at the end, found again.
#include "app/autosave.h"
#include "app/document.h"
#include "app/recent_files.h"
#include "app/status_line.h"
#include "tests/app/window_fixture.h"
#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QTest>
#include <random>

namespace sockwalk {
namespace {

using scenario::CallStimulus;

class KeepingTest : public tests::WindowTest {
protected:
  static QStringList kept() { return QDir(autosaveFolder()).entryList({"*.sockwalk"}, QDir::Files); }
  static std::vector<std::string> linesIn(const QString& file) {
    std::vector<std::string> lines;
    const auto session = scenario::loadSession(file.toStdString());
    EXPECT_TRUE(session) << file.toStdString();
    if (!session) return lines;
    for (const auto& stimulus : session->stimuli)
      if (const auto* call = std::get_if<CallStimulus>(&stimulus)) lines.push_back(call->text);
    return lines;
  }
  static QPushButton* buttonOf(QWidget& parent, const QString& text) {
    for (QPushButton* button : parent.findChildren<QPushButton*>())
      if (button->text() == text && button->isVisibleTo(&parent)) return button;
    return nullptr;
  }
  // Presses a button of the next question; counts the questions.
  void answer(QMessageBox::StandardButton button) {
    QTimer::singleShot(0, qApp, [this, button] {
      auto* const box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      ASSERT_TRUE(box) << "nothing was asked";
      ++m_asked;
      QTest::mouseClick(box->button(button), Qt::LeftButton);
    });
  }
  static QMenu* menu(MainWindow& window, const QString& title) {
    for (QMenu* menu : window.findChildren<QMenu*>())
      if (menu->title() == title) return menu;
    return nullptr;
  }
  static std::vector<std::string> titlesIn(QMenu* menu) {
    emit menu->aboutToShow();
    std::vector<std::string> titles;
    for (const QAction* action : menu->actions())
      if (!action->isSeparator()) titles.push_back(action->text().toStdString());
    return titles;
  }
  static void type(MainWindow& window, const char* line) { ASSERT_TRUE(window.walk().console(line).ok()) << line; }
  int m_asked = 0;
};

// ---- autosave

TEST_F(KeepingTest, ALineIsInTheFileSoonAndTheFileGoesAtACleanEnd) {
  MainWindow window;
  window.show();
  window.keepSafe();
  open(window, script());
  type(window, "fd = socket(AF_INET, SOCK_DGRAM, 0)");
  const QString file = window.autosave().file();
  EXPECT_TRUE(wait([&] { return QFile::exists(file) && linesIn(file).size() == 1; }));
  type(window, "close(fd)");
  EXPECT_TRUE(wait([&] { return linesIn(file).size() == 2; }));
  window.walk().seek(100);
  EXPECT_TRUE(wait([&] { return scenario::loadSession(file.toStdString())->playhead == 100; }));
  answer(QMessageBox::Discard);
  EXPECT_TRUE(window.close());
  EXPECT_EQ(m_asked, 1);
  EXPECT_EQ(QDir(autosaveFolder()).entryList(QDir::Files), QStringList());
}

TEST_F(KeepingTest, AnotherSessionTakesThePlaceOfTheFirst) {
  MainWindow window;
  window.show();
  window.keepSafe();
  open(window, script());
  const QString file = window.autosave().file();
  window.walk().seek(100);
  EXPECT_TRUE(wait([&] { return QFile::exists(file); }));
  open(window, write("other.pkt", "0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"));
  EXPECT_TRUE(wait([&] {
    const auto session = scenario::loadSession(file.toStdString());
    const auto* played = session ? std::get_if<scenario::ScriptStimulus>(&session->stimuli.front()) : nullptr;
    return played && QString::fromStdString(played->name).endsWith("other.pkt");
  }));
}

TEST_F(KeepingTest, WhatRunsIsOfferedToNobody) {
  MainWindow window;
  window.show();
  window.keepSafe();
  open(window, script());
  QTest::qWait(1500);
  EXPECT_TRUE(kept().isEmpty()) << "who has only looked in has nothing to lose";
  window.commands()[Command::StepInto]->trigger();
  EXPECT_TRUE(wait([&] { return kept().size() == 1; }));
  EXPECT_TRUE(filesOfTheDead().empty());
}

TEST_F(KeepingTest, AFolderThatCannotBeWrittenIsSaid) {
  ASSERT_TRUE(QDir().mkpath(m_dir.filePath("data/sockwalk-test/sockwalk-test")));
  QFile inTheWay(m_dir.filePath("data/sockwalk-test/sockwalk-test/autosave"));
  ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly));
  MainWindow window;
  window.show();
  window.keepSafe();
  EXPECT_TRUE(window.banner().message().contains("cannot be written")) << window.banner().message().toStdString();
  open(window, script());
  EXPECT_FALSE(window.autosave().active());
}

// ---- a crash

class Killed : public KeepingTest {
protected:
  // A child types; it is killed so many ms after its first line. Gives the number of the last line that it typed.
  int typeUntilKilled(int ms) {
    QProcess child;
    child.start(SOCKWALK_TYPIST, {script()});
    EXPECT_TRUE(child.waitForReadyRead(60000));
    QByteArray said;
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < ms;) {
      child.waitForReadyRead(int(std::max<qint64>(1, ms - clock.elapsed())));
      said += child.readAllStandardOutput();
    }
    child.kill(); // SIGKILL: nobody can tidy up
    child.waitForFinished(60000);
    said += child.readAllStandardOutput();
    const QList<QByteArray> lines = said.trimmed().split('\n');
    return lines.back().toInt();
  }
};

// SOCKWALK_KILLS=100 does a hundred, and says how many lines each lost.
TEST_F(Killed, TenTimesAtMostTheLastTwoSecondsAreLost) {
  constexpr int LinesInTwoSeconds = 20;
  const int asked = qEnvironmentVariableIntValue("SOCKWALK_KILLS"), times = asked ? asked : 10;
  std::mt19937 random(20261129);
  int found = 0;
  for (int time = 0; time < times; ++time) {
    const int typed = typeUntilKilled(std::uniform_int_distribution(200, 4000)(random));
    SCOPED_TRACE("killed after line " + std::to_string(typed));
    EXPECT_GT(typed, 0);
    std::vector<KeptFile> left = filesOfTheDead();
    EXPECT_LE(left.size(), 1u);
    const auto lines = left.empty() ? std::vector<std::string>() : linesIn(left.front().path);
    EXPECT_LE(typed - int(lines.size()), LinesInTwoSeconds);
    for (std::size_t i = 0; i < lines.size(); ++i)
      EXPECT_EQ(lines[i], "n" + std::to_string(i + 1) + " = socket(AF_INET, SOCK_DGRAM, 0)");
    found += int(!left.empty());
    if (asked) std::printf("killed after line %d: lost %d\n", typed, typed - int(lines.size()));
    for (KeptFile& file : left) forget(file);
    EXPECT_EQ(QDir(autosaveFolder()).entryList(QDir::Files), QStringList());
  }
  EXPECT_GE(found, times / 2) << "most lived long enough to leave a file";
}

TEST_F(Killed, TheSessionIsOfferedAndOpensWhereItStood) {
  typeUntilKilled(2500);
  ASSERT_EQ(kept().size(), 1);
  const QString file = QDir(autosaveFolder()).filePath(kept().front());
  const std::size_t lines = linesIn(file).size();
  const u64 playhead = scenario::loadSession(file.toStdString())->playhead;
  MainWindow window;
  window.show();
  window.keepSafe();
  QPushButton* const openIt = buttonOf(window, "&Open it");
  ASSERT_TRUE(openIt);
  QTest::mouseClick(openIt, Qt::LeftButton);
  EXPECT_TRUE(wait([&] { return !window.walk().recording(); }));
  EXPECT_EQ(window.walk().session().stimuli().size(), lines + 1);
  EXPECT_EQ(window.walk().position(), playhead);
  EXPECT_EQ(window.windowTitle(), "two.pkt[*] — Sockwalk");
  EXPECT_TRUE(window.isWindowModified()) << "no file that the person knows of has it";
  EXPECT_FALSE(buttonOf(window, "&Open it")) << "it was offered once";
  EXPECT_EQ(window.autosave().file(), file) << "goes on in the same file";
  EXPECT_EQ(kept().size(), 1);
  answer(QMessageBox::Discard);
  window.close();
  EXPECT_EQ(kept().size(), 0);
}

TEST_F(Killed, WhatIsForgottenIsGoneAndTheNextIsOffered) {
  typeUntilKilled(3000);
  typeUntilKilled(3000);
  ASSERT_EQ(kept().size(), 2);
  MainWindow window;
  window.show();
  window.keepSafe();
  const auto offered = [&] {
    for (const QLabel* label : window.findChildren<QLabel*>())
      if (label->text().startsWith("Sockwalk ended unexpectedly") && label->isVisible()) return label->text();
    return QString();
  };
  EXPECT_TRUE(offered().endsWith("1 more after it.")) << offered().toStdString();
  QTest::mouseClick(buttonOf(window, "&Forget it"), Qt::LeftButton);
  EXPECT_EQ(kept().size(), 1);
  EXPECT_TRUE(offered().endsWith("can be opened again.")) << offered().toStdString();
  QTest::mouseClick(buttonOf(window, "&Forget it"), Qt::LeftButton);
  EXPECT_EQ(offered(), "");
  EXPECT_EQ(kept().size(), 0);
}

// ---- at the end

TEST_F(KeepingTest, WhatIsNotSavedIsAskedFor) {
  MainWindow window;
  window.show();
  open(window, script());
  EXPECT_FALSE(window.isWindowModified());
  window.walk().toEnd();
  EXPECT_FALSE(window.isWindowModified()) << "to look at something changes nothing";
  type(window, "fd = socket(AF_INET, SOCK_DGRAM, 0)");
  EXPECT_TRUE(window.isWindowModified());
  answer(QMessageBox::Cancel);
  EXPECT_FALSE(window.close());
  answer(QMessageBox::Cancel);
  EXPECT_FALSE(window.openPath(write("other.pkt", "0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n")));
  answer(QMessageBox::Cancel);
  EXPECT_FALSE(window.openSocketWalk());
  answer(QMessageBox::Cancel);
  EXPECT_FALSE(window.openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  EXPECT_EQ(m_asked, 4);
  EXPECT_EQ(window.walk().session().stimuli().size(), 2u) << "all of it is there still";
  ASSERT_TRUE(window.saveSession(m_dir.filePath("mine.sockwalk")));
  EXPECT_FALSE(window.isWindowModified());
  EXPECT_TRUE(window.close());
  EXPECT_EQ(m_asked, 4) << "nothing is asked of what is saved";
}

TEST_F(KeepingTest, SaveAtTheEndWritesBackToTheSameFile) {
  const QString mine = m_dir.filePath("mine.sockwalk");
  MainWindow window;
  window.show();
  open(window, script());
  ASSERT_TRUE(window.saveSession(mine));
  open(window, mine);
  type(window, "wait 0.5");
  answer(QMessageBox::Save);
  EXPECT_TRUE(window.close());
  EXPECT_EQ(m_asked, 1);
  EXPECT_EQ(scenario::loadSession(mine.toStdString())->stimuli.size(), 2u);
}

// A kept session says where Save writes it, and is opened by a program that was started in another folder.
TEST_F(KeepingTest, ASessionNamedFromItsFolderKnowsTheWholeOfItsPath) {
  const QString mine = m_dir.filePath("mine.sockwalk");
  MainWindow window;
  window.show();
  open(window, script());
  ASSERT_TRUE(window.saveSession(mine));
  open(window, QDir::current().relativeFilePath(mine));
  EXPECT_EQ(window.document().path(), mine);
}

TEST_F(KeepingTest, TheTitleIsTheFilesName) {
  MainWindow window;
  window.show();
  EXPECT_EQ(window.windowTitle(), "Sockwalk[*]");
  open(window, script());
  EXPECT_EQ(window.windowTitle(), "two.pkt[*] — Sockwalk");
  EXPECT_TRUE(window.statusLine().text().startsWith("Linux 6.1 · two.pkt · "))
      << window.statusLine().text().toStdString();
  EXPECT_EQ(window.document().path(), "") << "a script is not what Save writes";
  EXPECT_TRUE(window.document().proposedPath().endsWith("/two.sockwalk"));
  ASSERT_TRUE(window.saveSession(m_dir.filePath("mine.sockwalk")));
  EXPECT_EQ(window.windowTitle(), "mine.sockwalk[*] — Sockwalk");
  EXPECT_EQ(window.document().path(), m_dir.filePath("mine.sockwalk"));
  ASSERT_TRUE(window.openSocketWalk());
  EXPECT_EQ(window.document().path(), "") << "Save must not write this walk over that session";
  EXPECT_EQ(window.windowTitle(), "03-socket/scenario.pkt[*] — Sockwalk");
  ASSERT_TRUE(window.openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  EXPECT_EQ(window.windowTitle(), "socket(2), step by step[*] — Sockwalk");
}

// ---- recent files

TEST_F(KeepingTest, RecentFilesAreTenAndThere) {
  MainWindow window;
  window.show();
  for (int i = 0; i < 12; ++i) open(window, write(QString("walk%1.pkt").arg(i), tests::TwoSockets));
  open(window, m_dir.filePath("walk5.pkt"));
  open(window, SOCKWALK_SOURCE_DIR "/assets/walks/tcp-on-loopback.pkt"); // which stands in a menu of its own
  QMenu* const recent = menu(window, "Open &recent");
  ASSERT_TRUE(recent);
  auto titles = titlesIn(recent);
  ASSERT_EQ(titles.size(), 11u);
  EXPECT_EQ(titles[0], "&1  walk5.pkt");
  EXPECT_EQ(titles[1], "&2  walk11.pkt");
  EXPECT_EQ(titles[9], "1&0  walk2.pkt");
  ASSERT_TRUE(QFile::remove(m_dir.filePath("walk11.pkt")));
  titles = titlesIn(recent);
  EXPECT_EQ(titles[1], "&2  walk10.pkt") << "what is gone is gone from the list, too";
  recent->actions()[1]->trigger();
  EXPECT_EQ(window.windowTitle(), "walk10.pkt[*] — Sockwalk");
  EXPECT_EQ(recentFiles().first(), m_dir.filePath("walk10.pkt"));
  emit recent->aboutToShow();
  recent->actions().last()->trigger();
  EXPECT_EQ(titlesIn(recent).front(), "Nothing has been opened yet");
}

} // namespace
} // namespace sockwalk
