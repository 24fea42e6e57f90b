// Which of our frames stands beside which of the captured host's.
#pragma once
#include "engine/tell/relive/compare.h"

namespace sockwalk::tell {

struct Matched {
  const scenario::HostFrame* captured;
  std::vector<OurFrame*> ours; // none: ours did not send it; several: it was cut into them
  bool covered = false;        // an acknowledgement that ours gave with another frame
};

// Of one flow: what the captured host sent, and what ours did, each in order.
std::vector<Matched> matchTcp(const std::vector<const scenario::HostFrame*>& captured,
                              const std::vector<OurFrame*>& ours);
std::vector<Matched> matchOther(const std::vector<const scenario::HostFrame*>& captured,
                                const std::vector<OurFrame*>& ours);

} // namespace sockwalk::tell
