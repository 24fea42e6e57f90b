// What became of a packet: read from the events between its arrival and the end of the sk_buff that carried it.
#pragma once
#include "engine/journal/journal.h"
#include <QString>

namespace sockwalk {

struct PacketFate {
  enum Kind : u8 { Unknown, Delivered, Answered, Forwarded, Learned, Merged, Dropped, Consumed, Sent } kind = Unknown;
  EventIndex event = NoEvent; // where it was decided
  u32 reason = 0;             // Dropped: enum skb_drop_reason
  bool answered = false;      // something was sent because of it, whatever else became of it
  u16 sockets = 0;            // Delivered: to how many sockets
};

// Of the PacketIn event `arrival`. `ahead`: packets that came before it and wait to be picked up with it.
PacketFate fateOf(const Journal& journal, EventIndex arrival);

} // namespace sockwalk
