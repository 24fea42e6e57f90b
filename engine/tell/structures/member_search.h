// Which members of the objects that live at a moment have a name or hold a value: "sk_state", "sk_state = TCP_ESTABLISHED",
// "10.1.0.2", "8080", "0xffff88800a1b2c70".
#pragma once
#include "engine/tell/structures/rows.h"

namespace sockwalk::tell {

struct FoundMember {
  u64 address = 0;            // of the member
  std::string object, member; // "tcp_sock #1", "sk_state" or the member's path
  Text value;
};
// At most so many, the oldest object first. A number alone must have two digits, for what is 0 or 1 tells nothing.
std::vector<FoundMember> findMembers(const Playhead& at, std::string_view wish, size_t limit);

} // namespace sockwalk::tell
