#include "app/offscreen.h"
#include "app/window_language.h"
#include "engine/tell/position.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <QApplication>
#include <QSettings>
#include <QWidget>

namespace sockwalk {

// The platform without a display says of every window that there is none; nobody asked.
static void sayOthers(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  if (!text.startsWith(QLatin1String("This plugin does not support"))) qt_message_output(type, context, text);
}

Offscreen::Offscreen() {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  if (qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR")) qputenv("XDG_RUNTIME_DIR", m_dir.path().toLocal8Bit());
  qInstallMessageHandler(sayOthers);
  QCoreApplication::setApplicationVersion(SOCKWALK_VERSION);
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_dir.path());
}

void wear(const Look& look) {
  ThemeHub::instance().setChoice(look.contrast ? ThemeChoice::Contrast
                                 : look.dark   ? ThemeChoice::Dark
                                               : ThemeChoice::Light);
  ThemeHub::instance().setTypeScale(look.largeType ? LargeType : 1);
  Motion::setReduced(true);
  WindowLanguage::instance().setChoice(look.language == Language::Chinese ? LanguageChoice::Chinese
                                                                          : LanguageChoice::English);
}

void wearTheme(QApplication& app, const std::string& theme) {
  wear({.dark = theme == "dark",
        .language = askedLanguage().value_or(Language::English),
        .contrast = theme == "contrast"});
  applyTheme(app);
}

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

void waitUntilRecorded(Walk& walk) {
  while (walk.recording()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void goToFirstMoment(Walk& walk) {
  waitUntilRecorded(walk);
  if (const EventIndex first = tell::firstMoment(walk.session()); first != NoEvent) walk.seek(first);
  settle();
}

Result<void> goToMoment(Walk& walk, const std::string& at) {
  const auto position = tell::positionNamed(walk.journal(), walk.position(), at);
  if (!position) return Error{"--at: " + position.error().message};
  walk.seek(*position);
  settle();
  return {};
}

} // namespace sockwalk
