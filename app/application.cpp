#include "app/application.h"
#include "engine/memory/no_address_space.h"
#include "engine/tell/text.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <QStyleFactory>

namespace sockwalk {
namespace {

struct Kept {
  bool keeping = false, displayNamed = false;
  QtMessageHandler before = nullptr;
  QString platformTrouble; // what the platform said first
  std::vector<std::tuple<QtMsgType, QString>> messages;
};
Kept& kept() {
  static Kept k;
  return k;
}

[[noreturn]] void endWith(const QString& fatal) {
  std::string why = kept().platformTrouble.toStdString();
  if (!kept().displayNamed) why = spoken(tell::say("there is no display (DISPLAY and WAYLAND_DISPLAY are empty)"));
  else if (why.empty()) why = fatal.section('\n', 0, 0).toStdString();
  const std::string said = spoken(tell::say("no window can open: %1", why)) + "\n" +
                           spoken(tell::say("Without one work: sockwalk print FILE, sockwalk shot FILE -o OUT.png, and "
                                            "the others that sockwalk --help names"));
  std::fprintf(stderr, "sockwalk: %s\n", said.c_str());
  std::fflush(nullptr);
  std::_Exit(2);
}

void keepOrEnd(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  if (type == QtFatalMsg) endWith(text);
  if (QLatin1String(context.category).startsWith(QLatin1String("qt.qpa")) && kept().platformTrouble.isEmpty())
    kept().platformTrouble = text.simplified();
  kept().messages.emplace_back(type, text);
}

} // namespace

FatalErrorsAsSentences::FatalErrorsAsSentences(QtArguments& qt) {
  const bool chosen = std::find(qt.words.begin(), qt.words.end(), "-platform") != qt.words.end() ||
                      std::find(qt.words.begin(), qt.words.end(), "-display") != qt.words.end();
  const auto said = [](const char* name) { return !qEnvironmentVariableIsEmpty(name); };
  kept() = {true,
            chosen || said("DISPLAY") || said("WAYLAND_DISPLAY") || said("QT_QPA_PLATFORM"),
            qInstallMessageHandler(keepOrEnd),
            "",
            {}};
  qt.vector();
}

void FatalErrorsAsSentences::over() {
  if (!kept().keeping) return;
  kept().keeping = false;
  qInstallMessageHandler(kept().before);
  for (const auto& [type, text] : kept().messages) qt_message_output(type, QMessageLogContext(), text);
}
FatalErrorsAsSentences::~FatalErrorsAsSentences() { over(); }

Application::Application(QtArguments& qt) : FatalErrorsAsSentences(qt), QApplication(qt.count, qt.pointers.data()) {
  over();
}

std::string Application::applyStyle(const QtArguments& qt) {
  const auto option = std::find(qt.words.rbegin(), qt.words.rend(), "-style"); // the last one counts
  if (option == qt.words.rend()) return "";
  const QString style = QString::fromStdString(*std::prev(option));
  if (setStyle(style)) return "";
  return "-style takes " + QStyleFactory::keys().join(", ").toStdString() + ", not '" + style.toStdString() + "'";
}

bool Application::notify(QObject* receiver, QEvent* event) {
  try {
    return QApplication::notify(receiver, event);
  } catch (const NoAddressSpace& error) {
    if (!onTrouble) throw;
    onTrouble(QString::fromUtf8(error.what()));
  } catch (const std::bad_alloc&) {
    if (!onTrouble) throw;
    onTrouble(QCoreApplication::translate("Application", "There is not enough memory."));
  }
  return true;
}

} // namespace sockwalk
