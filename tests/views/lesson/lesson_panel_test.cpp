// The panel of words: it stands where tell says the stops of a lesson are, and lists the calls that tell lists.
#include "engine/tell/lessons/lesson_places.h"
#include "tests/support/walks.h"
#include "views/lesson/call_list.h"
#include "views/lesson/lab_card.h"
#include "views/lesson/lesson_end.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/question_card.h"
#include "views/lesson/wrapped_choice.h"
#include <QApplication>
#include <QComboBox>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QTextBrowser>

using namespace sockwalk;

namespace {

TEST(LessonPanel, GoesFromStopToStopWhereTellSaysTheyAre) {
  int lessons = 0;
  for (const std::string& file : tests::filesBelow(SOCKWALK_SOURCE_DIR "/lessons", "lesson.md")) {
    SCOPED_TRACE(file);
    Walk walk;
    LessonPanel panel(walk);
    const auto opened = panel.openLesson(QString::fromStdString(file));
    ASSERT_TRUE(opened) << opened.error().message;
    const auto lesson = tell::readLesson(file);
    const auto stops = tell::stopPlaces(walk.session(), *lesson);
    ASSERT_EQ(panel.stopCount(), int(stops.size()));
    for (const tell::StopPlace& stop : stops) {
      EXPECT_EQ(walk.position(), stop.position) << stop.missing;
      panel.next();
    }
    EXPECT_TRUE(panel.findChild<LessonEnd*>()->isVisibleTo(&panel));
    ++lessons;
  }
  EXPECT_GE(lessons, 6);
}

// A tall list of packets below leaves little room for words: then text and question scroll as one page, and neither is
// squeezed.
TEST(LessonPanel, TextAndQuestionScrollTogetherWhereThereIsNoRoomForBoth) {
  Walk walk;
  LessonPanel panel(walk);
  panel.show();
  ASSERT_TRUE(panel.openLesson(SOCKWALK_SOURCE_DIR "/lessons/37-a-capture-relived/lesson.md"));
  auto* const page = panel.findChild<QScrollArea*>("stop");
  auto* const text = panel.findChild<QTextBrowser*>();
  auto* const card = panel.findChild<QuestionCard*>();
  ASSERT_TRUE(page && text && card);
  const auto sized = [&](int height, int width = 280) {
    panel.resize(width, height);
    for (int i = 0; i < 5; ++i) QApplication::processEvents();
    EXPECT_GE(card->height(), card->heightForWidth(card->width())) << height;
    return page->verticalScrollBar()->maximum();
  };
  int height = 900;
  while (height > 60 && (sized(height) || !text->verticalScrollBar()->maximum())) height -= 10;
  const int above = height;
  EXPECT_GT(above, 400) << "it scrolls above its question";
  while (height > 60 && !sized(height)) height -= 20;
  EXPECT_GT(sized(height), 0) << panel.height();
  EXPECT_EQ(text->verticalScrollBar()->maximum(), 0) << "all of it is on the page";
  EXPECT_EQ(sized(above), 0);
}

// ---- a question

void settle() {
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // questions of stops that were left
  for (int i = 0; i < 5; ++i) QApplication::processEvents();
}

// Where both scroll together, what is asked stands right below its text, with a line to spare.
TEST(LessonPanel, NothingButALineLiesBetweenATextAndItsQuestion) {
  Walk walk;
  LessonPanel panel(walk);
  panel.resize(248, 500);
  panel.show();
  auto* const page = panel.findChild<QScrollArea*>("stop");
  auto* const text = panel.findChild<QTextBrowser*>();
  int scrolled = 0;
  for (const char* lesson : {"01-map-of-the-stack", "03-socket", "16-neighbours", "28-loss"}) {
    const std::string file = SOCKWALK_SOURCE_DIR "/lessons/" + std::string(lesson) + "/lesson.md";
    ASSERT_TRUE(panel.openLesson(QString::fromStdString(file)));
    for (int stop = 0; stop < panel.stopCount(); ++stop) {
      panel.goTo(stop);
      settle();
      if (page->verticalScrollBar()->maximum() == 0) continue;
      ++scrolled;
      const double spare = text->height() - text->document()->size().height();
      EXPECT_LE(spare, 2 * text->fontMetrics().lineSpacing()) << file << ", stop " << stop + 1;
    }
  }
  EXPECT_GE(scrolled, 4);
}

// Two pixels are nothing to a pointer.
void expectUnmoved(const std::vector<QPoint>& before, const std::vector<QPoint>& now, int stop) {
  ASSERT_EQ(now.size(), before.size());
  for (size_t i = 0; i < now.size(); ++i)
    EXPECT_LE((now[i] - before[i]).manhattanLength(), 2) << "stop " << stop + 1 << ", button " << i;
}

// Whatever the engine says to an answer, what may be pressed next stays under the pointer.
TEST(LessonPanel, AVerdictMovesNothingThatMayBePressed) {
  for (const std::string& file : tests::filesBelow(SOCKWALK_SOURCE_DIR "/lessons", "lesson.md")) {
    SCOPED_TRACE(file);
    Walk walk;
    LessonPanel panel(walk);
    panel.resize(252, 560);
    panel.show();
    ASSERT_TRUE(panel.openLesson(QString::fromStdString(file)));
    for (int stop = 0; stop < panel.stopCount(); ++stop) {
      panel.goTo(stop);
      settle();
      const auto places = [&] {
        std::vector<QPoint> all;
        for (const QAbstractButton* b : panel.findChildren<QAbstractButton*>())
          if (b->isVisible() &&
              b->objectName() != "questionBelow") // which leads to a question, and is gone where it is seen
            all.push_back(b->mapTo(&panel, QPoint()));
        return all;
      };
      const auto before = places();
      for (QuestionCard* card : panel.findChildren<QuestionCard*>())
        for (const bool right : {false, true}) {
          QPointer<QuestionCard> alive(card);
          emit card->given({right ? "yes" : "no"});
          settle();
          card->showVerdict(right); // the longest that there is
          settle();
          expectUnmoved(before, places(), stop);
        }
    }
  }
}

// Where text and questions have no room for both.
class LessonInLittleRoom : public testing::Test {
protected:
  void SetUp() override {
    panel.resize(216, 500);
    panel.show();
    ASSERT_TRUE(panel.openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  }
  Walk walk;
  LessonPanel panel{walk};
};

TEST_F(LessonInLittleRoom, TheWheelScrollsAndAnswersNothing) {
  int boxes = 0;
  for (int stop = 0; stop < panel.stopCount(); ++stop) {
    panel.goTo(stop);
    settle();
    for (QComboBox* box : panel.findChildren<QComboBox*>()) {
      const int before = box->currentIndex();
      QWheelEvent down(QPointF(5, 5), box->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, {},
                       Qt::NoScrollPhase, false);
      QApplication::sendEvent(box, &down);
      EXPECT_EQ(box->currentIndex(), before);
      EXPECT_FALSE(down.isAccepted()) << "it is for the page";
      ++boxes;
    }
  }
  EXPECT_GT(boxes, 0);
}

// The bar beside the text makes it longer, and so does a choice that goes on in another line: wherever the text just fits,
// the panel comes to rest.
TEST_F(LessonInLittleRoom, ComesToRestAtEveryHeight) {
  auto* const page = panel.findChild<QScrollArea*>("stop");
  auto* const text = panel.findChild<QTextBrowser*>();
  ASSERT_TRUE(page && text);
  int together = 0, apart = 0;
  for (int stop = 0; stop < panel.stopCount(); stop += 2) {
    panel.goTo(stop);
    for (int height = 300; height < 900; height += 4) {
      panel.resize(216, height);
      settle();
      const bool scrolls = text->verticalScrollBarPolicy() == Qt::ScrollBarAlwaysOff;
      (scrolls ? together : apart) += 1;
      if (scrolls) EXPECT_EQ(text->verticalScrollBar()->maximum(), 0) << stop << " at " << height;
      else EXPECT_EQ(page->verticalScrollBar()->maximum(), 0) << stop << " at " << height;
    }
  }
  EXPECT_GT(together, 0);
  EXPECT_GT(apart, 0);
}

TEST_F(LessonInLittleRoom, ALongChoiceGoesOnInAnotherLine) {
  WrappedChoice choice("a_function_with_a_name_that_is_longer_than_the_panel_is_wide", &panel);
  EXPECT_LT(choice.minimumSizeHint().width(), 100);
  EXPECT_GT(choice.heightForWidth(160), choice.heightForWidth(1000));
  EXPECT_EQ(choice.heightForWidth(1000), choice.sizeHint().height());
}

// Where a question or a lab stands below what is seen, something says so and leads there.
TEST_F(LessonInLittleRoom, WhatIsBelowIsAnnounced) {
  auto* const page = panel.findChild<QScrollArea*>("stop");
  auto* const below = panel.findChild<QAbstractButton*>("questionBelow");
  ASSERT_TRUE(page && below);
  std::map<QString, int> announced;
  for (int stop = 0; stop < panel.stopCount(); ++stop) {
    panel.goTo(stop);
    settle();
    const auto unseen = [&] {
      return std::ranges::count_if(page->findChildren<QFrame*>(), [&](const QFrame* card) {
        const bool isCard = qobject_cast<const QuestionCard*>(card) || qobject_cast<const LabCard*>(card);
        return isCard && card->mapTo(page->viewport(), QPoint()).y() + 60 >= page->viewport()->height();
      });
    };
    for (auto left = unseen(); left; left = unseen()) {
      ASSERT_TRUE(below->isVisible()) << stop;
      ++announced[below->text()];
      below->click();
      settle();
      ASSERT_LT(unseen(), left) << stop;
    }
    EXPECT_FALSE(below->isVisible()) << stop;
  }
  EXPECT_GT(announced["Predict ↓"], 0);
  EXPECT_GT(announced["Lab ↓"], 0);
}

// ---- at the end

struct EndOfALesson : ::testing::Test {
  Walk walk;
  LessonPanel panel{walk};
  LessonEnd* end = panel.findChild<LessonEnd*>();
  QString wanted;
  void SetUp() override {
    panel.resize(280, 620);
    panel.show();
    QObject::connect(&panel, &LessonPanel::lessonWanted, [this](const QString& file) { wanted = file; });
    ASSERT_TRUE(panel.openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  }
  void finish() {
    while (!end->isVisible()) panel.next();
    settle();
  }
  QPushButton* button(const char* text) {
    for (QPushButton* b : end->findChildren<QPushButton*>())
      if (b->text().contains(text) && b->isVisible()) return b;
    return nullptr;
  }
};

TEST_F(EndOfALesson, SaysHowManyWereRightAtOnce) {
  auto* const card = panel.findChild<QuestionCard*>();
  emit card->given({"7"});
  emit card->given({"3"}); // right, but not at once
  finish();
  EXPECT_TRUE(end->score().contains("you answered 0 right at once")) << end->score().toStdString();
  QTest::mouseClick(button("once more"), Qt::LeftButton);
  EXPECT_EQ(panel.stop(), 0);
  EXPECT_FALSE(end->isVisible());
  ASSERT_TRUE(panel.openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  settle();
  emit panel.findChild<QuestionCard*>()->given({"3"});
  finish();
  EXPECT_TRUE(end->score().contains("you answered 1 right at once")) << end->score().toStdString();
}

// So that results can be kept.
TEST_F(EndOfALesson, EachTryIsTold) {
  QStringList told;
  QObject::connect(&panel, &LessonPanel::answered,
                   [&](const QString& file, const QString& id, const LessonPanel::Answered& a) {
                     EXPECT_TRUE(file.endsWith("03-socket/lesson.md"));
                     told << QStringLiteral("%1 %2 %3 %4").arg(id).arg(a.tries).arg(a.right).arg(a.points);
                   });
  emit panel.findChild<QuestionCard*>()->given({"7"});
  emit panel.findChild<QuestionCard*>()->given({"3"});
  panel.next();
  settle();
  emit panel.findChild<QuestionCard*>()->revealed();
  EXPECT_EQ(told, (QStringList{"descriptor 1 0 0", "descriptor 2 1 1", "order 0 0 0"}));
}

TEST_F(EndOfALesson, LeadsOn) {
  finish();
  ASSERT_TRUE(button("Next lesson"));
  EXPECT_TRUE(button("Next lesson")->hasFocus());
  QTest::keyClick(button("Next lesson"), Qt::Key_Space);
  EXPECT_TRUE(wanted.endsWith("04-boot/lesson.md")) << wanted.toStdString();
  QTest::mouseClick(button("last stop"), Qt::LeftButton);
  EXPECT_EQ(panel.stop(), panel.stopCount() - 1);
  finish();
  bool welcome = false;
  QObject::connect(&panel, &LessonPanel::welcomeWanted, [&] { welcome = true; });
  QTest::mouseClick(button("welcome page"), Qt::LeftButton);
  EXPECT_TRUE(welcome);
  QTest::mouseClick(button("stay in the walk"), Qt::LeftButton);
  EXPECT_FALSE(panel.inLesson());
  EXPECT_TRUE(walk.isOpen());
}

TEST(CallList, ListsWhatIsToldOfAStimulus) {
  Walk walk;
  CallList list(walk);
  walk.open(tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"));
  walk.toEnd();
  list.follow();
  const Journal& j = walk.journal();
  const auto told = tell::callsOf(j, int(j.stimuli().size()) - 1, CallList::MaxRows);
  ASSERT_EQ(list.rowCount(), int(told.size()));
  ASSERT_GT(told.size(), 20u);
  for (int row = 0; row < list.rowCount(); ++row) {
    const tell::ListedCall& call = told[size_t(row)];
    EXPECT_EQ(list.index(row).data().toString().toStdString(), j.function(j[call.call]).name);
    EXPECT_EQ(list.index(row).data(CallList::DepthRole).toInt(), call.depth);
    EXPECT_EQ(list.index(row).data(CallList::PositionRole).toUInt(), call.call + 1);
  }
}

} // namespace
