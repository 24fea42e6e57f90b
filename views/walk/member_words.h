// Members and numbers as kernel source would name them; the vocabulary of words.cpp.
#pragma once
#include "views/walk/words.h"

namespace sockwalk {

// The innermost member that covers some bytes of an object, and how source code would write it.
struct NamedMember {
  QString text;                       // "sk->sk_receive_queue.qlen"
  const LayoutInfo* layout = nullptr; // of the structure that the member stands in
  const MemberInfo* member = nullptr; // nullptr: no member begins and ends there
};
NamedMember memberAt(const Playhead& at, u64 address, u32 size);
// These bytes, read as the member they belong to.
QString memberValue(const Playhead& at, const NamedMember& member, const u8* bytes, u32 size);
// The name of a number: constantWords("AF_", 2) is AF_INET; the bare number where there is none.
QString constantWords(std::string_view prefix, s64 value);

} // namespace sockwalk
