#include "views/lesson/question_card.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

namespace sockwalk {

QuestionCard::QuestionCard(const tell::Question& question, QWidget* parent) : QFrame(parent) {
  setProperty("callout", true);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(10, 4, 10, 6);
  box->setSpacing(2);
  m_title = new QLabel(tr("Predict"), this);
  m_title->setProperty("role", "accent");
  auto* ask = new QLabel(QString::fromStdString(question.ask), this);
  ask->setProperty("role", "words");
  ask->setWordWrap(true);
  m_reveal = new QPushButton(tr("Reveal"), this);
  m_reveal->setProperty("link", true);
  m_reveal->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Ignored); // the title's line is as high as the title
  m_reveal->setToolTip(tr("The answer is covered until you give it; this uncovers it in the pictures"));
  connect(m_reveal, &QPushButton::clicked, this, [this] {
    m_reveal->setEnabled(false); // it keeps its place
    emit revealed();
  });
  auto* head = new QHBoxLayout;
  head->addWidget(m_title, 1);
  head->addWidget(m_reveal);
  box->addLayout(head);
  box->addWidget(ask);
  for (const std::string& choice : question.choices) {
    auto* b = new QRadioButton(QString::fromStdString(choice), this);
    b->setProperty("mono", true);
    connect(b, &QRadioButton::clicked, this, [this, b] { emit given(b->text()); });
    box->addWidget(b);
  }
  if (question.choices.empty()) {
    auto* row = new QHBoxLayout;
    auto* line = new QLineEdit(this);
    line->setPlaceholderText(tr("your answer"));
    line->setToolTip(line->placeholderText());
    line->setAccessibleName(ask->text());
    auto* check = new QPushButton(tr("Check"), this);
    const auto submit = [this, line] {
      if (!line->text().isEmpty()) emit given(line->text());
    };
    connect(line, &QLineEdit::returnPressed, this, submit);
    connect(check, &QPushButton::clicked, this, submit);
    row->addWidget(line, 1);
    row->addWidget(check);
    box->addLayout(row);
  }
}

void QuestionCard::showVerdict(bool right) {
  m_title->setProperty("role", right ? "good" : "changed");
  style()->unpolish(m_title);
  style()->polish(m_title);
  if (right) m_reveal->setEnabled(false);
  m_title->setText(tr("Predict") + (right ? QStringLiteral("  ✓") : QStringLiteral("  ✗")));
}

QString verdictWords(bool right, const QString& because) {
  return right ? QuestionCard::tr("✓ Yes. %1").arg(because)
               : QuestionCard::tr("✗ The engine says otherwise. Try again, or reveal it and look.");
}

} // namespace sockwalk
