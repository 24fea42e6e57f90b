// The objects from which a reader of memory begins: tasks, network namespaces, sockets. Found in the journal's list of
// allocations as it grows, so that a playhead may ask for them on every move.
#pragma once
#include "engine/journal/journal.h"
#include <vector>

namespace sockwalk::tell {

class LiveObjects {
public:
  LiveObjects() = default;
  explicit LiveObjects(const Journal& journal) { reset(&journal); }
  void reset(const Journal* journal);
  void update(); // takes in what was recorded since

  // Kernel addresses of those that live when `position` events have happened, the oldest first.
  std::vector<u64> tasks(EventIndex position) const { return alive(m_tasks, position); }
  std::vector<u64> tasks26(EventIndex position) const { return alive(m_tasks26, position); } // of a kernel of 2.6
  std::vector<u64> namespaces(EventIndex position) const;                                    // init_net first
  std::vector<u64> sockets(EventIndex position) const {
    return alive(m_sockets, position);
  } // whole ones: a struct sock

private:
  std::vector<u64> alive(const std::vector<u32>& allocations, EventIndex position) const;
  const Journal* m_journal = nullptr;
  std::size_t m_done = 0;
  std::vector<u32> m_tasks, m_tasks26, m_nets, m_sockets; // indexes of journal().allocations()
};

} // namespace sockwalk::tell
