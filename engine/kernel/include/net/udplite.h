// UDP-Lite: UDP whose checksum may leave the end of a packet out.
// Source: include/net/udplite.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

extern Global<proto> udplite_prot;

int udplite_rcv(const sk_buff* skb);

int udplite_err(const sk_buff* skb, u32 info); // udp_error.cpp

void udplite4_register();

} // namespace sockwalk::kernel
