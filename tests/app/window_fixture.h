// A window of its own settings and its own data folder, for tests.
#pragma once
#include "app/banner.h"
#include "app/main_window.h"
#include <gtest/gtest.h>
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
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

} // namespace sockwalk::tests
