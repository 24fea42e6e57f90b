// In which function something happened, and which one wanted it: memory and sk_buffs are handed out by functions that do so
// for everybody.
#pragma once
#include "engine/journal/journal.h"
#include <string>

namespace sockwalk::tell {

std::string functionOf(const Journal& journal, EventIndex call); // "" of NoEvent
std::string functionAt(const Journal& journal,
                       EventIndex event); // in which an event happened; "" of NoEvent, or of none
// The innermost call around an event that does not only hand out memory or sk_buffs; NoEvent: there is none.
EventIndex askerOf(const Journal& journal, EventIndex event);

} // namespace sockwalk::tell
