#include "views/source/source_text.h"
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QResource>
#include <memory>

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

int callLine(const QStringList& lines, int from, const QString& callee) {
  const QRegularExpression called(QStringLiteral("(?<![A-Za-z0-9_])%1\\s*\\(").arg(QRegularExpression::escape(callee)));
  for (int i = std::max(0, from - 1); i < lines.size(); ++i) {
    const QString& line = lines[i];
    if (i >= from && line.startsWith('}')) return 0; // the function ends at a brace in the first column
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    if (line.contains(QLatin1String("KFUNC("))) continue; // names the function itself
    if (called.match(comment < 0 ? line : line.left(comment)).hasMatch()) return i + 1;
  }
  return 0;
}

} // namespace sockwalk
