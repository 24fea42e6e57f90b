// The tables in which the kernel looks things up, and the queues in which things wait, as rows of words at a playhead:
// connections, listeners, ports, queues, routes, neighbours, netfilter's hooks, open files, rings, families, protocols.
// Read from kernel memory only; nothing is remembered from one moment to the next.
//
//   Playhead at(journal);
//   at.seek(position);
//   for (const KernelTable& t : readTables(at)) ...
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/live_objects.h"
#include "engine/tell/step_changes.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

// Taken: no write, but the way by which the running calls have come (a slot of a table of functions).
enum class RowMark : u8 { None, Changed, New, Taken };

// One entry of a table: of a hash chain, of the routing trie, of a task's descriptors, of a queue.
struct TableRow {
  u64 address = 0;    // the object that a click looks at
  u64 within = 0;     // the list or slot it is in: an object may be listed more than once
  int indent = 0;     // 1: it is on a list of the row above
  Text place;         // where in the table: "[4711]", "[4711] 2nd", "depth 4"
  Text key;           // what was hashed, or what is looked up: "127.0.0.1:8080 ↔ 127.0.0.1:40000"
  std::string object; // "tcp_sock #2"
  Text state;         // "TCP_ESTABLISHED", "NUD_REACHABLE"
  Text detail;
  std::string space; // the network namespace: "init_net"; "" while there is only one
  Text tip;          // what there is no room for in a row
  RowMark mark = RowMark::None;
  bool heading = false; // names the columns of a table that has its own: "slot", "tcp_prot", "udp_prot"
};

struct KernelTable {
  std::string id;     // "ehash"; the same in every version
  Text title;         // "TCP connections"
  std::string symbol; // where the kernel keeps it: "tcp_hashinfo.ehash"
  Text about;         // who looks here, by what
  Text summary;       // "2 sockets in 2 of 16,384 buckets"; "empty ..." of an empty one
  std::vector<TableRow> rows;
  int more = 0;        // entries beyond those in `rows`
  size_t number = 0;   // among all tables
  bool inWords = true; // false: its rows have no words yet, see withWords()
};

// Every table, always the same ones in the same order, marked with what `step` touched.
std::vector<KernelTable> readTables(const Playhead& at, const LiveObjects& live, const StepChanges& step);
// The same for one who shows a few of them at each step: the rows of the long ones have no words, and withWords() reads one of
// these tables again, at the same moment, with them.
std::vector<KernelTable> readTablesInShort(const Playhead& at, const LiveObjects& live, const StepChanges& step);
KernelTable withWords(const KernelTable& table, const Playhead& at, const LiveObjects& live, const StepChanges& step);
// For one who asks once: no step, nothing marked.
std::vector<KernelTable> readTables(const Playhead& at);

// Of them those that are lines of things that wait, for one who asks at each step: "queues" and "rings".
std::vector<KernelTable> readQueues(const Playhead& at, const LiveObjects& live, const StepChanges& step);
// Of all, those that go by a name: one by its id ("ehash"), or "ops", where calls are led to functions. Empty: none does.
std::vector<KernelTable> tablesNamed(std::vector<KernelTable> tables, const std::string& name);

// As text, an entry a line.
std::vector<std::string> lines(const std::vector<KernelTable>& tables);
nlohmann::json json(const std::vector<KernelTable>& tables);

// The rest of a summary where not all entries are listed: "1,204 sockets in ...; the first 1,000 are listed".
Text wholeSummary(const KernelTable& table);

} // namespace sockwalk::tell
