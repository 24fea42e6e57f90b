// How the routing tables learn of devices and addresses.
// Source: net/ipv4/fib_frontend.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

const fib_table* fibTable(const net* net, u32 id); // fib_get_table(), as the compiler inlined it in its own file
int fib_inetaddr_event(u64 event, const in_ifaddr* ifa);
void fib_del_ifaddr(const in_ifaddr* ifa, const in_ifaddr* iprim); // iprim: stays, with the same subnet; or nullptr
int fib_netdev_event(u64 event, const net_device* dev);

} // namespace sockwalk::kernel
