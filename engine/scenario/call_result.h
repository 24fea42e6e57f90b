// The result of a system call as strace writes it: "3", "-1 EAGAIN".
#pragma once
#include "engine/scenario/constants.h"
#include <string>

namespace sockwalk::scenario {

inline std::string resultText(std::int64_t result) {
  return result < 0 ? "-1 " + std::string(errnoName(static_cast<int>(result))) : std::to_string(result);
}

} // namespace sockwalk::scenario
