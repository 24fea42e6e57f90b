// Initial sequence numbers, timestamp offsets and ephemeral ports that an outsider cannot guess: keyed hashes of the
// two ends. Source: net/core/secure_seq.c, include/linux/siphash.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

u64 siphash(const void* data, u32 len, const siphash_key_t* key); // SipHash-2-4 (Aumasson and Bernstein 2012)
// Fills `size` bytes at `at` with random bytes the first time it is asked; `done` is the flag that says it was.
bool net_get_random_once(const void* at, u32 size, const u32& done);

u64 secure_ipv4_port_ephemeral(u32 saddr, u32 daddr, u16 dport);
u32 secure_tcp_seq_and_ts_off(const net* net, u32 saddr, u32 daddr, u16 sport, u16 dport, u32* tsoff);

} // namespace sockwalk::kernel
