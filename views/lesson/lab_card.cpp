#include "views/lesson/lab_card.h"
#include "engine/base/whole_file.h"
#include "views/lesson/breakable.h"
#include "views/lesson/lab_editor.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace sockwalk {

QString scriptOf(const std::string& file) {
  const auto script = file.ends_with(".pkt") ? readWholeFile(file) : std::nullopt;
  return QString::fromStdString(script.value_or(""));
}

// "the console and the wire": what a person has besides a script.
static QString toolWords(const tell::LabUse& use) {
  if (use.script && use.console && use.wire) return LabCard::tr("You may use a script, the console and the wire.");
  if (use.script && use.console) return LabCard::tr("You may use a script and the console.");
  if (use.script && use.wire) return LabCard::tr("You may use a script and the wire.");
  if (use.console && use.wire) return LabCard::tr("You may use the console and the wire.");
  return use.console ? LabCard::tr("You may use the console.") : LabCard::tr("You may use the wire.");
}

LabCard::LabCard(const Offer& offer, const AnswerPane::Say& say, QWidget* parent)
    : QFrame(parent), m_offer(offer), m_task(say(offer.lab.task)) {
  setProperty("callout", true);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(10, 4, 10, 6);
  box->setSpacing(3);
  box->addWidget(head());
  const tell::Lab& lab = m_offer.lab;
  addWords(*box, m_task, "words");
  if (lab.use.acts()) addWords(*box, toolWords(lab.use), "muted");
  if (!m_offer.numbers.isEmpty()) addWords(*box, m_offer.numbers, "muted");
  m_begin = new QPushButton(m_offer.begun ? tr("Go on") : tr("Begin"), this);
  box->addWidget(m_begin);
  m_bench = bench();
  m_bench->hide(); // the words above keep their room until somebody wants to work
  box->addWidget(m_bench);
  connect(m_begin, &QPushButton::clicked, this, [this] {
    m_begin->hide();
    m_bench->show();
    if (m_offer.lab.use.acts()) emit benchWanted();
    else m_script->setFocus(Qt::OtherFocusReason);
  });
  showGoals(nullptr);
}

void LabCard::addWords(QBoxLayout& box, const QString& words, const char* role) {
  auto* label = new QLabel(breakable(words), this);
  label->setMinimumWidth(1); // narrower than its longest word: the panel says how wide
  label->setAccessibleName(words);
  label->setTextFormat(Qt::PlainText);
  label->setProperty("role", role);
  label->setWordWrap(true);
  box.addWidget(label);
}

QPushButton* LabCard::addButton(QBoxLayout& row, const QString& words, void (LabCard::*pressed)()) {
  auto* b = new QPushButton(words, this);
  b->setProperty("slim", true);
  b->setMinimumWidth(1); // two stand side by side in a narrow panel
  connect(b, &QPushButton::clicked, this, pressed);
  row.addWidget(b); // each as wide as its words: halves would cut the longer one
  return b;
}

QWidget* LabCard::bench() {
  auto* place = new QWidget(this);
  auto* box = new QVBoxLayout(place);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(3);
  if (m_offer.lab.use.script) addScript(*box);
  addWays(*box);
  m_result = new QLabel(place);
  m_result->setTextFormat(Qt::PlainText);
  m_result->setWordWrap(true);
  m_result->setMinimumWidth(1);
  m_result->setProperty("role", "words");
  box->addWidget(m_result);
  auto* back = new QHBoxLayout;
  m_back = addButton(*back, tr("Back to the lesson"), &LabCard::backWanted);
  m_back->setToolTip(tr("The lesson's walk is back; the lab stays as it is, and you can go on with it"));
  m_back->setVisible(m_offer.lab.use.acts());
  box->addLayout(back);
  return place;
}

// What can be done with what is written, or typed.
void LabCard::addWays(QBoxLayout& box) {
  auto* buttons = new QHBoxLayout;
  QPushButton* run = addButton(*buttons, m_script ? tr("Run it") : tr("Start over"), &LabCard::runOrBegin);
  if (m_script) run->setToolTip(tr("Plays the script and asks its record for the goals (Ctrl+Enter)"));
  const bool typed = tell::isLinesFile(m_offer.lab.solution);
  addButton(*buttons, tr("Solution"), &LabCard::showSolution)
      ->setToolTip(typed ? tr("Begins anew and types what does it, so that you can walk through it")
                         : tr("Puts a script that does it in the place of yours"));
  box.addLayout(buttons);
  if (!m_script) return;
  auto* more = new QHBoxLayout;
  addButton(*more, tr("Enlarge"), &LabCard::enlarge)->setToolTip(tr("The script in a window of its own"));
  if (!m_offer.lab.use.acts())
    addButton(*more, tr("Walk through it"), &LabCard::walkThrough)
        ->setToolTip(tr("Plays the script and opens its record in the views"));
  box.addLayout(more);
}

void LabCard::addScript(QBoxLayout& box) {
  m_script = new ScriptEdit(this);
  m_script->setPlainText(m_offer.written.isEmpty() ? m_offer.start : m_offer.written);
  constexpr int Lines = 9;
  m_script->setFixedHeight(Lines * m_script->fontMetrics().lineSpacing() + 28);
  connect(m_script, &QPlainTextEdit::textChanged, this, [this] { emit scriptWritten(m_script->toPlainText()); });
  connect(m_script, &ScriptEdit::runWanted, this, &LabCard::runOrBegin);
  box.addWidget(m_script);
}

void LabCard::enlarge() {
  if (!m_editor) {
    m_editor = new LabEditor(*m_script, m_task, this);
    connect(m_editor, &LabEditor::runWanted, this, &LabCard::runOrBegin);
    connect(m_editor, &LabEditor::walkWanted, this, [this] {
      m_editor->close();
      if (m_offer.lab.use.acts()) again();
      else walkThrough();
    });
    m_editor->showResult(result());
  }
  m_editor->show();
  m_editor->raise();
}

QWidget* LabCard::head() {
  auto* line = new QWidget(this);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  m_title = new QLabel(tr("Lab"), line);
  m_title->setProperty("role", "accent");
  row->addWidget(m_title, 1);
  if (m_offer.lab.hint.empty()) return line;
  auto* hint = new QPushButton(tr("Hint"), line);
  hint->setProperty("link", true);
  hint->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Ignored);
  hint->setToolTip(tr("Says below where to look"));
  connect(hint, &QPushButton::clicked, this, &LabCard::hintWanted);
  row->addWidget(hint);
  return line;
}

void LabCard::setScript(const QString& script) { m_script->setPlainText(script); }
void LabCard::showSolution() {
  if (tell::isLinesFile(m_offer.lab.solution)) emit solutionWanted();
  else setScript(m_offer.solution);
}
void LabCard::again() { emit startWanted(m_script ? m_script->toPlainText() : QString()); }
QString LabCard::result() const { return unbroken(m_result->text()); }

void LabCard::walkThrough() { emit walkWanted(m_script->toPlainText()); }
void LabCard::runOrBegin() {
  if (m_offer.lab.use.acts()) again();
  else run();
}

// Where only a script is written, that goes on beside the lesson.
void LabCard::atWork(bool walking) {
  const bool acts = m_offer.lab.use.acts();
  m_back->setVisible(acts || walking);
  if (walking || !acts) return;
  m_bench->hide();
  m_begin->setText(tr("Go on"));
  m_begin->show();
}

void LabCard::run() {
  const tell::LabOutcome outcome = tell::tryLab(m_offer.lab, m_script->toPlainText().toStdString());
  showOutcome(outcome);
  if (outcome.reached) emit solved();
}

void LabCard::showOutcome(const tell::LabOutcome& outcome) {
  m_title->setProperty("role", outcome.reached ? "good" : "changed");
  style()->unpolish(m_title);
  style()->polish(m_title);
  m_title->setText(tr("Lab") + (outcome.reached ? QStringLiteral("  ✓") : QStringLiteral("  ✗")));
  showGoals(&outcome);
}

// What the record must show, as the expressions that are asked of it.
void LabCard::showGoals(const tell::LabOutcome* outcome) {
  const tell::Lab& lab = m_offer.lab;
  const auto mark = [&](bool reached) {
    return !outcome ? QStringLiteral("○ ") : reached ? QStringLiteral("✓ ") : QStringLiteral("✗ ");
  };
  QStringList lines;
  for (size_t i = 0; i < lab.partial.size(); ++i)
    lines << mark(outcome && outcome->partial[i]) + QString::fromStdString(lab.partial[i].text);
  lines << mark(outcome && outcome->reached) + QString::fromStdString(lab.goal.text);
  if (outcome && !outcome->trouble.empty()) lines = {QString::fromStdString(outcome->trouble)};
  m_result->setText(breakable(lines.join('\n')));
  m_result->setAccessibleName(lines.join('\n'));
  if (m_editor) m_editor->showResult(lines.join('\n'));
}

} // namespace sockwalk
