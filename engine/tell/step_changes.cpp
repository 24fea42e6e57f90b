#include "engine/tell/step_changes.h"
#include <algorithm>

namespace sockwalk::tell {

static constexpr EventIndex LongestStep = 200000; // events of one step that are looked through: the last ones

StepChanges::StepChanges(const Journal& journal, EventIndex from, EventIndex to) {
  if (to - from > LongestStep) from = to - LongestStep;
  for (EventIndex i = from; i < to; ++i) {
    const Event& e = journal[i];
    if (e.type == EventType::Alloc) m_births.push_back(e.where);
    if (e.type != EventType::Write && e.type != EventType::Fill) continue;
    const auto c = journal.change(e);
    m_writes.push_back({c.offset, c.offset + c.size});
  }
  std::sort(m_writes.begin(), m_writes.end());
  std::sort(m_births.begin(), m_births.end());
}

bool StepChanges::wrote(u32 offset, u32 size) const {
  // Long fills are few: those that begin before are looked at one by one, the nearest first.
  auto it = std::lower_bound(m_writes.begin(), m_writes.end(), std::pair<u32, u32>{offset + size, 0});
  for (int back = 0; it != m_writes.begin() && back < 256; ++back)
    if ((--it)->second > offset) return true;
  return false;
}

bool StepChanges::born(u32 offset) const { return std::binary_search(m_births.begin(), m_births.end(), offset); }

} // namespace sockwalk::tell
