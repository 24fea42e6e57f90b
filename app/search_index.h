// What the search field finds: functions of the kernel, objects, steps, system calls; each with where it leads.
#pragma once
#include "app/step_count.h"
#include <QString>
#include <vector>

namespace sockwalk {

struct SearchHit {
  enum class Kind { Function, Object, Global, Step, Stimulus } kind;
  QString name, detail;         // "inet_create", "net/ipv4/af_inet.cpp"
  EventIndex position = NoEvent; // where a jump goes; NoEvent: nowhere (it never happened)
  u64 focus = 0;                // the object to look at
};

// At most `limit`, best first: names that begin with the text, then those that contain it.
std::vector<SearchHit> searchWalk(const Walk& walk, StepCount& steps, const QString& text, std::size_t limit = 12);

} // namespace sockwalk
