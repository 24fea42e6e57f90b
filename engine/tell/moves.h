// What the small functions that move a buffer's edges did, told when they return.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

// "skb_push(14) moved data from 64 to 50: room for the Ethernet header."; nothing if `call` moved no edge of a buffer.
// `end`: its Return.
Text bufferMove(const Playhead& at, EventIndex call, EventIndex end);

} // namespace sockwalk::tell
