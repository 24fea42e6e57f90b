#include "app/presenter/presented_lesson.h"
#include "engine/tell/lessons/lesson_views.h"
#include <QTextDocument>

namespace sockwalk {

PresentedLesson::PresentedLesson(LessonPanel& lesson, Walk& walk, QObject* parent)
    : Presented(parent), m_lesson(lesson), m_walk(walk) {
  connect(&lesson, &LessonPanel::stopShown, this, [this] {
    m_asked = 0;
    emit changed();
  });
  connect(&walk, &Walk::coversChanged, this, &Presented::changed); // a question was answered
}

const tell::LessonStop& PresentedLesson::here() const {
  return m_lesson.lesson().stops[static_cast<size_t>(m_lesson.stop())];
}

QStringList PresentedLesson::stops() const {
  QStringList out;
  for (const tell::LessonStop& stop : m_lesson.lesson().stops) out << QString::fromStdString(stop.heading);
  return out;
}

void PresentedLesson::goTo(int stop) {
  m_walk.pause();
  m_lesson.goTo(stop);
}

// What the author says to whoever teaches it stands before the first stop's words.
QString PresentedLesson::aboutTheLesson() const {
  QString out;
  if (m_lesson.stop() == 0)
    for (const std::string& note : m_lesson.lesson().teacher) out += "* " + QString::fromStdString(note) + '\n';
  return out.isEmpty() ? out : out + "\n---\n\n";
}

QString PresentedLesson::notes() const {
  if (!m_lesson.inLesson()) return {};
  QTextDocument words;
  words.setMarkdown(aboutTheLesson() + m_lesson.words(here().text));
  return words.toHtml();
}

QString PresentedLesson::view() const {
  if (!m_lesson.inLesson() || here().views.empty()) return {};
  return QString::fromStdString(tell::askedView(here().views.front()).name);
}

std::optional<PresentedQuestion> PresentedLesson::question() const {
  if (!m_lesson.inLesson() || m_asked >= int(here().questions.size())) return std::nullopt;
  const tell::Question& asked = here().questions[static_cast<size_t>(m_asked)];
  PresentedQuestion out{m_lesson.stop() * 64 + m_asked, m_lesson.words(asked.ask), {}, -1, {}};
  for (const tell::Choice& choice : asked.choices) out.choices << m_lesson.words(choice.shown);
  if (m_lesson.isOpen(m_asked)) return out;
  const auto right = m_lesson.rightAnswer(m_asked);
  out.answer = right ? QString::fromStdString(tell::saidAsText(asked, *right)) : QStringLiteral("?");
  for (int i = 0; right && i < int(asked.choices.size()); ++i)
    if (tell::isRight(asked, *right, {asked.choices[size_t(i)].answer})) out.right = i;
  return out;
}

bool PresentedLesson::reveal() {
  if (!m_lesson.inLesson() || m_asked >= int(here().questions.size())) return false;
  if (m_lesson.isOpen(m_asked)) m_lesson.reveal(m_asked);
  else if (m_asked + 1 < int(here().questions.size())) ++m_asked;
  else return false;
  emit changed();
  return true;
}

} // namespace sockwalk
