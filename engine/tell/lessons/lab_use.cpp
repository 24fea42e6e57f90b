#include "engine/tell/lessons/lab_use.h"
#include <sstream>

namespace sockwalk::tell {

std::string usedIn(const LabUse& use) {
  std::string out;
  for (const auto& [may, name] : {std::pair(use.script, 0), {use.console, 1}, {use.wire, 2}})
    if (may) out += (out.empty() ? "" : ", ") + labToolNames()[static_cast<size_t>(name)];
  return out;
}

static bool isOfWire(const std::string& line) {
  const auto words = wordsOf(line);
  return !words.empty() && (words[0].starts_with('<') || words[0] == "wire");
}

std::optional<Text> refusedLine(const LabUse& use, const std::string& line) {
  if (!use.acts()) return say("This lab is done with a script alone: nothing is typed.");
  const bool wire = isOfWire(line);
  if (wire ? use.wire : use.console) return std::nullopt;
  if (wire) return say("This lab is done without the wire: nothing is sent by hand, and nothing gets lost.");
  return say(
      "This lab is done on the wire alone: by packets that arrive, '< S 0:0(0) win 1000', and by the command wire.");
}

bool isLinesFile(const std::string& path) { return path.ends_with(".lines"); }

std::vector<LabLine> labLines(const std::string& text) {
  std::vector<LabLine> out;
  std::istringstream in(text);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const auto from = line.find_first_not_of(" \t\r"), to = line.find_last_not_of(" \t\r");
    const auto begins = [&](const char* with) { return line.compare(from, std::string(with).size(), with) == 0; };
    if (from == line.npos || (begins("//") && !begins("//@"))) continue;
    out.push_back({line.substr(from, to + 1 - from), number});
  }
  return out;
}

PlayedFile startOf(const Lesson& lesson, const Lab& lab) {
  return lab.start.empty() ? lesson.played({}) : PlayedFile{lab.start, {}};
}

} // namespace sockwalk::tell
