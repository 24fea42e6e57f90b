#include "app/classroom/class_line.h"
#include "app/classroom/class_seat.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockwalk {

ClassLine::ClassLine(ClassSeat& seat, QWidget* parent) : QFrame(parent), m_seat(seat) {
  setObjectName("banner");
  setProperty("callout", true);
  m_where = new QLabel;
  m_question = new QLabel;
  for (QLabel* label : {m_where, m_question}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
  }
  m_back = new QPushButton(tr("Back to the teacher"));
  m_leave = new QPushButton(tr("Leave the class"));
  auto* row = new QHBoxLayout;
  row->addWidget(m_where, 1);
  row->addWidget(m_back);
  row->addWidget(m_leave);
  m_choices = new QHBoxLayout;
  auto* box = new QVBoxLayout(this);
  box->addLayout(row);
  box->addWidget(m_question);
  box->addLayout(m_choices);
  connect(m_back, &QPushButton::clicked, &seat, &ClassSeat::comeBack);
  connect(m_leave, &QPushButton::clicked, &seat, &ClassSeat::leave);
  connect(&seat, &ClassSeat::changed, this, &ClassLine::tell);
  tell();
}

QString ClassLine::whereText() const {
  if (!m_seat.heard()) return tr("The teacher's machine is not heard; Sockwalk tries again and again.");
  if (m_seat.following()) return tr("You follow the teacher. Step yourself to look around; nobody is disturbed.");
  return tr("You have wandered off; the teacher is at %1.").arg(m_seat.teacherPlace());
}

void ClassLine::tell() {
  setVisible(m_seat.seated());
  if (!m_seat.seated()) return;
  m_where->setText(whereText());
  m_back->setVisible(!m_seat.following());
  tellQuestion();
}

void ClassLine::tellQuestion() {
  const auto& question = m_seat.teacher().question;
  m_question->setVisible(question.has_value());
  const int id = question ? question->id : -1;
  if (id != m_asked) {
    while (QLayoutItem* old = m_choices->takeAt(0)) {
      if (old->widget()) old->widget()->deleteLater();
      delete old;
    }
    m_asked = id;
    m_taken = -1;
    for (int i = 0; question && i < int(question->choices.size()); ++i) {
      auto* choice = new QPushButton(QString::fromStdString(question->choices[size_t(i)]));
      choice->setCheckable(true);
      choice->setAutoExclusive(true);
      connect(choice, &QPushButton::clicked, &m_seat, [this, i] { m_seat.answer(m_taken = i); });
      m_choices->addWidget(choice);
    }
    if (question) m_choices->addStretch(1);
  }
  if (!question) return;
  const QString text = QString::fromStdString(question->text);
  const bool open = question->answer.empty();
  m_question->setText(open ? text : tr("%1 It is: %2").arg(text, QString::fromStdString(question->answer)));
  for (int i = 0; i < m_choices->count(); ++i)
    if (QWidget* choice = m_choices->itemAt(i)->widget()) choice->setEnabled(open);
}

} // namespace sockwalk
