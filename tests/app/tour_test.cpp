// The tour: each stop waits for its key and does the real thing, its bubble lies on nothing that it speaks of, and what was
// open comes back.
#include "app/bookmarks.h"
#include "app/document.h"
#include "app/key_maps.h"
#include "app/picture_card.h"
#include "app/search_box.h"
#include "app/stage.h"
#include "app/tour.h"
#include "app/tour_bubble.h"
#include "app/tour_place.h"
#include "app/transport_bar.h"
#include "app/welcome_page.h"
#include "app/window_language.h"
#include "engine/tell/position.h"
#include "tests/app/window_fixture.h"
#include "views/lesson/lesson_panel.h"
#include "views/theme/theme.h"
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>

namespace sockwalk {
namespace {

class TourTest : public tests::OpenWindowTest {
protected:
  void SetUp() override {
    OpenWindowTest::SetUp();
    openSocketWalk();
  }
  void begin() {
    m_window->startTour();
    settle();
    ASSERT_TRUE(tour().running());
  }
  Tour& tour() { return m_window->tour(); }
  TourBubble& bubble() { return tour().bubble(); }
  std::string spoken() { return bubble().spoken().toStdString(); }
  QPushButton* button(const char* text) { return OpenWindowTest::button(bubble(), text); }
  void press(int key, Qt::KeyboardModifiers with = {}) {
    QTest::keyClick(m_window.get(), Qt::Key(key), with);
    settle();
  }
  void goTo(int stop) {
    while (tour().stop() < stop) tour().next();
    settle();
  }
  // What a person sees of the bubble: all of it, inside the window, beside what it speaks of.
  void expectBeside(const char* when) {
    settle();
    EXPECT_TRUE(bubble().isVisible());
    EXPECT_TRUE(m_window->rect().contains(bubble().geometry())) << when << " at stop " << tour().stop() + 1;
    EXPECT_FALSE(tour().target().isEmpty()) << when << " at stop " << tour().stop() + 1;
    EXPECT_FALSE(bubble().geometry().intersects(tour().target())) << when << " at stop " << tour().stop() + 1;
    for (const QLabel* label : bubble().findChildren<QLabel*>()) {
      if (!label->isVisible()) continue;
      EXPECT_GE(label->height(), label->heightForWidth(label->width()) - 1) << label->text().toStdString();
    }
  }
};

TEST_F(TourTest, EachStopWaitsForItsKeyAndSaysWhatCameOfIt) {
  begin();
  const EventIndex begun = walk().position();
  EXPECT_TRUE(bubble().spoken().contains("Press F11.")) << spoken();
  ASSERT_TRUE(button("Skip")) << "it may be passed over, but that is not what it proposes";
  press(Qt::Key_F11);
  EXPECT_GT(walk().position(), begun);
  EXPECT_TRUE(bubble().spoken().endsWith("you are in __x64_sys_socket() now.")) << spoken();
  ASSERT_TRUE(button("Next"));
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return); // it has the keys
  settle();
  EXPECT_EQ(tour().stop(), 1);
  EXPECT_EQ(m_window->stage().current(), "call-path");
  press(Qt::Key_F11);
  EXPECT_TRUE(bubble().spoken().endsWith("__sys_socket() is the one that runs now.")) << spoken();
  QTest::mouseClick(button("Next"), Qt::LeftButton);
  settle();
  press(Qt::Key_F11, Qt::ControlModifier);
  EXPECT_TRUE(bubble().spoken().endsWith("You are back in __x64_sys_socket().")) << spoken();
  QTest::mouseClick(button("Back"), Qt::LeftButton);
  settle();
  EXPECT_EQ(tour().stop(), 1);
  EXPECT_TRUE(bubble().spoken().endsWith("Press F11.")) << "it waits once more";
}

TEST_F(TourTest, ItsOtherStopsToo) {
  begin();
  goTo(3);
  press(Qt::Key_F11);
  EXPECT_TRUE(bubble().spoken().contains("This line belongs to __x64_sys_socket()")) << spoken();
  goTo(4);
  press(Qt::Key_F10);
  EXPECT_TRUE(bubble().spoken().contains("is marked until the next one")) << spoken();
  goTo(5);
  press(Qt::Key_PageDown, Qt::ControlModifier);
  EXPECT_TRUE(bubble().spoken().contains("did: bind(3")) << spoken();
  goTo(6);
  EXPECT_FALSE(m_window->view("packets")->isVisible());
  const QKeySequence keys = m_window->findChild<QAction*>("view:packets")->shortcut();
  EXPECT_TRUE(bubble().spoken().contains(keys.toString())) << spoken();
  press(keys[0].key(), keys[0].keyboardModifiers());
  EXPECT_TRUE(m_window->view("packets")->isVisible());
  EXPECT_TRUE(bubble().spoken().contains("leads to where the kernel handled it")) << spoken();
  expectBeside("with the packets");
  goTo(7);
  press(Qt::Key_P, Qt::ControlModifier);
  QTest::keyClicks(QApplication::focusWidget(), "udp_rcv");
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  settle();
  EXPECT_TRUE(bubble().spoken().endsWith("You are in udp_rcv().")) << spoken();
  goTo(8);
  auto* const menu = m_window->findChild<QMenu*>("lessonsMenu");
  menu->popup(m_window->mapToGlobal(QPoint(300, 20)));
  settle();
  QTest::keyClick(menu, Qt::Key_Escape); // the list's, not the tour's
  settle();
  ASSERT_TRUE(tour().running());
  EXPECT_TRUE(bubble().spoken().contains("with how far you came")) << spoken();
  goTo(9);
  QTest::mouseClick(button("Finish"), Qt::LeftButton);
  settle();
  EXPECT_FALSE(tour().running());
}

TEST_F(TourTest, TheBubbleLiesOnNothingThatItSpeaksOf) {
  begin();
  const auto all = [&](const char* when) {
    for (int stop = 0; stop < tour().stopCount(); ++stop) {
      while (tour().stop() < stop) tour().next();
      while (tour().stop() > stop) tour().back();
      expectBeside(when);
    }
  };
  all("at 1280x800");
  m_window->resize(1024, 768);
  all("at 1024x768");
  m_window->resize(1920, 1080);
  all("at 1920x1080");
  ThemeHub::instance().setChoice(ThemeChoice::Dark);
  WindowLanguage::instance().setChoice(LanguageChoice::Chinese);
  m_window->resize(1280, 800);
  all("dark, in Chinese");
}

TEST_F(TourTest, ItFollowsTheWindowWhileItIsOpen) {
  begin();
  goTo(3);
  const QRect before = tour().target();
  m_window->resize(1500, 900);
  expectBeside("wider");
  EXPECT_NE(tour().target(), before);
  ThemeHub::instance().setTypeScale(1.35);
  expectBeside("large type");
  m_window->view("timeline")->parentWidget()->window()->raise();
  m_window->showView("console"); // a dock that comes to the front does not lie on it
  settle();
  const QPoint middle = bubble().geometry().center();
  QWidget* const there = m_window->childAt(middle);
  ASSERT_TRUE(there);
  EXPECT_TRUE(there == &bubble() || bubble().isAncestorOf(there));
}

TEST_F(TourTest, WhatWasOpenComesBack) {
  open(*m_window, script());
  walk().seek(200);
  m_window->bookmarks().set(150, "here");
  m_window->showView("console");
  ASSERT_TRUE(m_window->saveSession(m_dir.filePath("mine.sockwalk")));
  walk().setUnit(Unit::Event);
  walk().seek(210);
  const auto* const session = &walk().session();
  const QString layout = m_window->layoutState();
  begin();
  EXPECT_NE(&walk().session(), session);
  EXPECT_EQ(m_window->windowTitle(), "Two-minute tour[*] — Sockwalk");
  press(Qt::Key_F11);
  goTo(6);
  press(Qt::Key_Escape);
  EXPECT_FALSE(tour().running());
  EXPECT_FALSE(bubble().isVisible());
  EXPECT_EQ(&walk().session(), session) << "the very one";
  EXPECT_EQ(walk().position(), 210u);
  EXPECT_EQ(walk().unit(), Unit::Event);
  EXPECT_EQ(m_window->document().path(), m_dir.filePath("mine.sockwalk"));
  EXPECT_FALSE(m_window->isWindowModified());
  ASSERT_EQ(m_window->bookmarks().all().size(), 1u);
  EXPECT_TRUE(m_window->view("console")->isVisible());
  walk().stepInto();
  EXPECT_GT(walk().position(), 210u);
}

TEST_F(TourTest, ALessonGoesOnWhereItWas) {
  ASSERT_TRUE(m_window->openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  auto* const panel = m_window->findChild<LessonPanel*>();
  panel->goTo(3);
  walk().stepInto();
  const EventIndex there = walk().position();
  begin();
  EXPECT_FALSE(panel->inLesson());
  press(Qt::Key_Escape);
  ASSERT_TRUE(panel->inLesson());
  EXPECT_EQ(panel->stop(), 3);
  EXPECT_EQ(walk().position(), there);
  panel->next();
  EXPECT_EQ(panel->stop(), 4);
}

TEST_F(TourTest, WhatIsNotSavedIsAskedForFirst) {
  open(*m_window, script());
  ASSERT_TRUE(walk().console("fd = socket(AF_INET, SOCK_DGRAM, 0)"));
  ASSERT_TRUE(m_window->isWindowModified());
  const auto answer = [](QMessageBox::StandardButton with) {
    QTimer::singleShot(0, qApp, [with] {
      auto* const box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      ASSERT_TRUE(box);
      QTest::mouseClick(box->button(with), Qt::LeftButton);
    });
  };
  answer(QMessageBox::Cancel);
  m_window->startTour();
  EXPECT_FALSE(tour().running());
  answer(QMessageBox::Discard);
  begin();
  press(Qt::Key_Escape);
  EXPECT_TRUE(m_window->isWindowModified()) << "it is there still";
  EXPECT_EQ(walk().session().stimuli().size(), 2u);
}

TEST_F(TourTest, SomethingElseOpenedIsWhatThePersonWants) {
  begin();
  open(*m_window, script());
  EXPECT_FALSE(tour().running());
  EXPECT_EQ(m_window->windowTitle(), "two.pkt[*] — Sockwalk");
}

TEST_F(TourTest, TheWelcomePageLeadsToItAndComesBack) {
  m_window->welcome();
  settle();
  auto* const page = m_window->findChild<WelcomePage*>();
  QTest::mouseClick(page->findChild<QPushButton*>("tourLink"), Qt::LeftButton);
  settle();
  EXPECT_TRUE(tour().running());
  EXPECT_FALSE(page->isVisible());
  press(Qt::Key_Escape);
  EXPECT_TRUE(page->isVisible());
}

TEST_F(TourTest, ItIsOfferedOnceAndNeverForced) {
  m_window->keepSafe(); // as the program does
  m_window->welcome();
  QTest::keyClick(m_window->findChild<WelcomePage*>(), Qt::Key_Escape);
  settle();
  const auto offer = [&]() -> QPushButton* {
    for (QPushButton* b : m_window->findChildren<QPushButton*>())
      if (b->text() == "&Take the tour" && b->isVisible()) return b;
    return nullptr;
  };
  ASSERT_TRUE(offer());
  EXPECT_FALSE(tour().running());
  for (QPushButton* b : m_window->findChildren<QPushButton*>())
    if (b->text() == "&No, thanks" && b->isVisible()) QTest::mouseClick(b, Qt::LeftButton);
  settle();
  EXPECT_FALSE(offer());
  m_window->welcome();
  QTest::keyClick(m_window->findChild<WelcomePage*>(), Qt::Key_Escape);
  settle();
  EXPECT_FALSE(offer()) << "once";
}

TEST_F(TourTest, AnotherKeyMapIsTold) {
  m_window->commands().setKeyMap(KeyMap::Qtenv);
  begin();
  EXPECT_TRUE(bubble().spoken().contains("Press F4.")) << spoken();
  press(Qt::Key_F4);
  EXPECT_TRUE(bubble().spoken().contains("One step")) << spoken();
}

// ---- where the bubble stands

TEST(TourPlace, StandsBesideWhateverTheSizes) {
  const QRect window(0, 0, 1000, 700);
  const QList<QSize> sizes{{340, 150}, {250, 190}};
  for (int left = 0; left <= 900; left += 50)
    for (int top = 0; top <= 600; top += 50) {
      const QRect target(left, top, 90, 80);
      const QRect place = placeBeside(window, target, sizes);
      EXPECT_TRUE(window.contains(place)) << left << " " << top;
      EXPECT_FALSE(place.intersects(target)) << left << " " << top;
    }
  EXPECT_EQ(placeBeside(window, {300, 40, 690, 620}, sizes).width(), 250) << "the narrow one is all that fits";
  EXPECT_TRUE(window.contains(placeBeside(window, window, sizes))) << "where it has to lie on something, it is whole";
}

} // namespace
} // namespace sockwalk
