// What the search field finds: functions of the kernel, objects, steps, system calls; each with where it leads.
#pragma once
#include "app/step_count.h"
#include <QString>
#include <vector>

namespace sockwalk {

struct SearchHit {
  enum class Kind { Function, Object, Global, Step, Stimulus } kind;
  QString name, detail;          // "inet_create", "net/ipv4/af_inet.cpp"
  EventIndex position = NoEvent; // where a jump goes; NoEvent: nowhere (it never happened)
  u64 focus = 0;                 // the object to look at
};

// Which functions the record calls. Reads each event once, however often a person searches.
class CalledFunctions {
public:
  void forget() { m_read = 0, m_called.clear(); } // another session
  bool contains(const Walk& walk, u16 function);

private:
  EventIndex m_read = 0;
  std::vector<bool> m_called; // by function
};

// At most `limit`, best first: names that begin with the text, then those that contain it; functions that are never
// called come after those that are.
std::vector<SearchHit> searchWalk(const Walk& walk, StepCount& steps, CalledFunctions& called, const QString& text,
                                  std::size_t limit = 12);

} // namespace sockwalk
