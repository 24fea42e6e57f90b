// The script of a lab, written: on its card, and with more room in a window of its own, where its long lines are seen whole.
#pragma once
#include <QDialog>
#include <QPlainTextEdit>

class QLabel;

namespace sockwalk {

// As it looks in both places; Ctrl+Enter runs it.
class ScriptEdit final : public QPlainTextEdit {
  Q_OBJECT
public:
  explicit ScriptEdit(QWidget* parent);

signals:
  void runWanted();
};

class LabEditor final : public QDialog {
  Q_OBJECT
public:
  LabEditor(ScriptEdit& onCard, const QString& task, QWidget* parent); // both write one text
  void showResult(const QString& words);

signals:
  void runWanted();
  void walkWanted();

private:
  QLabel* m_result;
};

} // namespace sockwalk
