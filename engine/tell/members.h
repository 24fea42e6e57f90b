// Members and their values, as kernel source would write them.
#pragma once
#include "engine/journal/reflection.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

// The innermost member that covers some bytes of an object, and how source code would write it.
struct NamedMember {
  std::string text;                   // "sk->sk_receive_queue.qlen"
  const LayoutInfo* layout = nullptr; // of the structure that the member stands in
  const MemberInfo* member = nullptr; // nullptr: no member begins and ends there
  u32 inside = 0;                     // where in it the bytes begin
  u32 owner = 0;                      // where in memory that structure begins
};
NamedMember memberAt(const Playhead& at, u64 address, u32 size);
// The same of bytes that were written: of bit-fields that share a byte, the one that changed.
NamedMember memberWritten(const Playhead& at, u64 address, u32 size, const u8* before, const u8* after);
// "sk->sk_state" for a byte of a tcp_sock, "sock->ops" for one of a socket.
std::string memberName(const Playhead& at, u64 address, u32 size);
// These bytes, read as the member they belong to.
std::string memberValue(const Playhead& at, const NamedMember& member, const u8* bytes, u32 size);

} // namespace sockwalk::tell
