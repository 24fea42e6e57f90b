// The functions that one stimulus (a system call, a received frame, the boot) makes the kernel call, as a graph:
// one node for each function at each place in the call tree, repeated calls from the same caller merged.
// Read once from the journal; what a playhead adds to it (who runs, what is past) is a PathMoment.
#pragma once
#include "engine/base/layer.h"
#include "engine/base/tense.h"
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"
#include <unordered_map>
#include <vector>

namespace sockwalk::tell {

struct PathNode {
  int function = -1; // index in Symbols::functions(); -1: the stimulus itself
  int parent = -1;   // index of the caller's node, always smaller; -1: nobody called it
  Layer layer = Layer::User;
  std::string name;
  std::vector<EventIndex> calls; // its Call events, in order; for the stimulus: its Stimulus event
  int below = 0;                 // nodes called by it, directly or not
  int depth = 0;                 // callers above it
};

class CallPath {
public:
  CallPath() = default;
  // Reads the events of stimuli()[stimulus]. Calls that began earlier (a task that had slept and goes on) are
  // nodes too, with their callers.
  CallPath(const Journal& journal, int stimulus);

  int stimulus() const { return m_stimulus; }
  EventIndex begin() const { return m_begin; }
  EventIndex end() const { return m_end; } // one past the last event read
  const std::vector<PathNode>& nodes() const { return m_nodes; }
  int nodeOf(EventIndex call) const; // -1: it is of another stimulus

private:
  int nodeFor(const Journal& journal, EventIndex call);

  int m_stimulus = -1;
  EventIndex m_begin = 0, m_end = 0;
  std::vector<PathNode> m_nodes;
  std::unordered_map<EventIndex, int> m_nodeOfCall;
  std::unordered_map<u64, int> m_nodeOfFunction; // (parent + 1) << 32 | function
};

// The path as it stands at a playhead.
struct PathMoment {
  std::vector<Tense> tenses;        // one for each node
  int running = -1;                 // the node that runs; -1: the path is not where the playhead is
  EventIndex runningCall = NoEvent; // NoEvent when the stimulus itself is running
  Text arguments;                   // of the running call: "init_net, socket #1, protocol 0"
  int returned = -1;                // the node that returned just now
  std::string result;               // and its value: "-EPERM (1)", "socket #1"; "" if it has none
  Text sentence;                    // the last note of the running call; what a stimulus gave back, at its end
  Text loss;                        // a drop or a panic just now
};
PathMoment momentOf(const CallPath& path, const Playhead& playhead);

// The stimulus that the playhead stands in; before the first one the first, all of it still to come; -1: there is none.
int stimulusAt(const Playhead& playhead);
// What a call was handed, each by its name where the name says what it is.
Text callArguments(const Playhead& playhead, EventIndex call);

} // namespace sockwalk::tell
