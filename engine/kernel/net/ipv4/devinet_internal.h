// Addresses of devices: what the parts of devinet.c share.
// Source: net/ipv4/devinet.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

const in_device* inetdev_init(const net_device* dev);
const in_ifaddr* inet_alloc_ifa();
int inet_insert_ifa(const in_ifaddr* ifa);
int inetdev_event(u64 event, const net_device* dev);
// Gives a device an address and its routes, as `ip addr add` does. Host byte order.
int inet_set_ifa(const net_device* dev, u32 address, u8 prefixlen);

// ---- forwarding, and what routers tell of a path
void inet_forward_change(const net* net, bool on); // net.ipv4.ip_forward: for all devices, there and to come

} // namespace sockwalk::kernel
