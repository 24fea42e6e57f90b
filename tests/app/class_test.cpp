// A teacher's window and a student's, over the machine's own network.
#include "app/classroom/class_line.h"
#include "app/classroom/class_seat.h"
#include "app/classroom/class_share.h"
#include "app/classroom/room_line.h"
#include "app/document.h"
#include "app/presenter/presenter_window.h"
#include "app/stage.h"
#include "engine/share/class_server.h"
#include "tests/app/window_fixture.h"
#include "views/lesson/lesson_panel.h"
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace sockwalk {
namespace {

class ClassTest : public tests::WindowTest {
protected:
  void SetUp() override {
    tests::WindowTest::SetUp();
    m_teacher = std::make_unique<MainWindow>();
    m_student = std::make_unique<MainWindow>();
    ASSERT_TRUE(m_teacher->openSocketWalk());
    while (m_teacher->walk().recording()) QApplication::processEvents();
    ASSERT_TRUE(m_teacher->shareWalk({"127.0.0.1", 0}));
  }
  QString address() { return m_teacher->classShare().address(); }
  template <class Holds> bool waits(Holds holds) { return QTest::qWaitFor(holds, 20'000); }
  void join() {
    ASSERT_TRUE(m_student->joinClass(address()));
    ASSERT_TRUE(waits([&] { return seat().seated() && !m_student->walk().recording(); }));
    ASSERT_TRUE(waits([&] { return m_teacher->classShare().server().followers() == 1 && seat().heard(); }));
    ASSERT_TRUE(together());
  }
  ClassSeat& seat() { return m_student->classSeat(); }
  QPushButton* button(const QString& text) {
    for (QPushButton* b : m_student->findChild<ClassLine*>()->findChildren<QPushButton*>())
      if (b->text() == text) return b;
    return nullptr;
  }
  bool together() {
    return waits([&] { return m_student->walk().position() == m_teacher->walk().position(); });
  }

  std::unique_ptr<MainWindow> m_teacher, m_student;
};

TEST_F(ClassTest, TheStudentsWindowFollowsWandersOffAndComesBack) {
  join();
  EXPECT_EQ(m_student->walk().journal().size(), m_teacher->walk().journal().size());
  for (int i = 0; i < 20; ++i) m_teacher->walk().stepInto();
  EXPECT_TRUE(together());
  EXPECT_TRUE(seat().following());

  m_student->walk().stepBackInto();
  EXPECT_FALSE(seat().following());
  const EventIndex own = m_student->walk().position();
  for (int i = 0; i < 20; ++i) m_teacher->walk().stepInto();
  EXPECT_TRUE(waits([&] { return seat().teacher().position == m_teacher->walk().position(); }));
  EXPECT_EQ(m_student->walk().position(), own);

  button("Back to the teacher")->click();
  EXPECT_TRUE(together());
  m_teacher->stage().show("objects");
  EXPECT_TRUE(waits([&] { return m_student->stage().current() == "objects"; }));
}

TEST_F(ClassTest, WhoSharesAgainIsShownTheAddressAndTheClassStays) {
  join();
  const QString before = address();
  EXPECT_TRUE(m_teacher->shareWalk({"127.0.0.1", 0}));
  EXPECT_EQ(address(), before);
  EXPECT_TRUE(m_teacher->banner().message().contains(before));
  EXPECT_TRUE(seat().seated());
}

TEST_F(ClassTest, TheRoomIsAskedAndCounted) {
  join();
  share::AskedQuestion question{1, "Which?", {"one", "two"}, -1, ""};
  m_teacher->classShare().ask(question);
  ASSERT_TRUE(waits([&] { return button("two") != nullptr; }));
  std::vector<int> taken;
  QObject::connect(&m_teacher->classShare(), &ClassShare::counted,
                   [&](const std::vector<int>& now, int) { taken = now; });
  button("two")->click();
  EXPECT_TRUE(waits([&] { return taken == std::vector<int>{0, 1}; }));
  question.right = 1;
  question.answer = "two";
  m_teacher->classShare().ask(question);
  EXPECT_TRUE(waits([&] { return !button("one")->isEnabled(); }));
}

// From the lesson itself, with no big screen.
TEST_F(ClassTest, ALessonsQuestionIsPutToTheClassBelowIt) {
  m_teacher->classShare().stop();
  m_teacher->show();
  auto* const line = m_teacher->findChild<RoomLine*>();
  ASSERT_TRUE(m_teacher->openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  auto* const panel = m_teacher->findChild<LessonPanel*>();
  ASSERT_TRUE(waits([&] { return !m_teacher->walk().recording(); }));
  panel->goTo(3); // NULL, tcp_sock #1 or inode #1
  EXPECT_FALSE(line->isVisible()) << "nobody can follow";
  ASSERT_TRUE(m_teacher->shareWalk({"127.0.0.1", 0}));
  join();
  EXPECT_TRUE(line->isVisible());
  const auto press = [&](const QString& text) {
    for (QPushButton* b : line->findChildren<QPushButton*>())
      if (b->text() == text && b->isVisible()) return b->click(), true;
    return false;
  };
  EXPECT_FALSE(press("Reveal to all"));
  ASSERT_TRUE(press("Ask the class"));
  ASSERT_TRUE(waits([&] { return button("NULL") != nullptr; }));
  button("NULL")->click();
  const auto says = [&](const QString& words) { return line->findChild<QLabel*>()->text().contains(words); };
  EXPECT_TRUE(waits([&] { return says("NULL 1"); })) << line->findChild<QLabel*>()->text().toStdString();
  ASSERT_TRUE(press("Reveal to all"));
  EXPECT_FALSE(panel->isOpen(0));
  EXPECT_TRUE(says("It is: NULL"));
  EXPECT_TRUE(waits([&] { return !button("NULL")->isEnabled(); }));
  panel->goTo(0);
  EXPECT_FALSE(line->asked());
  EXPECT_TRUE(waits([&] { return !seat().teacher().question; }));
}

TEST_F(ClassTest, TheTeacherEndsItAndTheWalkStays) {
  join();
  m_teacher->classShare().stop();
  EXPECT_TRUE(waits([&] { return !seat().seated(); }));
  EXPECT_TRUE(m_student->walk().isOpen());
  EXPECT_TRUE(m_student->banner().message().contains("ended the class"));
}

TEST_F(ClassTest, TheWalkIsAPage) {
  QTemporaryDir folder;
  for (const char* name : {"walk.html", "walk.zip"}) {
    EXPECT_TRUE(m_teacher->exportPage(folder.filePath(name)));
    EXPECT_GT(QFileInfo(folder.filePath(name)).size(), 10'000);
  }
  EXPECT_FALSE(m_teacher->exportPage(folder.filePath("no/such/folder.html")));
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), 2);
}

TEST_F(ClassTest, WhatIsWrongIsSaid) {
  EXPECT_FALSE(m_student->joinClass("nowhere"));
  EXPECT_TRUE(m_student->banner().message().contains("nowhere"));
  QString other = address();
  other.replace(QString::fromStdString(m_teacher->classShare().server().code()), "000000");
  ASSERT_TRUE(m_student->joinClass(other));
  EXPECT_TRUE(waits([&] { return m_student->banner().message().contains("000000"); }));
  m_teacher->classShare().stop();
  EXPECT_FALSE(m_teacher->shareWalk({"203.0.113.9", 0}));
  MainWindow empty;
  EXPECT_FALSE(empty.shareWalk({"127.0.0.1", 0}));
}

} // namespace
} // namespace sockwalk
