// The names of Linux's constants, from the one table of them (assets/constants): what a value is called wherever it is
// shown, and what scripts may write. The C++ names come from the same table: engine/memory/constants/*.h.
#pragma once
#include "engine/base/types.h"
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sockwalk {

struct EnumValue {
  std::string_view name;
  s64 value;
};

/// Constants that belong together: the states of TCP, the flags of open().
struct ConstantGroup {
  std::string_view name;
  bool script;                               ///< scripts and the console may write them
  bool flags;                                ///< bits, of which a value holds several
  bool network;                              ///< `members` hold them in network byte order
  bool bits;                                 ///< `members` are sets, the values the numbers of their bits
  std::span<const EnumValue> values;         ///< of two names of a value the usual one stands first
  std::span<const EnumValue> words;          ///< packetdrill's own words for the values
  std::span<const std::string_view> members; ///< "sock_common.skc_state": where these values live
};

std::span<const ConstantGroup> constantGroups();
const ConstantGroup* constantGroup(std::string_view name); ///< nullptr if there is none

/// TCP_LISTEN, "" if no constant of the group has the value; of flags A|B|0x40, "" for none at all.
std::string constantText(const ConstantGroup& group, u64 value);
/// The same of a group by its name, or of two, "a|b": the second names what the first does not.
std::string constantText(std::string_view groups, u64 value);
/// Flags of open(): the access mode first, O_RDWR|O_NONBLOCK.
std::string openFlagsText(u64 flags);
/// What a member's value is called, where it has a name: memberConstant("sock_common", "skc_state", 10) is TCP_LISTEN.
std::optional<std::string> memberConstant(std::string_view structure, std::string_view member, s64 value);

} // namespace sockwalk
