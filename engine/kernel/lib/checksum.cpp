#include "engine/kernel/include/net/checksum.h"

namespace sockwalk::kernel {

// Words are added as they stand in memory: one's complement sums do not care for byte order.
u32 csum_partial_quiet(const void* buff, int len, u32 sum) {
  const u8* p = static_cast<const u8*>(buff);
  u64 total = sum;
  for (; len >= 4; p += 4, len -= 4) {
    u32 word;
    std::memcpy(&word, p, 4);
    total += word;
  }
  u32 rest = 0;
  std::memcpy(&rest, p, static_cast<size_t>(len));
  total += rest;
  total = (total & 0xffffffff) + (total >> 32);
  return static_cast<u32>(total + (total >> 32));
}

u32 csum_partial(const void* buff, int len, u32 sum) {
  KFUNC(csum_partial, buff, len, sum);
  return call.result(csum_partial_quiet(buff, len, sum));
}

u16 ip_fast_csum(const void* iph, u32 ihl) { return csum_fold(csum_partial_quiet(iph, static_cast<int>(ihl * 4), 0)); }

u16 ip_compute_csum(const void* buff, int len) { return csum_fold(csum_partial(buff, len, 0)); }

} // namespace sockwalk::kernel
