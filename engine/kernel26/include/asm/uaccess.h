// User memory, as the kernel of then reaches it. Source: include/asm-i386/uaccess.h.
#pragma once
#include "engine/kernel26/include/linux/kernel.h"

namespace sockwalk::kernel26 {

// Bytes that could not be copied: 0 is success. `from`: the address as the journal has it.
inline u32 copy_from_user(const void* to, u64 from, u32 n, int line = __builtin_LINE()) {
  const u64 begin = Arena::addressOf(Arena::UserBegin), end = Arena::addressOf(Arena::UserEnd - 1) + 1;
  if (from < begin || from >= end || n > end - from) return n;
  setBytes(to, t_arena->at(static_cast<u32>(from)), n, line);
  return 0;
}

// A structure, or an array of words, on the running task's kernel stack.
template <class T, u32 Count = 1> class OnStack26 {
public:
  explicit OnStack26(int line = __builtin_LINE()) : m_top(machine().stackTop()), m_at(t_arena->at(m_top)) {
    machine().stackTop() += (sizeof(T) * Count + 15) & ~15u;
    fillBytes(m_at, 0, sizeof(T) * Count, line);
  }
  ~OnStack26() { machine().stackTop() = m_top; }
  OnStack26(const OnStack26&) = delete;
  const T* get() const { return reinterpret_cast<const T*>(m_at); }
  const T* operator->() const { return get(); }
  const T& operator[](u32 i) const { return get()[i]; }
  operator const T*() const { return get(); }

private:
  const u32 m_top;
  const u8* const m_at;
};

} // namespace sockwalk::kernel26
