// Everything that the machine was told to do, with what came of it: "socket(AF_INET, SOCK_STREAM, 0)" "= 3".
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::kernel {
class Machine;
}

namespace sockwalk::tell {

struct StimulusRow {
  int number = 0;
  EventIndex event = 0; // where it begins
  std::string text;     // "socket(AF_INET, SOCK_STREAM, 0)", "frame on eth0, 60 bytes"
  std::string name;     // as the script's //@case names it; "" if it does not
  bool call = false;    // made by a task: it has a result
  bool failed = false;  // with an error
  bool waits = false;   // has not returned
  Text outcome;         // "= 3", "= -1 EBADF (9)", "task 100 sleeps in ..."; nothing for what has no result
};

// `machine`: whose journal it is; it knows on what its tasks sleep. Objects are named as they are at the playhead.
StimulusRow stimulusRow(const Playhead& at, const kernel::Machine& machine, int number);
std::vector<StimulusRow> stimuli(const Playhead& at, const kernel::Machine& machine);
// On what a call that has not returned sleeps: the function that waits, and the socket that it was given; nothing if
// no task sleeps in that stimulus.
Text waitsFor(const Playhead& at, const kernel::Machine& machine, int stimulus);

std::vector<std::string> lines(const std::vector<StimulusRow>& stimuli);
nlohmann::json json(const std::vector<StimulusRow>& stimuli);

} // namespace sockwalk::tell
