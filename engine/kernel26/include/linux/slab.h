// Memory for objects, from caches that bear their names of then. Source: include/linux/slab.h, mm/slab.c.
#pragma once
#include "engine/kernel26/include/linux/kernel.h"
#include "engine/memory/constants/then.h"

namespace sockwalk::kernel26 {

void kmem_cache_init();
const kmem_cache_s* kmem_cache_create(const char* name, u32 size);
const void* takeFrom(const kmem_cache_s* cache, TypeId type, int line);
const void* takeBytes(u32 size, TypeId type, int line);

// nullptr: there is no memory, or a fault was ordered for this place.
template <class T> const T* kmem_cache_alloc(const kmem_cache_s* cache, int line = __builtin_LINE()) {
  return static_cast<const T*>(takeFrom(cache, TypeName<T>::index, line));
}
template <class T> const T* kmalloc(int line = __builtin_LINE()) {
  return static_cast<const T*>(takeBytes(sizeof(T), TypeName<T>::index, line));
}
inline void kfree(const void* object, int line = __builtin_LINE()) { machine().slab().free(object, line); }
inline void kmem_cache_free(const void* object, int line = __builtin_LINE()) { kfree(object, line); }

} // namespace sockwalk::kernel26
