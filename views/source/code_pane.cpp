#include "views/source/code_pane.h"
#include "engine/tell/source/source_files.h"
#include "views/source/source_highlighter.h"
#include "views/theme/linked.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPlainTextDocumentLayout>
#include <QScrollBar>
#include <QTextBlock>

namespace sockwalk {

static constexpr int Columns = 70, ScrollBar = 10, Margin = 2; // characters, px, px
static constexpr double Closest = 0.10;                        // of a letter's width

class CodePane::Numbers final : public QWidget {
public:
  explicit Numbers(CodePane* pane) : QWidget(pane), m_pane(pane) {}

protected:
  void paintEvent(QPaintEvent* e) override { m_pane->paintNumbers(e); }

private:
  CodePane* m_pane;
};

CodePane::CodePane(QWidget* parent) : QPlainTextEdit(parent), m_numbers(new Numbers(this)) {
  setReadOnly(true);
  setLineWrapMode(NoWrap);
  setFrameShape(NoFrame);
  setCornerWidget(new QWidget(this));
  setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  setProperty("mono", true);
  setAccessibleName(tr("Source"));
  connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& r, int dy) {
    if (dy) m_numbers->scroll(0, dy);
    else m_numbers->update(0, r.y(), m_numbers->width(), r.height());
  });
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] {
    restyle();
    for (SourceHighlighter* h : m_highlighters) h->rehighlight();
    light();
  });
  restyle();
}

void CodePane::restyle() {
  fitType();
  setViewportMargins(numbersWidth(), 0, 0, 0);
  m_numbers->setGeometry(0, 0, numbersWidth(), height());
}

// In a narrow column the letters stand a little closer, then they are a little smaller: as many of a line's characters as
// a person reads at a glance stay in sight. As wide as it likes to be, the type is that of all kernel names.
void CodePane::fitType() {
  const double room = (width() - numbersWidth() - ScrollBar - 2 * Margin - 2) / double(Columns);
  QFont mono;
  for (const double px : {11.5, 11.0, 10.0}) {
    mono = theme().mono(px);
    const double advance = QFontMetricsF(mono).horizontalAdvance(QString(Columns, 'x')) / Columns;
    if (advance > room) mono.setLetterSpacing(QFont::AbsoluteSpacing, std::max(room - advance, -Closest * advance));
    if (advance * (1 - Closest) <= room) break;
  }
  if (mono == font()) return;
  setFont(mono);
  for (QTextDocument* d : m_documents) d->setDefaultFont(mono);
}

// Few of our files have more than 999 lines, and these show, too: the numbers may use the space before them.
int CodePane::numbersWidth() const {
  return QFontMetrics(theme().mono(10)).horizontalAdvance(QStringLiteral("000")) + int(theme().scaled(10));
}

void CodePane::open(const QString& file) {
  if (file != m_file) {
    QTextDocument*& document = m_documents[file];
    if (!document) {
      document = new QTextDocument(this);
      document->setDocumentLayout(new QPlainTextDocumentLayout(document));
      document->setDefaultFont(font());
      document->setDocumentMargin(Margin);
      const std::string_view source = tell::sourceText(file.toStdString());
      document->setPlainText(source.empty() ? tr("The source of %1 is not part of this program.").arg(file)
                                            : text(source).chopped(source.ends_with('\n')));
      m_highlighters << new SourceHighlighter(document);
    }
    setDocument(document);
    m_file = file;
    m_foundLine = -1;
  }
}

void CodePane::show(const QString& file, int line, bool running) {
  open(file);
  m_line = line;
  m_running = running;
  light();
  reveal();
}

void CodePane::light() {
  QList<QTextEdit::ExtraSelection> lit;
  lightLine(lit, m_line, theme().color(m_running ? Role::AccentTint : Role::Raised));
  lightLine(lit, linkedLine(), linkedFill());
  lightFound(lit);
  setExtraSelections(lit);
  m_numbers->update();
}

void CodePane::lightLine(QList<QTextEdit::ExtraSelection>& lit, int line, const QColor& fill) const {
  const QTextBlock block = line > 0 ? document()->findBlockByNumber(line - 1) : QTextBlock();
  if (!block.isValid()) return;
  QTextEdit::ExtraSelection s;
  s.format.setBackground(fill);
  s.format.setProperty(QTextFormat::FullWidthSelection, true);
  s.cursor = QTextCursor(block);
  lit << s;
}

void CodePane::showLinked(const QString& file, int line) {
  if (file != m_file) m_line = 0; // no line of it runs
  open(file);
  m_linkedFile = file;
  m_linkedLine = line;
  light();
  reveal(line);
}

void CodePane::clearLinked() {
  m_linkedLine = 0;
  light();
}

void CodePane::mouseReleaseEvent(QMouseEvent* event) {
  QPlainTextEdit::mouseReleaseEvent(event);
  if (event->button() == Qt::LeftButton && !textCursor().hasSelection())
    emit lineChosen(cursorForPosition(event->pos()).blockNumber() + 1);
}

void CodePane::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) return QPlainTextEdit::keyPressEvent(event);
  emit lineChosen(textCursor().blockNumber() + 1);
}

void CodePane::lightFound(QList<QTextEdit::ExtraSelection>& lit) const {
  const QTextBlock block = m_foundLine < 0 ? QTextBlock() : document()->findBlockByNumber(m_foundLine);
  const qsizetype at = block.isValid() ? block.text().indexOf(m_found, 0, Qt::CaseInsensitive) : -1;
  if (at < 0) return;
  QTextEdit::ExtraSelection s;
  s.format.setBackground(theme().color(Role::ChangedFill));
  s.format.setForeground(theme().color(Role::Changed));
  s.cursor = QTextCursor(block);
  s.cursor.setPosition(block.position() + int(at));
  s.cursor.setPosition(block.position() + int(at + m_found.size()), QTextCursor::KeepAnchor);
  lit << s;
}

void CodePane::showFound(int line, const QString& text) {
  m_foundLine = line;
  m_found = text.trimmed();
  light();
  if (line < 0) return reveal();
  const QTextBlock block = document()->findBlockByNumber(line);
  setTextCursor(QTextCursor(block));
  centerCursor();
}

// The text rests while the line stays in sight; otherwise the line comes to a third of the height, what follows below it.
void CodePane::reveal() { reveal(m_line); }
void CodePane::reveal(int line) {
  if (line <= 0) return;
  const int rows = std::max(1, viewport()->height() / std::max(1, fontMetrics().lineSpacing()));
  const int first = verticalScrollBar()->value(), at = line - 1, margin = std::min(2, rows / 4);
  if (at >= first + margin && at < first + rows - margin) return;
  verticalScrollBar()->setValue(std::max(0, at - rows / 3));
}

void CodePane::mousePressEvent(QMouseEvent* event) {
  QPlainTextEdit::mousePressEvent(event);
  emit lineClicked(cursorForPosition(event->position().toPoint()).blockNumber() + 1);
}

void CodePane::resizeEvent(QResizeEvent* e) {
  QPlainTextEdit::resizeEvent(e);
  if (e->size().width() != e->oldSize().width()) fitType();
  m_numbers->setGeometry(0, 0, numbersWidth(), height());
  reveal();
}

void CodePane::paintEvent(QPaintEvent* e) {
  QPlainTextEdit::paintEvent(e);
  const auto edge = [this](int line, const QColor& color) {
    const QTextBlock block = line > 0 ? document()->findBlockByNumber(line - 1) : QTextBlock();
    if (!block.isValid()) return;
    const QRectF r = blockBoundingGeometry(block).translated(contentOffset());
    QPainter(viewport()).fillRect(QRectF(0, r.y(), 2, r.height()), color);
  };
  if (m_running) edge(m_line, theme().color(Role::Accent));
  edge(linkedLine(), linkedColor());
}

void CodePane::paintNumbers(QPaintEvent* e) {
  QPainter p(m_numbers);
  p.fillRect(e->rect(), theme().color(Role::Card));
  QTextBlock block = firstVisibleBlock();
  double y = blockBoundingGeometry(block).translated(contentOffset()).top();
  while (block.isValid() && y <= e->rect().bottom()) {
    const double h = blockBoundingRect(block).height();
    const bool lit = block.blockNumber() + 1 == m_line, linked = block.blockNumber() + 1 == linkedLine();
    p.setFont(theme().mono(10, lit || linked ? QFont::Bold : QFont::Normal));
    p.setPen(linked ? linkedColor() : theme().color(lit ? Role::Accent : Role::Muted));
    p.drawText(QRectF(0, y, m_numbers->width() - theme().scaled(6), h), Qt::AlignRight | Qt::AlignVCenter,
               QString::number(block.blockNumber() + 1));
    y += h;
    block = block.next();
  }
}

} // namespace sockwalk
