// What the kernel has marked of a packet, as sentences.
#pragma once
#include "engine/tell/values.h"

namespace sockwalk::tell {

// A Mark event in words: "sk_buff #7 becomes a clone of sk_buff #3: both describe the same bytes."
Text mark(const Playhead& at, EventIndex event);
// Why a device did not take a frame: "the device is down".
Text refusal(u32 why);

} // namespace sockwalk::tell
