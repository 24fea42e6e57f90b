// TCP's numbers as people read them: counted from the first of their connection, as the packet list has them. What stands
// in the header itself is for the details.
#pragma once
#include "engine/feed/summary.h"
#include "engine/journal/journal.h"

namespace sockwalk::tell {

// What a frame says, of a PacketIn or PacketOut event. The record is looked through back to where its connection began.
FrameSummary countedSummary(const Journal& journal, EventIndex frame);

} // namespace sockwalk::tell
