// The number behind an expression of a script or a console line.
#pragma once

#include "engine/scenario/script_error.h"

#include <cstdint>
#include <map>
#include <string>

namespace sockwalk::scenario {

/// What earlier console lines named: `fd = socket(...)` makes "fd" 3.
using Variables = std::map<std::string, std::int64_t, std::less<>>;

/// Integers, constants, variables (these win over constants), `A|B`, htons(N) and its like, inet_addr("A").
/// htons, htonl and inet_addr give what they give on x86-64: stored in little-endian order, the value's bytes
/// lie in network order. `...`, lists, structures, text and floats are errors with their place; `file` serves
/// messages.
ScriptResult<std::int64_t> evaluateInteger(const Expression& expression, const Variables& variables = {},
                                           const std::string& file = {});

} // namespace sockwalk::scenario
