// A lab, tried: a script that somebody has written is played, or lines are typed where its start ends, and the record is
// asked what it shows.
#pragma once
#include "engine/tell/lessons/lab_use.h"

namespace sockwalk::tell {

struct LabOutcome {
  std::string trouble{}; // why the script does not run to its end; then nothing is reached
  std::vector<bool> partial{};
  bool reached = false;
};
LabOutcome judge(const Lab& lab, const scenario::Session& session);
LabOutcome tryLab(const Lab& lab, const std::string& script);

using LabSession = Result<std::unique_ptr<scenario::Session>>;
// Played to their ends, ready for what is typed.
LabSession beginLab(const Lesson& lesson, const Lab& lab);
LabSession playLab(const std::string& script, const std::string& name = "lab.pkt");
// Types it, as far as it goes: which line cannot be done, or may not be used, and why.
struct LineTrouble {
  int number, column; // in their file, from 1
  Text what;
};
std::optional<LineTrouble> typeLines(const LabUse& use, scenario::Session& session, const std::vector<LabLine>& lines);
// The same; and those of them whose calls gave back an error, once all are typed: that may be meant.
std::optional<LineTrouble> typeLines(const LabUse& use, scenario::Session& session, const std::vector<LabLine>& lines,
                                     std::vector<LineTrouble>& errors);
// The kept solution: its script, or what it types where the start ends.
LabSession solveLab(const Lesson& lesson, const Lab& lab, std::optional<LineTrouble>& trouble);

} // namespace sockwalk::tell
