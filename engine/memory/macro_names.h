// Names that the kernel's source has for members of an inner structure, by macros: sk->sk_state is written for
// sk->__sk_common.skc_state. A reader knows a member by such a name, so it must be found under it.
// Source: include/net/sock.h, inet_sock.h, request_sock.h, inet_timewait_sock.h.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sockwalk {

struct MacroName {
  std::string_view holder; // the member through which the macro reaches in: "__sk_common"
  std::string_view macro;  // "sk_state"
  std::string_view member; // of the inner structure: "skc_state"
};

std::span<const MacroName> macroNames();

// The names by which source code knows `member`, reached through the member `holder`; none for most.
std::vector<std::string_view> macrosFor(std::string_view holder, std::string_view member);

} // namespace sockwalk
