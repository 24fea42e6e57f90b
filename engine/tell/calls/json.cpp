// The calls of a moment as JSON: see calls.h.
#include "engine/memory/symbols.h"
#include "engine/tell/calls/calls.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

static nlohmann::json cellsOf(const std::vector<Text>& cells) {
  nlohmann::json out = nlohmann::json::array();
  for (const Text& cell : cells) out.push_back(english(cell));
  return out;
}

nlohmann::json json(const TableCard& card) {
  nlohmann::json out{{"title", card.title},
                     {"kind", english(card.kind)},
                     {"headings", cellsOf(card.headings)},
                     {"rows", nlohmann::json::array()},
                     {"reached_through", card.reached}};
  for (const TableCard::Row& row : card.rows)
    out["rows"].push_back({{"cells", cellsOf(row.cells)}, {"taken", row.taken}});
  return out;
}

static nlohmann::json json(const PathNode& node, const PathLane& lane, Tense tense) {
  nlohmann::json out{{"name", node.name},         {"lane", english(lane.name())}, {"layer", layerName(node.layer)},
                     {"tense", tenseName(tense)}, {"depth", node.depth},          {"times", node.calls.size()}};
  if (node.parent >= 0) out["caller"] = node.parent;
  if (node.function < 0) return out;
  const FunctionInfo& f = Symbols::get().function(static_cast<u16>(node.function));
  out["file"] = f.file;
  out["line"] = f.line;
  out["events"] = nlohmann::json::array(); // of its calls
  for (EventIndex call : node.calls) out["events"].push_back(call + 1);
  if (const auto simplified = Symbols::get().simplified(f.name, f.era()); !simplified.empty())
    out["simplified"] = simplified;
  return out;
}

nlohmann::json json(const CallsAt& calls) {
  nlohmann::json out{{"functions", nlohmann::json::array()}};
  const PathMoment& m = calls.moment;
  for (size_t n = 0; n < calls.path.nodes().size(); ++n)
    out["functions"].push_back(json(calls.path.nodes()[n], calls.path.laneOf(int(n)), m.tenses[n]));
  if (m.running >= 0) out["running"] = m.running;
  if (m.runningCall != NoEvent) out["arguments"] = english(m.arguments);
  if (m.returned >= 0) out["returned"] = m.returned;
  if (!m.result.empty()) out["result"] = m.result;
  if (!m.sentence.empty()) out["sentence"] = english(m.sentence);
  if (!m.loss.empty()) out["loss"] = english(m.loss);
  if (calls.card) out["table"] = json(*calls.card);
  return out;
}

} // namespace sockwalk::tell
