// tun0: a device without a wire. What the kernel sends on it is read by the program that holds /dev/net/tun, and what
// that program writes comes in; here the program is the script that is played (see engine/scenario/wire.h). Packets
// have no link header. Source: drivers/net/tun.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"
#include <span>

namespace sockwalk::kernel {

int tun_init(); // makes tun0, if the machine was asked for one
// The program writes an IP packet: it comes in on `dev`, inside a stimulus.
void tun_write(const net_device* dev, std::span<const u8> packet);

} // namespace sockwalk::kernel
