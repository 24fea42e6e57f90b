// The panel of words: it stands where tell says the stops of a lesson are, and lists the calls that tell lists.
#include "engine/tell/lessons/lesson_places.h"
#include "tests/support/walks.h"
#include "views/lesson/call_list.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/question_card.h"
#include <QApplication>
#include <QScrollArea>
#include <QScrollBar>
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
    EXPECT_FALSE(panel.inLesson());
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
  ASSERT_TRUE(panel.openLesson(SOCKWALK_SOURCE_DIR "/lessons/06-a-capture-relived/lesson.md"));
  auto* const page = panel.findChild<QScrollArea*>();
  auto* const text = panel.findChild<QTextBrowser*>();
  auto* const card = panel.findChild<QuestionCard*>();
  ASSERT_TRUE(page && text && card);
  const auto sized = [&](int height) {
    panel.resize(280, height);
    for (int i = 0; i < 5; ++i) QApplication::processEvents();
    EXPECT_GE(card->height(), card->heightForWidth(card->width())) << height;
    return page->verticalScrollBar()->maximum();
  };
  EXPECT_EQ(sized(440), 0);
  EXPECT_GT(text->verticalScrollBar()->maximum(), 0) << "it scrolls above its question";
  EXPECT_GT(sized(280), 0);
  EXPECT_EQ(text->verticalScrollBar()->maximum(), 0) << "all of it is on the page";
  EXPECT_EQ(sized(440), 0);
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
