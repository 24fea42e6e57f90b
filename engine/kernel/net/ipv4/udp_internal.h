// What the parts of udp.c share.
// Source: net/ipv4/udp.c.
#pragma once
#include "engine/kernel/include/net/udp.h"
#include "engine/memory/constants/udp.h"

namespace sockwalk::kernel {

inline int udp_skb_truesize(const sk_buff* skb) {
  return static_cast<int>(udp_skb_scratch(skb)->_tsize_state & ~UDP_SKB_IS_STATELESS);
}

void udp_rmem_release(const sock* sk, int size, int partial, bool rx_queue_lock_held);

} // namespace sockwalk::kernel
