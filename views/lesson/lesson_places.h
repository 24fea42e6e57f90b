// Where a lesson's stops are in a record, and what the engine answers to its questions.
#pragma once
#include "engine/journal/playhead.h"
#include "views/lesson/lesson_file.h"

namespace sockwalk {

// The position of a place, looked for from `from` on; an Error says what the record does not have.
Result<EventIndex> findPlace(const Journal& journal, const Place& place, EventIndex from);
// The positions of all stops, in order.
Result<std::vector<EventIndex>> findStops(const Journal& journal, const Lesson& lesson);

// The right answer, read from the engine's memory or record. `at`: the stop's position; the playhead is moved.
Result<std::string> askEngine(Playhead& playhead, const Question& question, EventIndex at);
bool sameAnswer(const std::string& given, const std::string& right); // blanks and case do not count

// The newest live object of a type, 0 if none; "tcp_sock#2" is that very one.
u64 newestObject(const Playhead& playhead, const std::string& type);

} // namespace sockwalk
