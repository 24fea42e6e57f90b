// What the parts of arp.c share.
// Source: net/ipv4/arp.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void arp_send_dst(int type, int ptype, u32 dest_ip, const net_device* dev, u32 src_ip, const u8* dest_hw,
                  const u8* src_hw, const u8* target_hw, const dst_entry* dst);

// ---- reception
int arp_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev); // arp.cpp

} // namespace sockwalk::kernel
