// Multicast group membership. Source: include/linux/igmp.h.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

void ip_mc_drop_socket(const sock* sk); // leaves every group that the socket joined

} // namespace sockwalk::kernel
