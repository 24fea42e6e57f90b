// What became of a frame that arrived.
#pragma once
#include "engine/journal/journal.h"
#include "engine/tell/packets/packet_list.h"
#include "engine/tell/text.h"
#include <unordered_map>

namespace sockwalk::tell {

struct Outcome {
  Text text;
  std::string function; // where it was decided
  u32 reason = 0;       // of a drop: enum skb_drop_reason
  bool dropped = false;
};
// Of arrivals of a journal, each by the number of its stimulus.
class Outcomes {
public:
  explicit Outcomes(const Journal& journal);
  // `packets`: read as far as the stimulus goes.
  Outcome of(u32 stimulus, const PacketList& packets) const;

private:
  // "tcp_sock #3": the socket of which this is the address, as it was at that event.
  std::string socketName(u64 address, EventIndex when) const;

  const Journal& m_journal;
  std::unordered_map<u32, std::vector<u32>> m_sockets; // allocations by where they are, oldest first
};

} // namespace sockwalk::tell
