// Calm colours for the engine's C++: comments, which teach, stand out most; bookkeeping of the record stands back.
#pragma once
#include <QSyntaxHighlighter>

namespace sockwalk {

class SourceHighlighter final : public QSyntaxHighlighter {
public:
  explicit SourceHighlighter(QTextDocument* document);

protected:
  void highlightBlock(const QString& line) override;
};

} // namespace sockwalk
