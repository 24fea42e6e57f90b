// What of the walk the search field finds: functions of the kernel, objects, members by their names and values, steps,
// system calls; each with where it leads.
#pragma once
#include "app/search_hit.h"
#include "views/walk/step_count.h"

namespace sockwalk {

// Which functions the record calls. Reads each event once, however often a person searches.
class CalledFunctions {
public:
  void forget() { m_read = 0, m_called.clear(); } // another session
  bool contains(const Walk& walk, u16 function);

private:
  EventIndex m_read = 0;
  std::vector<bool> m_called; // by function
};

// Functions that are never called come after those that are.
void searchWalk(const Walk& walk, StepCount& steps, CalledFunctions& called, const QString& wish, RankedHits& hits);
// Where the function is called: the next call from here, else the last one before. Only for hits that are shown: it reads
// the journal.
void findCall(const Walk& walk, CalledFunctions& called, SearchHit& function);

} // namespace sockwalk
