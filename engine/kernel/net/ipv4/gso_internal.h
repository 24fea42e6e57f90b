// The functions that the offload tables of IPv4 and TCP name.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

const sk_buff* inet_gso_segment(const sk_buff* skb, u64 features);
const sk_buff* tcp4_gso_segment(const sk_buff* skb, u64 features);
const sk_buff* udp4_ufo_fragment(const sk_buff* skb, u64 features);

// A new pseudo header sum in place of `check`: `delta` corrects the length in it.
inline u16 pseudoFor(u16 check, u32 delta) { return static_cast<u16>(~csum_fold(csum_add(csum_unfold(check), delta))); }

} // namespace sockwalk::kernel
