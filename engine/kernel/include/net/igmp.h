// Multicast group membership. Source: include/linux/igmp.h.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

void ip_mc_drop_socket(const sock* sk); // leaves every group that the socket joined

// Whether the interface is in a group (network order) for packets from `src_addr`.
int ip_check_mc_rcu(const in_device* in_dev, u32 mc_addr, u32 src_addr, u8 proto);

} // namespace sockwalk::kernel
