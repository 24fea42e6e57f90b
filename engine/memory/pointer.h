// What stands in simulated memory where the kernel has a pointer: eight bytes that hold a kernel address.
// Both read like C++ pointers and can only be changed by set(). They live in an arena and cannot be copied out:
// a copy on the host stack could not find its arena. `auto* sk = skb->sk.get()` is how to hold one.
#pragma once
#include "engine/memory/arena.h"
#include <string_view>

namespace sockwalk {

// The engine followed a null pointer: what the kernel reports as an Oops.
struct NullDereference {
  u32 where; // arena offset of the pointer that was null
};

template <class T> struct kptr {
  u64 value;
  kptr() = default;
  kptr(const kptr&) = delete;
  kptr& operator=(const kptr&) = delete;
  const T* get() const {
    return value ? reinterpret_cast<const T*>(Arena::baseOf(this) + static_cast<u32>(value)) : nullptr;
  }
  operator const T*() const { return get(); }
  const T* operator->() const {
    if (!value) throw NullDereference{Arena::offsetOf(this)};
    return get();
  }
};

// A slot named a function that this kernel does not simulate, and somebody called it.
struct UnbuiltFunction {
  std::string_view name;
};

// The host function behind a text address; throws NullDereference or UnbuiltFunction.
void* enterTableSlot(const void* slot, u64 address);

// A function pointer: the address of a symbol of the simulated kernel's text. Calling through it is an event that
// says which table and which slot was taken (see symbols.h for how the address becomes a function).
template <class F> struct kfn;
template <class R, class... A> struct kfn<R(A...)> {
  u64 value;
  kfn() = default;
  kfn(const kfn&) = delete;
  kfn& operator=(const kfn&) = delete;
  explicit operator bool() const { return value != 0; }
  R operator()(A... a) const { return reinterpret_cast<R (*)(A...)>(enterTableSlot(this, value))(a...); }
};

} // namespace sockwalk
