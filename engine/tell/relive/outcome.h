// What became of a frame that arrived, and which function sent one.
#pragma once
#include "engine/journal/journal.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

struct Outcome {
  Text text;
  std::string function; // where it was decided
  u32 reason = 0;       // of a drop: enum skb_drop_reason
  bool dropped = false;
};
// Of the arrival that stimulus number `stimulus` is.
Outcome outcomeOf(const Journal& journal, u32 stimulus);
// "tcp_send_ack": the innermost function of the protocol, above those that all segments pass, around a PacketOut event.
std::string senderOf(const Journal& journal, EventIndex packetOut);

} // namespace sockwalk::tell
