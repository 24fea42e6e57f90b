#include "engine/tell/lessons/lab_run.h"
#include "engine/tell/lessons/goal.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/messages.h"
#include "engine/tell/values.h"
#include <cstdio>

namespace sockwalk::tell {

LabOutcome judge(const Lab& lab, const scenario::Session& session) {
  LabOutcome out;
  for (const Written& partial : lab.partial) out.partial.push_back(isReached(session, partial.text));
  out.reached = isReached(session, lab.goal.text);
  return out;
}

LabOutcome tryLab(const Lab& lab, const std::string& script) {
  const LabSession session = playLab(script);
  if (session) return judge(lab, **session);
  return {spokenMessage(session.error().message), std::vector<bool>(lab.partial.size()), false};
}

// With numbers of the person's own only a script can begin: a capture has its bytes.
LabSession beginLab(const Lesson& lesson, const Lab& lab) {
  const PlayedFile start = startOf(lesson, lab);
  if (lab.values.empty() || scenario::fileKind(start.path) != scenario::FileKind::Script) return playedToEnd(start);
  return playLab(filledFile(start.path, lab.values), start.path);
}

LabSession playLab(const std::string& script, const std::string& name) {
  auto opened = scenario::Session::open({scenario::ScriptStimulus{name, script}});
  return opened ? toEnd(std::move(*opened), name) : std::move(opened);
}

LabSession solveLab(const Lesson& lesson, const Lab& lab, std::optional<LineTrouble>& trouble) {
  const std::string solution = filledFile(lab.solution, lab.values);
  if (!isLinesFile(lab.solution)) return playLab(solution, lab.solution);
  auto session = beginLab(lesson, lab);
  if (session) trouble = typeLines(lab.use, **session, labLines(solution));
  return session;
}

// What the console says of a line begins with the place in it, "1:7: ".
static LineTrouble troubleIn(const LabLine& line, const std::string& message) {
  int at = 0, column = 0;
  if (std::sscanf(message.c_str(), "1:%d: %n", &column, &at) != 1 || !at)
    return {line.number, 1, Text(spokenMessage(message))};
  return {line.number, column, Text(spokenMessage(message.substr(static_cast<size_t>(at))))};
}

std::optional<LineTrouble> typeLines(const LabUse& use, scenario::Session& session, const std::vector<LabLine>& lines) {
  std::vector<LineTrouble> unasked;
  return typeLines(use, session, lines, unasked);
}

std::optional<LineTrouble> typeLines(const LabUse& use, scenario::Session& session, const std::vector<LabLine>& lines,
                                     std::vector<LineTrouble>& errors) {
  std::vector<std::pair<int, u32>> calls; // a line, and what it did
  std::optional<LineTrouble> trouble;
  for (const LabLine& line : lines) {
    const size_t before = session.journal().stimuli().size();
    if (const auto refused = refusedLine(use, line.text)) trouble = LineTrouble{line.number, 1, *refused};
    else if (const auto done = session.console(line.text); !done) trouble = troubleIn(line, done.error().message);
    else if (*done >= before) calls.emplace_back(line.number, *done);
    if (trouble) break;
  }
  for (const auto& [number, stimulus] : calls) {
    const Stimulus& s = session.journal().stimuli()[stimulus];
    if (s.finished && s.result < 0)
      errors.push_back({number, 1, say("%1 gives back %2", s.text, systemResult(s.result))});
  }
  return trouble;
}

} // namespace sockwalk::tell
