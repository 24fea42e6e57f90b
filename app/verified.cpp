#include "app/verified.h"
#include <algorithm>
#include <QFile>
#include <QTextStream>

namespace sockwalk {

Verified Verified::read(const QString& path) {
  Verified verified;
  QFile file(path);
  if (path.isEmpty() || !file.open(QIODevice::ReadOnly | QIODevice::Text)) return verified;
  QTextStream lines(&file);
  while (!lines.atEnd()) {
    const QStringList columns = lines.readLine().split('\t');
    if (columns.size() < 3) continue;
    bool ok;
    const double score = columns[2].toDouble(&ok);
    if (!ok || score < 0 || score > 1) continue;
    const auto known = verified.m_scores.constFind(columns[1]);
    verified.m_scores.insert(columns[1], known == verified.m_scores.constEnd() ? score : std::min(score, *known));
  }
  return verified;
}

std::optional<double> Verified::score(const QString& caseName) const {
  const auto found = m_scores.constFind(caseName);
  return found == m_scores.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace sockwalk
