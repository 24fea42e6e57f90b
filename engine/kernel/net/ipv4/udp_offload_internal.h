// What the parts of udp_offload.c share.
// Source: net/ipv4/udp_offload.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

const sk_buff* udp4_ufo_fragment(const sk_buff* skb, u64 features);

} // namespace sockwalk::kernel
