// Memory for the kernel's objects. The caches, their names and their sizes are the kernel's; see engine/memory/slab.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/machine/machine.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

// A cache as an object in memory (so that `tcp_prot.slab` has something to point at) and in the allocator.
const kmem_cache* kmem_cache_create(const char* name, u32 size, u32 align = 8);
const void* allocateFrom(const kmem_cache* cache, TypeId type, u32 gfp, int line);
const void* allocateBytes(u32 size, TypeId type, u32 gfp, int line);

// All of these give nullptr when there is no memory, or when a fault was injected for the running call.
template <class T> const T* kmem_cache_alloc(const kmem_cache* cache, u32 gfp, int line = __builtin_LINE()) {
  return static_cast<const T*>(allocateFrom(cache, TypeName<T>::index, gfp, line));
}
template <class T> const T* kmalloc(u32 gfp, u32 extra = 0, int line = __builtin_LINE()) {
  return static_cast<const T*>(allocateBytes(sizeof(T) + extra, TypeName<T>::index, gfp, line));
}
template <class T> const T* kzalloc(u32 gfp, u32 extra = 0, int line = __builtin_LINE()) {
  return kmalloc<T>(gfp | __GFP_ZERO, extra, line);
}
inline const u8* kmallocBuffer(u32 size, u32 gfp, int line = __builtin_LINE()) { // plain bytes: packet data
  return static_cast<const u8*>(allocateBytes(size, TypeBuffer, gfp, line));
}
inline void kfree(const void* p, int line = __builtin_LINE()) {
  if (p) machine().slab().free(p, line);
}
inline void kmem_cache_free(const void* p, int line = __builtin_LINE()) { kfree(p, line); }
const char* kstrdup(const char* s, u32 gfp);
const void* kvmalloc_node(u32 size, TypeId type, u32 gfp, int line = __builtin_LINE());
void kvfree(const void* addr);
inline u32 ksize(const void* p) { return machine().slab().ksize(p); }

// A structure that lives on the running task's kernel stack: born with the scope, gone with it.
template <class T> class OnStack {
public:
  explicit OnStack(int line = __builtin_LINE());
  ~OnStack();
  OnStack(const OnStack&) = delete;
  const T* get() const { return m_object; }
  const T* operator->() const { return m_object; }
  const T& operator*() const { return *m_object; }
  operator const T*() const { return m_object; }

private:
  const T* m_object;
};
const void* stackRoom(u32 size); // from the running task's stack, or the softirq's
void giveStackBack(u32 size);
template <class T> OnStack<T>::OnStack(int line) : m_object(static_cast<const T*>(stackRoom(sizeof(T)))) {
  fillBytes(m_object, 0, sizeof(T), line);
}
template <class T> OnStack<T>::~OnStack() { giveStackBack(sizeof(T)); }

} // namespace sockwalk::kernel
