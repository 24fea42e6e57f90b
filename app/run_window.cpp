#include "app/main_window.h"
#include "app/window.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <QApplication>
#include <QSettings>

namespace sockwalk {

// What was chosen last time, before the first widget is made.
static void readLooks() {
  const QSettings settings;
  ThemeHub::instance().setChoice(ThemeChoice(qBound(0, settings.value("theme", 0).toInt(), 2)));
  ThemeHub::instance().setTypeScale(settings.value("largeType").toBool() ? 1.35 : 1);
  Motion::setReduced(settings.value("reducedMotion").toBool());
}

int runWindow(int& argc, char** argv, const std::vector<std::string>& files, const scenario::OpenOptions& options) {
  QApplication app(argc, argv);
  QApplication::setApplicationName("sockwalk");
  QApplication::setOrganizationName("sockwalk");
  QApplication::setApplicationDisplayName("Sockwalk");
  QApplication::setApplicationVersion(SOCKWALK_VERSION);
  readLooks();
  applyTheme(app);
  MainWindow window;
  window.setOpenOptions(options);
  window.show();
  for (const std::string& file : files) window.openPath(QString::fromStdString(file));
  if (files.empty()) window.openSocketWalk();
  window.setOpenOptions({options.setup, {}, {}}); // definitions were for the files named here
  return QApplication::exec();
}

} // namespace sockwalk
