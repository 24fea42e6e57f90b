// A frame that the captured host sent, beside what our kernel made of it.
#pragma once
#include "engine/tell/packets/packet_rows.h"

namespace sockwalk::tell {

struct PacketComparison {
  struct Line {
    Text what;
    Text captured, ours; // empty: there is none
    bool differs = false;
  };
  std::vector<Line> lines;
  EventIndex decision = NoEvent; // the call that decided to send; none: our kernel did not
  Text words;                    // what a difference may tell of the captured host; empty: nothing
};
// Of a row that was judged; without lines: of another.
PacketComparison comparison(const PacketRows& rows, int row);

} // namespace sockwalk::tell
