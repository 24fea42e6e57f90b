#include "views/walk/step_count.h"
#include "engine/tell/in_words.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {

int StepCount::stimulusAt(EventIndex position) const {
  return position ? m_walk.journal().stimulusAt(position - 1) : -1;
}
const tell::Steps& StepCount::stepsAround(EventIndex position) {
  return m_counter.of(m_walk.journal(), stimulusAt(position), m_walk.unit());
}

StepCount::Where StepCount::at(EventIndex position) {
  if (!m_walk.isOpen()) return {};
  const tell::Steps& steps = stepsAround(position);
  const int stimulus = stimulusAt(position);
  Where where{steps.before(position), int(steps.ends.size()), Walk::tr("power off")};
  if (stimulus >= 0) where.of = shown(tell::stimulusText(m_walk.journal().stimuli()[std::size_t(stimulus)].text));
  return where;
}

EventIndex StepCount::positionOf(int number, EventIndex position) {
  if (!m_walk.isOpen()) return 0;
  const tell::Steps& steps = stepsAround(position);
  if (number <= 0 || steps.ends.empty()) return steps.begin;
  return steps.ends[std::min(steps.ends.size(), std::size_t(number)) - 1];
}

} // namespace sockwalk
