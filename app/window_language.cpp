#include "app/window_language.h"
#include "app/said_again.h"
#include <QApplication>
#include <QEvent>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

namespace sockwalk {
namespace {

// The program's words and Qt's own, in one; it remembers what was asked for, so that it can be said again.
class Interpreter final : public QTranslator {
public:
  void load(Language language) {
    const QString locale = language == Language::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    if (!m_ours.load(QStringLiteral(":/translations/sockwalk_") + locale))
      qWarning("no words for %s", qPrintable(locale));
    m_qt = language == Language::Chinese ? std::make_unique<QTranslator>() : nullptr;
    // A Debian that lacks Qt's translations has English in Qt's few dialogs; ours are complete.
    if (m_qt && !m_qt->load("qtbase_" + locale, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) m_qt = nullptr;
  }
  bool isEmpty() const override { return false; }
  QString translate(const char* context, const char* source, const char* comment, int n) const override {
    QString said = m_ours.translate(context, source, comment, n);
    if (said.isNull() && m_qt) said = m_qt->translate(context, source, comment, n);
    if (n < 0) m_said.remember(said.isNull() ? QString::fromUtf8(source) : said, context, source);
    return said;
  }
  const SaidTexts& said() const { return m_said; }
  SaidTexts takeSaid() { return std::exchange(m_said, {}); }

private:
  QTranslator m_ours;
  std::unique_ptr<QTranslator> m_qt;
  mutable SaidTexts m_said;
};

Interpreter& interpreter() {
  static auto* const one = new Interpreter; // widgets may still ask while the program ends
  return *one;
}

Language languageFor(LanguageChoice choice) {
  if (choice != LanguageChoice::Desktop)
    return choice == LanguageChoice::Chinese ? Language::Chinese : Language::English;
  for (const QString& wished : QLocale::system().uiLanguages()) {
    if (wished.startsWith(QLatin1String("zh"))) return Language::Chinese;
    if (wished.startsWith(QLatin1String("en")) || wished == QLatin1String("C")) return Language::English;
  }
  return Language::English;
}

} // namespace

WindowLanguage& WindowLanguage::instance() {
  static auto* const one = new WindowLanguage;
  return *one;
}

void WindowLanguage::setChoice(LanguageChoice choice) {
  m_choice = choice;
  const Language language = languageFor(choice);
  const bool first = interpreter().parent() == nullptr;
  if (!first && language == m_language) return;
  m_language = language;
  speak(language);
  const SaidTexts before = interpreter().takeSaid();
  interpreter().load(language);
  if (first) {
    interpreter().setParent(this);
    QCoreApplication::installTranslator(&interpreter());
  }
  sayAgain(before);
  emit changed();
}

QString WindowLanguage::english(const QString& shown) const {
  const QList<SaidTexts::Words> words = interpreter().said().of(shown);
  return words.isEmpty() ? QString() : QString::fromUtf8(words.first().source);
}

LanguageChoice wantedLanguage() {
  if (const auto asked = askedLanguage())
    return *asked == Language::Chinese ? LanguageChoice::Chinese : LanguageChoice::English;
  return LanguageChoice(qBound(0, QSettings().value("language", 0).toInt(), 2));
}
void keepLanguage(LanguageChoice choice) { QSettings().setValue("language", int(choice)); }

} // namespace sockwalk
