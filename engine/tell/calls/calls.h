// What is called at a moment: the path of its stimulus as it stands, the card of a table that was searched, and the
// same calls as a list in the order in which they are made.
#pragma once
#include "engine/tell/calls/call_path.h"
#include "engine/tell/calls/table_card.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct CallsAt {
  CallPath path;
  PathMoment moment;
  std::optional<TableCard> card;
};
CallsAt readCalls(const Playhead& playhead);

// What a node's last call that has returned by then gave back: "-EPERM (1)"; "" if none has, or it has no value.
std::string resultOf(const CallPath& path, int node, const Playhead& playhead);

struct ListedCall {
  EventIndex call;
  int depth; // of its callers in this stimulus
};
// The calls of a stimulus, in order, at most so many of them.
std::vector<ListedCall> callsOf(const Journal& journal, int stimulus, size_t most);

std::vector<std::string> lines(const CallsAt& calls);
std::vector<std::string> lines(const TableCard& card);
// In one line: "reached through net_families[AF_INET] → inet_family_ops.create → inet_create".
Text wayTo(const TableCard& card);
nlohmann::json json(const CallsAt& calls);
nlohmann::json json(const TableCard& card);
std::string_view tenseName(Tense tense); // "running", "active", "past", "future"

} // namespace sockwalk::tell
