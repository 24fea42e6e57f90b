// A queue as rows: one of its own, then one for each that waits in it. What a buffer's row says depends on what the queue
// holds: segments by their sequence numbers, packets by who sent them to whom, messages about errors.
#pragma once
#include "engine/tell/tables/reader.h"

namespace sockwalk::tell::tables {

enum class Holds { Segments, Packets, Errors };

class Queue {
public:
  // `head`: what the queue hangs on, in memory. `owner`: the object that a click looks at. What its own row says is said
  // by title(), when it is known to be listed.
  Queue(const Reader& reader, const void* head, u32 headSize, const void* owner);
  void title(Text kind, Text key);

  // Those that wait: a list through its head, a chain to its end, a tree in its order.
  Queue& list(const kernel::sk_buff_head& head, Holds holds);
  Queue& chain(const kptr<kernel::sk_buff>& first, Holds holds);
  Queue& tree(const kernel::rb_root& root, Holds holds);
  Queue& requests(const kptr<kernel::request_sock>& first);

  TableRow row; // of the queue itself
  u64 entries() const { return m_waiting.size(); }
  u64 bytes() const { return m_bytes; } // of data in the buffers
  void appendTo(KernelTable& table);

private:
  bool isBuffer(u64 address) const;
  void describe(TableRow& waits, const kernel::sk_buff& skb, Holds holds) const;
  void describe(TableRow& waits, const kernel::request_sock& request) const;
  void add(const kernel::sk_buff& skb, Holds holds, bool isNew);
  void addTree(const kernel::rb_node* node, Holds holds, int depth);
  const Reader& m_reader;
  std::vector<TableRow> m_waiting;
  u64 m_bytes = 0;
};

} // namespace sockwalk::tell::tables
