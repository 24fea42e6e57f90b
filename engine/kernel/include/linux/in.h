#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

inline bool ipv4_is_loopback(u32 a) { return (ntohl(a) >> 24) == 127; }
inline bool ipv4_is_multicast(u32 a) { return (ntohl(a) >> 28) == 14; }
inline bool ipv4_is_local_multicast(u32 a) { return (ntohl(a) >> 8) == 0xe00000; }
inline bool ipv4_is_lbcast(u32 a) { return a == 0xffffffff; }
inline bool ipv4_is_zeronet(u32 a) { return a == 0; }

} // namespace sockwalk::kernel
