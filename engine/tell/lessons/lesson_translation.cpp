// The words of a lesson in another language: lesson.zh.md has the same blocks with the same ids as lesson.md, and of each
// block the words. What is no words need not be said again; if it is, it must be the same.
#include "engine/tell/lessons/lesson_reader.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

class Translator {
public:
  Translator(Lesson& lesson, const CutLesson& original, const CutLesson& other, Problems& problems)
      : m_lesson(lesson), m_original(original), m_other(other), m_problems(problems) {}

  void translate() {
    same(m_original.head, m_other.head);
    if (!sameBlocks()) return;
    head();
    for (size_t i = 0; i < m_other.stops.size() && i < m_lesson.stops.size(); ++i) stop(i);
  }

private:
  void wrong(Spot spot, Text what, Text remedy) { m_problems.add(spot, std::move(what), std::move(remedy)); }

  static std::vector<std::string> idsOf(const CutLesson& lesson, size_t stop) {
    std::vector<std::string> out;
    for (size_t block = 0; block < lesson.stops[stop].blocks.size(); ++block)
      out.push_back(std::string(nameOf(lesson.stops[stop].blocks[block].kind)) + " " + idOf(lesson, stop, block));
    return out;
  }

  // Nothing is translated by guess: where the blocks differ, it says at which one.
  bool sameBlocks() {
    const size_t stops = std::min(m_original.stops.size(), m_other.stops.size());
    for (size_t i = 0; i < stops; ++i)
      if (!sameBlocks(i)) return false;
    if (m_original.stops.size() == m_other.stops.size()) return true;
    const bool more = m_other.stops.size() > stops;
    wrong(more ? m_other.source.spot(m_other.stops[stops].section.from) : Spot{m_other.source.lines(), 1},
          say("lesson.md has %1 stops, and this file %2", m_original.stops.size(), m_other.stops.size()),
          say("both have the same stops in the same order"));
    return false;
  }
  bool sameBlocks(size_t stop) {
    const auto ours = idsOf(m_original, stop), theirs = idsOf(m_other, stop);
    if (ours == theirs) return true;
    const auto [mine, other] = std::ranges::mismatch(ours, theirs);
    const auto& blocks = m_other.stops[stop].blocks;
    const size_t at = static_cast<size_t>(other - theirs.begin());
    const Spot spot = at < blocks.size() ? (blocks[at].has("id") ? blocks[at].value("id").spot : blocks[at].spot)
                                         : m_other.source.spot(m_other.stops[stop].section.from);
    if (mine == ours.end())
      wrong(spot, say("lesson.md has no block '%1' here", *other), say("leave it out, or add it to lesson.md"));
    else if (other == theirs.end())
      wrong(spot, say("the block '%1' of lesson.md is missing here", *mine), say("translate it, too"));
    else
      wrong(spot, say("this is '%1' where lesson.md has '%2'", *other, *mine),
            say("both have the same blocks with the same ids, in the same order"));
    return false;
  }

  // Keys that are no words are those of lesson.md; words are all there, and as many.
  void same(const Block& ours, const Block& theirs) {
    for (const auto& [key, entry] : theirs.entries) {
      const KeyRule* rule = keyNamed(ours.kind, key);
      if (!ours.has(key)) {
        wrong(entry.spot, say("lesson.md has no '%1:' in this block", key),
              say("leave it out, or add it to lesson.md"));
        continue;
      }
      const BlockEntry& original = ours.entries.at(key);
      if (rule->form == KeyForm::FormulaPairs) sameFormulas(key, original, entry);
      else if (!isWords(rule->form)) sameValues(key, original, entry);
      else if (original.values.size() != entry.values.size() || original.pairs.size() != entry.pairs.size())
        wrong(entry.spot, say("'%1:' has another number of items than in lesson.md", key),
              say("translate each of them"));
      else
        for (size_t i = 0; i < entry.pairs.size(); ++i)
          if (entry.pairs[i].first.text != original.pairs[i].first.text)
            wrong(entry.pairs[i].first.spot, say("lesson.md has '%1' here", original.pairs[i].first.text),
                  say("the answer stays as it is; its words are translated"));
    }
    for (const auto& [key, entry] : ours.entries)
      if (isWords(keyNamed(ours.kind, key)->form) && key != "choices" && !theirs.has(key))
        wrong(theirs.spot, say("the words behind '%1:' are missing", key),
              say("translate them from line %1 of lesson.md", entry.spot.line));
  }
  // What is matched has names in words, and what belongs to them in formulas.
  void sameFormulas(const std::string& key, const BlockEntry& ours, const BlockEntry& theirs) {
    if (ours.pairs.size() != theirs.pairs.size())
      return wrong(theirs.spot, say("'%1:' has another number of items than in lesson.md", key),
                   say("translate each of them"));
    for (size_t i = 0; i < theirs.pairs.size(); ++i)
      if (const Written& formula = theirs.pairs[i].second; formula.text != ours.pairs[i].second.text)
        return wrong(formula.spot, say("lesson.md has '%1' here", ours.pairs[i].second.text),
                     say("the formula stays as it is, and in its place; the name before it is translated"));
  }
  void sameValues(const std::string& key, const BlockEntry& ours, const BlockEntry& theirs) {
    const auto same = [](const auto& a, const auto& b) {
      return a.first.text == b.first.text && a.second.text == b.second.text;
    };
    if (key == "sysctl" && !std::ranges::equal(ours.pairs, theirs.pairs, same))
      return wrong(theirs.spot, say("'%1:' is another than in lesson.md", key),
                   say("leave it out here: it stands in lesson.md"));
    for (size_t i = 0; i < theirs.values.size(); ++i)
      if (i >= ours.values.size() || ours.values[i].text != theirs.values[i].text)
        return wrong(theirs.values[i].spot, say("'%1:' is another than in lesson.md", key),
                     say("leave it out here: it stands in lesson.md"));
    for (size_t i = 0; i < theirs.pairs.size(); ++i)
      if (i >= ours.pairs.size() || ours.pairs[i].first.text != theirs.pairs[i].first.text ||
          ours.pairs[i].second.text != theirs.pairs[i].second.text)
        return wrong(theirs.pairs[i].first.spot, say("'%1:' is another than in lesson.md", key),
                     say("leave it out here: it stands in lesson.md"));
  }

  // ---- taking the words over
  LessonWords words(const Block& b, const char* key) {
    return b.has(key) ? wordsOf(b.value(key), m_problems) : LessonWords{};
  }

  void list(const char* key, std::vector<std::string>& words) {
    const auto said = m_other.head.values(key);
    for (size_t i = 0; i < said.size() && i < words.size(); ++i) words[i] = said[i].text;
  }
  void head() {
    const Block& b = m_other.head;
    if (b.has("title")) m_lesson.title = b.value("title").text;
    if (b.has("summary")) m_lesson.summary = words(b, "summary");
    if (b.has("part")) m_lesson.part = b.value("part").text;
    list("goals", m_lesson.goals);
    list("teacher", m_lesson.teacher);
  }

  void stop(size_t index) {
    const CutLesson::Stop& cut = m_other.stops[index];
    LessonStop& stop = m_lesson.stops[index];
    stop.heading = cut.section.heading;
    stop.spot = m_other.source.spot(cut.section.from);
    stop.text = {};
    for (const Prose& prose : cut.section.prose)
      append(stop.text, wordsOfProse(m_other.source, prose.from, prose.text, m_problems));
    size_t question = 0, lab = 0;
    for (size_t i = 0; i < cut.blocks.size(); ++i) {
      const Block& b = cut.blocks[i];
      same(m_original.stops[index].blocks[i], b);
      if (b.kind == BlockKind::Predict && question < stop.questions.size()) predict(stop.questions[question++], b);
      if (b.kind == BlockKind::Lab && lab < stop.labs.size()) {
        stop.labs[lab].task = words(b, "task");
        stop.labs[lab++].hint = words(b, "hint");
      }
    }
  }

  void predict(Question& q, const Block& b) {
    q.ask = words(b, "ask");
    q.because = words(b, "because");
    q.hint = words(b, "hint");
    const auto choices = b.values("choices");
    for (size_t i = 0; i < choices.size() && i < q.choices.size(); ++i)
      q.choices[i].shown = wordsOf(choices[i], m_problems);
    const auto pairs = b.pairs("match");
    for (size_t i = 0; i < pairs.size() && i < q.match.size(); ++i)
      q.match[i].name = wordsOf(pairs[i].first, m_problems);
    const auto said = b.pairs("wrong");
    for (size_t i = 0; i < said.size() && i < q.wrong.size(); ++i)
      q.wrong[i].words = wordsOf(said[i].second, m_problems);
  }

  Lesson& m_lesson;
  const CutLesson &m_original, &m_other;
  Problems& m_problems;
};

} // namespace

void translate(Lesson& lesson, const CutLesson& original, const CutLesson& translation, Problems& problems) {
  Translator(lesson, original, translation, problems).translate();
}

} // namespace sockwalk::tell
