// The internet checksum (RFC 1071): the one's complement sum of 16-bit words. It can be summed in any order, in parts,
// and corrected for a change without reading the rest; the type does not tell it, but __wsum is a 32-bit partial sum
// and __sum16 the folded and inverted result.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

u32 csum_partial(const void* buff, int len, u32 sum);
u16 ip_fast_csum(const void* iph, u32 ihl); // of `ihl` 32-bit words
u16 ip_compute_csum(const void* buff, int len);
u32 csum_partial_quiet(const void* buff, int len, u32 sum); // the sum itself, where the kernel inlines it

constexpr u32 csum_add(u32 a, u32 b) {
  const u32 sum = a + b;
  return sum + (sum < b);
}
constexpr u32 csum_sub(u32 a, u32 b) { return csum_add(a, ~b); }
constexpr u16 csum_fold(u32 sum) {
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<u16>(~sum);
}
constexpr u32 csum_unfold(u16 n) { return n; }
constexpr u32 csum_shift(u32 sum, int offset) { return offset & 1 ? (sum >> 8) | (sum << 24) : sum; }
constexpr u32 csum_block_add(u32 csum, u32 csum2, int offset) { return csum_add(csum, csum_shift(csum2, offset)); }
constexpr u32 csum_block_sub(u32 csum, u32 csum2, int offset) { return csum_block_add(csum, ~csum2, offset); }
// The pseudo header of TCP and UDP: addresses as on the wire, length and protocol of the datagram.
constexpr u32 csum_tcpudp_nofold(u32 saddr, u32 daddr, u32 len, u8 proto, u32 sum) {
  u64 s = u64(saddr) + daddr + (u64(proto + len) << 8) + sum;
  s = (s & 0xffffffff) + (s >> 32);
  return static_cast<u32>(s + (s >> 32));
}
constexpr u16 csum_tcpudp_magic(u32 saddr, u32 daddr, u32 len, u8 proto, u32 sum) {
  return csum_fold(csum_tcpudp_nofold(saddr, daddr, len, proto, sum));
}

// A new pseudo header sum in place of `check`: `delta` corrects the length in it.
inline u16 pseudoFor(u16 check, u32 delta) { return static_cast<u16>(~csum_fold(csum_add(csum_unfold(check), delta))); }

} // namespace sockwalk::kernel
