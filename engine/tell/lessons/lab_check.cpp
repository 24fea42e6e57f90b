// Whether a lab can be trusted: its start does not reach the goal, and its kept solution does, with what may be used, whoever
// has it.
#include "engine/base/whole_file.h"
#include "engine/tell/lessons/goal.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lab_run.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/messages.h"
#include <algorithm>
#include <set>

namespace sockwalk::tell {

namespace {

class LabChecker {
public:
  LabChecker(const Lesson& lesson, const Lab& lab) : m_lesson(lesson), m_written(lab), m_lab(lab) {}

  std::vector<LessonProblem> check(std::optional<u32> seed) {
    names();
    for (const LabValues& values : valueSets(seed)) {
      if (!m_problems.empty()) break; // the same would be said with other numbers
      m_lab = filled(m_written, values);
      runs();
    }
    return std::move(m_problems);
  }

private:
  void wrong(const std::string& file, Spot spot, const Text& what, Text remedy) {
    const Text said = m_lab.values.empty() ? what : say("with %1: %2", valueWords(m_lab.values), what);
    m_problems.push_back({file, spot, said, std::move(remedy)});
  }
  void wrong(Spot spot, const Text& what, Text remedy) { wrong(m_lesson.file, spot, what, std::move(remedy)); }

  // ---- numbers
  std::vector<LabValues> valueSets(std::optional<u32> seed) const {
    const std::vector<LabNumber>& numbers = m_written.numbers;
    if (numbers.empty()) return {{}};
    if (seed) return {valuesFor(numbers, *seed)};
    std::vector<LabValues> out{lowest(numbers), highest(numbers)};
    for (u32 some = 1; some <= 3; ++some) out.push_back(valuesFor(numbers, some));
    return out;
  }

  // What is said is drawn, and what is drawn is said.
  void names() {
    std::set<std::string> said;
    for (const LessonWords* words : {&m_lab.task, &m_lab.hint}) // what is unknown there has been told
      for (const SaidNumber& number : numbersSaid(words->text)) said.insert(number.name);
    const auto look = [&](const std::string& file, const std::string& text, const auto& spotOf) {
      for (const SaidNumber& number : numbersSaid(text)) {
        said.insert(number.name);
        if (std::ranges::find(m_lab.numbers, number.name, &LabNumber::name) == m_lab.numbers.end())
          wrong(file, spotOf(number.at), say("no number '%1' is drawn here", number.name), drawn(number.name));
      }
    };
    lookAtGoals(look);
    for (const std::string& file : {startOf(m_lesson, m_lab).path, m_lab.solution})
      if (scenario::fileKind(file) == scenario::FileKind::Script) {
        const SourceText text(readWholeFile(file, SourceText::MaxBytes).value_or(""));
        look(file, text.text(), [&](size_t at) { return text.spot(at); });
      }
    for (const LabNumber& number : m_lab.numbers)
      if (!said.contains(number.name))
        wrong(number.spot, say("nothing in this lab says {{seed %1}}", number.name),
              say("say it in its task, its goals or its files, or leave it out"));
  }
  template <class Look> void lookAtGoals(const Look& look) {
    std::vector<Written> goals = m_lab.partial;
    goals.push_back(m_lab.goal);
    for (const Written& goal : goals)
      look(m_lesson.file, goal.text, [&](size_t at) {
        return Spot{goal.spot.line, goal.spot.column + static_cast<int>(at)};
      });
  }
  Text drawn(const std::string& name) const {
    if (m_lab.numbers.empty()) return say("draw it: 'seed: {%1: 20000..29999}'", name);
    std::vector<std::string> names;
    for (const LabNumber& number : m_lab.numbers) names.push_back(number.name);
    return nearestOf(name, names);
  }

  // ---- played
  void runs() {
    const auto begun = played(beginLab(m_lesson, m_lab), say("the lab's start is a script that runs"));
    if (!begun) return;
    std::optional<LineTrouble> trouble;
    auto session = solveLab(m_lesson, m_lab, trouble);
    const auto solved = played(std::move(session), say("the solution is a script that runs"));
    if (trouble)
      return wrong(m_lab.solution, {trouble->number, trouble->column}, withoutStop(spoken(trouble->what)),
                   say("a solution is made of what may be used, and of lines that can be done"));
    if (solved && condition(*solved, m_written.goal)) goals(*begun, *solved);
  }
  std::unique_ptr<scenario::Session> played(LabSession session, Text remedy) {
    if (session) return std::move(*session);
    wrong(m_lab.spot, withoutStop(spokenMessage(session.error().message)), std::move(remedy));
    return nullptr;
  }
  void goals(const scenario::Session& begun, const scenario::Session& solved) {
    for (const Written& partial : m_written.partial)
      if (condition(solved, partial) && !isReached(solved, filled(partial.text, m_lab.values)))
        wrong(partial.spot, say("the solution does not reach this goal on the way"),
              say("the engine says so: change one of the two"));
    if (!isReached(solved, m_lab.goal.text))
      wrong(m_lab.goal.spot, say("the solution does not reach the goal"),
            say("the engine says so: change one of the two"));
    if (isReached(begun, m_lab.goal.text))
      wrong(m_lab.goal.spot, say("the goal is reached before anything is done"),
            say("ask for something that the start does not do"));
  }
  bool condition(const scenario::Session& session, const Written& goal) {
    const auto problem = troubleWithGoal(session, filled(goal.text, m_lab.values));
    if (problem)
      wrong({goal.spot.line, goal.spot.column + int(unfilled(goal.text, m_lab.values, problem->from))},
            problem->sentence, say("a goal is, for example, %1", "count(retransmit) == 1"));
    return !problem;
  }

  const Lesson& m_lesson;
  const Lab& m_written;
  Lab m_lab; // with the numbers that are tried
  std::vector<LessonProblem> m_problems;
};

} // namespace

std::vector<LessonProblem> checkLabs(const Lesson& lesson, std::optional<u32> seed) {
  std::vector<LessonProblem> all;
  for (const LessonStop& stop : lesson.stops)
    for (const Lab& lab : stop.labs) {
      const auto some = LabChecker(lesson, lab).check(seed);
      all.insert(all.end(), some.begin(), some.end());
    }
  return all;
}

} // namespace sockwalk::tell
