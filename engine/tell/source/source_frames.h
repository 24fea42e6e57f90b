// The functions that are open at the playhead, each with the line of its source that it is at.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace sockwalk::tell {

struct SourceFrame {
  EventIndex call = NoEvent;
  std::string function, file; // file: from the repository's root
  int line = 0;               // that runs, or that made the call which has not come back
  Layer layer{};
  Text simplified; // what the function leaves out; empty if nothing
  Text inlined;    // that the real kernel has it inside its callers; empty if it has not
};

// What the function leaves out, compared with the kernel's.
Text simplification(const FunctionInfo& function);
// That in the kernel it is no call of its own; empty if it is.
Text inlining(const FunctionInfo& function);

// Outermost first; empty outside of any function. The last is the one that runs.
std::vector<SourceFrame> sourceFrames(const Playhead& at);
// The function that an event happened in, with its line; no call if it is outside of any.
SourceFrame sourceOf(const Journal& journal, EventIndex event);

std::vector<std::string> lines(const std::vector<SourceFrame>& frames);
nlohmann::json json(const std::vector<SourceFrame>& frames);

} // namespace sockwalk::tell
