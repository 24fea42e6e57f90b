// Bits of a map that is made of words of 64.
// Source: include/linux/bitops.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

inline bool test_bit(u32 n, const u64* bits) { return bits[n / 64] >> n % 64 & 1; }

} // namespace sockwalk::kernel
