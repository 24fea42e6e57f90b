// Whether a socket wants a packet.
// Source: include/linux/filter.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int sk_filter_trim_cap(const sock* sk, const sk_buff* skb, u32 cap); // 0: the socket wants the packet

} // namespace sockwalk::kernel
