#include "app/application.h"
#include "app/banner.h"
#include "app/main_window.h"
#include "app/offscreen.h"
#include "app/picture.h"
#include "app/session_files.h"
#include "app/shot_pages.h"
#include "app/stage.h"
#include "app/view_factory.h"
#include "app/window.h"
#include "engine/tell/lessons/lesson_file.h"
#include "views/lesson/lesson_panel.h"
#include <algorithm>
#include <cstdio>

namespace sockwalk {
namespace {

int complain(int code, const std::string& message) {
  std::fprintf(stderr, "sockwalk: shot: %s\n", message.c_str());
  return code;
}

Result<void> openIn(MainWindow& window, const ShotOptions& options) {
  window.setOpenOptions(options.open);
  if (tell::isLesson(options.file))
    return window.openLesson(QString::fromStdString(options.file)) ? Result<void>()
                                                                   : Error{window.banner().message().toStdString()};
  auto opened = openSession(QString::fromStdString(options.file), options.open);
  if (!opened) return opened.error();
  window.adopt(std::move(opened));
  return {};
}

// A view without its buttons; the window as it is.
Result<void> draw(QWidget& widget, const ShotOptions& options) {
  const QString path = QString::fromStdString(options.output);
  if (options.view == "window") return drawPicture(widget, path, options.scale);
  const BareView bare(widget, options.whole);
  if (bare.isCut())
    std::fprintf(stderr, "sockwalk: shot: the whole is larger than %d pixels a side: the picture ends there\n",
                 BareView::Largest);
  const bool asked = options.width > 0 && options.height > 0 && !options.whole;
  return drawPicture(widget, path, options.scale, asked ? widget.rect() : bare.area());
}

constexpr const char* Beside = "beside"; // the buffer view's other page, by a name of its own

// Gives the exit code: what did not go as the script says is drawn and said.
Result<int> drawAt(Walk& walk, QWidget& widget, const ShotOptions& options) {
  if (tell::isLesson(options.file)) waitUntilRecorded(walk); // it stands at its first stop
  else goToFirstMoment(walk);
  if (!options.at.empty())
    if (const Result<void> there = goToMoment(walk, options.at); !there) return there.error();
  if (!options.of.empty())
    if (const Result<void> looked = lookAtObject(walk, options.of); !looked) return looked.error();
  if (!options.page.empty())
    if (const Result<void> shown = showPage(widget, walk, options.page); !shown) return shown.error();
  if (options.view == Beside)
    if (const Result<void> shown = showBeside(widget); !shown) return shown.error();
  settle();
  if (const Result<void> drawn = draw(widget, options); !drawn) return drawn.error();
  int code = Done;
  const kernel::Machine& machine = walk.session().machine();
  for (const scenario::Failure& failure : walk.session().failures()) code = complain(Failed, failure.message);
  if (code == Done && machine.panicked())
    code = complain(Failed, options.file + ": the kernel has stopped: " + machine.panicText());
  return code;
}

QSize sizeFor(const ShotOptions& options, QSize natural) {
  return {options.width > 0 ? options.width : natural.width(), options.height > 0 ? options.height : natural.height()};
}

Result<int> shootWindow(const ShotOptions& options) {
  MainWindow window;
  showOffscreen(window, sizeFor(options, {1280, 800}));
  window.resetLayout();
  if (const Result<void> opened = openIn(window, options); !opened) return opened.error();
  return drawAt(window.walk(), window, options);
}

Result<int> shootView(const ShotOptions& options) {
  const QString name = options.view == Beside ? QStringLiteral("buffer") : QString::fromStdString(options.view);
  auto opened = openSession(QString::fromStdString(options.file), options.open);
  if (!opened) return opened.error();
  Walk walk;
  const std::unique_ptr<QWidget> view(createView(name, walk));
  showOffscreen(*view, sizeFor(options, viewSize(name)));
  auto* const lesson = tell::isLesson(options.file) ? qobject_cast<LessonPanel*>(view.get()) : nullptr;
  if (!lesson) walk.open(std::move(opened->session));
  else if (auto begun = lesson->openLesson(QString::fromStdString(options.file), options.open); !begun)
    return begun.error();
  return drawAt(walk, *view, options);
}

} // namespace

std::vector<std::string> shotViews() {
  std::vector<std::string> names;
  for (const QString& name : viewNames()) names.push_back(name.toStdString());
  names.insert(std::ranges::find(names, "buffer") + 1, Beside);
  names.push_back("window");
  return names;
}

int shot(QtArguments& qt, const ShotOptions& options) {
  const Offscreen offscreen;
  Application app(qt);
  wearTheme(app, options.theme);
  if (const std::string wrong = Application::applyStyle(qt); !wrong.empty()) return complain(BadUsage, wrong);
  const Result<int> drawn = options.view == "window" ? shootWindow(options) : shootView(options);
  return drawn ? *drawn : complain(BadUsage, drawn.error().message);
}

} // namespace sockwalk
