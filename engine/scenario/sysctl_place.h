// Where the numbers of a sysctl stand in a network namespace.
#pragma once
#include "engine/base/types.h"
#include <optional>
#include <string>

namespace sockwalk::scenario {

struct SysctlPlace {
  u32 offset = 0;          // in struct net
  u32 count = 1, each = 4; // numbers, bytes of one
};
// By the name that sysctl(8) has for it: "net.ipv4.tcp_max_syn_backlog". Nothing: there is none, or it is no number.
std::optional<SysctlPlace> sysctlPlace(const std::string& name);
// False: the member is there, and nothing in this kernel asks for it (tests/habits/settings_test.py looks).
bool sysctlIsAskedFor(const std::string& name);

} // namespace sockwalk::scenario
