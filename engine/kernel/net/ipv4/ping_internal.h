// What the parts of ping.c share.
// Source: net/ipv4/ping.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int ping_v4_sendmsg(const sock* sk, const msghdr* msg, u64 len);

} // namespace sockwalk::kernel
