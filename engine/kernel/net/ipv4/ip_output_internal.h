// What the parts of ip_output.c share.
#pragma once
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/net/ip.h"

namespace sockwalk::kernel {

int ip_finish_output2(const net* net, const sock* sk, const sk_buff* skb);
int sendBuilt(const net* net, const sk_buff* skb); // ip_send_skb(), where the compiler inlined it
constexpr u32 IPCORK_OPT = 1;

} // namespace sockwalk::kernel
