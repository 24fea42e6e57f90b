// Modules, as somebody at a shell has to do with them: modprobe, rmmod, and the two sysctls that forbid it. A module that a
// call asks for needs none of this.
#pragma once
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

bool isModuleCommand(const std::string& name); // modprobe, rmmod
void runModuleCommand(const std::vector<std::string>& words, Stage& stage);
// kernel.modprobe and kernel.modules_disabled. False: `name` is another sysctl.
bool setModuleSysctl(Stage& stage, const std::string& name, const std::string& value);

} // namespace sockwalk::scenario
