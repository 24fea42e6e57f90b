// How far the path of a named call is verified against the kernel: the scores that the tests hold as floors.
#pragma once
#include <QHash>
#include <QString>
#include <optional>

namespace sockwalk {

class Verified {
public:
  // Tab-separated: case name, score of calls, score of geometry ("-": none). Lines that begin with # are comments.
  static Verified read(const QString& path);
  std::optional<double> score(const QString& caseName) const; // the lower of the two; nothing if unknown

private:
  QHash<QString, double> m_scores;
};

} // namespace sockwalk
