// The network stack as a map: its parts, what leads from one to another, and which of them a walk has passed. A part is a
// group of the kernel's source files; so every function lies in exactly one.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace sockwalk::tell {

struct MapPart {
  const char* id; // "tcp_input"
  Words title;    // "TCP: receiving"
  Layer layer;
  double column, row; // where it stands in a grid of 12 by 11
  double width;       // columns
  std::vector<std::string_view>
      files;        // beginnings of paths below engine/kernel/net/ ... ; the longest one that fits counts
  const char* view; // of the window, that shows more of it
  Text name() const { return say(title); }
};
const std::vector<MapPart>& stackMap();
struct MapEdge {
  std::string_view from, to; // ids
};
std::span<const MapEdge> stackMapEdges();
int mapPartOf(const FunctionInfo& function); // index in stackMap(); -1: it is no part of the network stack

// What the walk has done in a part, of the stimulus of the moment.
struct PartPassed {
  int calls = 0;                             // made up to the moment
  int ahead = 0;                             // still to come
  bool open = false;                         // a call in it has not returned
  bool running = false;                      // the innermost one
  EventIndex last = NoEvent, next = NoEvent; // the last call in it, and the next one to come
};
struct MapMoment {
  std::vector<PartPassed> parts; // as in stackMap()
  // Calls that went from one part to another, up to the moment, as pairs of indices.
  std::vector<std::pair<int, int>> crossings;
  Text stimulus; // whose calls are counted
};

// Counts the calls of a stimulus once, however often a person steps in it.
class MapReader {
public:
  void forget() { m_counted = -2; }
  MapMoment at(const Playhead& playhead);

private:
  struct Call {
    EventIndex event;
    int part, caller; // caller: the part that it was made from; -1
  };
  int m_counted = -2; // the stimulus; -1: before the first
  EventIndex m_until = 0;
  std::vector<Call> m_calls;
};

struct MapAt {
  MapMoment moment;
};
std::vector<std::string> lines(const MapAt& at);
nlohmann::json json(const MapAt& at);

} // namespace sockwalk::tell
