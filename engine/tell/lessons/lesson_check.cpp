#include "engine/tell/lessons/lesson_check.h"
#include "engine/base/data.h"
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/covers.h"
#include "engine/tell/lessons/goal.h"
#include "engine/tell/lessons/kind_checks.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/until/until.h"
#include <algorithm>
#include <filesystem>

namespace sockwalk::tell {

namespace fs = std::filesystem;

namespace {

class Checker {
public:
  Checker(const Lesson& lesson, const scenario::Session& session)
      : m_lesson(lesson), m_session(session), m_problems(lesson.file) {}

  std::vector<LessonProblem> check() {
    const auto places = stopPlaces(m_session, m_lesson);
    for (size_t i = 0; i < places.size(); ++i) {
      const LessonStop& stop = m_lesson.stops[i];
      if (place(stop, places[i])) moment(stop, places[i].position);
    }
    words(m_lesson.summary, m_session.journal().size());
    return m_problems.all();
  }

private:
  void wrong(Spot spot, Text what, Text remedy) { m_problems.add(spot, std::move(what), std::move(remedy)); }
  void wrong(Spot spot, const Error& why, Text remedy) { wrong(spot, reasonOf(why), std::move(remedy)); }

  // ---- stops
  bool place(const LessonStop& stop, const StopPlace& found) {
    if (stop.at.kind.empty()) return false; // told already
    if (stop.at.kind == "until" && !condition(stop.at)) return false;
    if (found.position == NoEvent) return nowhere(stop.at, Error{found.why}), false;
    if (found.early)
      wrong(stop.at.spot, say("'%1' is before the stop before it", found.at),
            say("put the stops in the order of the walk"));
    return !found.early;
  }
  void nowhere(const Place& p, const Error& why) {
    const bool ofCase = p.kind == "stimulus" || p.kind == "end";
    if (ofCase) wrong(p.spot, why, nearestCase(p.name));
    else wrong(p.spot, why, say("stops are looked for from the one before; 'sockwalk print' shows what happens"));
  }
  Text nearestCase(const std::string& name) {
    const auto cases = caseNames(m_session.journal());
    return cases.empty() ? say("name a call of the script with //@case NAME") : nearestOf(name, cases);
  }
  bool condition(const Place& p) {
    const std::string whole = wholeCondition(p.name);
    const auto problem = Until(m_session).set(whole);
    if (problem)
      wrong({p.spot.line, p.spot.column + int(problem->from)}, problem->sentence,
            say("a condition is, for example, %1", "sock.sk_state == TCP_ESTABLISHED"));
    return !problem;
  }

  void moment(const LessonStop& stop, EventIndex at) {
    Playhead here(m_session.journal());
    here.seek(at);
    if (!stop.focus.text.empty() && !newestObject(here, stop.focus.text))
      wrong(stop.focus.spot, say("no %1 is alive at this stop", stop.focus.text),
            say("look at another object, or stop elsewhere"));
    if (stop.point)
      if (const auto place = findPoint(m_session, at, stop.point, stop.focus.text); !place)
        wrong(stop.point.spot, place.error(), say("point at what there is at this stop"));
    words(stop.text, at);
    for (const Question& q : stop.questions) question(stop, q, at);
    for (const Lab& lab : stop.labs) {
      const Lab seen = filled(lab, lowest(lab.numbers));
      words(seen.task, at), words(seen.hint, at);
    }
  }

  void words(const LessonWords& words, EventIndex at) {
    for (const ComputedPart& part : words.computed) {
      Playhead here(m_session.journal());
      here.seek(at);
      const auto value = valueOf(m_session, here, part.formula);
      if (!value) noValue(part.formula, value.error());
      else if (isWhole(*value)) saysNothing(part.formula);
    }
  }
  // A structure or a union, of which only its members say something.
  static bool isWhole(const FormulaValue& value) { return value.text.empty() || value.text == "{...}"; }
  void saysNothing(const Formula& f) {
    wrong(f.spot, say("'%1' has no value of its own, so that nothing would stand here", f.text),
          say("say one of its members, as %1 does", "tcp_sock.sk_receive_queue.qlen"));
  }
  void noValue(const Formula& f, const Error& why) {
    if (drawsNumber(f))
      return wrong(f.spot, why, say("'seed:' of a lab draws numbers, and they are said in that lab only"));
    if (f.kind == Formula::Result && !caseNamed(m_session.journal(), f.words[0]))
      wrong(f.spot, why, nearestCase(f.words[0]));
    else wrong(f.spot, why, say("it is asked where the stop or 'when:' is"));
  }

  // ---- questions
  void question(const LessonStop& stop, const Question& q, EventIndex at) {
    for (const LessonWords* w : {&q.ask, &q.because, &q.hint}) words(*w, at);
    for (const Choice& c : q.choices) words(c.shown, at);
    for (const Wrong& w : q.wrong) words(w.words, at);
    if (!q.when.kind.empty() && q.kind != AnswerKind::Compare)
      if (const auto when = findPlace(m_session, q.when, at); !when) return nowhere(q.when, when.error());
    Playhead asked(m_session.journal());
    const auto right = askEngine(m_session, asked, q, at);
    if (!right) {
      if (q.kind == AnswerKind::Compare) return noOtherRun(q, right.error());
      if (q.answer) return noValue(q.answer, right.error());
      if (q.kind == AnswerKind::Drag)
        return wrong(q.pointers.front().spot, right.error(), say("say 'when:' at a moment at which there is one"));
      const Spot spot = !q.calls.empty()  ? q.calls.front().spot
                        : q.match.empty() ? q.spot
                                          : q.match.front().formula.spot;
      return wrong(spot, right.error(), say("ask for what happens after the stop"));
    }
    const bool said = q.kind == AnswerKind::Choose || q.kind == AnswerKind::Number;
    if (said && isWhole(right->value)) return saysNothing(q.answer);
    const Spot where = q.when.kind.empty() ? stop.at.spot : q.when.spot;
    if (q.kind == AnswerKind::Write) checkWrite(m_session, q, *right, where, m_problems);
    else if (q.kind == AnswerKind::Drag) checkDrag(q, *right, where, m_problems);
    else answers(q, *right);
    if (said || q.kind == AnswerKind::Write) shows(stop, q, at, right->value);
  }

  void noOtherRun(const Question& q, const Error& why) {
    const auto other = q.other->session(m_session);
    if (!other) return wrong(q.otherSpot, why, say("the other run must go as it says, and to its end"));
    const Spot spot = !q.when.kind.empty() ? q.when.spot : q.answer ? q.answer.spot : q.calls.front().spot;
    wrong(spot, why, say("ask for what both runs have"));
  }

  void answers(const Question& q, const RightAnswer& right) {
    const std::string says = saidAsText(q, right);
    if (!q.expect.text.empty() && !sameAnswer(q.expect.text, right.value))
      wrong(q.expect.spot, say("'%1' is expected, and the engine says '%2'", q.expect.text, says),
            say("look at 'answer:' and 'when:'"));
    const auto fits =
        std::ranges::count_if(q.choices, [&](const Choice& c) { return sameAnswer(c.answer, right.value); });
    if (answeredAs(q) == AnswerKind::Choose && fits != 1)
      wrong(q.choices.empty() ? q.spot : q.choices.front().shown.spot,
            fits ? say("the engine says '%1', and %2 choices mean that", says, fits)
                 : say("the engine says '%1', and no choice does", says),
            say("one of the choices is what the engine says"));
    for (const Wrong& w : q.wrong) wrongAnswer(q, right, w, says);
    for (size_t i = 1; i < right.list.size() && answeredAs(q) == AnswerKind::Order; ++i)
      if (right.list[i] == right.list[i - 1])
        wrong(q.calls.front().spot, say("'%1' stands twice among the calls", right.list[i]),
              say("name each call once"));
  }
  void wrongAnswer(const Question& q, const RightAnswer& right, const Wrong& w, const std::string& says) {
    if (isRight(q, right, {w.answer}))
      wrong(w.spot, say("'%1' is called wrong, and the engine says '%2'", w.answer, says),
            say("explain answers that are wrong"));
    const bool choice = std::ranges::any_of(q.choices, [&](const Choice& c) { return c.answer == w.answer; });
    if (answeredAs(q) == AnswerKind::Choose && !choice)
      wrong(w.spot, say("'%1' is none of the choices", w.answer), say("explain what can be chosen"));
  }

  // ---- an answer that stands beside its question
  void shows(const LessonStop& stop, const Question& q, EventIndex at, const FormulaValue& right) {
    Covers covers;
    covers.add(m_session, at, q);
    if (isEverywhere(right)) return;
    const auto hides = [&](const Formula& f) { return covers.formula(f); };
    if (covers.tells(said(stop.text, m_session, at, hides)))
      wrong(stop.text.spot, say("the text says '%1', which is asked in line %2", right.text, q.spot.line),
            say("say it in 'because:', or ask for it at another stop"));
    if (covers.tells(stop.heading))
      wrong(stop.spot, say("the heading says '%1', which is asked in line %2", right.text, q.spot.line),
            say("name the stop otherwise"));
    for (const auto& [words, key] : {std::pair(&q.ask, "ask"), std::pair(&q.hint, "hint")})
      if (covers.tells(said(*words, m_session, at, hides)))
        wrong(words->spot, say("'%1:' says '%2', which is what is asked", key, right.text),
              say("say it in 'because:'"));
  }
  // A small number stands in many a sentence and means something else there.
  static bool isEverywhere(const FormulaValue& right) { return right.text.size() < 3; }

  const Lesson& m_lesson;
  const scenario::Session& m_session;
  Problems m_problems;
};

// Where the value of a key of the head stands.
Spot spotInHead(const std::string& path, const std::string& key) {
  Problems unused(path);
  const auto source = readSource(path, unused);
  for (int i = 1; source && i <= source->lines(); ++i)
    if (source->line(i).starts_with(key + ":"))
      return source->spot(source->start(i) + source->line(i).find_first_not_of(' ', key.size() + 1));
  return {1, 1};
}

} // namespace

Result<std::unique_ptr<scenario::Session>> playedToEnd(const PlayedFile& file) {
  auto session = scenario::Session::openFile(file.path, file.options);
  return session ? toEnd(std::move(*session), file.path) : std::move(session);
}

Result<std::unique_ptr<scenario::Session>> toEnd(std::unique_ptr<scenario::Session> session, const std::string& name) {
  while (session->pending()) {
    session->runNext();
    if (session->journal().size() > MaxLessonEvents)
      return Error{name + ": it has more than " + std::to_string(MaxLessonEvents) + " events"};
  }
  if (!session->failures().empty()) return Error{session->failures().front().message};
  return session;
}

std::vector<LessonProblem> checkLesson(const Lesson& lesson, const scenario::Session& session) {
  return Checker(lesson, session).check();
}

// Lessons are named by their folders, beside this one or among those of the program.
static std::vector<std::string> knownLessons(const std::string& file) {
  std::vector<std::string> out;
  for (const fs::path& lesson : dataEntries("lessons")) out.push_back(lesson.filename().string());
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::absolute(file).parent_path().parent_path(), error))
    if (fs::exists(entry.path() / "lesson.md", error)) out.push_back(entry.path().filename().string());
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end()); // it may be one of the program's own
  return out;
}

static std::vector<LessonProblem> checkNames(const Lesson& lesson) {
  Problems problems(lesson.file);
  const auto known = knownLessons(lesson.file);
  const auto check = [&](const std::string& name, const char* key) {
    if (!name.empty() && std::ranges::find(known, name) == known.end())
      problems.add(spotInHead(lesson.file, key), say("there is no lesson '%1'", name), nearestOf(name, known));
  };
  for (const std::string& name : lesson.needs) check(name, "needs");
  check(lesson.next, "next");
  return problems.all();
}

// Of a translation only what its words compute, and say, can differ.
static std::vector<LessonProblem> checkTranslation(const std::string& path, const scenario::Session& session) {
  const ReadLesson read = readLessonIn(path, "zh");
  const std::string file = fs::path(lessonFileOf(path)).replace_filename("lesson.zh.md").string();
  if (!read.problems.empty() || !fs::exists(file)) return {};
  auto out = checkLesson(read.lesson, session);
  for (LessonProblem& p : out) p.file = file;
  return out;
}

std::vector<LessonProblem> checkLesson(const std::string& path, std::optional<u32> seed) {
  const ReadLesson read = readLessonIn(path, "");
  std::vector<LessonProblem> all = read.problems;
  const auto add = [&](const std::vector<LessonProblem>& more) { all.insert(all.end(), more.begin(), more.end()); };
  const std::string file = lessonFileOf(path);
  for (const LessonProblem& p : readLessonIn(path, "zh").problems)
    if (p.file != file) all.push_back(p);
  if (!read.problems.empty()) return all;
  add(checkNames(read.lesson));
  auto session = playedToEnd(read.lesson.played({}));
  if (!session) {
    add({{file, spotInHead(file, "scenario"), reasonOf(session.error()), say("the scenario must run as it says")}});
    return all;
  }
  const auto own = checkLesson(read.lesson, **session);
  add(own);
  if (own.empty()) add(checkTranslation(path, **session));
  add(checkLabs(read.lesson, seed));
  return all;
}

} // namespace sockwalk::tell
