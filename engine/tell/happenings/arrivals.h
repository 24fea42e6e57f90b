// Which frame an sk_buff holds: the one that came in with it, also of its clones, copies and fragments. As far as the
// journal has been read.
#pragma once
#include "engine/feed/summary.h"
#include "engine/journal/journal.h"
#include <deque>
#include <unordered_map>

namespace sockwalk::tell::happenings {

class Arrivals {
public:
  // Every PacketIn, PacketOut and Mark event, in order.
  void frame(const Journal& journal, EventIndex event);
  void mark(const Event& e);

  int of(u64 skb) const; // the frame's index among all frames; -1: it did not come in
  EventIndex eventOf(int frame) const { return m_frames[size_t(frame)].event; }
  TcpBases::Relative tcpNumbers(int frame) const { return m_frames[size_t(frame)].tcp; }
  int count() const { return static_cast<int>(m_frames.size()); }
  bool served(int frame) const { return m_frames[size_t(frame)].served; } // a socket or a larger packet made use of it

private:
  struct Frame {
    EventIndex event;
    bool served;
    TcpBases::Relative tcp; // counted from the connection's first
  };
  std::deque<int>& waiting(const Event& mark) { return m_waiting[static_cast<u32>(mark.data)]; }
  void take(const Event& mark);

  std::vector<Frame> m_frames;
  TcpBases m_bases;
  std::unordered_map<u32, int> m_held;                // by offset of the sk_buff
  std::unordered_map<u32, std::deque<int>> m_waiting; // by device: in no sk_buff yet
};

} // namespace sockwalk::tell::happenings
