// The functions that are open at the playhead, each with the line it is at.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include <QString>
#include <vector>

namespace sockwalk {

struct SourceFrame {
  EventIndex call = NoEvent;
  QString function, file; // file: from the repository's root
  int line = 0;           // that runs, or that made the call which has not come back
  Layer layer{};
  QString simplified; // what the function leaves out; "" if nothing
};

// Outermost first; empty outside of any function. The last is the one that runs.
std::vector<SourceFrame> sourceFrames(const Playhead& at);

} // namespace sockwalk
