// Which keys bring a view: digits by the place that it has, so that most need not be looked up. What came when the digits
// were used up has a letter, so that no view's keys change because there is another view.
#pragma once
#include <QHash>
#include <QKeySequence>

namespace sockwalk {

class ViewKeys {
public:
  // What is held with the digits of the first ten, of the others and with a letter: "Ctrl", "Ctrl+Shift".
  ViewKeys(const char* first, const char* further) : m_first(first), m_further(further) {}
  // Asked view by view, in the menu's order; empty where a view has none.
  QKeySequence next(const QString& view) {
    static const QHash<QString, QString> Letters{{"filter", "L"}, {"eras", "N"}, {"happened", "H"}, {"watch", "W"}};
    if (Letters.contains(view)) return QKeySequence(m_further + '+' + Letters[view]);
    if (++m_number > 20) return {};
    return QKeySequence((m_number <= 10 ? m_first : m_further) + '+' + QString::number(m_number % 10));
  }

private:
  QString m_first, m_further;
  int m_number = 0;
};

} // namespace sockwalk
