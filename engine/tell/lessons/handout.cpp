#include "engine/tell/lessons/handout.h"
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/covers_everywhere.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/lessons/markdown_html.h"
#include <algorithm>
#include <filesystem>

namespace sockwalk::tell {

namespace {

class HandoutMaker {
public:
  HandoutMaker(const Lesson& lesson, const scenario::Session& session, std::vector<EventIndex> stops, bool answers,
               u32 seed)
      : m_lesson(lesson), m_session(session), m_stops(std::move(stops)), m_answers(answers), m_seed(seed) {
    for (size_t i = 0; i < m_stops.size() && !answers; ++i)
      for (const Question& q : m_lesson.stops[i].questions) coverEverywhere(m_covers, m_session, m_stops[i], q);
  }

  HandoutStop stop(size_t index) {
    const LessonStop& stop = m_lesson.stops[index];
    m_at = m_stops[index];
    if (!stop.views.empty()) m_views = stop.views;
    HandoutStop out{stop.heading, prose(stop.text), stop.picture, m_views};
    for (const Question& q : stop.questions) out.questions.push_back(question(q));
    for (const Lab& l : stop.labs) out.labs.push_back(lab(l));
    return out;
  }

  const Covers& covers() const { return m_covers; }
  std::string summary() { // is said where the lesson ends
    m_at = m_stops.back();
    return words(m_lesson.summary);
  }

private:
  std::string prose(const LessonWords& w) const {
    return said(w, m_session, m_at, [this](const Formula& f) { return m_covers.formula(f); });
  }
  std::string words(const LessonWords& w) const { return plainWords(w, prose(w)); }

  // What stands on paper is the question; a kind that paper does not know is answered in the program.
  HandoutQuestion question(const Question& q) {
    Playhead asked(m_session.journal());
    const auto right = askEngine(m_session, asked, q, m_at);
    HandoutQuestion out{HandoutQuestion::Lines, words(q.ask), {}, q.points};
    switch (q.kind) {
    case AnswerKind::Choose:
      out.room = HandoutQuestion::Boxes;
      for (const Choice& c : q.choices) out.items.push_back(words(c.shown));
      break;
    case AnswerKind::Number: out.room = HandoutQuestion::Line; break;
    case AnswerKind::Order:
      out.room = HandoutQuestion::Numbers;
      out.how = say("Number them in the order in which they come.");
      out.items = callsToOrder(q);
      break;
    case AnswerKind::Match: match(out, q, right); break;
    default: out.how = say("In the program this is answered in the picture or by a call; here, say it in words.");
    }
    if (m_answers && right) answer(out, q, *right);
    return out;
  }

  void match(HandoutQuestion& out, const Question& q, const Result<RightAnswer>& right) const {
    out.room = HandoutQuestion::Pairs;
    out.how = say("Write to each what belongs to it.");
    for (const MatchPair& pair : q.match) out.items.push_back(words(pair.name));
    if (right) out.values = valuesToMatch(*right);
  }

  void answer(HandoutQuestion& out, const Question& q, const RightAnswer& right) const {
    out.answer = saidAsText(q, right);
    out.because = words(q.because);
    out.hint = words(q.hint);
    for (size_t i = 0; i < q.choices.size(); ++i)
      if (isRight(q, right, {q.choices[i].answer})) {
        out.right = int(i);
        out.answer = words(q.choices[i].shown);
      }
    for (const Wrong& w : q.wrong) out.wrong.emplace_back(w.answer, words(w.words));
  }

  HandoutLab lab(const Lab& written) const {
    const Lab l = filled(written, valuesFor(written.numbers, m_seed));
    HandoutLab out{words(l.task), l.points};
    for (const Written& goal : l.partial) out.goals.push_back(goal.text);
    out.goals.push_back(l.goal.text);
    if (!l.values.empty()) out.numbers = say("Numbers: %1 (seed %2)", valueWords(l.values), m_seed);
    if (!m_answers) return out;
    out.hint = words(l.hint);
    out.solution = filledFile(l.solution, l.values);
    return out;
  }

  const Lesson& m_lesson;
  const scenario::Session& m_session;
  std::vector<EventIndex> m_stops;
  bool m_answers;
  u32 m_seed;
  EventIndex m_at = 0;
  Covers m_covers;                               // of all stops: a page is turned back
  std::vector<std::string> m_views{"call-path"}; // a stop that names none is looked at as the one before it
};

Text aboutOf(const Lesson& lesson) {
  std::vector<Text> parts;
  if (lesson.level == "beginner") parts.push_back(say("for beginners"));
  if (lesson.level == "intermediate") parts.push_back(say("for whoever knows the basics"));
  if (lesson.level == "advanced") parts.push_back(say("for the advanced"));
  if (lesson.minutes) parts.push_back(say("%1 minutes", lesson.minutes));
  return Text::list(" · ", std::move(parts));
}

} // namespace

Result<Handout> handoutOf(const Lesson& lesson, const scenario::Session& session, bool answers, u32 seed) {
  auto stops = findStops(session, lesson);
  if (!stops) return stops.error();
  HandoutMaker maker(lesson, session, std::move(*stops), answers, seed);
  const std::string folder = std::filesystem::path(lesson.file).parent_path().string();
  Handout out{lesson.title, folder, aboutOf(lesson), answers, maker.covers(), lesson.goals};
  for (size_t i = 0; i < lesson.stops.size(); ++i) out.stops.push_back(maker.stop(i));
  if (answers) out.summary = maker.summary(), out.teacher = lesson.teacher;
  return out;
}

} // namespace sockwalk::tell
