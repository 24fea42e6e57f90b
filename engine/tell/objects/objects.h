// The objects of the kernel around the sockets of the tasks, and the pointers between them, at a playhead: tasks, files,
// sockets, queues, as cards with the members that matter. Everything in it is read from memory; nothing is remembered from
// one moment to the next.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include "engine/tell/step_changes.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct ObjectRow {
  Text label; // "sk_state", "accept queue"
  Text value;
  std::string path;         // the member in full, "__sk_common.skc_state"
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
  std::string title; // "tcp_sock #1", "fdtable of files_struct #1"
  std::string type;  // "tcp_sock"
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
// One allocation whose parts have cards of their own: socket_alloc, in which a socket and its inode lie.
struct ObjectHolder {
  u64 address = 0;
  std::string title;      // "socket_alloc #1"
  std::vector<int> cards; // in the order of memory; at least two
  Text subtraction;       // how container_of() comes from one part to another
};
struct ObjectGraph {
  std::vector<ObjectCard> cards;
  std::vector<ObjectLink> links;
  std::vector<ObjectHolder> holders;
  int hidden = 0; // objects that there was no room for: those farthest from the focus
  std::vector<std::pair<std::string, int>> hiddenTypes; // how many of each type, the most first
  bool cut = false;                                     // and there are more, which were not even looked at
  Text leftOut() const; // "12 objects are not shown: 5 × sk_buff, 4 × file"; empty: all are there
  // The cards from owner to owned, depth first: a task, its files, then the next task.
  std::vector<int> inOrder() const;
  Text linkText(const ObjectLink& link) const; // "socket #1.sk → tcp_sock #1"
};

constexpr int AllObjects = 1 << 20; // room for every card

// `focus`, `buffer`: who is looked at, 0 for nobody. What the running function was handed and what the step wrote is
// there first, whoever else it belongs to; then what is near to it. `room`: so many cards at most.
ObjectGraph readObjects(const Playhead& at, StepRange step, u64 focus, u64 buffer, int room);
// For one who asks once: all of them, nothing marked.
ObjectGraph readObjects(const Playhead& at);

// As text: a card, its members under it, and where they point.
std::vector<std::string> lines(const ObjectGraph& graph);
nlohmann::json json(const ObjectGraph& graph);

} // namespace sockwalk::tell
