// What a step did to memory: which bytes it wrote, which objects it made. Whoever shows a moment marks what is new in it.
#pragma once
#include "engine/journal/journal.h"
#include <utility>
#include <vector>

namespace sockwalk::tell {

// The events [from, to).
struct StepRange {
  EventIndex from = 0, to = 0;
};

class StepChanges {
public:
  StepChanges() = default;
  StepChanges(const Journal& journal, EventIndex from, EventIndex to);
  StepChanges(const Journal& journal, StepRange step) : StepChanges(journal, step.from, step.to) {}

  bool wrote(const void* inArena, u32 size) const { return wrote(Arena::offsetOf(inArena), size); }
  bool wrote(u32 offset, u32 size) const;
  bool born(u32 offset) const; // an object that begins here was allocated
  bool born(const void* inArena) const { return born(Arena::offsetOf(inArena)); }

private:
  std::vector<std::pair<u32, u32>> m_writes; // [begin, end), sorted
  std::vector<u32> m_births;                 // sorted
};

} // namespace sockwalk::tell
