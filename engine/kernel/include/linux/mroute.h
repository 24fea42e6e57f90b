// Routing of multicast packets, as far as it begins.
// Source: include/linux/mroute.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int ip_mr_init(); // ipmr.cpp

} // namespace sockwalk::kernel
