#include "views/source/source_highlighter.h"
#include "views/theme/theme.h"
#include <QRegularExpression>

namespace sockwalk {
namespace {

const QRegularExpression& words() {
  static const QRegularExpression re(QStringLiteral("\\b(?:alignas|auto|bool|break|case|char|class|const|constexpr|"
                                                    "continue|default|delete|do|double|else|enum|explicit|"
                                                    "extern|false|for|friend|if|inline|int|long|namespace|new|nullptr|"
                                                    "operator|private|public|return|short|signed|sizeof|"
                                                    "static|static_assert|struct|switch|template|this|true|typename|"
                                                    "union|unsigned|using|void|while|u8|u16|u32|u64|s8|s16|"
                                                    "s32|s64|size_t)\\b"));
  return re;
}
const QRegularExpression& literals() {
  static const QRegularExpression re(
      QStringLiteral("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)+'|\\b0x[0-9a-fA-F]+\\b|\\b[0-9]+\\b"));
  return re;
}
// Lines that only tell the journal, and the preprocessor's.
const QRegularExpression& quiet() {
  static const QRegularExpression re(
      QStringLiteral("^\\s*(?:KFUNC|NOTE|SIMPLIFIED)\\b|^\\s*#|^\\s*(?:else\\s+)?NOTE\\("));
  return re;
}

} // namespace

SourceHighlighter::SourceHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {}

void SourceHighlighter::highlightBlock(const QString& line) {
  const Theme& t = theme();
  QTextCharFormat format;
  if (quiet().match(line).hasMatch()) {
    format.setForeground(t.color(Role::Muted));
    setFormat(0, int(line.size()), format);
    return;
  }
  const auto paint = [&](const QRegularExpression& re, const QColor& color, int weight) {
    format = {};
    format.setForeground(color);
    format.setFontWeight(weight);
    for (auto it = re.globalMatch(line); it.hasNext();) {
      const auto m = it.next();
      setFormat(int(m.capturedStart()), int(m.capturedLength()), format);
    }
  };
  paint(words(), t.layer(Layer::Socket).text, QFont::Normal);
  paint(literals(), t.layer(Layer::Link).text, QFont::Normal);
  qsizetype comment = line.indexOf(QLatin1String("//"));
  while (comment > 0 && line.left(comment).count('"') % 2) comment = line.indexOf(QLatin1String("//"), comment + 2);
  if (comment >= 0) {
    format = {};
    format.setForeground(t.layer(Layer::Transport).text);
    setFormat(int(comment), int(line.size() - comment), format);
  }
}

} // namespace sockwalk
