// Which members of the objects that live at a moment have a name or hold a value: "sk_state", "sk_state = TCP_ESTABLISHED",
// "10.1.0.2", "8080", "0xffff88800a1b2c70"; and where bytes lie that are no member's alone: "47 45 54 20", "\"GET\"".
#pragma once
#include "engine/tell/structures/rows.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct FoundMember {
  u64 address = 0;            // of the member
  std::string object, member; // "tcp_sock #1", "sk_state" or the member's path; "" in bytes that have no members
  Text value;
  std::string type; // of the object: "tcp_sock"; "": plain bytes
  Text how;         // "in the other byte order", "byte 36, in network byte order"; empty: it is simply so
};
// At most so many: members, the oldest object first, then the data of packets. A number is sought in either byte order. A number alone must have two digits, for what is 0 or 1 tells nothing.
std::vector<FoundMember> findMembers(const Playhead& at, std::string_view wish, size_t limit);

// What is found, for one who asks by `sockwalk tell FILE find VALUE`.
std::vector<std::string> lines(const std::vector<FoundMember>& found);
nlohmann::json json(const std::vector<FoundMember>& found);

} // namespace sockwalk::tell
