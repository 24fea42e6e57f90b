// The labs of a stop. Where one acts in the program, the walk is the lab's meanwhile, and its goals are asked of the record
// as it grows.
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/messages.h"
#include "views/lesson/lab_bench.h"
#include "views/lesson/lab_card.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/said_place.h"
#include <algorithm>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {

void LessonPanel::buildBench() {
  m_bench = new LabBench(m_walk, this);
  connect(m_bench, &LabBench::entered, this, &LessonPanel::labEntered);
  connect(m_bench, &LabBench::left, this, &LessonPanel::labLeft);
}

scenario::Session& LessonPanel::session() const { return m_bench->lessonSession(); }

tell::Lab LessonPanel::withNumbers(const tell::Lab& lab) const {
  return lab.numbers.empty() ? lab : tell::filled(lab, tell::valuesFor(lab.numbers, m_seed));
}

void LessonPanel::setSeed(u32 seed) {
  if (seed == m_seed) return;
  m_seed = seed;
  m_bench->forgetLabs(); // they have other numbers
  if (!inLesson() || m_bench->busy() || m_pages->currentIndex() != 1) return;
  const auto& labs = m_lesson.stops[static_cast<size_t>(m_stop)].labs;
  if (std::ranges::any_of(labs, [](const tell::Lab& lab) { return !lab.numbers.empty(); })) putUp(m_stop);
}

static QString scriptWith(const std::string& file, const tell::LabValues& values) {
  return QString::fromStdString(tell::filled(scriptOf(file).toStdString(), values));
}

void LessonPanel::addLab(const tell::Lab& written, int index) {
  const tell::Lab lab = withNumbers(written);
  const QString numbers = QString::fromStdString(tell::valueWords(lab.values));
  const LabCard::Offer offer{lab,
                             scriptWith(tell::startOf(m_lesson, lab).path, lab.values),
                             scriptWith(lab.solution, lab.values),
                             numbers.isEmpty() ? numbers : tr("Your numbers: %1 (seed %2)").arg(numbers).arg(m_seed),
                             m_bench->hasBegun(lab.id) || !m_bench->script(lab.id).isEmpty(),
                             m_bench->script(lab.id)};
  auto* card = new LabCard(
      offer, [this](const tell::LessonWords& w) { return words(w); }, this);
  connect(card, &LabCard::hintWanted, this, [this, hint = lab.hint] { m_said->hint(words(hint)); });
  connect(card, &LabCard::solved, this, [this, index] { labSolved(index); });
  connect(card, &LabCard::benchWanted, this, [this, card, lab, index] {
    m_atLab = {card, lab, index, false};
    if (m_bench->hasBegun(lab.id)) workAtLab([this, &lab] { m_bench->goOn(lab); });
    else beginLab(tell::beginLab(m_lesson, lab));
  });
  connect(card, &LabCard::startWanted, this, [this, lab](const QString& script) {
    m_atLab.shown = false;
    beginLab(script.isEmpty() ? tell::beginLab(m_lesson, lab) : tell::playLab(script.toStdString()));
  });
  connect(card, &LabCard::scriptWritten, this, [this, id = lab.id](const QString& t) { m_bench->keepScript(id, t); });
  connect(card, &LabCard::walkWanted, this, [this, card, lab, index](const QString& script) {
    m_atLab = {card, lab, index, false};
    beginLab(tell::playLab(script.toStdString()));
  });
  connect(card, &LabCard::solutionWanted, this, &LessonPanel::showLabSolution);
  connect(card, &LabCard::backWanted, this, &LessonPanel::leaveLab);
  m_questions->addWidget(card);
}

void LessonPanel::labSolved(int index) {
  const tell::LessonStop& stop = m_lesson.stops[static_cast<size_t>(m_stop)];
  Answered& state = m_answered[{m_stop, index}];
  state.over = state.right = true;
  const tell::Lab& lab = stop.labs[static_cast<size_t>(index) - stop.questions.size()];
  state.points = lab.points;
  state.seed = lab.numbers.empty() ? 0 : m_seed;
  ++state.tries;
  tellAnswered(index);
}

// The other cards of the stop rest: they ask about the lesson's walk.
void LessonPanel::workAtLab(const std::function<void()>& begin) {
  {
    const QScopedValueRollback ours(m_opening, true);
    begin();
  }
  for (int i = 0; i < m_questions->count(); ++i)
    if (QWidget* card = m_questions->itemAt(i)->widget()) card->setEnabled(card == m_atLab.card);
  m_atLab.card->atWork(true);
  if (m_atLab.lab.use.acts()) emit viewWanted(QStringLiteral("console"));
  judgeLab();
  fitText();
}

void LessonPanel::beginLab(tell::LabSession session) {
  if (session) return workAtLab([&] { m_bench->begin(m_atLab.lab, std::move(*session)); });
  const std::vector<bool> none(m_atLab.lab.partial.size());
  m_atLab.card->showOutcome({tell::spokenMessage(session.error().message), none, false});
}

// Who has looked at the solution has not found it: it earns nothing until one begins anew.
void LessonPanel::showLabSolution() {
  m_atLab.shown = true;
  std::optional<tell::LineTrouble> none; // of a lesson that has been checked
  beginLab(tell::solveLab(m_lesson, m_atLab.lab, none));
}

void LessonPanel::judgeLab() {
  if (!m_bench->busy() || !m_atLab.card) return;
  const tell::LabOutcome outcome = tell::judge(m_atLab.lab, m_walk.session());
  m_atLab.card->showOutcome(outcome);
  if (outcome.reached && !m_atLab.shown && !m_answered[{m_stop, m_atLab.index}].right) labSolved(m_atLab.index);
}

void LessonPanel::leaveLab() {
  if (!m_bench->busy()) return;
  {
    const QScopedValueRollback ours(m_opening, true);
    m_bench->leave();
  }
  if (m_atLab.card) m_atLab.card->atWork(false);
  for (int i = 0; i < m_questions->count(); ++i)
    if (QWidget* card = m_questions->itemAt(i)->widget()) card->setEnabled(true);
  coverAnswers();
  fitText();
}

} // namespace sockwalk
