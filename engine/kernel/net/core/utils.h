// A checksum corrected for a change, without summing the rest again (RFC 1624). Source: include/net/checksum.h,
// net/core/utils.c.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

// Four bytes went from `from` to `to`, somewhere that `sum` covers.
void csum_replace4(const u16& sum, u32 from, u32 to);
// The same for the sum of a transport header. `pseudohdr`: they stand in the pseudo header, which is all that a sum which is
// left to the card has of the packet so far.
void inet_proto_csum_replace4(const u16* sum, const sk_buff* skb, u32 from, u32 to, bool pseudohdr);
inline void inet_proto_csum_replace2(const u16* sum, const sk_buff* skb, u16 from, u16 to, bool pseudohdr) {
  inet_proto_csum_replace4(sum, skb, from, to, pseudohdr);
}

} // namespace sockwalk::kernel
