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
  if (!m_lesson.inLesson()) return std::nullopt;
  const int questions = int(here().questions.size()), lab = m_asked - questions;
  if (lab >= int(here().labs.size())) return std::nullopt;
  PresentedQuestion out = lab < 0 ? asked(here().questions[size_t(m_asked)]) : task(here().labs[size_t(lab)]);
  out.id = m_lesson.stop() * 64 + m_asked;
  return out;
}

PresentedQuestion PresentedLesson::task(const tell::Lab& lab) const {
  return {.text = tr("Lab: %1").arg(m_lesson.words(m_lesson.withNumbers(lab).task)), .task = true};
}

static QStringList asTexts(const std::vector<std::string>& words) {
  QStringList out;
  for (const std::string& word : words) out << QString::fromStdString(word);
  return out;
}

PresentedQuestion PresentedLesson::asked(const tell::Question& asked) const {
  PresentedQuestion out{.text = m_lesson.words(asked.ask), .items = asTexts(tell::callsToOrder(asked))};
  for (const tell::Choice& choice : asked.choices) out.choices << m_lesson.words(choice.shown);
  for (const tell::MatchPair& pair : asked.match) out.items << m_lesson.words(pair.name);
  const auto right = m_lesson.rightAnswer(m_asked);
  if (right && !asked.match.empty()) out.values = asTexts(tell::valuesToMatch(*right));
  if (m_lesson.isOpen(m_asked)) return out;
  out.answer = right ? answerOf(asked, *right) : QStringLiteral("?");
  for (int i = 0; right && i < int(asked.choices.size()); ++i)
    if (tell::isRight(asked, *right, {asked.choices[size_t(i)].answer})) out.right = i;
  return out;
}

// Of what was matched each name with its value.
QString PresentedLesson::answerOf(const tell::Question& asked, const tell::RightAnswer& right) const {
  QStringList pairs;
  for (size_t i = 0; i < asked.match.size(); ++i)
    pairs << QStringLiteral("%1: %2").arg(m_lesson.words(asked.match[i].name), QString::fromStdString(right.list[i]));
  return pairs.isEmpty() ? QString::fromStdString(tell::saidAsText(asked, right)) : pairs.join(QStringLiteral("  ·  "));
}

bool PresentedLesson::reveal() {
  if (!m_lesson.inLesson()) return false;
  const int questions = int(here().questions.size());
  if (m_asked < questions && m_lesson.isOpen(m_asked)) m_lesson.reveal(m_asked);
  else if (m_asked + 1 < questions + int(here().labs.size())) ++m_asked;
  else return false;
  emit changed();
  return true;
}

} // namespace sockwalk
