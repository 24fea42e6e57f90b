// The functions that one stimulus (a system call, a received frame, the boot) makes the kernel call, as a graph:
// one node for each function at each place in the call tree, repeated calls from the same caller merged.
// Read once from the journal; what a playhead adds to it (who runs, what is past) is a PathMoment.
//
// The nodes stand in lanes: one for each task, softirq and interrupt, of each host. A lane is drawn in sections in which
// calls lead one way, from the program down to the device or from the device up to the program: what a softirq receives
// climbs, and what it sends in answer is a section of its own.
#pragma once
#include "engine/base/layer.h"
#include "engine/base/tense.h"
#include "engine/journal/playhead.h"
#include "engine/tell/hosts.h"
#include "engine/tell/text.h"
#include <map>
#include <set>
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
  int section = 0;               // index in sections()
  int level = 0;                 // callers above it in its section
  int part = 0, parts = 0;       // which of how many calls it is, where each is a node of its own; 0: no such thing
};

struct PathLane {
  Context context;
  std::string host;
  Text name() const { return contextText(context, host); } // "server: softirq"
};

struct PathSection {
  int lane = 0;
  bool climbs = false; // from the device up
  int from = -1;       // the node that ran, or called, when it was entered; -1: none
  int root = -1;       // its first node
};

class CallPath {
public:
  // Merged nodes whose calls are each a node of their own after all, by the first of them.
  using Opened = std::set<EventIndex>;

  CallPath() = default;
  // Reads the events of stimuli()[stimulus]. Calls that began earlier (a task that had slept and goes on) are
  // nodes too, with their callers.
  CallPath(const Journal& journal, int stimulus, const Hosts& hosts = {}, Opened opened = {});

  int stimulus() const { return m_stimulus; }
  EventIndex begin() const { return m_begin; }
  EventIndex end() const { return m_end; } // one past the last event read
  const std::vector<PathNode>& nodes() const { return m_nodes; }
  const std::vector<PathLane>& lanes() const { return m_lanes; }
  const std::vector<PathSection>& sections() const { return m_sections; }
  const PathSection& sectionOf(int node) const { return m_sections[static_cast<std::size_t>(m_nodes[node].section)]; }
  const PathLane& laneOf(int node) const { return m_lanes[static_cast<std::size_t>(sectionOf(node).lane)]; }
  EventIndex firstOfMerged(int node) const {
    return m_first[node];
  }                                  // of all the calls of this function from its caller
  int nodeOf(EventIndex call) const; // -1: it is of another stimulus

private:
  struct Reading { // what is known while it is read
    const Journal& journal;
    const Hosts& hosts;
    Opened opened;
    std::map<std::tuple<int, int, int>, int> nodes;     // parent, lane, function: the merged node
    std::map<std::tuple<int, int, bool>, int> sections; // lane, caller that it branches off from, climbs
  };
  int nodeFor(Reading& reading, EventIndex call);
  int addNode(Reading& reading, EventIndex call, int parent, int lane);
  int lane(const Context& context, const std::string& host);
  void readSections(Reading& reading);
  int sectionFor(Reading& reading, int node);
  int ranBefore(const Journal& journal, EventIndex call) const;
  void numberParts(const Reading& reading);

  int m_stimulus = -1;
  EventIndex m_begin = 0, m_end = 0;
  std::vector<PathNode> m_nodes;
  std::vector<EventIndex> m_first; // by node
  std::vector<int> m_laneOfNode;
  std::vector<PathLane> m_lanes;
  std::vector<PathSection> m_sections;
  std::unordered_map<EventIndex, int> m_nodeOfCall;
};

// The path as it stands at a playhead.
struct PathMoment {
  std::vector<Tense> tenses;        // one for each node
  int running = -1;                 // the node that runs (see running.h); -1: the path is not where the playhead is
  EventIndex runningCall = NoEvent; // NoEvent when the stimulus itself is running
  Text arguments;                   // of the running call: "init_net, socket #1, protocol 0"
  int returned = -1;                // the node that returned just now: the running one
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
