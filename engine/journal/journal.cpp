#include "engine/journal/journal.h"
#include <algorithm>
#include <cstring>
#include <new>
#include <sys/mman.h>

namespace sockwalk {

JournalMemory::~JournalMemory() {
  for (std::span<u8> region : m_regions) munmap(region.data(), region.size());
}

u8* JournalMemory::take(size_t bytes) {
  constexpr size_t RegionSize = 32 << 20, LargePage = 2 << 20;
  if (m_regions.empty() || m_regions.back().size() - m_taken < bytes) {
    const size_t size = std::max(RegionSize, (bytes + LargePage - 1) & ~(LargePage - 1));
    void* got = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (got == MAP_FAILED) throw std::bad_alloc();
    madvise(got, size, MADV_HUGEPAGE); // only a hint
    m_regions.push_back({static_cast<u8*>(got), size});
    m_taken = 0;
  }
  u8* at = m_regions.back().data() + m_taken;
  m_taken += bytes;
  return at;
}

Journal::Journal() : m_pageSlots(Arena::Size / Arena::PageSize, NoSlot) {}

Journal::Change Journal::change(const Event& e) const {
  const u32 at = static_cast<u32>(e.data), size = static_cast<u32>(e.data >> 32);
  const u8* inPlace = reinterpret_cast<const u8*>(&e.data);
  if (e.type == EventType::Fill) return {e.where, size, at == ~0u ? nullptr : payload(at), nullptr, e.a};
  if (e.a && e.a <= 4) return {e.where, e.a, inPlace, inPlace + 4, 0};
  if (e.a) return {e.where, e.a, payload(at), payload(at) + 8, 0};
  const u32 padded = (size + 7) & ~7u;
  return {e.where, size, payload(at), payload(at) + padded, 0};
}

int Journal::line(EventIndex i) const {
  const Event& e = (*this)[i];
  switch (e.type) {
  case EventType::Call: return function(e).line;
  case EventType::Return:
  case EventType::Write:
  case EventType::Fill:
  case EventType::Alloc:
  case EventType::Free:
  case EventType::Mark:
  case EventType::Panic: return e.b;
  case EventType::Note: return static_cast<int>(e.where);
  default: return 0;
  }
}

std::span<const u64> Journal::arguments(const Event& e) const {
  const u64 at = e.type == EventType::Call ? e.data >> 32 : e.data & 0xffffffff;
  if (!e.a) return {};
  return {reinterpret_cast<const u64*>(payload(at)), e.a};
}

EventIndex Journal::callAround(EventIndex i) const {
  // A context switch or a stimulus starts a fresh stack; otherwise the nearest Call or Return tells.
  for (EventIndex k = std::min(i, m_size ? m_size - 1 : 0);; --k) {
    if (k >= m_size) return NoEvent;
    const Event& e = (*this)[k];
    if (e.type == EventType::Call) return k;
    if (e.type == EventType::Return) return k == i ? e.where : (*this)[e.where].where;
    if (e.type == EventType::Context) return static_cast<EventIndex>(e.data >> 32);
    if (k == 0) return NoEvent;
  }
}

const Context& Journal::contextAt(EventIndex i) const {
  auto it =
      std::upper_bound(m_contexts.begin(), m_contexts.end(), i, [](EventIndex e, auto& c) { return e < c.event; });
  static const Context boot;
  return it == m_contexts.begin() ? boot : *--it;
}
s64 Journal::timeAt(EventIndex i) const {
  const Context& c = contextAt(i);
  return c.time + s64(i - c.event) * NsPerEvent;
}
int Journal::stimulusAt(EventIndex i) const {
  auto it = std::upper_bound(m_stimuli.begin(), m_stimuli.end(), i, [](EventIndex e, auto& s) { return e < s.event; });
  return static_cast<int>(it - m_stimuli.begin()) - 1;
}
const Allocation* Journal::allocationBornAt(EventIndex i) const {
  auto it =
      std::lower_bound(m_allocations.begin(), m_allocations.end(), i, [](auto& a, EventIndex e) { return a.born < e; });
  return it != m_allocations.end() && it->born == i ? &*it : nullptr;
}

namespace {
u64 mix(u64 h, const void* bytes, size_t n) { // FNV-1a, eight bytes at a time
  const u8* p = static_cast<const u8*>(bytes);
  for (; n >= 8; p += 8, n -= 8) {
    u64 v;
    std::memcpy(&v, p, 8);
    h = (h ^ v) * 0x100000001b3ull;
    h ^= h >> 29;
  }
  for (; n; ++p, --n) h = (h ^ *p) * 0x100000001b3ull;
  return h;
}
u16 nameHash(std::string_view name) { return static_cast<u16>(mix(0xcbf29ce484222325ull, name.data(), name.size())); }
} // namespace

// What happened, without where the engine's own source tells it: names for indices, no lines.
Event Journal::withoutSource(Event e) {
  switch (e.type) {
  case EventType::Call: e.b = nameHash(Symbols::get().function(e.b).name); break;
  case EventType::Note:
    e.b = nameHash(Symbols::get().notes()[e.b]->name);
    e.where = 0;
    break;
  case EventType::Return:
  case EventType::Write:
  case EventType::Fill:
  case EventType::Alloc:
  case EventType::Free:
  case EventType::Mark:
  case EventType::Panic: e.b = 0; break;
  default: break;
  }
  return e;
}

u64 Journal::hash() const {
  u64 h = 0xcbf29ce484222325ull;
  for (EventIndex i = 0; i < m_size; ++i) {
    const Event e = withoutSource((*this)[i]);
    h = mix(h, &e, sizeof e);
  }
  for (u64 at = 0; at < m_payloadSize; ++at) h = mix(h, payload(at), 8);
  for (auto& c : m_contexts) h = mix(mix(h, &c.time, 8), c.name.data(), c.name.size());
  return h;
}

u64 Journal::bytesUsed() const { return u64(m_size) * sizeof(Event) + m_payloadSize * 8; }

} // namespace sockwalk
