#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

inline const iphdr* ip_hdr(const sk_buff* skb) {
  return reinterpret_cast<const iphdr*>(skb->head.get() + skb->network_header);
}
// The first byte of the header: version above, length in words below.
inline u32 ip_hdr_length(const iphdr* iph) { return (reinterpret_cast<const u8*>(iph)[0] & 15) * 4; }

} // namespace sockwalk::kernel
