#include "app/verified.h"
#include <QFile>
#include <QTextStream>
#include <algorithm>

namespace sockwalk {

Verified Verified::read(const QString& path) {
  Verified verified;
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) return verified;
  QTextStream lines(&file);
  while (!lines.atEnd()) {
    const QStringList columns = lines.readLine().split('\t');
    if (columns.size() < 2 || columns[0].startsWith('#')) continue;
    double lowest = 2;
    for (const QString& column : columns.mid(1, 2)) {
      bool ok;
      const double score = column.toDouble(&ok);
      if (ok) lowest = std::min(lowest, score);
    }
    if (lowest <= 1) verified.m_scores.insert(columns[0], lowest);
  }
  return verified;
}

std::optional<double> Verified::score(const QString& caseName) const {
  const auto found = m_scores.constFind(caseName);
  return found == m_scores.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace sockwalk
