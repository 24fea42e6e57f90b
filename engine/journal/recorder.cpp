#include "engine/journal/recorder.h"
#include "engine/journal/call_hook.h"
#include <algorithm>
#include <cstring>

namespace sockwalk {

std::atomic<CallHook> callHook;

Recorder::Recorder(bool recording) : m_recording(recording), m_arena(this, !recording), m_ordinals(0x10000) {
  m_journal.m_keyframes.push_back({0, {}});
}

inline EventIndex Recorder::append(EventType type, u8 a, u16 b, u32 where, u64 data) {
  const EventIndex i = m_journal.m_size;
  if ((i & (Journal::ChunkSize - 1)) == 0) addChunk();
  m_chunk[i & (Journal::ChunkSize - 1)] = {type, a, b, where, data};
  m_journal.m_size = i + 1;
  return i;
}

// A chunk of events is also the distance between keyframes.
void Recorder::addChunk() {
  if (m_journal.m_size) keyframe();
  m_chunk = reinterpret_cast<Event*>(m_journal.m_memory.take(Journal::ChunkSize * sizeof(Event)));
  m_journal.m_events.push_back(m_chunk);
}

inline u8* Recorder::room(u32 size, u64& index) {
  const u64 units = (size + 7) / 8, at = m_journal.m_payloadSize;
  if ((at & Journal::PayloadMask) + units > Journal::PieceUnits ||
      at >> Journal::PayloadShift >= m_journal.m_payload.size())
    return roomInNewPiece(units, index);
  m_journal.m_payloadSize = at + units;
  index = at;
  return m_journal.m_payload[at >> Journal::PayloadShift] + (at & Journal::PayloadMask) * 8;
}

u8* Recorder::roomInNewPiece(u64 units, u64& index) { // nothing lies across two pieces
  u64 at = m_journal.m_payloadSize;
  if (at & Journal::PayloadMask) at = (at | Journal::PayloadMask) + 1;
  while (m_journal.m_payload.size() <= at >> Journal::PayloadShift)
    m_journal.m_payload.push_back(m_journal.m_memory.take(std::max<u64>(Journal::PieceUnits, units) * 8));
  m_journal.m_payloadSize = at + units;
  if (units > Journal::PieceUnits)
    m_journal.m_payloadSize = (at | Journal::PayloadMask) + 1; // a giant has its piece for itself
  index = at;
  return m_journal.m_payload[at >> Journal::PayloadShift];
}

u64 Recorder::keep(const void* bytes, u32 size) {
  u64 index;
  std::memcpy(room(size, index), bytes, size);
  return index;
}

inline void Recorder::touch(u32 offset, u32 size) {
  for (u32 page = offset / Arena::PageSize; page <= (offset + size - 1) / Arena::PageSize; ++page) {
    const u32 slot = m_journal.m_pageSlots[page];
    m_dirty[slot != Journal::NoSlot ? slot : newSlot(page)] = 1;
  }
}

u32 Recorder::newSlot(u32 page) {
  const u32 slot = static_cast<u32>(m_journal.m_pages.size());
  m_journal.m_pageSlots[page] = slot;
  m_journal.m_pages.push_back(page);
  m_dirty.push_back(0);
  return slot;
}

void Recorder::keyframe() {
  Keyframe k{m_journal.m_size, m_journal.m_keyframes.back().pages};
  k.pages.resize(m_journal.m_pages.size());
  for (u32 slot = 0; slot < k.pages.size(); ++slot) {
    if (!m_dirty[slot]) continue;
    auto page = std::make_shared<Page>();
    std::memcpy(page->bytes.data(), m_arena.at(m_journal.m_pages[slot] * Arena::PageSize), Arena::PageSize);
    k.pages[slot] = std::move(page);
    m_dirty[slot] = 0;
  }
  m_journal.m_keyframes.push_back(std::move(k));
}

// Most writes are of one, two, four or eight bytes: for those, copies that the compiler makes into moves.
static inline void copyFew(void* to, const void* from, u32 size) {
  switch (size) {
  case 1: std::memcpy(to, from, 1); break;
  case 2: std::memcpy(to, from, 2); break;
  case 4: std::memcpy(to, from, 4); break;
  case 8: std::memcpy(to, from, 8); break;
  default: std::memmove(to, from, size);
  }
}

void Recorder::write(u32 offset, const void* bytes, u32 size, int line) {
  u8* at = m_arena.at(offset);
  if (!m_recording) {
    std::memmove(at, bytes, size);
    return;
  }
  u64 data = 0;
  u8 inPlace = size <= 8 ? static_cast<u8>(size) : 0;
  // The event before the bytes: a keyframe taken by the append must not hold a write that it does not count.
  if (size <= 4) {
    copyFew(&data, at, size);
    copyFew(reinterpret_cast<u8*>(&data) + 4, bytes, size);
  } else {
    const u32 padded = (size + 7) & ~7u;
    u64 index;
    u8* p = room(2 * padded, index);
    copyFew(p, at, size);
    copyFew(p + padded, bytes, size);
    data = index | u64(size) << 32;
  }
  append(EventType::Write, inPlace, static_cast<u16>(line), offset, data);
  touch(offset, size);
  copyFew(at, bytes, size);
}

void Recorder::fill(u32 offset, u8 value, u32 size, int line) {
  u8* at = m_arena.at(offset);
  if (!m_recording) {
    std::memset(at, value, size);
    return;
  }
  const bool wasZero = *at == 0 && std::memcmp(at, at + 1, size - 1) == 0; // each byte is the one before it
  const u32 old = wasZero ? ~0u : static_cast<u32>(keep(at, size));
  append(EventType::Fill, value, static_cast<u16>(line), offset, old | u64(size) << 32);
  if (wasZero && value == 0) return;
  touch(offset, size);
  std::memset(at, value, size);
}

u16 Recorder::newCache(const char* name, u32 objectSize) {
  m_journal.m_caches.push_back({name, objectSize});
  return static_cast<u16>(m_journal.m_caches.size() - 1);
}

void Recorder::newSlab(const PageRecord& slab) {
  if (m_recording) append(EventType::Slab, 0, 0, slab.slab, keep(&slab, sizeof slab));
  for (u32 i = 0; i < slab.pages; ++i) {
    const PageRecord& page = m_arena.pageOf(slab.slab + i * Arena::PageSize);
    if (m_recording) touch(Arena::offsetOf(&page), sizeof page);
    const_cast<PageRecord&>(page) = slab;
  }
}

void Recorder::born(u32 offset, u16 type, u16 cache, u32 size, int line) {
  if (!m_recording) {
    const_cast<ObjectRecord&>(m_arena.recordOf(offset)) = {1, type, cache}; // it lives; nobody can ask since when
    return;
  }
  const u32 i = append(EventType::Alloc, 0, static_cast<u16>(line), offset, type | u64(cache) << 16 | u64(size) << 32);
  auto& record = const_cast<ObjectRecord&>(m_arena.recordOf(offset));
  touch(Arena::offsetOf(&record), sizeof record);
  record = {i + 1, type, cache};
  m_journal.m_allocations.push_back({i, NoEvent, offset, size, type, cache, ++m_ordinals[type]});
}

void Recorder::died(u32 offset, int line) {
  auto& record = const_cast<ObjectRecord&>(m_arena.recordOf(offset));
  if (!m_recording) {
    record = {};
    return;
  }
  const u32 i = append(EventType::Free, 0, static_cast<u16>(line), offset,
                       record.birth | u64(record.type) << 32 | u64(record.cache) << 48);
  auto& all = m_journal.m_allocations;
  auto it = std::lower_bound(all.begin(), all.end(), record.birth - 1, [](auto& a, u32 e) { return a.born < e; });
  if (it != all.end() && it->born == record.birth - 1) it->died = i;
  touch(Arena::offsetOf(&record), sizeof record);
  record = {};
}

void Recorder::tableCall(u32 slot, u64 target) {
  if (m_recording) append(EventType::TableCall, 0, 0, slot, target);
}

EventIndex Recorder::call(const FunctionInfo& function, const u64* arguments, u32 count) {
  if (!m_recording) return NoEvent;
  u64 at = 0;
  if (count) {
    u8* values = room(count * 8, at);
    for (u32 k = 0; k < count; ++k) std::memcpy(values + 8 * k, arguments + k, 8);
  }
  const EventIndex i = append(EventType::Call, static_cast<u8>(count), function.id, m_openCall, NoEvent | at << 32);
  m_openCall = i;
  if (const CallHook hook = callHook.load(std::memory_order_relaxed)) hook(function, arguments, count);
  return i;
}

void Recorder::leave(EventIndex call, bool hasValue, u64 value, int line) {
  if (!m_recording) return;
  const EventIndex i = append(EventType::Return, hasValue, static_cast<u16>(line), call, value);
  Event& e = m_journal.mutableEvent(call);
  e.data = (e.data & ~0xffffffffull) | i; // the Call learns where it ended
  m_openCall = e.where;
}

void Recorder::note(const NoteInfo& note, const u64* arguments, u32 count, int line) {
  if (!m_recording) return;
  const u64 at = count ? keep(arguments, count * 8) : 0;
  append(EventType::Note, static_cast<u8>(count), note.id, static_cast<u32>(line), at);
}
void Recorder::packet(bool in, u16 interface, u32 device, const u8* bytes, u32 size) {
  if (!m_recording) return;
  const u64 at = keep(bytes, size);
  append(in ? EventType::PacketIn : EventType::PacketOut, 0, interface, static_cast<u32>(at), size | u64(device) << 32);
}
void Recorder::drop(u32 skb, u16 reason) {
  if (m_recording) append(EventType::Drop, 0, reason, skb, 0);
}
void Recorder::mark(BufferMark what, u32 skb, u64 other, int line) {
  if (m_recording) append(EventType::Mark, static_cast<u8>(what), static_cast<u16>(line), skb, other);
}
void Recorder::timer(EventType what, u32 timer, s64 expiry) {
  if (m_recording) append(what, 0, 0, timer, static_cast<u64>(expiry));
}
void Recorder::panic(std::string_view what, int line) {
  if (!m_recording) return;
  const u64 at = keep(what.data(), static_cast<u32>(what.size()));
  append(EventType::Panic, 0, static_cast<u16>(line), static_cast<u32>(at), what.size());
}

void Recorder::context(Context::Kind kind, u32 task, std::string name, s64 time, EventIndex openCall) {
  time = std::max(time, now());
  if (!m_recording) m_journal.m_contexts.clear(); // the one that runs is enough
  const u32 index = static_cast<u32>(m_journal.m_contexts.size());
  const EventIndex i = !m_recording ? 0 : append(EventType::Context, 0, 0, index, u64(openCall) << 32);
  m_journal.m_contexts.push_back({kind, task, i, time, std::move(name)});
  m_contextEvent = i;
  m_contextTime = time;
  m_openCall = openCall;
}

u32 Recorder::stimulus(std::string text, std::string name) {
  const u32 index = static_cast<u32>(m_journal.m_stimuli.size());
  const EventIndex i = m_recording ? append(EventType::Stimulus, 0, 0, index, 0) : 0;
  m_journal.m_stimuli.push_back({i, std::move(text), std::move(name), 0, false});
  return index;
}
void Recorder::finishStimulus(u32 index, s64 result) {
  m_journal.m_stimuli[index].result = result;
  m_journal.m_stimuli[index].finished = true;
}

} // namespace sockwalk
