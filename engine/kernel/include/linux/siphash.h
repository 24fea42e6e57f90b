// SipHash: a hash that nobody predicts without its key.
// Source: include/linux/siphash.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

u64 siphash(const void* data, u32 len, const siphash_key_t* key); // SipHash-2-4 (Aumasson and Bernstein 2012)

} // namespace sockwalk::kernel
