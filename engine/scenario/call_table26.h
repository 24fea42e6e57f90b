// The calls that a script can make on a machine of 2.6, and what it is told of the rest.
#pragma once
#include "engine/base/era.h"
#include "engine/scenario/call_table.h"
#include "engine/scenario/script.h"

namespace sockwalk::scenario {

const CallShape* callNamed(std::string_view name, Era era);
std::string noCallNamed(const std::string& name, Era era);

// Why the Linux of 2.6 cannot play this line of a script; "" if it can.
std::string refusedBy26(const Action& action);
// Why it cannot play this script at all.
std::string refusedBy26(const Script& script);

} // namespace sockwalk::scenario
