// What the parts of ip_output.c share.
#pragma once
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/net/ip.h"

namespace sockwalk::kernel {

int ip_finish_output2(const net* net, const sock* sk, const sk_buff* skb);
int sendBuilt(const net* net, const sk_buff* skb); // ip_send_skb(), where the compiler inlined it

// ---- the two halves of ip_append_data()
int ip_setup_cork(const sock* sk, const inet_cork* cork, const ipcm_cookie* ipc, const rtable** rtp);
int __ip_append_data(const sock* sk, const flowi4* fl4, const sk_buff_head* queue, const inet_cork* cork,
                     getfrag_t getfrag, const void* from, int length, int transhdrlen, u32 flags);

} // namespace sockwalk::kernel
