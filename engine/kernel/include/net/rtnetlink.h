// What an administrator asks by `ip`: making devices, moving them to another namespace, starting them. Each runs inside
// a stimulus of its own. 0 or a negative error number. Source: net/core/rtnetlink.c, net/core/dev.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

int rtnl_add_veth(const net* net, const char* name, const char* peer); // ip link add NAME type veth peer name PEER
int dev_set_mtu(const net_device* dev, u32 mtu);                       // ip link set dev DEV mtu N
// ip link set DEV netns NET [name NAME]: a device that is down; "" keeps its name.
int dev_change_net_namespace(const net_device* dev, const net* net, const char* name);

// ---- drivers/net/veth.cpp
void image_veth();
void veth_setup(const net_device* dev);
int veth_newlink(const net* src_net, const net_device* dev, const char* peer_name);
const net_device* veth_peer_dev(const net_device* dev); // nullptr: not a veth

const net_device* rtnl_create_link(const net* net, const char* ifname, void (*setup)(const net_device*), u32 priv_size);
int rtnl_configure_link(const net_device* dev);

} // namespace sockwalk::kernel
