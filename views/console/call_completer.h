// The words that a console line can be made of: calls that this kernel has, and the constants of scripts.
#pragma once
#include <QCompleter>
#include <QStringList>

namespace sockwalk {

QStringList callNames();     // "socket", sorted; those that the kernel has
QStringList constantNames(); // "AF_INET", sorted

// The word that ends at `cursor`, where it begins, and whether a call is expected there.
struct WordAt {
  QString text;
  int begin = 0;
  bool call = false;
};
WordAt wordAt(const QString& line, int cursor);
// Words that may stand there, best first; none for fewer than two letters of a constant, or an exact match.
QStringList completions(const WordAt& word, int most = 12);

} // namespace sockwalk
