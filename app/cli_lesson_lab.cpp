// `sockwalk lesson lab`: what a lab asks of the one who has a certain seed, and whether what was handed in does it.
#include "app/cli_command.h"
#include "app/cli_lesson_files.h"
#include "engine/base/whole_file.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lab_run.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/lessons/person.h"
#include "engine/tell/messages.h"
#include <cstdio>

namespace sockwalk::cli {

namespace {

int refused(const Error& why) { return say(tell::spokenMessage(why.message)), BadUsage; }

struct OneLab {
  tell::Lab lab; // with its numbers
  std::string stop, task;
};

class Labs {
public:
  Labs(const tell::Lesson& lesson, u32 seed) : m_lesson(lesson), m_seed(seed) {}

  // The error says which labs there are.
  Result<void> read(const std::string& wanted) {
    const auto session = tell::playedToEnd(m_lesson.played({}));
    if (!session) return session.error();
    const auto stops = tell::findStops(**session, m_lesson);
    if (!stops) return stops.error();
    std::string all;
    for (size_t i = 0; i < m_lesson.stops.size(); ++i)
      for (const tell::Lab& written : m_lesson.stops[i].labs) {
        all += (all.empty() ? "" : ", ") + written.id;
        if (!wanted.empty() && written.id != wanted) continue;
        tell::Lab lab = tell::filled(written, tell::valuesFor(written.numbers, m_seed));
        std::string task = tell::said(lab.task, **session, (*stops)[i]);
        m_all.push_back({std::move(lab), m_lesson.stops[i].heading, std::move(task)});
      }
    if (all.empty()) return Error{"this lesson has no lab"};
    if (m_all.empty()) return Error{"'" + wanted + "' is none of its labs: " + all};
    return {};
  }

  void tell() const {
    for (const OneLab& one : m_all) {
      line(tell::say("%1: %2", one.lab.id, one.stop));
      line(tell::Text(one.task));
      line(tell::say("What may be used: %1", tell::usedIn(one.lab.use)));
      numbers(one.lab);
      for (const tell::Written& partial : one.lab.partial) line(tell::say("On the way: %1", partial.text));
      line(tell::say("Goal: %1", one.lab.goal.text));
      const std::string start = tell::startOf(m_lesson, one.lab).path;
      line(tell::say("It begins with %1", start));
      if (scenario::fileKind(start) == scenario::FileKind::Script)
        std::fputs((tell::filledFile(start, one.lab.values) + "\n").c_str(), stdout);
    }
  }

  int tryOne(const std::string& answer) const {
    if (m_all.size() > 1) return refused(Error{"the lesson has several labs; say with --lab which one is tried"});
    const tell::Lab& lab = m_all.front().lab;
    const auto text = readWholeFile(answer);
    if (!text) return refused(Error{answer + ": cannot be opened"});
    const bool typed = tell::isLinesFile(answer);
    if (!typed && !lab.use.script)
      return refused(Error{answer + ": a script may not be used; what is typed is in a file .lines"});
    const std::string filled = tell::filled(*text, lab.values); // a kept solution says its numbers
    auto session = typed ? tell::beginLab(m_lesson, lab) : tell::playLab(filled, answer);
    if (!session) return line(tell::Text(tell::spokenMessage(session.error().message))), Failed;
    if (typed && !typedAll(lab, **session, answer, filled)) return Failed;
    return outcome(lab, **session);
  }

private:
  static bool typedAll(const tell::Lab& lab, scenario::Session& session, const std::string& name,
                       const std::string& text) {
    std::vector<tell::LineTrouble> said;
    const auto trouble = tell::typeLines(lab.use, session, tell::labLines(text), said);
    if (trouble) said.push_back(*trouble);
    for (const tell::LineTrouble& t : said) line(tell::say("%1:%2:%3: %4", name, t.number, t.column, t.what));
    return !trouble;
  }
  static void line(const tell::Text& text) { std::puts(spoken(text).c_str()); }
  void numbers(const tell::Lab& lab) const {
    if (!lab.values.empty()) line(tell::say("Numbers: %1 (seed %2)", tell::valueWords(lab.values), m_seed));
  }
  int outcome(const tell::Lab& lab, const scenario::Session& session) const {
    const tell::LabOutcome came = tell::judge(lab, session);
    numbers(lab);
    const auto goal = [](bool reached, const std::string& text) { line(tell::Text((reached ? "✓ " : "✗ ") + text)); };
    for (size_t i = 0; i < lab.partial.size(); ++i) goal(came.partial[i], lab.partial[i].text);
    goal(came.reached, lab.goal.text);
    return came.reached ? Done : Failed;
  }

  const tell::Lesson& m_lesson;
  u32 m_seed;
  std::vector<OneLab> m_all;
};

} // namespace

int lessonLabs(const std::string& folder, const LabWish& wish) {
  const auto lesson = tell::readLesson(folder);
  if (!lesson) return refused(lesson.error());
  const auto person = tell::readPerson(tell::personFile());
  if (!wish.seed && !person) return refused(person.error());
  Labs labs(*lesson, wish.seed ? *wish.seed : std::max(1u, person->seed));
  if (const auto read = labs.read(wish.lab); !read) return refused(read.error());
  if (!wish.answer.empty()) return labs.tryOne(wish.answer);
  labs.tell();
  return Done;
}

} // namespace sockwalk::cli
