// The kernel's tables as rows of words: what is in ehash, bhash, the routes, the neighbours ... at a playhead.
// Plain data, read from kernel memory only; nothing is remembered from one moment to the next.
#pragma once
#include "engine/journal/playhead.h"
#include <QString>
#include <vector>

namespace sockwalk {

enum class RowMark : u8 { None, Changed, New };

// One entry of a table: of a hash chain, of the routing trie, of a task's descriptors.
struct TableRow {
  u64 address = 0; // the object that a click looks at
  u64 within = 0;  // the list or slot it is in: an object may be listed more than once
  int indent = 0;  // 1: it is on a list of the row above
  QString place;   // where in the table: "[4711]", "[4711] 2nd", "depth 4"
  QString key;     // what was hashed, or what is looked up: "127.0.0.1:8080 ↔ 127.0.0.1:40000"
  QString object;  // "tcp_sock #2"
  QString state;   // "TCP_ESTABLISHED", "NUD_REACHABLE"
  QString detail;
  QString space; // the network namespace: "init_net"
  QString tip;   // what there is no room for in a row
  RowMark mark = RowMark::None;
};

struct KernelTable {
  QString id;      // "ehash"
  QString title;   // "TCP connections"
  QString symbol;  // where the kernel keeps it: "tcp_hashinfo.ehash"
  QString about;   // who looks here, by what
  QString summary; // "2 sockets in 2 of 16,384 buckets"
  std::vector<TableRow> rows;
  int more = 0; // entries beyond those in `rows`
};

// What a step wrote: the events [from, to).
class StepChanges {
public:
  StepChanges() = default;
  StepChanges(const Journal& journal, EventIndex from, EventIndex to);
  bool wrote(const void* inArena, u32 size) const { return wrote(Arena::offsetOf(inArena), size); }
  bool wrote(u32 offset, u32 size) const;
  bool born(u32 offset) const; // an object that begins here was allocated
  // A list entry has come onto its list: both its pointers were written. (A neighbour's coming or going writes one.)
  template <class Node> bool linked(const Node& node) const {
    return wrote(&node.next, sizeof node.next) && wrote(&node.pprev, sizeof node.pprev);
  }

private:
  std::vector<std::pair<u32, u32>> m_writes; // [begin, end), sorted
  std::vector<u32> m_births;                 // sorted
};

// The tasks and the network namespaces of a journal, found as it grows: the playhead asks for them on every move.
class LiveObjects {
public:
  void reset(const Journal* journal);
  void update(); // takes in what was recorded since
  std::vector<u64> tasks(EventIndex position) const { return alive(m_tasks, position); }
  std::vector<u64> namespaces(EventIndex position) const; // init_net first

private:
  std::vector<u64> alive(const std::vector<u32>& allocations, EventIndex position) const;
  const Journal* m_journal = nullptr;
  std::size_t m_done = 0;
  std::vector<u32> m_tasks, m_nets; // indexes of journal().allocations()
};

// Every table, always the same ones in the same order.
std::vector<KernelTable> readTables(const Playhead& at, const LiveObjects& live, const StepChanges& step);
// The same as text, an entry a line: for tests and for the eye.
QString tablesText(const std::vector<KernelTable>& tables);

} // namespace sockwalk
