// A lab, tried: a script that somebody has written is played, and the record is asked what it shows.
#pragma once
#include "engine/tell/lessons/lesson_file.h"

namespace sockwalk::tell {

struct LabOutcome {
  std::string trouble; // why the script does not run to its end; then nothing is reached
  std::vector<bool> partial;
  bool reached = false;
};
LabOutcome tryLab(const Lab& lab, const std::string& script);

} // namespace sockwalk::tell
