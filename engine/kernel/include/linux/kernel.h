// Small things that every file of the kernel uses: byte order, error numbers, reference counts, atomics.
#pragma once
#include "engine/kernel/machine/machine.h"
#include <cerrno>

namespace sockwalk::kernel {

constexpr u16 htons(u16 v) { return __builtin_bswap16(v); }
constexpr u16 ntohs(u16 v) { return __builtin_bswap16(v); }
constexpr u32 htonl(u32 v) { return __builtin_bswap32(v); }
constexpr u32 ntohl(u32 v) { return __builtin_bswap32(v); }

#define BUG_ON(condition)                                                                                              \
  do {                                                                                                                 \
    if (condition) ::sockwalk::kernel::panic(#condition, __LINE__);                                                    \
  } while (0)

// An error number as a pointer, and back: how a function gives an object or says why there is none. The pointer
// is outside of any arena and must only be asked, never followed.
template <class T = void> const T* ERR_PTR(long error) { return reinterpret_cast<const T*>(error); }
inline bool IS_ERR(const void* p) { return reinterpret_cast<u64>(p) >= static_cast<u64>(-4095L); }
inline long PTR_ERR(const void* p) { return reinterpret_cast<long>(p); }

inline void atomic_set(const atomic_t* v, int n, int line = __builtin_LINE()) { set(v->counter, n, line); }
inline int atomic_read(const atomic_t* v) { return v->counter; }
inline int atomic_add_return(int n, const atomic_t* v, int line = __builtin_LINE()) { return add(v->counter, n, line); }
inline void atomic_inc(const atomic_t* v, int line = __builtin_LINE()) { add(v->counter, 1, line); }
inline bool atomic_dec_and_test(const atomic_t* v, int line = __builtin_LINE()) {
  return sub(v->counter, 1, line) == 0;
}

inline void refcount_set(const refcount_struct* r, int n, int line = __builtin_LINE()) {
  atomic_set(&r->refs, n, line);
}
inline int refcount_read(const refcount_struct* r) { return atomic_read(&r->refs); }
inline void refcount_inc(const refcount_struct* r, int line = __builtin_LINE()) {
  BUG_ON(refcount_read(r) <= 0);
  atomic_inc(&r->refs, line);
}
inline bool refcount_sub_and_test(int n, const refcount_struct* r, int line = __builtin_LINE()) {
  BUG_ON(refcount_read(r) < n);
  return sub(r->refs.counter, n, line) == 0;
}
inline bool refcount_dec_and_test(const refcount_struct* r, int line = __builtin_LINE()) {
  return refcount_sub_and_test(1, r, line);
}

} // namespace sockwalk::kernel
