// Addresses of devices: what the parts of devinet.c share.
// Source: net/ipv4/devinet.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

const in_device* inetdev_init(const net_device* dev);
const in_ifaddr* inet_alloc_ifa();
void freeAddress(const in_ifaddr* ifa); // inet_free_ifa(), without the wait for readers
int inet_insert_ifa(const in_ifaddr* ifa);
// With the netlink request that asks for it (nullptr: nobody did) and who sent it.
int __inet_insert_ifa(const in_ifaddr* ifa, const nlmsghdr* nlh, u32 portid);
void __inet_del_ifa(const in_device* in_dev, const kptr<in_ifaddr>* ifap, const nlmsghdr* nlh, u32 portid);
void inet_hash_remove(const in_ifaddr* ifa);
// The primary address of the same subnet; nullptr: there is none.
const in_ifaddr* inet_ifa_byprefix(const in_device* in_dev, u32 prefix, u32 mask);

// ---- devinet_netlink.cpp
void rtmsg_ifa(int event, const in_ifaddr* ifa, const nlmsghdr* nlh, u32 portid);
void devinet_netlink_init();
int inetdev_event(u64 event, const net_device* dev);
// Gives a device an address and its routes, as `ip addr add` does. Host byte order.
int inet_set_ifa(const net_device* dev, u32 address, u8 prefixlen);
// Takes it away, as `ip addr del` does; prefixlen -1: whatever its subnet is.
int inet_unset_ifa(const net_device* dev, u32 address, int prefixlen);

// ---- forwarding, and what routers tell of a path
void inet_forward_change(const net* net, bool on); // net.ipv4.ip_forward: for all devices, there and to come

} // namespace sockwalk::kernel
