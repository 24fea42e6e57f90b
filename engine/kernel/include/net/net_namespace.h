// A network namespace: one struct net holds everything that one "machine" of the network has.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

extern Global<net> init_net; // the first one

} // namespace sockwalk::kernel
