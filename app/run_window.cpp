#include "app/application.h"
#include "app/banner.h"
#include "app/main_window.h"
#include "app/welcome_page.h"
#include "app/window.h"
#include "app/window_language.h"
#include "views/theme/desktop_wishes.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <cstdio>
#include <QIcon>
#include <QSettings>

namespace sockwalk {

// What was chosen last time, before the first widget is made.
static void readLooks() {
  const QSettings settings;
  ThemeHub::instance().setChoice(ThemeChoice(qBound(0, settings.value("theme", 0).toInt(), themeChoiceCount - 1)));
  ThemeHub::instance().setTypeScale(settings.value("largeType").toBool() ? 1.35 : 1);
  if (settings.contains("reducedMotion")) Motion::setReduced(settings.value("reducedMotion").toBool());
}

int runWindow(QtArguments& qt, const std::vector<std::string>& files, const scenario::OpenOptions& options) {
  QCoreApplication::setApplicationName("sockwalk");
  QCoreApplication::setOrganizationName("sockwalk");
  QCoreApplication::setApplicationVersion(SOCKWALK_VERSION);
  Application app(qt);
  QApplication::setApplicationDisplayName("Sockwalk");
  QGuiApplication::setDesktopFileName("sockwalk");
  QGuiApplication::setWindowIcon(QIcon::fromTheme("sockwalk"));
  followDesktop();
  readLooks();
  WindowLanguage::instance().setChoice(wantedLanguage());
  applyTheme(app);
  if (const std::string wrong = Application::applyStyle(qt); !wrong.empty())
    return std::fprintf(stderr, "sockwalk: %s\n", wrong.c_str()), 2;
  MainWindow window;
  window.setOpenOptions(options);
  window.show();
  const bool offered = window.keepSafe();
  for (const std::string& file : files) window.openPath(QString::fromStdString(file));
  if (files.empty() && window.openSocketWalk() && !offered && WelcomePage::wantedAtStart()) window.welcome();
  window.setOpenOptions({options.setup, {}, {}}); // definitions were for the files named here
  app.onTrouble = [&window](const QString& words) { window.banner().say(Banner::Kind::Error, words); };
  const int code = QApplication::exec();
  app.onTrouble = nullptr;
  return code;
}

} // namespace sockwalk
