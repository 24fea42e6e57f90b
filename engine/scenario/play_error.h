// What stops one event of a script from being played. Thrown inside this folder only; a player turns it into a Failure.
#pragma once
#include "engine/scenario/script.h"
#include <string>

namespace sockwalk::scenario {

struct PlayError {
  Position position;
  std::string what;
};

} // namespace sockwalk::scenario
