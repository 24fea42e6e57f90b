#include "engine/memory/slab.h"
#include <bit>

namespace sockwalk {

namespace {
constexpr u32 kmallocSizes[] = {8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192};
std::string kmallocName(u32 size) {
  return "kmalloc-" + (size < 1024 ? std::to_string(size) : std::to_string(size / 1024) + "k");
}
} // namespace

SlabAllocator::SlabAllocator(Arena& arena, WriteSink& sink) : m_arena(arena), m_sink(sink), m_freePages(12) {
  createCache("pages", Arena::PageSize);
  for (u32 size : kmallocSizes) createCache(kmallocName(size), size);
}

CacheId SlabAllocator::createCache(const std::string& name, u32 objectSize, u32 align) {
  const u32 size = (objectSize + align - 1) & ~(align - 1);
  // A slab of at least eight objects where order 3 allows it: how SLUB sizes slabs on a one-CPU machine.
  u32 pages = 1;
  while (pages < 8 && pages * Arena::PageSize < size * 8) pages *= 2;
  m_caches.push_back({name, size, pages, 0, {}, {}});
  return m_sink.newCache(name.c_str(), size);
}

CacheId SlabAllocator::cacheNamed(const std::string& name) const {
  for (size_t i = 0; i < m_caches.size(); ++i)
    if (m_caches[i].name == name) return static_cast<CacheId>(i);
  return PageCache;
}

std::map<std::string, u32> SlabAllocator::census() const {
  std::map<std::string, u32> out;
  for (auto& c : m_caches)
    if (c.live) out[c.name] = c.live;
  return out;
}

u32 SlabAllocator::newPages(u32 pages, u32 objectSize, CacheId cache) {
  const u64 end = u64(m_nextPage) + u64(pages) * Arena::PageSize;
  if (end > Arena::HeapEnd) return 0;
  const u32 at = m_nextPage;
  m_nextPage = static_cast<u32>(end);
  m_sink.newSlab({at, objectSize, cache, static_cast<u16>(pages), 0});
  return at;
}

const void* SlabAllocator::allocate(CacheId id, TypeId type, bool zero, int line, u32 wanted, bool bulk) {
  Cache& c = m_caches[id];
  std::vector<u32>& free = bulk ? c.bulkFree : c.freeList;
  if (free.empty()) {
    const u32 slab = newPages(c.slabPages, c.objectSize, id);
    if (!slab) return nullptr;
    for (u32 n = c.slabPages * Arena::PageSize / c.objectSize; n-- > 0;) free.push_back(slab + n * c.objectSize);
    for (u32 page = 0; bulk && page < c.slabPages; ++page) m_bulkPages.insert(slab + page * Arena::PageSize);
  }
  const u32 at = free.back();
  free.pop_back();
  ++c.live;
  m_sink.born(at, type, id, wanted ? wanted : c.objectSize, line);
  if (zero) m_sink.fill(at, 0, wanted ? wanted : c.objectSize, line);
  return m_arena.at(at);
}

void SlabAllocator::free(const void* object, int line) {
  const u32 at = Arena::offsetOf(object);
  const CacheId id = m_arena.recordOf(at).cache;
  const u32 bytes = m_arena.pageOf(at).objectSize;
  m_sink.died(at, line);
  Cache& c = m_caches[id];
  --c.live;
  if (id == PageCache) m_freePages[std::countr_zero(bytes / Arena::PageSize)].push_back(at);
  else (m_bulkPages.count(at & ~(Arena::PageSize - 1)) ? c.bulkFree : c.freeList).push_back(at);
}

CacheId SlabAllocator::kmallocCache(u32 size) const {
  for (size_t i = 0; i < std::size(kmallocSizes); ++i)
    if (size <= kmallocSizes[i]) return static_cast<CacheId>(i + 1);
  return PageCache;
}

const void* SlabAllocator::kmalloc(u32 size, TypeId type, bool zero, int line) {
  const CacheId id = kmallocCache(size);
  if (id != PageCache) return allocate(id, type, zero, line, size);
  const u32 pages = std::bit_ceil((size + Arena::PageSize - 1) / Arena::PageSize);
  const void* p = allocatePages(std::countr_zero(pages), type, line);
  if (p && zero) m_sink.fill(Arena::offsetOf(p), 0, size, line);
  return p;
}

const void* SlabAllocator::allocatePages(u32 order, TypeId type, int line) {
  if (order >= m_freePages.size()) return nullptr;
  auto& list = m_freePages[order];
  u32 at;
  if (!list.empty()) at = list.back(), list.pop_back();
  else at = newPages(1u << order, Arena::PageSize << order, PageCache);
  if (!at) return nullptr;
  ++m_caches[PageCache].live;
  m_sink.born(at, type, PageCache, Arena::PageSize << order, line);
  return m_arena.at(at);
}

u32 SlabAllocator::ksize(const void* object) const { return m_arena.pageOf(Arena::offsetOf(object)).objectSize; }

} // namespace sockwalk
