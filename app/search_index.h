// What of the walk the search field finds: functions of the kernel, objects, steps, system calls; each with where it leads.
#pragma once
#include "app/search_hit.h"
#include "views/walk/step_count.h"

namespace sockwalk {

// What is read of the record before anybody asks, as it grows, so that no key waits: which functions it calls, and the
// words of its system calls and frames.
class SearchedRecord {
public:
  void forget(); // another session, or another language
  void read(const Journal& journal);
  bool calls(u16 function) const { return function < m_called.size() && m_called[function]; }
  const std::vector<QString>& stimuli() const { return m_stimuli; }

private:
  EventIndex m_read = 0;
  std::vector<bool> m_called; // by function
  std::vector<QString> m_stimuli;
};

// Functions that are never called come after those that are.
void searchWalk(const Walk& walk, StepCount& steps, const SearchedRecord& record, const QString& wish,
                RankedHits& hits);
// Where the function is called: the next call from here, else the last one before. Only for the hit that is gone to: it
// reads the journal.
EventIndex positionOfCall(const Walk& walk, const SearchHit& function);

} // namespace sockwalk
