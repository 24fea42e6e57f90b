// Whether anybody listens to what the kernel tells.
// Source: include/linux/netlink.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int netlink_has_listeners(const sock* sk, u32 group); // sk: the kernel's own socket of the protocol

} // namespace sockwalk::kernel
