// Pointers of a 32-bit kernel: four bytes, with the addresses that an i386 of 2.6 has. They find their targets from their
// own place as the wide ones do (pointer.h), for the arena is 4 GiB of memory that lies on a multiple of 4 GiB.
//
//   offset in the arena       address of then                    what is there
//   0x01000000 - 0x3fffffff   0xc1000000 - 0xffffffff            the direct map, and kernel stacks: PAGE_OFFSET is 0xc0000000
//   0x81000000 - 0x812fffff   0xc0100000 - 0xc03fffff            text of the kernel image, at 1 MiB as the linker has it
//   0x82000000 - 0x82bfffff   0xc0400000 - 0xc0ffffff            its data
//   0xc0000000 - 0xefffffff   0x08000000 - 0x37ffffff            user memory, where programs of i386 begin
#pragma once
#include "engine/memory/pointer.h"
#include "engine/memory/set.h"

namespace sockwalk {

struct Address32 {
  static constexpr u32 PageOffset = 0xc0000000, Text = 0xc0100000, Data = 0xc0400000, Direct = 0xc1000000;
  static constexpr u32 User = 0x08000000;

  static constexpr u32 ofOffset(u32 offset) {
    if (!offset) return 0;
    if (offset >= Arena::UserBegin) return offset - Arena::UserBegin + User;
    if (offset >= Arena::DataBegin) return offset - Arena::DataBegin + Data;
    if (offset >= Arena::TextBegin) return offset - Arena::TextBegin + Text;
    return offset + PageOffset;
  }
  static constexpr u32 offsetOf(u32 address) {
    if (address >= Direct) return address - PageOffset;
    if (address >= Data) return address - Data + Arena::DataBegin;
    if (address >= Text) return address - Text + Arena::TextBegin;
    return address >= User ? address - User + Arena::UserBegin : 0;
  }
  // The address by which the journal and all that reads it know the same place; 0 for none.
  static constexpr u64 wide(u32 address) {
    const u32 offset = offsetOf(address);
    return offset ? Arena::addressOf(offset) : 0;
  }
  static constexpr u32 narrow(u64 wide) { return ofOffset(static_cast<u32>(wide)); }
  static u32 of(const void* p) { return p ? ofOffset(Arena::offsetOf(p)) : 0; }
};

template <class T> struct kptr32 {
  u32 value;
  kptr32() = default;
  kptr32(const kptr32&) = delete;
  kptr32& operator=(const kptr32&) = delete;
  const T* get() const {
    return value ? reinterpret_cast<const T*>(Arena::baseOf(this) + Address32::offsetOf(value)) : nullptr;
  }
  operator const T*() const { return get(); }
  const T* operator->() const {
    if (!value) throw NullDereference{Arena::offsetOf(this)};
    return get();
  }
};

template <class F> struct kfn32;
template <class R, class... A> struct kfn32<R(A...)> {
  u32 value;
  kfn32() = default;
  kfn32(const kfn32&) = delete;
  kfn32& operator=(const kfn32&) = delete;
  explicit operator bool() const { return value != 0; }
  R operator()(A... a) const {
    return reinterpret_cast<R (*)(A...)>(enterTableSlot(this, Address32::wide(value)))(a...);
  }
};

template <class T>
void set(const kptr32<T>& field, std::type_identity_t<const T*> target, int line = __builtin_LINE()) {
  const u32 v = Address32::of(target);
  writeMemory(&field, &v, sizeof v, line);
}
template <class F> void set(const kfn32<F>& field, const TypedSymbol<F>& symbol, int line = __builtin_LINE()) {
  const u32 v = Address32::narrow(symbol.address());
  writeMemory(&field, &v, sizeof v, line);
}
template <class F> void set(const kfn32<F>& field, const NamedSymbol& symbol, int line = __builtin_LINE()) {
  const u32 v = Address32::narrow(symbol.address());
  writeMemory(&field, &v, sizeof v, line);
}
template <class F> void set(const kfn32<F>& field, std::nullptr_t, int line = __builtin_LINE()) {
  const u32 v = 0;
  writeMemory(&field, &v, sizeof v, line);
}
template <class F> void set(const kfn32<F>& field, const kfn32<F>& from, int line = __builtin_LINE()) {
  writeMemory(&field, &from.value, sizeof from.value, line);
}

} // namespace sockwalk
