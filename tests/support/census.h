// Is everything given back? Ends all tasks of a machine, lets every timer run out, and holds memory against what it was
// after boot: what still lives, whose accounts are not settled, whose references were never dropped.
#pragma once
#include "engine/kernel/machine/machine.h"
#include <map>
#include <string>
#include <vector>

namespace sockwalk::testing {

/// Live objects by cache and type: "kmalloc-512 neighbour". Take it when the machine has booted.
using Census = std::map<std::string, u32>;
Census censusOf(const Journal& journal, EventIndex at);

/// What is wrong once `machine` has nothing left to do; empty if nothing is. `boot`: its census after boot.
/// Ends the machine's tasks by SIGKILL and passes an hour of simulated time.
std::vector<std::string> leaks(kernel::Machine& machine, const Census& boot);

} // namespace sockwalk::testing
