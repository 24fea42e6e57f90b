#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/messages.h"

namespace sockwalk::tell {

std::vector<StopPlace> stopPlaces(const scenario::Session& session, const Lesson& lesson) {
  std::vector<StopPlace> out;
  EventIndex from = 0;
  for (const LessonStop& stop : lesson.stops) {
    std::string views;
    for (const std::string& view : stop.views) views += (views.empty() ? "" : " ") + view;
    out.push_back({stop.heading, views, stop.focus.text, asWritten(stop.at), NoEvent, "", "", stop.questions.size()});
    const auto at = findPlace(session, stop.at, from);
    if (at) {
      out.back().early = *at < from;
      out.back().position = from = *at;
    } else {
      out.back().why = at.error().message;
      out.back().missing = line(LessonProblem{lesson.file, stop.at.spot, Text(spokenMessage(at.error().message)), {}});
    }
  }
  return out;
}

Result<std::vector<EventIndex>> findStops(const scenario::Session& session, const Lesson& lesson) {
  std::vector<EventIndex> out;
  for (const StopPlace& stop : stopPlaces(session, lesson)) {
    if (stop.position == NoEvent) return Error{stop.missing};
    out.push_back(stop.position);
  }
  return out;
}

std::vector<std::string> lines(const std::vector<StopPlace>& stops) {
  std::vector<std::string> out;
  for (size_t i = 0; i < stops.size(); ++i) {
    const StopPlace& s = stops[i];
    const std::string where = s.position == NoEvent ? s.missing : spoken(say("event %1, %2", s.position, s.at));
    out.push_back(std::to_string(i + 1) + ". " + s.heading + " (" + where + ")");
  }
  return out;
}

} // namespace sockwalk::tell
