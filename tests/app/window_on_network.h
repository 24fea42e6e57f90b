// The window in a network namespace of the test's own.
#pragma once
#include "app/banner.h"
#include "app/main_window.h"
#include "app/status_line.h"
#include "tests/engine/feed/host_network.h"
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <string_view>
#include <sys/socket.h>

namespace sockwalk {

class WindowOnNetwork : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_TRUE(m_dir.isValid());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_dir.path());
    qputenv("XDG_DATA_HOME", m_dir.path().toLocal8Bit());
    if (!m_network.reason().empty()) GTEST_SKIP() << m_network.reason();
    m_window = std::make_unique<MainWindow>();
    m_window->show();
  }
  Walk& walk() { return m_window->walk(); }
  std::string said() { return m_window->banner().message().toStdString(); }
  std::string status() { return m_window->statusLine().text().toStdString(); }
  bool statusHas(std::string_view part) { return status().find(part) != std::string::npos; }
  // Sleeps as the program does.
  static void waitFor(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
  }
  template <class IsSo> static bool wait(int ms, IsSo isSo) {
    QElapsedTimer clock;
    for (clock.start(); !isSo() && clock.elapsed() < ms;) waitFor(10);
    return isSo();
  }
  static void sendDatagrams(const char* address, u16 port, int count = 1) {
    const int s = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    inet_pton(AF_INET, address, &to.sin_addr);
    for (int i = 0; i < count; ++i) sendto(s, "hello", 5, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    close(s);
  }

  QTemporaryDir m_dir;
  testing::PrivateNetwork m_network;
  std::unique_ptr<MainWindow> m_window;
};

} // namespace sockwalk
