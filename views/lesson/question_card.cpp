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
  box->setContentsMargins(12, 10, 12, 10);
  box->setSpacing(6);
  auto* title = new QLabel(tr("Predict"), this);
  title->setProperty("role", "accent");
  auto* ask = new QLabel(QString::fromStdString(question.ask), this);
  ask->setWordWrap(true);
  box->addWidget(title);
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
  m_covered = new QLabel(tr("Its answer is covered until you give it."), this);
  m_covered->setProperty("role", "muted");
  m_covered->setWordWrap(true);
  m_reveal = new QPushButton(tr("Reveal"), this);
  m_reveal->setProperty("link", true);
  m_reveal->setToolTip(tr("Uncover the answer in the pictures"));
  connect(m_reveal, &QPushButton::clicked, this, [this] {
    m_covered->hide();
    m_reveal->hide();
    emit revealed();
  });
  auto* row = new QHBoxLayout;
  row->addWidget(m_covered, 1);
  row->addWidget(m_reveal, 0, Qt::AlignTop);
  box->addLayout(row);
  m_verdict = new QLabel(this);
  m_verdict->setWordWrap(true);
  m_verdict->hide();
  box->addWidget(m_verdict);
}

void QuestionCard::showVerdict(bool right, const QString& because) {
  m_verdict->setProperty("role", right ? "good" : "changed");
  style()->unpolish(m_verdict);
  style()->polish(m_verdict);
  m_verdict->setText(right ? tr("✓ Yes. %1").arg(because)
                           : tr("✗ The engine says otherwise. Try again, or reveal it and look."));
  m_covered->setVisible(!right && m_covered->isVisibleTo(this));
  m_reveal->setVisible(!right && m_reveal->isVisibleTo(this));
  m_verdict->show();
}

} // namespace sockwalk
