// The card that stands beside a function that was called through a table: which table, which slot, how the caller
// came to it, and, where a list was searched for it, the candidates with the one that matched.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"
#include <optional>
#include <vector>

namespace sockwalk::tell {

struct TableCard {
  std::string title;          // "inetsw[SOCK_STREAM]", "inet_family_ops"
  Text kind;                  // "table call", "list searched"
  std::vector<Text> headings; // of the columns
  struct Row {
    std::vector<Text> cells;
    bool taken = false;
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;
  std::vector<std::string> reached; // "net_families[AF_INET]", "inet_family_ops.create", "inet_create"
};

// What to show beside `call`, read from memory at the playhead; nothing if it was called by its name and
// searches no list.
std::optional<TableCard> tableCard(const Playhead& playhead, EventIndex call);

} // namespace sockwalk::tell
