#pragma once
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

// The first byte of the header: version above, length in words below.
inline u32 ip_hdr_length(const iphdr* iph) { return (reinterpret_cast<const u8*>(iph)[0] & 15) * 4; }

} // namespace sockwalk::kernel
