// A capture that is walked while it is recorded, in a network namespace of the test's own.
#include "app/capture_follower.h"
#include "app/feed_dialogs.h"
#include "tests/app/window_on_network.h"
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace sockwalk {
namespace {

class LiveCaptureTest : public WindowOnNetwork {
protected:
  CaptureFollower& follower() { return *m_window->findChild<CaptureFollower*>(); }
  static void sendDatagram() { sendDatagrams("127.0.0.1", 7777); }
  static QTreeWidgetItem* rowOf(const LiveCaptureDialog& dialog, const QString& interface) {
    const auto* const list = dialog.findChild<QTreeWidget*>("interfaces");
    return list->findItems(interface, Qt::MatchExactly, 0).value(0);
  }
  static void choose(const LiveCaptureDialog& dialog, const QString& interface) {
    QTreeWidgetItem* const row = rowOf(dialog, interface);
    ASSERT_TRUE(row);
    row->treeWidget()->setCurrentItem(row);
  }
  // Records on lo what the filter takes, until one frame is there; walks it and goes on recording.
  void followLo() {
    LiveCaptureDialog dialog;
    choose(dialog, "lo");
    dialog.findChild<QLineEdit*>("filter")->setText("udp port 7777");
    dialog.findChild<QPushButton*>("start")->click();
    auto* follow = dialog.findChild<QPushButton*>("follow");
    const QString state = dialog.findChild<QLabel*>("state")->text();
    ASSERT_TRUE(state.startsWith("Recording into ")) << state.toStdString();
    EXPECT_FALSE(follow->isEnabled()) << "there is nothing to walk yet";
    sendDatagram();
    ASSERT_TRUE(wait(60000, [&] { return follow->isEnabled(); }));
    follow->click();
    ASSERT_EQ(dialog.result(), QDialog::Accepted);
    ASSERT_TRUE(m_window->openPath(dialog.file(), QString())) << said();
    follower().follow(dialog.takeRecording());
  }
};

TEST_F(LiveCaptureTest, ItsWalkGrowsWhileItIsRecorded) {
  followLo();
  walk().toEnd();
  ASSERT_TRUE(walk().console("fd = socket(AF_INET, SOCK_DGRAM, 0)")) << "what a person does meanwhile stays";
  walk().toEnd();
  EventIndex size = walk().journal().size();
  sendDatagram();
  ASSERT_TRUE(wait(60000, [&] { return walk().journal().size() > size; })) << status();
  EXPECT_TRUE(wait(60000, [&] { return walk().position() == walk().journal().size(); })) << "it stands at the newest";
  EXPECT_EQ(walk().session().stimuli().size(), 2u);

  walk().toStart();
  size = walk().journal().size();
  sendDatagram();
  EXPECT_TRUE(wait(60000, [&] { return statusHas("the newest are walked when you go to the end"); })) << status();
  EXPECT_EQ(walk().journal().size(), size) << "a person who looks at something is left alone";
  EXPECT_EQ(walk().position(), 0u);
  walk().toEnd();
  EXPECT_TRUE(wait(60000, [&] { return walk().journal().size() > size; })) << status();
}

// Which there are, with their addresses and whether they are up; nobody has to type a name.
TEST_F(LiveCaptureTest, TheInterfacesAreListedWithAddressesAndState) {
  const LiveCaptureDialog dialog;
  QTreeWidgetItem* const lo = rowOf(dialog, "lo");
  ASSERT_TRUE(lo);
  EXPECT_TRUE(lo->text(1).startsWith("127.0.0.1/8")) << lo->text(1).toStdString();
  EXPECT_EQ(lo->text(2), "up, this machine only");
  ASSERT_TRUE(rowOf(dialog, "any"));
  EXPECT_EQ(rowOf(dialog, "any")->text(2), "all of them at once");
  EXPECT_FALSE(dialog.interface().isEmpty()) << "one is chosen from the start";
}

TEST_F(LiveCaptureTest, AnotherSessionEndsIt) {
  followLo();
  EXPECT_TRUE(statusHas("Live capture lo: ")) << status();
  ASSERT_TRUE(m_window->openSocketWalk());
  EXPECT_FALSE(follower().active());
  EXPECT_FALSE(statusHas("Live capture")) << status();
}

TEST_F(LiveCaptureTest, AFilterThatIsWrongIsSaidAsItIsTyped) {
  LiveCaptureDialog dialog;
  auto* filter = dialog.findChild<QLineEdit*>("filter");
  const auto* start = dialog.findChild<QPushButton*>("start");
  const auto* state = dialog.findChild<QLabel*>("state");
  filter->setText("tcp port");
  EXPECT_FALSE(start->isEnabled());
  EXPECT_EQ(state->text(), "The filter is not understood: syntax error");
  filter->setText("tcp port 80");
  EXPECT_TRUE(start->isEnabled());
  EXPECT_EQ(state->text(), "Nothing is recorded yet.");
}

} // namespace
} // namespace sockwalk
