// Slab caches of 2.6: those of kmalloc() are called "size-32", "size-64" ... The allocator behind them is the machine's.
#include "engine/kernel26/include/linux/slab.h"
#include "engine/kernel26/include/linux/list.h"

namespace sockwalk::kernel26 {

static Global26<list_head> cache_chain{"cache_chain"};

constexpr u32 Sizes[] = {32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072};

void kmem_cache_init() {
  KFUNC(kmem_cache_init);
  INIT_LIST_HEAD(cache_chain);
  machine().slab().createCache("kmem_cache", sizeof(kmem_cache_s), 32);
  for (u32 size : Sizes) machine().slab().createCache("size-" + std::to_string(size), size, 32);
}

static const void* take(const std::string& cache, u32 size, TypeId type, int line) {
  if (machine().allocationFails()) return nullptr;
  SlabAllocator& slab = machine().slab();
  return slab.allocate(slab.cacheNamed(cache), type, true, line, size);
}

const kmem_cache_s* kmem_cache_create(const char* name, u32 size) {
  machine().slab().createCache(name, size, 32); // a cache line: SLAB_HWCACHE_ALIGN
  const auto* cache = static_cast<const kmem_cache_s*>(
      take("kmem_cache", sizeof(kmem_cache_s), TypeName<kmem_cache_s>::index, __LINE__));
  if (!cache) return nullptr;
  set(cache->objsize, (size + 31) & ~31u);
  set(cache->name, machine().rodata(name));
  list_add(&cache->next, cache_chain);
  return cache;
}

const void* takeFrom(const kmem_cache_s* cache, TypeId type, int line) {
  const LayoutInfo* layout = layoutOf(type);
  return take(cache->name.get(), layout ? layout->size : cache->objsize, type, line);
}

const void* takeBytes(u32 size, TypeId type, int line) {
  for (u32 each : Sizes)
    if (size <= each) return take("size-" + std::to_string(each), size, type, line);
  return nullptr;
}

} // namespace sockwalk::kernel26
