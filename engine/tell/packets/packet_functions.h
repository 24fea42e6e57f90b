// Which of the kernel's functions were handed which packet's buffer. The journal is read once, forward, and in pieces if
// that is wished: a long record has millions of calls.
#pragma once
#include "engine/tell/packets/packet_list.h"

namespace sockwalk::tell {

class PacketFunctions {
public:
  void clear() { *this = {}; }
  // Reads on, at most `events` of what the list has read. True: there is no more.
  bool update(const Journal& journal, const PacketList& list, EventIndex events = NoEvent);
  // The ids of the functions that were handed it; of a packet on its way in also what was made of it; of one on its way out
  // what it was cloned, copied or cut from, since that had served for the packet before: so a retransmission is told from
  // the segment that was lost. An id may come more than once.
  void of(const PacketList& list, int packet, std::vector<u16>& out) const;

private:
  struct Call {
    EventIndex event;
    u16 function;
  };
  void add(int life, EventIndex from, EventIndex to, std::vector<u16>& out) const;
  void addDescendants(const BufferLives& lives, int life, std::vector<u16>& out) const;
  std::vector<std::vector<Call>> m_calls; // by life, in their order
  EventIndex m_seen = 0;
};

} // namespace sockwalk::tell
