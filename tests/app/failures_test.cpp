// The library of failures: its menu, the question that a walk of it asks, and the way to where it dies.
#include "app/samples.h"
#include "app/where_it_dies.h"
#include "engine/tell/broken_walk.h"
#include "engine/tell/position.h"
#include "tests/app/window_fixture.h"
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>

namespace sockwalk {
namespace {

const QString Overflow = SOCKWALK_SOURCE_DIR "/assets/failures/accept-queue-overflow.pkt";

class FailuresTest : public tests::OpenWindowTest {
protected:
  Banner& banner() { return m_window->banner(); }
  QPushButton* button(const QString& text) { return OpenWindowTest::button(banner(), text); }
  void press(const QString& text) {
    ASSERT_TRUE(button(text)) << text.toStdString();
    QTest::mouseClick(button(text), Qt::LeftButton);
    QApplication::processEvents();
  }
  QMenu* below(const QString& name) {
    return menu("Open s&ample")->findChild<QMenu*>(name, Qt::FindDirectChildrenOnly);
  }
};

TEST_F(FailuresTest, EachStandsInTheMenuWithWhatAnOperatorSees) {
  const auto all = failures();
  ASSERT_GE(all.size(), 15u);
  QMenu* const menu = below("failuresMenu");
  ASSERT_TRUE(menu);
  const auto actions = menu->actions();
  ASSERT_EQ(actions.size(), qsizetype(all.size()) + 2) << "and a separator, and to be asked again";
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(actions[qsizetype(i)]->text(), all[i].title);
    EXPECT_TRUE(actions[qsizetype(i)]->statusTip().endsWith('.')) << all[i].title.toStdString();
  }
  EXPECT_FALSE(actions.back()->isEnabled()) << "no such walk is open";
}

TEST_F(FailuresTest, AWalkAsksAndShowsWhereItDies) {
  open(*m_window, Overflow);
  EXPECT_TRUE(banner().isVisible());
  EXPECT_EQ(banner().message(),
            "Clients time out now and then, and the server's program sees nothing. Where does it die?");
  const EventIndex first = tell::firstMoment(walk().session());
  EXPECT_EQ(walk().position(), first);
  const auto broken = tell::brokenWalk(walk().session());
  ASSERT_TRUE(broken && broken->answers.size() == 2);
  press("Show where");
  EXPECT_EQ(walk().position(), broken->answers[0].position);
  EXPECT_TRUE(banner().message().contains("tcp_conn_request()")) << banner().message().toStdString();
  press("And then");
  EXPECT_EQ(walk().position(), broken->answers[1].position);
  EXPECT_FALSE(button("And then")) << "it was the last";
  press("Ask again");
  EXPECT_EQ(walk().position(), first);
  EXPECT_TRUE(banner().message().endsWith("Where does it die?"));
}

TEST_F(FailuresTest, WhoHasClosedTheLineIsAskedAgainFromTheMenu) {
  open(*m_window, Overflow);
  banner().hide();
  QAction* const again = below("failuresMenu")->actions().back();
  ASSERT_TRUE(again->isEnabled());
  again->trigger();
  EXPECT_TRUE(banner().isVisible() && button("Show where"));
}

TEST_F(FailuresTest, ASavedSessionAsksAsWell) {
  open(*m_window, Overflow);
  ASSERT_TRUE(m_window->saveSession(m_dir.filePath("kept.sockwalk")));
  open(*m_window, script());
  EXPECT_FALSE(banner().isVisible()) << "another walk asks nothing";
  open(*m_window, m_dir.filePath("kept.sockwalk"));
  EXPECT_TRUE(button("Show where"));
}

TEST_F(FailuresTest, APlaceThatIsNowhereIsSaid) {
  open(*m_window,
       write("mine.pkt", "// Mine: It is slow.\n//@answer note tcp.reset\n//@ Here.\n0 socket(AF_INET, SOCK_STREAM, "
                         "0) = 3\n"));
  press("Show where");
  EXPECT_TRUE(banner().message().contains("there is no note tcp.reset")) << banner().message().toStdString();
}

TEST_F(FailuresTest, TheWalksOfTheLessonsHaveAMenuOfTheirOwn) {
  QMenu* const lessons = below("lessonWalksMenu");
  ASSERT_TRUE(lessons);
  QStringList names;
  for (const QAction* action : lessons->actions()) names << action->text();
  EXPECT_TRUE(names.contains("03-socket")) << names.join(' ').toStdString();
  for (const QAction* action : menu("Open s&ample")->actions())
    EXPECT_FALSE(names.contains(action->text().section(' ', -1))) << action->text().toStdString();
  below("lessonWalksMenu")->actions()[names.indexOf("03-socket")]->trigger();
  EXPECT_EQ(m_window->windowTitle(), "03-socket/scenario.pkt[*] — Sockwalk");
}

} // namespace
} // namespace sockwalk
