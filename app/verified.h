// How far the path of a named call is verified against the kernel: the scores that the tests hold as floors.
#pragma once
#include <optional>
#include <QHash>
#include <QString>

namespace sockwalk {

class Verified {
public:
  // verified.tsv (tests/scenarios/floors.tsv in the sources): kind ("calls", "geometry"), case, score; its first line names the columns.
  static Verified read(const QString& path);
  std::optional<double> score(const QString& caseName) const; // the lowest of its kinds; nothing if unknown

private:
  QHash<QString, double> m_scores;
};

} // namespace sockwalk
