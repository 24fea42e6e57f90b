// What IPv6 says of a device. Source: include/net/addrconf.h, net/ipv6/addrconf.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

u32 inet6_get_link_af_size(const net_device* dev);
int inet6_fill_link_af(const sk_buff* skb, const net_device* dev, u32 ext_filter_mask);

} // namespace sockwalk::kernel
