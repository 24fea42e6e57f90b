// A capture that is walked while it is recorded, in a network namespace of the test's own.
#include "app/banner.h"
#include "app/capture_follower.h"
#include "app/feed_dialogs.h"
#include "app/main_window.h"
#include "app/status_line.h"
#include "tests/engine/feed/host_network.h"
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <QComboBox>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <sys/socket.h>

namespace sockwalk {
namespace {

class LiveCaptureTest : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_TRUE(m_dir.isValid());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_dir.path());
    qputenv("XDG_DATA_HOME", m_dir.path().toLocal8Bit());
    if (!m_network.reason().empty()) GTEST_SKIP() << m_network.reason();
    m_window = std::make_unique<MainWindow>();
    m_window->show();
  }
  template <class Done> bool wait(int ms, Done done) {
    QElapsedTimer clock;
    for (clock.start(); !done() && clock.elapsed() < ms;) {
      QEventLoop loop;
      QTimer::singleShot(10, &loop, &QEventLoop::quit);
      loop.exec();
    }
    return done();
  }
  Walk& walk() { return m_window->walk(); }
  CaptureFollower& follower() { return *m_window->findChild<CaptureFollower*>(); }
  QString status() { return m_window->statusLine().text(); }
  void sendDatagram() {
    const int s = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(7777);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    sendto(s, "hello", 5, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    close(s);
  }
  // Records on lo what the filter takes, until one frame is there; walks it and goes on recording.
  void followLo() {
    LiveCaptureDialog dialog;
    dialog.findChild<QComboBox*>("interface")->setCurrentText("lo");
    dialog.findChild<QLineEdit*>("filter")->setText("udp port 7777");
    dialog.findChild<QPushButton*>("start")->click();
    auto* follow = dialog.findChild<QPushButton*>("follow");
    const QString said = dialog.findChild<QLabel*>("state")->text();
    ASSERT_TRUE(said.startsWith("Recording into ")) << said.toStdString();
    EXPECT_FALSE(follow->isEnabled()) << "there is nothing to walk yet";
    sendDatagram();
    ASSERT_TRUE(wait(60000, [&] { return follow->isEnabled(); }));
    follow->click();
    ASSERT_EQ(dialog.result(), QDialog::Accepted);
    ASSERT_TRUE(m_window->openPath(dialog.file(), QString())) << m_window->banner().message().toStdString();
    follower().follow(dialog.takeRecording());
  }

  QTemporaryDir m_dir;
  testing::PrivateNetwork m_network;
  std::unique_ptr<MainWindow> m_window;
};

TEST_F(LiveCaptureTest, ItsWalkGrowsWhileItIsRecorded) {
  followLo();
  walk().toEnd();
  ASSERT_TRUE(walk().console("fd = socket(AF_INET, SOCK_DGRAM, 0)")) << "what a person does meanwhile stays";
  walk().toEnd();
  EventIndex size = walk().journal().size();
  sendDatagram();
  ASSERT_TRUE(wait(60000, [&] { return walk().journal().size() > size; })) << status().toStdString();
  EXPECT_TRUE(wait(60000, [&] { return walk().position() == walk().journal().size(); })) << "it stands at the newest";
  EXPECT_EQ(walk().session().stimuli().size(), 2u);

  walk().toStart();
  size = walk().journal().size();
  sendDatagram();
  EXPECT_TRUE(wait(60000, [&] { return status().contains("the newest are walked when you go to the end"); }))
      << status().toStdString();
  EXPECT_EQ(walk().journal().size(), size) << "a person who looks at something is left alone";
  EXPECT_EQ(walk().position(), 0u);
  walk().toEnd();
  EXPECT_TRUE(wait(60000, [&] { return walk().journal().size() > size; })) << status().toStdString();
}

TEST_F(LiveCaptureTest, AnotherSessionEndsIt) {
  followLo();
  EXPECT_TRUE(status().contains("Live capture lo: ")) << status().toStdString();
  ASSERT_TRUE(m_window->openSocketWalk());
  EXPECT_FALSE(follower().active());
  EXPECT_FALSE(status().contains("Live capture")) << status().toStdString();
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
