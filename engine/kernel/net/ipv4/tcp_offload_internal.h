// What the parts of tcp_offload.c share.
// Source: net/ipv4/tcp_offload.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

const sk_buff* tcp4_gso_segment(const sk_buff* skb, u64 features);

} // namespace sockwalk::kernel
