// The questions of a stop: what is asked is covered everywhere until it is answered; then the walk goes there and shows it.
#include "engine/tell/messages.h"
#include "views/lesson/lab_bench.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/question_card.h"
#include "views/lesson/said_place.h"
#include "views/walk/text.h"
#include <QVBoxLayout>

namespace sockwalk {

// A stop's words are true at the stop, wherever the walk has gone since.
QString LessonPanel::words(const tell::LessonWords& said) const {
  if (!inLesson() || !m_walk.isOpen()) return {};
  const auto hides = [this](const tell::Formula& f) { return m_walk.covers().formula(f); };
  return QString::fromStdString(tell::said(said, session(), m_positions[static_cast<size_t>(m_stop)], hides));
}

const tell::Question& LessonPanel::question(int index) const {
  return m_lesson.stops[static_cast<size_t>(m_stop)].questions[static_cast<size_t>(index)];
}

Result<tell::RightAnswer> LessonPanel::rightAnswer(int index) const {
  Playhead asked(session().journal()); // its own, so that asking does not move the person
  return tell::askEngine(session(), asked, question(index), m_positions[static_cast<size_t>(m_stop)]);
}

void LessonPanel::clearQuestions() {
  while (QLayoutItem* item = m_questions->takeAt(0)) {
    if (QWidget* card = item->widget()) card->hide(), card->deleteLater(); // it may be what is answered just now
    delete item;
  }
}

void LessonPanel::coverAnswers() {
  tell::Covers covers;
  for (size_t i = 0; i < m_open.size(); ++i)
    if (m_open[i]) covers.add(session(), m_positions[m_stop], m_lesson.stops[m_stop].questions[i]);
  m_walk.setCovers(std::move(covers));
}

// What no picture of the walk shows.
static bool isToldInWords(const tell::Question& q) {
  return q.kind == tell::AnswerKind::Write || q.kind == tell::AnswerKind::Compare;
}

// The longest of all that may have to be said has room.
QStringList LessonPanel::verdictsOf(const tell::Question& q) {
  const QString because = words(q.because);
  QStringList all{verdictWords(true, because), verdictWords(false, {}), words(q.hint)};
  for (const tell::Wrong& wrong : q.wrong) all << QStringLiteral("✗ ") + words(wrong.words);
  Playhead asked(session().journal());
  const auto right = tell::askEngine(session(), asked, q, m_positions[static_cast<size_t>(m_stop)]);
  if (right && isToldInWords(q)) all << revealedWords(QString::fromStdString(tell::saidAsText(q, *right)), because);
  if (right && right->bench) all << QString::fromStdString(right->bench->run("socket(AF_INET").trouble); // for example
  if (q.tries && right) all << lastVerdictWords(QString::fromStdString(tell::saidAsText(q, *right)), because);
  return all;
}

// What the engine says has a place that is kept for it: the choices stay under the pointer.
void LessonPanel::addQuestion(const tell::Question& q, int index) {
  AnswerMeans means;
  if (const auto right = rightAnswer(index)) {
    if (q.kind == tell::AnswerKind::Match)
      for (const std::string& value : tell::valuesToMatch(*right)) means.values << QString::fromStdString(value);
    means.board = right->board;
  }
  auto* card = new QuestionCard(
      q, means, [this](const tell::LessonWords& w) { return words(w); }, this);
  connect(card, &QuestionCard::revealed, this, [this, index] { reveal(index); });
  connect(card, &QuestionCard::hintWanted, this, [this, index] { m_said->hint(words(question(index).hint)); });
  connect(card, &QuestionCard::given, this,
          [this, card, index](const tell::Given& answer) { given(*card, index, answer); });
  m_questions->addWidget(card);
}

void LessonPanel::uncover(int index) {
  m_open[static_cast<size_t>(index)] = 0;
  coverAnswers();
  showWords();
}

void LessonPanel::showAnswer(int index) {
  const auto right = rightAnswer(index);
  if (!right) return;
  if (right->shownAt != m_walk.position()) m_walk.seek(right->shownAt);
  const tell::Formula& answer = question(index).answer;
  if (answer.kind != tell::Formula::Member) return;
  if (const u64 object = tell::newestObject(m_walk.playhead(), answer.words[0])) m_walk.setFocus(object);
  if (const tell::MemberPlace place = tell::memberAt(m_walk.playhead(), answer)) m_walk.showMember(place.offset());
}

void LessonPanel::reveal(int index) {
  m_answered[{m_stop, index}].over = true;
  tellAnswered(index);
  uncover(index);
  showAnswer(index);
  const tell::Question& q = question(index);
  const auto right = rightAnswer(index);
  if (right && isToldInWords(q))
    m_said->verdict(true, revealedWords(QString::fromStdString(tell::saidAsText(q, *right)), words(q.because)));
}

// Of a question, or of a lab, which are counted behind the questions.
void LessonPanel::tellAnswered(int index) {
  const tell::LessonStop& stop = m_lesson.stops[static_cast<size_t>(m_stop)];
  const size_t at = static_cast<size_t>(index), questions = stop.questions.size();
  const std::string& id = at < questions ? stop.questions[at].id : stop.labs[at - questions].id;
  emit answered(QString::fromStdString(m_lesson.file), QString::fromStdString(id), m_answered[{m_stop, index}]);
}

void LessonPanel::given(QuestionCard& card, int index, const tell::Given& answer) {
  Answered& state = m_answered[{m_stop, index}];
  if (!m_open[static_cast<size_t>(index)]) return;
  const auto right = rightAnswer(index);
  if (!right)
    return m_said->verdict(false, tr("The engine has no answer to this, so yours is not wrong: %1")
                                      .arg(QString::fromStdString(tell::spokenMessage(right.error().message))));
  const tell::Question& q = question(index);
  const tell::JudgedAnswer judged = tell::judge(q, *right, answer);
  if (!judged.trouble.empty()) return m_said->verdict(false, QString::fromStdString(judged.trouble)); // no try
  const bool good = judged.right;
  if (!state.over) { // what comes after it counts no more
    ++state.tries;
    state.atOnce = good && state.tries == 1;
    if (good) state.points = state.tries == 1 ? q.points : (q.points + 1) / 2;
    state.over = state.right = good;
    tellAnswered(index);
  }
  card.showTries(state.tries, q.tries);
  card.showVerdict(good);
  if (good) {
    uncover(index);
    showAnswer(index);
    return m_said->verdict(true, verdictWords(true, words(q.because)));
  }
  if (q.tries && state.tries >= q.tries) return lastTry(card, index, *right);
  m_said->verdict(false, wrongWords(q, judged));
}

QString LessonPanel::wrongWords(const tell::Question& q, const tell::JudgedAnswer& judged) const {
  QString said = judged.wrong ? QStringLiteral("✗ ") + words(judged.wrong->words) : verdictWords(false, {});
  if (q.kind != tell::AnswerKind::Write) return said;
  if (!judged.wrong) said = tr("✗ That is not what it brings about.");
  return judged.result.empty() ? said : said + ' ' + tr("It gives back %1.").arg(text(judged.result));
}

// The walk shows it, and the words say what they would have said.
void LessonPanel::lastTry(QuestionCard& card, int index, const tell::RightAnswer& right) {
  m_answered[{m_stop, index}].over = true;
  card.close();
  uncover(index);
  showAnswer(index);
  const tell::Question& q = question(index);
  m_said->verdict(false, lastVerdictWords(QString::fromStdString(tell::saidAsText(q, right)), words(q.because)));
}

// In a picture, while a question asks for it.
void LessonPanel::clicked(const tell::Given& answer) {
  if (!inLesson() || m_bench->busy()) return;
  for (int i = 0; i < static_cast<int>(m_open.size()); ++i) {
    const tell::Question& q = question(i);
    const bool line = q.answer.kind == tell::Formula::Line;
    if (!m_open[static_cast<size_t>(i)] || q.kind != tell::AnswerKind::Click || line == answer.text.empty()) continue;
    if (auto* card = qobject_cast<QuestionCard*>(m_questions->itemAt(i)->widget())) given(*card, i, answer);
    return;
  }
}

Result<bool> LessonPanel::answer(int index, const tell::Given& answer) {
  if (!inLesson() || index < 0 || index >= int(m_open.size())) return Error{"there is no such question here"};
  const auto right = rightAnswer(index);
  if (!right) return right.error();
  return tell::isRight(question(index), *right, answer);
}

} // namespace sockwalk
