// The places of a lesson as JSON: see lesson_places.h.
#include "engine/tell/lessons/lesson_places.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

nlohmann::json json(const std::vector<StopPlace>& stops) {
  nlohmann::json out = nlohmann::json::array();
  for (const StopPlace& s : stops) {
    nlohmann::json stop{{"heading", s.heading}, {"at", s.at}, {"questions", s.questions}};
    if (s.position == NoEvent) stop["missing"] = s.missing;
    else stop["event"] = s.position;
    if (!s.view.empty()) stop["view"] = s.view;
    if (!s.focus.empty()) stop["focus"] = s.focus;
    out.push_back(std::move(stop));
  }
  return out;
}

} // namespace sockwalk::tell
