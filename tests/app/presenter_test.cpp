// Before a class: large type that goes away again, keys that walk, a blank screen, a pen, notes for the teacher.
#include "app/presenter/ink.h"
#include "app/presenter/presented_lesson.h"
#include "app/presenter/presenter_notes.h"
#include "app/presenter/presenter_window.h"
#include "app/presenter/room_question.h"
#include "app/stage.h"
#include "engine/tell/moments.h"
#include "tests/app/window_fixture.h"
#include "views/buffer/buffer_strip.h"
#include "views/buffer/buffer_view.h"
#include "views/buffer/bytes_pane.h"
#include "views/lesson/lesson_panel.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QAbstractItemView>
#include <QAction>
#include <QTest>

namespace sockwalk {
namespace {

class PresenterTest : public tests::OpenWindowTest {
protected:
  void SetUp() override {
    OpenWindowTest::SetUp();
    openSocketWalk();
    m_window->findChild<QAction*>("present")->trigger();
    settle();
    ASSERT_TRUE(presenter());
  }
  void TearDown() override {
    if (presenter()) press(Qt::Key_Escape);
    OpenWindowTest::TearDown();
  }
  void press(Qt::Key key) {
    QTest::keyClick(presenter(), key);
    settle();
  }
  PresenterWindow* presenter() { return m_window->presenter(); }
};

TEST_F(PresenterTest, ItIsReadFromTheBackRowAndGoesAsItCame) {
  EXPECT_FALSE(m_window->isVisible());
  EXPECT_GT(theme().typeScale(), 1.0);
  const double scale = theme().typeScale();
  press(Qt::Key_Plus);
  EXPECT_GT(theme().typeScale(), scale);
  press(Qt::Key_T);
  EXPECT_TRUE(theme().isDark());
  press(Qt::Key_Escape);
  EXPECT_FALSE(presenter());
  EXPECT_TRUE(m_window->isVisible());
  EXPECT_EQ(theme().typeScale(), 1.0);
  EXPECT_FALSE(theme().isDark());
}

TEST_F(PresenterTest, KeysWalkAndTheSentenceSaysWhatHappens) {
  for (const auto& [key, way] :
       {std::pair(Qt::Key_Right, 1), {Qt::Key_Right, 1}, {Qt::Key_Space, 1}, {Qt::Key_Left, -1}}) {
    const EventIndex before = walk().position();
    press(key);
    EXPECT_EQ(walk().position() > before, way > 0);
    EXPECT_EQ(presenter()->sentence(), shown(tell::event(walk().playhead(), walk().position() - 1)));
  }
}

TEST_F(PresenterTest, PageKeysGoFromStopToStop) {
  const auto stimulus = [&] { return walk().journal().stimulusAt(walk().position() - 1); };
  press(Qt::Key_End);
  const int last = stimulus();
  EXPECT_EQ(last, int(walk().journal().stimuli().size()) - 1);
  press(Qt::Key_PageUp);
  EXPECT_EQ(stimulus(), last - 1);
  press(Qt::Key_PageDown);
  EXPECT_EQ(stimulus(), last);
  press(Qt::Key_PageDown); // there is no further one
  EXPECT_EQ(stimulus(), last);
}

TEST_F(PresenterTest, NumbersChooseThePictureAndItMovesWithTheWalk) {
  press(Qt::Key_2);
  EXPECT_EQ(presenter()->view(), m_window->stage().names().value(1));
  const QImage before = presenter()->grab().toImage();
  for (int i = 0; i < 10; ++i) press(Qt::Key_Right);
  EXPECT_NE(presenter()->grab().toImage(), before);
  m_window->walk().seek(walk().position());
}

TEST_F(PresenterTest, ABlankScreenHidesAllAndAnyKeyBringsItBack) {
  const EventIndex before = walk().position();
  press(Qt::Key_B);
  EXPECT_TRUE(presenter()->blank());
  const QImage black = presenter()->grab().toImage();
  for (int x = 5; x < black.width(); x += 97)
    for (int y = 5; y < black.height(); y += 61) ASSERT_EQ(black.pixelColor(x, y), QColor(Qt::black));
  press(Qt::Key_Right);
  EXPECT_FALSE(presenter()->blank());
  EXPECT_EQ(walk().position(), before);
}

TEST_F(PresenterTest, ThePenDrawsUntilThePictureMoves) {
  Ink& ink = presenter()->ink();
  press(Qt::Key_P);
  const QImage clean = presenter()->grab().toImage();
  QTest::mousePress(&ink, Qt::LeftButton, {}, {200, 300});
  QTest::mouseMove(&ink, {400, 320});
  QMouseEvent drawn(QEvent::MouseMove, QPointF(400, 320), ink.mapToGlobal(QPointF(400, 320)), Qt::NoButton,
                    Qt::LeftButton, {});
  QApplication::sendEvent(&ink, &drawn);
  QTest::mouseRelease(&ink, Qt::LeftButton, {}, {400, 320});
  EXPECT_EQ(ink.lines(), 1);
  EXPECT_NE(presenter()->grab().toImage(), clean);
  press(Qt::Key_E);
  EXPECT_EQ(ink.lines(), 0);
  EXPECT_EQ(presenter()->grab().toImage(), clean);
}

TEST_F(PresenterTest, TheTeachersNotesKnowTheStopAndHearTheKeys) {
  press(Qt::Key_N);
  PresenterNotes* notes = presenter()->notes();
  ASSERT_TRUE(notes);
  const EventIndex before = walk().position();
  QTest::keyClick(notes, Qt::Key_Right);
  EXPECT_GT(walk().position(), before);
  QTest::keyClick(notes, Qt::Key_N);
  EXPECT_FALSE(presenter()->notes());
}

TEST_F(PresenterTest, ItNeverGrowsBeyondTheScreen) {
  for (const int key : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5, Qt::Key_6, Qt::Key_7}) {
    press(Qt::Key(key));
    EXPECT_LE(presenter()->minimumSizeHint().width(), 1280) << presenter()->view().toStdString();
    EXPECT_LE(presenter()->minimumSizeHint().height(), 720) << presenter()->view().toStdString();
  }
}

// A list of bytes is for one reader: before a class stands the picture alone.
TEST_F(PresenterTest, TheBufferIsThePictureAlone) {
  press(Qt::Key_Escape);
  tests::WindowTest::open(*m_window, SOCKWALK_SOURCE_DIR "/lessons/10-sk-buff/scenario.pkt");
  walk().toNextCall("udp_rcv");
  m_window->present();
  presenter()->setView("buffer");
  settle();
  const auto* const view = presenter()->findChild<BufferView*>();
  ASSERT_TRUE(view);
  for (int i = 0; i < 12; ++i) {
    walk().stepInto();
    settle();
    EXPECT_TRUE(view->strip()->isVisible());
    EXPECT_FALSE(view->bytesPane()->isVisible());
    for (const QAbstractItemView* list : view->findChildren<QAbstractItemView*>())
      EXPECT_FALSE(list->isVisible()) << list->accessibleName().toStdString();
  }
  press(Qt::Key_Escape);
  m_window->stage().show("buffer");
  settle();
  EXPECT_TRUE(m_window->findChild<BufferView*>()->bytesPane()->isVisible()) << "the reader's own has them";
}

// A lesson's stops, its words for the teacher, its question before the room: covered until Space reveals it.
TEST_F(PresenterTest, ALessonAsksTheRoomAndSpaceReveals) {
  press(Qt::Key_Escape);
  ASSERT_TRUE(m_window->openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  m_window->present();
  settle();
  auto* const panel = m_window->findChild<LessonPanel*>();
  ASSERT_EQ(panel->stop(), 0);
  int asked = 0;
  for (int stop = 0; stop < panel->stopCount(); ++stop) {
    if (stop) press(Qt::Key_PageDown);
    ASSERT_EQ(panel->stop(), stop);
    const auto questions = panel->lesson().stops[size_t(stop)].questions.size();
    EXPECT_EQ(presenter()->question().open(), questions > 0) << stop;
    for (size_t q = 0; q < questions; ++q) {
      if (q) press(Qt::Key_Space); // the next question
      ASSERT_TRUE(presenter()->question().open());
      press(Qt::Key_Space); // reveals
      EXPECT_FALSE(presenter()->question().open());
      EXPECT_FALSE(panel->isOpen(int(q)));
      ++asked;
    }
  }
  EXPECT_GT(asked, 4);
  press(Qt::Key_N);
  ASSERT_TRUE(presenter()->notes());
}

TEST(RoomQuestions, CountsAreShownOnlyWhenSomebodyFollows) {
  RoomQuestion question;
  question.resize(900, 90);
  question.ask(PresentedQuestion{.id = 1, .text = "How long is it?", .choices = {"5", "13", "33"}});
  EXPECT_TRUE(question.open());
  const QImage alone = question.grab().toImage();
  question.count({21, 4, 2}, 27);
  const QImage counted = question.grab().toImage();
  EXPECT_NE(counted, alone);
  question.ask(
      PresentedQuestion{.id = 1, .text = "How long is it?", .choices = {"5", "13", "33"}, .right = 1, .answer = "13"});
  EXPECT_FALSE(question.open());
  EXPECT_NE(question.grab().toImage(), counted);
  question.ask(std::nullopt);
  EXPECT_EQ(question.sizeHint().height(), 0);
}

// Nothing is cut off: a long question takes lines, long choices take columns and lines.
TEST(RoomQuestions, TakeTheRoomThatTheirWordsNeed) {
  RoomQuestion question;
  const auto height = [&](const PresentedQuestion& asked) {
    question.ask(asked);
    return question.heightForWidth(900);
  };
  const QString words = QString("What has been written here, and by whom? ").repeated(4);
  const int plain = height({.text = "How long?", .choices = {"5", "13", "33"}});
  EXPECT_GT(height({.text = words, .choices = {"5", "13", "33"}}), plain);
  const int two = height({.text = "How long?", .choices = {words.left(60), words.left(60), words.left(60)}});
  EXPECT_GT(two, plain);
  EXPECT_GT(height({.text = "How long?", .choices = {words, words, words}}), two);
  const int number = height({.text = "How long?"});
  EXPECT_GT(height({.text = "In which order?", .items = words.split(' ', Qt::SkipEmptyParts)}), number);
  PresentedQuestion lab{.text = "Lab: lose one segment"};
  lab.task = true;
  EXPECT_LT(height(lab), number) << "it waits for no answer";
  EXPECT_FALSE(question.open());
}

// What is put in order or matched stands before the class, too; a lab's task comes behind the questions.
TEST_F(PresenterTest, ItemsAndTasksStandBeforeTheClass) {
  press(Qt::Key_Escape);
  ASSERT_TRUE(m_window->openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  PresentedLesson presented(*m_window->findChild<LessonPanel*>(), walk(), nullptr);
  int orders = 0, pairs = 0, labs = 0;
  for (int stop = 0; stop < presented.stops().size(); ++stop) {
    presented.goTo(stop);
    do {
      const auto question = presented.question();
      if (!question) break;
      orders += int(!question->items.isEmpty() && question->values.isEmpty());
      pairs += int(!question->values.isEmpty());
      labs += int(question->task);
      EXPECT_TRUE(question->answer.isEmpty() || !question->task);
    } while (presented.reveal());
  }
  EXPECT_GT(orders, 0);
  EXPECT_GT(pairs, 0);
  EXPECT_EQ(labs, 1);
}

TEST(ClockText, CountsMinutesThenHours) {
  EXPECT_EQ(clockText(760'000), "12:40");
  EXPECT_EQ(clockText(0), "00:00");
  EXPECT_EQ(clockText(3'723'000), "1:02:03");
}

} // namespace
} // namespace sockwalk
