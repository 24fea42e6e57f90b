// Pictures of the object graph for the eye: objects_shots DIR
#include "tests/views/sample/socket_walk.h"
#include "views/objects/objects_view.h"
#include "views/theme/theme.h"

#include <QApplication>

using namespace sockwalk;

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  const QString directory = argc > 1 ? argv[1] : ".";
  applyTheme(app);
  auto session = std::make_unique<RecordedSession>();
  const SocketWalk at = playSocketWalk(*session);
  Walk walk;
  ObjectsView view(walk);
  view.resize(620, 560);
  view.show();
  app.processEvents();
  view.grab().save(directory + "/empty.png");
  walk.open(std::move(session));
  for (ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
    ThemeHub::instance().setChoice(choice);
    int n = 0;
    for (EventIndex p : {at.begin, at.sockBorn, at.skSet, at.installed, at.queued, at.freed}) {
      walk.seek(p);
      app.processEvents();
      view.grab().save(directory + QString("/objects-%1-%2.png").arg(n++).arg(choice == ThemeChoice::Dark ? "dark" : "light"));
    }
  }
}
