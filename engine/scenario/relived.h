// What came of reliving a capture, beside the journal: when on the machine's clock the file began, and which stimulus each
// of its frames was.
#pragma once
#include "engine/scenario/relive_plan.h"

namespace sockwalk::scenario {

struct Relived {
  static constexpr u32 NoStimulus = 0xffffffff;
  RelivePlan plan;
  s64 start = 0;                   // ns
  EventIndex firstEvent = 0;       // of the journal, that belongs to the file
  std::vector<u32> stimulusOf;     // by frame: its arrival; NoStimulus: the host sent it, or it is not the host's
  std::vector<std::string> missed; // acts that could not be done, and why
};

} // namespace sockwalk::scenario
