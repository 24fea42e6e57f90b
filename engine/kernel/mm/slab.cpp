#include "engine/kernel/include/linux/slab.h"

namespace sockwalk::kernel {

const kmem_cache* kmem_cache_create(const char* name, u32 size, u32 align) {
  const CacheId id = machine().slab().createCache(name, size, align);
  auto* cache = kzalloc<kmem_cache>(GFP_KERNEL);
  set(cache->name, machine().rodata(name));
  set(cache->size, machine().slab().caches()[id].objectSize);
  set(cache->object_size, size);
  // Which of the allocator's caches this is: kept where the kernel keeps its per-CPU part, which is not simulated.
  set(cache->remote_node_defrag_ratio, id);
  return cache;
}

const void* allocateFrom(const kmem_cache* cache, TypeId type, u32 gfp, int line) {
  if (machine().allocationFails()) return nullptr;
  const auto id = static_cast<CacheId>(cache->remote_node_defrag_ratio);
  return machine().slab().allocate(id, type, gfp & __GFP_ZERO, line, cache->object_size, gfp & __GFP_BULK);
}

const void* allocateBytes(u32 size, TypeId type, u32 gfp, int line) {
  if (machine().allocationFails()) return nullptr;
  return machine().slab().kmalloc(size, type, gfp & __GFP_ZERO, line);
}

const char* kstrdup(const char* s, u32 gfp) {
  KFUNC(kstrdup, s, gfp);
  const auto size = static_cast<u32>(std::strlen(s) + 1);
  const u8* copy = kmallocBuffer(size, gfp);
  if (copy) setBytes(copy, s, size);
  return call.result(reinterpret_cast<const char*>(copy));
}

// For tables that may be large: from a cache as long as that goes, else from pages that only look contiguous.
const void* kvmalloc_node(u32 size, TypeId type, u32 gfp, int line) {
  KFUNC(kvmalloc_node, size, gfp);
  return call.result(allocateBytes(size, type, gfp, line));
}
void kvfree(const void* addr) {
  KFUNC(kvfree, addr);
  kfree(addr);
}

const void* stackRoom(u32 size) {
  u32& top = machine().stackTop();
  const void* at = t_arena->at(top);
  top += (size + 15) & ~15u;
  return at;
}
void giveStackBack(u32 size) { machine().stackTop() -= (size + 15) & ~15u; }

} // namespace sockwalk::kernel
