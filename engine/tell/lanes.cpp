#include "engine/tell/lanes.h"
#include "engine/journal/layers.h"
#include "engine/tell/in_words.h"
#include "engine/tell/moments.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

Text Lane::name() const { return contextText(Context{kind, task, 0, 0, context}, host); }

void Lanes::clear() { *this = {}; }

// Softirqs of whatever task share a lane, as they share a processor; so do interrupts and idling.
u32 Lanes::laneOf(const Context& c, const std::string& host) {
  const bool task = c.kind == Context::Task;
  for (u32 i = 0; i < m_lanes.size(); ++i)
    if (m_lanes[i].kind == c.kind && m_lanes[i].host == host && (!task || m_lanes[i].task == c.task)) return i;
  m_lanes.push_back({c.kind, task ? c.task : 0, c.name, host, {}});
  return u32(m_lanes.size() - 1);
}

void Lanes::enter(const Journal& journal, EventIndex call) {
  const Event& e = journal[call];
  const u32 lane =
      laneOf(m_context < journal.contexts().size() ? journal.contexts()[m_context] : Context{}, m_hosts.of(call));
  u32 row = 0;
  if (const auto caller = m_open.find(e.where);
      e.where != NoEvent && caller != m_open.end() && caller->second.lane == lane)
    row = caller->second.row + 1;
  auto& rows = m_lanes[lane].rows;
  if (rows.size() <= row) rows.resize(row + 1);
  if (m_layers.size() <= e.b) m_layers.resize(e.b + 64, 0xff);
  if (m_layers[e.b] == 0xff) m_layers[e.b] = u8(layerOf(journal.function(e)));
  m_open[call] = {lane, row, u32(rows[row].size())};
  rows[row].push_back({call, NoEvent, e.b, Layer(m_layers[e.b])});
}

void Lanes::leave(EventIndex call, EventIndex end) {
  const auto it = m_open.find(call);
  if (it == m_open.end()) return;
  m_lanes[it->second.lane].rows[it->second.row][it->second.index].end = end;
  m_open.erase(it);
}

void Lanes::update(const Journal& journal) {
  m_hosts.update(journal);
  for (; m_done < journal.size(); ++m_done) {
    const Event& e = journal[m_done];
    switch (e.type) {
    case EventType::Context: m_context = e.where; break;
    case EventType::Call: enter(journal, m_done); break;
    case EventType::Return: leave(e.where, m_done); break;
    case EventType::PacketIn: m_marks.push_back({LaneMark::In, m_done}); break;
    case EventType::PacketOut: m_marks.push_back({LaneMark::Out, m_done}); break;
    case EventType::Drop: m_marks.push_back({LaneMark::Drop, m_done}); break;
    case EventType::Panic: m_marks.push_back({LaneMark::Panic, m_done}); break;
    default: break;
    }
  }
}

size_t Lanes::firstEndingAfter(const LaneRow& row, EventIndex event) {
  const auto it = std::partition_point(row.begin(), row.end(), [&](const LaneBar& b) { return b.end <= event; });
  return size_t(it - row.begin());
}

bool Lanes::touches(const LaneRow& row, EventIndex from, EventIndex to) {
  const size_t i = firstEndingAfter(row, from);
  return i < row.size() && row[i].begin < to;
}

size_t Lanes::firstMarkFrom(EventIndex event) const {
  const auto it =
      std::partition_point(m_marks.begin(), m_marks.end(), [&](const LaneMark& m) { return m.event < event; });
  return size_t(it - m_marks.begin());
}

// ---- in words

std::string barName(const LaneBar& bar) { return std::string(Symbols::get().function(bar.function).name); }

Text barText(const Journal& journal, const LaneBar& bar) {
  const bool open = bar.end == NoEvent;
  const EventIndex end = open ? journal.size() - 1 : bar.end;
  const Text facts = Text::list(" · ", {say("%1 layer", layerText(bar.layer)),
                                        duration(journal.timeAt(end) - journal.timeAt(bar.begin)),
                                        say("%1 events", end - bar.begin + 1)});
  return Text::list("\n", {barName(bar) + "()", facts, open ? say("It has not returned yet.") : Text()});
}

static const char* kindName(LaneMark::Kind kind) {
  return kind == LaneMark::In ? "in" : kind == LaneMark::Out ? "out" : kind == LaneMark::Drop ? "drop" : "panic";
}

// Sentences are told at their own moments, where the objects that they name are.
template <class Each> static void eachMark(const Lanes& lanes, const Journal& journal, Each&& each) {
  Playhead at(journal);
  for (const LaneMark& mark : lanes.marks()) {
    at.seek(mark.event + 1);
    each(mark, event(at, mark.event));
  }
}

std::vector<std::string> lines(const Lanes& lanes, const Journal& journal) {
  std::vector<std::string> out;
  for (const Lane& lane : lanes.lanes()) {
    out.push_back(spoken(lane.name()));
    if (lane.rows.empty()) continue;
    for (const LaneBar& bar : lane.rows[0])
      out.push_back("  " + std::to_string(bar.begin) + ": " + barName(bar) + "(), " +
                    (bar.end == NoEvent ? spoken(say("not returned yet"))
                                        : duration(journal.timeAt(bar.end) - journal.timeAt(bar.begin))));
  }
  eachMark(lanes, journal, [&](const LaneMark& mark, const Text& sentence) {
    out.push_back(std::to_string(mark.event) + ": " + spoken(sentence));
  });
  return out;
}

nlohmann::json json(const Lanes& lanes, const Journal& journal) {
  nlohmann::json all = nlohmann::json::array(), marks = nlohmann::json::array();
  for (const Lane& lane : lanes.lanes()) {
    nlohmann::json rows = nlohmann::json::array();
    for (const auto& row : lane.rows) {
      nlohmann::json bars = nlohmann::json::array();
      for (const LaneBar& bar : row)
        bars.push_back({{"function", barName(bar)},
                        {"layer", std::string(layerName(bar.layer))},
                        {"begin", bar.begin},
                        {"end", bar.end == NoEvent ? nlohmann::json() : nlohmann::json(bar.end)}});
      rows.push_back(std::move(bars));
    }
    all.push_back({{"name", english(lane.name())}, {"task", lane.task}, {"rows", std::move(rows)}});
  }
  eachMark(lanes, journal, [&](const LaneMark& mark, const Text& sentence) {
    marks.push_back({{"event", mark.event}, {"kind", kindName(mark.kind)}, {"sentence", english(sentence)}});
  });
  return {{"lanes", std::move(all)}, {"marks", std::move(marks)}};
}

} // namespace sockwalk::tell
