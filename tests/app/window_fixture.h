// A window of its own settings and its own data folder, for tests.
#pragma once
#include "app/banner.h"
#include "app/main_window.h"
#include "app/window_language.h"
#include "views/theme/theme.h"
#include <gtest/gtest.h>
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

namespace sockwalk::tests {

inline constexpr const char* TwoSockets = R"(//@case socket_tcp
0 socket(AF_INET, SOCK_STREAM, 0) = 3
//@case close_tcp_unconnected
+0 close(3) = 0
)";

class WindowTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_TRUE(m_dir.isValid());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_dir.path() + "/settings");
    qputenv("XDG_DATA_HOME", m_dir.filePath("data").toLocal8Bit());
    QSettings().clear();
  }
  QString write(const QString& name, const QByteArray& text) {
    QFile file(m_dir.filePath(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    return file.fileName();
  }
  QString script() { return write("two.pkt", TwoSockets); }
  // Opens, and waits until everything is recorded.
  void open(MainWindow& window, const QString& path) {
    ASSERT_TRUE(window.openPath(path)) << window.banner().message().toStdString();
    while (window.walk().recording()) QApplication::processEvents();
    QApplication::processEvents();
  }
  // Sleeps as the program does, until it is so; a minute is for machines that are busy.
  template <class IsSo> static bool wait(IsSo isSo) {
    QElapsedTimer clock;
    for (clock.start(); !isSo() && clock.elapsed() < 60000;) {
      QEventLoop loop;
      QTimer::singleShot(10, &loop, &QEventLoop::quit);
      loop.exec();
    }
    return isSo();
  }
  QTemporaryDir m_dir;
};

// The window itself, shown in its usual size; whatever a test chose of looks and language is taken back.
class OpenWindowTest : public WindowTest {
protected:
  void SetUp() override {
    WindowTest::SetUp();
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
  }
  void TearDown() override {
    m_window.reset();
    ThemeHub::instance().setChoice(ThemeChoice::Light);
    ThemeHub::instance().setTypeScale(1);
    WindowLanguage::instance().setChoice(LanguageChoice::English);
  }
  void openSocketWalk() {
    ASSERT_TRUE(m_window->openSocketWalk());
    settle();
  }
  void settle() {
    while (walk().recording()) QApplication::processEvents();
    for (int i = 0; i < 6; ++i) QApplication::processEvents();
  }
  Walk& walk() { return m_window->walk(); }
  // A menu as it is when somebody opens it.
  QMenu* menu(const QString& title) {
    for (QMenu* menu : m_window->findChildren<QMenu*>())
      if (menu->title() == title) {
        emit menu->aboutToShow();
        return menu;
      }
    return nullptr;
  }
  static QPushButton* button(const QWidget& where, const QString& text) {
    for (QPushButton* one : where.findChildren<QPushButton*>())
      if (one->isVisible() && one->text() == text) return one;
    return nullptr;
  }
  std::unique_ptr<MainWindow> m_window;
};

} // namespace sockwalk::tests
