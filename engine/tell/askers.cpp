#include "engine/tell/askers.h"

namespace sockwalk::tell {

static bool handsOut(const FunctionInfo& function) {
  return function.file.find("/mm/") != function.file.npos ||
         function.file.find("net/core/skbuff") != function.file.npos;
}

std::string functionOf(const Journal& journal, EventIndex call) {
  return call == NoEvent ? std::string() : std::string(journal.function(journal[call]).name);
}

std::string functionAt(const Journal& journal, EventIndex event) {
  return event == NoEvent ? std::string() : functionOf(journal, journal.callAround(event));
}

EventIndex askerOf(const Journal& journal, EventIndex event) {
  EventIndex call = journal.callAround(event);
  while (call != NoEvent && handsOut(journal.function(journal[call]))) call = journal.callerOf(call);
  return call;
}

} // namespace sockwalk::tell
