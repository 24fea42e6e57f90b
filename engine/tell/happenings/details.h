// The smaller moments beside what happened: tasks that wait and are woken, sockets that change their state. They are the
// kernel's own notes; their words are those of tell::note().
#pragma once
#include "engine/journal/journal.h"
#include <vector>

namespace sockwalk::tell {

class Details {
public:
  void clear() { *this = {}; }
  void update(const Journal& journal, EventIndex until = NoEvent);   // takes in what was recorded since
  const std::vector<EventIndex>& events() const { return m_events; } // Note events, in order

private:
  std::vector<bool> m_wanted; // by id of the note
  std::vector<EventIndex> m_events;
  EventIndex m_seen = 0;
};

} // namespace sockwalk::tell
