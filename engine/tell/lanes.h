// The calls of a journal as bars in lanes: one lane for boot, one for each task, one for softirqs, one for interrupts,
// of each host; in a lane one row for each depth of calls; beside them marks, where frames came and went and where something was lost.
// Each row is sorted and its bars do not overlap, so that any piece of it is found by binary search, however long the
// walk. Built once, as the journal grows; moving in the walk changes nothing.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include "engine/tell/hosts.h"
#include "engine/tell/text.h"
#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <unordered_map>

namespace sockwalk::tell {

struct LaneBar {
  EventIndex begin; // the Call
  EventIndex end;   // its Return; NoEvent while it is open
  u16 function;
  Layer layer;
};

using LaneRow = std::deque<LaneBar>; // grows without being copied, which takes long with millions of bars

struct Lane {
  Context::Kind kind;
  u32 task;                  // pid, for a task's lane
  std::string context;       // as the journal names it: "task 100", "softirq"
  std::string host;          // "" where the walk has only one
  std::vector<LaneRow> rows; // by depth
  Text name() const;         // "softirq", "server: softirq"; a task's own name
};

struct LaneMark {
  enum Kind : u8 { In, Out, Drop, Panic } kind; // the worst last
  EventIndex event;                             // whose sentence it is
};

class Lanes {
public:
  void clear();
  void update(const Journal& journal); // takes in what was recorded since

  const std::vector<Lane>& lanes() const { return m_lanes; }
  const std::vector<LaneMark>& marks() const { return m_marks; }
  EventIndex size() const { return m_done; }

  // The first bar of a row that ends after `event`; the row's size if none does.
  static size_t firstEndingAfter(const LaneRow& row, EventIndex event);
  // Whether any bar of the row overlaps [from, to).
  static bool touches(const LaneRow& row, EventIndex from, EventIndex to);
  size_t firstMarkFrom(EventIndex event) const;

private:
  struct Place {
    u32 lane, row, index;
  };
  u32 laneOf(const Context& context, const std::string& host);
  void enter(const Journal& journal, EventIndex call);
  void leave(EventIndex call, EventIndex end);

  std::vector<Lane> m_lanes;
  std::vector<LaneMark> m_marks;
  std::unordered_map<EventIndex, Place> m_open; // calls that have not returned
  std::vector<u8> m_layers;                     // by function, 0xff: not asked yet
  Hosts m_hosts;
  u32 m_context = 0; // index in the journal's contexts()
  EventIndex m_done = 0;
};

// "inet_create"
std::string barName(const LaneBar& bar);
// Two lines: what it is, in which layer, how long it took; a third if it has not returned.
Text barText(const Journal& journal, const LaneBar& bar);

// Each lane with its outermost calls, then the marks with their sentences.
std::vector<std::string> lines(const Lanes& lanes, const Journal& journal);
nlohmann::json json(const Lanes& lanes, const Journal& journal);

} // namespace sockwalk::tell
