// The functions that one stimulus (a system call, a received frame, the boot) makes the kernel call, as a graph:
// one node for each function at each place in the call tree, repeated calls from the same caller merged.
// Read once from the journal; what a playhead adds to it (who runs, what is past) is a PathMoment.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include "views/theme/paint.h"

#include <QHash>
#include <QString>
#include <vector>

namespace sockwalk {

struct PathNode {
  int function = -1; // index in Symbols::functions(); -1: the stimulus itself
  int parent = -1;   // index of the caller's node, always smaller; -1: nobody called it
  Layer layer = Layer::User;
  QString name;
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
  int nodeOf(EventIndex call) const { return m_nodeOfCall.value(call, -1); }
  // The nodes to draw while `running` runs, about `room` of them, callers before callees. A small path is shown whole.
  // A larger one is folded by depth; where the running function lies in a fold, that fold is open, and what does
  // not fit beside it any more is folded instead. So the picture changes only where a fold is entered or left.
  std::vector<int> visible(int running, int room) const;
  // Nodes from `from` up to the caller they share and down to `to`, both included; empty if they share none.
  std::vector<int> way(int from, int to) const;

private:
  int nodeFor(const Journal& journal, EventIndex call);
  std::vector<int> levelsBelow(int root, int room) const;

  int m_stimulus = -1;
  EventIndex m_begin = 0, m_end = 0;
  std::vector<PathNode> m_nodes;
  QHash<EventIndex, int> m_nodeOfCall;
  QHash<quint64, int> m_nodeOfFunction; // (parent + 1) << 32 | function
};

// The path as it stands at a playhead.
struct PathMoment {
  std::vector<Tense> tenses;        // one for each node
  int running = -1;                 // the node that runs; -1: the path is not where the playhead is
  EventIndex runningCall = NoEvent; // NoEvent when the stimulus itself is running
  QString arguments;                // of the running call: "init_net, socket #1, protocol 0"
  int returned = -1;                // the node that returned just now
  QString result;                   // and its value: "-EPERM (1)", "socket #1"; "" if it has none
  EventIndex note = NoEvent;        // the last note of the running call
  QString loss;                     // a drop or a panic just now, in words
};
PathMoment momentOf(const CallPath& path, const Playhead& playhead);

QString callArguments(const Playhead& playhead, EventIndex call);

} // namespace sockwalk
