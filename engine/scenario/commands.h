// What a script sets the machine up with: commands between back quotes, //@limit, //@capability. Sockwalk runs no shell:
// it understands what the suites use and throws a PlayError, without a place, for anything else.
#pragma once
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

[[noreturn]] void refuseUnasked(const std::string& sysctl); // nothing in this kernel asks for it
void runCommand(const std::string& text, Stage& stage);
void setLimit(Stage& stage, const std::string& name, s64 value); // nofile, file_max
void setCapability(Stage& stage, kernel::TaskId task, const std::string& name, bool on);
// Of the network namespace `ns`, "" the first.
void setSysctl(Stage& stage, const std::string& name, const std::string& value, const std::string& ns = "");
void runSysctlIn(const std::vector<std::string>& words, Stage& stage, const std::string& ns);

} // namespace sockwalk::scenario
