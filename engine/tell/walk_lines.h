// A walk as lines of plain English, for the command line and for tests: every stimulus, under it the calls that it caused,
// indented, with arguments and results, and what is worth a sentence at each moment.
#pragma once
#include "engine/journal/journal.h"
#include <functional>
#include <string>

namespace sockwalk::tell {

struct WalkLines {
  EventIndex from = 0;    // 0: how the kernel boots, too
  bool callsOnly = false; // neither notes nor the geometry of buffers
};
void walkLines(const Journal& journal, const WalkLines& wish, const std::function<void(const std::string& line)>& out);

} // namespace sockwalk::tell
