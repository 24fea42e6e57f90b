// What every file of the 2.6 wing uses: its own structures, its globals, atomics and locks.
//
// The wing is a kernel of its own beside engine/kernel: same machine, same journal, other structures (32 bits) and other
// functions. Of engine/kernel it takes the machine, the tracing and the constants, by the directive below; a name that the
// wing has too is the wing's.
#pragma once
#include "engine/kernel/machine/machine.h"
#include "engine/memory/structures_kernel26.h"
#include <cerrno>

namespace sockwalk::kernel26 {

using namespace kernel;

// A global object of this kernel's image, and a name for a slot whose function the wing does not have.
template <class T> struct Global26 : Global<T> {
  explicit Global26(std::string_view name) : Global<T>(name, Era::Linux26) {}
};
template <FixedString Name> struct RegisteredName26 {
  static inline TextSymbol symbol{Name.view(), nullptr, Era::Linux26};
};
template <FixedString Name> inline const NamedSymbol unbuilt26{&RegisteredName26<Name>::symbol};

inline const task_struct* current() { return currentTask().task26; }

inline void atomic_set(const atomic_t* v, int n, int line = __builtin_LINE()) { set(v->counter, n, line); }
inline int atomic_read(const atomic_t* v) { return v->counter; }
inline void atomic_inc(const atomic_t* v, int line = __builtin_LINE()) { add(v->counter, 1, line); }
inline void atomic_dec(const atomic_t* v, int line = __builtin_LINE()) { sub(v->counter, 1, line); }
inline bool atomic_dec_and_test(const atomic_t* v, int line = __builtin_LINE()) {
  return sub(v->counter, 1, line) == 0;
}

// A spinlock of i386 is 1 while it is free. There is one processor here, so nobody ever spins: locks are set up, and taken
// only where taking them is part of the story.
inline void spin_lock_init(const spinlock_t* l, int line = __builtin_LINE()) { set(l->lock, 1, line); }
inline void spin_lock(const spinlock_t* l, int line = __builtin_LINE()) {
  if (l->lock != 1) panic("a spinlock is taken twice", line);
  set(l->lock, 0, line);
}
inline void spin_unlock(const spinlock_t* l, int line = __builtin_LINE()) { set(l->lock, 1, line); }
inline void rwlock_init(const rwlock_t* l, int line = __builtin_LINE()) { set(l->lock, 0x01000000, line); }

constexpr u16 htons26(u16 v) { return __builtin_bswap16(v); }

} // namespace sockwalk::kernel26
