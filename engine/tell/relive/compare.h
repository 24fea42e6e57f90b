// One frame that the captured host sent beside one that ours did.
#pragma once
#include "engine/scenario/relived.h"
#include "engine/tell/relive/verdict.h"
#include <optional>

namespace sockwalk::tell {

// What our kernel sent: a frame like those of the file.
struct OurFrame {
  EventIndex event;
  scenario::HostFrame frame;        // time: ns since the file's first frame
  TcpOptions options;               // TCP
  u32 seq = 0, end = 0, cursor = 0; // TCP; cursor: how much of it is matched
  bool taken = false;
  bool data() const { return seq != end; } // or SYN, FIN
};

struct Comparison {
  Verdict verdict = Verdict::Same;
  std::vector<FieldDifference> differences;
};
// `shift`: by which our IP identifications of this flow are off so far; `partly`: only some of the frame is compared,
// since the segments were cut elsewhere.
Comparison compare(const scenario::HostFrame& captured, const OurFrame& ours, std::optional<u16>& shift, bool partly);

} // namespace sockwalk::tell
