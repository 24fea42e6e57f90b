#include "views/lesson/breakable.h"
#include <QRegularExpression>

namespace sockwalk {

constexpr QChar Here(0x200b); // a space of no width

QString breakable(const QString& words) {
  constexpr int Longest = 17; // letters
  static const QRegularExpression longOne(QStringLiteral("\\S{%1,}").arg(Longest + 1));
  QString out = words;
  for (auto found = longOne.match(out); found.hasMatch();) {
    QString name = found.captured();
    for (qsizetype i = name.size() - 1; i-- > 0;)
      if (QStringLiteral("_|(.#/:").contains(name[i])) name.insert(i + 1, Here);
    out.replace(found.capturedStart(), found.capturedLength(), name);
    found = longOne.match(out, found.capturedStart() + name.size());
  }
  return out;
}

QString unbroken(QString words) { return words.remove(Here); }

} // namespace sockwalk
