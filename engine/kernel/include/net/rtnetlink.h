// What an administrator asks by `ip`: making devices, moving them to another namespace, starting them. Each runs inside
// a stimulus of its own. 0 or a negative error number. Source: net/core/rtnetlink.c, net/core/dev.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

int rtnl_add_veth(const net* net, const char* name, const char* peer); // ip link add NAME type veth peer name PEER

// ---- drivers/net/veth.cpp
const net_device* rtnl_create_link(const net* net, const char* ifname, void (*setup)(const net_device*), u32 priv_size);
int rtnl_configure_link(const net_device* dev);

} // namespace sockwalk::kernel
