// Ways in: the welcome page with its doors and samples, the lessons with how far one came, and where a scenario begins.
#include "app/bookmarks.h"
#include "app/document.h"
#include "app/lesson_progress.h"
#include "app/picture_card.h"
#include "app/samples.h"
#include "app/stage.h"
#include "app/transport_bar.h"
#include "app/welcome_page.h"
#include "app/window_language.h"
#include "engine/tell/position.h"
#include "tests/app/window_fixture.h"
#include "views/lesson/lesson_panel.h"
#include "views/theme/theme.h"
#include <QCheckBox>
#include <QDockWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

namespace sockwalk {
namespace {

const QString FirstLesson = SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md";

class WaysTest : public tests::OpenWindowTest {
protected:
  void SetUp() override {
    OpenWindowTest::SetUp();
    qputenv("SOCKWALK_DATA", (m_dir.filePath("own")).toLocal8Bit());
    openSocketWalk();
  }
  void TearDown() override {
    OpenWindowTest::TearDown();
    qunsetenv("SOCKWALK_DATA");
  }
  WelcomePage& page() { return *m_window->findChild<WelcomePage*>(); }
  PictureCard* card(const QString& title) {
    for (PictureCard* card : page().findChildren<PictureCard*>())
      if (card->text() == title && card->isVisible()) return card;
    return nullptr;
  }
  void press(const QString& title) {
    PictureCard* const found = card(title);
    ASSERT_TRUE(found) << title.toStdString();
    QTest::mouseClick(found, Qt::LeftButton);
    settle();
  }
  LessonPanel& lesson() { return *m_window->findChild<LessonPanel*>(); }
  // What the menu of its part says of the lesson on socket().
  QString socketLesson() {
    auto* const menu = m_window->findChild<QMenu*>("lessonsMenu");
    emit menu->aboutToShow();
    for (const QAction* part : menu->actions())
      if (part->text() == "&A · The socket")
        for (const QAction* action : part->menu()->actions())
          if (action->text().contains("socket(2)")) return action->text();
    return {};
  }
};

// ---- the page

TEST_F(WaysTest, ThePageLiesOverTheWindowAndGoesWithEscape) {
  m_window->welcome();
  EXPECT_TRUE(page().isVisible());
  EXPECT_EQ(page().width(), m_window->width());
  EXPECT_FALSE(m_window->findChild<QDockWidget*>("structure")->isEnabled()) << "what lies behind takes no keys";
  m_window->resize(1100, 760);
  QApplication::processEvents();
  EXPECT_EQ(page().width(), 1100);
  EXPECT_EQ(page().geometry().bottom(), 759);
  QTest::keyClick(&page(), Qt::Key_Escape);
  EXPECT_FALSE(page().isVisible());
  EXPECT_TRUE(m_window->findChild<QDockWidget*>("structure")->isEnabled());
}

TEST_F(WaysTest, TheFirstDoorLeadsToTheWalkThatIsOpenBehindIt) {
  m_window->welcome();
  EXPECT_TRUE(card("Walk socket()")->hasFocus());
  const auto* before = &walk().session();
  QTest::keyClick(card("Walk socket()"), Qt::Key_Space);
  EXPECT_FALSE(page().isVisible());
  EXPECT_EQ(&walk().session(), before) << "it was open";
  EXPECT_TRUE(m_window->stage().currentView()->isAncestorOf(QApplication::focusWidget()));
  open(*m_window, script());
  m_window->welcome();
  press("Walk socket()");
  EXPECT_EQ(m_window->windowTitle(), "03-socket/scenario.pkt[*] — Sockwalk");
  EXPECT_FALSE(page().isVisible());
}

TEST_F(WaysTest, TheThirdDoorStartsALessonAndGoesOnWithIt) {
  m_window->welcome();
  press("Start a lesson");
  EXPECT_FALSE(page().isVisible());
  ASSERT_TRUE(lesson().inLesson());
  EXPECT_EQ(lesson().stop(), 0);
  lesson().next();
  lesson().next();
  const size_t stops = lesson().lesson().stops.size();
  ASSERT_TRUE(m_window->openSocketWalk());
  EXPECT_FALSE(lesson().inLesson());
  m_window->welcome();
  EXPECT_TRUE(card("Start a lesson")
                  ->accessibleDescription()
                  .contains(QString("Last: lesson %1, stop 3 of %2").arg(lessonProgress().front().number).arg(stops)))
      << card("Start a lesson")->accessibleDescription().toStdString();
  press("Start a lesson");
  EXPECT_EQ(lesson().stop(), 2) << "where one was";
}

TEST_F(WaysTest, AStepGoesToTheWalk) {
  m_window->welcome();
  const EventIndex at = walk().position();
  QTest::keyClick(m_window.get(), Qt::Key_F11);
  EXPECT_GT(walk().position(), at);
  EXPECT_FALSE(page().isVisible());
}

TEST_F(WaysTest, SamplesAndRecentFilesOpenFromIt) {
  m_window->welcome();
  press("Out of order");
  EXPECT_FALSE(page().isVisible());
  EXPECT_EQ(m_window->windowTitle(), "tcp-out-of-order.pkt[*] — Sockwalk");
  open(*m_window, script());
  ASSERT_TRUE(m_window->openSocketWalk());
  m_window->welcome();
  press("two.pkt");
  EXPECT_EQ(m_window->windowTitle(), "two.pkt[*] — Sockwalk");
  m_window->welcome();
  ASSERT_TRUE(QFile::remove(script()));
  m_window->welcome();
  EXPECT_FALSE(card("two.pkt")) << "what is gone is offered to nobody";
}

TEST_F(WaysTest, WhoDoesNotWantItIsNotShownIt) {
  EXPECT_TRUE(WelcomePage::wantedAtStart());
  m_window->welcome();
  auto* const never = page().findChild<QCheckBox*>();
  ASSERT_TRUE(never);
  QTest::mouseClick(never, Qt::LeftButton, {}, QPoint(6, never->height() / 2));
  EXPECT_FALSE(WelcomePage::wantedAtStart());
  m_window->welcome();
  EXPECT_TRUE(page().findChild<QCheckBox*>()->isChecked());
}

TEST_F(WaysTest, ItsBoxFollowsThePreferences) {
  m_window->welcome();
  for (QAction* action : m_window->findChildren<QAction*>())
    if (action->text() == "Show the welcome page at the start") action->setChecked(false);
  EXPECT_TRUE(page().findChild<QCheckBox*>()->isChecked());
  EXPECT_FALSE(WelcomePage::wantedAtStart());
}

TEST_F(WaysTest, OnlyWhatIsInsideTheHomeFolderIsShortened) {
  const QByteArray home = qgetenv("HOME");
  qputenv("HOME", m_dir.filePath("ann").toLocal8Bit());
  ASSERT_TRUE(QDir().mkpath(m_dir.filePath("ann/walks")) && QDir().mkpath(m_dir.filePath("annabel")));
  open(*m_window, write("ann/walks/hers.pkt", tests::TwoSockets));
  open(*m_window, write("annabel/another.pkt", tests::TwoSockets));
  m_window->welcome();
  ASSERT_TRUE(card("hers.pkt") && card("another.pkt"));
  EXPECT_EQ(card("hers.pkt")->toolTip(), "hers.pkt, in ~/walks");
  EXPECT_EQ(card("another.pkt")->toolTip(), "another.pkt, in " + m_dir.filePath("annabel"));
  qputenv("HOME", home);
}

// Every sample says what to watch, and no word of a card is cut: at three sizes, with large type as well.
TEST_F(WaysTest, EveryCardSaysAllOfItsWords) {
  for (const Sample& sample : samples()) EXPECT_FALSE(sample.watch.isEmpty()) << sample.path.toStdString();
  EXPECT_GE(samples().size(), 8u);
  for (const double type : {1.0, 1.35})
    for (const QSize size : {QSize(1024, 768), QSize(1280, 800), QSize(1920, 1080)}) {
      ThemeHub::instance().setTypeScale(type);
      m_window->resize(size);
      m_window->welcome();
      for (int i = 0; i < 3; ++i) QApplication::processEvents();
      for (const PictureCard* card : page().findChildren<PictureCard*>()) {
        if (!card->isVisible()) continue;
        EXPECT_TRUE(card->wordsFit()) << card->text().toStdString() << " at " << size.width() << ", type " << type;
      }
    }
  ThemeHub::instance().setTypeScale(1);
}

TEST_F(WaysTest, AWalkOfOnesOwnSaysWhatItsFirstLineSays) {
  ASSERT_TRUE(QDir().mkpath(m_dir.filePath("own/walks")));
  write("own/walks/mine.pkt", "// My walk: watch the descriptor.\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n");
  m_window->welcome();
  QTest::mouseClick(page().findChild<QPushButton*>("moreSamples"), Qt::LeftButton);
  settle();
  press("My walk");
  EXPECT_EQ(m_window->windowTitle(), "mine.pkt[*] — Sockwalk");
}

// ---- calm, and with what is so

TEST_F(WaysTest, TheDoorsSayWhatIsSo) {
  m_window->welcome();
  const int steps = m_window->transport().steps().at(tell::firstMoment(walk().session())).steps;
  ASSERT_GT(steps, 10);
  EXPECT_TRUE(card("Walk socket()")->accessibleDescription().contains(QString("%1 steps").arg(steps)));
  EXPECT_TRUE(
      card("Start a lesson")->accessibleDescription().contains("minutes in all · begins with: A map of the stack"));
}

TEST_F(WaysTest, NothingScrollsUntilAllSamplesAreAskedFor) {
  for (const QSize size : {QSize(1024, 768), QSize(1280, 800), QSize(1920, 1080)}) {
    m_window->resize(size);
    m_window->welcome();
    settle();
    const auto samplesShown = [&] {
      int count = 0;
      for (const Sample& sample : samples()) count += int(card(sample.title) != nullptr);
      return count;
    };
    EXPECT_EQ(page().findChild<QScrollArea*>()->verticalScrollBar()->maximum(), 0) << size.height();
    EXPECT_EQ(samplesShown(), 6);
    QTest::mouseClick(page().findChild<QPushButton*>("moreSamples"), Qt::LeftButton);
    settle();
    EXPECT_EQ(samplesShown(), int(samples().size()));
    QTest::mouseClick(page().findChild<QPushButton*>("moreSamples"), Qt::LeftButton);
    settle();
    EXPECT_EQ(samplesShown(), 6);
  }
}

TEST_F(WaysTest, RecentFilesSayWhereOneWasAndGoThere) {
  open(*m_window, script());
  walk().seek(tell::firstMoment(walk().session()));
  for (int i = 0; i < 7; ++i) walk().stepInto();
  m_window->bookmarks().set(walk().position(), "here");
  const EventIndex there = walk().position();
  ASSERT_TRUE(m_window->saveSession(m_dir.filePath("other.sockwalk")));
  open(*m_window, script());
  walk().seek(there);
  ASSERT_TRUE(m_window->openSocketWalk());
  settle();
  m_window->welcome();
  ASSERT_TRUE(card("two.pkt") && card("other.sockwalk"));
  EXPECT_TRUE(card("two.pkt")->accessibleDescription().contains("step 7 of "))
      << card("two.pkt")->accessibleDescription().toStdString();
  EXPECT_TRUE(card("other.sockwalk")->accessibleDescription().contains("bookmark"))
      << card("other.sockwalk")->accessibleDescription().toStdString();
  press("two.pkt");
  EXPECT_EQ(walk().position(), there);
}

TEST_F(WaysTest, TheLanguageIsChosenThere) {
  m_window->welcome();
  QTest::mouseClick(page().findChild<QPushButton*>("chinese"), Qt::LeftButton);
  settle();
  EXPECT_EQ(WindowLanguage::instance().language(), Language::Chinese);
  EXPECT_TRUE(page().isVisible());
  EXPECT_TRUE(page().findChild<QPushButton*>("chinese")->isChecked());
  EXPECT_TRUE(m_window->findChild<QAction*>("language:chinese")->isChecked()) << "the menu agrees";
  EXPECT_TRUE(page().isAncestorOf(QApplication::focusWidget())) << "the page keeps the keys";
  QTest::mouseClick(page().findChild<QPushButton*>("english"), Qt::LeftButton);
  settle();
  EXPECT_EQ(WindowLanguage::instance().language(), Language::English);
  EXPECT_TRUE(card("Walk socket()"));
}

// ---- lessons

TEST_F(WaysTest, TheMenuSaysHowFarOneCame) {
  EXPECT_EQ(socketLesson(), "&3  socket(2), step by step\t15 min");
  ASSERT_TRUE(m_window->openLesson(FirstLesson));
  EXPECT_EQ(socketLesson(), "&3  socket(2), step by step\t1 of 14 stops");
  lesson().next();
  lesson().back();
  EXPECT_EQ(socketLesson(), "&3  socket(2), step by step\t2 of 14 stops") << "a stop counts once";
  for (int i = 1; i < 14; ++i) lesson().next();
  EXPECT_EQ(socketLesson(), "&3  socket(2), step by step\t✓ all 14 stops");
  EXPECT_EQ(lessonToGoOnWith().goesOnAt(), 0) << "who has seen all begins again";
  MainWindow another;
  const auto all = lessonProgress();
  const auto kept = std::ranges::find_if(all, [](const LessonProgress& p) {
    return QFileInfo(p.file) == QFileInfo(FirstLesson); // which may be named by another way
  });
  ASSERT_NE(kept, all.end());
  EXPECT_EQ(kept->seen, 14) << "it is kept";
}

TEST_F(WaysTest, ThePanelsOwnMenuStartsLessons) {
  for (auto* button : lesson().findChildren<QPushButton*>())
    if (QMenu* menu = button->menu()) {
      emit menu->aboutToShow();
      ASSERT_EQ(menu->actions().size(), 7) << "the parts of the course";
      menu->actions().at(1)->menu()->actions().at(0)->trigger();
    }
  EXPECT_TRUE(lesson().inLesson());
  EXPECT_EQ(m_window->document().title(), "sk_buff: reserve, put, push, pull");
}

TEST_F(WaysTest, AnotherThemeLeavesTheWalkWhereOneIsInALesson) {
  ASSERT_TRUE(m_window->openLesson(FirstLesson));
  const EventIndex stop = walk().position();
  m_window->commands()[Command::StepInto]->trigger();
  const EventIndex there = walk().position();
  ASSERT_NE(there, stop);
  ThemeHub::instance().setChoice(ThemeChoice::Dark);
  EXPECT_EQ(walk().position(), there);
  EXPECT_TRUE(lesson().inLesson());
  ThemeHub::instance().setChoice(ThemeChoice::Light);
}

// ---- where it begins

TEST_F(WaysTest, TheStartIsTheScenariosAndTheBootHasItsOwnDoor) {
  const EventIndex first = tell::firstMoment(walk().session());
  ASSERT_GT(first, 1u);
  walk().toEnd();
  QTest::keyClick(m_window.get(), Qt::Key_Home, Qt::ControlModifier);
  EXPECT_EQ(walk().position(), first);
  QTest::keyClick(m_window.get(), Qt::Key_Home, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(walk().position(), 0u);
  m_window->commands()[Command::ToStart]->trigger();
  EXPECT_EQ(walk().position(), first);
}

} // namespace
} // namespace sockwalk
