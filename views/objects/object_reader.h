// Reads cards from memory: an object, its members as specs say, and from there on all that its pointers lead to.
#pragma once
#include "views/objects/object_specs.h"
#include "views/objects/objects_model.h"

#include <QHash>
#include <QSet>

#include <deque>

namespace sockwalk {

class ObjectReader {
public:
  ObjectReader(const Playhead& at, StepRange step) : m_at(at) { findChanges(step); }

  // All that can be reached from `seeds` by the members that the cards show.
  void reach(const std::vector<u64>& seeds);
  ObjectGraph take() { return std::move(m_graph); }
  int cardAt(u64 address) const; // the smallest card that covers it; -1
  ObjectGraph& graph() { return m_graph; }

private:
  // Where an sk_buff waits, known from the queue's own head: its first three words are read by it.
  struct Place {
    bool tree = false, tcp = false;
  };

  void findChanges(StepRange step);
  bool changed(u32 offset, u32 size) const;
  void addObject(u64 address);
  void addCard(const ObjectRef& object, const CardSpec& spec);
  void readRows(ObjectCard& card, const CardSpec& spec, const LayoutInfo* object);
  bool placeAgain(); // buffers that were read before the queue they are on was

  // ---- rows, by their forms
  ObjectRow readRow(const RowSpec& spec, const CardSpec& card, u32 base);
  void readValue(ObjectRow& row, const RowSpec& spec, const Field& field, u32 base) const;
  void readQueue(ObjectRow& row, bool tcp);
  void readTree(ObjectRow& row, bool buffers);
  void readList(ObjectRow& row) const;
  void readSequence(ObjectRow& row) const;
  void readWaiters(ObjectRow& row) const;
  void addDescriptors(ObjectCard& card, u32 base) const;
  void addBuckets(ObjectCard& card, u32 base) const;

  u64 pointerAt(u32 offset) const { return number(offset, 8); }
  u64 number(u32 offset, u32 size) const;

  const Playhead& m_at;
  ObjectGraph m_graph;
  QSet<u32> m_seen; // objects by offset
  std::deque<u64> m_waiting;
  QHash<u64, Place> m_places;                // of sk_buffs on queues
  QHash<u64, Place> m_read;                  // as their cards were read
  std::vector<std::pair<u32, u32>> m_writes; // [begin, end) of what the step wrote
  QSet<u32> m_births;                        // offsets of what it allocated
};

// What has cards besides the tasks and what they lead to: the table of TCP's connections, unless it is empty.
std::vector<u64> tablesWithCards(const Playhead& at);

} // namespace sockwalk
