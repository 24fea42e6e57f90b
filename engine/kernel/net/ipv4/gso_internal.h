// The functions that the offload tables of IPv4 and TCP name.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

const sk_buff* inet_gso_segment(const sk_buff* skb, u64 features);
const sk_buff* tcp4_gso_segment(const sk_buff* skb, u64 features);

} // namespace sockwalk::kernel
