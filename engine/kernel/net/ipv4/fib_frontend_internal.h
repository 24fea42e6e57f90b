// How the routing tables learn of devices and addresses.
// Source: net/ipv4/fib_frontend.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int fib_inetaddr_event(u64 event, const in_ifaddr* ifa);
int fib_netdev_event(u64 event, const net_device* dev);

} // namespace sockwalk::kernel
