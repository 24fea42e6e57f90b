// A sysctl of every host at once: of all the network namespaces that there are, and of those that are made from now on.
// `sysctl --everywhere NAME=VALUE`, which whoever compares two runs says before the second begins.
#pragma once
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

// Throws PlayError where no namespace has it, or where it is one that is passed over.
void setSysctlEverywhere(Stage& stage, const std::string& name, const std::string& value);
void setSysctlsOfNew(Stage& stage, const std::string& ns); // the namespace has just been made

} // namespace sockwalk::scenario
