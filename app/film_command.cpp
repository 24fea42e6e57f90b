// `sockwalk film`: a film without a display.
#include "app/application.h"
#include "app/film.h"
#include "app/film_sink.h"
#include "app/offscreen.h"
#include "app/session_files.h"
#include "app/view_factory.h"
#include "app/window.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/position.h"
#include "views/walk/walk.h"
#include <csignal>
#include <cstdio>

namespace sockwalk {
namespace {

int complain(int code, const std::string& message) {
  std::fprintf(stderr, "sockwalk: film: %s\n", message.c_str());
  return code;
}

Unit unitNamed(const std::string& name) {
  return name == "event" ? Unit::Event : name == "call" ? Unit::Call : Unit::Stimulus;
}

Result<FilmWish> wishOf(const FilmOptions& options, const Walk& walk) {
  FilmWish wish;
  wish.view = QString::fromStdString(options.view);
  wish.unit = unitNamed(options.unit);
  wish.picturesASecond = options.picturesASecond;
  wish.stepsASecond = options.stepsASecond;
  wish.size = {options.width, options.height};
  if (wish.size.isEmpty()) wish.size = viewSize(wish.view);
  const auto from = options.from.empty() ? Result<EventIndex>(walk.position())
                                         : tell::positionNamed(walk.journal(), walk.position(), options.from);
  if (!from) return Error{"--from: " + from.error().message};
  const auto to = tell::positionNamed(walk.journal(), *from, options.to);
  if (!to) return Error{"--to: " + to.error().message};
  wish.from = *from;
  wish.to = *to;
  bool possible = false;
  const QString length = filmLength(walk.journal(), wish, possible);
  if (!possible) return Error{length.toStdString()};
  std::puts(qPrintable(length));
  return wish;
}

// Ctrl+C stops between two pictures, so that nothing half is left behind.
volatile std::sig_atomic_t stopped = 0;
void stop(int) { stopped = 1; }

Result<void> draw(Walk& walk, const FilmWish& wish, FilmSink& sink) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, stop);
  Film film(walk, wish);
  while (!film.done()) {
    if (stopped) return Error{FilmWords::tr("The film was stopped.").toStdString()};
    settle();
    while (sink.busy()) continue; // it waits a little itself
    if (const Result<void> added = sink.add(film.next()); !added) return added;
  }
  return sink.finish();
}

} // namespace

int film(QtArguments& qt, const FilmOptions& options) {
  const Offscreen offscreen;
  Application app(qt);
  wearTheme(app, options.theme);
  auto opened = openSession(QString::fromStdString(options.file), options.open);
  if (!opened) return complain(BadUsage, opened.error().message);
  Walk walk;
  walk.open(std::move(opened->session));
  goToFirstMoment(walk);
  const Result<FilmWish> wish = wishOf(options, walk);
  if (!wish) return complain(BadUsage, wish.error().message);
  auto sink = openFilm(QString::fromStdString(options.output), wish->size, wish->picturesASecond, options.replace);
  if (!sink) return complain(BadUsage, sink.error().message);
  if (const Result<void> drawn = draw(walk, *wish, **sink); !drawn) return complain(Failed, drawn.error().message);
  return Done;
}

} // namespace sockwalk
