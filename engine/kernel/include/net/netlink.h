// Netlink: the socket family by which programs ask the kernel. Source: include/linux/netlink.h.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

int netlink_has_listeners(const sock* sk, u32 group); // sk: the kernel's own socket of the protocol

} // namespace sockwalk::kernel
