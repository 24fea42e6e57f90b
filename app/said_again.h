// What the window said with tr(), said again in another language: labels, buttons, menus, tooltips, placeholders and
// what is read to the blind, of every widget and action that there is.
#pragma once
#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace sockwalk {

// Which words stand behind a text that is shown.
class SaidTexts {
public:
  struct Words {
    QByteArray context, source;
    bool operator==(const Words& other) const = default;
  };
  void remember(const QString& shown, const char* context, const char* source);
  QList<Words> of(const QString& shown) const { return m_words.value(shown); }

private:
  QHash<QString, QList<Words>> m_words;
};

// Looks for each text of the widgets and actions in `before`, and puts what is said now in its place.
void sayAgain(const SaidTexts& before);

} // namespace sockwalk
