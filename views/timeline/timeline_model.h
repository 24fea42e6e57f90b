// The calls of a journal as bars in lanes: one lane for boot, one for each task, one for softirqs, one for interrupts;
// in a lane one row for each depth of calls. Each row is sorted and its bars do not overlap, so that any piece of it is
// found by binary search, however long the walk. Built once, as the journal grows; moving in the walk changes nothing.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/journal.h"
#include <unordered_map>
#include <vector>

namespace sockwalk {

struct TimelineBar {
  EventIndex begin; // the Call
  EventIndex end;   // its Return; NoEvent while it is open
  u16 function;
  Layer layer;
};

struct TimelineLane {
  Context::Kind kind;
  u32 task;                                   // pid, for a task's lane
  std::string name;                           // as the journal names the context: "task 100", "softirq"
  std::vector<std::vector<TimelineBar>> rows; // by depth
};

struct TimelineMark {
  enum Kind : u8 { In, Out, Drop, Panic } kind;
  EventIndex event;
};

class TimelineModel {
public:
  void clear();
  void update(const Journal& journal); // takes in what was recorded since

  const std::vector<TimelineLane>& lanes() const { return m_lanes; }
  const std::vector<TimelineMark>& marks() const { return m_marks; }
  EventIndex size() const { return m_done; }

  // The first bar of a row that ends after `event`; the row's size if none does.
  static size_t firstEndingAfter(const std::vector<TimelineBar>& row, EventIndex event);
  // Whether any bar of the row overlaps [from, to).
  static bool touches(const std::vector<TimelineBar>& row, EventIndex from, EventIndex to);
  size_t firstMarkFrom(EventIndex event) const;

private:
  struct Place {
    u32 lane, row, index;
  };
  u32 laneOf(const Context& context);
  void enter(const Journal& journal, EventIndex call);

  std::vector<TimelineLane> m_lanes;
  std::vector<TimelineMark> m_marks;
  std::unordered_map<EventIndex, Place> m_open; // calls that have not returned
  std::vector<u8> m_layers;                     // by function, 0xff: not asked yet
  u32 m_lane = 0;
  EventIndex m_done = 0;
};

} // namespace sockwalk
