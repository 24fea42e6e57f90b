#include "app/application.h"
#include "app/banner.h"
#include "app/main_window.h"
#include "app/picture.h"
#include "app/session_files.h"
#include "app/stage.h"
#include "app/view_factory.h"
#include "app/window.h"
#include "app/window_language.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/position.h"
#include "views/lesson/lesson_panel.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <cstdio>
#include <QSettings>
#include <QTemporaryDir>

namespace sockwalk {
namespace {

int complain(int code, const std::string& message) {
  std::fprintf(stderr, "sockwalk: shot: %s\n", message.c_str());
  return code;
}

// Lets views that draw a little later (a layout, a first paint) come to rest.
void settle() {
  for (int i = 0; i < 5; ++i) {
    QApplication::processEvents();
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
}

void showOffscreen(QWidget& widget, QSize size) {
  widget.setAttribute(Qt::WA_DontShowOnScreen);
  widget.resize(size);
  widget.show();
  settle();
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

// Gives the exit code: what did not go as the script says is drawn and said.
Result<int> drawAt(Walk& walk, QWidget& widget, const ShotOptions& options) {
  while (walk.recording()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
  const EventIndex first = tell::isLesson(options.file) ? NoEvent : tell::firstMoment(walk.session());
  if (first != NoEvent) walk.seek(first); // a lesson stands at its first stop
  if (!options.at.empty()) {
    const auto position = tell::positionNamed(walk.journal(), walk.position(), options.at);
    if (!position) return Error{"--at: " + position.error().message};
    walk.seek(*position);
  }
  settle();
  const Result<void> drawn = drawPicture(widget, QString::fromStdString(options.output), options.scale);
  if (!drawn) return drawn.error();
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
  const QString name = QString::fromStdString(options.view);
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
  names.push_back("window");
  return names;
}

int shot(QtArguments& qt, const ShotOptions& options) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QTemporaryDir settings; // a picture does not depend on what somebody chose in the window
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
  Application app(qt);
  ThemeHub::instance().setChoice(options.theme == "dark"       ? ThemeChoice::Dark
                                 : options.theme == "contrast" ? ThemeChoice::Contrast
                                                               : ThemeChoice::Light);
  Motion::setReduced(true);
  WindowLanguage::instance().setChoice(askedLanguage() == Language::Chinese ? LanguageChoice::Chinese
                                                                            : LanguageChoice::English);
  applyTheme(app);
  if (const std::string wrong = Application::applyStyle(qt); !wrong.empty()) return complain(BadUsage, wrong);
  const Result<int> drawn = options.view == "window" ? shootWindow(options) : shootView(options);
  return drawn ? *drawn : complain(BadUsage, drawn.error().message);
}

} // namespace sockwalk
