#include "views/lesson/lab_editor.h"
#include "views/theme/theme.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace sockwalk {

ScriptEdit::ScriptEdit(QWidget* parent) : QPlainTextEdit(parent) {
  setLineWrapMode(QPlainTextEdit::NoWrap);
  setFont(theme().mono(10.5));
  setMinimumWidth(1);
  setTabChangesFocus(true);
  setAccessibleName(tr("The script of this lab"));
  for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
    auto* run = new QShortcut(QKeySequence(Qt::CTRL | key), this);
    run->setContext(Qt::WidgetShortcut);
    connect(run, &QShortcut::activated, this, &ScriptEdit::runWanted);
  }
}

static QLabel* wordsIn(QWidget* parent, const QString& words) {
  auto* label = new QLabel(words, parent);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setProperty("role", "words");
  return label;
}

LabEditor::LabEditor(ScriptEdit& onCard, const QString& task, QWidget* parent)
    : QDialog(parent), m_result(wordsIn(this, {})) {
  setWindowTitle(tr("The script of this lab"));
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(16, 16, 16, 16);
  box->setSpacing(8);
  box->addWidget(wordsIn(this, task));
  auto* script = new ScriptEdit(this);
  script->setDocument(onCard.document());
  connect(script, &ScriptEdit::runWanted, this, &LabEditor::runWanted);
  box->addWidget(script, 1);
  box->addWidget(m_result);
  auto* row = new QHBoxLayout;
  auto* run = new QPushButton(tr("Run it"), this);
  run->setToolTip(tr("Plays the script and asks its record for the goals (Ctrl+Enter)"));
  auto* walk = new QPushButton(tr("Walk through it"), this);
  walk->setToolTip(tr("Plays the script and opens its record in the views"));
  auto* close = new QPushButton(tr("&Close"), this);
  for (QPushButton* b : {run, walk, close}) b->setAutoDefault(false); // Enter makes a line
  row->addWidget(run);
  row->addWidget(walk);
  row->addStretch(1);
  row->addWidget(close);
  box->addLayout(row);
  connect(run, &QPushButton::clicked, this, &LabEditor::runWanted);
  connect(walk, &QPushButton::clicked, this, &LabEditor::walkWanted);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  resize(int(theme().scaled(880)), int(theme().scaled(560)));
  script->setFocus();
}

void LabEditor::showResult(const QString& words) { m_result->setText(words); }

} // namespace sockwalk
