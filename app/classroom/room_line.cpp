#include "app/classroom/room_line.h"
#include "app/classroom/class_share.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockwalk {

std::optional<share::AskedQuestion> askedOf(const std::optional<PresentedQuestion>& question) {
  if (!question || question->task) return std::nullopt; // a task is worked at, not answered
  QString text = question->text;
  if (!question->items.isEmpty()) text += '\n' + question->items.join(QStringLiteral(" · "));
  share::AskedQuestion out{question->id, text.toStdString(), {}, question->right, question->answer.toStdString()};
  for (const QString& choice : question->choices) out.choices.push_back(choice.toStdString());
  return out;
}

RoomLine::RoomLine(PresentedLesson& lesson, ClassShare& share, QWidget* parent)
    : QFrame(parent), m_lesson(lesson), m_share(share) {
  setProperty("callout", true);
  m_words = new QLabel;
  m_words->setTextFormat(Qt::PlainText);
  m_words->setWordWrap(true);
  m_ask = new QPushButton(tr("Ask the class"));
  m_ask->setToolTip(tr("Put this question to all who follow; nobody has a name"));
  m_reveal = new QPushButton(tr("Reveal to all"));
  for (QPushButton* button : {m_ask, m_reveal}) button->setProperty("slim", true);
  auto* row = new QHBoxLayout;
  row->addWidget(m_ask);
  row->addWidget(m_reveal);
  row->addStretch();
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(8, 4, 8, 4);
  box->setSpacing(4);
  box->addWidget(m_words);
  box->addLayout(row);
  connect(m_ask, &QPushButton::clicked, this, &RoomLine::ask);
  connect(m_reveal, &QPushButton::clicked, this, [this] { m_lesson.reveal(); });
  connect(&lesson, &Presented::changed, this, &RoomLine::tell);
  connect(&share, &ClassShare::changed, this, &RoomLine::tell);
  connect(&share, &ClassShare::counted, this, &RoomLine::count);
  tell();
}

void RoomLine::forget() {
  m_asked = -1;
  m_taken.clear();
  tell();
}

void RoomLine::ask() {
  const auto question = m_lesson.question();
  if (!question) return;
  m_asked = question->id;
  m_taken.clear();
  m_share.ask(askedOf(question));
  tell();
}

void RoomLine::count(const std::vector<int>& taken, int followers) {
  m_taken = taken;
  m_followers = followers;
  tell();
}

QString RoomLine::countText(const PresentedQuestion& question) const {
  QStringList counts;
  for (qsizetype i = 0; i < question.choices.size(); ++i)
    counts << QStringLiteral("%1 %2").arg(question.choices[i]).arg(size_t(i) < m_taken.size() ? m_taken[size_t(i)] : 0);
  const QString follow = tr("%n follow", nullptr, m_share.followers());
  if (counts.isEmpty()) return tr("The class has the question. %1").arg(follow);
  return QStringLiteral("%1 · %2").arg(counts.join(QStringLiteral(" · ")), follow);
}

void RoomLine::tell() {
  const auto question = m_lesson.question();
  if (asked() && (!question || question->id != m_asked || !m_share.active())) { // the lesson has gone on
    m_asked = -1;
    m_share.ask(std::nullopt);
  }
  setVisible(m_share.active() && question && !question->task && (asked() || question->answer.isEmpty()));
  if (!question) return;
  const bool over = !question->answer.isEmpty();
  m_ask->setVisible(!asked());
  m_reveal->setVisible(asked() && !over);
  if (!asked()) return m_words->setText(tr("The class can answer this question, too."));
  if (over) m_share.ask(askedOf(question));
  m_words->setText(over ? tr("%1. It is: %2").arg(countText(*question), question->answer) : countText(*question));
}

} // namespace sockwalk
