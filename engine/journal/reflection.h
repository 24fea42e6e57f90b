// From bytes to names: which member of which object an address is, and what its value reads as.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/memory/layout.h"
#include <optional>

namespace sockwalk {

TypeId typeNamed(std::string_view structure); // TypeNone if there is none

// An object at a moment: something from a slab, or a global of the kernel image.
struct ObjectRef {
  u32 offset = 0, size = 0;
  TypeId type = TypeNone;
  std::string name; // "tcp_sock #1", "sk_buff #7", "inet_stream_ops"
  explicit operator bool() const { return size != 0; }
  u64 address() const { return Arena::addressOf(offset); }
};
ObjectRef objectAt(const Playhead& at, u64 address);
ObjectRef objectOf(const Allocation& a);

// The smallest member that covers these bytes, anonymous groups apart; nullptr if none does.
const MemberInfo* innermostMember(const LayoutInfo& layout, u32 offset, u32 size);
// A structure that reads as the one number in it: refcount_t, atomic_t, possible_net_t.
bool isOneNumber(const LayoutInfo& layout);
// The members on the way to a byte of a structure, outermost first: sk -> sk_receive_queue -> qlen.
std::string memberPath(const LayoutInfo& layout, u32 offset, u32 size = 1);
// "sk_receive_queue.qlen of tcp_sock #1"; an address that nothing covers gives its number.
std::string describe(const Playhead& at, u64 address, u32 size = 1);
std::string addressText(u64 address); // 0xffff88800a1b2c70

// The value of one member as a person reads it: "TCP_LISTEN", "3", "NULL", "inet_stream_ops", "tcp_sock #1".
// `base`: where the structure begins in memory.
std::string valueText(const Playhead& at, const LayoutInfo& layout, const MemberInfo& member, u32 base);
// A number as its member means it: TCP_LISTEN, 10.0.2.15, a port in host order; nullopt: it is a plain number.
std::optional<std::string> numberName(const LayoutInfo& layout, const MemberInfo& member, s64 number);
// The same of a member that lies there: what a protocol's number means, the socket's family says.
std::optional<std::string> numberName(const Playhead& at, const LayoutInfo& layout, const MemberInfo& member, u32 base,
                                      s64 number);
std::string_view enumText(std::string_view enumeration, s64 value); // "" if none of its names has the value
// Integers, bit-fields, pointers; a pointer of four bytes as the address that the journal has for its target.
u64 readUnsigned(const Playhead& at, const MemberInfo& member, u32 base);
std::string pointerText(const Playhead& at, u64 address);

} // namespace sockwalk
