#include "engine/tell/calls/calls.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/arguments.h"
#include <algorithm>

namespace sockwalk::tell {

CallsAt readCalls(const Playhead& playhead) {
  Hosts hosts;
  hosts.update(playhead.journal());
  CallsAt out{CallPath(playhead.journal(), stimulusAt(playhead), hosts), {}, {}};
  if (out.path.nodes().empty()) return out;
  out.moment = momentOf(out.path, playhead);
  out.card = tableCard(playhead, out.moment.runningCall);
  return out;
}

std::string resultOf(const CallPath& path, int node, const Playhead& playhead) {
  const Journal& journal = playhead.journal();
  const PathNode& n = path.nodes()[static_cast<size_t>(node)];
  if (n.function < 0) return {};
  for (auto call = n.calls.rbegin(); call != n.calls.rend(); ++call) {
    if (*call >= playhead.position()) continue;
    const EventIndex back = Journal::returnOf(journal[*call]);
    if (back == NoEvent || back >= playhead.position()) continue;
    const Event& returned = journal[back];
    if (!returned.a) return {};
    return resultValue(playhead, journal.function(journal[*call]), journal.arguments(journal[*call]), returned.data);
  }
  return {};
}

std::vector<ListedCall> callsOf(const Journal& j, int stimulus, size_t most) {
  std::vector<ListedCall> out;
  if (stimulus < 0 || stimulus >= static_cast<int>(j.stimuli().size())) return out;
  const auto span = scenario::spanOf(j, static_cast<u32>(stimulus));
  std::unordered_map<EventIndex, int> depth;
  for (EventIndex i = span.begin; i < span.end && out.size() < most; ++i) {
    if (j[i].type != EventType::Call) continue;
    const auto caller = depth.find(j.callerOf(i));
    out.push_back({i, caller == depth.end() ? 0 : caller->second + 1});
    depth[i] = out.back().depth;
  }
  return out;
}

std::string_view tenseName(Tense tense) {
  switch (tense) {
  case Tense::Running: return "running";
  case Tense::Active: return "active";
  case Tense::Past: return "past";
  case Tense::Future: break;
  }
  return "future";
}

// ---- as text

std::vector<std::string> lines(const TableCard& card) {
  const auto row = [](const std::vector<Text>& cells) { return spoken(Text::list("  ", cells)); };
  std::vector<std::string> out{card.title + ", " + spoken(card.kind)};
  if (!card.headings.empty()) out.push_back("    " + row(card.headings));
  for (const TableCard::Row& r : card.rows) out.push_back((r.taken ? "  > " : "    ") + row(r.cells));
  if (!card.reached.empty()) out.push_back("  " + spoken(wayTo(card)));
  return out;
}

Text wayTo(const TableCard& card) {
  if (!card.reached.empty()) {
    std::string way;
    for (const std::string& by : card.reached) way += (way.empty() ? "" : " → ") + by;
    return say("reached through %1", way);
  }
  const auto taken = std::ranges::find_if(card.rows, &TableCard::Row::taken);
  return taken == card.rows.end() ? say("%1: nothing fits", card.title)
                                  : say("found in %1: %2", card.title, Text::list("  ", taken->cells));
}

static std::string lineOf(const PathNode& node, Tense tense) {
  constexpr size_t Widest = 7; // "running"
  std::string line(tenseName(tense));
  line.append(Widest - line.size() + 2 + 2 * static_cast<size_t>(node.depth), ' ');
  line += node.name;
  if (node.calls.size() > 1) line += " ×" + std::to_string(node.calls.size());
  return line;
}

std::vector<std::string> lines(const CallsAt& calls) {
  std::vector<std::string> out;
  const PathMoment& m = calls.moment;
  int lane = calls.path.lanes().size() > 1 ? -1 : 0; // a single one goes without saying
  for (size_t n = 0; n < calls.path.nodes().size(); ++n) {
    std::string line = lineOf(calls.path.nodes()[n], m.tenses[n]);
    const int node = static_cast<int>(n);
    if (const int in = calls.path.sectionOf(node).lane; in != lane) {
      out.push_back(spoken(calls.path.laneOf(node).name()));
      lane = in;
    }
    if (node == m.running && !m.arguments.empty()) line += "(" + spoken(m.arguments) + ")";
    if (node == m.returned) line += ", " + spoken(m.result.empty() ? say("returned") : say("returned %1", m.result));
    out.push_back(std::move(line));
  }
  for (const Text& said : {m.sentence, m.loss})
    if (!said.empty()) out.push_back(spoken(said));
  if (calls.card)
    for (std::string& line : lines(*calls.card)) out.push_back(std::move(line));
  return out;
}

} // namespace sockwalk::tell
