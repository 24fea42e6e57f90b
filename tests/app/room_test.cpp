// Room: what a person sees at once, counted in the real window. LOOK.md's figures at 1280x800, and what is left of them in
// a smaller window and with larger type.
#include "app/dock_room.h"
#include "app/edits.h"
#include "app/perspectives.h"
#include "app/stage.h"
#include "app/window_language.h"
#include "tests/app/room_fixture.h"
#include "views/buffer/buffer_strip.h"
#include "views/buffer/buffer_view.h"
#include "views/lesson/question_card.h"
#include "views/source/source_view.h"
#include "views/structure/structure_delegate.h"
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTextBrowser>
#include <QtMath>
#include <QToolButton>

namespace sockwalk {
namespace {

using tests::Capture, tests::Lesson, tests::RoomTest;

TEST_F(RoomTest, At1280By800EverythingIsReadAtOnce) {
  begin({1280, 800}, Lesson);
  toCall("inet_create");
  for (const char* name : {"lesson", "structure", "source", "walk"}) EXPECT_FALSE(dock(name).isFolded()) << name;
  EXPECT_GE(window().stage().width(), 560);
  EXPECT_GE(window().stage().height(), 420);
  EXPECT_GE(memberRows(), 10);
  EXPECT_EQ(cutName(), "");
  chooseMember();
  EXPECT_GE(memberRows(), 10) << "beside the history";
  EXPECT_GE(writesRows(), 3);
  EXPECT_GE(codeLines(), 10);
  EXPECT_GE(codeColumns(), 70);
}

// Where both do not fit, with a question of many parts, they scroll together and the text is whole.
class LessonRoom : public RoomTest, public testing::WithParamInterface<LanguageChoice> {
protected:
  void TearDown() override {
    RoomTest::TearDown();
    WindowLanguage::instance().setChoice(LanguageChoice::English);
  }
};
INSTANTIATE_TEST_SUITE_P(InBoth, LessonRoom, testing::Values(LanguageChoice::English, LanguageChoice::Chinese));

TEST_P(LessonRoom, ALessonKeepsTwelveLinesAndItsQuestionInSight) {
  WindowLanguage::instance().setChoice(GetParam());
  begin({1280, 800}, Lesson);
  auto& panel = view<LessonPanel>();
  int asked = 0, scrolled = 0;
  for (int stop = 0; stop < panel.stopCount(); ++stop) {
    panel.goTo(stop);
    rest();
    const auto* const page = panel.findChild<QScrollArea*>("stop");
    const auto& text = *panel.findChild<QTextBrowser*>();
    const bool whole = text.viewport()->height() >= qCeil(text.document()->size().height());
    EXPECT_TRUE(whole || lessonLines() >= 12) << "stop " << stop + 1 << ", " << lessonLines();
    const bool scrolls = page->verticalScrollBar()->maximum() > 0;
    EXPECT_TRUE(!scrolls || whole) << "stop " << stop + 1 << ": there are two things to scroll";
    scrolled += scrolls;
    for (const QuestionCard* card : panel.findChildren<QuestionCard*>()) {
      if (!card->isVisible()) continue;
      ++asked;
      EXPECT_GE(card->height(), card->heightForWidth(card->width())) << "stop " << stop + 1;
      EXPECT_LT(text.geometry().bottom(), card->geometry().top()) << "stop " << stop + 1;
      EXPECT_LE(card->height(), page->viewport()->height()) << "stop " << stop + 1;
      EXPECT_TRUE(scrolls ||
                  page->viewport()->rect().contains(QRect(card->mapTo(page->viewport(), QPoint()), card->size())));
    }
  }
  EXPECT_GE(asked, 4);
  EXPECT_LE(scrolled, GetParam() == LanguageChoice::Chinese ? 6 : 4) << "of 14";
}

TEST_F(RoomTest, AnAnswerMovesNoChoice) {
  begin({1280, 800}, Lesson);
  auto& panel = view<LessonPanel>();
  int answered = 0;
  for (int stop = 0; stop < panel.stopCount(); ++stop) {
    panel.goTo(stop);
    rest();
    QList<QRadioButton*> choices;
    for (QRadioButton* choice : panel.findChildren<QRadioButton*>())
      if (choice->isVisible()) choices << choice;
    if (choices.isEmpty()) continue;
    const auto places = [&] {
      rest();
      QList<QPoint> all;
      for (const QRadioButton* choice : choices) all << choice->mapTo(&panel, QPoint());
      return all;
    };
    const QList<QPoint> before = places();
    for (QRadioButton* choice : choices) {
      QTest::mouseClick(choice, Qt::LeftButton);
      EXPECT_EQ(places(), before) << stop << choice->text().toStdString();
      ++answered;
    }
  }
  EXPECT_GE(answered, 6);
}

TEST_F(RoomTest, TheBufferIsWholeWhilePacketsIsOpen) {
  begin({1280, 800}, Capture);
  toCall("udp_rcv");
  window().showView("buffer");
  rest();
  ASSERT_TRUE(window().view("packets")->isVisible());
  EXPECT_GE(window().stage().width(), 560);
  EXPECT_GE(window().stage().height(), 420);
  const auto& strip = view<BufferStrip>();
  EXPECT_GE(strip.height(), strip.sizeHint().height());
  const QWidget& buffer = *window().view("buffer");
  EXPECT_TRUE(buffer.rect().contains(QRect(strip.mapTo(&buffer, QPoint()), strip.size())));
  EXPECT_LE(buffer.minimumSizeHint().height(), buffer.height());
}

// What a capture says of itself stands above the stage: it takes its room from the list below.
TEST_F(RoomTest, AMessageAboveLeavesTheBufferWhole) {
  begin({1280, 800}, SOCKWALK_SOURCE_DIR "/assets/captures/refused-port.pcapng");
  ASSERT_TRUE(window().banner().isVisible());
  toCall("tcp_v4_rcv");
  window().showView("buffer");
  rest();
  EXPECT_LE(window().banner().height(), 60);
  EXPECT_GE(window().stage().height(), 410);
  const QWidget& buffer = *window().view("buffer");
  EXPECT_LE(buffer.minimumSizeHint().height(), buffer.height());
  auto* const more = window().banner().findChild<QPushButton*>();
  ASSERT_TRUE(more->isVisible());
  QTest::mouseClick(more, Qt::LeftButton);
  rest();
  EXPECT_FALSE(more->isVisible());
  EXPECT_GE(window().stage().height(), 400);
}

// A dock over another: a tab for each, none of them behind an arrow.
TEST_F(RoomTest, DocksShareAPlaceByTabs) {
  begin({1280, 800}, Lesson);
  window().tabifyDockWidget(&dock("structure"), &dock("source"));
  rest();
  QTabBar* shared = nullptr;
  for (QTabBar* tabs : window().findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
    if (tabs->isVisible()) shared = tabs;
  ASSERT_TRUE(shared);
  ASSERT_EQ(shared->count(), 2);
  EXPECT_FALSE(shared->usesScrollButtons());
  EXPECT_GT(dock("source").height(), 600) << "each has the whole place";
  for (int tab : {0, 1}) {
    QTest::mouseClick(shared, Qt::LeftButton, {}, shared->tabRect(tab).center());
    rest();
    EXPECT_EQ(window().view(tab ? "source" : "structure")->visibleRegion().isEmpty(), false);
    EXPECT_EQ(window().view(tab ? "structure" : "source")->visibleRegion().isEmpty(), true);
  }
  const QString state = window().layoutState();
  window().resetLayout();
  rest();
  EXPECT_FALSE(shared->isVisible());
  window().restoreLayout(state);
  rest();
  EXPECT_EQ(window().tabifiedDockWidgets(&dock("source")).size(), 1);
}

TEST_F(RoomTest, At1024By768ItIsLessButReadable) {
  begin({1024, 768}, Lesson);
  toCall("inet_create");
  chooseMember();
  EXPECT_GE(window().stage().width(), 420);
  EXPECT_GE(window().stage().height(), 420);
  EXPECT_GE(memberRows(), 10);
  EXPECT_EQ(cutName(), "");
  EXPECT_GE(writesRows(), 3);
  EXPECT_GE(codeLines(), 10);
  EXPECT_GE(lessonLines(), 8);
}

TEST_F(RoomTest, WithTypeAQuarterLarger) {
  begin({1280, 800}, Lesson, 1.25);
  toCall("inet_create");
  chooseMember();
  EXPECT_GE(window().stage().width(), 480);
  EXPECT_GE(window().stage().height(), 400);
  EXPECT_GE(memberRows(), 8);
  EXPECT_EQ(cutName(), "");
  EXPECT_GE(writesRows(), 3);
  EXPECT_GE(codeLines(), 8);
  EXPECT_GE(lessonLines(), 5);
  EXPECT_EQ(view<LessonPanel>().findChild<QScrollArea*>("stop")->verticalScrollBar()->maximum(), 0)
      << "the question is in sight";
}

TEST_F(RoomTest, EveryTabIsReachedHoweverNarrow) {
  begin({1280, 800}, Lesson);
  window().stage().setSplit(true);
  rest();
  for (QTabBar* tabs : window().findChildren<QTabBar*>()) {
    if (!tabs->isVisible()) continue;
    for (const QToolButton* arrow : tabs->findChildren<QToolButton*>()) EXPECT_FALSE(arrow->isVisible());
    for (int tab = 0; tab < tabs->count(); ++tab)
      if (tabs->isTabVisible(tab)) {
        EXPECT_TRUE(tabs->rect().contains(tabs->tabRect(tab))) << tabs->tabText(tab).toStdString();
        EXPECT_GT(tabs->tabRect(tab).width(), tabs->fontMetrics().horizontalAdvance(tabs->tabText(tab)) + 8);
        EXPECT_LE(tabs->mapTo(tabs->parentWidget(), tabs->tabRect(tab).topRight()).x(), tabs->parentWidget()->width());
      }
  }
}

// ---- layouts for a use each

TEST_F(RoomTest, APerspectiveIsKeptAsThePersonHasLeftIt) {
  begin({1280, 800}, Lesson);
  Perspectives& layouts = window().perspectives();
  QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
  rest();
  EXPECT_EQ(layouts.current(), "packets");
  EXPECT_TRUE(window().view("packets")->isVisible());
  EXPECT_TRUE(dock("source").isFolded());
  dock("structure").toggleViewAction()->trigger();
  rest();
  layouts.go("walk");
  rest();
  EXPECT_TRUE(dock("structure").isVisible());
  EXPECT_FALSE(dock("source").isFolded());
  EXPECT_FALSE(window().view("packets")->isVisible());
  layouts.go("packets");
  rest();
  EXPECT_FALSE(dock("structure").isVisible()) << "as it was left";
  EXPECT_TRUE(window().view("packets")->isVisible());
  window().resetLayout();
  rest();
  EXPECT_TRUE(dock("structure").isVisible());
  EXPECT_EQ(layouts.current(), "packets");
}

TEST_F(RoomTest, EveryPerspectiveFits) {
  begin({1280, 800}, Lesson);
  for (const QString& id : Perspectives::ids()) {
    window().perspectives().go(id);
    rest();
    EXPECT_EQ(window().size(), QSize(1280, 800)) << id.toStdString();
    EXPECT_GE(window().stage().height(), 400) << id.toStdString();
    EXPECT_GE(window().stage().width(), 480) << id.toStdString();
  }
  EXPECT_GT(theme().typeScale(), 1.3) << "a class";
  EXPECT_FALSE(dock("structure").isVisible());
  EXPECT_TRUE(dock("lesson").isVisible());
  window().perspectives().go("walk");
  EXPECT_EQ(theme().typeScale(), 1);
}

// ---- taking it back

TEST_F(RoomTest, ALayoutIsTakenBack) {
  begin({1280, 800}, Lesson);
  dock("source").titleBarWidget()->findChild<QAbstractButton*>()->click();
  rest();
  ASSERT_TRUE(dock("source").isFolded());
  dock("walk").toggleViewAction()->trigger();
  rest();
  ASSERT_FALSE(dock("walk").isVisible());
  window().goToView("call-path");
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
  rest();
  EXPECT_TRUE(dock("walk").isVisible());
  EXPECT_TRUE(dock("source").isFolded());
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
  rest();
  EXPECT_FALSE(dock("source").isFolded());
  EXPECT_FALSE(window().edits().stack().canUndo());
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  rest();
  EXPECT_TRUE(dock("source").isFolded());
}

TEST_F(RoomTest, AWindowThatGrowsIsNoEdit) {
  begin({1280, 800}, Lesson);
  window().resize(1500, 900);
  rest();
  window().showView("buffer");
  window().showView("packets");
  rest();
  EXPECT_FALSE(window().edits().stack().canUndo());
}

} // namespace
} // namespace sockwalk
