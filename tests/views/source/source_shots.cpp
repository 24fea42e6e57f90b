// Pictures of the source view at some moments of the boot: source_shots DIR
#include "tests/views/sample/recorded_session.h"
#include "views/source/source_view.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <QApplication>

using namespace sockwalk;

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  const QString directory = argc > 1 ? argv[1] : ".";
  applyTheme(app);
  auto session = std::make_unique<RecordedSession>();
  session->machine().boot();
  Walk walk;
  SourceView view(walk);
  view.resize(344, 230);
  view.show();
  view.grab().save(directory + "/source-empty.png");
  walk.open(std::move(session));
  for (ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
    ThemeHub::instance().setChoice(choice);
    for (int part : {20, 40, 60, 70, 80}) {
      walk.seek(walk.journal().size() * part / 100);
      view.resize(part == 60 ? QSize(560, 420) : QSize(344, 230));
      app.processEvents();
      view.grab().save(directory +
                       QString("/source%1-%2.png").arg(part).arg(choice == ThemeChoice::Dark ? "dark" : "light"));
    }
  }
}
