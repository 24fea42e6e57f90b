// Groups of packet sockets (PACKET_FANOUT): the group is hooked into the device layer instead of its members, and hands each
// frame to one of them. So several processes share the work of one wire.
// Source: net/packet/af_packet.c, include/uapi/linux/if_packet.h.
#pragma once
#include "engine/kernel/net/packet/internal.h"

namespace sockwalk::kernel {

void image_packet_fanout();
int fanout_add(const sock* sk, u32 idAndType, u32 most); // most: members at once; 0: 256
void fanout_release(const sock* sk);                     // when the socket goes
u32 fanoutOf(const packet_sock* po);                     // as PACKET_FANOUT tells it; 0: it is in no group
// A member begins to take frames, or takes none any more.
void __fanout_link(const sock* sk, const packet_sock* po);
void __fanout_unlink(const sock* sk, const packet_sock* po);

} // namespace sockwalk::kernel
