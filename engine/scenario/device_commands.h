// Commands of scripts that change devices, routes and what has no simple place among the sysctls. See commands.h.
#pragma once
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

// tc, ethtool, ip: what the suites use of them.
void runDeviceCommand(const std::vector<std::string>& words, Stage& stage);
// /sys/module/tcp_cubic/parameters/hystart
void setModuleParameter(Stage& stage, const std::string& path, const std::string& value);
// dd bs=N count=M of=PATH: a file of zeros, for sendfile().
void makeFile(const std::vector<std::string>& words, Stage& stage);
// Sysctls that are more than a number in the namespace. False: this is not one of them.
bool setNamedSysctl(Stage& stage, const std::string& name, const std::string& value, const std::string& ns);
bool isPassedOver(const std::string& name); // a sysctl that is taken, and changes nothing here

} // namespace sockwalk::scenario
