// Generic segmentation offload: one buffer of many segments goes down the stack and is cut up as late as possible, by
// the device if it can (TSO), else just before the driver. Source: net/core/{dev,gro,skbuff}.c, include/linux/skbuff.h.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

inline bool net_gso_ok(u64 features, int gso_type) {
  const u64 feature = u64(u32(gso_type)) << 16;
  return (features & feature) == feature;
}
inline bool skb_gso_ok(const sk_buff* skb, u64 features) {
  return net_gso_ok(features, static_cast<int>(skb_shinfo(skb)->gso_type)) &&
         (!skb_has_frag_list(skb) || features & NETIF_F_FRAGLIST);
}
inline bool netif_needs_gso(const sk_buff* skb, u64 features) {
  const bool summed = skb->ip_summed == CHECKSUM_PARTIAL || skb->ip_summed == CHECKSUM_UNNECESSARY;
  return skb_is_gso(skb) && (!skb_gso_ok(skb, features) || !summed);
}
bool skb_gso_validate_network_len(const sk_buff* skb, u32 mtu); // do the segments of it fit, once it is cut up?
// The segments as a list, which begins where `skb` did; nullptr: it need not be cut. An ERR_PTR if it cannot be.
const sk_buff* __skb_gso_segment(const sk_buff* skb, u64 features, bool tx_path);
inline const sk_buff* skb_gso_segment(const sk_buff* skb, u64 features) {
  return __skb_gso_segment(skb, features, true);
}
const sk_buff* skb_segment(const sk_buff* head_skb, u64 features);
const sk_buff* tcp_gso_segment(const sk_buff* skb, u64 features);

} // namespace sockwalk::kernel
