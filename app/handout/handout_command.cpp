// `sockwalk lesson handout`: paper, without a display.
#include "app/application.h"
#include "app/handout/handout_files.h"
#include "app/offscreen.h"
#include "app/window.h"
#include "engine/tell/messages.h"
#include <cstdio>

namespace sockwalk {

int handout(QtArguments& qt, const HandoutOptions& options) {
  const Offscreen offscreen;
  Application app(qt);
  wearTheme(app, "light");
  QStringList lessons;
  for (const std::string& lesson : options.lessons) lessons << QString::fromStdString(lesson);
  const QString output = QString::fromStdString(options.output);
  const auto written = lessons.size() == 1 ? writeHandout(lessons.front(), options.answers, output)
                                           : writeCourse(lessons, options.answers, output);
  if (written) return Done;
  std::fprintf(stderr, "sockwalk: lesson: %s\n", tell::spokenMessage(written.error().message).c_str());
  return BadUsage;
}

} // namespace sockwalk
