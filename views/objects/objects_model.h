// The objects of the kernel around the sockets of the tasks, and the pointers between them, at a playhead.
// Plain data: everything in it is read from memory; nothing is remembered from one moment to the next.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"

#include <QString>
#include <vector>

namespace sockwalk {

struct ObjectRow {
  QString label, value;
  QString path;             // the member in full, "__sk_common.skc_state"
  u32 offset = 0, size = 0; // in memory
  u64 target = 0;           // an address it points at, whether a card stands there or not
  bool table = false;       // the value names a table of the kernel image: inet_stream_ops
  bool back = false;        // see RowSpec
  bool changed = false;     // written by the last step
  bool silent = false;      // empty, NULL or 0
  bool named = false;       // the value is the target's name, and may be given as the card's
};
struct ObjectCard {
  u64 address = 0;
  u32 size = 0;
  QString title; // "tcp_sock #1", "fdtable of files_struct #1"
  QString type;  // "tcp_sock"
  Layer layer = Layer::User;
  int kind = 0, column = 0; // index in cardSpecs(), and its column
  std::vector<ObjectRow> rows;
  bool born = false; // by the last step
  bool focused = false;
  bool handed = false; // to the function that runs
};
struct ObjectLink {
  int from = 0, row = 0, to = 0; // indexes of cards, of the row in `from`
  bool back = false, changed = false;
};
struct ObjectGraph {
  std::vector<ObjectCard> cards;
  std::vector<ObjectLink> links;
  int hidden = 0; // objects that there was no room for: those farthest from the focus
  // The cards from owner to owned, depth first: a task, its files, then the next task.
  std::vector<int> inOrder() const;
  QString linkText(const ObjectLink& link) const; // "socket #1.sk → tcp_sock #1"
};

// What a step did: the events [from, to).
struct StepRange {
  EventIndex from = 0, to = 0;
};

// Who is looked at: 0 for nobody; then what the running functions were handed decides what is near.
ObjectGraph readObjects(const Playhead& playhead, StepRange step, u64 focus, u64 buffer, int room);

} // namespace sockwalk
