// `ring FD back N`: the program has read frame N of the ring of its packet socket FD (of version 3, block N), and gives it
// back by writing TP_STATUS_KERNEL into the status word. No system call does that: the program has the memory mapped.
#pragma once
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

void runRingCommand(const std::vector<std::string>& words, Stage& stage); // throws PlayError

} // namespace sockwalk::scenario
