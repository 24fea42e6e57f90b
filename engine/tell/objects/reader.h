// Reads cards from memory: an object, its members as specs say, and from there on all that its pointers lead to.
#pragma once
#include "engine/journal/reflection.h"
#include "engine/memory/pointer32.h"
#include "engine/tell/objects/objects.h"
#include "engine/tell/objects/specs.h"
#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace sockwalk::tell {

class ObjectReader {
public:
  ObjectReader(const Playhead& at, StepRange step) : m_at(at), m_step(at.journal(), step) {}

  // All that can be reached from `seeds` by the members that the cards show: cards whose rows say where they point, and
  // nothing in words yet, for most of them are looked at only to choose the nearest.
  void reach(const std::vector<u64>& seeds);
  void addWords(int card); // to its rows
  ObjectGraph take() { return std::move(m_graph); }
  int cardAt(u64 address) const; // the smallest card that covers it; -1
  ObjectGraph& graph() { return m_graph; }
  bool cut() const { return !m_waiting.empty(); } // there were more than it looks at

private:
  // Where an sk_buff waits, known from the queue's own head: its first three words are read by it.
  struct Place {
    bool tree = false, tcp = false;
    bool operator==(const Place&) const = default;
  };
  using Places = std::unordered_map<u64, Place>;
  static Place placeIn(const Places& places, u64 address);

  bool changed(u32 offset, u32 size) const { return m_step.wrote(offset, size); }
  void addObject(u64 address);
  void addCard(const ObjectRef& object, const CardSpec& spec);
  void readRows(ObjectCard& card, const CardSpec& spec, const LayoutInfo* object);
  bool placeAgain(); // buffers that were read before the queue they are on was

  // ---- rows, by their forms
  ObjectRow readRow(const RowSpec& spec, const CardSpec& card, const Field& field, u32 base);
  void readValue(ObjectRow& row, const RowSpec& spec, const Field& field, u32 base) const;
  void readNumber(ObjectRow& row, const RowSpec& spec) const;
  void readLink(ObjectRow& row, u32 base) const;
  void readChain(ObjectRow& row) const;
  void readQueue(ObjectRow& row, bool tcp);
  void readTree(ObjectRow& row, bool buffers);
  void readList(ObjectRow& row) const;
  void readSequence(ObjectRow& row) const;
  void readWaiters(ObjectRow& row) const;
  bool carriesFiles(u32 skb) const;
  void readPassed(ObjectRow& row) const;
  void addPassed(ObjectCard& card, u32 base) const;
  void addDescriptors(ObjectCard& card, u32 base) const;
  void addBuckets(ObjectCard& card, u32 base) const;
  void addSlot(ObjectCard& card, std::string name, const char* member, u32 offset, u64 target, Text value,
               u32 size = 8) const;

  u64 pointerAt(u32 offset) const { return number(offset, 8); }
  u64 pointer32At(u32 offset) const { return Address32::wide(static_cast<u32>(number(offset, 4))); }
  void addDescriptors26(ObjectCard& card, u32 base) const;
  u64 number(u32 offset, u32 size) const;

  const Playhead& m_at;
  const StepChanges m_step;
  ObjectGraph m_graph;
  std::vector<const LayoutInfo*> m_layouts; // of the cards' objects
  std::multimap<u64, int> m_byAddress;      // the cards
  u32 m_largest = 0;                        // of their sizes
  bool m_inWords = false;                   // what is read now is shown
  std::unordered_set<u32> m_seen;           // objects by offset
  std::deque<u64> m_waiting;
  Places m_places; // of sk_buffs on queues
  Places m_read;   // as their cards were read
};

// What has cards besides the tasks and what they lead to: the table of TCP's connections, unless it is empty.
std::vector<u64> tablesWithCards(const Playhead& at);

} // namespace sockwalk::tell
