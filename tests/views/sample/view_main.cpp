// main() of the tests of views: offscreen unless the environment says otherwise.
#include "views/theme/theme.h"
#include <gtest/gtest.h>
#include <QApplication>

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  QApplication app(argc, argv);
  sockwalk::applyTheme(app);
  return RUN_ALL_TESTS();
}
