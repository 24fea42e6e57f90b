// The open functions' sources as JSON: see source_frames.h.
#include "engine/tell/source/source_frames.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

nlohmann::json json(const std::vector<SourceFrame>& frames) {
  nlohmann::json out = nlohmann::json::array();
  for (const SourceFrame& f : frames) {
    nlohmann::json frame{{"function", f.function},
                         {"file", f.file},
                         {"line", f.line},
                         {"layer", layerName(f.layer)},
                         {"event", f.call + 1}};
    if (!f.simplified.empty()) frame["simplified"] = english(f.simplified);
    if (!f.inlined.empty()) frame["inlined"] = true;
    out.push_back(std::move(frame));
  }
  return out;
}

} // namespace sockwalk::tell
