// Writes the journal of a machine as it runs: the arena's write sink, and the sink of everything else that happens.
#pragma once
#include "engine/journal/journal.h"
#include <string_view>

namespace sockwalk {

class Recorder final : public WriteSink {
public:
  // `recording` false: memory changes as ever and time goes on, but nothing is put on the journal except stimuli.
  explicit Recorder(bool recording = true);
  bool recording() const { return m_recording; }
  const Journal& journal() const { return m_journal; }
  Arena& arena() { return m_arena; }

  // ---- memory (WriteSink)
  void write(u32 offset, const void* bytes, u32 size, int line) override;
  void fill(u32 offset, u8 value, u32 size, int line) override;
  u16 newCache(const char* name, u32 objectSize) override;
  void newSlab(const PageRecord& slab) override;
  void born(u32 offset, u16 type, u16 cache, u32 size, int line) override;
  void died(u32 offset, int line) override;
  void tableCall(u32 slot, u64 target) override;

  // ---- calls. call() opens one and gives its event; leave() closes the call that is open.
  EventIndex call(const FunctionInfo& function, const u64* arguments, u32 count);
  void leave(EventIndex call, bool hasValue, u64 value, int line);
  EventIndex openCall() const { return m_openCall; }

  // ---- everything else
  void note(const NoteInfo& note, const u64* arguments, u32 count, int line);
  void packet(bool in, u16 interface, u32 device, const u8* bytes, u32 size); // device: offset of the net_device
  void drop(u32 skb, u16 reason);
  void mark(BufferMark what, u32 skb, u64 other, int line); // skb: offset; other: address
  void timer(EventType what, u32 timer, s64 expiry);
  void panic(std::string_view what, int line);
  // Another task, softirq or time goes on; `openCall` is the call that it is in (NoEvent: none).
  void context(Context::Kind kind, u32 task, std::string name, s64 time, EventIndex openCall);
  u32 stimulus(std::string text, std::string name);
  void finishStimulus(u32 index, s64 result);

  s64 now() const { return m_contextTime + s64(m_journal.m_size - m_contextEvent) * Journal::NsPerEvent; }

private:
  EventIndex append(EventType type, u8 a, u16 b, u32 where, u64 data);
  u64 keep(const void* bytes, u32 size); // into the payload; gives its index
  u8* room(u32 size, u64& index);
  u8* roomInNewPiece(u64 units, u64& index);
  void touch(u32 offset, u32 size);
  u32 newSlot(u32 page);
  void keyframe();
  void addChunk();

  const bool m_recording;
  Journal m_journal;
  Arena m_arena;
  Event* m_chunk = nullptr; // where events go now
  std::vector<u8> m_dirty;  // for each page slot: written since the last keyframe
  EventIndex m_openCall = NoEvent;
  EventIndex m_contextEvent = 0;
  s64 m_contextTime = 0;
  std::vector<u32> m_ordinals; // allocations so far, by type
};

} // namespace sockwalk
