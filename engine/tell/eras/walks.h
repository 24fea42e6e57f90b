// The same calls on two kernels, side by side: which functions both have, which changed their names, which are called from
// elsewhere now, which went and which came.
//
//   ErasCompared both = compareWalks(then, now);     two journals of one script, that of 2.6 and that of 6.1
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/journal.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

enum class EraMark : u8 {
  Kept,    // both call it, from the same place
  Renamed, // another name stands there now
  Moved,   // both call it, but from another function, or at another moment
  Gone,    // only then
  New,     // only now
  Count
};
Text eraMarkText(EraMark mark);

// One call of one of the walks.
struct EraCall {
  EventIndex call = NoEvent; // NoEvent: there is none on this side
  EventIndex back = NoEvent; // its return; NoEvent: it has not come back
  std::string name, caller, result;
  std::string file; // from the kernel's root, "net/socket"
  int depth = 0;
  Layer layer = Layer::User;
  explicit operator bool() const { return call != NoEvent; }
};
struct EraRow {
  EraMark mark = EraMark::Kept;
  EraCall then, now;
  int elsewhere = -1; // of what has moved and stands alone: the row in which the other kernel calls it; -1: in none
};
// Of one kernel: where in its record a call of the script is, and what came of it.
struct EraAnswer {
  EventIndex begins = 0, ends = 0; // the first event of it, and the first behind it
  std::string result;
};
// One call of the script.
struct EraStimulus {
  std::string text; // "socket(AF_INET, SOCK_STREAM, 0)"
  EraAnswer then, now;
  std::vector<EraRow> rows;
};
struct ErasCompared {
  std::vector<EraStimulus> stimuli; // that both have
  size_t unpaired = 0;              // that only one of them has, or that were too many to be looked at
  size_t counts[static_cast<size_t>(EraMark::Count)] = {}; // of functions: one that is called often counts once
};

// `boot`: how the kernels start, too.
ErasCompared compareWalks(const Journal& then, const Journal& now, bool boot = false);

std::vector<std::string> lines(const ErasCompared& compared);
nlohmann::json json(const ErasCompared& compared);

} // namespace sockwalk::tell
