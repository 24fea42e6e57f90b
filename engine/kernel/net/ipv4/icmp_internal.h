// What the parts of icmp.c share.
// Source: net/ipv4/icmp.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// Answers `skb` with what icmp_param describes: header, and from where in which buffer the data comes.
void icmp_reply(const icmp_bxm* icmp_param, const sk_buff* skb);

} // namespace sockwalk::kernel
