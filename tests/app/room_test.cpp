// Room: what a person sees at once, counted in the real window. LOOK.md's figures at 1280x800, and what is left of them in
// a smaller window and with larger type.
#include "app/card_dock.h"
#include "app/dock_room.h"
#include "app/edits.h"
#include "app/perspectives.h"
#include "app/stage.h"
#include "tests/app/window_fixture.h"
#include "views/buffer/buffer_strip.h"
#include "views/buffer/buffer_view.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/question_card.h"
#include "views/source/code_pane.h"
#include "views/source/source_view.h"
#include "views/structure/history_pane.h"
#include "views/structure/structure_delegate.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_view.h"
#include "views/theme/theme.h"
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>

namespace sockwalk {
namespace {

using tests::WindowTest;

class RoomTest : public WindowTest {
protected:
  void begin(QSize size, const QString& file, double type = 1) {
    ThemeHub::instance().setTypeScale(type);
    m_window = std::make_unique<MainWindow>();
    m_window->resize(size);
    m_window->show();
    m_window->resetLayout();
    if (file.contains(".pcap")) ASSERT_TRUE(m_window->openPath(file, QString())); // without asking for the host
    else open(*m_window, file);
    while (m_window->walk().recording()) QApplication::processEvents();
    rest();
    ASSERT_EQ(m_window->size(), size) << "no part asks for more than the window has";
  }
  void TearDown() override {
    m_window.reset();
    ThemeHub::instance().setTypeScale(1);
  }
  static void rest() {
    for (int i = 0; i < 5; ++i) QApplication::processEvents();
  }
  MainWindow& window() { return *m_window; }
  CardDock& dock(const char* name) { return *m_window->findChild<CardDock*>(name); }
  template <class V> V& view() { return *m_window->findChild<V*>(); }
  void toCall(const char* function) {
    window().walk().toNextCall(function);
    ASSERT_EQ(window().walk().playhead().source().function, function);
    rest();
  }
  void chooseMember() { // as a click does
    QTreeView& tree = *view<StructureView>().tree();
    for (QModelIndex i = tree.indexAt({10, 1}); i.isValid(); i = tree.indexBelow(i)) {
      const bool member = i.data(StructureModel::KindRole).toInt() == int(StructureModel::Kind::Member);
      if (!member || tree.model()->hasChildren(i)) continue;
      const QRect name = tree.visualRect(i.siblingAtColumn(StructureModel::MemberColumn));
      QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, name.center());
      return rest();
    }
    FAIL() << "no member";
  }
  // Rows that are seen whole.
  static int rowsSeen(const QAbstractItemView& list, int rowHeight) { return list.viewport()->height() / rowHeight; }
  int memberRows() {
    QTreeView& tree = *view<StructureView>().tree();
    int rows = 0;
    for (QModelIndex i = tree.indexAt({10, 1}); i.isValid() && tree.visualRect(i).bottom() < tree.viewport()->height();
         i = tree.indexBelow(i))
      ++rows;
    return rows;
  }
  // "" or the first name that is cut.
  QString cutName() {
    QTreeView& tree = *view<StructureView>().tree();
    for (QModelIndex i = tree.indexAt({10, 1}); i.isValid(); i = tree.indexBelow(i)) {
      if (i.data(StructureModel::KindRole).toInt() != int(StructureModel::Kind::Member)) continue;
      const QModelIndex name = i.siblingAtColumn(StructureModel::MemberColumn);
      const double wide = QFontMetricsF(theme().mono(11.5)).horizontalAdvance(name.data().toString());
      if (wide > tree.visualRect(name).width() - 7) return name.data().toString();
    }
    return {};
  }
  int writesRows() {
    auto* const writes = view<HistoryPane>().findChild<QListView*>();
    return writes->isVisible() ? rowsSeen(*writes, writes->itemDelegate()->sizeHint({}, {}).height()) : 0;
  }
  int codeLines() {
    auto& code = view<CodePane>();
    return code.viewport()->height() / code.fontMetrics().lineSpacing();
  }
  int codeColumns() {
    auto& code = view<CodePane>();
    const double wide = QFontMetricsF(code.font()).horizontalAdvance(QString(70, 'x')) / 70;
    return int((code.viewport()->width() - 4) / wide);
  }
  double lessonLines() {
    const auto& text = *view<LessonPanel>().findChild<QTextBrowser*>();
    const QTextBlock first = text.document()->begin();
    const double line = first.layout()->boundingRect().height() / first.layout()->lineCount();
    return text.viewport()->height() / line;
  }
  std::unique_ptr<MainWindow> m_window;
};

const QString Lesson = SOCKWALK_SOURCE_DIR "/lessons/01-socket/lesson.md";
const QString Capture = SOCKWALK_SOURCE_DIR "/assets/captures/hello-udp.pcap";

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

TEST_F(RoomTest, ALessonKeepsTwelveLinesAndItsQuestionInSight) {
  begin({1280, 800}, Lesson);
  auto& panel = view<LessonPanel>();
  int asked = 0;
  for (int stop = 0; stop < panel.stopCount(); ++stop) {
    panel.goTo(stop);
    rest();
    EXPECT_GE(lessonLines(), 12) << "stop " << stop + 1;
    const auto* const page = panel.findChild<QScrollArea*>("stop");
    EXPECT_EQ(page->verticalScrollBar()->maximum(), 0) << "stop " << stop + 1;
    for (const QuestionCard* card : panel.findChildren<QuestionCard*>()) {
      if (!card->isVisible()) continue;
      ++asked;
      EXPECT_GE(card->height(), card->heightForWidth(card->width())) << "stop " << stop + 1;
      EXPECT_TRUE(page->viewport()->rect().contains(QRect(card->mapTo(page->viewport(), QPoint()), card->size())));
    }
  }
  EXPECT_GE(asked, 4);
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

// What does not fit folds to its heading by itself, and comes back: on a click, when something else gives way, and with the
// room.
TEST_F(RoomTest, WhatDoesNotFitFoldsAndComesBack) {
  begin({1280, 800}, SOCKWALK_SOURCE_DIR "/assets/walks/tcp-on-loopback.pkt");
  window().resize(820, 640);
  rest();
  ASSERT_EQ(window().size(), QSize(820, 640));
  EXPECT_EQ(dock("lesson").shape(), CardDock::Shape::Spine);
  EXPECT_FALSE(dock("structure").isFolded());
  EXPECT_GE(window().stage().width(), 380);
  QTest::mouseClick(dock("lesson").titleBarWidget()->findChild<QAbstractButton*>(), Qt::LeftButton);
  rest();
  EXPECT_FALSE(dock("lesson").isFolded());
  EXPECT_EQ(window().size(), QSize(820, 640));
  EXPECT_EQ(dock("structure").shape(), CardDock::Shape::Spine) << "which gives way";
  EXPECT_EQ(dock("source").shape(), CardDock::Shape::Spine);
  window().resize(1280, 800);
  rest();
  for (const char* name : {"lesson", "structure", "source", "walk"}) EXPECT_FALSE(dock(name).isFolded()) << name;
}

TEST_F(RoomTest, InALessonTheWordsStay) {
  begin({1280, 800}, Lesson);
  window().resize(820, 640);
  rest();
  EXPECT_FALSE(dock("lesson").isFolded());
  EXPECT_EQ(dock("structure").shape(), CardDock::Shape::Spine);
}

TEST_F(RoomTest, ADockFoldsToItsHeadingAndStaysSo) {
  begin({1280, 800}, Lesson);
  CardDock& source = dock("source");
  const int height = source.height(), structure = dock("structure").height();
  const auto fold = [&] {
    QTest::mouseDClick(source.titleBarWidget(), Qt::LeftButton, {}, {60, 8});
    rest();
  };
  fold();
  EXPECT_EQ(source.shape(), CardDock::Shape::Heading);
  EXPECT_EQ(source.height(), source.headingHeight());
  EXPECT_GT(dock("structure").height(), structure + height / 2) << "it has the room";
  window().resize(1400, 900);
  rest();
  EXPECT_TRUE(source.isFolded()) << "by the person";
  const QString state = window().layoutState();
  fold();
  EXPECT_FALSE(source.isFolded());
  window().restoreLayout(state);
  rest();
  EXPECT_TRUE(source.isFolded());
  window().goToView("source");
  rest();
  EXPECT_FALSE(source.isFolded()) << "asked for by its key";
  EXPECT_NEAR(source.height(), dock("structure").height() * 38 / 62, 40) << "its share of the column";
}

TEST_F(RoomTest, TheKeyFoldsTheDockThatHasTheKeys) {
  begin({1280, 800}, Lesson);
  window().goToView("structure");
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_F12, Qt::ShiftModifier);
  rest();
  EXPECT_TRUE(dock("structure").isFolded());
  ASSERT_TRUE(dock("structure").isAncestorOf(QApplication::focusWidget())) << "its arrow has them now";
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_F12, Qt::ShiftModifier);
  rest();
  EXPECT_FALSE(dock("structure").isFolded());
}

TEST_F(RoomTest, KeysMoveTheEdgeOfWhatHasTheKeys) {
  begin({1280, 800}, "tests/scenarios/tcp_loopback.pkt");
  CardDock& structure = dock("structure");
  const auto press = [&](Qt::Key key) {
    QTest::keyClick(&window(), key, Qt::ControlModifier | Qt::AltModifier);
    rest();
  };
  view<StructureView>().findChild<QTreeView*>()->setFocus();
  const int wide = structure.width();
  press(Qt::Key_Right);
  EXPECT_GT(structure.width(), wide);
  press(Qt::Key_Left);
  EXPECT_EQ(structure.width(), wide);
  QWidget& stage = window().stage();
  window().goToView("call-path");
  const QSize before = stage.size();
  press(Qt::Key_Right);
  EXPECT_GT(stage.width(), before.width());
  press(Qt::Key_Up);
  EXPECT_GT(stage.height(), before.height());
  press(Qt::Key_Down);
  EXPECT_EQ(stage.height(), before.height());
}

TEST_F(RoomTest, KeysMoveTheEdgeWithinAView) {
  begin({1280, 800}, "tests/scenarios/tcp_loopback.pkt");
  auto* tree = view<StructureView>().findChild<QTreeView*>();
  tree->setFocus();
  const int high = tree->height(), dockHigh = dock("structure").height();
  QTest::keyClick(&window(), Qt::Key_Down, Qt::ControlModifier | Qt::AltModifier);
  rest();
  EXPECT_LT(tree->height(), high);
  EXPECT_EQ(dock("structure").height(), dockHigh);
}

TEST_F(RoomTest, ATabBelowOpensWhatIsFolded) {
  begin({1280, 800}, Lesson);
  auto* const tabs = dock("walk").findChild<QTabBar*>();
  QTest::mouseDClick(dock("walk").titleBarWidget(), Qt::LeftButton, {}, {dock("walk").width() - 60, 8});
  rest();
  ASSERT_TRUE(dock("walk").isFolded());
  QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
  rest();
  EXPECT_FALSE(dock("walk").isFolded());
  EXPECT_EQ(tabs->currentIndex(), 1);
  EXPECT_TRUE(window().view("packets")->isVisible());
}

TEST_F(RoomTest, OneKeyGivesTheStageTheWholeWindowAndBack) {
  begin({1280, 800}, Lesson);
  QMap<QString, QRect> before;
  const auto places = [&] {
    QMap<QString, QRect> all;
    for (const CardDock* d : window().findChildren<CardDock*>()) all[d->objectName()] = d->geometry();
    return all;
  };
  before = places();
  QTest::keyClick(&window(), Qt::Key_F12);
  rest();
  EXPECT_GE(window().stage().width(), 1260);
  EXPECT_GE(window().stage().height(), 670);
  for (const CardDock* d : window().findChildren<CardDock*>()) EXPECT_FALSE(d->isVisible());
  const QString kept = window().layoutState();
  QTest::keyClick(&window(), Qt::Key_F12);
  rest();
  EXPECT_EQ(places(), before);
  window().restoreLayout(kept);
  rest();
  EXPECT_EQ(places(), before) << "a layout that is kept meanwhile is the one that comes back";
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
