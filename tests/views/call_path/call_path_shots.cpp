// Pictures of the call path for the eye: call_path_shots DIR FILE FUNCTION... draws the moments at which each of these
// functions is called, in FILE's scenario or capture; +N steps on.
#include "views/call_path/call_path_view.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace sockwalk;

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  if (argc < 3) return 2;
  Motion::setReduced(true);
  applyTheme(app);
  auto session = scenario::Session::openFile(argv[2]);
  if (!session) return std::fprintf(stderr, "%s\n", session.error().message.c_str()), 1;
  (*session)->runAll();
  Walk walk;
  CallPathView view(walk);
  view.resize(620, 520);
  view.show();
  walk.open(std::move(*session));
  for (ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
    ThemeHub::instance().setChoice(choice);
    walk.toStart();
    for (int i = 3; i < argc; ++i) {
      QElapsedTimer clock;
      clock.start();
      if (argv[i][0] == '+')
        for (int n = std::atoi(argv[i]); n > 0; --n) walk.stepInto();
      else walk.toNextCall(argv[i]);
      app.processEvents();
      std::printf("%s: %lld ms\n", argv[i], static_cast<long long>(clock.elapsed()));
      view.grab().save(QString("%1/%2-%3-%4.png")
                           .arg(argv[1])
                           .arg(i - 2)
                           .arg(argv[i], choice == ThemeChoice::Dark ? "dark" : "light"));
    }
  }
}
