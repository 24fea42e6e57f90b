#include "engine/tell/page/lesson_page.h"
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/covers_everywhere.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/lessons/markdown_html.h"
#include <algorithm>
#include <filesystem>

namespace sockwalk::tell {

using Json = nlohmann::json;

Result<LessonPage> LessonPage::of(const scenario::Session& session, std::vector<Lesson> said) {
  auto stops = findStops(session, said.front());
  if (!stops) return stops.error();
  LessonPage out(session, std::move(said), std::move(*stops));
  for (size_t stop = 0; stop < out.m_stops.size(); ++stop)
    for (size_t i = 0; i < out.m_said.front().stops[stop].questions.size(); ++i) {
      const Question& q = out.m_said.front().stops[stop].questions[i];
      Playhead playhead(session.journal());
      auto right = askEngine(session, playhead, q, out.m_stops[stop]);
      if (!right) return right.error();
      Covers covers;
      coverEverywhere(covers, session, out.m_stops[stop], q);
      out.m_asked.push_back({stop, i, std::move(*right), std::move(covers)});
    }
  return out;
}

std::vector<EventIndex> LessonPage::places() const {
  std::vector<EventIndex> out = m_stops;
  for (const Asked& asked : m_asked) out.push_back(asked.right.shownAt);
  return out;
}

std::vector<int> LessonPage::askedFor(u32 offset, u32 size) const {
  std::vector<int> out;
  for (size_t i = 0; i < m_asked.size(); ++i)
    if (m_asked[i].covers.member(offset, size)) out.push_back(int(i));
  return out;
}

template <class Get> int LessonPage::words(size_t stop, const Get& get, PageTexts& texts) const {
  std::vector<std::string> all;
  for (const Lesson& lesson : m_said)
    all.push_back(plainWords(get(lesson), said(get(lesson), m_session, m_stops[stop])));
  return texts.each(std::move(all));
}

int LessonPage::proseOf(size_t stop, bool covered, PageTexts& texts) const {
  const auto hides = [&](const Formula& f) {
    return covered &&
           std::ranges::any_of(m_asked, [&](const Asked& a) { return a.stop == stop && a.covers.formula(f); });
  };
  std::vector<std::string> all;
  for (const Lesson& lesson : m_said) {
    const std::filesystem::path folder = std::filesystem::path(lesson.file).parent_path();
    const auto picture = [&](const std::string& name) { return pictureInside(folder.string(), name); };
    const std::string own = std::filesystem::path(lesson.stops[stop].picture).filename().string();
    const std::string first = own.empty() ? "" : "![](" + own + ")\n\n";
    all.push_back(htmlOfMarkdown(first + said(lesson.stops[stop].text, m_session, m_stops[stop], hides), picture));
  }
  return texts.each(std::move(all));
}

// ---- questions

Json LessonPage::choicesOf(const Asked& asked, PageTexts& texts) const {
  Json out = Json::array();
  const Question& q = question(asked);
  for (size_t i = 0; i < q.choices.size(); ++i) {
    const Given given{q.choices[i].answer};
    const Wrong* const wrong = wrongSaid(q, asked.right, given);
    const auto which = wrong ? wrong - q.wrong.data() : 0;
    const auto shown = [&](const Lesson& l) { return l.stops[asked.stop].questions[asked.index].choices[i].shown; };
    const auto why = [&](const Lesson& l) {
      return l.stops[asked.stop].questions[asked.index].wrong[size_t(which)].words;
    };
    out.push_back({{"words", words(asked.stop, shown, texts)},
                   {"right", isRight(q, asked.right, given)},
                   {"said", wrong ? words(asked.stop, why, texts) : -1}});
  }
  return out;
}

Json LessonPage::wrongOnes(const Asked& asked, PageTexts& texts) const {
  Json out = Json::array();
  const Question& q = question(asked);
  for (size_t i = 0; i < q.wrong.size(); ++i) {
    const auto why = [&](const Lesson& l) { return l.stops[asked.stop].questions[asked.index].wrong[i].words; };
    out.push_back({{"text", q.wrong[i].answer}, {"said", words(asked.stop, why, texts)}});
  }
  return out;
}

static Json valueOnPage(const FormulaValue& value) {
  Json names = Json::array();
  for (const expression::Constant& name : value.names) names.push_back({name.word, name.value});
  Json out{{"text", value.text}, {"names", std::move(names)}};
  if (value.number) out["number"] = *value.number;
  return out;
}

static Json sorted(std::vector<std::string> all) {
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  return all;
}

// What words must not say while it is open. What is to be clicked or called is named in the question.
static Json hiddenBy(const Question& q, const RightAnswer& right) {
  if (q.kind == AnswerKind::Match) return right.list;
  if (q.kind == AnswerKind::Choose || q.kind == AnswerKind::Number) return Json::array({right.value.text});
  return Json::array();
}

Json LessonPage::questionOf(const Asked& asked, int number, const StepAt& stepAt, PageTexts& texts) const {
  const Question& q = question(asked);
  const auto in = [&](LessonWords Question::*part) {
    return words(
        asked.stop, [&](const Lesson& l) { return l.stops[asked.stop].questions[asked.index].*part; }, texts);
  };
  Json out{{"id", q.id},
           {"n", number},
           {"ask", in(&Question::ask)},
           {"hint", in(&Question::hint)},
           {"because", in(&Question::because)},
           {"points", q.points},
           {"tries", q.tries},
           {"hides", hiddenBy(q, asked.right)},
           {"step", stepAt(asked.right.shownAt)}};
  out["answer"] = saidAsText(q, asked.right);
  switch (q.kind) {
  case AnswerKind::Choose:
    out["kind"] = "choose";
    out["choices"] = choicesOf(asked, texts);
    break;
  case AnswerKind::Number:
    out["kind"] = "number";
    out["right"] = valueOnPage(asked.right.value);
    out["wrong"] = wrongOnes(asked, texts);
    break;
  case AnswerKind::Order:
    out["kind"] = "order";
    out["items"] = sorted(asked.right.list);
    out["right"] = asked.right.list;
    break;
  case AnswerKind::Match:
    out["kind"] = "match";
    out["names"] = Json::array();
    for (size_t i = 0; i < q.match.size(); ++i)
      out["names"].push_back(words(
          asked.stop, [&](const Lesson& l) { return l.stops[asked.stop].questions[asked.index].match[i].name; },
          texts));
    out["values"] = sorted(asked.right.list);
    out["right"] = asked.right.list;
    break;
  default: out["kind"] = "other"; // a click, a pointer, a call: the program has what they take
  }
  return out;
}

// ---- the whole

Json LessonPage::stopAt(size_t stop, const StepAt& stepAt, PageTexts& texts) const {
  std::vector<std::string> headings;
  for (const Lesson& lesson : m_said) headings.push_back(lesson.stops[stop].heading);
  Json questions = Json::array(), labs = Json::array();
  for (size_t i = 0; i < m_asked.size(); ++i)
    if (m_asked[i].stop == stop) questions.push_back(questionOf(m_asked[i], int(i), stepAt, texts));
  for (size_t i = 0; i < m_said.front().stops[stop].labs.size(); ++i)
    labs.push_back({{"task", words(
                                 stop, [&](const Lesson& l) { return l.stops[stop].labs[i].task; }, texts)},
                    {"hint", words(
                                 stop, [&](const Lesson& l) { return l.stops[stop].labs[i].hint; }, texts)}});
  return {{"heading", texts.each(std::move(headings))}, {"html", proseOf(stop, false, texts)},
          {"covered", proseOf(stop, true, texts)},      {"step", stepAt(m_stops[stop])},
          {"questions", std::move(questions)},          {"labs", std::move(labs)}};
}

Json LessonPage::asJson(const StepAt& stepAt, PageTexts& texts) const {
  Json stops = Json::array(), goals = Json::array();
  for (size_t i = 0; i < m_stops.size(); ++i) stops.push_back(stopAt(i, stepAt, texts));
  std::vector<std::string> titles;
  for (const Lesson& lesson : m_said) titles.push_back(lesson.title);
  for (size_t i = 0; i < m_said.front().goals.size(); ++i) {
    std::vector<std::string> each;
    for (const Lesson& lesson : m_said) each.push_back(i < lesson.goals.size() ? lesson.goals[i] : "");
    goals.push_back(texts.each(std::move(each)));
  }
  const size_t last = m_stops.size() - 1;
  return {{"title", texts.each(std::move(titles))},
          {"goals", std::move(goals)},
          {"summary", words(
                          last, [](const Lesson& l) { return l.summary; }, texts)},
          {"stops", std::move(stops)}};
}

} // namespace sockwalk::tell
