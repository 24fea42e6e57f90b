// The form of netlink messages, as data: which structure follows the header of a type of message, by which names its members
// are written and read, and what the numbers of its attributes are called. Scripts write messages with it
// (netlink_words.h), and what is told of messages reads them with it.
#pragma once
#include "engine/base/types.h"
#include <span>
#include <string>
#include <string_view>

namespace sockwalk::scenario {

struct NetlinkMember {
  std::string_view name; // in scripts and in what is told: "index"
  u8 offset, size;       // in the structure
  std::string_view
      kinds; // groups of constants that name its value, "a|b"; "ip", "port": in network byte order; "": a number
};

enum class AttributeKind : u8 { Bytes, Number, Ip, Text, Mac, Nested };
struct NetlinkAttribute {
  std::string_view name; // "IFLA_MTU"
  u16 type;
  AttributeKind kind;
  u8 size;                // of a number
  std::string_view inner; // of attributes: their group; "": none is known
};

// What the messages of one kind look like.
struct NetlinkForm {
  std::string_view structure; // "ifinfomsg"
  u8 size;                    // bytes of it
  std::span<const NetlinkMember> members;
  std::string_view attributes; // the group of constants of its attributes
};

constexpr u32 NetlinkHeaderSize = 16, NetlinkAttributeSize = 4;
constexpr u16 SockDestroy = 21; // SOCK_DESTROY, whose name is a socket's flag too
constexpr u32 netlinkAligned(u32 n) { return (n + 3) & ~3u; }

// By the type of message, and whether it is one of sock_diag, whose types have numbers of rtnetlink's; `answer`: of a message
// that the kernel sends. nullptr: nothing is known of such.
const NetlinkForm* netlinkForm(u16 type, bool sockDiag, bool answer);
NetlinkAttribute netlinkAttribute(std::string_view group, u16 type); // how one of the group is written
std::string netlinkTypeName(u16 type, bool sockDiag);
std::string netlinkFlagsText(u16 flags, u16 type, bool sockDiag); // NLM_F_REQUEST|NLM_F_DUMP

} // namespace sockwalk::scenario
