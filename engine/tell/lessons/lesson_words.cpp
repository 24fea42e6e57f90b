#include "engine/tell/lessons/lesson_words.h"
#include "engine/tell/lessons/covers.h"

namespace sockwalk::tell {

namespace {

// Whether a line opens or closes a program's text.
bool isFence(std::string_view line) {
  const size_t first = line.find_first_not_of(' ');
  return first != line.npos && first < 4 && (line.substr(first, 3) == "```" || line.substr(first, 3) == "~~~");
}

// Calls `found` with each place of "{{", outside a program's text.
template <class Found> void eachFormula(const std::string& text, const Found& found) {
  bool program = false;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (isFence(line)) program = !program;
    for (size_t at = line.find("{{"); !program && at != line.npos; at = line.find("{{", at + 2))
      if (!at || line[at - 1] != '\\') found(begin + at, end);
    begin = end + 1;
  }
}

template <class SpotOf> LessonWords read(const std::string& text, Spot spot, const SpotOf& spotOf, Problems& problems) {
  LessonWords out{text, {}, spot};
  eachFormula(text, [&](size_t at, size_t lineEnd) {
    const size_t close = text.find("}}", at);
    if (close == text.npos || close > lineEnd)
      return problems.add(spotOf(at), say("'{{' is not closed on its line"),
                          say("close it with }}; a brace of its own is \\{{"));
    const Written inside{text.substr(at + 2, close - at - 2), spotOf(at + 2)};
    if (Formula f = formulaOf(inside, problems)) out.computed.push_back({at, close + 2, std::move(f)});
  });
  return out;
}

// What would be emphasis in Markdown.
std::string escaped(const std::string& words) {
  std::string out;
  for (const char c : words) {
    if (c == '_' || c == '*' || c == '<' || c == '[') out += '\\';
    out += c;
  }
  return out;
}

std::string valueSaid(const scenario::Session& session, EventIndex at, const Formula& formula) {
  Playhead playhead(session.journal());
  playhead.seek(at);
  const auto value = valueOf(session, playhead, formula);
  return value ? value->text : "?"; // a lesson of which this is true does not begin: the check says it
}

} // namespace

LessonWords wordsOf(const Written& written, Problems& problems) {
  const auto spotOf = [&](size_t at) { return Spot{written.spot.line, written.spot.column + static_cast<int>(at)}; };
  return read(written.text, written.spot, spotOf, problems);
}

LessonWords wordsOfProse(const SourceText& source, size_t from, const std::string& text, Problems& problems) {
  return read(
      text, source.spot(from), [&](size_t at) { return source.spot(from + at); }, problems);
}

void append(LessonWords& words, const LessonWords& more) {
  if (words.empty()) words.spot = more.spot;
  const size_t shift = words.text.size();
  words.text += more.text;
  for (ComputedPart part : more.computed) {
    part.from += shift;
    part.to += shift;
    words.computed.push_back(std::move(part));
  }
}

std::string said(const LessonWords& words, const scenario::Session& session, EventIndex at, const HidesFormula& hides) {
  std::string out;
  size_t from = 0;
  for (const ComputedPart& part : words.computed) {
    out += words.text.substr(from, part.from - from);
    const std::string value = hides && hides(part.formula) ? Covers::Hatch : valueSaid(session, at, part.formula);
    const bool code = part.from && words.text[part.from - 1] == '`';
    out += code ? value : escaped(value);
    from = part.to;
  }
  out += words.text.substr(from);
  for (size_t i = out.find("\\{{"); i != out.npos; i = out.find("\\{{", i)) out.erase(i, 1);
  return out;
}

} // namespace sockwalk::tell
