// The allocator: slab caches that bear the kernel's names and give addresses out as SLUB does: the object freed last
// is the next one handed out. Pages, slabs and objects are also written down in the arena (see PageRecord), so any
// moment of the record knows what lived where.
//
// Simplified: slabs are never given back to the page allocator, and a cache has two free lists, not one for each CPU
// and slab: what was taken in bulk stands in slabs of its own, and goes back there when it is freed, so that it is not
// what the next single allocation gets.
#pragma once
#include "engine/memory/arena.h"
#include "engine/memory/layout.h"
#include "engine/memory/symbols.h"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace sockwalk {

using CacheId = u16;

class SlabAllocator {
public:
  explicit SlabAllocator(Arena& arena, WriteSink& sink);

  CacheId createCache(const std::string& name, u32 objectSize, u32 align = 8);
  // nullptr: no memory. `zero`: as __GFP_ZERO.
  const void* allocate(CacheId cache, TypeId type, bool zero, int line, u32 wanted = 0, bool bulk = false);
  void free(const void* object, int line);

  CacheId kmallocCache(u32 size) const; // the kmalloc-N that serves `size`; PageCache above 8 KiB
  const void* kmalloc(u32 size, TypeId type, bool zero, int line);
  u32 ksize(const void* object) const; // bytes that the allocation really has
  const void* allocatePages(u32 order, TypeId type, int line);

  static constexpr CacheId PageCache = 0;
  struct Cache {
    std::string name;
    u32 objectSize, slabPages, live;
    std::vector<u32> freeList; // last freed at the back
    std::vector<u32> bulkFree; // the same, of the slabs for bulk
  };
  const std::vector<Cache>& caches() const { return m_caches; }
  CacheId cacheNamed(const std::string& name) const; // PageCache if there is none
  // How many objects live in each cache: what a test holds before against after.
  std::map<std::string, u32> census() const;

private:
  u32 newPages(u32 pages, u32 objectSize, CacheId cache);
  Arena& m_arena;
  WriteSink& m_sink;
  std::vector<Cache> m_caches;
  std::vector<std::vector<u32>> m_freePages; // by order
  std::set<u32> m_bulkPages;                 // of the slabs for bulk
  u32 m_nextPage = Arena::HeapBegin + 0x2000;
};

} // namespace sockwalk
