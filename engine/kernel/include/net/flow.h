// What routing is asked by: addresses, ports, marks of a flow.
// Source: include/net/flow.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// Fills a flow that a sender asks a route for.
void flowi4_init_output(const flowi4* fl4, int oif, u32 mark, u8 tos, u8 scope, u8 proto, u8 flags, u32 daddr,
                        u32 saddr, u16 dport, u16 sport, u32 uid);
void flowi4_update_output(const flowi4* fl4, int oif, u8 tos, u32 daddr, u32 saddr);

} // namespace sockwalk::kernel
