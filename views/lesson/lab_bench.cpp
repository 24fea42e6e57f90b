#include "views/lesson/lab_bench.h"
#include <utility>

namespace sockwalk {

void LabBench::enter(const tell::Lab& lab, std::unique_ptr<scenario::Session> session, EventIndex position) {
  const bool before = busy();
  const EventIndex here = m_walk.position();
  auto was = m_walk.exchange(std::move(session), position);
  if (!before) m_lesson = std::move(was), m_position = here;
  m_lab = lab.id;
  m_walk.setConsoleRule([use = lab.use](const QString& line) {
    const auto refused = tell::refusedLine(use, line.toStdString());
    return refused ? QString::fromStdString(tell::spoken(*refused)) : QString();
  });
  if (!before) emit entered();
}

void LabBench::begin(const tell::Lab& lab, std::unique_ptr<scenario::Session> session) {
  const EventIndex end = session->journal().size();
  m_left.erase(lab.id);
  enter(lab, std::move(session), end);
}

void LabBench::goOn(const tell::Lab& lab) {
  auto session = std::move(m_left.at(lab.id));
  begin(lab, std::move(session));
}

void LabBench::leave() {
  if (!busy()) return;
  auto lesson = std::exchange(m_lesson, nullptr);
  m_left[m_lab] = m_walk.exchange(std::move(lesson), m_position);
  m_lab.clear();
  emit left();
}

QString LabBench::script(const std::string& lab) const {
  const auto kept = m_scripts.find(lab);
  return kept == m_scripts.end() ? QString() : kept->second;
}

void LabBench::forget() {
  if (!busy()) return forgetLabs();
  m_walk.setConsoleRule(nullptr);
  m_lesson.reset();
  m_lab.clear();
  forgetLabs();
}

} // namespace sockwalk
