// The sequence diagram of a stretch of a walk: who calls whom, from layer to layer, and what comes back. A call within a layer
// is no message; a layer that is folded away is as if it were part of who called it.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include "engine/tell/hosts.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>
#include <set>

namespace sockwalk::tell {

enum class SequenceLane : u8 { Application, Library, Vfs, Socket, Protocol, Ip, Device, Wire, Count };
constexpr size_t sequenceLanes = static_cast<size_t>(SequenceLane::Count);
Text laneName(SequenceLane lane);      // "application"
const char* laneId(SequenceLane lane); // "application": the same in every language
Layer layerOf(SequenceLane lane);      // whose colour it has

struct SequenceColumn { // a lane of a host; of the wire, which is nobody's, there is one
  SequenceLane lane;
  std::string host;
};
struct SequenceMessage {
  enum Kind : u8 { Call, Return, Frame, Heading } kind;
  int from = 0, to = 0;       // columns
  EventIndex event = 0;       // a walk that stands just behind it has it before its eyes
  EventIndex until = NoEvent; // Call: its return
  int depth = 0;              // of Calls that are drawn, around it
  int count = 1;              // how many of the same follow one another
  Text words;                 // "inet_create()", "= 3", "74 bytes"; of a Heading, the system call or frame
  bool open = false;          // Call: it has not returned in this stretch
};
struct Sequence {
  std::vector<SequenceColumn> columns;
  std::vector<SequenceMessage> messages; // in the order of events
  int firstStimulus = 0, lastStimulus = 0;
  bool more = false; // before or after it: what did not fit
};

struct SequenceWish {
  std::set<SequenceLane> folded;
  bool whole = false; // the whole walk, as far as it fits; otherwise the system call or frame of the moment
  size_t most = 3000; // messages
};
Sequence readSequence(const Journal& journal, const Hosts& hosts, EventIndex position, const SequenceWish& wish);

struct SequenceAt {
  Sequence sequence;
  EventIndex position;
};
std::vector<std::string> lines(const SequenceAt& at);
nlohmann::json json(const SequenceAt& at);

} // namespace sockwalk::tell
