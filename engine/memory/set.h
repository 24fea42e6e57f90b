// The one way to write simulated memory. Kernel objects are held by pointer to const, so a plain assignment does not
// compile; these functions change the bytes and put address, old and new value and the source line on the journal.
#pragma once
#include "engine/memory/pointer.h"
#include "engine/memory/symbols.h"
#include <cstring>
#include <type_traits>

namespace sockwalk {

// All writes go through here. `n` is a constant nearly always, so that the silent way is one store.
[[gnu::always_inline]] inline void writeMemory(const void* to, const void* bytes, u32 n, int line) {
  if (!Arena::baseOf(to)) throw NullDereference{Arena::offsetOf(to)}; // a member of an object that is not there
  if (Arena::silent(to)) std::memmove(const_cast<void*>(to), bytes, n);
  else Arena::sinkOf(to).write(Arena::offsetOf(to), bytes, n, line);
}

template <class T> inline constexpr bool isScalar = std::is_integral_v<T> || std::is_enum_v<T>;

// A scalar member: set(sk->sk_state, TCP_LISTEN).
template <class T, class V>
requires isScalar<T>
void set(const T& field, V value, int line = __builtin_LINE()) {
  const T v = static_cast<T>(value);
  writeMemory(&field, &v, sizeof v, line);
}
// A pointer member: set(sock->sk, sk).
template <class T> void set(const kptr<T>& field, std::type_identity_t<const T*> target, int line = __builtin_LINE()) {
  const u64 v = Arena::address(target);
  writeMemory(&field, &v, sizeof v, line);
}
// A function pointer of a table: set(ops->bind, fn<inet_bind>), or unbuilt<"inet_ioctl"> for a function that this
// kernel does not have yet: it shows its name and says so when called.
template <class F> void set(const kfn<F>& field, const TypedSymbol<F>& symbol, int line = __builtin_LINE()) {
  const u64 v = symbol.address();
  writeMemory(&field, &v, sizeof v, line);
}
template <class F> void set(const kfn<F>& field, const NamedSymbol& symbol, int line = __builtin_LINE()) {
  const u64 v = symbol.address();
  writeMemory(&field, &v, sizeof v, line);
}
template <class F> void set(const kfn<F>& field, std::nullptr_t, int line = __builtin_LINE()) {
  const u64 v = 0;
  writeMemory(&field, &v, sizeof v, line);
}
template <class F> void set(const kfn<F>& field, const kfn<F>& from, int line = __builtin_LINE()) {
  writeMemory(&field, &from.value, sizeof from.value, line);
}

// A bit-field, named by its descriptor: set(skb, sk_buff::bit::cloned, 1).
template <class S> struct Bits {
  u16 offset; // of the storage unit in S
  u8 shift;   // lowest bit in it
  u8 width;   // bits
  u8 unit;    // bytes of the storage unit
};
template <class S, class V> void set(const S* object, Bits<S> b, V value, int line = __builtin_LINE()) {
  const u8* at = reinterpret_cast<const u8*>(object) + b.offset + b.shift / 8;
  const u32 shift = b.shift % 8, size = (shift + b.width + 7) / 8;
  u64 word = 0;
  std::memcpy(&word, at, size);
  const u64 mask = ((1ull << b.width) - 1) << shift;
  word = (word & ~mask) | (static_cast<u64>(value) << shift & mask);
  writeMemory(at, &word, size, line);
}

template <class T, class V>
requires std::is_integral_v<T> T add(const T& field, V by, int line = __builtin_LINE()) {
  set(field, static_cast<T>(field + by), line);
  return field;
}
template <class T, class V>
requires std::is_integral_v<T> T sub(const T& field, V by, int line = __builtin_LINE()) {
  set(field, static_cast<T>(field - by), line);
  return field;
}
// A byte pointer that moves: advance(skb->data, -14).
template <class T> const T* advance(const kptr<T>& field, s64 bytes, int line = __builtin_LINE()) {
  const u64 v = field.value + static_cast<u64>(bytes);
  writeMemory(&field, &v, sizeof v, line);
  return field.get();
}

// `n` bytes at `to`, which lies in an arena; `from` may be anywhere.
inline void setBytes(const void* to, const void* from, u32 n, int line = __builtin_LINE()) {
  if (n) writeMemory(to, from, n, line);
}
inline void fillBytes(const void* to, u8 value, u32 n, int line = __builtin_LINE()) {
  if (n) Arena::sinkOf(to).fill(Arena::offsetOf(to), value, n, line);
}
// A whole structure from another of the same type.
template <class T> void copy(const T* to, const T* from, int line = __builtin_LINE()) {
  setBytes(to, from, sizeof(T), line);
}

} // namespace sockwalk
