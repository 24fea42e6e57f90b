// The lock of everything that is configured: addresses, routes, groups. Source: include/linux/rtnetlink.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void rtnl_lock();
void rtnl_unlock(); // and what was put off until nobody holds it
bool rtnl_is_locked();

} // namespace sockwalk::kernel
