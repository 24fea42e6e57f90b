// The language of the window: as the desktop has it, or as the person chose. It is changed while the window is open, and
// nothing has to be done for it by those who show something: what they said once with tr() is found in their widgets
// and actions and said again, and what they work out from the walk they are asked for again (changed()).
#pragma once
#include "app/language.h"
#include <QObject>

namespace sockwalk {

enum class LanguageChoice { Desktop, English, Chinese };

class WindowLanguage final : public QObject {
  Q_OBJECT
public:
  static WindowLanguage& instance();

  LanguageChoice choice() const { return m_choice; }
  // Of the program's start, before the first widget, and at any time after it.
  void setChoice(LanguageChoice choice);
  Language language() const { return m_language; }
  QString english(const QString& shown) const; // of what the window says now; "" if it is not known

signals:
  void changed();

private:
  WindowLanguage() = default;
  LanguageChoice m_choice = LanguageChoice::Desktop;
  Language m_language = Language::English;
};

// As QSettings keep it, unless --lang asks for another.
LanguageChoice wantedLanguage();
void keepLanguage(LanguageChoice choice);

} // namespace sockwalk
