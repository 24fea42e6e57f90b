// TCP's numbers as people read them: counted from the first of their connection, as the packet list has them. What stands
// in the header itself is for the details.
#pragma once
#include "engine/feed/summary.h"
#include "engine/journal/journal.h"

namespace sockwalk::tell {

// What a frame says, of a PacketIn or PacketOut event. The record is looked through back to where its connection began.
FrameSummary countedSummary(const Journal& journal, EventIndex frame);
// A sequence number that the kernel speaks of at an event, counted alike. It belongs to the newest frame before that covers
// or acknowledges it; without one, or if its connection began too long ago to be looked for, it stays as it is.
u32 countedNumber(const Journal& journal, EventIndex event, u32 sequence);

} // namespace sockwalk::tell
