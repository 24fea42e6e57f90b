#include "views/source/source_text.h"
#include <memory>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QResource>

static void initSources() { Q_INIT_RESOURCE(kernel_sources); } // outside of any namespace, as Qt wants it

namespace sockwalk {

const QStringList* sourceLines(const QString& file) {
  static QHash<QString, std::shared_ptr<QStringList>> read;
  if (const auto it = read.constFind(file); it != read.constEnd()) return it->get();
  initSources();
  std::shared_ptr<QStringList> lines;
  if (QFile in(QStringLiteral(":/kernel-source/") + file); in.open(QIODevice::ReadOnly)) {
    QString text = QString::fromUtf8(in.readAll());
    if (text.endsWith('\n')) text.chop(1);
    lines = std::make_shared<QStringList>(text.split('\n'));
  }
  return read.insert(file, lines)->get();
}

static QRegularExpression callOf(const QString& callee) {
  return QRegularExpression(QStringLiteral("(?<![A-Za-z0-9_])%1\\s*\\(").arg(QRegularExpression::escape(callee)));
}

int callLineAnywhere(const QStringList& lines, const QString& callee) {
  const QRegularExpression called = callOf(callee);
  int found = 0;
  for (int i = 0; i < lines.size(); ++i) {
    if (!lines[i].startsWith(' ') || lines[i].contains(QLatin1String("KFUNC(")) || !called.match(lines[i]).hasMatch())
      continue;
    if (found) return 0;
    found = i + 1;
  }
  return found;
}

int callLine(const QStringList& lines, int from, const QString& callee) {
  const QRegularExpression called = callOf(callee);
  for (int i = std::max(0, from - 1); i < lines.size(); ++i) {
    const QString& line = lines[i];
    if (i >= from && line.startsWith('}')) return 0; // the function ends at a brace in the first column
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    if (line.contains(QLatin1String("KFUNC("))) continue; // names the function itself
    if (called.match(comment < 0 ? line : line.left(comment)).hasMatch()) return i + 1;
  }
  return 0;
}

bool couldRun(const QStringList& lines, int function, int line) {
  if (line < 1 || line > lines.size()) return false;
  int end = function;
  while (end < lines.size() && !lines[end].startsWith('}')) ++end;
  if (line >= function && line <= end + 1) return true;
  static const QRegularExpression acts(
      QStringLiteral("\\b(?:set|add|setBytes|fillBytes|k[mz]alloc\\w*|kfree|kmem_cache_\\w+|list_\\w+|NOTE)\\b"));
  return acts.match(lines[line - 1]).hasMatch();
}

} // namespace sockwalk
