#include "views/lesson/lab_card.h"
#include "views/theme/theme.h"
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace sockwalk {

QString scriptOf(const std::string& file) {
  QFile in(QString::fromStdString(file));
  if (!file.ends_with(".pkt") || !in.open(QIODevice::ReadOnly)) return {};
  return QString::fromUtf8(in.readAll());
}

LabCard::LabCard(const tell::Lab& lab, const QString& start, const AnswerPane::Say& say, QWidget* parent)
    : QFrame(parent), m_lab(lab) {
  setProperty("callout", true);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(10, 4, 10, 6);
  box->setSpacing(3);
  box->addWidget(head());
  auto* task = new QLabel(say(lab.task), this);
  task->setTextFormat(Qt::PlainText);
  task->setProperty("role", "words");
  task->setWordWrap(true);
  box->addWidget(task);
  auto* begin = new QPushButton(tr("Begin"), this);
  box->addWidget(begin);
  QWidget* const place = bench(start);
  place->hide(); // the words above keep their room until somebody wants to work
  box->addWidget(place);
  connect(begin, &QPushButton::clicked, this, [this, begin, place] {
    begin->hide();
    place->show();
    m_script->setFocus(Qt::OtherFocusReason);
  });
  showGoals(nullptr);
}

QWidget* LabCard::bench(const QString& start) {
  auto* place = new QWidget(this);
  auto* box = new QVBoxLayout(place);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(3);
  m_script = new QPlainTextEdit(start, place);
  m_script->setLineWrapMode(QPlainTextEdit::NoWrap);
  m_script->setFont(theme().mono(10.5));
  m_script->setMinimumWidth(1);
  m_script->setTabChangesFocus(true);
  m_script->setAccessibleName(tr("The script of this lab"));
  constexpr int Lines = 7;
  m_script->setFixedHeight(Lines * m_script->fontMetrics().lineSpacing() + 28);
  box->addWidget(m_script);
  auto* buttons = new QHBoxLayout;
  const auto button = [&](const QString& words, void (LabCard::*pressed)()) {
    auto* b = new QPushButton(words, place);
    connect(b, &QPushButton::clicked, this, pressed);
    buttons->addWidget(b, 1);
    return b;
  };
  button(tr("Run it"), &LabCard::run);
  button(tr("Solution"), &LabCard::showSolution)->setToolTip(tr("Puts a script that does it in the place of yours"));
  box->addLayout(buttons);
  m_result = new QLabel(place);
  m_result->setTextFormat(Qt::PlainText);
  m_result->setWordWrap(true);
  m_result->setProperty("role", "words");
  box->addWidget(m_result);
  return place;
}

QWidget* LabCard::head() {
  auto* line = new QWidget(this);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  m_title = new QLabel(tr("Lab"), line);
  m_title->setProperty("role", "accent");
  row->addWidget(m_title, 1);
  if (m_lab.hint.empty()) return line;
  auto* hint = new QPushButton(tr("Hint"), line);
  hint->setProperty("link", true);
  hint->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Ignored);
  hint->setToolTip(tr("Says below where to look"));
  connect(hint, &QPushButton::clicked, this, &LabCard::hintWanted);
  row->addWidget(hint);
  return line;
}

void LabCard::setScript(const QString& script) { m_script->setPlainText(script); }
void LabCard::showSolution() { setScript(scriptOf(m_lab.solution)); }
QString LabCard::result() const { return m_result->text(); }

void LabCard::run() {
  const tell::LabOutcome outcome = tell::tryLab(m_lab, m_script->toPlainText().toStdString());
  m_title->setProperty("role", outcome.reached ? "good" : "changed");
  style()->unpolish(m_title);
  style()->polish(m_title);
  m_title->setText(tr("Lab") + (outcome.reached ? QStringLiteral("  ✓") : QStringLiteral("  ✗")));
  showGoals(&outcome);
  if (outcome.reached) emit solved();
}

// What the record must show, as the expressions that are asked of it.
void LabCard::showGoals(const tell::LabOutcome* outcome) {
  const auto mark = [&](bool reached) {
    return !outcome ? QStringLiteral("○ ") : reached ? QStringLiteral("✓ ") : QStringLiteral("✗ ");
  };
  QStringList lines;
  for (size_t i = 0; i < m_lab.partial.size(); ++i)
    lines << mark(outcome && outcome->partial[i]) + QString::fromStdString(m_lab.partial[i].text);
  lines << mark(outcome && outcome->reached) + QString::fromStdString(m_lab.goal.text);
  if (outcome && !outcome->trouble.empty()) lines = {QString::fromStdString(outcome->trouble)};
  m_result->setText(lines.join('\n'));
}

} // namespace sockwalk
