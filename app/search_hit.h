// What the search field finds: each hit says what it is, and leads there or does it.
#pragma once
#include "engine/journal/event.h"
#include <functional>
#include <QString>
#include <vector>

class QAction;

namespace sockwalk {

struct SearchHit {
  enum class Kind {
    Command,
    Setting,
    Lesson,
    Sample,
    File,
    Bookmark,
    Until,
    Function,
    Object,
    Global,
    Member,
    Packet,
    Step,
    Stimulus
  } kind;
  QString name, detail;          // "inet_create", "net/ipv4/af_inet.cpp"
  EventIndex position = NoEvent; // where a jump goes; NoEvent: nowhere (it never happened)
  quint64 focus = 0;             // the object to look at
  QAction* action = nullptr;     // that Return does
  std::function<void()> act{};   // likewise
};

// Hits with how well each fits: the lower, the better.
using RankedHits = std::vector<std::pair<int, SearchHit>>;
// 0: the same, 1: begins with it, 2: a word in it begins with it, 3: contains it, -1: does not.
int rankOf(const QString& name, const QString& wish);

// Whoever knows of something that may be wished: adds what fits. true: that is all; false: it has not looked at everything
// yet and wants to be asked again for the same wish, when there is time.
using SearchSource = std::function<bool(const QString& wish, RankedHits& hits)>;

// The best of them, at most `limit`, and not all of one kind while there are others.
std::vector<SearchHit> bestOf(RankedHits hits, std::size_t limit);

} // namespace sockwalk
