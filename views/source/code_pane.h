// One source file with line numbers, the lit line and its function.
#pragma once
#include <QHash>
#include <QPlainTextEdit>

namespace sockwalk {

class SourceHighlighter;

class CodePane final : public QPlainTextEdit {
  Q_OBJECT
public:
  explicit CodePane(QWidget* parent = nullptr);
  // `running`: the line is the one that runs; else it waits for a call to come back.
  void show(const QString& file, int line, bool running);
  QString file() const { return m_file; }
  int line() const { return m_line; }
  // Marks a text in a line (from 0) and brings it into view; -1: none, and back to the lit line.
  void showFound(int line, const QString& text);
  // The line that wrote what is selected elsewhere; shown in its file, whichever runs. 0: none.
  void showLinked(const QString& file, int line);
  void clearLinked();
  int linkedLine() const { return m_linkedFile == m_file ? m_linkedLine : 0; } // in what is shown; 0: none

signals:
  void lineChosen(int line); // by a click, or Enter

signals:
  void lineClicked(int line); // from 1

protected:
  void mousePressEvent(QMouseEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void paintEvent(QPaintEvent*) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

private:
  class Numbers;
  friend class Numbers;
  void paintNumbers(QPaintEvent* event);
  void open(const QString& file);
  void lightLine(QList<QTextEdit::ExtraSelection>& lit, int line, const QColor& fill) const;
  void reveal(int line);
  void restyle();
  void fitType();
  void light();
  void lightFound(QList<QTextEdit::ExtraSelection>& lit) const;
  void reveal();
  int numbersWidth() const;

  Numbers* m_numbers;
  QHash<QString, QTextDocument*> m_documents; // by file, highlighted once
  QList<SourceHighlighter*> m_highlighters;
  QString m_file;
  int m_line = 0, m_foundLine = -1;
  QString m_found, m_linkedFile;
  int m_linkedLine = 0;
  bool m_running = true;
};

} // namespace sockwalk
