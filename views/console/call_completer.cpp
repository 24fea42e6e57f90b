#include "views/console/call_completer.h"
#include "engine/memory/constants.h"
#include "engine/scenario/call_table.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {

QStringList callNames() {
  static const QStringList names = [] {
    QStringList out;
    for (const scenario::CallShape& c : scenario::callShapes()) out << text(c.name);
    out.sort();
    out.removeDuplicates();
    return out;
  }();
  return names;
}

QStringList constantNames() {
  static const QStringList names = [] {
    QStringList out;
    for (const ConstantGroup& group : constantGroups())
      if (group.script && group.name != "errno" && group.name != "errno_inside") // a call does not take errors
        for (const EnumValue& c : group.values) out << text(c.name);
    out.sort();
    out.removeDuplicates();
    return out;
  }();
  return names;
}

static bool isWord(QChar c) { return c.isLetterOrNumber() || c == '_'; }

WordAt wordAt(const QString& line, int cursor) {
  int begin = std::min<int>(cursor, int(line.size()));
  const int end = begin;
  while (begin > 0 && isWord(line[begin - 1])) --begin;
  // A call's name stands first, or behind "name =".
  const QString before = line.left(begin).trimmed();
  return {line.mid(begin, end - begin), begin, before.isEmpty() || (before.endsWith('=') && !before.contains('('))};
}

QStringList completions(const WordAt& word, int most) {
  QStringList out;
  if (word.text.size() < (word.call ? 1 : 2)) return out;
  const QStringList& all = word.call ? callNames() : constantNames();
  for (const QString& name : all) {
    if (!name.startsWith(word.text, word.call ? Qt::CaseInsensitive : Qt::CaseSensitive)) continue;
    if (name == word.text) return {};
    if (out.size() < most) out << name;
  }
  return out;
}

} // namespace sockwalk
