// What TCP notes of a segment in its buffer's control block.
#pragma once
#include "engine/tell/text.h"

namespace sockwalk::kernel {
struct tcp_skb_cb;
}

namespace sockwalk::tell {

// "2717908992…8997": the end of a range without the many digits that it shares with the beginning.
std::string sequenceRange(u32 from, u32 to);
std::string
segmentFlags(const kernel::tcp_skb_cb& cb);      // "FIN", "SYN|RST"; those that take part in the numbering or end it
Text segmentMarks(const kernel::tcp_skb_cb& cb); // of one that was sent: "SACKed|lost|sent again"

} // namespace sockwalk::tell
