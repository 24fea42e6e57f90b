// Somebody who works: opens the script named and types a line on the console ten times a second, for ever. Says the
// number of each line once it has run. tests/app/keeping_test.cpp kills it.
#include "app/main_window.h"
#include "views/console/call_line.h"
#include "views/theme/theme.h"
#include <cstdio>
#include <QApplication>
#include <QTest>
#include <QTimer>

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  QApplication::setApplicationName("sockwalk-test");
  QApplication::setOrganizationName("sockwalk-test");
  sockwalk::applyTheme(app);
  sockwalk::MainWindow window;
  window.show();
  window.keepSafe();
  if (argc < 2 || !window.openPath(argv[1])) return 2;
  window.showView("console");
  auto* const line = window.view("console")->findChild<sockwalk::CallLine*>();
  int number = 0;
  QTimer typist;
  QObject::connect(&typist, &QTimer::timeout, &window, [&] {
    if (window.walk().recording()) return;
    line->setText(QString("n%1 = socket(AF_INET, SOCK_DGRAM, 0)").arg(++number));
    QTest::keyClick(line, Qt::Key_Return);
    std::printf("%d\n", number);
    std::fflush(stdout);
  });
  typist.start(100);
  return QApplication::exec();
}
