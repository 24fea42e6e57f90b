// Where a lesson's stops are in a record, and what the engine answers to its questions.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/lessons/lesson_file.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

// The position of a place, looked for from `from` on; an Error says what the record does not have.
Result<EventIndex> findPlace(const scenario::Session& session, const Place& place, EventIndex from);
// The positions of all stops, in order.
Result<std::vector<EventIndex>> findStops(const scenario::Session& session, const Lesson& lesson);

// Each stop with the position where it is, or why it is nowhere; the stops after one that is nowhere are looked for
// from where the last one was found.
struct StopPlace {
  std::string heading, view, focus;
  std::string at;                // as the lesson says it: "call inet_create"
  EventIndex position = NoEvent; // NoEvent: `missing` says why
  std::string missing;           // "lesson.md:12: …"
  size_t questions = 0;
};
std::vector<StopPlace> stopPlaces(const scenario::Session& session, const Lesson& lesson);
std::vector<std::string> lines(const std::vector<StopPlace>& stops);
nlohmann::json json(const std::vector<StopPlace>& stops);

// The right answer, read from the engine's memory or record. `at`: the stop's position; the playhead, which is of that
// session, is moved.
Result<std::string> askEngine(const scenario::Session& session, Playhead& playhead, const Question& question,
                              EventIndex at);
bool sameAnswer(const std::string& given, const std::string& right); // blanks and case do not count

// The newest live object of a type, 0 if none; "tcp_sock#2" is that very one.
u64 newestObject(const Playhead& playhead, const std::string& type);

} // namespace sockwalk::tell
