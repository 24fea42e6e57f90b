// Labels of packets (CIPSO): who may read them, as an option of IP.
// Source: include/net/cipso_ipv4.h, net/ipv4/cipso_ipv4.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// Which byte of the option is at fault, counted from its first; -1: none.
int cipso_v4_validate(const sk_buff* skb, const u8* option);

} // namespace sockwalk::kernel
