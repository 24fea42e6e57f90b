// What the halves of net/core/dev.c know of one another.
// Source: net/core/dev.c, net/core/dev.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void dev_addr_init(const net_device* dev); // dev_addr points at dev_addr_shadow
void net_tx_action(const softirq_action* h);

void net_rx_action(const softirq_action* h);
int __netif_receive_skb(const sk_buff* skb);

} // namespace sockwalk::kernel
