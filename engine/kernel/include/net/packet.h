// Packet sockets and their hook in the device layer. Source: include/linux/netdevice.h (dev_add_pack).
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

void dev_add_pack(const packet_type* pt);
void __dev_remove_pack(const packet_type* pt);

} // namespace sockwalk::kernel
