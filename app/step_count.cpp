#include "app/step_count.h"
#include <algorithm>

namespace sockwalk {

void StepCount::count(int stimulus) {
  if (m_stimulus == stimulus && m_unit == m_walk.unit()) return;
  m_stimulus = stimulus;
  m_unit = m_walk.unit();
  m_positions.clear();
  const Journal& j = m_walk.journal();
  const auto& stimuli = j.stimuli();
  if (m_unit == Unit::Stimulus) { // the whole record, call by call
    m_begin = 0;
    for (const Stimulus& s : stimuli) m_positions.push_back(s.event + 1);
    return;
  }
  m_begin = stimulus < 0 ? 0 : stimuli[std::size_t(stimulus)].event + 1;
  const bool last = stimulus + 1 >= int(stimuli.size());
  const EventIndex end = last ? j.size() : stimuli[std::size_t(stimulus) + 1].event;
  for (EventIndex p = m_begin; p < end;) {
    p = stepInto(j, p, m_unit);
    if (p > end) break;
    const EventType type = j[p - 1].type;
    if (m_unit == Unit::Event || type == EventType::Call || type == EventType::Return) m_positions.push_back(p);
  }
}

StepCount::Where StepCount::at(EventIndex position) {
  if (!m_walk.isOpen()) return {};
  const Journal& j = m_walk.journal();
  const int stimulus = position ? j.stimulusAt(position - 1) : -1;
  count(stimulus);
  Where where;
  where.steps = int(m_positions.size());
  where.step = int(std::upper_bound(m_positions.begin(), m_positions.end(), position) - m_positions.begin());
  where.of = stimulus < 0 ? Walk::tr("power off") : QString::fromStdString(j.stimuli()[std::size_t(stimulus)].text);
  return where;
}

EventIndex StepCount::positionOf(int number, EventIndex position) {
  if (!m_walk.isOpen()) return 0;
  count(position ? m_walk.journal().stimulusAt(position - 1) : -1);
  if (number <= 0 || m_positions.empty()) return m_begin;
  return m_positions[std::min(m_positions.size(), std::size_t(number)) - 1];
}

} // namespace sockwalk
