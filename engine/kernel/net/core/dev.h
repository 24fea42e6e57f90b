// What the halves of net/core/dev.c know of one another.
// Source: net/core/dev.c, net/core/dev.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void dev_addr_init(const net_device* dev); // dev_addr points at dev_addr_shadow
void net_tx_action(const softirq_action* h);

void net_rx_action(const softirq_action* h);
int __netif_receive_skb(const sk_buff* skb);

// ---- dev_change.cpp: changes of which the rest of the network is told
void tellDevice(u64 event, const net_device* dev);
int dev_start(const net_device* dev); // what __dev_open() does; telling is the caller's
int dev_set_mtu_ext(const net_device* dev, u32 new_mtu, const netlink_ext_ack* extack);
int dev_change_flags(const net_device* dev, u32 flags, const netlink_ext_ack* extack);
void rtnetlink_event(u64 event, const net_device* dev); // rtnetlink_links.cpp

} // namespace sockwalk::kernel
