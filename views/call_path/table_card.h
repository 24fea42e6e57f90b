// The card that stands beside a function that was called through a table: which table, which slot, how the caller
// came to it, and, where a list was searched for it, the candidates with the one that matched.
#pragma once
#include "engine/journal/playhead.h"

#include <optional>
#include <QStringList>
#include <vector>

namespace sockwalk {

struct TableCard {
  QString title;        // "inetsw[SOCK_STREAM]", "inet_family_ops"
  QString kind;         // "table call", "list searched"
  QStringList headings; // of the columns
  struct Row {
    QStringList cells;
    bool taken = false;
  };
  std::vector<Row> rows;
  QStringList reached; // "net_families[AF_INET]", "inet_family_ops.create", "inet_create"
};

// What to show beside `call`, read from memory at the playhead; nothing if it was called by its name and
// searches no list.
std::optional<TableCard> tableCard(const Playhead& playhead, EventIndex call);

} // namespace sockwalk
