// A stimulus of a journal in the formats in which the real kernel was recorded, so that both can be held side by side.
//
//   calls      "# NAME: result N[, errno M]", then the call tree, two spaces a level; each softirq is a tree of its own
//              after the call that it interrupted
//   geometry   a row for each sk_buff that a function was handed, at its entry; offsets from skb->head, '-' if not set
#pragma once
#include "engine/journal/playhead.h"
#include <string>

namespace sockwalk::scenario {

// `end`: up to which stimulus, where more than one belongs to it (a blocked call and the frame that woke it); 0: that one.
std::string callsText(const Journal& journal, u32 stimulus, const std::string& name, u32 end = 0);
// Seeks `playhead` through the stimulus and leaves it at its end. "" if no buffer was handed to any function.
std::string geometryText(Playhead& playhead, u32 stimulus, u32 end = 0);

// The events of stimuli: [begin, end).
struct Span {
  EventIndex begin, end;
};
Span spanOf(const Journal& journal, u32 stimulus, u32 end = 0);

// An sk_buff as a geometry row has it.
struct BufferGeometry {
  u32 data, tail, end, len, dataLen, truesize;
  int mac, network, transport; // -1: not set
  u16 protocol;                // host order
  int users;
  bool cloned;
  bool valid; // head is set: it is a buffer
};
BufferGeometry geometryOf(const Playhead& at, u64 skb);

} // namespace sockwalk::scenario
