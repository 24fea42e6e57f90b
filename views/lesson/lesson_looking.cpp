// What a stop looks at: its views with their pages, the object, and what is pointed at.
#include "engine/tell/lessons/lesson_views.h"
#include "views/lesson/lesson_panel.h"
#include "views/walk/selecting.h"
#include <algorithm>

namespace sockwalk {

void LessonPanel::lookAgain() {
  const u64 focus = m_walk.focus();
  m_walk.setFocus(0);
  m_walk.setFocus(focus);
  if (inLesson()) look(m_lesson.stops[static_cast<size_t>(m_stop)]);
}

// A view of which the lesson names a page somewhere is as it is by itself at the stops that name none: "tables:".
QString LessonPanel::viewAsked(const std::string& written) const {
  const tell::AskedView asked = tell::askedView(written);
  const auto paged = [&](const std::string& other) { return other.starts_with(asked.name + ":"); };
  const bool anywhere = std::ranges::any_of(
      m_lesson.stops, [&](const tell::LessonStop& s) { return std::ranges::any_of(s.views, paged); });
  return QString::fromStdString(anywhere ? asked.name + ":" + asked.page : asked.name);
}

// Of two that stand on the stage, the second stands beside the first.
void LessonPanel::showViews(const tell::LessonStop& stop) {
  QStringList stage, others;
  for (const std::string& written : stop.views) {
    const tell::LessonView* const view = tell::lessonViewNamed(tell::askedView(written).name);
    (view && view->place == tell::LessonPlace::Stage ? stage : others) << viewAsked(written);
  }
  if (stage.size() == 1) emit besideWanted({});
  if (!stage.isEmpty()) emit viewWanted(stage[0]);
  if (stage.size() > 1) emit besideWanted(stage[1]);
  for (const QString& view : others) emit viewWanted(view);
}

void LessonPanel::look(const tell::LessonStop& s) {
  showViews(s);
  if (!s.focus.text.empty())
    if (const u64 object = tell::newestObject(m_walk.playhead(), s.focus.text)) m_walk.setFocus(object);
  if (s.point) pointAt(s);
}

// In the view that has it, which comes forward if the stop does not ask for it itself.
void LessonPanel::pointAt(const tell::LessonStop& stop) {
  const auto place = tell::findPoint(m_walk.session(), m_walk.position(), stop.point, stop.focus.text);
  if (!place) return; // the check has said so
  const char* const view = tell::viewOf(place->kind);
  const auto isIt = [&](const std::string& asked) { return tell::askedView(asked).name == view; };
  if (std::ranges::none_of(stop.views, isIt)) emit viewWanted(QLatin1String(view));
  if (place->kind == tell::Point::Member) {
    if (place->object) m_walk.setFocus(place->object);
    m_walk.showMember(place->offset);
  }
  if (place->kind == tell::Point::Bytes) Selecting::of(m_walk).selectBytes(place->offset, place->size);
  m_walk.mark(*place);
}

} // namespace sockwalk
