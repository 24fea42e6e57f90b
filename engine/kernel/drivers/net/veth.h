// Pairs of devices: what is sent on one is received on the other.
// Source: drivers/net/veth.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void veth_setup(const net_device* dev);
int veth_newlink(const net* src_net, const net_device* dev, const char* peer_name);
const net_device* veth_peer_dev(const net_device* dev); // nullptr: not a veth

} // namespace sockwalk::kernel
