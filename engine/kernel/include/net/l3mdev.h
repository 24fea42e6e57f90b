// Layer-3 master devices (VRF): this kernel has none, and says so wherever the stack asks.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

int l3mdev_master_ifindex_rcu(const net_device* dev);
u32 l3mdev_fib_table_rcu(const net_device* dev);
u32 l3mdev_fib_table_by_index(const net* net, int ifindex);

} // namespace sockwalk::kernel
