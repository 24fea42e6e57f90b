// What is remembered of a peer by its address: how many errors it was told of late.
// Source: include/net/inetpeer.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// What we know of a far host: how many ICMP errors it may still get. Source: net/ipv4/inetpeer.c.
const u64* inet_getpeer(const net* net, u32 daddr);
bool inet_peer_xrlim_allow(const u64* peer, int timeout);

} // namespace sockwalk::kernel
