#include "app/step_count.h"
#include <algorithm>

namespace sockwalk {

void StepCount::count(int stimulus) {
  if (m_stimulus == stimulus && m_unit == m_walk.unit()) return;
  m_stimulus = stimulus;
  m_unit = m_walk.unit();
  m_steps = tell::stepsOf(m_walk.journal(), stimulus, m_unit);
}

StepCount::Where StepCount::at(EventIndex position) {
  if (!m_walk.isOpen()) return {};
  const Journal& j = m_walk.journal();
  const int stimulus = position ? j.stimulusAt(position - 1) : -1;
  count(stimulus);
  Where where;
  where.steps = int(m_steps.ends.size());
  where.step = m_steps.before(position);
  where.of = stimulus < 0 ? Walk::tr("power off") : QString::fromStdString(j.stimuli()[std::size_t(stimulus)].text);
  return where;
}

EventIndex StepCount::positionOf(int number, EventIndex position) {
  if (!m_walk.isOpen()) return 0;
  count(position ? m_walk.journal().stimulusAt(position - 1) : -1);
  if (number <= 0 || m_steps.ends.empty()) return m_steps.begin;
  return m_steps.ends[std::min(m_steps.ends.size(), std::size_t(number)) - 1];
}

} // namespace sockwalk
