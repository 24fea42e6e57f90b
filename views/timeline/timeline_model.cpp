#include "views/timeline/timeline_model.h"
#include "engine/journal/layers.h"
#include <algorithm>

namespace sockwalk {

void TimelineModel::clear() { *this = {}; }

// Softirqs of whatever task share a lane, as they share a processor; so do interrupts and idling.
u32 TimelineModel::laneOf(const Context& c) {
  const bool task = c.kind == Context::Task;
  for (u32 i = 0; i < m_lanes.size(); ++i)
    if (m_lanes[i].kind == c.kind && (!task || m_lanes[i].task == c.task)) return i;
  m_lanes.push_back({c.kind, task ? c.task : 0, c.name, {}});
  return u32(m_lanes.size() - 1);
}

void TimelineModel::enter(const Journal& journal, EventIndex call) {
  const Event& e = journal[call];
  u32 row = 0;
  if (const auto caller = m_open.find(e.where);
      e.where != NoEvent && caller != m_open.end() && caller->second.lane == m_lane)
    row = caller->second.row + 1;
  auto& rows = m_lanes[m_lane].rows;
  if (rows.size() <= row) rows.resize(row + 1);
  if (m_layers.size() <= e.b) m_layers.resize(e.b + 64, 0xff);
  if (m_layers[e.b] == 0xff) m_layers[e.b] = u8(layerOf(journal.function(e)));
  m_open[call] = {m_lane, row, u32(rows[row].size())};
  rows[row].push_back({call, NoEvent, e.b, Layer(m_layers[e.b])});
}

void TimelineModel::update(const Journal& journal) {
  for (; m_done < journal.size(); ++m_done) {
    const Event& e = journal[m_done];
    switch (e.type) {
    case EventType::Context: m_lane = laneOf(journal.contexts()[e.where]); break;
    case EventType::Call:
      if (m_lanes.empty()) m_lane = laneOf(Context{});
      enter(journal, m_done);
      break;
    case EventType::Return:
      if (const auto it = m_open.find(e.where); it != m_open.end()) {
        m_lanes[it->second.lane].rows[it->second.row][it->second.index].end = m_done;
        m_open.erase(it);
      }
      break;
    case EventType::PacketIn: m_marks.push_back({TimelineMark::In, m_done}); break;
    case EventType::PacketOut: m_marks.push_back({TimelineMark::Out, m_done}); break;
    case EventType::Drop: m_marks.push_back({TimelineMark::Drop, m_done}); break;
    case EventType::Panic: m_marks.push_back({TimelineMark::Panic, m_done}); break;
    default: break;
    }
  }
}

size_t TimelineModel::firstEndingAfter(const std::vector<TimelineBar>& row, EventIndex event) {
  const auto it = std::partition_point(row.begin(), row.end(), [&](const TimelineBar& b) { return b.end <= event; });
  return size_t(it - row.begin());
}

bool TimelineModel::touches(const std::vector<TimelineBar>& row, EventIndex from, EventIndex to) {
  const size_t i = firstEndingAfter(row, from);
  return i < row.size() && row[i].begin < to;
}

size_t TimelineModel::firstMarkFrom(EventIndex event) const {
  const auto it =
      std::partition_point(m_marks.begin(), m_marks.end(), [&](const TimelineMark& m) { return m.event < event; });
  return size_t(it - m_marks.begin());
}

} // namespace sockwalk
