// Initial sequence numbers, timestamp offsets and ephemeral ports that an outsider cannot guess: keyed hashes of the
// two ends. Source: net/core/secure_seq.c, include/linux/siphash.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

u64 secure_ipv4_port_ephemeral(u32 saddr, u32 daddr, u16 dport);
u32 secure_tcp_seq_and_ts_off(const net* net, u32 saddr, u32 daddr, u16 sport, u16 dport, u32* tsoff);

} // namespace sockwalk::kernel
