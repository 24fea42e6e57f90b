// Where a lesson's stops are in a record.
#pragma once
#include "engine/tell/lessons/lesson_file.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

// The positions of all stops, in order.
Result<std::vector<EventIndex>> findStops(const scenario::Session& session, const Lesson& lesson);

// Each stop with the position where it is, or why it is nowhere; the stops after one that is nowhere are looked for
// from where the last one was found.
struct StopPlace {
  std::string heading, view, focus;
  std::string at;                // as the lesson says it: "call inet_create"
  EventIndex position = NoEvent; // NoEvent: `missing` says why
  std::string missing;           // "lesson.md:12:5: …"
  std::string why;               // the same without its place
  size_t questions = 0;
  bool early = false; // it is before the one before it
};
std::vector<StopPlace> stopPlaces(const scenario::Session& session, const Lesson& lesson);
std::vector<std::string> lines(const std::vector<StopPlace>& stops);
nlohmann::json json(const std::vector<StopPlace>& stops);

} // namespace sockwalk::tell
