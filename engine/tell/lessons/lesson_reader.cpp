#include "engine/tell/lessons/lesson_reader.h"
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lab_use.h"
#include "engine/tell/lessons/lesson_views.h"
#include <algorithm>
#include <filesystem>
#include <set>

namespace sockwalk::tell {

// ---- cutting

namespace {

// The head: where it ends, and its block. Without a head, or without its end, nothing of the lesson is known.
std::optional<size_t> cutHead(const SourceText& source, Block& head, bool translation, Problems& problems) {
  if (source.line(1) != "---") {
    problems.add({1, 1}, say("a lesson begins with a head between two lines '---'"),
                 say("its first line is ---, then 'title: ...'"));
    head.spot = {1, 1};
    return std::nullopt;
  }
  int last = 2;
  while (last <= source.lines() && source.line(last) != "---") ++last;
  if (last > source.lines())
    return problems.add({1, 1}, say("the head is not closed"), say("close it with a line ---")), std::nullopt;
  const size_t begin = source.start(2), end = source.start(last);
  head = readBlock(BlockKind::Head, source.text().substr(begin, end - begin), {1, 1}, 2, translation, problems);
  return source.start(last + 1);
}

void checkIds(const CutLesson& cut, Problems& problems) {
  std::set<std::string> seen;
  for (size_t stop = 0; stop < cut.stops.size(); ++stop)
    for (size_t block = 0; block < cut.stops[stop].blocks.size(); ++block) {
      const Block& b = cut.stops[stop].blocks[block];
      const std::string id = idOf(cut, stop, block);
      if (!seen.insert(id).second && b.has("id"))
        problems.add(b.value("id").spot, say("two blocks have the id '%1'", id), say("an id names one block"));
    }
}

} // namespace

CutLesson cutLesson(SourceText source, bool translation, Problems& problems) {
  CutLesson out{std::move(source), {}, {}};
  const auto begin = cutHead(out.source, out.head, translation, problems);
  if (!begin) return out;
  for (MarkdownSection& section : sectionsOf(out.source, *begin, problems)) {
    out.stops.push_back({std::move(section), {}});
    CutLesson::Stop& stop = out.stops.back();
    for (const Fence& fence : stop.section.fences)
      stop.blocks.push_back(
          readBlock(*blockNamed(fence.name), fence.text, fence.spot, fence.spot.line + 1, translation, problems));
  }
  checkIds(out, problems);
  return out;
}

std::string idOf(const CutLesson& lesson, size_t stop, size_t block) {
  const Block& b = lesson.stops[stop].blocks[block];
  if (const std::string id = b.value("id").text; !id.empty()) return id;
  const std::string number = std::to_string(stop + 1);
  if (b.kind == BlockKind::Stop) return "stop-" + number;
  size_t same = 1;
  for (size_t i = 0; i < block; ++i) same += lesson.stops[stop].blocks[i].kind == b.kind;
  return std::string(nameOf(b.kind)) + "-" + number + "." + std::to_string(same);
}

// ---- what the blocks mean

namespace {

class Maker {
public:
  Maker(const CutLesson& cut, Problems& problems) : m_cut(cut), m_problems(problems) {}

  Lesson lesson() {
    Lesson out;
    out.file = m_problems.file();
    head(out);
    m_scenario = out.scenario;
    m_host = out.host;
    for (size_t i = 0; i < m_cut.stops.size(); ++i) out.stops.push_back(stop(i));
    return out;
  }

private:
  void wrong(Spot spot, Text what, Text remedy) { m_problems.add(spot, std::move(what), std::move(remedy)); }

  // ---- values
  LessonWords words(const Block& b, const char* key) {
    return b.has(key) ? wordsOf(b.value(key), m_problems) : LessonWords{};
  }
  std::string plain(const Written& w) { // it is said where no walk is open
    if (w.text.find("{{") != w.text.npos)
      wrong(w.spot, say("nothing is computed in these words"), say("say it in a stop's text"));
    return w.text;
  }
  std::string file(const Block& b, const char* key) {
    const Written w = b.value(key);
    if (w.text.empty()) return "";
    if (const auto trouble = troubleWithFile(m_problems.file(), w.text))
      wrong(w.spot, *trouble, say("what a lesson names lies in its folder"));
    return (std::filesystem::path(m_problems.file()).parent_path() / w.text).string();
  }
  std::string oneOf(const Block& b, const char* key, const std::vector<std::string>& names) {
    const Written w = b.value(key);
    if (!w.text.empty() && std::ranges::find(names, w.text) == names.end())
      wrong(w.spot, say("'%1' is nothing that may stand behind '%2:'", w.text, key), nearestOf(w.text, names));
    return w.text;
  }
  std::vector<std::string> someOf(const Block& b, const char* key, const std::vector<std::string>& names) {
    std::vector<std::string> out;
    for (const Written& list : b.values(key))
      for (const std::string& word : wordsOf(list.text)) {
        if (std::ranges::find(names, word) == names.end())
          wrong(list.spot, say("'%1' is nothing that may stand behind '%2:'", word, key), nearestOf(word, names));
        out.push_back(word);
      }
    return out;
  }
  static std::vector<std::string> texts(const std::vector<Written>& all) {
    std::vector<std::string> out;
    for (const Written& w : all) out.push_back(w.text);
    return out;
  }

  // ---- the head
  void head(Lesson& out) {
    const Block& b = m_cut.head;
    out.title = plain(b.value("title"));
    out.part = plain(b.value("part"));
    out.scenario = file(b, "scenario");
    out.host = b.value("host").text;
    out.minutes = numberOf(b.value("minutes"), 0, m_problems);
    out.level = oneOf(b, "level", levelNames());
    out.next = folder(b.value("next"));
    for (const Written& w : b.values("needs")) out.needs.push_back(folder(w));
    for (const Written& w : b.values("goals")) out.goals.push_back(plain(w));
    for (const Written& w : b.values("teacher")) out.teacher.push_back(plain(w));
    out.summary = words(b, "summary");
  }
  std::string folder(const Written& w) {
    if (w.text.find_first_of("/\\") != w.text.npos || w.text.starts_with('.'))
      wrong(w.spot, say("'%1' is no name of a lesson", w.text), say("a lesson is named by its folder: 03-socket"));
    return w.text;
  }

  // ---- a stop
  LessonStop stop(size_t index) {
    const CutLesson::Stop& cut = m_cut.stops[index];
    LessonStop out;
    out.heading = plain({cut.section.heading, m_cut.source.spot(cut.section.from)});
    out.spot = m_cut.source.spot(cut.section.from);
    for (const Prose& prose : cut.section.prose)
      append(out.text, wordsOfProse(m_cut.source, prose.from, prose.text, m_problems));
    int stops = 0;
    for (size_t i = 0; i < cut.blocks.size(); ++i) {
      const Block& b = cut.blocks[i];
      const std::string id = idOf(m_cut, index, i);
      if (b.kind == BlockKind::Predict) out.questions.push_back(question(b, id));
      else if (b.kind == BlockKind::Lab) out.labs.push_back(lab(b, id));
      else if (++stops > 1) wrong(b.spot, say("this stop has two blocks 'stop'"), say("a heading begins another stop"));
      else fill(out, b, id);
    }
    if (!stops)
      wrong(out.spot, say("the stop '%1' has no block 'stop'", out.heading),
            say("say behind the heading where it is: ```stop, 'at: call inet_create', ```"));
    return out;
  }

  void fill(LessonStop& out, const Block& b, const std::string& id) {
    out.id = id;
    if (b.has("at") == b.has("until"))
      wrong(b.spot, say("a stop is 'at:' a place or 'until:' a condition"), say("write one of the two"));
    else out.at = b.has("at") ? placeOf(b.value("at"), m_problems) : placeWhen(b.value("until"));
    out.views = viewsOf(b.values("view"), m_problems);
    out.focus = b.value("focus");
    if (b.has("focus") && !isObjectName(out.focus.text))
      wrong(out.focus.spot, say("'%1' is no object of the kernel", out.focus.text),
            say("for example '%1'", "tcp_sock#2"));
    if (b.has("point")) out.point = pointOf(b.value("point"), m_problems);
    out.picture = file(b, "picture");
  }

  // ---- a prediction
  Question question(const Block& b, const std::string& id) {
    Question q;
    q.id = id;
    q.spot = b.spot;
    const std::string kind = oneOf(b, "kind", answerKindNames());
    const auto known = std::ranges::find(answerKindNames(), kind);
    q.kind = known != answerKindNames().end() ? static_cast<AnswerKind>(known - answerKindNames().begin())
             : b.has("choices")               ? AnswerKind::Choose
                                              : AnswerKind::Number;
    q.ask = words(b, "ask");
    q.because = words(b, "because");
    q.hint = words(b, "hint");
    for (const Written& w : b.values("choices")) q.choices.push_back({w.text, wordsOf(w, m_problems)});
    if (b.has("answer")) q.answer = formulaOf(b.value("answer"), m_problems);
    if (b.has("when")) q.when = placeOf(b.value("when"), m_problems);
    q.expect = b.value("expect");
    q.calls = b.values("calls");
    q.goal = b.value("goal");
    q.solution = b.value("solution");
    q.pointers = b.values("pointers");
    if (q.kind == AnswerKind::Compare) compare(b, q);
    for (const auto& [name, formula] : b.pairs("match"))
      q.match.push_back({wordsOf(name, m_problems), formulaOf(formula, m_problems)});
    for (const auto& [answer, said] : b.pairs("wrong"))
      q.wrong.push_back({answer.text, wordsOf(said, m_problems), answer.spot});
    q.tries = numberOf(b.value("tries"), 3, m_problems);
    q.points = numberOf(b.value("points"), 1, m_problems);
    checkKind(b, q);
    return q;
  }

  void need(const Block& b, const Question& q, const char* key, bool needed) {
    const std::string& kind = answerKindNames()[static_cast<size_t>(q.kind)];
    if (b.has(key) == needed) return;
    if (needed)
      wrong(b.spot, say("a prediction of the kind '%1' needs '%2:'", kind, key),
            say("for example '%1: %2'", key, keyNamed(BlockKind::Predict, key)->example));
    else
      wrong(b.entries.at(key).spot, say("'%1:' means nothing in a prediction of the kind '%2'", key, kind),
            say("leave it out"));
  }

  // Each kind has keys of its own: what another kind has means nothing here.
  void checkKind(const Block& b, const Question& q) {
    const bool asks = q.kind == AnswerKind::Choose || q.kind == AnswerKind::Number || q.kind == AnswerKind::Click;
    const bool compares = q.kind == AnswerKind::Compare;
    if (!compares || !b.has("calls")) need(b, q, "answer", asks || compares);
    if (!compares || q.how == CompareHow::Relation) need(b, q, "choices", q.kind == AnswerKind::Choose);
    if (!compares) need(b, q, "calls", q.kind == AnswerKind::Order);
    need(b, q, "match", q.kind == AnswerKind::Match);
    need(b, q, "goal", q.kind == AnswerKind::Write);
    need(b, q, "solution", q.kind == AnswerKind::Write);
    if (q.kind == AnswerKind::Write) need(b, q, "expect", false);
    need(b, q, "pointers", q.kind == AnswerKind::Drag);
    for (const char* key : {"other", "sysctl", "how"})
      if (!compares) need(b, q, key, false);
    checkPointers(q);
    if (b.has("choices")) atLeastTwo(b, "choices", q.choices.size());
    atLeastTwo(b, "calls", q.calls.size());
    atLeastTwo(b, "match", q.match.size());
    for (const Written& w : q.calls)
      if (!Symbols::get().functionNamed(w.text))
        wrong(w.spot, say("this kernel has no function '%1'", w.text), nearestOf(w.text, functionNamesOfKernel()));
    const bool clickable =
        q.answer.kind == Formula::Object || q.answer.kind == Formula::Member || q.answer.kind == Formula::Line;
    if (q.kind == AnswerKind::Click && q.answer && !clickable)
      wrong(q.answer.spot, say("'%1' is nothing that can be clicked", q.answer.text),
            say("for example %1", "'object tcp_sock', 'tcp_sock.sk_prot' or 'line'"));
  }
  void checkPointers(const Question& q) {
    for (size_t i = 0; i < q.pointers.size(); ++i) {
      const Written& w = q.pointers[i];
      const auto same = [&](const Written& other) { return other.text == w.text; };
      if (std::ranges::find(pointerNames(), w.text) == pointerNames().end())
        wrong(w.spot, say("a buffer has no pointer '%1'", w.text), nearestOf(w.text, pointerNames()));
      else if (std::ranges::find_if(q.pointers, same) != q.pointers.begin() + static_cast<long>(i))
        wrong(w.spot, say("'%1' stands twice among the pointers", w.text), say("name each pointer once"));
    }
  }
  void atLeastTwo(const Block& b, const char* key, size_t have) {
    if (have == 1) wrong(b.entries.at(key).spot, say("one alone is no question"), say("give '%1:' two or more", key));
  }

  // ---- two runs
  void compare(const Block& b, Question& q) {
    if (b.has("other") == b.has("sysctl"))
      wrong(b.spot, say("the other run is 'other:' a file or 'sysctl:' settings"), say("write one of the two"));
    q.otherSpot = b.has("other") ? b.value("other").spot : b.spot;
    std::vector<Setting> settings;
    for (const auto& [name, value] : b.pairs("sysctl")) {
      if (settings.empty()) q.otherSpot = name.spot;
      settings.push_back({name.text, value.text});
    }
    q.other = std::make_shared<const OtherRun>(m_scenario, m_host, file(b, "other"), std::move(settings));
    const auto how = std::ranges::find(compareHowNames(), oneOf(b, "how", compareHowNames()));
    if (how != compareHowNames().end()) q.how = static_cast<CompareHow>(how - compareHowNames().begin());
    if (!b.has("calls") && q.how == CompareHow::Relation && !b.has("choices"))
      for (const auto& [answer, shown] : relations()) q.choices.push_back({answer, {spoken(shown)}});
    if (b.has("calls"))
      for (const char* key : {"answer", "choices", "how", "expect"})
        if (b.has(key))
          wrong(b.entries.at(key).spot, say("'%1:' means nothing beside 'calls:'", key), say("leave one of them out"));
  }

  // ---- a lab
  Lab lab(const Block& b, const std::string& id) {
    Lab out;
    out.id = id;
    out.spot = b.spot;
    out.task = words(b, "task");
    out.hint = words(b, "hint");
    bool known = true; // what may be used
    if (b.has("use")) {
      const auto tools = someOf(b, "use", labToolNames());
      const auto may = [&](const char* tool) { return std::ranges::find(tools, tool) != tools.end(); };
      out.use = {may("script"), may("console"), may("wire")};
      known = std::ranges::all_of(tools,
                                  [](const std::string& tool) { return std::ranges::count(labToolNames(), tool) > 0; });
    }
    for (const auto& [name, range] : b.pairs("seed")) out.numbers.push_back(labNumberOf(name, range, m_problems));
    out.start = file(b, "start");
    out.solution = file(b, "solution");
    if (known) checkSolution(b.value("solution"), out);
    out.goal = b.value("goal");
    out.partial = b.values("partial");
    out.points = numberOf(b.value("points"), 1, m_problems);
    return out;
  }

  // A solution is made of what may be used.
  void checkSolution(const Written& solution, const Lab& lab) {
    if (solution.text.empty()) return;
    const bool lines = isLinesFile(solution.text);
    if (lines && !lab.use.acts())
      wrong(solution.spot, say("'%1' has what is typed, and in this lab nothing is", solution.text),
            say("keep a script in a file .pkt, or let the console be used: 'use: [console]'"));
    if (!lines && !lab.use.script)
      wrong(solution.spot, say("'%1' is a script, and in this lab none is written", solution.text),
            say("keep what is typed, a line each, in a file .lines"));
  }

  const CutLesson& m_cut;
  std::string m_scenario, m_host;
  Problems& m_problems;
};

} // namespace

Lesson lessonOf(const CutLesson& cut, Problems& problems) {
  if (cut.stops.empty() && !problems.none()) return {};
  return Maker(cut, problems).lesson();
}

} // namespace sockwalk::tell
