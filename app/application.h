// Qt's application, for a program that ends with a sentence where Qt would abort it.
#pragma once
#include "app/window.h"
#include <functional>
#include <QApplication>

namespace sockwalk {

// While one lives, a fatal error of Qt (no display, no such platform) ends the program with a sentence and exit code 2,
// and what Qt warned of before it is kept back.
class FatalErrorsAsSentences {
public:
  explicit FatalErrorsAsSentences(QtArguments& qt);
  ~FatalErrorsAsSentences();
  FatalErrorsAsSentences(const FatalErrorsAsSentences&) = delete;
  void over(); // from here on Qt's messages go where they always go, those kept back too
};

class Application final : FatalErrorsAsSentences, public QApplication {
public:
  explicit Application(QtArguments& qt);
  // Puts the style that was asked for with -style above the theme's own. A sentence if Qt does not have it; else "".
  static std::string applyStyle(const QtArguments& qt);

  // Told in words what an action of the person failed of: the machine's memory may run out at any step.
  std::function<void(const QString&)> onTrouble;
  bool notify(QObject* receiver, QEvent* event) override;
};

} // namespace sockwalk
