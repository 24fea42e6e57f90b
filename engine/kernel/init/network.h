// The part of boot that makes the machine a host: tables of the image, devices, addresses, routes.
#pragma once
#include "engine/kernel/machine/machine.h"

namespace sockwalk::kernel {

void image_network();        // .data of devices, routing, neighbours, queueing
void net_dev_init();         // devices' tables and lo
void network_drivers_init(); // hooks of the netfilter, and the driver of eth0
void configure_interfaces(); // what `ip` does in a start script: lo and eth0 up, addresses, default route

} // namespace sockwalk::kernel
