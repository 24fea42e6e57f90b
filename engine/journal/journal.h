// The journal: everything that one machine did, in time order, append-only.
//
// A position p in it is "p events have happened". Memory at p is memory at any keyframe, with the writes between
// applied forward or taken back: each write has both its old and its new bytes. Keyframes share the pages that did
// not change between them. See Playhead for how a person moves in it.
#pragma once
#include "engine/journal/event.h"
#include "engine/memory/arena.h"
#include "engine/memory/symbols.h"
#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sockwalk {

// Who runs, from `event` on. Simulated time at an event: `time` and 10 ns for each event since.
struct Context {
  enum Kind : u8 { Boot, Task, Softirq, Idle } kind = Boot;
  u32 task = 0; // pid; 0 outside of tasks
  EventIndex event = 0;
  s64 time = 0;     // ns since boot
  std::string name; // "task 100", "softirq"
};
struct Stimulus {
  EventIndex event; // its Stimulus event
  std::string text; // "socket(AF_INET, SOCK_STREAM, 0)", "frame on eth0, 60 bytes"
  std::string name; // as the script's //@case names it; "" if it does not
  s64 result = 0;
  bool finished = false;
};
struct CacheInfo {
  std::string name;
  u32 objectSize;
};
struct Allocation {
  EventIndex born, died; // died: NoEvent while it lives
  u32 offset, size;
  u16 type, cache;
  u32 ordinal; // 1 for the first of its type
};

struct Page {
  std::array<u8, Arena::PageSize> bytes;
};
struct Keyframe {
  EventIndex position;
  std::vector<std::shared_ptr<const Page>> pages; // by page slot; nullptr: all zero
};

// Zeroed memory in large pieces that the host can map with large pages; it lives as long as the journal.
class JournalMemory {
public:
  JournalMemory() = default;
  ~JournalMemory();
  JournalMemory(const JournalMemory&) = delete;
  JournalMemory& operator=(const JournalMemory&) = delete;
  u8* take(size_t bytes);

private:
  std::vector<std::span<u8>> m_regions;
  size_t m_taken = 0; // of the last region
};

class Journal {
public:
  static constexpr EventIndex KeyframeEvery = 1 << 16;
  static constexpr s64 NsPerEvent = 10;

  Journal();
  EventIndex size() const { return m_size; }
  const Event& operator[](EventIndex i) const { return m_events[i >> ChunkShift][i & (ChunkSize - 1)]; }
  const u8* payload(u64 index) const { return m_payload[index >> PayloadShift] + (index & PayloadMask) * 8; }

  const std::vector<Context>& contexts() const { return m_contexts; }
  const std::vector<Stimulus>& stimuli() const { return m_stimuli; }
  const std::vector<CacheInfo>& caches() const { return m_caches; }
  const std::vector<Allocation>& allocations() const { return m_allocations; }
  const std::vector<Keyframe>& keyframes() const { return m_keyframes; }

  // ---- of one event
  struct Change { // a Write or Fill, taken apart; oldBytes nullptr: they were zero; newBytes nullptr: all fillValue
    u32 offset, size;
    const u8 *oldBytes, *newBytes;
    u8 fillValue;
  };
  Change change(const Event& e) const;
  int line(EventIndex i) const; // engine source line of event i; 0 if it has none
  const FunctionInfo& function(const Event& call) const { return Symbols::get().function(call.b); }
  std::span<const u64> arguments(const Event& callOrNote) const;
  std::span<const u8> frame(const Event& packet) const {
    return {payload(packet.where), static_cast<u32>(packet.data)};
  }
  static u32 deviceOf(const Event& packet) { return static_cast<u32>(packet.data >> 32); } // offset of its net_device
  static EventIndex returnOf(const Event& call) { return static_cast<u32>(call.data); }

  // ---- of a position
  EventIndex callAround(EventIndex i) const; // the Call event that event i happened in (itself, if a Call)
  EventIndex callerOf(EventIndex call) const { return (*this)[call].where; }
  const Context& contextAt(EventIndex i) const;
  s64 timeAt(EventIndex i) const;     // ns
  int stimulusAt(EventIndex i) const; // index in stimuli(), -1 before the first
  const Allocation* allocationBornAt(EventIndex i) const;

  // A number that is the same exactly if everything recorded is the same. Lines of the engine's source are not part of
  // it, so a function that is written anew must leave it as it was.
  u64 hash() const;
  u64 bytesUsed() const; // of events and payload, keyframes left out

  u32 pageSlot(u32 offset) const { return m_pageSlots[offset / Arena::PageSize]; }
  static constexpr u32 NoSlot = 0xffffffff;
  const std::vector<u32>& pages() const { return m_pages; } // arena page number of each slot

private:
  friend class Recorder;
  static constexpr u32 ChunkShift = 16, ChunkSize = 1u << ChunkShift;
  static constexpr u32 PayloadShift = 17; // 1 MiB pieces, counted in units of 8 bytes
  static constexpr u64 PieceUnits = 1u << PayloadShift, PayloadMask = PieceUnits - 1;
  static Event withoutSource(Event e);
  Event& mutableEvent(EventIndex i) { return m_events[i >> ChunkShift][i & (ChunkSize - 1)]; }

  EventIndex m_size = 0;
  u64 m_payloadSize = 0; // units of 8 bytes
  JournalMemory m_memory;
  std::vector<Event*> m_events;
  std::vector<u8*> m_payload;
  std::vector<Context> m_contexts;
  std::vector<Stimulus> m_stimuli;
  std::vector<CacheInfo> m_caches;
  std::vector<Allocation> m_allocations;
  std::vector<Keyframe> m_keyframes;
  std::vector<u32> m_pageSlots; // for each page of the arena: its slot, NoSlot while never written
  std::vector<u32> m_pages;
};

} // namespace sockwalk
