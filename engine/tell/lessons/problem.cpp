#include "engine/tell/lessons/problem.h"
#include "engine/base/nearest.h"
#include <algorithm>

namespace sockwalk::tell {

std::string line(const LessonProblem& p) {
  std::string out = p.file;
  if (p.spot.line) out += ":" + std::to_string(p.spot.line) + ":" + std::to_string(p.spot.column);
  out += ": " + spoken(p.what);
  return p.remedy.empty() ? out : out + "; " + spoken(p.remedy);
}

std::vector<std::string> lines(const std::vector<LessonProblem>& problems) {
  std::vector<std::string> out;
  for (const LessonProblem& p : problems) out.push_back(line(p));
  return out;
}

void Problems::add(Spot spot, Text what, Text remedy) {
  const auto told = [&](const LessonProblem& p) { return p.spot == spot && english(p.what) == english(what); };
  if (std::ranges::none_of(m_all, told)) m_all.push_back({m_file, spot, std::move(what), std::move(remedy)});
}

Text withoutStop(std::string said) {
  for (const std::string_view stop : {".", "。"})
    if (said.ends_with(stop)) said.erase(said.size() - stop.size());
  return Text(said);
}

Text nearestOf(const std::string& word, const std::vector<std::string>& names) {
  if (const std::string near = nearest(word, names); !near.empty()) return say("did you mean %1?", near);
  constexpr size_t Most = 16; // more are a list to search, not to read
  std::vector<Text> some(names.begin(), names.begin() + static_cast<long>(std::min(names.size(), Most)));
  if (names.size() > Most) some.emplace_back("...");
  return say("there are %1", Text::list(", ", std::move(some)));
}

} // namespace sockwalk::tell
