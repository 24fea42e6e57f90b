#include "views/lesson/question_card.h"
#include "views/theme/elided_label.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace sockwalk {

QuestionCard::QuestionCard(const tell::Question& question, const AnswerMeans& means, const AnswerPane::Say& say,
                           QWidget* parent)
    : QFrame(parent), m_click(question.kind == tell::AnswerKind::Click) {
  setProperty("callout", true);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(10, 4, 10, 6);
  box->setSpacing(2);
  box->addWidget(head(question));
  auto* ask = new QLabel(say(question.ask), this);
  ask->setTextFormat(Qt::PlainText);
  ask->setProperty("role", "words");
  ask->setWordWrap(true);
  box->addWidget(ask);
  if (question.other) addDifferences(*question.other, *box);
  m_answer = new AnswerPane(question, means, say, this);
  m_answer->setAccessibleName(ask->text());
  connect(m_answer, &AnswerPane::given, this, &QuestionCard::given);
  box->addWidget(m_answer);
  showTries(0, question.tries);
}

// In what the other run differs; all of it is in the tip, if it is long.
void QuestionCard::addDifferences(const tell::OtherRun& other, QVBoxLayout& box) {
  constexpr int Most = 4;
  QStringList lines;
  for (const std::string& line : other.differences()) lines << QString::fromStdString(line);
  if (lines.isEmpty()) return;
  auto* title = new QLabel(tr("In the other run:"), this);
  title->setProperty("role", "muted");
  box.addWidget(title);
  for (qsizetype i = 0; i < std::min<qsizetype>(lines.size(), Most); ++i) {
    auto* line = new ElidedLabel(this);
    line->setProperty("mono", true);
    line->setWords(i + 1 == Most && lines.size() > Most ? QStringLiteral("…") : lines[i], lines.join('\n'));
    box.addWidget(line);
  }
}

QWidget* QuestionCard::head(const tell::Question& question) {
  auto* line = new QWidget(this);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  m_title = new QLabel(line);
  m_title->setProperty("role", "accent");
  m_title->setMinimumWidth(1); // it gives way: the card is as wide as the panel
  row->addWidget(m_title, 1);
  const auto link = [&](const QString& words, const QString& tip) {
    auto* b = new QPushButton(words, line);
    b->setProperty("link", true);
    b->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Ignored); // the title's line is as high as the title
    b->setToolTip(tip);
    row->addWidget(b);
    return b;
  };
  if (!question.hint.empty())
    connect(link(tr("Hint"), tr("Says below where to look")), &QPushButton::clicked, this, &QuestionCard::hintWanted);
  m_reveal = link(tr("Reveal"), tr("The answer is covered until you give it; this uncovers it in the pictures"));
  connect(m_reveal, &QPushButton::clicked, this, [this] {
    close();
    emit revealed();
  });
  return line;
}

void QuestionCard::showTitle() {
  QString words = m_mark.isEmpty() ? tr("Predict") : m_mark.trimmed(); // a narrow panel has no room for all
  if (!m_mark.isEmpty() && !m_tries.isEmpty()) words += QStringLiteral(" · ") + m_tries;
  m_title->setText(words);
}

void QuestionCard::showTries(int used, int all) {
  const bool more = all && used < all;
  m_tries = more ? QStringLiteral("%1/%2").arg(used + 1).arg(all) : QString(); // a narrow panel has room for this
  m_title->setToolTip(more ? tr("try %1 of %2").arg(used + 1).arg(all) : QString());
  showTitle();
}

void QuestionCard::showVerdict(bool right) {
  m_title->setProperty("role", right ? "good" : "changed");
  style()->unpolish(m_title);
  style()->polish(m_title);
  m_mark = right ? QStringLiteral("  ✓") : QStringLiteral("  ✗");
  if (right) m_tries.clear();
  if (right) close();
  showTitle();
}

void QuestionCard::close() { // everything keeps its place
  m_reveal->setEnabled(false);
  m_answer->setEnabled(false);
}

QString verdictWords(bool right, const QString& because) {
  return right ? QuestionCard::tr("✓ Yes. %1").arg(because)
               : QuestionCard::tr("✗ The engine says otherwise. Try again, or reveal it and look.");
}

QString lastVerdictWords(const QString& answer, const QString& because) {
  return QuestionCard::tr("✗ The engine says %1. %2").arg(answer, because);
}

QString revealedWords(const QString& answer, const QString& because) {
  return QuestionCard::tr("It is: %1. %2").arg(answer, because);
}

} // namespace sockwalk
